// Census: all signatures that were seen of one zone, counted by how they fare: the ground for saying one thing of many.
// It names no cause; cause does.
#pragma once

#include <map>

#include "validator/chain.h"

namespace validator {

struct Census {
  struct Tally {
    std::uint64_t total = 0, incorrect = 0, keyless = 0;
  };
  std::uint64_t total = 0, failed = 0, expired = 0, early = 0, good = 0;
  dns::Time first{}, last{};  // of the edges passed or not reached: expirations of the expired, inceptions of the early
  std::map<dns::KeyTag, Tally> by_tag;
  ServerSet servers;  // that showed a failing one

  bool only_time() const { return failed > 0 && expired + early == failed; }
};

// Each distinct RRSIG by keys of the zone once, as the links have them.
Census take_census(const Chain& chain, ZoneId zone);

}  // namespace validator
