#include "validator/crypto.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <string>
#include <unordered_map>
#include <utility>

#include "validator/crypto_facts.h"
#include "validator/crypto_mldsa.h"

namespace validator {
namespace {

using dns::Algorithm;
using dns::Bytes;
using dns::View;

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
  void operator()(EVP_MD* digest) const { EVP_MD_free(digest); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
template <typename Object>
using Owned = std::unique_ptr<Object, Free>;

// OpenSSL leaves its complaints in a queue of the thread; neither ours nor others' may outlive a call.
struct QuietErrors {
  QuietErrors() { clear(); }
  ~QuietErrors() { clear(); }
  QuietErrors(const QuietErrors&) = delete;
  QuietErrors& operator=(const QuietErrors&) = delete;

 private:
  // Mostly there is nothing; to look is much less than to clear.
  static void clear() {
    if (ERR_peek_error() != 0) ERR_clear_error();
  }
};

enum class Hash : std::uint8_t { sha1, sha256, sha384, sha512 };
constexpr std::array<const char*, 4> hash_names = {"SHA1", "SHA256", "SHA384", "SHA512"};

struct HashValue {
  std::array<std::uint8_t, 64> octets{};
  std::size_t size = 0;
  View view() const { return View(octets).first(size); }
};

// How an algorithm signs. EdDSA and ML-DSA hash inside: their `hash` only names the data in the memo.
struct Method {
  Algorithm algorithm;
  enum class Family : std::uint8_t { rsa, ecdsa, eddsa, mldsa } family;
  Hash hash;
  const char* name;  // OpenSSL's: of the curve, or of the key type
};
constexpr std::array<Method, 9> methods = {{
    {Algorithm::rsasha1, Method::Family::rsa, Hash::sha1, "RSA"},                // RFC 3110 §3
    {Algorithm::rsasha1_nsec3_sha1, Method::Family::rsa, Hash::sha1, "RSA"},     // RFC 5155 §2
    {Algorithm::rsasha256, Method::Family::rsa, Hash::sha256, "RSA"},            // RFC 5702 §3.1
    {Algorithm::rsasha512, Method::Family::rsa, Hash::sha512, "RSA"},            // RFC 5702 §3.2
    {Algorithm::ecdsap256sha256, Method::Family::ecdsa, Hash::sha256, "P-256"},  // RFC 6605 §4
    {Algorithm::ecdsap384sha384, Method::Family::ecdsa, Hash::sha384, "P-384"},  // RFC 6605 §4
    {Algorithm::ed25519, Method::Family::eddsa, Hash::sha256, "ED25519"},        // RFC 8080 §4
    {Algorithm::ed448, Method::Family::eddsa, Hash::sha256, "ED448"},            // RFC 8080 §4
    {Algorithm::mldsa44, Method::Family::mldsa, Hash::sha256, ""},               // draft-westerbaan-dnssec-mldsa §4
}};
const Method* method_of(Algorithm algorithm);

// A key ready to verify. EdDSA has no context to keep: it is one-shot.
struct ReadyKey {
  Owned<EVP_PKEY> key;
  Owned<EVP_PKEY_CTX> context;
  std::unique_ptr<MlDsa44Key> mldsa;

  bool made() const { return key || mldsa; }  // false: no key can be made of the octets
};

enum class Arithmetic : std::uint8_t { good, wrong, failed };

using Fingerprint = std::array<std::uint8_t, 32>;  // SHA-256
struct FingerprintHash {
  std::size_t operator()(const Fingerprint& print) const {
    std::size_t first = 0;
    std::memcpy(&first, print.data(), sizeof first);
    return first;
  }
};

// Keeps the `half` values used last, and at most twice as many: two generations, of which the elder is dropped whole.
template <typename Value>
class Recent {
 public:
  explicit Recent(std::size_t half) : half_(half) {}

  Value* find(const Fingerprint& id) {
    if (const auto at = young_.find(id); at != young_.end()) return &at->second;
    auto node = old_.extract(id);
    if (!node) return nullptr;
    make_room();
    return &young_.insert(std::move(node)).position->second;
  }
  Value& keep(const Fingerprint& id, Value value) {
    make_room();
    return young_.insert_or_assign(id, std::move(value)).first->second;
  }

 private:
  void make_room() {
    if (young_.size() < half_) return;
    old_ = std::move(young_);
    young_.clear();
  }
  std::size_t half_;
  std::unordered_map<Fingerprint, Value, FingerprintHash> young_, old_;
};

constexpr std::size_t kept_keys = 256;      // of some 2 to 4 kB each, ML-DSA 21
constexpr std::size_t kept_answers = 2048;  // of some 60 octets each

Bytes ecdsa_der(View r_and_s);
Owned<EVP_PKEY> curve_of(const Method& method);
ReadyKey make_ready(const Method& method, View key, const EVP_MD* digest, const EVP_PKEY* curve);
SignatureCheck check_sizes(const dns::Dnskey& key, View signature);

}  // namespace

struct Verifier::Parts {
  explicit Parts(Memo how) : memo(how) {
    // No openssl.cnf: a verdict must not hang on the machine's settings, and reading it costs more than a whole chain.
    // Nor the tables of
    // error texts and of names of algorithms: nobody asks for either, and filling them costs a page fault each few
    // entries; nor a tidying up at exit, when the system takes all memory back anyway.
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS |
                            OPENSSL_INIT_NO_ADD_ALL_CIPHERS | OPENSSL_INIT_NO_ADD_ALL_DIGESTS | OPENSSL_INIT_NO_ATEXIT,
                        nullptr);
    context.reset(EVP_MD_CTX_new());
  }

