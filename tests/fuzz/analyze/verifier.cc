// The Verifier of the analyze fuzzer: a signature is good if it begins with the right octet, so that hostile evidence
// goes where only signed evidence goes. Digests and NSEC3 hashes are the true ones.
#include "tests/fuzz/analyze/verifier.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>

#include "validator/crypto.h"

namespace validator {
namespace {

dns::Bytes hash(const char* name, std::initializer_list<dns::View> pieces) {
  dns::Bytes data;
  for (const dns::View piece : pieces) data.insert(data.end(), piece.begin(), piece.end());
  std::array<std::uint8_t, 64> room{};
  std::size_t size = 0;
  if (EVP_Q_digest(nullptr, name, nullptr, data.data(), data.size(), room.data(), &size) != 1) return {};
  return {room.begin(), room.begin() + static_cast<std::ptrdiff_t>(size)};
}

}  // namespace

struct Verifier::Parts {
  std::uint64_t checks_made = 0;
};

Verifier::Verifier(Memo) : parts_(std::make_unique<Parts>()) {}
Verifier::~Verifier() = default;
Verifier::Verifier(Verifier&&) noexcept = default;
Verifier& Verifier::operator=(Verifier&&) noexcept = default;

std::uint64_t Verifier::checks_made() const { return parts_->checks_made; }

SignatureCheck Verifier::verify(const dns::Dnskey& key, dns::View, dns::View signature) {
  if (!has_code_for(key.algorithm)) return SignatureCheck::unsupported;
  ++parts_->checks_made;
  const auto first = signature.empty() ? std::uint8_t{0} : signature.front();
  if (first == fuzz::malformed_signature) return SignatureCheck::malformed;
  if (first == fuzz::malformed_key) return SignatureCheck::key_malformed;
  return fuzz::believes && first == fuzz::good_signature ? SignatureCheck::good : SignatureCheck::incorrect;
}

std::optional<dns::Bytes> Verifier::digest(dns::Digest type, dns::View data) {
  switch (type) {
    case dns::Digest::sha1: return hash("SHA1", {data});
    case dns::Digest::sha256: return hash("SHA256", {data});
    case dns::Digest::sha384: return hash("SHA384", {data});
    default: return std::nullopt;
  }
}

dns::Bytes Verifier::nsec3_hash(dns::View name, dns::View salt, std::uint16_t iterations) {
  dns::Bytes value = hash("SHA1", {name, salt});
  for (std::uint16_t done = 0; done < iterations; ++done) value = hash("SHA1", {value, salt});
  return value;
}

}  // namespace validator
