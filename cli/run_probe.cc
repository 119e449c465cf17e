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
report::ProbeResult overrule(report::ProbeResult result, report::State state);

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
  auto result = report::probe(outcome.chains, policy);
  const bool late = std::ranges::any_of(outcome.evidence,
                                        [](const auto& one) { return one.limit == dns::Evidence::Limit::deadline; });
  if (late) result = overrule(std::move(result), options.probe.late);
  const auto written = write_stdout(result.text);
  if (!written) return std::unexpected(written.error());
  return options.probe.exit_ok ? 0 : static_cast<int>(result.state);
}

namespace {

report::ProbePolicy thresholds(const Options& options) {
  auto policy = options.probe.policy;
  // cli.md §5: a share of the signature's own validity fits short and long signatures alike.
  if (policy.warning.empty()) policy.warning = report::parse_ranges("8%:").value_or(std::vector<report::Range>());
  if (policy.critical.empty()) policy.critical = report::parse_ranges("4%:").value_or(std::vector<report::Range>());
  policy.verbosity = options.verbosity;
  policy.limit = options.deadline.value_or(policy.limit);
  return policy;
}

// The time was up: the state is the one that -t names, whatever the part that was heard looks like.
report::ProbeResult overrule(report::ProbeResult result, report::State state) {
  constexpr std::string_view head = "DNSSEC ";
  static constexpr std::array<std::string_view, 4> words{"OK", "WARNING", "CRITICAL", "UNKNOWN"};
  const auto end = result.text.find(' ', head.size());
  if (result.text.starts_with(head) && end != std::string::npos) {
    result.text.replace(head.size(), end - head.size(), words[static_cast<std::size_t>(state)]);
  }
  result.state = state;
  return result;
}

}  // namespace
}  // namespace cli
