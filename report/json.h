// The JSON of cli.md §6, and the one flat line a verdict of §7.
// It judges nothing; the schema of what it writes is report/schema.h.
#pragma once

#include <string>
#include <vector>

#include "validator/chain.h"

namespace report {

inline constexpr std::string_view schema_version = "1.0";      // MAJOR.MINOR: within a MAJOR only additions
inline constexpr std::string_view tables_date = "2026-11-24";  // the rules and registries that the catalogue follows

std::string json(const std::vector<validator::Chain>& chains);  // one object, or an array if there are several or none
std::string ndjson(const validator::Chain& chain, int shard = 0);  // with its newline

}  // namespace report
