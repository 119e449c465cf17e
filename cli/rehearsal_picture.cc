// A plan over time, as if its first step were taken now: until when the old copies are served and remembered, and when
// the next step may be taken; the same moments for a calendar.
#include <fmt/format.h>

#include <algorithm>

#include "cli/rehearsal.h"
#include "report/calendar.h"
#include "report/timeline.h"

namespace cli {
namespace {

struct Dated {
  const RehearsedStep& step;
  dns::Time at;
};

std::vector<Dated> dated(const Rehearsal& rehearsal) {
  std::vector<Dated> all;
  auto at = rehearsal.now;
  for (const auto& step : rehearsal.steps) {
    at += step.wait;
    all.push_back({step, at});
  }
  return all;
}

std::string_view words_of(validator::Part part) {
  switch (part) {
    case validator::Part::ds: return "DS set";
    case validator::Part::keys: return "DNSKEY set";
    case validator::Part::data: break;
  }
  return "other records";
}

std::string parts_of(const Rehearsal& rehearsal, const RehearsedStep& step) {
  std::string text;
  for (const auto part : validator::all_parts) {
    if (!step.parts.has(part)) continue;
    if (!text.empty()) text += " and ";
    if (part == validator::Part::ds && rehearsal.by_both_ds())
      text += step.ds == DsCopy::both ? "the new DS beside the old" : "the old DS out";
    else
      text += fmt::format("the new {}", words_of(part));
  }
  return text;
}

}  // namespace

std::string rehearsal_picture(const Rehearsal& rehearsal) {
  report::Timeline line;
  line.title = fmt::format("{}: {}", rehearsal.today.zone.print(), to_text(rehearsal.schedule.kind));
  line.description = "The old copies, served and then still in caches, if the first step is taken now.";
  line.what = "the plan over time";
  line.now = rehearsal.now;
  line.reach = dns::Seconds{5};
  line.legend = report::Timeline::Legend::copies;
  line.moments.push_back({report::Moment::Kind::now, line.now, "now " + dns::print_rfc3339(line.now), {}});
  report::TimelineZone zone;
  zone.name = rehearsal.today.zone.print();
  std::size_t number = 0;
  for (const auto& [step, at] : dated(rehearsal)) {
    line.moments.push_back({report::Moment::Kind::breaks, at,
                            fmt::format("{}: step {}, {}", dns::print_rfc3339(at), ++number, parts_of(rehearsal, step)),
                            report::Tone::notice});
    for (const auto part : validator::all_parts) {
      if (!step.parts.has(part)) continue;
      const auto kept = rehearsal.today.kept[static_cast<std::size_t>(part)];
      report::Bar bar;
      bar.from = line.now, bar.to = bar.renew = at, bar.tail = at + kept;
      bar.word = fmt::format("until {}", dns::print_rfc3339(bar.tail).substr(11));
      bar.tooltip = fmt::format("old {}: served until {}, in caches until {}", words_of(part), dns::print_rfc3339(at),
                                dns::print_rfc3339(bar.tail));
      zone.rows.push_back({fmt::format("old {}", words_of(part)), {bar}});
    }
  }
  line.zones.push_back(std::move(zone));
  return report::draw(line);
}

std::string rehearsal_calendar(const Rehearsal& rehearsal) {
  std::vector<report::CalendarEvent> events;
  const auto name = rehearsal.today.zone.print();
  for (const auto& [step, at] : dated(rehearsal)) {
    const auto number = events.size() + 1;
    report::CalendarEvent event;
    event.uid = fmt::format("preflight-{}-{}@{}", rehearsal.now.time_since_epoch().count(), number, name);
    event.at = at;
    event.summary = fmt::format("{}: step {}, {}", name, number, parts_of(rehearsal, step));
    event.description =
        fmt::format("Not before, if step 1 is taken at {} and all servers have each step at once.\n{}",
                    dns::print_rfc3339(rehearsal.now),
                    step.held.empty() ? "Nothing is waited for." : "Caches may hold " + step.held + ".");
    events.push_back(std::move(event));
  }
  return report::calendar(events, rehearsal.now);
}

}  // namespace cli
