// The two numbers of an RSA key, and which sizes of them are used at all; shared by crypto*.cc.
// It computes with no key: no OpenSSL here.
#pragma once

#include <cstdint>
#include <optional>

#include "dns/bytes.h"
#include "dns/codes.h"
#include "validator/crypto.h"

namespace validator {

// RFC 3110 §2. Both without their leading zeros, so empty when zero.
struct RsaNumbers {
  dns::View exponent, modulus;
  KeyFacts::ExponentForm exponent_form = KeyFacts::ExponentForm::plain;
  bool modulus_leading_zeros = false;
};
// nullopt: the octets end inside or before the exponent.
std::optional<RsaNumbers> rsa_numbers(dns::View key);

bool is_rsa(dns::Algorithm algorithm);
// Inside the limits that Verifier::verify names: beyond them OpenSSL would still work, for milliseconds a signature
// (tech.md §2).
bool may_be_used(const RsaNumbers& numbers, dns::Algorithm algorithm);

// Octets of a key and of a signature where the algorithm fixes them; 0 where not.
struct FixedSizes {
  std::uint32_t key = 0, signature = 0, bits = 0;
};
FixedSizes fixed_sizes(dns::Algorithm algorithm);

}  // namespace validator
