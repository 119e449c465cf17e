#include <fmt/format.h>

#include <algorithm>

#include "cli/files.h"
#include "cli/gathering.h"
#include "cli/replaying.h"
#include "cli/run.h"
#include "cli/status.h"
#include "cli/trust.h"
#include "cli/writing.h"
#include "resolver/dnsviz.h"

namespace cli {
namespace {

using Replayed = std::expected<std::vector<validator::Chain>, std::string>;
Replayed replay(const std::string& file, const Options& options, const Environment& environment);

}  // namespace

Status run_record(const Options& options, const Environment& environment) {
  const auto questions = all_questions(options);
  if (!questions) return std::unexpected(questions.error());
  const auto anchors = anchors_of(options, environment, environment.now);
  if (!anchors) return std::unexpected(anchors.error());
  auto beginning = begin(options, environment, *anchors);
  if (!beginning) return std::unexpected(beginning.error());
  const auto outcome =
      ask_all(options, environment, *questions, *beginning, judge_by(options, *anchors, environment.now));
  beginning->source.reset();
  if (outcome.evidence.size() > 1 && !(options.output.contains("%n") || options.output.contains("%t"))) {
    return std::unexpected(fmt::format("{} recordings need a file each: -o 'dir/%n.%t.json'", outcome.evidence.size()));
  }
  for (const auto& evidence : outcome.evidence) {
    const auto path = fill_pattern(options.output, evidence.target.name, evidence.target.type, "json");
    const resolver::Recording recording{evidence, TRUSTWALK_VERSION, lines_of(*anchors, environment.now),
                                        anchors->source};
    const bool dnsviz = options.recorded == FileForm::dnsviz;
    const auto written =
        write_whole(path, dnsviz ? resolver::write_dnsviz(recording) : resolver::write_recording(recording));
    if (!written) return std::unexpected(written.error());
    if (options.verbosity > 0)
      write_stderr(fmt::format("trustwalk: {} exchanges written to {}\n", evidence.exchanges.size(), path));
  }
  return status::good;
}

Status run_replay(const Options& options, const Environment& environment) {
  std::vector<validator::Chain> chains;
  for (const auto& file : options.words) {
    auto judged = replay(file, options, environment);
    if (!judged) return std::unexpected(judged.error());
    std::ranges::move(*judged, std::back_inserter(chains));
  }
  const auto usual = options.verb == Verb::graph ? report::Format::svg : report::Format::text;
  write_remarks({}, options);
  const auto written = write_chains(chains, options, environment, usual);
  if (!written) return std::unexpected(written.error());
  return status_of(chains, options);
}

namespace {

Replayed replay(const std::string& file, const Options& options, const Environment& environment) {
  const auto text = read_whole(file, largest_recording);
  if (!text) return std::unexpected(text.error());
  auto recording = resolver::read_any_recording(*text);
  if (!recording) return std::unexpected(fmt::format("{}: {}", file, recording.error()));
  return judge_recording(std::move(*recording), file, options, environment);
}

}  // namespace
}  // namespace cli
