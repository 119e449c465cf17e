#include "validator/crypto_digest.h"

#include <openssl/evp.h>

namespace validator {

struct RunningDigest::Parts {
  EVP_MD* type = nullptr;
  EVP_MD_CTX* context = nullptr;
  bool is_good = false;
  Parts() = default;
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;
  ~Parts() {
    EVP_MD_CTX_free(context);
    EVP_MD_free(type);
  }
};

RunningDigest::RunningDigest(Hash hash) : parts_(std::make_unique<Parts>()) {
  parts_->type = EVP_MD_fetch(nullptr, hash == Hash::sha384 ? "SHA384" : "SHA512", nullptr);
  parts_->context = EVP_MD_CTX_new();
  parts_->is_good = parts_->type != nullptr && parts_->context != nullptr &&
                    EVP_DigestInit_ex2(parts_->context, parts_->type, nullptr) == 1;
}
RunningDigest::~RunningDigest() = default;
RunningDigest::RunningDigest(RunningDigest&&) noexcept = default;

void RunningDigest::add(dns::View octets) {
  parts_->is_good = parts_->is_good && EVP_DigestUpdate(parts_->context, octets.data(), octets.size()) == 1;
}

dns::Bytes RunningDigest::finish() {
  dns::Bytes value(EVP_MAX_MD_SIZE);
  unsigned size = 0;
  if (!parts_->is_good || EVP_DigestFinal_ex(parts_->context, value.data(), &size) != 1) return {};
  value.resize(size);
  return value;
}

}  // namespace validator
