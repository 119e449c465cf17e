// A zone's key that signs fast, through EVP: one context for each thread. It holds its secret in memory alone.
#pragma once

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <memory>
#include <stdexcept>

#include "dns/rdata.h"

namespace zones {

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
  void operator()(ECDSA_SIG* parts) const { ECDSA_SIG_free(parts); }
  void operator()(BIGNUM* number) const { BN_free(number); }
};

inline void require(bool done, const char* what) {
  if (!done) throw std::runtime_error(what);
}

struct SecretKey {
  std::shared_ptr<EVP_PKEY> secret;
  dns::Dnskey dnskey;
};

// Algorithms 8 (2048 bits) and 13.
inline SecretKey make_key(dns::Algorithm algorithm, std::uint16_t flags) {
  SecretKey made{nullptr, {.flags = flags, .protocol = 3, .algorithm = algorithm, .key = {}}};
  dns::Bytes& octets = made.dnskey.key;
  if (algorithm == dns::Algorithm::ecdsap256sha256) {
    made.secret.reset(EVP_EC_gen("P-256"), Free{});
    require(made.secret != nullptr, "no P-256 key");
    octets.resize(65);
    std::size_t size = 0;
    EVP_PKEY_get_octet_string_param(made.secret.get(), OSSL_PKEY_PARAM_PUB_KEY, octets.data(), 65, &size);
    octets.erase(octets.begin());  // 04 (RFC 6605 §4)
    return made;
  }
  require(algorithm == dns::Algorithm::rsasha256, "algorithms are 8 and 13");
  made.secret.reset(EVP_RSA_gen(2048), Free{});
  require(made.secret != nullptr, "no RSA key");
  BIGNUM* modulus = nullptr;
  EVP_PKEY_get_bn_param(made.secret.get(), OSSL_PKEY_PARAM_RSA_N, &modulus);
  const std::unique_ptr<BIGNUM, Free> owned(modulus);
  octets = {3, 1, 0, 1};  // 65537 (RFC 3110 §2)
  octets.resize(4 + 256);
  BN_bn2binpad(modulus, octets.data() + 4, 256);
  return made;
}

// Not thread-safe.
class Signer {
 public:
  explicit Signer(const SecretKey& key)
      : key_(key), context_(EVP_PKEY_CTX_new_from_pkey(nullptr, key.secret.get(), nullptr)) {
    require(context_ && EVP_PKEY_sign_init(context_.get()) == 1, "no context to sign with");
    if (key.dnskey.algorithm == dns::Algorithm::rsasha256)
      require(EVP_PKEY_CTX_set_rsa_padding(context_.get(), RSA_PKCS1_PADDING) == 1 &&
                  EVP_PKEY_CTX_set_signature_md(context_.get(), EVP_sha256()) == 1,
              "no PKCS #1 v1.5");
  }
  const dns::Dnskey& dnskey() const { return key_.dnskey; }

  dns::Bytes sign(dns::View data) {
    std::array<std::uint8_t, 32> digest{};
    std::array<std::uint8_t, 256> made{};
    std::size_t size = made.size();
    require(EVP_Digest(data.data(), data.size(), digest.data(), nullptr, EVP_sha256(), nullptr) == 1 &&
                EVP_PKEY_sign(context_.get(), made.data(), &size, digest.data(), digest.size()) == 1,
            "could not sign");
    if (key_.dnskey.algorithm == dns::Algorithm::rsasha256) return {made.begin(), made.begin() + 256};
    const unsigned char* at = made.data();
    const std::unique_ptr<ECDSA_SIG, Free> parts(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)));
    dns::Bytes r_and_s(64);  // RFC 6605 §4
    BN_bn2binpad(ECDSA_SIG_get0_r(parts.get()), r_and_s.data(), 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(parts.get()), r_and_s.data() + 32, 32);
    return r_and_s;
  }

 private:
  SecretKey key_;
  std::unique_ptr<EVP_PKEY_CTX, Free> context_;
};

}  // namespace zones
