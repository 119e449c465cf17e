// analyze: from what was heard to what it means. Pure: no clock, no network, no files.
// It does not gather (resolver/) and writes nothing (report/).
#pragma once

#include "dns/evidence.h"
#include "trustanchor/anchors.h"
#include "validator/chain.h"
#include "validator/crypto.h"
#include "validator/policy.h"

namespace validator {

// The chain of trust for evidence.target at `now`. The same arguments give the same Chain, with or without the
// Verifier's memo.
Chain analyze(const dns::Evidence& evidence, const trustanchor::Anchors& anchors, const Policy& policy, dns::Time now,
              Verifier& verifier);

// The same without forecast and without ordering by cause: the bare verdict, for whoever asks a million times.
Chain judge(const dns::Evidence& evidence, const trustanchor::Anchors& anchors, const Policy& policy, dns::Time now,
            Verifier& verifier);

}  // namespace validator
