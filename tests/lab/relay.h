// A wire with a delay between a resolver and servers: UDP and TCP pass, half the round-trip time late each way, and are
// counted. It changes no octet and judges none.
#pragma once

#include <chrono>
#include <memory>
#include <vector>

#include "tests/lab/network.h"

namespace lab {

struct Hop {
  Endpoint front;   // where clients ask
  Endpoint behind;  // the server
};

struct Traffic {
  int rounds = 0;   // the longest chain of exchanges of which each was begun after the one before had been answered
  int queries = 0;  // messages from clients
};

// A TCP connection costs a round trip of its own before the first question on it, as on a real wire, and is counted so.
class Relay {
 public:
  Relay(const std::vector<Hop>& hops, std::chrono::milliseconds round_trip);
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  // Returns: the traffic since the last call.
  [[nodiscard]] Traffic take();

 private:
  class Loop;
  std::unique_ptr<Loop> loop_;
};

// A server that is dead without saying so: datagrams and connection requests vanish.
class Silence {
 public:
  explicit Silence(const Endpoint& at);
  ~Silence();
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  std::vector<int> sockets_;
};

}  // namespace lab
