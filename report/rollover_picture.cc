// A rollover over time: what each key was seen to do, how long caches remember it, and the moments of the next steps;
// the same moments as a calendar.
#include <fmt/format.h>

#include <algorithm>

#include "report/calendar.h"
#include "report/reading.h"
#include "report/rollover.h"
#include "report/timeline.h"
#include "validator/rollover_advice.h"

namespace report {
namespace {

using namespace validator;

// The runs of looks in which a key did something. Caches remember the last of it for the TTL of its set.
template <class Does>
TimelineRow row_of(const RolloverPage& page, std::string label, dns::Seconds ttl, Does does) {
  const auto& history = page.history;
  TimelineRow row{std::move(label), {}};
  std::optional<dns::Time> from;
  const auto close = [&](dns::Time to, bool is_over) {
    const auto word = is_over ? fmt::format("until {}", dns::print_rfc3339(to + ttl).substr(11)) : std::string("now");
    row.bars.push_back({.from = *from,
                        .to = to,
                        .tail = is_over ? to + ttl : to,
                        .renew = to,
                        .word = word,
                        .tooltip = fmt::format("{}: seen from {} to {}{}", row.label, dns::print_rfc3339(*from),
                                               dns::print_rfc3339(to), is_over ? ", then in caches" : "")});
    from.reset();
  };
  for (std::size_t i = 0; i < history.states.size(); ++i) {
    const bool does_it = does(history.states[i]);
    if (does_it && !from) from = history.times[i];
    if (!does_it && from) close(history.times[i], true);
  }
  if (from) close(std::max(page.now, *from), false);
  return row;
}

template <class Copy>
dns::Seconds longest(const std::vector<Kept<Copy>>& list) {
  dns::Seconds ttl{0};
  for (const auto& kept : list) ttl = std::max(ttl, kept.ttl);
  return ttl;
}

void add(TimelineZone& zone, TimelineRow row) {
  if (!row.bars.empty()) zone.rows.push_back(std::move(row));
}

void key_rows(const RolloverPage& page, TimelineZone& zone) {
  const auto& memory = page.history.memory;
  for (std::size_t i = 0; i < page.history.keys.size(); ++i) {
    const KeySet bit = KeySet{1} << i;
    const auto tag = page.history.keys[i].name.tag;
    add(zone,
        row_of(page, fmt::format("DS {}", tag), longest(memory.ds), [&](const auto& s) { return (s.ds & bit) != 0; }));
    add(zone, row_of(page, fmt::format("DNSKEY {}", tag), longest(memory.keys),
                     [&](const auto& s) { return (s.keys.published & bit) != 0; }));
    add(zone, row_of(page, fmt::format("DNSKEY set by {}", tag), longest(memory.keys),
                     [&](const auto& s) { return (s.keys.signing & bit) != 0; }));
    add(zone, row_of(page, fmt::format("data by {}", tag), longest(memory.data),
                     [&](const auto& s) { return (s.data & bit) != 0; }));
  }
}

template <class Each>
void for_each_step(const RolloverPage& page, Each each) {
  for (const auto& phase : page.found.phases)
    for (const auto& step : phase.steps)
      if (step.earliest) each(phase, step);
}

}  // namespace

std::optional<dns::Time> next_safe(const RolloverPage& page) {
  std::optional<dns::Time> latest;
  for (const auto& phase : page.found.phases)
    for (const auto& step : phase.steps) {
      if (!step.earliest) return std::nullopt;
      latest = std::max(latest.value_or(step.earliest->at), step.earliest->at);
    }
  return latest;
}

std::optional<dns::Time> settled(const RolloverPage& page) {
  if (!page.found.servers_agree) return std::nullopt;
  auto end = page.history.times.front();
  const auto take = [&](const auto& list) {
    for (const auto& kept : list)
      if (kept.gone) end = std::max(end, *kept.gone + kept.ttl);
  };
  take(page.history.memory.ds), take(page.history.memory.keys), take(page.history.memory.data);
  return end;
}

std::optional<dns::Time> forgotten(const RolloverPage& page) {
  auto end = settled(page);
  if (!end) return end;
  const auto& memory = page.history.memory;
  const auto take = [&](const auto& list) {
    for (const auto& kept : list)
      if (!kept.gone) end = std::max(*end, kept.since.value_or(page.history.times.front()) + kept.ttl);
  };
  take(memory.ds), take(memory.keys), take(memory.data);
  return end;
}

namespace {

// The words of the catalogue's row, which has fewer than there are kinds.
std::optional<std::string> phase_word(const RolloverPhase& phase) {
  const bool goes = phase.direction == Direction::going;
  switch (phase.kind) {
    case RolloverKind::zsk_prepublish: return goes ? "retire" : "prepublish";
    case RolloverKind::zsk_double_signature: return "double-signature";
    case RolloverKind::double_ksk:
    case RolloverKind::csk: return goes ? "retire" : "double-ksk";
    case RolloverKind::double_ds: return "double-ds";
    case RolloverKind::algorithm: return "algorithm";
    case RolloverKind::going_secure:
    case RolloverKind::going_insecure:
    case RolloverKind::multi_signer_joining:
    case RolloverKind::multi_signer_leaving: break;
  }
  return std::nullopt;
}

Finding finding_of(const RolloverPage& page, Code code, std::vector<Detail> details) {
  Finding finding;
  finding.code = code;
  finding.subject.kind = SubjectKind::zone;
  finding.subject.name = page.zone;
  finding.details = std::move(details);
  finding.zone = page.zone;
  finding.blame = {page.zone, row(code).blame};
  return finding;
}

}  // namespace

std::vector<Finding> rollover_findings(const RolloverPage& page) {
  std::vector<Finding> findings;
  for (const auto& step : page.found.early) {
    const std::string which = step.part == Part::ds ? "ds" : step.part == Part::keys ? "key" : "signature";
    findings.push_back(finding_of(page, Code::rollover_step_early, {{"which", which}, {"until", step.until}}));
  }
  for (const auto& phase : page.found.phases) {
    const auto word = phase_word(phase);
    if (!word) continue;
    std::vector<KeyId> keys;
    for (std::size_t i = 0; i < page.history.keys.size(); ++i) {
      const auto& key = page.history.keys[i];
      if ((phase.keys >> i & 1) != 0)
        keys.push_back({key.name.tag, key.name.algorithm, key.key ? key.key->flags : std::uint16_t{0}});
    }
    std::vector<Detail> details{{"phase", *word}, {"keys", keys}};
    if (const auto at = next_safe(page)) details.push_back({"next_step_at", *at});
    findings.push_back(finding_of(page, Code::rollover_phase, std::move(details)));
  }
  return findings;
}

std::string rollover_picture(const RolloverPage& page) {
  Timeline line{.now = page.now};
  line.what = "keys and DS over time";
  line.legend = Timeline::Legend::copies;
  line.reach = dns::Seconds{5};
  line.title = fmt::format("{}: {}", page.zone.print(), to_text(page.found.stance));
  TimelineZone zone{.name = page.zone.print()};
  key_rows(page, zone);
  line.moments.push_back({Moment::Kind::now, page.now, "now " + dns::print_rfc3339(page.now), Tone::absent});
  for_each_step(page, [&](const RolloverPhase& phase, const RolloverStep& step) {
    line.title += fmt::format(", {}", to_text(phase.kind));
    line.moments.push_back({Moment::Kind::breaks, step.earliest->at,
                            fmt::format("from {}: {}", dns::print_rfc3339(step.earliest->at).substr(11),
                                        headline(step, page.history.keys)),
                            Tone::notice});
  });
  for (const auto& early : page.found.early)
    line.moments.push_back(
        {Moment::Kind::breaks, early.until,
         fmt::format("too early; some caches fail until {}", dns::print_rfc3339(early.until).substr(11)), Tone::bogus});
  line.description = "What each key was seen to do, how long caches remember it, and when the next step is safe.";
  line.zones.push_back(std::move(zone));
  return draw(line);
}

std::string rollover_calendar(const RolloverPage& page) {
  std::vector<CalendarEvent> events;
  for_each_step(page, [&](const RolloverPhase& phase, const RolloverStep& step) {
    const auto& keys = page.history.keys;
    CalendarEvent event{.at = step.earliest->at};
    event.uid =
        fmt::format("{}-{}-{}@{}", to_text(step.action), tags(step.in, keys), tags(step.out, keys), typed(page.zone));
    std::ranges::replace(event.uid, ' ', '_');
    event.summary = fmt::format("{}: {}", typed(page.zone), headline(step, keys));
    event.description =
        fmt::format("{} ({}). Not before {}: TTL {} s after {}.\nLook again before it is done: trustwalk rollover {}",
                    in_words(phase.kind, phase.direction), rule_of(phase.kind), dns::print_rfc3339(step.earliest->at),
                    step.earliest->ttl.count(), dns::print_rfc3339(step.earliest->gone), typed(page.zone));
    events.push_back(std::move(event));
  });
  return calendar(events, page.now);
}

}  // namespace report
