#include "cli/replaying.h"

#include <fmt/format.h>

#include "cli/files.h"
#include "cli/trust.h"
#include "cli/writing.h"

namespace cli {

std::expected<std::vector<validator::Chain>, std::string> judge_recording(resolver::Recording recording,
                                                                          const std::string& file,
                                                                          const Options& options,
                                                                          const Environment& environment) {
  auto& evidence = recording.evidence;
  const auto now = options.at ? instant(*options.at, evidence.started) : evidence.started;
  const bool other_anchors = !options.anchors.files.empty() || !options.anchors.records.empty();
  const bool own_anchors = !other_anchors && !recording.anchors.empty();
  const auto anchors = own_anchors ? anchors_from(recording.anchors, recording.anchors_source, now)
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
  for (auto& target : recording.further) {
    evidence.target = std::move(target);
    chains.push_back(judge(evidence));
  }
  return chains;
}

}  // namespace cli
