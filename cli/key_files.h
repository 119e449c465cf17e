// DNSKEY records out of key files and zone files. It knows no key's use: validator/handover does.
#pragma once

#include <expected>
#include <optional>
#include <span>
#include <string>

#include "dns/record.h"

namespace cli {

// The DNSKEY set of one zone, with its signatures where a zone file has them. `origin` is for names without a last dot
// where the file says no $ORIGIN. Error: one line with the file: nothing of that kind in it, private keys, keys of
// several zones.
std::expected<dns::SignedRRset, std::string> read_key_files(std::span<const std::string> paths,
                                                            const std::optional<dns::Name>& origin);

}  // namespace cli
