#include <algorithm>

#include "dns/rdata.h"
#include "dns/shape.h"
#include "dns/text_fields.h"
#include "dns/time.h"

namespace dns {
namespace {

constexpr std::size_t most_rdata = 0xffff;

// RFC 3597 §5.
std::string print_unknown(View rdata) {
  std::string text = "\\# " + std::to_string(rdata.size());
  if (!rdata.empty()) text += ' ' + encode_hex(rdata);
  return text;
}

std::expected<Bytes, std::string> parse_unknown(FieldReader& words) {
  const auto length = words.take_u16();
  if (!length) return std::unexpected(words.why());
  if (*length == 0 && words.done()) return Bytes{};
  auto octets = words.take_hex_rest();
  if (!octets) return std::unexpected(words.why());
  if (octets->size() != *length)
    return std::unexpected("the length says " + std::to_string(*length) + " octets, the data has " +
                           std::to_string(octets->size()));
  return *octets;
}

// Prints data whose shape is known to fit, field by field. A field without a text ends it: nullopt.
class FieldPrinter {
 public:
  FieldPrinter(RRType type, View rdata) : type_(type), reader_(rdata) {}

  std::optional<std::string> run() {
    for (const char field : shape(type_).fields)
      if (!step(field)) return std::nullopt;
    return std::move(text_);
  }

 private:
  bool add(std::string_view word) {
    if (!text_.empty()) text_ += ' ';
    text_ += word;
    return true;
  }

  // Data to the end may not be empty: no word would stand for it.
  bool add_rest(std::string (*encode)(View)) { return !reader_.done() && add(encode(reader_.rest())); }

  View counted() { return *reader_.take(*reader_.u8()); }

  bool address(Address::Family family, std::size_t size) {
    Address address{.family = family};
    std::ranges::copy(*reader_.take(size), address.octets.begin());
    return add(print(address));
  }

  bool strings() {
    while (!reader_.done()) add(quote(counted()));
    return true;
  }

  bool salt() {
    const View octets = counted();
    return add(octets.empty() ? "-" : encode_hex(octets));  // RFC 5155 §3.3
  }

  bool next_hash() {
    const View octets = counted();
    return !octets.empty() && add(encode_base32hex(octets));
  }

  // Only a bitmap that would be written the same way has a text that gives its octets back.
  bool bitmap() {
    const View octets = reader_.rest();
    const auto types = read_bitmap(octets).types;
    if (!octets_equal(write_bitmap(types), octets)) return false;
    return types.empty() || add(print_types(types));
  }

  bool scheme() {
    const auto value = *reader_.u8();
    return add(value == 1 ? "NOTIFY" : std::to_string(value));  // RFC 9859 §2.2
  }

  bool step(char field) {
    switch (field) {
      case 'b': return type_ == RRType::dsync ? scheme() : add(std::to_string(*reader_.u8()));
      case 'a':
      case 'g': return add(std::to_string(*reader_.u8()));
      case 'w': return add(std::to_string(*reader_.u16()));
      case 'd':
      case 'l': return add(std::to_string(*reader_.u32()));
      case 't': return add(to_text(RRType{*reader_.u16()}));
      case 'i': return add(print_compact(Timestamp{*reader_.u32()}));
      case 'n': return add(Name::read(reader_)->name.print());
      case '4': return address(Address::Family::ipv4, 4);
      case '6': return address(Address::Family::ipv6, 16);
      case 's': return add(quote(counted()));
      case 'S': return strings();
      case 'h': return salt();
      case 'H': return next_hash();
      case 'X': return add_rest(encode_hex);
      case 'B': return add_rest(encode_base64);
      case 'T': return bitmap();
      default: return false;  // r, P
    }
  }

