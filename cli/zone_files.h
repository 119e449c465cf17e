// A master file read into a ZoneStore, piece by piece: its text is never in memory as a whole.
// It judges nothing.
#pragma once

#include <expected>
#include <optional>
#include <string>

#include "validator/zone_store.h"

namespace cli {

// "-" is stdin. `origin`: of names without a last dot, where the file says no $ORIGIN. The store is settled.
// Error: one line, FILE:LINE: why.
std::expected<validator::ZoneStore, std::string> read_zone_file(const std::string& path,
                                                                const std::optional<dns::Name>& origin);

}  // namespace cli
