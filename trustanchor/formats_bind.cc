// BIND's trust-anchors, managed-keys and trusted-keys (anchors.md §2, format 3).
#include <algorithm>
#include <charconv>
#include <vector>

#include "dns/text.h"
#include "trustanchor/formats.h"

namespace trustanchor {
namespace {

struct Token {
  enum class Kind : std::uint8_t { word, quoted, open, close, semicolon, end, broken } kind = Kind::end;
  std::string_view text;
  std::size_t line = 0;
};

// Cuts what named.conf is made of: words, "quoted words", braces, semicolons; C, C++ and shell comments between them.
class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) {}
  Token next();

 private:
  bool skip_comment();
  Token take(Token::Kind kind, std::size_t length, std::size_t drop = 0);

  std::string_view text_;
  std::size_t at_ = 0, line_ = 1;
};

// Whether entries say what they are ("initial-key"); trusted-keys knows keys only.
enum class Clause : std::uint8_t { named, keys_only };
std::optional<Clause> clause_of(std::string_view word);

struct Entry {
  std::vector<Token> words;  // up to its semicolon
  std::size_t line = 0;
};
std::expected<Anchor, std::string> anchor_of(const Entry& entry, Clause clause);

}  // namespace

bool is_bind(std::string_view text) { return clause_of(Tokens(text).next().text).has_value(); }

Read read_bind(const File& file) {
  Anchors all;
  Tokens tokens(file.text);
  const auto refuse = [&](const Token& at, std::string_view why) {
    return std::unexpected(complaint(file.name, at.line, why));
  };
  for (Token token = tokens.next(); token.kind != Token::Kind::end; token = tokens.next()) {
    const auto clause = clause_of(token.text);
    if (token.kind != Token::Kind::word || !clause)
      return refuse(token, "neither trust-anchors nor managed-keys nor trusted-keys");
    if (tokens.next().kind != Token::Kind::open)
      return refuse(token, "'{' is missing behind " + std::string(token.text));
    for (token = tokens.next(); token.kind != Token::Kind::close; token = tokens.next()) {
      Entry entry{{}, token.line};
      for (; token.kind == Token::Kind::word || token.kind == Token::Kind::quoted; token = tokens.next())
        entry.words.push_back(token);
      if (token.kind != Token::Kind::semicolon) return refuse(token, "an entry ends with ';'");
      auto anchor = anchor_of(entry, *clause);
      if (!anchor) return std::unexpected(complaint(file.name, entry.line, anchor.error()));
      add(all, std::move(*anchor), file, entry.line);
    }
    if (token = tokens.next(); token.kind != Token::Kind::semicolon) return refuse(token, "';' is missing behind '}'");
  }
  return all;
}

namespace {

std::optional<Clause> clause_of(std::string_view word) {
  if (word == "trust-anchors" || word == "managed-keys") return Clause::named;
  if (word == "trusted-keys") return Clause::keys_only;
  return std::nullopt;
}

std::optional<std::uint16_t> number(std::string_view text, std::uint16_t most) {
  std::uint16_t value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc{} || end != text.data() + text.size() || value > most) return std::nullopt;
  return value;
}

// The last field may be broken over lines inside its quotes.
std::string without_white(std::string_view text) {
  std::string dense;
  std::ranges::copy_if(text, std::back_inserter(dense),
                       [](char c) { return c != ' ' && c != '\t' && c != '\r' && c != '\n'; });
  return dense;
}

// NAME [KIND] three numbers and the data. static and initial alike, as delv does (anchors.md §2).
std::expected<Anchor, std::string> anchor_of(const Entry& entry, Clause clause) {
  std::size_t at = 0;
  const std::size_t fields = clause == Clause::named ? 6 : 5;
  if (entry.words.size() != fields)
    return std::unexpected("an entry here has " + std::to_string(fields) + " fields, not " +
                           std::to_string(entry.words.size()));
  const auto name = dns::Name::parse(entry.words[at++].text);
  if (!name) return std::unexpected(std::string("the zone: ") + std::string(dns::to_text(name.error())));
  const std::string_view kind = clause == Clause::named ? entry.words[at++].text : "static-key";
  const bool is_key = kind == "static-key" || kind == "initial-key";
  if (!is_key && kind != "static-ds" && kind != "initial-ds")
    return std::unexpected("static-key, initial-key, static-ds and initial-ds are known, this is not");
  const auto first = number(entry.words[at].text, 65535);
  const auto second = number(entry.words[at + 1].text, 255);
  const auto third = number(entry.words[at + 2].text, 255);
  if (!first || !second || !third) return std::unexpected("a number is none, or too large");
  const auto small = [](std::uint16_t value) { return static_cast<std::uint8_t>(value); };
  const std::string dense = without_white(entry.words[at + 3].text);
  const auto data = is_key ? dns::decode_base64(dense) : dns::decode_hex(dense);
  if (!data) return std::unexpected(is_key ? "the key is not base64" : "the digest is not hexadecimal");
  if (is_key) {
    dns::Dnskey key{*first, small(*second), dns::Algorithm{small(*third)}, *data};
    if (auto why = objection(key)) return std::unexpected(std::move(*why));
    return Anchor{*name, std::move(key), {}, {}, {}, {}};
  }
  dns::Ds ds{*first, dns::Algorithm{small(*second)}, dns::Digest{small(*third)}, *data};
  if (auto why = objection(ds)) return std::unexpected(std::move(*why));
  return Anchor{*name, std::move(ds), {}, {}, {}, {}};
}

Token Tokens::next() {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      take(Token::Kind::word, 1);
    } else if (!skip_comment()) {
      break;
    }
  }
  if (at_ == text_.size()) return take(Token::Kind::end, 0);
  if (text_.substr(at_).starts_with("/*")) return take(Token::Kind::broken, text_.size() - at_);
  switch (text_[at_]) {
    case '{': return take(Token::Kind::open, 1);
    case '}': return take(Token::Kind::close, 1);
    case ';': return take(Token::Kind::semicolon, 1);
    case '"': {
      const std::size_t end = text_.find('"', at_ + 1);
      if (end == text_.npos) return take(Token::Kind::broken, text_.size() - at_);
      return take(Token::Kind::quoted, end + 1 - at_, 1);
    }
    default: break;
  }
  const std::size_t end = std::min(text_.find_first_of(" \t\r\n{};\"", at_), text_.size());
  return take(Token::Kind::word, end - at_);
}

bool Tokens::skip_comment() {
  const std::string_view rest = text_.substr(at_);
  const bool line = rest.starts_with("#") || rest.starts_with("//");
  if (!line && !rest.starts_with("/*")) return false;
  const std::size_t end = line ? rest.find('\n') : rest.find("*/", 2);
  if (!line && end == rest.npos) return false;
  take(Token::Kind::word, end == rest.npos ? rest.size() : end + (line ? 1 : 2));
  return true;
}

// `drop` octets on both sides belong to the token but not to its text.
Token Tokens::take(Token::Kind kind, std::size_t length, std::size_t drop) {
  const std::string_view whole = text_.substr(at_, length);
  const Token token{kind, whole.substr(drop, length - 2 * drop), line_};
  line_ += static_cast<std::size_t>(std::ranges::count(whole, '\n'));
  at_ += length;
  return token;
}

}  // namespace
}  // namespace trustanchor
