// Source: the one virtual class: whoever answers asks: the network, a recording, a zone file, an overlay.
// It understands no answer; it brings octets, or says that none came.
#pragma once

#include <chrono>
#include <vector>

#include "dns/evidence.h"

namespace resolver {

using Clock = std::chrono::steady_clock;

class Source {
 public:
  virtual ~Source() = default;
  // Puts the ask on its way. Idempotent: an ask already sent (and still fresh) is not sent again.
  virtual void send(const dns::Ask& ask) = 0;
  // All exchanges that have come in and were not yet handed out; waits for the first one, at most until `deadline`.
  // Empty: the deadline has passed, or nothing is under way.
  virtual std::vector<dns::Exchange> wait(Clock::time_point deadline) = 0;
};

}  // namespace resolver