  RRType type_;
  Reader reader_;
  std::string text_;
};

std::optional<std::uint16_t> certificate_type(std::string_view word) {
  struct Row {
    std::string_view word;
    std::uint16_t number;
  };
  constexpr Row rows[] = {{"PKIX", 1}, {"SPKI", 2},   {"PGP", 3},     {"IPKIX", 4}, {"ISPKI", 5},
                          {"IPGP", 6}, {"ACPKIX", 7}, {"IACPKIX", 8}, {"URI", 253}, {"OID", 254}};  // RFC 4398 §2.1
  const auto* const found = std::ranges::find(rows, word, &Row::word);
  if (found != std::end(rows)) return found->number;
  const auto number = number_of(word, 0xffff);
  if (!number) return std::nullopt;
  return static_cast<std::uint16_t>(*number);
}

// A Writer with room from the start, so that the fields of one record are not copied again and again.
class FieldWriter {
 public:
  explicit FieldWriter(std::size_t room) { octets_.reserve(room); }
  void u8(std::uint8_t value) { octets_.push_back(value); }
  void u16(std::uint16_t value) {
    u8(static_cast<std::uint8_t>(value >> 8));
    u8(static_cast<std::uint8_t>(value));
  }
  void u32(std::uint32_t value) {
    u16(static_cast<std::uint16_t>(value >> 16));
    u16(static_cast<std::uint16_t>(value));
  }
  void put(View octets) { octets_.insert(octets_.end(), octets.begin(), octets.end()); }
  std::size_t size() const { return octets_.size(); }
  Bytes take() { return std::move(octets_); }

 private:
  Bytes octets_;
};

// Reads words into octets, field by field, as the type's row of the Shape table has them.
class FieldParser {
 public:
  FieldParser(RRType type, FieldReader& words) : type_(type), words_(words), out_(room_for(words)) {}

  bool run() {
    for (const char field : shape(type_).fields)
      if (!step(field)) return false;
    return true;
  }

  Bytes take() { return out_.take(); }

 private:
  template <class Value>
  bool put(const std::optional<Value>& value, void (FieldWriter::*write)(Value)) {
    if (value) (out_.*write)(*value);
    return value.has_value();
  }

  bool put(const std::optional<Bytes>& octets) {
    if (octets) out_.put(*octets);
    return octets.has_value();
  }

  bool counted(const std::optional<Bytes>& octets) {
    if (!octets) return false;
    if (octets->size() > 255) return bad("the field has more than 255 octets");
    out_.u8(static_cast<std::uint8_t>(octets->size()));
    out_.put(*octets);
    return true;
  }

  // What most records need, and no more than a few words are long.
  static std::size_t room_for(const FieldReader& words) {
    constexpr std::size_t least = 64, most = 1024;
    std::size_t letters = 0;
    if (const Word* first = words.peek())
      for (const Word& word : std::span(first, words.left())) letters += word.text.size() + 1;
    return std::clamp(letters, least, most);
  }

  bool bad(std::string_view why) {
    words_.fail(why);
    return false;
  }

  // A word that `parse` turns into a code, which is then written by its number.
  template <class Parse, class Write>
  bool coded(std::string_view what, Parse parse, Write write) {
    const auto word = words_.take_plain(what);
    if (!word) return false;
    const auto code = parse(*word);
    if (!code) {
      words_.fail_expected(what, *word);
      return false;
    }
    write(*code);
    return true;
  }

  bool number32() {
    // The first number of an SOA is its serial; the others are time spans.
    if (type_ == RRType::soa && numbers_++ > 0) return put(words_.take_ttl(), &FieldWriter::u32);
    return put(words_.take_number(0xffffffff), &FieldWriter::u32);
  }

  bool number16() {
    if (type_ != RRType::cert || out_.size() > 0) return put(words_.take_u16(), &FieldWriter::u16);
    return coded("a certificate type", certificate_type, [&](std::uint16_t value) { out_.u16(value); });
  }

  bool number8() {
    const Word* word = words_.peek();
    if (type_ != RRType::dsync || word == nullptr || word->text != "NOTIFY")
      return put(words_.take_u8(), &FieldWriter::u8);
    words_.take_plain("a scheme");
    out_.u8(1);
    return true;
  }

  bool name() {
    const auto name = words_.take_name();
    if (name) out_.put(name->wire());
    return name.has_value();
  }

  bool address(Address::Family family) {
    const auto address = words_.take_address(family);
    if (address) out_.put(View(address->octets).first(family == Address::Family::ipv4 ? 4 : 16));
    return address.has_value();
  }

  bool strings() {
    do {
      if (!counted(words_.take_string())) return false;
    } while (!words_.done());
    return true;
  }

