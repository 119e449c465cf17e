// How the real servers are told to keep to loopback and to their own folder, and to leave what no test has use for: the
// part of each configuration that is the same whatever is served. Zones, keys and policies are the caller's.
#pragma once

#include <filesystem>
#include <string>

#include "tests/lab/network.h"

namespace lab {

// A zone's name without its last dot, as BIND, NSD and PowerDNS write it; the root stays a dot.
[[nodiscard]] std::string bare(const std::string& zone);

// NSD's `server:` clause; more lines of it may follow. No rate limit: all questions of a test come from one address.
[[nodiscard]] std::string nsd_server(const Endpoint& at, const std::filesystem::path& folder);
// BIND's statements within `options { }`; `controls` is the caller's, for without it named takes a port that is not its
// own.
[[nodiscard]] std::string bind_options(const Endpoint& at, const std::filesystem::path& folder);
// Knot's `server:`, `control:`, `log:` and `database:`, the last open for more lines of it.
[[nodiscard]] std::string knot_server(const Endpoint& at, const std::filesystem::path& folder);
// PowerDNS with the zones of FOLDER/zones.conf and their keys in FOLDER/dnssec.db.
[[nodiscard]] std::string powerdns_server(const Endpoint& at, const std::filesystem::path& folder);

}  // namespace lab