  SignatureCheck verify(const dns::Dnskey& key, View data, View signature);
  const std::optional<Fingerprint>& key_fingerprint(const dns::Dnskey& key);
  std::optional<Fingerprint> question(const dns::Dnskey& key, View hashed, View signature);
  const ReadyKey& ready(const Fingerprint& id, const Method& method, const dns::Dnskey& key);
  Arithmetic compute(const ReadyKey& key, const Method& method, View data, View hashed, View signature);

  const EVP_MD* fetched(Hash hash);
  const EVP_PKEY* curve(const Method& method);
  // An empty value: this OpenSSL has not the digest.
  template <typename... Views>
  HashValue hash(Hash hash, Views... pieces);
  template <typename... Views>
  std::optional<Fingerprint> fingerprint(Views... pieces);

  Memo memo;
  std::array<Owned<EVP_MD>, hash_names.size()> digests;
  std::array<Owned<EVP_PKEY>, 2> curves;
  Owned<EVP_MD_CTX> context;
  Recent<ReadyKey> keys{kept_keys};
  Recent<SignatureCheck> answers{kept_answers};
  // Of the key asked for last: in a zone, that is nearly always the one asked for next.
  Algorithm last_algorithm{};
  Bytes last_key;
  std::optional<Fingerprint> last_key_id;
  std::uint64_t checks_made = 0;
};

Verifier::Verifier(Memo memo) : parts_(std::make_unique<Parts>(memo)) {}
Verifier::~Verifier() = default;
Verifier::Verifier(Verifier&&) noexcept = default;
Verifier& Verifier::operator=(Verifier&&) noexcept = default;

std::uint64_t Verifier::checks_made() const { return parts_->checks_made; }

SignatureCheck Verifier::verify(const dns::Dnskey& key, View data, View signature) {
  const QuietErrors quiet;
  return parts_->verify(key, data, signature);
}

SignatureCheck Verifier::Parts::verify(const dns::Dnskey& key, View data, View signature) {
  const Method* method = method_of(key.algorithm);
  if (!method) return SignatureCheck::unsupported;
  if (const auto sizes = check_sizes(key, signature); sizes != SignatureCheck::good) return sizes;

  const HashValue hashed = hash(method->hash, data);
  if (hashed.size == 0) return SignatureCheck::unsupported;
  std::optional<Fingerprint> id;  // of the question; none where no answer is kept
  if (memo == Memo::kept) {
    id = question(key, hashed.view(), signature);
    if (!id) return SignatureCheck::unsupported;
    if (const SignatureCheck* answer = answers.find(*id)) return *answer;
  }
  const auto& key_id = key_fingerprint(key);
  if (!key_id) return SignatureCheck::unsupported;
  const ReadyKey& made = ready(*key_id, *method, key);
  if (!made.made()) return SignatureCheck::key_malformed;
  ++checks_made;
  const Arithmetic result = compute(made, *method, data, hashed.view(), signature);
  const SignatureCheck answer = result == Arithmetic::good ? SignatureCheck::good : SignatureCheck::incorrect;
  // A failure may be this moment's, for want of memory; only what the arithmetic said is timeless.
  if (id && result != Arithmetic::failed) answers.keep(*id, answer);
  return answer;
}

const std::optional<Fingerprint>& Verifier::Parts::key_fingerprint(const dns::Dnskey& key) {
  if (last_key_id && last_algorithm == key.algorithm && last_key == key.key) return last_key_id;
  const std::array<std::uint8_t, 1> algorithm = {dns::number(key.algorithm)};
  last_algorithm = key.algorithm;
  last_key = key.key;
  last_key_id = fingerprint(View(algorithm), View(key.key));
  return last_key_id;
}

// The three say all that the answer depends on: of the data, the arithmetic sees no more than its digest.
std::optional<Fingerprint> Verifier::Parts::question(const dns::Dnskey& key, View hashed, View signature) {
  const auto& key_id = key_fingerprint(key);
  if (!key_id) return std::nullopt;
  return fingerprint(View(*key_id), hashed, signature);
}

const ReadyKey& Verifier::Parts::ready(const Fingerprint& id, const Method& method, const dns::Dnskey& key) {
  if (const ReadyKey* known = keys.find(id)) return *known;
  return keys.keep(id, make_ready(method, key.key, fetched(method.hash), curve(method)));
}

Arithmetic Verifier::Parts::compute(const ReadyKey& key, const Method& method, View data, View hashed, View signature) {
  int verdict = -1;
  switch (method.family) {
    case Method::Family::rsa:
      verdict = EVP_PKEY_verify(key.context.get(), signature.data(), signature.size(), hashed.data(), hashed.size());
      break;
    case Method::Family::ecdsa: {
      const Bytes der = ecdsa_der(signature);
      verdict = EVP_PKEY_verify(key.context.get(), der.data(), der.size(), hashed.data(), hashed.size());
      break;
    }
    case Method::Family::eddsa: {
      const Owned<EVP_MD_CTX> once(EVP_MD_CTX_new());
      if (once && EVP_DigestVerifyInit(once.get(), nullptr, nullptr, nullptr, key.key.get()) == 1)
        verdict = EVP_DigestVerify(once.get(), signature.data(), signature.size(), data.data(), data.size());
      break;
    }
    case Method::Family::mldsa:
      if (const auto good = key.mldsa->verify(data, signature)) verdict = *good ? 1 : 0;
      break;
  }
  if (verdict == 1) return Arithmetic::good;
  return verdict == 0 ? Arithmetic::wrong : Arithmetic::failed;
}

std::optional<Bytes> Verifier::digest(dns::Digest type, View data) {
  const QuietErrors quiet;
  HashValue value;
  switch (type) {
    case dns::Digest::sha1: value = parts_->hash(Hash::sha1, data); break;
    case dns::Digest::sha256: value = parts_->hash(Hash::sha256, data); break;
    case dns::Digest::sha384: value = parts_->hash(Hash::sha384, data); break;
    default: return std::nullopt;
  }
  if (value.size == 0) return std::nullopt;
  return Bytes(value.view().begin(), value.view().end());
}

Bytes Verifier::nsec3_hash(View name, View salt, std::uint16_t iterations) {
  const QuietErrors quiet;
  HashValue value = parts_->hash(Hash::sha1, name, salt);
  for (std::uint16_t done = 0; done < iterations; ++done) value = parts_->hash(Hash::sha1, value.view(), salt);
  return Bytes(value.view().begin(), value.view().end());
}

const EVP_MD* Verifier::Parts::fetched(Hash hash) {
  const auto index = static_cast<std::size_t>(hash);
  if (!digests[index]) digests[index].reset(EVP_MD_fetch(nullptr, hash_names[index], nullptr));
  return digests[index].get();
}

const EVP_PKEY* Verifier::Parts::curve(const Method& method) {
  if (method.family != Method::Family::ecdsa) return nullptr;
  Owned<EVP_PKEY>& curve = curves[method.algorithm == Algorithm::ecdsap256sha256 ? 0 : 1];
  if (!curve) curve = curve_of(method);
  return curve.get();
}

template <typename... Views>
HashValue Verifier::Parts::hash(Hash hash, Views... pieces) {
  HashValue value;
  const EVP_MD* digest = fetched(hash);
  if (!digest || !context || EVP_DigestInit_ex2(context.get(), digest, nullptr) != 1) return value;
  unsigned int size = 0;
  const bool fed = (... && (EVP_DigestUpdate(context.get(), pieces.data(), pieces.size()) == 1));
  if (fed && EVP_DigestFinal_ex(context.get(), value.octets.data(), &size) == 1) value.size = size;
  return value;
}

template <typename... Views>
std::optional<Fingerprint> Verifier::Parts::fingerprint(Views... pieces) {
  const HashValue value = hash(Hash::sha256, pieces...);
  Fingerprint print{};
  if (value.size != print.size()) return std::nullopt;
  std::ranges::copy(value.view(), print.begin());
  return print;
}

namespace {

const Method* method_of(Algorithm algorithm) {
  const auto* found = std::ranges::find(methods, algorithm, &Method::algorithm);
  return found == methods.end() ? nullptr : found;
}

// Lengths and limits, before any arithmetic. `good`: nothing speaks against trying.
SignatureCheck check_sizes(const dns::Dnskey& key, View signature) {
  if (!is_rsa(key.algorithm)) {
    const FixedSizes sizes = fixed_sizes(key.algorithm);
    if (key.key.size() != sizes.key) return SignatureCheck::key_malformed;
    return signature.size() == sizes.signature ? SignatureCheck::good : SignatureCheck::malformed;
  }
  const auto numbers = rsa_numbers(key.key);
  if (!numbers || !may_be_used(*numbers, key.algorithm)) return SignatureCheck::key_malformed;
  // RFC 8017 §8.2.2 step 1.
  return signature.size() == numbers->modulus.size() ? SignatureCheck::good : SignatureCheck::malformed;
}

// OSSL_PARAM holds numbers in the machine's own order of octets.
Bytes native_order(View number) {
  Bytes octets(number.begin(), number.end());
  if constexpr (std::endian::native == std::endian::little) std::ranges::reverse(octets);
  return octets;
}

Owned<EVP_PKEY> key_from(const char* type, int selection, OSSL_PARAM* parameters) {
  const Owned<EVP_PKEY_CTX> maker(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  if (!maker || EVP_PKEY_fromdata_init(maker.get()) != 1) return nullptr;
  if (EVP_PKEY_fromdata(maker.get(), &key, selection, parameters) != 1) return nullptr;
  return Owned<EVP_PKEY>(key);
}

// Requires: rsa_numbers(key).
Owned<EVP_PKEY> rsa_key(View key) {
  const auto numbers = rsa_numbers(key);
  Bytes modulus = native_order(numbers->modulus), exponent = native_order(numbers->exponent);
  std::array<OSSL_PARAM, 3> parameters = {
      OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_RSA_N, modulus.data(), modulus.size()),
      OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_RSA_E, exponent.data(), exponent.size()), OSSL_PARAM_construct_end()};
  return key_from("RSA", EVP_PKEY_PUBLIC_KEY, parameters.data());
}

// A key without a point, to be copied: setting the curve up costs four times as much as the rest of a key.
Owned<EVP_PKEY> curve_of(const Method& method) {
  std::string name = method.name;
  std::array<OSSL_PARAM, 2> parameters = {OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, name.data(), 0),
                                          OSSL_PARAM_construct_end()};
  return key_from("EC", EVP_PKEY_KEY_PARAMETERS, parameters.data());
}

