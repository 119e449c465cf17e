// Whole zone: every record set, every signature, every link of the denial chain of a zone at rest, in one pass over its
// sorted names (design.md §1). It never becomes Evidence; the checks and the findings are those of a walk.
#pragma once

#include <span>
#include <vector>

#include "trustanchor/anchors.h"
#include "validator/crypto_tables.h"
#include "validator/policy.h"
#include "validator/zone_judgement.h"
#include "validator/zone_store.h"

namespace validator {

struct ZonePlan {
  std::optional<dns::Name> name;             // none: the owner of the SOA
  std::vector<trustanchor::Anchor> anchors;  // of the zone; with those of `ds` empty: its own DNSKEY set is trusted
  std::vector<dns::Ds> ds;                   // what its parent has, or is going to have
  std::string ds_source = "the DS set given";
  bool has_no_ds = false;  // its parent has none that counts: nobody vouches for it, however sound it is
  std::string anchors_source;
  Policy policy;
  dns::Time now{};
  unsigned jobs = 1;            // threads
  KeyTables* tables = nullptr;  // none: every signature by EVP. If they are in doubt afterwards, it was so after all
};

// Requires: the store is settled.
ZoneJudgement judge_zone(const ZoneStore& store, const ZonePlan& plan);

// The zone's name as judge_zone takes it: the SOA's owner, else the topmost name.
dns::Name apex_of(const ZoneStore& store);

}  // namespace validator
