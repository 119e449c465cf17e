// Forwarder: a resolver's copy of the chain beside the copies of others: which one holds old or broken records, and for
// how long. It changes no verdict.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "validator/chain.h"

namespace validator {

// Where the answer is bogus through the resolver asked and good through one of target.elsewhere: adds
// forwarder-bad-cache, which names the set that differs. `judge` judges evidence as this chain's was judged.
void compare_elsewhere(Chain& chain, const dns::Evidence& evidence,
                       const std::function<Chain(const dns::Evidence&)>& judge);

// What was heard from one resolver alone.
dns::Evidence heard_from(const dns::Evidence& evidence, const dns::NamedServer& server);

// The key tag of a sentinel question (RFC 8509 §2), put with CD clear; nullopt: it is none.
std::optional<dns::KeyTag> sentinel_tag(const dns::Ask& ask, std::string_view prefix);

}  // namespace validator
