// Where to begin: the root hints (built in or from a file) and the resolvers of resolv.conf.
// It asks nobody.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "dns/evidence.h"

namespace resolver {

std::vector<dns::NamedServer> built_in_hints(std::uint16_t port);  // 13 names, 26 addresses
// A hints file in master-file form (named.root). Error: one line for people with file and line; also when it has no
// address.
std::expected<std::vector<dns::NamedServer>, std::string> read_hints(std::string_view text, std::string_view file,
                                                                     std::uint16_t port);
// The nameserver lines of resolv.conf text; unreadable lines are skipped; none: 127.0.0.1 (resolv.conf(5)).
std::vector<dns::NamedServer> read_resolv_conf(std::string_view text, std::uint16_t port);

}  // namespace resolver
