// A whole zone fetched (a file, standard input, a transfer) and judged, for every verb that does so.
// It prints nothing of the verdict.
#pragma once

#include <expected>
#include <string>

#include "cli/environment.h"
#include "cli/options.h"
#include "validator/zone_judgement.h"

namespace cli {

// Where a zone comes from: `server`, if it is set, else `file`.
struct ZoneOrigin {
  std::string file;  // "-" is standard input
  std::optional<ServerWord> server;
  std::optional<dns::Name> name;  // none: as the file says
};

struct ZoneFault {
  enum class Kind : std::uint8_t {
    here,    // our own failure, or the file's
    server,  // the server gave no whole zone
    late,    // not by the deadline
  } kind = Kind::here;
  std::string why;  // one line for people
};

// Trust: `options.anchors`, `options.zone.ds`, the living parent where `options.zone.parent` says so, else its own
// keys.
std::expected<validator::ZoneJudgement, ZoneFault> judge_whole_zone(const ZoneOrigin& origin, const Options& options,
                                                                    const Environment& environment, dns::Time now);

}  // namespace cli
