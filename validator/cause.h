// Cause: which findings are causes and which only echo them, in what order they are told, and who is to blame
// (findings.md §3). It adds no evidence and changes no verdict.
#pragma once

#include "validator/chain.h"

namespace validator {

// Fills consequence_of, may raise a summary (findings.md §2.13), sorts findings (causes first) and sets causes and
// blame. Indices held in links are kept right. Pure.
void explain(Chain& chain);

}  // namespace validator
