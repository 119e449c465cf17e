// How fresh a whole zone is: when its sets end, how long its signatures live, and in what rhythm they are renewed.
// It judges nothing. For validator/zone*.cc alone.
#pragma once

#include "validator/zone_sets.h"

namespace validator {

// The order of the times in `sets` is lost.
Freshness freshness_of(SetsJudgement& sets, dns::Time now);

// Puts the keys, and the signatures that end first and were made last, into the chain (zone_judgement.h).
// Requires: the forecast stands.
void show_signatures(ZoneJudgement& zone);

}  // namespace validator
