// How long it holds and how old it is, server by server: the first end among all servers that are good now, the age of
// the zone's newest signature, how far a secondary is behind.
// It judges nothing (validator/ did) and compares with no threshold.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "validator/chain.h"

namespace report {

// The instant at which something that holds now ceases to.
struct Ending {
  dns::Time at{};
  std::optional<validator::LinkId> link;  // the signature that ends
  validator::ServerSet servers;           // where, if the zone's other servers go on; else empty
};

enum class Scope : std::uint8_t { chain, own_zone };

// The earliest of what turns the verdict for the worse, and of what makes one server bad that is good now: the latest
// of several servers would hide a secondary that has stopped. None: nothing expires, or it is not secure.
std::optional<Ending> first_ending(const validator::Chain& chain, Scope scope);

// Since the newest inception among the good signatures of a zone; none: there is none.
std::optional<std::chrono::seconds> signature_age(const validator::Chain& chain, validator::ZoneId zone);

// The server whose serial is behind (RFC 1982) and whose signatures are the most older than the newest of the same set.
struct Lag {
  validator::ServerId server = 0;
  std::chrono::seconds behind{0};
};
std::optional<Lag> worst_lag(const validator::Chain& chain, validator::ZoneId zone);

}  // namespace report
