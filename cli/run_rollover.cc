#include <fmt/format.h>

#include "cli/rollover_looks.h"
#include "cli/rollover_seeing.h"
#include "cli/run.h"
#include "cli/status.h"
#include "cli/writing.h"

namespace cli {
namespace {

Status tell_nothing(const ZoneSeen& seen, const Options& options) {
  const auto text =
      fmt::format("{}: NOT JUDGED: no server of it, or none of its parent, gave an answer\n", seen.zone.print());
  const auto written = options.page == Page::text ? write_text(text, options) : Written(std::unexpected(text));
  if (!written) return std::unexpected(written.error());
  return status::indeterminate;
}

Status tell(const Options& options, const Environment& environment, const ZoneSeen& seen,
            const std::vector<validator::RolloverLook>& looks) {
  const auto page = rollover_page(options, seen, looks);
  if (!page) return std::unexpected(page.error());
  const auto written = write_text(rollover_words(*page, options, environment), options);
  if (!written) return std::unexpected(written.error());
  return status_of(page->verdict);
}

Status run_recorded(const Options& options, const Environment& environment) {
  const auto seen = zone_recorded(options, environment);
  if (!seen) return std::unexpected(seen.error());
  auto recorded = looks_of_recordings(options, options.words, seen->zone);
  if (!recorded) return std::unexpected(recorded.error());
  std::vector<validator::RolloverLook> looks;
  for (auto& look : *recorded) validator::add_look(looks, std::move(look));
  return tell(options, environment, *seen, looks);
}

}  // namespace

Status run_rollover(const Options& options, const Environment& environment) {
  if (!options.words.empty()) return run_recorded(options, environment);
  auto looks = RolloverLooks::open(options);
  if (!looks) return std::unexpected(looks.error());
  const auto seen = see_zone(options, environment);
  if (!seen) return std::unexpected(seen.error());
  if (const auto read = looks->read(options, seen->zone); !read) return std::unexpected(read.error());
  if (!seen->look) return tell_nothing(*seen, options);
  if (const auto added = looks->add(*seen->look); !added) return std::unexpected(added.error());
  return tell(options, environment, *seen, looks->all());
}

}  // namespace cli
