// Keys and signatures by OpenSSL, for the signed worlds.
#include "tests/worlds/signed_world_keys.h"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>

#include <array>
#include <stdexcept>

#include "dns/canonical.h"

namespace signed_world {
namespace {

using dns::Algorithm;
using dns::Bytes;

bool is_rsa(Algorithm algorithm) {
  return algorithm == Algorithm::rsasha1 || algorithm == Algorithm::rsasha1_nsec3_sha1 ||
         algorithm == Algorithm::rsasha256 || algorithm == Algorithm::rsasha512;
}

EVP_PKEY* generate(Algorithm algorithm, std::size_t bits) {
  if (is_rsa(algorithm)) return EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", bits);
  switch (algorithm) {
    case Algorithm::ecdsap256sha256: return EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
    case Algorithm::ecdsap384sha384: return EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-384");
    case Algorithm::ed25519: return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    case Algorithm::ed448: return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED448");
    default: throw std::invalid_argument("no keys of this algorithm here");
  }
}

Bytes number(EVP_PKEY* key, const char* which) {
  BIGNUM* value = nullptr;
  if (EVP_PKEY_get_bn_param(key, which, &value) != 1) throw std::runtime_error("no number in the key");
  Bytes octets(static_cast<std::size_t>(BN_num_bytes(value)));
  BN_bn2bin(value, octets.data());
  BN_free(value);
  return octets;
}

// RFC 3110 §2, RFC 6605 §4, RFC 8080 §3.
Bytes public_octets(EVP_PKEY* key, Algorithm algorithm) {
  if (is_rsa(algorithm)) {
    const Bytes exponent = number(key, OSSL_PKEY_PARAM_RSA_E), modulus = number(key, OSSL_PKEY_PARAM_RSA_N);
    Bytes octets{static_cast<std::uint8_t>(exponent.size())};
    octets.insert(octets.end(), exponent.begin(), exponent.end());
    octets.insert(octets.end(), modulus.begin(), modulus.end());
    return octets;
  }
  std::array<std::uint8_t, 200> room{};
  std::size_t size = room.size();
  const bool edwards = algorithm == Algorithm::ed25519 || algorithm == Algorithm::ed448;
  if (edwards) {
    EVP_PKEY_get_raw_public_key(key, room.data(), &size);
    return {room.begin(), room.begin() + static_cast<std::ptrdiff_t>(size)};
  }
  EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, room.data(), room.size(), &size);
  return {room.begin() + 1, room.begin() + static_cast<std::ptrdiff_t>(size)};  // without the 04 of "uncompressed"
}

const EVP_MD* digest_of(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::rsasha1:
    case Algorithm::rsasha1_nsec3_sha1: return EVP_sha1();
    case Algorithm::rsasha256:
    case Algorithm::ecdsap256sha256: return EVP_sha256();
    case Algorithm::ecdsap384sha384: return EVP_sha384();
    case Algorithm::rsasha512: return EVP_sha512();
    default: return nullptr;
  }
}

Bytes fixed_width(const Bytes& der, int half) {
  const unsigned char* at = der.data();
  ECDSA_SIG* numbers = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size()));
  Bytes octets(static_cast<std::size_t>(half) * 2);
  BN_bn2binpad(ECDSA_SIG_get0_r(numbers), octets.data(), half);
  BN_bn2binpad(ECDSA_SIG_get0_s(numbers), octets.data() + half, half);
  ECDSA_SIG_free(numbers);
  return octets;
}

}  // namespace

Key make_key(Algorithm algorithm, std::uint16_t flags, std::size_t bits) {
  Key key{{flags, 3, algorithm, {}}, {generate(algorithm, bits), EVP_PKEY_free}};
  if (!key.secret) throw std::runtime_error("no key");
  key.dnskey.key = public_octets(key.secret.get(), algorithm);
  return key;
}

Bytes sign_octets(const Key& key, dns::View data) {
  const Algorithm algorithm = key.dnskey.algorithm;
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  std::size_t size = 4096;
  Bytes octets(size);
  if (EVP_DigestSignInit(context.get(), nullptr, digest_of(algorithm), nullptr, key.secret.get()) != 1 ||
      EVP_DigestSign(context.get(), octets.data(), &size, data.data(), data.size()) != 1)
    throw std::runtime_error("not signed");
  octets.resize(size);
  if (algorithm == Algorithm::ecdsap256sha256) return fixed_width(octets, 32);
  if (algorithm == Algorithm::ecdsap384sha384) return fixed_width(octets, 48);
  return octets;
}

// RFC 4034 §3.1.8.1, written here once more: also for labels that no honest signer would write.
Bytes octets_to_sign(const dns::Rrsig& rrsig, const dns::RRset& set) {
  Bytes data = dns::write_unsigned(rrsig);
  const bool expanded = rrsig.labels < dns::rrsig_labels(set.owner);
  const Name owner = (expanded ? *set.owner.ancestor(rrsig.labels).wildcard() : set.owner).lowered();
  const auto put16 = [&](std::size_t value) {
    data.push_back(static_cast<std::uint8_t>(value >> 8));
    data.push_back(static_cast<std::uint8_t>(value & 0xff));
  };
  for (const Bytes& rdata : dns::canonical_rdatas(set.type, set.rdatas)) {
    data.insert(data.end(), owner.wire().begin(), owner.wire().end());
    put16(dns::number(set.type));
    put16(dns::number(set.rrclass));
    put16(rrsig.original_ttl >> 16);
    put16(rrsig.original_ttl & 0xffff);
    put16(rdata.size());
    data.insert(data.end(), rdata.begin(), rdata.end());
  }
  return data;
}

dns::Dnskey with_tag(dns::Dnskey key, dns::KeyTag tag, std::size_t even_offset) {
  const auto put = [&](std::uint32_t word) {
    key.key[even_offset] = static_cast<std::uint8_t>(word >> 8 & 0xff);
    key.key[even_offset + 1] = static_cast<std::uint8_t>(word & 0xff);
    return key.tag() == tag;
  };
  put(0);
  // The tag is a sum of words with its carry folded in once: what is missing, give or take that carry (RFC 4034 §B).
  const std::uint32_t missing = 0x10000U + tag - key.tag();
  for (const std::uint32_t word : {missing, missing - 1, missing + 1})
    if (put(word)) return key;
  throw std::logic_error("no two octets give this tag");
}

}  // namespace signed_world
