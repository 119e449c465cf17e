// A living zone's keys and what its parent points at, asked of the servers or a resolver as `check` asks.
// It prints nothing.
#pragma once

#include <expected>
#include <string>

#include "cli/environment.h"
#include "cli/options.h"
#include "validator/handover.h"

namespace cli {

// Error: one line for people.
std::expected<validator::Handover, std::string> living_handover(const dns::Name& zone, const Options& options,
                                                                const Environment& environment, dns::Time now);

}  // namespace cli
