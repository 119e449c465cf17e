// `watch`: look after look, until every server shows the awaited state and every TTL since then has run out. Waiting
// and TTLs go by the time that really passes; the wall clock alone says whether signatures hold, and may be set
// meanwhile.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "cli/rollover_looks.h"
#include "cli/rollover_seeing.h"
#include "cli/run.h"
#include "cli/status.h"
#include "cli/writing.h"

namespace cli {
namespace {

using Steady = std::chrono::steady_clock;
using Goal = RolloverOptions::Goal;
using std::chrono::milliseconds;

constexpr milliseconds longest_wait{86'400'000}, first_pause{1'000}, longest_look{30'000};

// The time of the run: from the wall clock once, then by what has passed.
class RunClock {
 public:
  explicit RunClock(dns::Time start) : start_(start) {}
  dns::Time now() const { return start_ + std::chrono::floor<dns::Seconds>(Steady::now() - began_); }
  milliseconds passed() const { return std::chrono::duration_cast<milliseconds>(Steady::now() - began_); }

 private:
  dns::Time start_;
  Steady::time_point began_ = Steady::now();
};

// When the goal is reached, if nothing changes until then; none: it is not in sight.
std::optional<dns::Time> goal_at(const report::RolloverPage& page, const RolloverOptions& wanted, dns::Time start) {
  if (wanted.goal == Goal::moment) return instant(*wanted.until, start);
  if (page.verdict != validator::Security::secure || !page.found.servers_agree) return std::nullopt;
  if (wanted.goal == Goal::step && !page.found.phases.empty()) return report::next_safe(page);
  return report::forgotten(page);
}

class Watch {
 public:
  Watch(const Options& options, const Environment& environment)
      : options_(options), environment_(environment), clock_(environment.now) {}

  Status run() {
    auto looks = RolloverLooks::open(options_);
    if (!looks) return std::unexpected(looks.error());
    const auto limit = options_.deadline.value_or(longest_wait);
    milliseconds pause = first_pause;
    for (bool is_first = true;; is_first = false) {
      const auto seen = look(limit - clock_.passed());
      if (!seen) return std::unexpected(seen.error());
      if (is_first)
        if (const auto read = looks->read(options_, seen->zone); !read) return std::unexpected(read.error());
      std::optional<dns::Time> goal;
      if (seen->look) {
        if (const auto added = looks->add(*seen->look); !added) return std::unexpected(added.error());
        auto page = rollover_page(options_, *seen, looks->all());
        if (!page) return std::unexpected(page.error());
        goal = goal_at(*page, options_.rollover, environment_.now);
        if (goal && *goal <= seen->now) return tell(*page, status::good);
        pause = tell_change(*page, goal) ? first_pause : pause;
        page_ = std::move(*page);
      }
      const auto left = limit - clock_.passed();
      if (left <= milliseconds{0}) return page_ ? tell(*page_, status::indeterminate) : Status(status::indeterminate);
      std::this_thread::sleep_for(std::min({left, pause, until(goal)}));
      pause = std::min(pause * 2, std::max(options_.rollover.interval, first_pause));
    }
  }

 private:
  std::expected<ZoneSeen, std::string> look(milliseconds left) {
    auto options = options_;
    options.deadline = std::clamp(left, first_pause, longest_look);
    auto environment = environment_;
    environment.now = look_around().now;
    auto seen = see_zone(options, environment);
    if (!seen) return seen;
    const auto set_by = seen->now - clock_.now();
    if (std::chrono::abs(set_by - set_by_) > dns::Seconds{2})
      write_stderr(fmt::format("trustwalk: the clock was set by {} s; TTLs go by the time that has passed\n",
                               (set_by - set_by_).count()));
    set_by_ = set_by;
    seen->now = clock_.now();
    if (seen->look) seen->look->first = seen->look->last = seen->now + dns::Seconds{1};
    return seen;
  }

  milliseconds until(const std::optional<dns::Time>& goal) const {
    if (!goal) return longest_wait;
    return std::max(milliseconds{*goal - clock_.now()}, milliseconds{100});
  }

  // On stderr, where it is no result.
  bool tell_change(const report::RolloverPage& page, const std::optional<dns::Time>& goal) {
    auto line = fmt::format("{}: {}", page.zone.print(), validator::to_text(page.verdict));
    for (const auto& phase : page.found.phases) line += fmt::format(", {}", validator::to_text(phase.kind));
    if (!page.found.servers_agree) line += ", servers differ";
    line += goal ? fmt::format(", until {}", dns::print_rfc3339(*goal)) : ", waiting";
    if (line == last_line_) return false;
    if (options_.progress != Choice::never) write_stderr(fmt::format("{} {}\n", dns::print_rfc3339(page.now), line));
    last_line_ = line;
    return true;
  }

  Status tell(const report::RolloverPage& page, int status) const {
    const auto written = write_text(rollover_words(page, options_, environment_), options_);
    if (!written) return std::unexpected(written.error());
    return status;
  }

  const Options& options_;
  const Environment& environment_;
  RunClock clock_;
  dns::Seconds set_by_{0};
  std::string last_line_;
  std::optional<report::RolloverPage> page_;
};

}  // namespace

Status run_watch(const Options& options, const Environment& environment) { return Watch(options, environment).run(); }

}  // namespace cli
