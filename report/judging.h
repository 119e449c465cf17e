// From a Chain to the state of a monitoring system and one sentence about it (the table of cli.md §5).
// It formats no line and counts no perfdata.
#pragma once

#include <optional>
#include <string>

#include "report/freshness.h"
#include "report/nagios.h"
#include "validator/chain.h"

namespace report {

// Time left, and the span of the signature that ends first.
struct Left {
  std::int64_t seconds = 0, validity = 0;
  std::optional<Ending> ending;
};

struct Judged {
  State state = State::ok;
  std::string text;
  const validator::Chain* chain = nullptr;
  std::optional<Left> left;  // none: nothing expires
};

Judged judge(const validator::Chain& chain, const ProbePolicy& policy);

int gravity(State state);  // OK, UNKNOWN, WARNING, CRITICAL: UNKNOWN hides no alarm

// People and other plugins write names without the last dot; the root keeps it.
std::string undotted(const std::string& text);

}  // namespace report
