#include "cli/run.h"

#include "cli/answer.h"
#include "cli/gathering.h"
#include "cli/status.h"
#include "cli/trust.h"
#include "cli/writing.h"

namespace cli {

Status run(const Options& options, const Environment& environment) {
  switch (options.verb) {
    case Verb::check:
    case Verb::resolve: return run_check(options, environment);
    case Verb::graph: return options.words.empty() ? run_check(options, environment) : run_replay(options, environment);
    case Verb::record: return run_record(options, environment);
    case Verb::replay: return run_replay(options, environment);
    case Verb::probe: return run_probe(options, environment);
    case Verb::ds: return run_ds(options, environment);
    case Verb::preflight: return run_preflight(options, environment);
    case Verb::rollover: return run_rollover(options, environment);
    case Verb::watch: return run_watch(options, environment);
    case Verb::explain: return run_explain(options);
    case Verb::anchors: return run_anchors(options, environment);
    case Verb::diff: return run_diff(options, environment);
    case Verb::zone: return run_zone(options, environment);
  }
  return status::own_failure;
}

Status run_check(const Options& options, const Environment& environment) {
  const auto now = options.at ? instant(*options.at, environment.now) : environment.now;
  const auto questions = all_questions(options);
  if (!questions) return std::unexpected(questions.error());
  const auto anchors = anchors_of(options, environment, now);
  if (!anchors) return std::unexpected(anchors.error());
  auto beginning = begin(options, environment, *anchors);
  if (!beginning) return std::unexpected(beginning.error());
  const auto outcome = ask_all(options, environment, *questions, *beginning, judge_by(options, *anchors, now));
  beginning->source.reset();  // takes its progress line away
  write_remarks(*questions, options);
  const bool as_records = options.verb == Verb::resolve && options.formats.empty();
  const auto usual = options.verb == Verb::graph ? report::Format::svg : report::Format::text;
  const auto written = as_records ? write_text(answers_text(outcome.chains, options), options)
                                  : write_chains(outcome.chains, options, environment, usual);
  if (!written) return std::unexpected(written.error());
  return status_of(outcome.chains, options);
}

}  // namespace cli
