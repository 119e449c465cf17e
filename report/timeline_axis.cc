#include "report/timeline_axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace report {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

sys_days day_of(dns::Time time) { return std::chrono::floor<days>(time); }

std::string_view month_name(std::chrono::month month) {
  static constexpr std::string_view names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return names[static_cast<unsigned>(month) - 1];
}

struct Round {
  dns::Time at;
  std::string text;
};

// First days of every `step` months.
std::vector<Round> months(dns::Time from, dns::Time to, int step) {
  std::vector<Round> out;
  const year_month_day first{day_of(from)};
  const int start = static_cast<int>(first.year()) * 12 + static_cast<int>(static_cast<unsigned>(first.month())) - 1;
  for (int month = start - start % step;; month += step) {
    const std::chrono::year year{month / 12};
    const std::chrono::month in_year{static_cast<unsigned>(month % 12 + 1)};
    const dns::Time at = sys_days{year / in_year / 1};
    if (at > to) return out;
    if (at < from) continue;
    out.push_back({at, step >= 12 ? fmt::format("{}", static_cast<int>(year))
                                  : fmt::format("{} {}", month_name(in_year), static_cast<int>(year))});
  }
}

std::vector<Round> every(dns::Seconds step, dns::Time from, dns::Time to) {
  std::vector<Round> out;
  // Whole weeks begin on Mondays; 1970-01-05 was one.
  const dns::Seconds shift{step.count() % (7 * 86'400) == 0 ? 4 * 86'400 : 0};
  auto at = dns::Time{(from.time_since_epoch() - shift) / step * step + shift};
  for (; at <= to; at += step) {
    if (at < from) continue;
    const year_month_day date{day_of(at)};
    const auto second = (at - day_of(at)).count(), minute = second / 60;
    if (step < dns::Seconds{60}) {
      out.push_back({at, fmt::format("{:02}:{:02}:{:02}", minute / 60, minute % 60, second % 60)});
      continue;
    }
    out.push_back({at, minute == 0 ? fmt::format("{} {}", static_cast<unsigned>(date.day()), month_name(date.month()))
                                   : fmt::format("{:02}:{:02}", minute / 60, minute % 60)});
  }
  return out;
}

}  // namespace

TimeAxis::TimeAxis(dns::Time from, dns::Time to, dns::Time now, double width)
    : from_(from), to_(std::max(to, from + dns::Seconds{1})), now_(now) {
  left_ = stretched(from_);
  scale_ = width / (stretched(to_) - left_);
}

// Days from now; d beyond the reach r is r (1 + ln(d/r)), which leaves it as steep as it came.
double TimeAxis::stretched(dns::Time time) const {
  const double reach = static_cast<double>(linear_reach.count());
  const double distance = static_cast<double>((time - now_).count());
  if (std::abs(distance) <= reach) return distance;
  return std::copysign(reach * (1 + std::log(std::abs(distance) / reach)), distance);
}

double TimeAxis::at(dns::Time time) const { return (stretched(time) - left_) * scale_; }

bool TimeAxis::is_logarithmic() const { return from_ < now_ - linear_reach || to_ > now_ + linear_reach; }

std::vector<TimeAxis::Mark> TimeAxis::marks(double room) const {
  const auto near = [&](dns::Seconds reach) {
    return std::pair{std::max(from_, now_ - reach), std::min(to_, now_ + reach)};
  };
  const dns::Seconds day{86'400};
  std::vector<std::vector<Round>> levels;
  for (const int step : {1200, 120, 12}) levels.push_back(months(from_, to_, step));
  const auto [from_months, to_months] = near(1100 * day);
  for (const int step : {3, 1}) levels.push_back(months(from_months, to_months, step));
  // The finest step that has room: two of them at once make the marks look random.
  for (const auto step :
       {dns::Seconds{5}, dns::Seconds{15}, dns::Seconds{60}, dns::Seconds{300}, dns::Seconds{900}, dns::Seconds{3'600},
        dns::Seconds{10'800}, dns::Seconds{21'600}, dns::Seconds{43'200}, day, 2 * day, 7 * day, 14 * day}) {
    if (static_cast<double>(step.count()) * scale_ < room) continue;
    const auto [from, to] = near(linear_reach);
    levels.push_back(every(step, from, to));
    break;
  }
  std::vector<Mark> out;
  for (const auto& level : levels) {
    for (const auto& [instant, text] : level) {
      const double x = at(instant);
      const bool is_free = std::ranges::all_of(out, [&](const Mark& other) { return std::abs(other.x - x) >= room; });
      if (is_free) out.push_back({x, text});
    }
  }
  std::ranges::sort(out, {}, &Mark::x);
  return out;
}

}  // namespace report
