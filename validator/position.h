// Position: where the walk stands: a zone, what it is worth, and the keys that may speak for it.
// It holds no evidence.
#pragma once

#include <optional>
#include <vector>

#include "validator/chain.h"
#include "validator/trust.h"

namespace validator {

struct Position {
  ZoneId zone = 0;
  Security security = Security::indeterminate;
  std::optional<TrustedKeys> keys{};  // only if security is secure
  // Keys that the zone publishes and nobody vouches for: for diagnosis of a zone that is not secure, never for trust.
  std::vector<dns::Dnskey> own_keys{};
  // There are names between the zone and the question about whose DS nobody said anything: the next signature by the
  // zone settles them, a failure is not the zone's fault then.
  bool uncertain = false;
};

}  // namespace validator