// OpenSSL refuses a point that is not on the curve, and infinity has no form of this length.
Owned<EVP_PKEY> ecdsa_key(View key, const EVP_PKEY* curve) {
  if (!curve) return nullptr;
  Bytes point = {0x04};  // uncompressed (SEC 1 §2.3.3)
  point.insert(point.end(), key.begin(), key.end());
  // EVP_PKEY_dup takes its original without const and leaves it alone.
  Owned<EVP_PKEY> made(EVP_PKEY_dup(const_cast<EVP_PKEY*>(curve)));
  if (!made || EVP_PKEY_set1_encoded_public_key(made.get(), point.data(), point.size()) != 1) return nullptr;
  return made;
}

Owned<EVP_PKEY_CTX> verifying(EVP_PKEY* key, const Method& method, const EVP_MD* digest) {
  Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
  if (!context || EVP_PKEY_verify_init(context.get()) != 1) return nullptr;
  if (method.family != Method::Family::rsa) return context;
  // PKCS #1 v1.5 writes the digest's name into what is signed (RFC 8017 §9.2).
  if (EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1) return nullptr;
  if (EVP_PKEY_CTX_set_signature_md(context.get(), digest) != 1) return nullptr;
  return context;
}

ReadyKey make_ready(const Method& method, View key, const EVP_MD* digest, const EVP_PKEY* curve) {
  ReadyKey made;
  switch (method.family) {
    case Method::Family::rsa: made.key = rsa_key(key); break;
    case Method::Family::ecdsa: made.key = ecdsa_key(key, curve); break;
    case Method::Family::eddsa:
      made.key.reset(EVP_PKEY_new_raw_public_key_ex(nullptr, method.name, nullptr, key.data(), key.size()));
      return made;
    case Method::Family::mldsa:
      if (auto mldsa = MlDsa44Key::make(key)) made.mldsa = std::make_unique<MlDsa44Key>(std::move(*mldsa));
      return made;
  }
  if (made.key) made.context = verifying(made.key.get(), method, digest);
  if (!made.context) made.key.reset();
  return made;
}

// INTEGER of X.690 §8.3: no superfluous zeros in front, one before a high bit. Lengths stay below 128: 2 * (3 + 48).
void append_integer(Bytes& der, View number) {
  while (number.size() > 1 && number.front() == 0) number = number.subspan(1);
  const bool high = (number.front() & 0x80) != 0;
  der.push_back(0x02);
  der.push_back(static_cast<std::uint8_t>(number.size() + (high ? 1 : 0)));
  if (high) der.push_back(0);
  der.insert(der.end(), number.begin(), number.end());
}

// r | s of RFC 6605 §4 as the SEQUENCE that OpenSSL reads (RFC 3279 §2.2.3).
Bytes ecdsa_der(View r_and_s) {
  Bytes der;
  der.reserve(r_and_s.size() + 8);
  der.push_back(0x30);
  der.push_back(0);
  append_integer(der, r_and_s.first(r_and_s.size() / 2));
  append_integer(der, r_and_s.subspan(r_and_s.size() / 2));
  der[1] = static_cast<std::uint8_t>(der.size() - 2);
  return der;
}

}  // namespace
}  // namespace validator
