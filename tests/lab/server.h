// Real name servers over a world's zone files, and resolvers over the whole world, each on loopback.
// It waits until they answer, by asking; what they answer is not its business.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/lab/network.h"
#include "tests/lab/process.h"
#include "tests/lab/world.h"

namespace lab {

enum class ServerKind { nsd, bind, knot };
enum class ResolverKind { unbound, bind };

[[nodiscard]] std::string_view program_of(ServerKind kind);

// One process for each place of the world, so that parent and child are on different addresses.
class Servers {
 public:
  // Returns when every zone is answered for. Throws std::runtime_error with the server's log if one is not within 20 s.
  Servers(const World& world, ServerKind kind);
  ~Servers();
  Servers(const Servers&) = delete;
  Servers& operator=(const Servers&) = delete;

  // Stops one place's server, as if its machine had died.
  void stop(std::string_view place);

 private:
  struct Running {
    std::string place;
    Daemon daemon;
  };
  std::vector<Running> running_;
};

// A validating resolver with the world's root and anchor. With CD set it hands out what it has.
class Resolver {
 public:
  Resolver(const World& world, ResolverKind kind, const std::string& address);

  [[nodiscard]] const Endpoint& at() const { return at_; }

 private:
  Endpoint at_;
  Daemon daemon_;
};

}  // namespace lab
