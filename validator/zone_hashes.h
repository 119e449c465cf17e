// The names that an NSEC3 chain has to hold, by their hashes: owners, and the empty names between them (RFC 5155 §7.1).
// It knows no chain. For validator/zone_*.cc alone.
#pragma once

#include <vector>

#include "dns/rdata.h"
#include "validator/denial_views.h"
#include "validator/zone_map.h"

namespace validator {

struct HashedName {
  NameHash hash{};
  ZoneStore::NameId id = 0;  // of the name, or of the first one below it
  std::uint8_t labels = 0;
  bool is_empty = false;   // a name without data, with names below it
  bool may_lack = false;   // an unsigned delegation, or empty with nothing else below: opt-out may pass over it
  bool is_behind = false;  // below a DNAME: told as that, whether it has a record or not
};

// All of them, in the order of their hashes. `jobs`: threads.
std::vector<HashedName> hashed_names(const ZoneMap& map, const dns::Nsec3param& chain, unsigned jobs);
dns::Name name_of(const ZoneStore& store, const HashedName& name);

std::uint64_t count_empty_names(const ZoneMap& map);

}  // namespace validator
