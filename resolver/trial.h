// Trials: what the audit asks a server beside its zone: letters in mixed case, EDNS options known and unknown, a cookie
// and its return (RFC 8906 §8, RFC 7873 §5), and what size of answer gets through.
// What came of them is judged by validator/trial_findings.
#pragma once

#include <vector>

#include "resolver/ladder.h"

namespace resolver {

// Asks of the trials of one server of `zone` that are still missing. None if chance has drawn nothing.
std::vector<dns::Ask> option_trials(const dns::Target& target, const dns::Address& server, const dns::Name& zone,
                                    const Seen& seen);

// After silence by UDP and a long answer by TCP: whether it is the length that gets lost. Both asks are then on their
// way already (ladder.cc); they are only waited for.
std::vector<dns::Ask> size_trials(const dns::Ask& first, const Seen& seen);

}  // namespace resolver
