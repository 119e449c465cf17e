#include <fmt/format.h>

#include <algorithm>

#include "cli/files.h"
#include "cli/gathering.h"
#include "cli/run.h"
#include "cli/status.h"
#include "cli/trust.h"
#include "cli/writing.h"
#include "resolver/dnsviz.h"

namespace cli {
namespace {

constexpr std::size_t largest_recording = 64UL << 20;

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
  auto& evidence = recording->evidence;
  const auto now = options.at ? instant(*options.at, evidence.started) : evidence.started;
  const bool other_anchors = !options.anchors.files.empty() || !options.anchors.records.empty();
  const bool own_anchors = !other_anchors && !recording->anchors.empty();
  const auto anchors = own_anchors ? anchors_from(recording->anchors, recording->anchors_source, now)
                                   : anchors_of(options, environment, now);
  if (!anchors) return std::unexpected(own_anchors ? fmt::format("{}: {}", file, anchors.error()) : anchors.error());
  const bool for_people = options.formats.empty() && options.verb != Verb::graph;
  if (for_people || options.verbosity > 0) {
    write_stderr(fmt::format("trustwalk: {} is judged as of {}{}, with {}\n", file, dns::print_rfc3339(now),
                             options.at ? "" : ", when it was recorded",
                             own_anchors ? fmt::format("its own anchors ({})", anchors->source)
                                         : fmt::format("the anchors of {}", anchors->source)));
  }
  const auto judge = judge_by(options, *anchors, now);
  std::vector<validator::Chain> chains{judge(evidence)};
  for (auto& target : recording->further) {
    evidence.target = std::move(target);
    chains.push_back(judge(evidence));
  }
  return chains;
}

}  // namespace
}  // namespace cli
