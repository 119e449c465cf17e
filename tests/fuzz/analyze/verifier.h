// What the Verifier of the analyze fuzzer believes. For this program alone: it stands in for validator/crypto.cc, which
// is then not linked.
#pragma once

#include <cstdint>

namespace fuzz {

// A signature that begins so is good over anything, by any key; with the others it is as they say.
inline constexpr std::uint8_t good_signature = 0xa5, malformed_signature = 0xa6, malformed_key = 0xa7;

// false: no signature is good, whatever it begins with.
inline bool believes = true;

}  // namespace fuzz
