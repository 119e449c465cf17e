#include "cli/zone_transfers.h"

#include <unistd.h>

#include <algorithm>

#include "cli/files.h"
#include "cli/server_names.h"

namespace cli {
namespace {

using resolver::TransferFault;
using Kind = TransferFault::Kind;

constexpr std::chrono::minutes usual_deadline{10};
constexpr int silence_in_timeouts =
    5;  // --timeout is for a datagram; a server may be busy with a large zone for longer
constexpr std::size_t largest_key_file = 65536;

// Half of this machine's memory at most: a zone takes little more than its octets on the wire.
std::uint64_t octets_most() {
  const auto pages = ::sysconf(_SC_PHYS_PAGES), page = ::sysconf(_SC_PAGESIZE);
  const std::uint64_t most = resolver::TransferPlan{}.octets_most;
  return pages > 0 && page > 0
             ? std::min(most, static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(page) / 2)
             : most;
}

std::expected<std::optional<resolver::TsigKey>, std::string> key_of(const Options& options) {
  if (options.zone.tsig_file.empty()) return options.zone.tsig;
  const auto text = read_whole(options.zone.tsig_file, largest_key_file);
  if (!text) return std::unexpected(text.error());
  auto key = resolver::parse_tsig_file(*text);
  if (!key) return std::unexpected(options.zone.tsig_file + ": " + key.error());
  return *key;
}

}  // namespace

std::expected<validator::ZoneStore, TransferFault> receive_zone(const ServerWord& server, const dns::Name& zone,
                                                                const Options& options, ZoneProgress& progress) {
  const auto key = key_of(options);
  if (!key) return std::unexpected(TransferFault{Kind::here, key.error()});
  auto addresses = addresses_of(server, options.port.value_or(53), options, [] { return system_resolvers(53); });
  if (!addresses) return std::unexpected(TransferFault{Kind::server, addresses.error()});
  std::erase_if(*addresses, [&](const auto& each) {
    return std::ranges::find(options.families, each.address.family) == options.families.end();
  });
  resolver::TransferPlan plan;
  plan.zone = zone;
  plan.key = *key;
  plan.bind = options.bind;
  plan.deadline = resolver::Clock::now() + options.deadline.value_or(usual_deadline);
  plan.silence = options.timeout * silence_in_timeouts;
  plan.octets_most = octets_most();
  TransferFault fault{Kind::here, "no server to begin with has an address of the family chosen"};
  for (const auto& each : *addresses) {
    plan.server = each.address;
    validator::ZoneStore store;
    const auto done = resolver::transfer(
        plan, [&](const dns::Record& record) { return store.add(record); },
        [&](const auto& sofar) { progress.say("transferred", sofar.records); });
    if (done) {
      store.settle();
      return store;
    }
    fault = done.error();
    if (fault.kind != Kind::unreachable) break;
  }
  return std::unexpected(fault);
}

}  // namespace cli
