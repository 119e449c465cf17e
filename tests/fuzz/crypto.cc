// Any octets as key and signature: the arithmetic of every algorithm refuses or ends, says the same with and without
// its memory, and never calls good what no key signed.
#include "validator/crypto.h"

#include "tests/fuzz/choices.h"
#include "tests/fuzz/fuzz.h"

namespace {

using dns::Algorithm;
using fuzz::require;

constexpr std::array algorithms{
    Algorithm::rsasha1,         Algorithm::rsasha1_nsec3_sha1, Algorithm::rsasha256,        Algorithm::rsasha512,
    Algorithm::ecdsap256sha256, Algorithm::ecdsap384sha384,    Algorithm::ed25519,          Algorithm::ed448,
    Algorithm::mldsa44,         Algorithm{std::uint8_t{0}},    Algorithm{std::uint8_t{253}}};

// The length that the algorithm wants, most of the time: others are refused at once.
dns::Bytes of_length(fuzz::Choices& choices, std::size_t wanted) {
  dns::Bytes octets = choices.octets(300);
  if (wanted > 0 && choices.below(8) != 0) octets.resize(wanted);
  return octets;
}

std::size_t key_length(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::ecdsap256sha256: return 64;
    case Algorithm::ecdsap384sha384: return 96;
    case Algorithm::ed25519: return 32;
    case Algorithm::ed448: return 57;
    case Algorithm::mldsa44: return 1312;
    default: return 0;
  }
}

std::size_t signature_length(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::ecdsap256sha256: return 64;
    case Algorithm::ecdsap384sha384: return 96;
    case Algorithm::ed25519: return 64;
    case Algorithm::ed448: return 114;
    case Algorithm::mldsa44: return 2420;
    default: return 0;
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Choices choices(data, size);
  dns::Dnskey key{257, 3, algorithms[choices.below(algorithms.size())], {}};
  key.key = of_length(choices, key_length(key.algorithm));
  std::size_t wanted = signature_length(key.algorithm);
  const auto facts = validator::key_facts(key);
  if (wanted == 0 && facts.bits > 0) wanted = (facts.bits + 7) / 8;  // RSA: as long as the modulus
  const dns::Bytes signature = of_length(choices, wanted > 1000 && key.algorithm != Algorithm::mldsa44 ? 0 : wanted);
  const dns::Bytes signed_octets = choices.octets(64);

  static validator::Verifier remembering;
  validator::Verifier forgetting(validator::Verifier::Memo::none);
  const auto first = remembering.verify(key, signed_octets, signature);
  require(remembering.verify(key, signed_octets, signature) == first);
  require(forgetting.verify(key, signed_octets, signature) == first);
  require(validator::has_code_for(key.algorithm) || first == validator::SignatureCheck::unsupported);
  // RSA with a modulus whose roots anybody can take, and an Edwards point of small order: there such a signature holds,
  // as it does by the RFCs' own arithmetic. A point of the NIST curves without its secret has none.
  const bool hard = key.algorithm == Algorithm::ecdsap256sha256 || key.algorithm == Algorithm::ecdsap384sha384;
  require(!hard || first != validator::SignatureCheck::good);
  return 0;
}
