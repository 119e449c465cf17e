#include "dns/time.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace dns {
namespace {

using namespace std::chrono;

struct Fields {
  int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0;
};

std::optional<Time> time_of(const Fields& f) {
  const year_month_day date{year{f.year}, month{static_cast<unsigned>(f.month)}, day{static_cast<unsigned>(f.day)}};
  if (!date.ok() || f.hour > 23 || f.minute > 59 || f.second > 60) return std::nullopt;
  return sys_days{date} + hours{f.hour} + minutes{f.minute} + seconds{f.second};
}

Fields fields_of(Time time) {
  const auto days_part = floor<days>(time);
  const year_month_day date{days_part};
  const hh_mm_ss clock{time - days_part};
  return {static_cast<int>(date.year()),
          static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())),
          static_cast<int>(clock.hours().count()),
          static_cast<int>(clock.minutes().count()),
          static_cast<int>(clock.seconds().count())};
}

std::string print(const Fields& f, const char* format) {
  std::array<char, 80> text{};
  const int size = std::snprintf(text.data(), text.size(), format, f.year, f.month, f.day, f.hour, f.minute, f.second);
  return {text.data(), static_cast<std::size_t>(size)};
}

// `count` digits at the front of `text`, taken off it.
std::optional<int> digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + count, value);
  if (error != std::errc{} || end != text.data() + count || text[0] == '-') return std::nullopt;
  text.remove_prefix(count);
  return value;
}

bool literal(std::string_view& text, char c) {
  if (text.empty() || text[0] != c) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Time> parse_compact(std::string_view text) {
  Fields f;
  const std::array<std::pair<int*, std::size_t>, 6> parts{
      {{&f.year, 4}, {&f.month, 2}, {&f.day, 2}, {&f.hour, 2}, {&f.minute, 2}, {&f.second, 2}}};
  for (const auto& [field, width] : parts) {
    const auto value = digits(text, width);
    if (!value) return std::nullopt;
    *field = *value;
  }
  return time_of(f);
}

std::optional<Time> parse_dashed(std::string_view text) {
  Fields f;
  const auto part = [&](int& field, std::size_t width) {
    const auto value = digits(text, width);
    if (value) field = *value;
    return value.has_value();
  };
  if (!part(f.year, 4) || !literal(text, '-') || !part(f.month, 2) || !literal(text, '-') || !part(f.day, 2))
    return std::nullopt;
  if (text.empty()) return time_of(f);
  if (!literal(text, 'T') && !literal(text, 't') && !literal(text, ' ')) return std::nullopt;
  if (!part(f.hour, 2) || !literal(text, ':') || !part(f.minute, 2)) return std::nullopt;
  if (literal(text, ':') && !part(f.second, 2)) return std::nullopt;
  if (!literal(text, 'Z')) literal(text, 'z');
  if (!text.empty()) return std::nullopt;
  return time_of(f);
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

constexpr std::int64_t latest_second = 253402300799;  // 9999-12-31T23:59:59Z

}  // namespace

Timestamp timestamp(Time time) { return {static_cast<std::uint32_t>(time.time_since_epoch().count())}; }

bool before(Timestamp left, Timestamp right) {
  const std::uint32_t ahead = right.value - left.value;
  return ahead != 0 && ahead < 0x80000000U;
}

Seconds distance(Timestamp left, Timestamp right) {
  const std::uint32_t ahead = right.value - left.value;
  if (ahead <= 0x80000000U) return Seconds{ahead};
  return Seconds{static_cast<std::int64_t>(ahead) - 0x100000000};
}

Time nearest(Timestamp stamp, Time now) { return now + distance(timestamp(now), stamp); }

std::string print_rfc3339(Time time) { return print(fields_of(time), "%04d-%02d-%02dT%02d:%02d:%02dZ"); }

std::string print_compact(Timestamp stamp) {
  return print(fields_of(Time{Seconds{stamp.value}}), "%04d%02d%02d%02d%02d%02d");
}

std::optional<Time> parse_time(std::string_view text) {
  if (text.size() == 14 && text.find_first_not_of("0123456789") == text.npos) return parse_compact(text);
  if (text.size() >= 10 && text[4] == '-') return parse_dashed(text);
  const auto value = parse_integer(text);
  if (!value || *value < 0 || *value > latest_second) return std::nullopt;
  return Time{Seconds{*value}};
}

std::optional<Timestamp> parse_timestamp(std::string_view text) {
  if (text.size() == 14) {
    const auto time = parse_compact(text);
    if (!time) return std::nullopt;
    return timestamp(*time);
  }
  const auto value = parse_integer(text);
  if (!value || *value < 0 || *value > 0xffffffff) return std::nullopt;
  return Timestamp{static_cast<std::uint32_t>(*value)};
}

std::string print_duration(Seconds seconds) {
  struct Unit {
    std::int64_t seconds;
    char letter;
  };
  constexpr std::array<Unit, 4> units{{{86400, 'd'}, {3600, 'h'}, {60, 'm'}, {1, 's'}}};
  std::int64_t left = seconds.count() < 0 ? -seconds.count() : seconds.count();
  std::string text = seconds.count() < 0 ? "-" : "";
  std::size_t first = 0;
  while (first + 1 < units.size() && left < units[first].seconds) ++first;
  text += std::to_string(left / units[first].seconds) + units[first].letter;
  left %= units[first].seconds;
  if (first + 1 < units.size() && left / units[first + 1].seconds > 0)
    text += ' ' + std::to_string(left / units[first + 1].seconds) + units[first + 1].letter;
  return text;
}

}  // namespace dns
