#include "dns/text_fields.h"

#include <charconv>

namespace dns {

std::optional<std::string_view> FieldReader::take_plain(std::string_view what) {
  const Word* word = take_word(what);
  if (word == nullptr) return std::nullopt;
  if (word->kind != Word::Kind::plain) return fail_expected(what, word->text);
  return word->text;
}

const Word* FieldReader::take_word(std::string_view what) {
  if (!done()) return &words_[at_++];
  fail(std::string(what) + " is missing");
  return nullptr;
}

std::optional<std::uint32_t> FieldReader::take_number(std::uint32_t most) {
  const auto word = take_plain("a number");
  if (!word) return std::nullopt;
  const auto value = number_of(*word, most);
  if (!value) return fail_expected("a number from 0 to " + std::to_string(most), *word);
  return value;
}

std::optional<std::uint8_t> FieldReader::take_u8() {
  const auto value = take_number(0xff);
  if (!value) return std::nullopt;
  return static_cast<std::uint8_t>(*value);
}

std::optional<std::uint16_t> FieldReader::take_u16() {
  const auto value = take_number(0xffff);
  if (!value) return std::nullopt;
  return static_cast<std::uint16_t>(*value);
}

std::optional<Ttl> FieldReader::take_ttl() {
  const auto word = take_plain("a time span");
  if (!word) return std::nullopt;
  // A field of data has 32 bits, whatever RFC 2181 §8 says of a record's TTL: what a signer wrote there must be
  // readable.
  const auto plain = number_of(*word, 0xffffffff);
  const auto value = plain ? plain : ttl_of(*word);
  if (!value) return fail_expected("a time span such as 3600 or 1h", *word);
  return value;
}

std::optional<Name> FieldReader::take_name() {
  const auto word = take_plain("a name");
  if (!word) return std::nullopt;
  auto name = name_of(*word, origin_);
  if (!name) return fail(name.error());
  return *name;
}

std::optional<Bytes> FieldReader::take_string() { return take_text(255); }

std::optional<Bytes> FieldReader::take_text(std::size_t most) {
  const Word* word = take_word("a string");
  if (word == nullptr) return std::nullopt;
  if (word->kind == Word::Kind::pair) return fail("a quote inside a word is not escaped");
  auto octets = unescape(word->text);
  if (!octets) return fail("a backslash escape is not \\DDD (000 to 255) or one character");
  if (octets->size() > most) return fail("a string has more than " + std::to_string(most) + " octets");
  return octets;
}

std::optional<Address> FieldReader::take_address(Address::Family family) {
  const std::string_view what = family == Address::Family::ipv4 ? "an IPv4 address" : "an IPv6 address";
  const auto word = take_plain(what);
  if (!word) return std::nullopt;
  const auto address = parse_address(*word);
  if (!address || address->family != family) return fail_expected(what, *word);
  return address;
}

std::optional<Bytes> FieldReader::take_hex_rest() {
  std::string room;
  const auto text = take_rest("hexadecimal data", room);
  if (!text) return std::nullopt;
  auto octets = decode_hex(*text);
  if (!octets) return fail_expected("an even number of hexadecimal digits", *text);
  return octets;
}

std::optional<Bytes> FieldReader::take_base64_rest() {
  std::string room;
  const auto text = take_rest("base64 data", room);
  if (!text) return std::nullopt;
  auto octets = decode_base64(*text);
  if (!octets) return fail_expected("base64 with its padding", *text);
  return octets;
}

// One word as it stands, several joined in `room`.
std::optional<std::string_view> FieldReader::take_rest(std::string_view what, std::string& room) {
  const auto first = take_plain(what);
  if (!first || done()) return first;
  room = *first;
  while (!done()) {
    const auto more = take_plain(what);
    if (!more) return std::nullopt;
    room += *more;
  }
  return room;
}

std::nullopt_t FieldReader::fail(std::string_view why) {
  if (why_.empty()) why_ = why;
  return std::nullopt;
}

std::nullopt_t FieldReader::fail_expected(std::string_view what, std::string_view found) {
  return fail("expected " + std::string(what) + ", found " + show(found));
}

std::expected<Name, std::string> name_of(std::string_view text, const Name& origin) {
  if (text == "@") return origin;
  const auto name = Name::parse(text);
  if (!name) return std::unexpected(std::string(to_text(name.error())));
  if (text.ends_with('.')) {
    // The dot ends the name unless an odd number of backslashes before it makes it part of a label.
    const std::size_t last = text.substr(0, text.size() - 1).find_last_not_of('\\');
    const std::size_t backslashes = text.size() - 1 - (last == std::string_view::npos ? 0 : last + 1);
    if (backslashes % 2 == 0) return *name;
  }
  const auto absolute = origin.under(*name);
  if (!absolute) return std::unexpected(std::string(to_text(NameFault::long_name)));
  return *absolute;
}

std::optional<std::uint32_t> number_of(std::string_view text, std::uint32_t most) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value > most) return std::nullopt;
  return value;
}

std::optional<Ttl> ttl_of(std::string_view text) {
  constexpr std::uint64_t most = 0x7fffffff;
  const char* at = text.data();
  const char* const end = at + text.size();
  if (const auto plain = number_of(text, most)) return plain;
  std::uint64_t total = 0;
  while (at != end) {
    std::uint32_t value = 0;
    const auto [unit, error] = std::from_chars(at, end, value);
    if (error != std::errc{} || unit == end) return std::nullopt;
    std::uint64_t seconds = 0;
    switch (lower(static_cast<std::uint8_t>(*unit))) {
      case 's': seconds = 1; break;
      case 'm': seconds = 60; break;
      case 'h': seconds = 3600; break;
      case 'd': seconds = 86400; break;
      case 'w': seconds = 604800; break;
      default: return std::nullopt;
    }
    total += value * seconds;
    if (total > most) return std::nullopt;
    at = unit + 1;
  }
  if (text.empty()) return std::nullopt;
  return static_cast<Ttl>(total);
}

void put(Writer& writer, const Address& address) {
  writer.put(View(address.octets).first(address.family == Address::Family::ipv4 ? 4 : 16));
}

}  // namespace dns
