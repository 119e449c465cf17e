// Overlay: a plan for one zone, laid over what another Source brings: the DS set that its parent would have, its keys,
// its data. Only here does an exchange become an assumed one (design.md §1). It judges no plan.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "resolver/source.h"
#include "resolver/zonefile.h"

namespace resolver {

// What is not planned is as it is today.
struct Plan {
  dns::Name zone;
  std::vector<dns::Address> servers;                        // that speak for the zone: its own, or the resolvers
  ZoneServer::Role role = ZoneServer::Role::authoritative;  // of these
  std::optional<dns::RRset> ds;                             // no data in it: no DS at all
  std::shared_ptr<const ZoneTree> keys;                     // whose DNSKEY set is the zone's
  std::shared_ptr<const ZoneTree> data;                     // that has all the rest of it
  bool keys_gone = false;                                   // no DNSKEY set
  bool data_unsigned = false;                               // today's data without signatures and denials
};

// Requires: `below` outlives it. What other servers say is handed through, but referrals to the zone come without the
// DS set, or the proof that there is none, which the plan replaces.
std::unique_ptr<Source> overlay(Source& below, Plan plan, Nsec3Hash hash);

}  // namespace resolver
