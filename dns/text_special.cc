#include <algorithm>
#include <array>

#include "dns/text_fields.h"

namespace dns {
namespace {

using Text = std::optional<std::string>;
constexpr std::size_t most_rdata = 0xffff;

bool bad(FieldReader& words, std::string_view why) {
  words.fail(why);
  return false;
}

bool is_alphanumeric(std::uint8_t c) { return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z'); }

// RFC 8659 §4.1.1: the value fills the rest of the data and may be longer than a character-string.
bool is_tag(View tag) { return !tag.empty() && std::ranges::all_of(tag, is_alphanumeric); }

bool parse_caa(FieldReader& words, Writer& out) {
  const auto flags = words.take_u8();
  const auto tag = words.take_string();
  const auto value = words.take_text(most_rdata);
  if (!flags || !tag || !value) return false;
  if (!is_tag(*tag)) return bad(words, "the tag is not letters and digits");
  out.u8(*flags);
  out.u8(static_cast<std::uint8_t>(tag->size()));
  out.put(*tag);
  out.put(*value);
  return true;
}

Text print_caa(View rdata) {
  Reader reader(rdata);
  const auto flags = *reader.u8();
  const View tag = *reader.take(*reader.u8());
  if (!is_tag(tag)) return std::nullopt;
  return std::to_string(flags) + ' ' + std::string(tag.begin(), tag.end()) + ' ' + quote(reader.rest());
}

// RFC 7553 §4.
bool parse_uri(FieldReader& words, Writer& out) {
  const auto priority = words.take_u16();
  const auto weight = words.take_u16();
  const auto target = words.take_text(most_rdata);
  if (!priority || !weight || !target) return false;
  out.u16(*priority);
  out.u16(*weight);
  out.put(*target);
  return true;
}

Text print_uri(View rdata) {
  Reader reader(rdata);
  const auto priority = *reader.u16();
  const auto weight = *reader.u16();
  return std::to_string(priority) + ' ' + std::to_string(weight) + ' ' + quote(reader.rest());
}

// RFC 3123 §5: [!]family:address/prefix, address octets without their zero end.
bool parse_apl_item(FieldReader& words, Writer& out) {
  const auto word = words.take_plain("an address prefix");
  if (!word) return false;
  const bool is_negated = word->starts_with('!');
  const std::string_view text = word->substr(is_negated ? 1 : 0);
  const std::size_t colon = text.find(':');
  const std::size_t slash = text.rfind('/');
  if (colon == text.npos || slash == text.npos || slash < colon) return bad(words, "expected family:address/prefix");
  const auto family = number_of(text.substr(0, colon), 2);
  const auto address = parse_address(text.substr(colon + 1, slash - colon - 1));
  const auto prefix = number_of(text.substr(slash + 1), family == 1U ? 32 : 128);
  if (!family || *family == 0 || !address || !prefix || (*family == 1) != (address->family == Address::Family::ipv4))
    return bad(words, "expected 1:IPv4/prefix or 2:IPv6/prefix");
  std::size_t size = *family == 1 ? 4 : 16;
  while (size > 0 && address->octets[size - 1] == 0) --size;
  out.u16(static_cast<std::uint16_t>(*family));
  out.u8(static_cast<std::uint8_t>(*prefix));
  out.u8(static_cast<std::uint8_t>((is_negated ? 0x80 : 0) | size));
  out.put(View(address->octets).first(size));
  return true;
}

bool parse_apl(FieldReader& words, Writer& out) {
  while (!words.done())
    if (!parse_apl_item(words, out)) return false;
  return true;
}

Text print_apl(View rdata) {
  Reader reader(rdata);
  std::string text;
  while (!reader.done()) {
    const auto family = reader.u16();
    const auto prefix = reader.u8();
    const auto head = reader.u8();
    const auto octets = head ? reader.take(*head & 0x7f) : std::nullopt;
    if (!octets || (family != 1 && family != 2) || *prefix > (*family == 1 ? 32 : 128)) return std::nullopt;
    Address address{.family = *family == 1 ? Address::Family::ipv4 : Address::Family::ipv6};
    if (octets->size() > (*family == 1 ? 4 : 16) || (!octets->empty() && octets->back() == 0)) return std::nullopt;
    std::ranges::copy(*octets, address.octets.begin());
    if (!text.empty()) text += ' ';
    if ((*head & 0x80) != 0) text += '!';
    text += std::to_string(*family) + ':' + print(address) + '/' + std::to_string(*prefix);
  }
  return text;
}

// The gateway of an IPSECKEY (RFC 4025 §2.5) and the relay of an AMTRELAY (RFC 8777 §4.2.4): ".", an address, or a
// name.
bool parse_gateway(FieldReader& words, Writer& out, std::uint8_t type) {
  switch (type) {
    case 0: return words.take_plain("the gateway .") == "." || bad(words, "the gateway of type 0 is not .");
    case 1:
    case 2: {
      const auto address = words.take_address(type == 1 ? Address::Family::ipv4 : Address::Family::ipv6);
      if (address) put(out, *address);
      return address.has_value();
    }
    case 3: {
      const auto name = words.take_name();
      if (name) out.put(name->wire());
      return name.has_value();
    }
    default: return bad(words, "the gateway type is not 0, 1, 2 or 3");
  }
}

Text print_gateway(Reader& reader, std::uint8_t type) {
  if (type == 0) return ".";
  if (type == 3) {
    const auto read = Name::read(reader);
    if (!read || read->compressed) return std::nullopt;
    return read->name.print();
  }
  Address address{.family = type == 1 ? Address::Family::ipv4 : Address::Family::ipv6};
  const auto octets = type > 3 ? std::nullopt : reader.take(type == 1 ? 4 : 16);
  if (!octets) return std::nullopt;
  std::ranges::copy(*octets, address.octets.begin());
  return print(address);
}

bool parse_ipseckey(FieldReader& words, Writer& out) {
  const auto precedence = words.take_u8();
  const auto type = words.take_u8();
  const auto algorithm = words.take_u8();
  if (!precedence || !type || !algorithm) return false;
  out.u8(*precedence);
  out.u8(*type);
  out.u8(*algorithm);
  if (!parse_gateway(words, out, *type)) return false;
  if (words.done()) return true;  // algorithm 0 has no key (RFC 4025 §2.4)
  const auto key = words.take_base64_rest();
  if (key) out.put(*key);
  return key.has_value();
}

Text print_ipseckey(View rdata) {
  Reader reader(rdata);
  const auto precedence = reader.u8();
  const auto type = reader.u8();
  const auto algorithm = reader.u8();
  if (!algorithm) return std::nullopt;
  const auto gateway = print_gateway(reader, *type);
  if (!gateway) return std::nullopt;
  std::string text = std::to_string(*precedence) + ' ' + std::to_string(*type) + ' ' + std::to_string(*algorithm);
  text += ' ' + *gateway;
  if (!reader.done()) text += ' ' + encode_base64(reader.rest());
  return text;
}

constexpr std::uint8_t discovery_optional = 0x80;  // RFC 8777 §4.2.2

bool parse_amtrelay(FieldReader& words, Writer& out) {
  const auto precedence = words.take_u8();
  const auto discovery = words.take_number(1);
  const auto type = words.take_number(0x7f);
  if (!precedence || !discovery || !type) return false;
  out.u8(*precedence);
  out.u8(static_cast<std::uint8_t>((*discovery == 1 ? discovery_optional : 0) | *type));
  return parse_gateway(words, out, static_cast<std::uint8_t>(*type));
}

Text print_amtrelay(View rdata) {
  Reader reader(rdata);
  const auto precedence = reader.u8();
  const auto head = reader.u8();
  if (!head) return std::nullopt;
  const auto type = static_cast<std::uint8_t>(*head & 0x7f);
  const auto relay = print_gateway(reader, type);
  if (!relay || !reader.done()) return std::nullopt;
  const char* const discovery = (*head & discovery_optional) != 0 ? " 1 " : " 0 ";
  return std::to_string(*precedence) + discovery + std::to_string(type) + ' ' + *relay;
}

// RFC 8005 §6: algorithm, tag in hex, key in base64, rendezvous servers.
bool parse_hip(FieldReader& words, Writer& out) {
  const auto algorithm = words.take_u8();
  const auto tag_word = words.take_plain("a host identity tag");
  const auto key_word = words.take_plain("a public key");
  if (!algorithm || !tag_word || !key_word) return false;
  const auto tag = decode_hex(*tag_word);
  const auto key = decode_base64(*key_word);
  if (!tag || tag->empty() || tag->size() > 0xff) return bad(words, "the host identity tag is not hexadecimal");
  if (!key || key->empty() || key->size() > 0xffff) return bad(words, "the public key is not base64");
  out.u8(static_cast<std::uint8_t>(tag->size()));
  out.u8(*algorithm);
  out.u16(static_cast<std::uint16_t>(key->size()));
  out.put(*tag);
  out.put(*key);
  while (!words.done()) {
    const auto server = words.take_name();
    if (!server) return false;
    out.put(server->wire());
  }
  return true;
}

Text print_hip(View rdata) {
  Reader reader(rdata);
  const auto tag_size = reader.u8();
  const auto algorithm = reader.u8();
  const auto key_size = reader.u16();
  const auto tag = key_size ? reader.take(*tag_size) : std::nullopt;
  const auto key = tag ? reader.take(*key_size) : std::nullopt;
  if (!key || tag->empty() || key->empty()) return std::nullopt;
  std::string text = std::to_string(*algorithm) + ' ' + encode_hex(*tag) + ' ' + encode_base64(*key);
  while (!reader.done()) {
    const auto server = Name::read(reader);
    if (!server || server->compressed) return std::nullopt;
    text += ' ' + server->name.print();
  }
  return text;
}

// Groups of hexadecimal digits with a sign between them: EUI48 and EUI64 (RFC 7043), NID and L64 (RFC 6742).
struct Groups {
  std::size_t count, octets;
  char between;
};
constexpr Groups eui48_groups{6, 1, '-'}, eui64_groups{8, 1, '-'}, locator_groups{4, 2, ':'};

bool parse_groups(FieldReader& words, Writer& out, const Groups& groups) {
  const auto word = words.take_plain("groups of hexadecimal digits");
  if (!word) return false;
  const std::size_t digits = groups.octets * 2;
  if (word->size() != groups.count * (digits + 1) - 1)
    return bad(words, "the groups of digits are too few or too many");
  std::string joined;
  for (std::size_t at = 0; at < word->size(); at += digits + 1) {
    if (at > 0 && (*word)[at - 1] != groups.between) return bad(words, "the groups of digits are not well separated");
    joined += word->substr(at, digits);
  }
  const auto octets = decode_hex(joined);
  if (!octets) return bad(words, "the groups have more than hexadecimal digits");
  out.put(*octets);
  return true;
}

Text print_groups(Reader& reader, const Groups& groups) {
  if (reader.left() != groups.count * groups.octets) return std::nullopt;
  std::string text;
  while (!reader.done()) {
    if (!text.empty()) text += groups.between;
    text += encode_hex(*reader.take(groups.octets));
  }
  return text;
}

template <const Groups& groups>
bool parse_eui(FieldReader& words, Writer& out) {
  return parse_groups(words, out, groups);
}

template <const Groups& groups>
Text print_eui(View rdata) {
  Reader reader(rdata);
  return print_groups(reader, groups);
}

bool parse_locator(FieldReader& words, Writer& out) {
  const auto preference = words.take_u16();
  if (!preference) return false;
  out.u16(*preference);
  return parse_groups(words, out, locator_groups);
}

Text print_locator(View rdata) {
  Reader reader(rdata);
  const auto preference = reader.u16();
  const auto groups = preference ? print_groups(reader, locator_groups) : std::nullopt;
  if (!groups) return std::nullopt;
  return std::to_string(*preference) + ' ' + *groups;
}

constexpr auto special_texts = std::to_array<SpecialText>({
    {RRType::loc, parse_loc, print_loc},
    {RRType::apl, parse_apl, print_apl},
    {RRType::ipseckey, parse_ipseckey, print_ipseckey},
    {RRType::hip, parse_hip, print_hip},
    {RRType::svcb, parse_svcb, print_svcb},
    {RRType::https, parse_svcb, print_svcb},
    {RRType::nid, parse_locator, print_locator},
    {RRType::l64, parse_locator, print_locator},
    {RRType::eui48, parse_eui<eui48_groups>, print_eui<eui48_groups>},
    {RRType::eui64, parse_eui<eui64_groups>, print_eui<eui64_groups>},
    {RRType::uri, parse_uri, print_uri},
    {RRType::caa, parse_caa, print_caa},
    {RRType::amtrelay, parse_amtrelay, print_amtrelay},
});
static_assert(std::ranges::is_sorted(special_texts, {}, &SpecialText::type));

}  // namespace

const SpecialText* special_text(RRType type) {
  const auto* const found = std::ranges::lower_bound(special_texts, type, {}, &SpecialText::type);
  return found != special_texts.end() && found->type == type ? found : nullptr;
}

}  // namespace dns
