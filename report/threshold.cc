#include "report/threshold.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <utility>

namespace report {
namespace {

struct Bound {
  double value = 0;
  bool percent = false;
};
std::expected<Bound, std::string> parse_bound(std::string_view text);

}  // namespace

bool Range::alerts(double value) const {
  const bool within = (no_start || value >= start) && (no_end || value <= end);
  return within == inside;
}

std::expected<Range, std::string> parse_range(std::string_view text, Measure measure) {
  const auto whole = text;
  Range range;
  if (text.starts_with('@')) {
    range.inside = true;
    text.remove_prefix(1);
  }
  const auto colon = text.find(':');
  if (colon == std::string_view::npos && measure == Measure::time_left) {
    return std::unexpected(fmt::format("\"{}\" would alert when more time is left; write \"{}:\"", whole, whole));
  }
  // The guidelines: "start and : is not required if start=0"; no end is infinity.
  const bool bare = colon == std::string_view::npos;
  if (bare && text.empty()) return std::unexpected(fmt::format("\"{}\": a number is missing", whole));
  const auto low = bare ? std::string_view("0") : text.substr(0, colon), high = bare ? text : text.substr(colon + 1);
  bool has_number = false;
  for (const auto& [bound, is_low] : {std::pair{low, true}, std::pair{high, false}}) {
    if (bound.empty() || (is_low && bound == "~")) {
      (is_low ? range.no_start : range.no_end) = !is_low || bound == "~";
      continue;
    }
    const auto read = parse_bound(bound);
    if (!read) return std::unexpected(fmt::format("\"{}\": {}", whole, read.error()));
    if (read->percent && measure == Measure::seconds) {
      return std::unexpected(fmt::format("\"{}\": seconds, not a share", whole));
    }
    if (has_number && read->percent != range.percent) {
      return std::unexpected(fmt::format("\"{}\": both ends in % or none", whole));
    }
    (is_low ? range.start : range.end) = read->value;
    range.percent = read->percent;
    has_number = true;
  }
  if (!range.no_start && !range.no_end && range.start > range.end) {
    return std::unexpected(fmt::format("\"{}\": the start lies after the end", whole));
  }
  return range;
}

std::expected<std::vector<Range>, std::string> parse_ranges(std::string_view text, Measure measure) {
  std::vector<Range> out;
  for (;;) {
    const auto item = text.substr(0, text.find(','));
    const auto range = parse_range(item, measure);
    if (!range) return std::unexpected(range.error());
    out.push_back(*range);
    if (item.size() == text.size()) return out;
    text.remove_prefix(item.size() + 1);
  }
}

std::string print(const Range& range, double factor) {
  const auto number = [&](double value) { return fmt::format("{:.10g}", std::round(value * factor * 1000) / 1000); };
  return fmt::format("{}{}:{}", range.inside ? "@" : "", range.no_start ? "~" : number(range.start),
                     range.no_end ? "" : number(range.end));
}

namespace {

std::expected<Bound, std::string> parse_bound(std::string_view text) {
  Bound bound;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), bound.value);
  const auto unit = text.substr(static_cast<std::size_t>(read.ptr - text.data()));
  if (read.ec != std::errc{} || !std::isfinite(bound.value)) return std::unexpected("a number is missing");
  static constexpr std::pair<std::string_view, double> units[] = {{"", 1},     {"s", 1},     {"m", 60},
                                                                  {"h", 3600}, {"d", 86400}, {"w", 604800}};
  for (const auto& [name, seconds] : units) {
    if (unit != name) continue;
    bound.value *= seconds;
    return bound;
  }
  if (unit != "%") return std::unexpected(fmt::format("\"{}\" is no unit (s m h d w %)", unit));
  bound.percent = true;
  return bound;
}

}  // namespace
}  // namespace report
