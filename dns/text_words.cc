#include "dns/text_words.h"

#include <array>

namespace dns {
namespace {

enum class Kind : std::uint8_t { ordinary, blank, newline, carriage, comment, open, close, quote, escape };

constexpr std::array<Kind, 256> kinds_of() {
  std::array<Kind, 256> kinds{};
  kinds[' '] = kinds['\t'] = Kind::blank;
  kinds['\n'] = Kind::newline;
  kinds['\r'] = Kind::carriage;
  kinds[';'] = Kind::comment;
  kinds['('] = Kind::open;
  kinds[')'] = Kind::close;
  kinds['"'] = Kind::quote;
  kinds['\\'] = Kind::escape;
  return kinds;
}

constexpr std::array<Kind, 256> kinds = kinds_of();

Kind kind_of(char c) { return kinds[static_cast<std::uint8_t>(c)]; }

// How many of the first characters are nothing but a word's: nearly all of a zone is signatures.
std::size_t ordinary(std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end && kind_of(*at) == Kind::ordinary) ++at;
  return static_cast<std::size_t>(at - text.data());
}

// A carriage return is white space before the end of a line, and an octet like others elsewhere.
bool ends_line(std::string_view text, std::size_t at) { return at + 1 == text.size() || text[at + 1] == '\n'; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void append_decimal(std::string& text, std::uint8_t octet) {
  text += '\\';
  text += static_cast<char>('0' + octet / 100);
  text += static_cast<char>('0' + octet / 10 % 10);
  text += static_cast<char>('0' + octet % 10);
}

}  // namespace

LineScanner::LineScanner(std::string_view text, End end) : text_(text), end_(end) {
  if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;  // a byte order mark, which editors leave
}

std::expected<const Line*, TextFault> LineScanner::next() {
  line_.words.clear();
  while (at_ < text_.size() && line_.words.empty()) {
    const std::size_t start = at_, number = number_;
    const bool is_whole = scan_line();
    if (is_cut()) {  // whatever it was, what follows may make another thing of it
      at_ = start;
      number_ = number;
      return nullptr;
    }
    if (!is_whole) return std::unexpected(std::move(fault_));
  }
  return line_.words.empty() ? nullptr : &line_;
}

void LineScanner::go_on(std::string_view text, End end) {
  text_ = text;
  end_ = end;
  at_ = 0;
}

bool LineScanner::scan_line() {
  const std::size_t start = at_;
  std::size_t depth = 0;
  line_.number = number_;
  line_.start = kind_of(text_[at_]) == Kind::blank ? Line::Start::blank : Line::Start::word;
  while (at_ < text_.size()) {
    switch (kind_of(text_[at_])) {
      case Kind::newline:
        ++at_;
        ++number_;
        if (depth == 0) return true;
        break;
      case Kind::blank: ++at_; break;
      case Kind::comment: at_ = std::min(text_.find('\n', at_), text_.size()); break;
      case Kind::open:
        ++depth;
        ++at_;
        break;
      case Kind::close:
        if (depth == 0) return fail("a parenthesis is closed that was not opened");
        --depth;
        ++at_;
        break;
      case Kind::quote:
        if (!scan_quoted()) return false;
        break;
      case Kind::carriage:
        if (ends_line(text_, at_)) {
          ++at_;
          break;
        }
        [[fallthrough]];
      default:
        if (!scan_plain()) return false;
    }
    if (at_ - start > max_line && !line_.words.empty()) return fail("the record is too long");
  }
  if (depth == 0) return true;
  number_ = line_.number;
  return fail("a parenthesis is not closed");
}

bool LineScanner::scan_plain() {
  const std::size_t start = at_;
  Word::Kind kind = Word::Kind::plain;
  for (; at_ < text_.size(); ++at_) {
    at_ += ordinary(text_.substr(at_));
    if (at_ >= text_.size()) break;
    const Kind here = kind_of(text_[at_]);
    if (here == Kind::escape) {
      ++at_;
      if (at_ >= text_.size() || text_[at_] == '\n') return fail("a backslash stands at the end of a line");
      continue;
    }
    if (here == Kind::carriage && !ends_line(text_, at_)) continue;
    if (here != Kind::quote) break;
    if (at_ == start || text_[at_ - 1] != '=') return fail("a quote inside a word is not escaped");
    if (!skip_quotes()) return false;
    kind = Word::Kind::pair;
    break;
  }
  line_.words.push_back({text_.substr(start, at_ - start), kind});
  return true;
}

bool LineScanner::scan_quoted() {
  const std::size_t start = at_ + 1;
  if (!skip_quotes()) return false;
  line_.words.push_back({text_.substr(start, at_ - 1 - start), Word::Kind::quoted});
  return true;
}

// From an opening quote to behind the closing one, which must stand on the same line.
bool LineScanner::skip_quotes() {
  for (++at_; at_ < text_.size(); ++at_) {
    const char c = text_[at_];
    if (c == '"') {
      ++at_;
      return true;
    }
    if (c == '\\') ++at_;
    if (at_ >= text_.size() || text_[at_] == '\n') break;
  }
  return fail("a quote is not closed on its line");
}

bool LineScanner::fail(std::string_view why) {
  fault_ = {number_, std::string(why)};
  return false;
}

std::optional<Bytes> unescape(std::string_view text) {
  Bytes octets;
  octets.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\\') {
      octets.push_back(static_cast<std::uint8_t>(text[at]));
      continue;
    }
    if (++at >= text.size()) return std::nullopt;
    if (!is_digit(text[at])) {
      octets.push_back(static_cast<std::uint8_t>(text[at]));
      continue;
    }
    if (at + 3 > text.size() || !is_digit(text[at + 1]) || !is_digit(text[at + 2])) return std::nullopt;
    const int value = (text[at] - '0') * 100 + (text[at + 1] - '0') * 10 + (text[at + 2] - '0');
    if (value > 255) return std::nullopt;
    octets.push_back(static_cast<std::uint8_t>(value));
    at += 2;
  }
  return octets;
}

std::string quote(View octets) {
  std::string text = "\"";
  for (const std::uint8_t octet : octets) {
    if (octet < 0x20 || octet >= 0x7f) {
      append_decimal(text, octet);
      continue;
    }
    if (octet == '"' || octet == '\\') text += '\\';
    text += static_cast<char>(octet);
  }
  return text += '"';
}

std::string show(std::string_view text) {
  constexpr std::size_t most = 40;
  std::string shown = "\"";
  for (const char c : text.substr(0, most)) {
    const auto octet = static_cast<std::uint8_t>(c);
    if (octet < 0x20 || octet >= 0x7f)
      append_decimal(shown, octet);
    else
      shown += c;
  }
  return shown += text.size() > most ? "…\"" : "\"";
}

}  // namespace dns
