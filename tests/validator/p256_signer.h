// A P-256 key that signs octets, by OpenSSL's EVP, in the form of RFC 6605. For tests that need thousands of
// signatures.
#pragma once

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

#include <array>
#include <memory>
#include <utility>
#include <vector>

#include "dns/rdata.h"

namespace p256 {

class Signer {
 public:
  Signer() : key_(EVP_EC_gen("P-256")) {
    dns::Bytes point(65);
    std::size_t size = 0;
    EVP_PKEY_get_octet_string_param(key_.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size(), &size);
    public_ = {.flags = 256, .protocol = 3, .algorithm = dns::Algorithm::ecdsap256sha256, .key = {}};
    public_.key.assign(point.begin() + 1, point.end());
  }
  const dns::Dnskey& key() const { return public_; }

  dns::Bytes sign(dns::View data) const {
    const std::unique_ptr<EVP_MD_CTX, Free> context(EVP_MD_CTX_new());
    EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get());
    dns::Bytes der(80);
    std::size_t size = der.size();
    EVP_DigestSign(context.get(), der.data(), &size, data.data(), data.size());
    const unsigned char* at = der.data();
    const std::unique_ptr<ECDSA_SIG, Free> parts(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)));
    dns::Bytes signature(64);
    BN_bn2binpad(ECDSA_SIG_get0_r(parts.get()), signature.data(), 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(parts.get()), signature.data() + 32, 32);
    return signature;
  }

 private:
  struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(ECDSA_SIG* parts) const { ECDSA_SIG_free(parts); }
  };
  std::unique_ptr<EVP_PKEY, Free> key_;
  dns::Dnskey public_;
};

}  // namespace p256
