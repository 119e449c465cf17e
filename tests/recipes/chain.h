// The denial chain of a zone: its NSEC or NSEC3 records, unsigned (RFC 4034 §4, RFC 5155 §7.1).
// It signs nothing.
#pragma once

#include "tests/recipes/tree.h"

namespace recipes {

Records nsec_chain(const Name& zone, const Records& records, dns::Ttl ttl);
// `parameters`: "1 0 0 -"; with flag 1 delegations without DS are left out.
Records nsec3_chain(const Name& zone, const Records& records, dns::Ttl ttl, std::string_view parameters);

// The names at which the zone is cut: NS below the apex.
std::vector<Name> cuts_of(const Name& zone, const Records& records);
bool is_below_cut(const Name& owner, const std::vector<Name>& cuts);

dns::Bytes nsec3_hash(const Name& owner, std::string_view parameters);

}  // namespace recipes
