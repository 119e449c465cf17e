// BIND's state of RFC 5011: managed-keys.bind and *.mkeys (anchors.md §2, format 4).
#include <algorithm>
#include <charconv>
#include <span>

#include "dns/text.h"
#include "dns/text_words.h"
#include "trustanchor/formats.h"
#include "trustanchor/rollover.h"

namespace trustanchor {
namespace {

using Words = std::span<const dns::Word>;

bool is_word(const dns::Word& word, std::string_view text) {
  return word.kind == dns::Word::Kind::plain && word.text == text;
}

std::optional<dns::Name> name_of(std::string_view text, const dns::Name& origin) {
  if (text == "@") return origin;
  const bool relative = !text.ends_with('.') && origin.labels() != 0;
  const auto name = dns::Name::parse(relative ? std::string(text) + "." + origin.print() : std::string(text));
  return name ? std::optional(*name) : std::nullopt;
}

// YYYYMMDDHHMMSS; the first second of 1970 is "never".
std::optional<dns::Time> time_of(const dns::Word& word) {
  return word.text.size() == 14 ? dns::parse_time(word.text) : std::nullopt;
}

std::optional<std::uint16_t> number_of(const dns::Word& word, unsigned most) {
  unsigned value = 0;
  const auto [end, fault] = std::from_chars(word.text.data(), word.text.data() + word.text.size(), value);
  if (fault != std::errc{} || end != word.text.data() + word.text.size() || value > most) return std::nullopt;
  return static_cast<std::uint16_t>(value);
}

// refresh, add hold-down, remove hold-down, flags, protocol, algorithm, key. nullopt: a place kept for a DS anchor that
// has not met its key yet.
std::expected<std::optional<Anchor>, std::string> anchor_of(Words fields, dns::Time now) {
  if (fields.size() < 6) return std::unexpected("KEYDATA has three times, three numbers and a key");
  const auto refresh = time_of(fields[0]), add = time_of(fields[1]), remove = time_of(fields[2]);
  if (!refresh || !add || !remove) return std::unexpected("a time of KEYDATA is not of the form YYYYMMDDHHMMSS");
  const auto flags = number_of(fields[3], 65535), protocol = number_of(fields[4], 255),
             algorithm = number_of(fields[5], 255);
  if (!flags || !protocol || !algorithm) return std::unexpected("a number of KEYDATA is none, or too large");
  std::string text;
  for (const dns::Word& word : fields.subspan(6)) text += word.text;
  auto octets = dns::decode_base64(text);
  if (!octets) return std::unexpected("the key is not base64");
  if (octets->empty()) return std::nullopt;
  dns::Dnskey key{*flags, static_cast<std::uint8_t>(*protocol), dns::Algorithm{static_cast<std::uint8_t>(*algorithm)},
                  std::move(*octets)};
  const bool revoked = key.is_revoked() || *remove != dns::Time{};
  if (auto why = objection(key); why && !revoked) return std::unexpected(std::move(*why));
  // RFC 5011 §2.4.1: a set heard after the hold-down makes the key an anchor. A next query that was due before its end
  // tells that none was heard: the file is old, however late it is now.
  const bool waited = *add <= now && *add < *refresh;
  const auto state = revoked ? Anchor::State::revoked : waited ? Anchor::State::valid : Anchor::State::add_pend;
  Anchor anchor{{}, std::move(key), {}, {}, {}, {}, state};
  if (state == Anchor::State::add_pend && *add > dns::Time{hold_down}) anchor.pending_since = *add - hold_down;
  return anchor;
}

}  // namespace

bool is_keydata(std::string_view text) {
  for (std::size_t at = text.find("KEYDATA"); at != text.npos; at = text.find("KEYDATA", at + 1)) {
    const std::size_t start = text.rfind('\n', at) + 1;  // npos + 1 is 0
    if (text.substr(start, at - start).find(';') == text.npos) return true;
  }
  return false;
}

Read read_keydata(const File& file) {
  Anchors all;
  dns::LineScanner scanner(file.text);
  dns::Name origin;
  std::optional<dns::Name> owner;
  for (;;) {
    const auto line = scanner.next();
    if (!line) return std::unexpected(complaint(file.name, line.error().line, line.error().why));
    if (*line == nullptr) return all;
    const Words words = (*line)->words;
    const auto refuse = [&](std::string_view why) {
      return std::unexpected(complaint(file.name, (*line)->number, why));
    };
    if (is_word(words[0], "$TTL")) continue;
    if (is_word(words[0], "$ORIGIN")) {
      const auto name = words.size() == 2 ? name_of(words[1].text, origin) : std::nullopt;
      if (!name) return refuse("$ORIGIN needs one name");
      origin = *name;
      continue;
    }
    if ((*line)->start == dns::Line::Start::word) owner = name_of(words[0].text, origin);
    if (!owner) return refuse("the owner is no name");
    // Before the type stand owner, TTL and class at most.
    const auto head = words.first(std::min<std::size_t>(words.size(), 4));
    if (std::ranges::any_of(head, [](const dns::Word& word) { return is_word(word, "SOA"); })) continue;
    const auto type = std::ranges::find_if(head, [](const dns::Word& word) { return is_word(word, "KEYDATA"); });
    if (type == head.end()) return refuse("neither KEYDATA nor SOA");
    auto anchor = anchor_of(words.subspan(static_cast<std::size_t>(type - head.begin()) + 1), file.now);
    if (!anchor) return refuse(anchor.error());
    if (!*anchor) continue;
    (*anchor)->zone = *owner;
    add(all, std::move(**anchor), file, (*line)->number);
  }
}

}  // namespace trustanchor
