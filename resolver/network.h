// The network as a Source, over c-ares: UDP and TCP, many servers at once, ids and ports hard to guess, pacing.
// It decides nothing: retries, TCP after TC and EDNS fallback are asks of their own, made by `missing`.
#pragma once

#include <chrono>
#include <expected>
#include <memory>
#include <optional>
#include <string>

#include "dns/address.h"
#include "resolver/source.h"

namespace resolver {

struct NetworkOptions {
  std::chrono::milliseconds timeout{2000};  // per question and server, all attempts in it
  int attempts = 3;                         // how the timeout is divided: attempt i waits its share
  std::size_t in_flight_per_server = 64;
  std::size_t channels = 512;         // LRU pool (73 KiB each)
  std::optional<dns::Address> bind;   // -b
  bool private_destinations = false;  // hints or resolver are private themselves: such addresses may be asked
};

// Error: one line for people (no sockets, no memory).
std::expected<std::unique_ptr<Source>, std::string> open_network(const NetworkOptions& options);

}  // namespace resolver
