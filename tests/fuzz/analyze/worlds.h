// The worlds that the analyze fuzzer begins with: all recordings of fixtures/, and small signed ones with every kind of
// answer. All of their signatures begin as the fuzzer's Verifier likes it.
#pragma once

#include <vector>

#include "dns/evidence.h"
#include "trustanchor/anchors.h"

namespace fuzz {

struct World {
  dns::Evidence evidence;
  trustanchor::Anchors anchors;
};

const std::vector<World>& worlds();

// All signatures of the message are good from now on.
void bless(dns::Message& message);

// Every DS record names, by true digests, keys of its owner that the evidence holds, as far as there are any.
void vouch(dns::Evidence& evidence);

}  // namespace fuzz