  bool salt() {
    const auto word = words_.take_plain("a salt");
    if (!word) return false;
    const auto octets = *word == "-" ? Bytes{} : decode_hex(*word);
    return octets && (*word == "-" || !octets->empty()) ? counted(octets)
                                                        : bad("the salt is neither - nor hexadecimal");
  }

  bool next_hash() {
    const auto word = words_.take_plain("a hash");
    if (!word) return false;
    const auto octets = decode_base32hex(*word);
    return octets && !octets->empty() ? counted(octets) : bad("the hash is not base32hex");
  }

  bool bitmap() {
    std::vector<RRType> types;
    const auto add = [&](RRType type) { types.push_back(type); };
    while (!words_.done())
      if (!coded("a record type", parse_rrtype, add)) return false;
    out_.put(write_bitmap(types));
    return true;
  }

  bool step(char field) {
    switch (field) {
      case 'b': return number8();
      case 'w': return number16();
      case 'd': return number32();
      case 'l': return put(words_.take_ttl(), &FieldWriter::u32);
      case 'a': return coded("an algorithm", parse_algorithm, [&](Algorithm value) { out_.u8(number(value)); });
      case 'g': return coded("a digest type", parse_digest, [&](Digest value) { out_.u8(number(value)); });
      case 't': return coded("a record type", parse_rrtype, [&](RRType value) { out_.u16(number(value)); });
      case 'i': return coded("a time", parse_timestamp, [&](Timestamp value) { out_.u32(value.value); });
      case 'n': return name();
      case '4': return address(Address::Family::ipv4);
      case '6': return address(Address::Family::ipv6);
      case 's': return counted(words_.take_string());
      case 'S': return strings();
      case 'h': return salt();
      case 'H': return next_hash();
      case 'X': return put(words_.take_hex_rest());
      case 'B': return put(words_.take_base64_rest());
      case 'T': return bitmap();
      default: return bad("data of this type can only be written as \\# LENGTH HEX");  // r, P
    }
  }

  RRType type_;
  FieldReader& words_;
  FieldWriter out_;
  int numbers_ = 0;
};

std::expected<Bytes, std::string> parse_known(RRType type, FieldReader& words) {
  if (const SpecialText* special = special_text(type)) {
    Writer out;
    if (!special->parse(words, out)) return std::unexpected(words.why());
    return out.take();
  }
  FieldParser parser(type, words);
  if (!parser.run()) return std::unexpected(words.why());
  return parser.take();
}

}  // namespace

std::string print_rdata(RRType type, View rdata) {
  if (rdata.empty() || !fits_shape(type, rdata)) return print_unknown(rdata);
  const SpecialText* special = special_text(type);
  const auto text = special != nullptr ? special->print(rdata) : FieldPrinter(type, rdata).run();
  return text ? *text : print_unknown(rdata);
}

std::string print_types(std::span<const RRType> types) {
  std::string text;
  for (const RRType type : types) {
    if (!text.empty()) text += ' ';
    text += to_text(type);
  }
  return text;
}

std::expected<Bytes, std::string> rdata_of(RRType type, std::span<const Word> words, const Name& origin) {
  const bool is_unknown = !words.empty() && words[0].kind == Word::Kind::plain && words[0].text == "\\#";
  FieldReader reader(is_unknown ? words.subspan(1) : words, origin);
  auto rdata = is_unknown ? parse_unknown(reader) : parse_known(type, reader);
  if (!rdata) return rdata;
  if (!reader.done()) return std::unexpected("there is more than the record has fields: " + show(reader.peek()->text));
  if (rdata->size() > most_rdata) return std::unexpected("the data has more than 65535 octets");
  return rdata;
}

std::expected<Bytes, std::string> parse_rdata(RRType type, std::string_view text, const Name& origin) {
  LineScanner scanner(text);
  const auto line = scanner.next();
  if (!line) return std::unexpected(line.error().why);
  const auto words = *line == nullptr ? std::span<const Word>{} : std::span<const Word>((*line)->words);
  auto rdata = rdata_of(type, words, origin);
  if (!rdata) return rdata;
  const auto more = scanner.next();
  if (!more || *more != nullptr) return std::unexpected("the data goes on after its line");
  return rdata;
}

}  // namespace dns
