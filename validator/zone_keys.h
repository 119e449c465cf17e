// The keys of a whole zone: who vouches for them, and what there is to say of them, as where a walk enters a zone.
// For validator/zone*.cc alone.
#pragma once

#include "validator/delegation.h"
#include "validator/zone.h"
#include "validator/zone_sets.h"

namespace validator {

struct ZoneEntry {
  Security security = Security::bogus;  // secure: `keys.trusted`; insecure: unsigned, or signed in no way that counts
  dns::SignedRRset heard;
  KeysJudgement judgement;
  std::set<dns::Algorithm> announced;  // by the DS set, if there is one, else by the DNSKEY set
};

ZoneEntry enter_zone(const ZoneCheck& check, const ZonePlan& plan, Verifier& verifier, ZoneLedger& ledger);

// Of the keys that may sign data.
std::set<dns::Algorithm> algorithms_of(const std::vector<dns::Dnskey>& keys);

}  // namespace validator
