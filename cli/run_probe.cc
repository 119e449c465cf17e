#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "cli/files.h"
#include "cli/gathering.h"
#include "cli/run.h"
#include "cli/trust.h"
#include "cli/zone_judging.h"
#include "report/nagios.h"

namespace cli {
namespace {

using Clock = std::chrono::steady_clock;

report::ProbePolicy thresholds(const Options& options, Clock::time_point begun);
Status probe_zone(const Options& options, const Environment& environment);
Status say(const report::ProbeResult& result, const Options& options);

}  // namespace

Status run_probe(const Options& options, const Environment& environment) {
  if (options.probe.axfr || !options.probe.zone.empty()) return probe_zone(options, environment);
  const auto begun = Clock::now();
  const auto now = options.at ? instant(*options.at, environment.now) : environment.now;
  const auto anchors = anchors_of(options, environment, now);
  if (!anchors) return std::unexpected(anchors.error());
  auto beginning = begin(options, environment, *anchors);
  if (!beginning) return std::unexpected(beginning.error());
  const auto outcome = ask_all(options, environment, options.questions, *beginning, judge_by(options, *anchors, now));
  beginning->source.reset();
  auto policy = thresholds(options, begun);
  const bool late = std::ranges::any_of(outcome.evidence,
                                        [](const auto& one) { return one.limit == dns::Evidence::Limit::deadline; });
  if (late) policy.late = options.probe.late;
  return say(report::probe(outcome.chains, policy, options.probe.form), options);
}

namespace {

// The whole zone, not its apex alone: a fresh SOA must not hide old data (cli.md §5).
Status probe_zone(const Options& options, const Environment& environment) {
  const auto begun = Clock::now();
  const auto now = options.at ? instant(*options.at, environment.now) : environment.now;
  ZoneOrigin origin{.file = options.probe.zone, .server = std::nullopt, .name = options.questions[0].name};
  if (options.probe.axfr) origin.server = options.servers[0];
  auto limited = options;
  limited.deadline = thresholds(options, begun).limit;
  const auto zone = judge_whole_zone(origin, limited, environment, now);
  const auto policy = thresholds(options, begun);
  if (zone) return say(report::probe({zone->chain}, policy, options.probe.form), options);
  // Ours: UNKNOWN, and no fault of the zone's. The server's: as if none of the zone's servers answered.
  const auto& fault = zone.error();
  const auto state = fault.kind == ZoneFault::Kind::here   ? report::State::unknown
                     : fault.kind == ZoneFault::Kind::late ? options.probe.late
                                                           : policy.indeterminate;
  return say(report::probe_without(*origin.name, state, fault.why, policy, options.probe.form), options);
}

Status say(const report::ProbeResult& result, const Options& options) {
  const auto written = write_stdout(result.text);
  if (!written) return std::unexpected(written.error());
  return options.probe.exit_ok ? 0 : static_cast<int>(result.state);
}

report::ProbePolicy thresholds(const Options& options, Clock::time_point begun) {
  auto policy = report::with_defaults(options.probe.policy);
  policy.verbosity = options.verbosity;
  policy.limit = options.deadline.value_or(policy.limit);
  policy.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun);
  return policy;
}

}  // namespace
}  // namespace cli
