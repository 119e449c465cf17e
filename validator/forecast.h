// Forecast: when will the same evidence mean something else? (design.md §1)
// It judges nothing itself: the judge is handed in, and asked again at each future expiry.
#pragma once

#include <functional>

#include "validator/chain.h"

namespace validator {

using JudgeAt = std::function<Chain(dns::Time)>;

// Requires: chain was judged at chain.now. The judge's memo makes each further look cheap; at most `looks` are taken.
Forecast forecast(const Chain& chain, const JudgeAt& judge_at, int looks = 32);

}  // namespace validator
