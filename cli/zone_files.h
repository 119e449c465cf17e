// A master file read into a ZoneStore, piece by piece: its text is never in memory as a whole.
// It judges nothing.
#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <string>

#include "validator/zone_store.h"

namespace cli {

// "-" is stdin, which includes nothing. $INCLUDE: files in the folder of `path` or below it. `origin`: of names without
// a last dot, where the file says no $ORIGIN. `progress` is told the number of records now and then. The store is
// settled. Error: one line, FILE:LINE: why.
std::expected<validator::ZoneStore, std::string> read_zone_file(
    const std::string& path, const std::optional<dns::Name>& origin,
    const std::function<void(std::uint64_t)>& progress = {});

}  // namespace cli
