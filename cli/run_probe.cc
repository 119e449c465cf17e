#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "cli/files.h"
#include "cli/gathering.h"
#include "cli/probe_state.h"
#include "cli/run.h"
#include "cli/trust.h"
#include "cli/zone_judging.h"
#include "report/nagios.h"
#include "report/reading.h"

namespace cli {
namespace {

using Clock = std::chrono::steady_clock;

report::ProbePolicy thresholds(const Options& options, Clock::time_point begun);
Status probe_zone(const Options& options, const Environment& environment);
Status say(report::ProbeResult result, const Options& options, const std::string& question, dns::Time now);
std::expected<std::string, std::string> keep(const std::string& question, const Options& options, report::State state,
                                             dns::Time now);

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
  std::string question;
  for (const auto& chain : outcome.chains) question += (question.empty() ? "" : ", ") + report::question_text(chain);
  return say(report::probe(outcome.chains, policy, options.probe.form), options, question, now);
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
  const auto question = "zone " + origin.name->print();
  if (zone) return say(report::probe({zone->chain}, policy, options.probe.form), options, question, now);
  // Ours: UNKNOWN, and no fault of the zone's. The server's: as if none of the zone's servers answered.
  const auto& fault = zone.error();
  const auto state = fault.kind == ZoneFault::Kind::here   ? report::State::unknown
                     : fault.kind == ZoneFault::Kind::late ? options.probe.late
                                                           : policy.indeterminate;
  return say(report::probe_without(*origin.name, state, fault.why, policy, options.probe.form), options, question, now);
}

Status say(report::ProbeResult result, const Options& options, const std::string& question, dns::Time now) {
  if (!options.probe.state.empty()) {
    const auto line = keep(question, options, result.state, now);
    if (!line) return std::unexpected(line.error());
    if (options.verbosity > 0 && options.probe.form == report::ProbeForm::plugin) result.text += *line;
  }
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

// Returns: since when the state is what it is, as a line. A file that cannot be kept is our own failure, not the
// zone's.
std::expected<std::string, std::string> keep(const std::string& question, const Options& options, report::State state,
                                             dns::Time now) {
  const auto& path = options.probe.state;
  std::error_code none;
  const auto text = std::filesystem::exists(path, none) ? read_whole(path, 1UL << 16) : std::string();
  if (!text) return std::unexpected(text.error());
  const auto memory = remember(read_memory(*text, question), question, state, now);
  const auto written = write_whole(path, to_text(memory));
  if (!written) return std::unexpected(written.error());
  return since_line(memory, now);
}

}  // namespace
}  // namespace cli
