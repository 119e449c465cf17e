// A zone transferred into a ZoneStore: the server's addresses one after the other, the key, the limits of the run.
// It judges nothing.
#pragma once

#include <expected>

#include "cli/options.h"
#include "cli/zone_progress.h"
#include "resolver/transfer.h"
#include "validator/zone_store.h"

namespace cli {

// The store is settled.
std::expected<validator::ZoneStore, resolver::TransferFault> receive_zone(const ServerWord& server,
                                                                          const dns::Name& zone, const Options& options,
                                                                          ZoneProgress& progress);

}  // namespace cli
