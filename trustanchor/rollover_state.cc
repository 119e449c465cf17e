// The state of RFC 5011 on disk, in unbound's form (anchors.md §2, format 2), with all that a restart needs.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "dns/text.h"
#include "trustanchor/formats.h"
#include "trustanchor/rollover.h"

namespace trustanchor {
namespace {

using Fault = std::optional<std::string>;

// C's locale, as unbound writes it and skips it: for people only.
std::string stamp(dns::Time time) {
  return fmt::format("{} ;;{}", time.time_since_epoch().count(), dns::print_rfc3339(time));
}

constexpr std::array state_names = {"START", "ADDPEND", "VALID", "MISSING", "REVOKED", "REMOVED"};

std::string line_of(const TrustPoint& point, const ManagedKey& managed) {
  dns::Record record;
  record.owner = point.zone;
  record.ttl = managed.ttl;
  if (const auto* ds = std::get_if<dns::Ds>(&managed.key)) {
    record.type = dns::RRType::ds;
    record.rdata = dns::write(*ds);
  } else {
    auto key = std::get<dns::Dnskey>(managed.key);
    // As published: other readers of this file see by the flag that it is no anchor.
    if (managed.state == State::revoked || managed.state == State::removed) key.flags |= dns::Dnskey::revoke_flag;
    record.type = dns::RRType::dnskey;
    record.rdata = dns::write(key);
  }
  const auto number = static_cast<std::size_t>(managed.state);
  return fmt::format("{} ;;state={} [{:^9}] ;;count={} ;;lastchange={}\n", dns::print(record), number,
                     state_names[number], managed.sightings, stamp(managed.since));
}

std::optional<std::int64_t> number_behind(std::string_view line, std::string_view word) {
  const std::size_t at = line.find(word);
  if (at == line.npos) return std::nullopt;
  line.remove_prefix(at + word.size());
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  std::int64_t value = 0;
  const auto [end, fault] = std::from_chars(line.data(), line.data() + line.size(), value);
  const bool whole = end == line.data() + line.size() || *end == ' ' || *end == '\t' || *end == '\r';
  // Up to the year 9999: no sum of these times overflows.
  if (fault != std::errc{} || !whole || value < 0 || value > 253'402'300'799) return std::nullopt;
  return value;
}

struct Field {
  std::string_view word;
  void (*put)(TrustPoint&, std::int64_t);
};
std::optional<dns::Time> instant(std::int64_t value) {
  return value == 0 ? std::nullopt : std::optional(dns::Time{dns::Seconds{value}});  // unbound: 0 is never
}
constexpr std::int64_t longest_interval = 15 * 86400;  // RFC 5011 §2.3
constexpr std::array fields = std::to_array<Field>({
    {";;last_queried:", [](TrustPoint& point, std::int64_t value) { point.last_queried = instant(value); }},
    {";;last_success:", [](TrustPoint& point, std::int64_t value) { point.last_success = instant(value); }},
    {";;next_probe_time:", [](TrustPoint& point, std::int64_t value) { point.next_query = instant(value); }},
    {";;query_failed:",
     [](TrustPoint& point, std::int64_t value) {
       point.failures = static_cast<std::uint32_t>(std::min<std::int64_t>(value, 0xffffffff));
     }},
    {";;query_interval:",
     [](TrustPoint& point, std::int64_t value) {
       point.query_interval = dns::Seconds{std::clamp<std::int64_t>(value, 3600, longest_interval)};
     }},
    {";;retry_time:",
     [](TrustPoint& point, std::int64_t value) {
       point.retry_time = dns::Seconds{std::clamp<std::int64_t>(value, 3600, 86400)};
     }},
});

Fault read_field(std::string_view line, TrustPoint& point) {
  for (const Field& field : fields) {
    if (!line.starts_with(field.word)) continue;
    const auto value = number_behind(line, field.word);
    if (!value) return fmt::format("no number from 0 on behind '{}'", field.word);
    field.put(point, *value);
  }
  return std::nullopt;
}

Fault read_key(std::string_view line, const Anchor& anchor, TrustPoint& point) {
  ManagedKey managed{anchor.key, anchor.state, {}, 0, 0};
  const auto since = number_behind(line, ";;lastchange="), count = number_behind(line, ";;count=");
  if (!since || !count) return "no ';;count=' and ';;lastchange=' behind the record";
  managed.since = dns::Time{dns::Seconds{*since}};
  managed.sightings = static_cast<std::uint32_t>(std::min<std::int64_t>(*count, 0xffffffff));
  const auto record = dns::parse_record(line.substr(0, line.find(";;")));
  if (record) managed.ttl = record->ttl;
  if (auto* key = std::get_if<dns::Dnskey>(&managed.key))
    key->flags = static_cast<std::uint16_t>(key->flags & ~dns::Dnskey::revoke_flag);
  const auto same = [&](const ManagedKey& other) { return other.key == managed.key; };
  if (std::ranges::any_of(point.keys, same)) return "a key that stands here twice";
  if (point.keys.size() == most_managed_keys) return "more than 32 keys";
  if (managed.state != State::start) point.keys.push_back(std::move(managed));
  return std::nullopt;
}

}  // namespace

std::expected<TrustPoint, std::string> read_state(std::string_view text, std::string_view file) {
  const DigestFunction no_digest = [](dns::Digest, dns::View) { return std::optional<dns::Bytes>(); };
  if (!is_autotrust(text))
    return std::unexpected(std::string(file) +
                           ": this is no state file: the line '; autotrust trust anchor file' is missing");
  // Every rule of the format is that reader's; here each line is read once more for what it leaves out.
  const Read anchors = read_anchors(text, file, {}, no_digest);
  if (!anchors) return std::unexpected(anchors.error());
  TrustPoint point;
  point.zone = anchors->anchors.front().zone;
  std::size_t number = 0;
  while (!text.empty()) {
    ++number;
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    Fault fault = read_field(line, point);
    if (const auto anchor = anchor_in_autotrust(line); anchor && !fault) {
      if (anchor->zone != point.zone)
        fault = "a record of another zone than the first";
      else
        fault = read_key(line, *anchor, point);
    }
    if (fault) return std::unexpected(complaint(file, number, *fault));
  }
  return point;
}

std::string write_state(const TrustPoint& point) {
  std::string text = std::string(state_heading) + "\n";
  if (!point.is_trusted())
    text +=
        ";;REVOKED\n"
        "; Every key of this zone has been revoked, so nothing is trusted here any more (RFC 5011 section 5).\n"
        "; To begin again, replace this file by one with keys from a source that you trust.\n";
  const auto instant = [](const std::optional<dns::Time>& time) { return time ? stamp(*time) : std::string("0"); };
  text += fmt::format(
      ";;id: {} 1\n;;last_queried: {}\n;;last_success: {}\n;;next_probe_time: {}\n;;query_failed: {}\n"
      ";;query_interval: {}\n;;retry_time: {}\n",
      point.zone.print(), instant(point.last_queried), instant(point.last_success), instant(point.next_query),
      point.failures, point.query_interval.count(), point.retry_time.count());
  for (const ManagedKey& managed : point.keys) text += line_of(point, managed);
  return text;
}

}  // namespace trustanchor
