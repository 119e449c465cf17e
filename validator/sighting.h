// Sighting: what Evidence shows of a zone's DNSKEY set to whoever follows its keys over time (RFC 5011).
// It changes no anchor and keeps no state: trustanchor::step does.
#pragma once

#include <vector>

#include "dns/evidence.h"
#include "trustanchor/rollover.h"
#include "validator/crypto.h"
#include "validator/policy.h"

namespace validator {

// Of several sets heard, one that a trusted key of `point` signs, and of such the one signed last; keys that revoke
// themselves in any of them stand in it too, since that needs nobody else's word (RFC 5011 §2.1). No keys: nothing that
// could be used was heard.
trustanchor::Sighting sighting(const dns::Evidence& evidence, const trustanchor::TrustPoint& point,
                               const Policy& policy, dns::Time now, Verifier& verifier);

}  // namespace validator
