#include <fmt/format.h>

#include "cli/files.h"
#include "cli/outline_read.h"
#include "cli/replaying.h"
#include "cli/run.h"
#include "cli/status.h"
#include "cli/writing.h"
#include "report/difference.h"
#include "report/json.h"
#include "resolver/dnsviz.h"

namespace cli {
namespace {

using Outlines = std::expected<std::vector<report::Outline>, std::string>;

// A recording is judged as replay does; a verdict that was kept is taken at its word.
Outlines outlines_of(const std::string& file, const Options& options, const Environment& environment) {
  const auto text = read_whole(file, largest_recording);
  if (!text) return std::unexpected(text.error());
  auto recording = resolver::read_any_recording(*text);
  auto outlines = Outlines(std::unexpected(recording ? std::string() : recording.error()));
  if (recording) {
    const auto chains = judge_recording(std::move(*recording), file, options, environment);
    if (!chains) return std::unexpected(chains.error());
    outlines = read_outlines(report::json(*chains));
  } else if (text->contains("\"schema_version\"")) {
    outlines = read_outlines(*text);
  }
  if (!outlines) return std::unexpected(fmt::format("{}: {}", file, outlines.error()));
  return outlines;
}

}  // namespace

Status run_diff(const Options& options, const Environment& environment) {
  const auto before = outlines_of(options.words.at(0), options, environment);
  if (!before) return std::unexpected(before.error());
  const auto after = outlines_of(options.words.at(1), options, environment);
  if (!after) return std::unexpected(after.error());
  const auto differences = report::compare(*before, *after);
  const auto written = write_text(
      options.page == Page::json ? report::difference_json(differences) : report::difference_text(differences),
      options);
  if (!written) return std::unexpected(written.error());
  return report::is_same(differences) ? status::good : status::different;
}

}  // namespace cli
