// FieldReader: takes the words of one record's data one after another, each as what the type says it is.
// It knows kinds of fields, not types; the types whose text the Shape table cannot tell are rows of special_texts.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "dns/address.h"
#include "dns/bytes.h"
#include "dns/codes.h"
#include "dns/name.h"
#include "dns/text_words.h"

namespace dns {

// Every take_… returns nullopt on a fault, and why() tells the first one.
class FieldReader {
 public:
  // Requires: `words` and `origin` outlive this.
  FieldReader(std::span<const Word> words, const Name& origin) : words_(words), origin_(origin) {}

  bool done() const { return at_ == words_.size(); }
  std::size_t left() const { return words_.size() - at_; }
  const Word* peek() const { return done() ? nullptr : &words_[at_]; }

  std::optional<std::string_view> take_plain(std::string_view what);  // a word without quotes
  const Word* take_word(std::string_view what);
  std::optional<std::uint32_t> take_number(std::uint32_t most);
  std::optional<std::uint8_t> take_u8();
  std::optional<std::uint16_t> take_u16();
  std::optional<Ttl> take_ttl();  // any number of 32 bits, or one with units, as people write them
  std::optional<Name> take_name();
  std::optional<Bytes> take_string();  // at most 255 octets, quoted or not (RFC 1035 §5.1)
  std::optional<Bytes> take_text(std::size_t most);
  std::optional<Address> take_address(Address::Family family);
  std::optional<Bytes> take_hex_rest();     // at least one word, all joined
  std::optional<Bytes> take_base64_rest();  // likewise

  std::nullopt_t fail(std::string_view why);
  std::nullopt_t fail_expected(std::string_view what, std::string_view found);
  const std::string& why() const { return why_; }

 private:
  std::optional<std::string_view> take_rest(std::string_view what, std::string& room);

  std::span<const Word> words_;
  std::size_t at_ = 0;
  const Name& origin_;
  std::string why_;
};

// A name as a word of a zone file: "@", relative to `origin`, or absolute.
std::expected<Name, std::string> name_of(std::string_view text, const Name& origin);
// Digits alone, at most `most`.
std::optional<std::uint32_t> number_of(std::string_view text, std::uint32_t most);
// Seconds, or numbers with units: "1h30m". At most 2^31 - 1 (RFC 2181 §8).
std::optional<Ttl> ttl_of(std::string_view text);

// Data from its words, whatever the type; `\# length hex` too.
std::expected<Bytes, std::string> rdata_of(RRType type, std::span<const Word> words, const Name& origin);

void put(Writer& writer, const Address& address);  // its 4 or 16 octets

// Text of one type that has a syntax of its own.
struct SpecialText {
  RRType type;
  bool (*parse)(FieldReader& words, Writer& out);   // false: words.why() tells
  std::optional<std::string> (*print)(View rdata);  // nullopt: no text but the \# form gives these octets back
};
const SpecialText* special_text(RRType type);  // nullptr: the Shape table suffices

bool parse_svcb(FieldReader& words, Writer& out);  // RFC 9460 §2.1
std::optional<std::string> print_svcb(View rdata);
bool parse_loc(FieldReader& words, Writer& out);  // RFC 1876 §3
std::optional<std::string> print_loc(View rdata);

}  // namespace dns
