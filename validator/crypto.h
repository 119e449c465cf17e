// Verifier: signature checks, digests and NSEC3 hashes by OpenSSL, with parsed keys and past answers kept.
// It knows neither time nor trust: a good signature here says only that this key made it over these octets.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "dns/bytes.h"
#include "dns/rdata.h"

namespace validator {

class BulkVerifier;

enum class SignatureCheck : std::uint8_t {
  good,
  incorrect,      // the arithmetic says no (RFC 4035 §5.3.3)
  malformed,      // a length impossible for the algorithm (RFC 6605 §4, RFC 8080 §4)
  key_malformed,  // no key can be made of the DNSKEY's octets, or it is outside the accepted sizes
  unsupported,    // no code for this algorithm
};

// Why a DNSKEY's key octets are no key; the words of `key-malformed`.
enum class KeyFault : std::uint8_t { empty, length, point, modulus };

// What can be said of a public key without using it.
struct KeyFacts {
  std::uint32_t bits = 0;  // RSA: of the modulus; ML-DSA: 0; else the curve's
  std::optional<KeyFault> fault;
  std::optional<std::uint32_t> expected_octets;  // where the algorithm fixes it and it is not so
  // RSA only (RFC 3110 §2)
  dns::Bytes exponent;  // without leading zeros
  enum class ExponentForm : std::uint8_t { plain, leading_zeros, long_form } exponent_form = ExponentForm::plain;
  bool modulus_leading_zeros = false;
};
KeyFacts key_facts(const dns::Dnskey& key);  // cheap: no OpenSSL object is made; `point` is found out by Verifier alone

bool has_code_for(dns::Algorithm algorithm);         // 5, 7, 8, 10, 13, 14, 15, 16, 18
bool has_code_for(dns::Digest digest);               // 1, 2, 4
std::size_t digest_octets(dns::Digest digest);       // 0 when unknown
std::uint32_t cost_units(dns::Algorithm algorithm);  // of one verification, P-256 = 1, rounded up (tech.md §2)

// Not thread-safe: one per thread. Bounded memory: the key cache and the memo drop old entries.
class Verifier {
 public:
  enum class Memo : std::uint8_t { kept, none };
  explicit Verifier(Memo memo = Memo::kept);
  ~Verifier();
  Verifier(Verifier&&) noexcept;
  Verifier& operator=(Verifier&&) noexcept;

  // Does `key` verify `signature` over `data`? Limits before the call: RSA modulus 512 (algorithm 10: 1024) to 4096
  // bits, exponent odd, 3 … 2^32+1 (standards.md §9).
  SignatureCheck verify(const dns::Dnskey& key, dns::View data, dns::View signature);
  // nullopt: no code for this digest type.
  std::optional<dns::Bytes> digest(dns::Digest type, dns::View data);
  // IH(salt, name, iterations) by SHA-1 (RFC 5155 §5). `name` is canonical wire form. The caller bounds the iterations.
  dns::Bytes nsec3_hash(dns::View name, dns::View salt, std::uint16_t iterations);

  std::uint64_t checks_made() const;  // verifications by arithmetic, those answered by the memo left out

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace validator
