#include "validator/crypto_facts.h"

#include <algorithm>
#include <bit>

#include "validator/crypto_mldsa.h"

namespace validator {
namespace {

using dns::Algorithm;
using dns::View;

View without_leading_zeros(View octets);
std::uint32_t bit_length(View number);
bool exponent_may_be_used(View exponent);
KeyFacts rsa_facts(View key);

}  // namespace

KeyFacts key_facts(const dns::Dnskey& key) {
  if (is_rsa(key.algorithm)) return rsa_facts(key.key);
  KeyFacts facts;
  const FixedSizes sizes = fixed_sizes(key.algorithm);
  facts.bits = sizes.bits;
  if (sizes.key != 0 && key.key.size() != sizes.key) {
    facts.fault = KeyFault::length;
    facts.expected_octets = sizes.key;
  }
  if (key.key.empty()) facts.fault = KeyFault::empty;
  return facts;
}

bool has_code_for(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::rsasha1:
    case Algorithm::rsasha1_nsec3_sha1:
    case Algorithm::rsasha256:
    case Algorithm::rsasha512:
    case Algorithm::ecdsap256sha256:
    case Algorithm::ecdsap384sha384:
    case Algorithm::ed25519:
    case Algorithm::ed448:
    case Algorithm::mldsa44: return true;
    default: return false;
  }
}

bool has_code_for(dns::Digest digest) { return digest_octets(digest) != 0; }

std::size_t digest_octets(dns::Digest digest) {
  switch (digest) {
    case dns::Digest::sha1: return 20;    // RFC 3658 §2.4
    case dns::Digest::sha256: return 32;  // RFC 4509 §2.2
    case dns::Digest::sha384: return 48;  // RFC 6605 §2
    default: return 0;
  }
}

std::uint32_t cost_units(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::ecdsap384sha384: return 11;
    case Algorithm::ed25519:
    case Algorithm::mldsa44: return 2;
    case Algorithm::ed448: return 4;
    default: return 1;
  }
}

FixedSizes fixed_sizes(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::ecdsap256sha256: return {.key = 64, .signature = 64, .bits = 256};  // RFC 6605 §4
    case Algorithm::ecdsap384sha384: return {.key = 96, .signature = 96, .bits = 384};
    case Algorithm::ed25519: return {.key = 32, .signature = 64, .bits = 256};  // RFC 8080 §3, §4
    case Algorithm::ed448: return {.key = 57, .signature = 114, .bits = 456};
    case Algorithm::mldsa44:  // a lattice has no number of bits to compare with the others'
      return {.key = MlDsa44Key::key_octets, .signature = MlDsa44Key::signature_octets, .bits = 0};
    default: return {};
  }
}

bool is_rsa(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::rsamd5:
    case Algorithm::rsasha1:
    case Algorithm::rsasha1_nsec3_sha1:
    case Algorithm::rsasha256:
    case Algorithm::rsasha512: return true;
    default: return false;
  }
}

std::optional<RsaNumbers> rsa_numbers(View key) {
  dns::Reader reader(key);
  RsaNumbers numbers;
  const auto first = reader.u8();
  if (!first) return std::nullopt;
  std::size_t length = *first;
  if (*first == 0) {  // RFC 3110 §2: a zero, then the length in two octets
    const auto longer = reader.u16();
    if (!longer) return std::nullopt;
    length = *longer;
    if (length < 256) numbers.exponent_form = KeyFacts::ExponentForm::long_form;
  }
  const auto exponent = reader.take(length);
  if (!exponent || exponent->empty()) return std::nullopt;
  numbers.exponent = without_leading_zeros(*exponent);
  if (numbers.exponent.size() < exponent->size()) numbers.exponent_form = KeyFacts::ExponentForm::leading_zeros;
  const View modulus = reader.rest();
  numbers.modulus = without_leading_zeros(modulus);
  numbers.modulus_leading_zeros = numbers.modulus.size() < modulus.size();
  return numbers;
}

bool may_be_used(const RsaNumbers& numbers, Algorithm algorithm) {
  // RFC 5702 §2.1, §2.2; the upper end and the exponent's bounds: standards.md §9.
  const std::uint32_t least = algorithm == Algorithm::rsasha512 ? 1024 : 512;
  const std::uint32_t bits = bit_length(numbers.modulus);
  return bits >= least && bits <= 4096 && (numbers.modulus.back() & 1) != 0 && exponent_may_be_used(numbers.exponent);
}

namespace {

KeyFacts rsa_facts(View key) {
  KeyFacts facts;
  if (key.empty()) {
    facts.fault = KeyFault::empty;
    return facts;
  }
  const auto numbers = rsa_numbers(key);
  if (!numbers) {
    facts.fault = KeyFault::length;
    return facts;
  }
  facts.bits = bit_length(numbers->modulus);
  facts.exponent.assign(numbers->exponent.begin(), numbers->exponent.end());
  facts.exponent_form = numbers->exponent_form;
  facts.modulus_leading_zeros = numbers->modulus_leading_zeros;
  // A product of two odd primes is odd.
  if (numbers->modulus.empty() || (numbers->modulus.back() & 1) == 0) facts.fault = KeyFault::modulus;
  return facts;
}

bool exponent_may_be_used(View exponent) {
  if (exponent.empty() || exponent.size() > 5 || (exponent.back() & 1) == 0) return false;
  std::uint64_t value = 0;
  for (const std::uint8_t octet : exponent) value = (value << 8) | octet;
  return value >= 3 && value <= (std::uint64_t{1} << 32) + 1;
}

View without_leading_zeros(View octets) {
  const auto first = std::ranges::find_if(octets, [](std::uint8_t octet) { return octet != 0; });
  return octets.subspan(static_cast<std::size_t>(first - octets.begin()));
}

std::uint32_t bit_length(View number) {
  if (number.empty()) return 0;
  return static_cast<std::uint32_t>((number.size() - 1) * 8) +
         static_cast<std::uint32_t>(std::bit_width(number.front()));
}

}  // namespace
}  // namespace validator
