#include "cli/server_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cli/files.h"
#include "resolver/gather.h"
#include "resolver/hints.h"
#include "resolver/network.h"

namespace cli {
namespace {

constexpr std::array types{dns::RRType::a, dns::RRType::aaaa};

dns::Ask ask_for(const dns::NamedServer& server, const dns::Name& name, dns::RRType type) {
  dns::Manner manner;
  manner.recursion = dns::Manner::Recursion::desired;
  manner.extension = dns::Manner::Extension::edns_plain;
  manner.checking_disabled = false;
  return {server.address, name, type, manner};
}

const dns::Message* reply_for(const dns::Evidence& seen, dns::RRType type) {
  for (const auto& exchange : seen.exchanges) {
    if (exchange.ask.type == type && exchange.message() != nullptr && exchange.message()->rcode == dns::Rcode::noerror)
      return exchange.message();
  }
  return nullptr;
}

// Both types of all resolvers, until some resolver has answered each.
std::vector<dns::Ask> missing(const dns::Target& target, const dns::Evidence& seen, const resolver::Limits&) {
  std::vector<dns::Ask> asks;
  for (const auto type : types) {
    if (reply_for(seen, type) != nullptr) continue;
    for (const auto& server : target.servers) asks.push_back(ask_for(server, target.name, type));
  }
  return asks;
}

void add_addresses(const dns::Message& message, const dns::Name& name, std::uint16_t port,
                   std::vector<dns::NamedServer>& found) {
  for (const auto& record : message.answer) {
    dns::Address address{.port = port};
    if (record.type == dns::RRType::aaaa && record.rdata.size() == 16)
      address.family = dns::Address::Family::ipv6;
    else if (record.type != dns::RRType::a || record.rdata.size() != 4)
      continue;
    std::ranges::copy(record.rdata, address.octets.begin());
    found.push_back({name, address});
  }
}

// RFC 6761 §6.3: this name is never asked for.
std::vector<dns::NamedServer> loopback(const dns::Name& name, std::uint16_t port) {
  return {{name, *dns::parse_address("127.0.0.1", port)}, {name, *dns::parse_address("::1", port)}};
}

}  // namespace

std::expected<std::vector<dns::NamedServer>, std::string> addresses_of(
    const ServerWord& server, std::uint16_t port, const Options& options,
    const std::function<std::vector<dns::NamedServer>()>& resolvers) {
  const auto asked_port = server.port.value_or(port);
  if (server.address) {
    auto address = *server.address;
    address.port = asked_port;
    return std::vector{dns::NamedServer{{}, address}};
  }
  const auto name = dns::Name::parse(server.host);
  if (!name) return std::unexpected(fmt::format("@{} is neither an address nor a name", server.host));
  if (*name == *dns::Name::parse("localhost")) return loopback(*name, asked_port);
  resolver::NetworkOptions network;
  network.timeout = options.timeout;
  network.private_destinations = true;  // the machine's own resolver is often at loopback, and nothing else is asked
  auto source = resolver::open_network(network);
  if (!source) return std::unexpected(source.error());
  dns::Target target;
  target.name = *name;
  target.mode = dns::Mode::stub;
  target.servers = resolvers();
  resolver::Limits limits;
  limits.deadline = options.deadline.value_or(options.timeout * 2);
  const auto seen = resolver::gather_by(missing, target, **source, limits);
  std::vector<dns::NamedServer> found;
  for (const auto type : types) {
    if (const auto* reply = reply_for(seen, type)) add_addresses(*reply, *name, asked_port, found);
  }
  if (found.empty())
    return std::unexpected(fmt::format("@{}: the system's resolvers give no address for it", server.host));
  return found;
}

std::vector<dns::NamedServer> system_resolvers(std::uint16_t port) {
  constexpr std::size_t largest = 16UL << 20;
  // A file that is not there is one without a nameserver line (resolv.conf(5)).
  return resolver::read_resolv_conf(read_whole("/etc/resolv.conf", largest).value_or(""), port);
}

}  // namespace cli
