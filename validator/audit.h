// Audit: what the servers of each zone, and the way to them, leave to be desired, beside the question of trust
// (findings.md §2.2, §2.3, §2.4, §2.10). It changes no verdict; it runs when the walk is done.
#pragma once

#include "validator/draft.h"

namespace validator {

// Silence, TCP, EDNS, unreadable replies, unexpected RCODEs, lame servers; for a stub, what its resolver fails to do.
// transport.cc
void transport_findings(Draft& draft);
// Serials, and copies that fail while others hold: stale, unsigned, bogus; parent's and child's NS sets, glue.
// agreement.cc
void agreement_findings(Draft& draft);
// What the signatures of the chain say of the days ahead: TTLs, refresh, clock skew, odd periods. time_findings.cc
void time_findings(Draft& draft);

}  // namespace validator
