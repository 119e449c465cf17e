// The network's rules that need no network: a query's octets, its share of the time, whose reply it is, how long it
// lives. No socket is touched here.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "dns/evidence.h"

namespace resolver {

dns::Bytes query_octets(const dns::Ask& ask, std::uint16_t id);

// Attempt i of n gets its Fibonacci share of the time (2 : 3 : 5 for three): the first retry comes soon, the last waits
// long. Requires: attempts >= 1. An attempt beyond the last gets the last one's share.
std::chrono::milliseconds share_of(std::chrono::milliseconds timeout, int attempts, int attempt);

// How a message that came from the asked address relates to one query.
//   foreign: another id or question;
//   plain:   the answer to it;
//   awkward: the answer to it, in a form that c-ares drops or takes as a reason to send again (tech.md §3).
enum class Fit : std::uint8_t { foreign, plain, awkward };
Fit fit(dns::View reply, dns::View query);

std::optional<std::uint16_t> id_of(dns::View message);

// How long an outcome may stand in for the same question: the least TTL in it; a failure 5 s; never above an hour.
std::chrono::seconds lifetime(const dns::Outcome& outcome);

dns::Silence silence_of(int error);  // an errno; 0: the other side closed

}  // namespace resolver
