// One look at a zone and its parent, as `rollover` and `watch` take it, and the page that all looks together make.
// It keeps nothing: files and repetition are the verbs'.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "cli/environment.h"
#include "cli/options.h"
#include "report/rollover.h"

namespace cli {

struct ZoneSeen {
  dns::Name zone{};
  dns::Time now{};  // when the last reply was in
  validator::Security verdict{};
  std::optional<validator::Finding> cause{};
  std::optional<validator::RolloverLook> look{};  // none: no server of the zone, or none of its parent, answered
};
// Error: one line for people: our own failure, or no zone at that name.
std::expected<ZoneSeen, std::string> see_zone(const Options& options, const Environment& environment);

// What recordings made earlier show of the zone, in the order of time. Error: one line for people.
std::expected<std::vector<validator::RolloverLook>, std::string> looks_of_recordings(
    const Options& options, const std::vector<std::string>& files, const dns::Name& zone);

// The last of recordings in the place of a look: nobody is asked. Error: one line for people.
std::expected<ZoneSeen, std::string> zone_recorded(const Options& options, const Environment& environment);

// Requires: at least one look.
std::expected<report::RolloverPage, std::string> rollover_page(const Options& options, const ZoneSeen& seen,
                                                               const std::vector<validator::RolloverLook>& looks);

std::string rollover_words(const report::RolloverPage& page, const Options& options, const Environment& environment);

}  // namespace cli
