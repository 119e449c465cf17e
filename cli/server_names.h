// An @server given by name: its addresses, asked of the system's resolvers.
// It validates nothing: whoever answers for that name is only asked, never trusted.
#pragma once

#include <expected>
#include <functional>
#include <string>
#include <vector>

#include "cli/options.h"
#include "dns/evidence.h"

namespace cli {

// `resolvers` are asked only if the word is a name. Error: one line for people.
std::expected<std::vector<dns::NamedServer>, std::string> addresses_of(
    const ServerWord& server, std::uint16_t port, const Options& options,
    const std::function<std::vector<dns::NamedServer>()>& resolvers);

// Of /etc/resolv.conf.
std::vector<dns::NamedServer> system_resolvers(std::uint16_t port);

}  // namespace cli
