// gather: asks what is missing until nothing is. The spine of the left half of the design.
// What is missing is said by stub.cc and walk.cc, purely; this loop knows no DNS.
#pragma once

#include <chrono>
#include <functional>
#include <vector>

#include "dns/evidence.h"
#include "resolver/source.h"

namespace resolver {

struct Limits {
  std::chrono::milliseconds deadline{10'000};  // for the whole gathering
  std::size_t exchanges = 4000;
  int retries = 2;  // further attempts by UDP after the first
};

// What is still to be asked, given what was heard: pure, recomputed after every batch. Asks already under way may be
// named again: they are waited for, not sent again. Empty: all is known that can be, whatever else is under way.
std::vector<dns::Ask> missing(const dns::Target& target, const dns::Evidence& seen, const Limits& limits);
std::vector<dns::Ask> missing_stub(const dns::Target& target, const dns::Evidence& seen,
                                   const Limits& limits);  // stub.cc, standards.md §8a
std::vector<dns::Ask> missing_walk(const dns::Target& target, const dns::Evidence& seen,
                                   const Limits& limits);  // walk.cc, standards.md §8b

// Runs until nothing is missing or a limit is reached; then evidence.limit and cut_short say so.
dns::Evidence gather(const dns::Target& target, Source& source, const Limits& limits, dns::Time started);

// The same loop for any rule of what is missing. `started` is left at 0.
using Missing = std::function<std::vector<dns::Ask>(const dns::Target&, const dns::Evidence&, const Limits&)>;
dns::Evidence gather_by(const Missing& rule, const dns::Target& target, Source& source, const Limits& limits);

}  // namespace resolver
