#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "cli/files.h"
#include "cli/gathering.h"
#include "cli/run.h"
#include "cli/trust.h"
#include "report/nagios.h"

namespace cli {
namespace {

report::ProbePolicy thresholds(const Options& options);

}  // namespace

Status run_probe(const Options& options, const Environment& environment) {
  const auto begun = std::chrono::steady_clock::now();
  const auto now = options.at ? instant(*options.at, environment.now) : environment.now;
  const auto anchors = anchors_of(options, environment, now);
  if (!anchors) return std::unexpected(anchors.error());
  auto beginning = begin(options, environment, *anchors);
  if (!beginning) return std::unexpected(beginning.error());
  const auto outcome = ask_all(options, environment, options.questions, *beginning, judge_by(options, *anchors, now));
  beginning->source.reset();
  auto policy = thresholds(options);
  policy.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
  const bool late = std::ranges::any_of(outcome.evidence,
                                        [](const auto& one) { return one.limit == dns::Evidence::Limit::deadline; });
  if (late) policy.late = options.probe.late;
  const auto result = report::probe(outcome.chains, policy, options.probe.form);
  const auto written = write_stdout(result.text);
  if (!written) return std::unexpected(written.error());
  return options.probe.exit_ok ? 0 : static_cast<int>(result.state);
}

namespace {

report::ProbePolicy thresholds(const Options& options) {
  auto policy = report::with_defaults(options.probe.policy);
  policy.verbosity = options.verbosity;
  policy.limit = options.deadline.value_or(policy.limit);
  return policy;
}

}  // namespace
}  // namespace cli
