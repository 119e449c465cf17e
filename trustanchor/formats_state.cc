// unbound's state of RFC 5011 (anchors.md §2, format 2).
#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "dns/text.h"
#include "trustanchor/formats.h"
#include "trustanchor/rollover.h"

namespace trustanchor {
namespace {

constexpr std::array states = {Anchor::State::start,   Anchor::State::add_pend, Anchor::State::valid,
                               Anchor::State::missing, Anchor::State::revoked,  Anchor::State::removed};

std::string_view next_line(std::string_view& text);
std::string_view trimmed(std::string_view text);
std::optional<Anchor::State> state_of(std::string_view remarks);
std::optional<std::size_t> number_behind(std::string_view remarks, std::string_view word);

}  // namespace

bool is_autotrust(std::string_view text) { return text.find(state_heading) != text.npos; }

Read read_autotrust(const File& file) {
  Anchors all;
  std::optional<dns::Name> zone;
  std::string_view rest = file.text;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const std::string_view line = trimmed(next_line(rest));
    const auto refuse = [&](std::string_view why) { return std::unexpected(complaint(file.name, number, why)); };
    if (line.starts_with(";;REVOKED"))
      return refuse("every key of this zone was revoked: no anchor is left (RFC 5011 §2.1)");
    if (line.starts_with(";;id: ")) {
      const auto name = dns::Name::parse(line.substr(6, line.find(' ', 6) - 6));
      if (!name) return refuse("';;id:' names no zone");
      zone = *name;
    }
    if (line.empty() || line.front() == ';') continue;
    auto anchor = anchor_in_autotrust(line);
    if (!anchor) return refuse(anchor.error());
    if (zone && anchor->zone != *zone) return refuse("a record of another zone than ';;id:' says");
    add(all, std::move(*anchor), file, number);
  }
  return all;
}

// RR, then remarks: ";;state=2 [  VALID  ] ;;count=0 ;;lastchange=1502438004 ;;Fri Aug 11 …".
std::expected<Anchor, std::string> anchor_in_autotrust(std::string_view line) {
  if (trimmed(line).empty() || trimmed(line).front() == ';') return std::unexpected("");
  const std::size_t remarks = std::min(line.find(";;"), line.size());
  const auto state = state_of(line.substr(remarks));
  if (!state) return std::unexpected("no ';;state=' from 0 to 5 behind the record");
  auto record = dns::parse_record(line.substr(0, remarks));
  if (!record) return std::unexpected(record.error());
  // The file keeps revoked keys so that they are never trusted again (RFC 5011 §4.3 Revoked, Removed).
  if (*state == Anchor::State::revoked || *state == Anchor::State::removed) {
    auto key = dns::read_dnskey(record->rdata);
    if (record->type != dns::RRType::dnskey || !key) return std::unexpected("only a DNSKEY can be revoked");
    return Anchor{record->owner, std::move(*key), {}, {}, {}, {}, *state};
  }
  auto anchor = anchor_of(*record);
  if (!anchor) return anchor;
  anchor->state = *state;
  const auto since = number_behind(line.substr(remarks), ";;lastchange=");
  if (*state == Anchor::State::add_pend && since && *since <= std::numeric_limits<std::uint32_t>::max())
    anchor->pending_since = dns::Time{std::chrono::seconds{*since}};
  return anchor;
}

namespace {

std::optional<Anchor::State> state_of(std::string_view remarks) {
  const auto number = number_behind(remarks, ";;state=");
  if (!number || *number >= states.size()) return std::nullopt;
  return states[*number];
}

std::optional<std::size_t> number_behind(std::string_view remarks, std::string_view word) {
  const std::size_t at = remarks.find(word);
  if (at == remarks.npos) return std::nullopt;
  const std::string_view digits = remarks.substr(at + word.size());
  std::size_t number = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool whole = end == digits.data() + digits.size() || *end == ' ' || *end == '\t';
  if (fault != std::errc{} || !whole) return std::nullopt;
  return number;
}

std::string_view next_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view white = " \t\r";
  const std::size_t first = text.find_first_not_of(white);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(white) - first + 1);
}

}  // namespace
}  // namespace trustanchor
