// Words of master-file text: logical lines cut at white space, quotes, parentheses and comments (RFC 1035 §5.1).
// It does not know what a word means; text_fields and text_zone do.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "dns/bytes.h"
#include "dns/text.h"

namespace dns {

// A word points into the text it was cut from.
struct Word {
  enum class Kind : std::uint8_t { plain, quoted, pair };  // pair: key="value" (RFC 9460 §2.1)
  std::string_view text;  // as written, escapes included; a quoted word without its quotes
  Kind kind = Kind::plain;
};

// One record or directive, however many lines its parentheses span.
struct Line {
  std::vector<Word> words;
  std::size_t number = 0;                                               // of its first line, from 1
  enum class Start : std::uint8_t { word, blank } start = Start::word;  // blank: the owner is the last one
};

// Cuts a text, one logical line a call. One pass, no copies: the words of a line live until the next call.
class LineScanner {
 public:
  enum class End : std::uint8_t { final, open };  // open: more text follows this

  // Text of one logical line. Enough for 65535 octets of data written as \DDD each.
  static constexpr std::size_t max_line = std::size_t{320} * 1024;

  explicit LineScanner(std::string_view text, End end = End::final);
  // The next line with at least one word; nullptr at the end of the text, or where an open text has no whole line left.
  std::expected<const Line*, TextFault> next();
  // Octets of the text that are done with.
  std::size_t at() const { return at_; }
  std::size_t number() const { return number_; }  // of the line that comes next
  // Goes on in `text`, which begins with the octets that were not done with.
  void go_on(std::string_view text, End end);

 private:
  bool scan_line();
  bool scan_plain();
  bool scan_quoted();
  bool skip_quotes();
  bool fail(std::string_view why);

  bool is_cut() const { return end_ == End::open && at_ >= text_.size(); }

  std::string_view text_;
  End end_;
  std::size_t at_ = 0;
  std::size_t number_ = 1;
  Line line_;
  TextFault fault_;
};

// Octets of a word with \X and \DDD undone; nullopt: a bad escape.
std::optional<Bytes> unescape(std::string_view text);
// Between quotes, with escapes where needed: what unescape reads back.
std::string quote(View octets);
// A word shown to people: safe for a terminal, cut when long.
std::string show(std::string_view text);

}  // namespace dns
