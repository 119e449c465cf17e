// Policy choice: whether validators that choose otherwise than this policy come to another verdict.
// It judges nothing itself, and changes no verdict.
#pragma once

#include <functional>

#include "validator/chain.h"
#include "validator/policy.h"

namespace validator {

using JudgeUnder = std::function<Chain(const Policy&)>;

// Adds verdict-depends-on-policy. `judge_under` is called only where the DS sets of the chain make a difference
// possible: once for algorithms 5 and 7, once for several algorithms at one zone.
void policy_findings(Chain& chain, const Policy& policy, const JudgeUnder& judge_under);

}  // namespace validator
