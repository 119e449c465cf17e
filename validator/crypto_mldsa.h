// ML-DSA-44 (FIPS 204), DNSSEC algorithm 18: a public key taken apart once, and verification with it. OpenSSL 3.0 has
// none. It signs nothing and holds no secret, so nothing here needs to run in constant time.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "dns/bytes.h"

namespace validator {

class MlDsa44Key {
 public:
  static constexpr std::size_t key_octets = 1312, signature_octets = 2420;  // FIPS 204 §4, table 2

  // Requires: key.size() == key_octets; all such octets are a key. nullopt: no SHAKE to be had.
  static std::optional<MlDsa44Key> make(dns::View key);
  // Pure mode with an empty context (draft-westerbaan-dnssec-mldsa §4). nullopt: it could not be computed.
  std::optional<bool> verify(dns::View data, dns::View signature) const;

  using Polynomial = std::array<std::uint32_t, 256>;  // coefficients modulo q

 private:
  std::vector<Polynomial> matrix_;     // A, four rows of four, transformed
  std::vector<Polynomial> scaled_t1_;  // t1 * 2^d, transformed
  std::array<std::uint8_t, 64> tr_{};  // the key's hash
};

}  // namespace validator
