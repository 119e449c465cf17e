// What the signatures of one chain cost: root, one TLD, one zone. Ours next to OpenSSL called in the plainest way, cold
// (every key is built) and with keys kept.
#include <benchmark/benchmark.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "dns/canonical.h"
#include "dns/text.h"
#include "tests/validator/crypto_vectors.h"
#include "validator/crypto.h"

namespace {

using dns::Bytes;
using dns::View;

struct Step {
  dns::Dnskey key;
  Bytes data, signature;
};

Step step_of(const vectors::Vector& vector) {
  const dns::Name zone = dns::Name::parse(vector.zone).value();
  const dns::RRType type = dns::parse_rrtype(vector.type).value();
  dns::RRset set{dns::Name::parse(vector.owner).value(), type, dns::RRClass::in, 3600, 3600, {}};
  for (const std::string_view data : vector.data) {
    if (!data.empty()) set.rdatas.push_back(dns::parse_rdata(type, data, zone).value());
  }
  const auto rrsig = dns::read_rrsig(dns::parse_rdata(dns::RRType::rrsig, vector.signature, zone).value()).value();
  return {dns::read_dnskey(dns::parse_rdata(dns::RRType::dnskey, vector.key, zone).value()).value(),
          dns::signed_data(rrsig, set), rrsig.signature};
}

// Root with two RSA-2048 keys, the others with P-256: DNSKEY and DS of each zone, then the answer. Six signatures, six
// keys.
std::vector<Step> chain() {
  std::vector<Step> steps;
  for (const auto& vector : vectors::signed_sets) {
    Step step = step_of(vector);
    const bool root = step.key.algorithm == dns::Algorithm::rsasha256 && step.signature.size() == 256;
    if (root || step.key.algorithm == dns::Algorithm::ecdsap256sha256) steps.push_back(std::move(step));
  }
  return steps;
}

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;

Key bare_key(const dns::Dnskey& key) {
  const bool rsa = key.algorithm == dns::Algorithm::rsasha256;
  const std::unique_ptr<EVP_PKEY_CTX, Free> maker(EVP_PKEY_CTX_new_from_name(nullptr, rsa ? "RSA" : "EC", nullptr));
  EVP_PKEY* made = nullptr;
  EVP_PKEY_fromdata_init(maker.get());
  if (rsa) {
    Bytes exponent(key.key.begin() + 1, key.key.begin() + 4), modulus(key.key.begin() + 4, key.key.end());
    std::ranges::reverse(exponent);
    std::ranges::reverse(modulus);
    OSSL_PARAM parameters[] = {OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_RSA_N, modulus.data(), modulus.size()),
                               OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_RSA_E, exponent.data(), exponent.size()),
                               OSSL_PARAM_construct_end()};
    EVP_PKEY_fromdata(maker.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters);
  } else {
    std::string curve = "P-256";
    Bytes point = {4};
    point.insert(point.end(), key.key.begin(), key.key.end());
    OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, curve.data(), 0),
                               OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
                               OSSL_PARAM_construct_end()};
    EVP_PKEY_fromdata(maker.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters);
  }
  return Key(made);
}

Bytes bare_der(View r_and_s) {
  Bytes der = {0x30, 0};
  for (const std::size_t from : {std::size_t{0}, r_and_s.size() / 2}) {
    View number = r_and_s.subspan(from, r_and_s.size() / 2);
    while (number.size() > 1 && number.front() == 0) number = number.subspan(1);
    der.push_back(2);
    der.push_back(static_cast<std::uint8_t>(number.size() + (number.front() >> 7)));
    if (number.front() >= 0x80) der.push_back(0);
    der.insert(der.end(), number.begin(), number.end());
  }
  der[1] = static_cast<std::uint8_t>(der.size() - 2);
  return der;
}

bool bare_verify(EVP_PKEY* key, const Step& step) {
  const std::unique_ptr<EVP_MD_CTX, Free> context(EVP_MD_CTX_new());
  EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key);
  const bool rsa = step.key.algorithm == dns::Algorithm::rsasha256;
  const Bytes signature = rsa ? step.signature : bare_der(step.signature);
  return EVP_DigestVerify(context.get(), signature.data(), signature.size(), step.data.data(), step.data.size()) == 1;
}

void require(benchmark::State& state, bool good) {
  if (!good) state.SkipWithError("a signature of the chain is not good");
}

void cold_chain_ours(benchmark::State& state) {
  const auto steps = chain();
  for (auto _ : state) {
    validator::Verifier verifier;
    for (const Step& step : steps)
      require(state, verifier.verify(step.key, step.data, step.signature) == validator::SignatureCheck::good);
  }
  state.counters["signatures"] = static_cast<double>(steps.size());
}
BENCHMARK(cold_chain_ours)->Unit(benchmark::kMicrosecond);

void cold_chain_bare_openssl(benchmark::State& state) {
  const auto steps = chain();
  for (auto _ : state) {
    for (const Step& step : steps) require(state, bare_verify(bare_key(step.key).get(), step));
  }
  state.counters["signatures"] = static_cast<double>(steps.size());
}
BENCHMARK(cold_chain_bare_openssl)->Unit(benchmark::kMicrosecond);

void cached_chain_ours(benchmark::State& state) {
  const auto steps = chain();
  validator::Verifier verifier(validator::Verifier::Memo::none);
  for (auto _ : state) {
    for (const Step& step : steps)
      require(state, verifier.verify(step.key, step.data, step.signature) == validator::SignatureCheck::good);
  }
}
BENCHMARK(cached_chain_ours)->Unit(benchmark::kMicrosecond);

void cached_chain_bare_openssl(benchmark::State& state) {
  const auto steps = chain();
  std::vector<Key> keys;
  for (const Step& step : steps) keys.push_back(bare_key(step.key));
  for (auto _ : state) {
    for (std::size_t i = 0; i < steps.size(); ++i) require(state, bare_verify(keys[i].get(), steps[i]));
  }
}
BENCHMARK(cached_chain_bare_openssl)->Unit(benchmark::kMicrosecond);

// The same chain judged again, as for a forecast: no arithmetic at all.
void remembered_chain_ours(benchmark::State& state) {
  const auto steps = chain();
  validator::Verifier verifier;
  for (auto _ : state) {
    for (const Step& step : steps)
      require(state, verifier.verify(step.key, step.data, step.signature) == validator::SignatureCheck::good);
  }
}
BENCHMARK(remembered_chain_ours)->Unit(benchmark::kMicrosecond);

void one_signature_ours(benchmark::State& state, dns::Algorithm algorithm) {
  const auto* found = std::ranges::find_if(
      vectors::signed_sets, [&](const vectors::Vector& vector) { return step_of(vector).key.algorithm == algorithm; });
  const Step step = step_of(*found);
  validator::Verifier verifier(validator::Verifier::Memo::none);
  for (auto _ : state)
    require(state, verifier.verify(step.key, step.data, step.signature) == validator::SignatureCheck::good);
}
BENCHMARK_CAPTURE(one_signature_ours, p256, dns::Algorithm::ecdsap256sha256)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(one_signature_ours, p384, dns::Algorithm::ecdsap384sha384)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(one_signature_ours, ed25519, dns::Algorithm::ed25519)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(one_signature_ours, ed448, dns::Algorithm::ed448)->Unit(benchmark::kMicrosecond);

const Bytes owner = {3, 'w', 'w', 'w', 7, 'e', 'x', 'a', 'm', 'p', 'l', 'e', 3, 'c', 'o', 'm', 0};
const Bytes salt = {0xaa, 0xbb, 0xcc, 0xdd};

void nsec3_hash_ours(benchmark::State& state) {
  validator::Verifier verifier;
  for (auto _ : state)
    benchmark::DoNotOptimize(verifier.nsec3_hash(owner, salt, static_cast<std::uint16_t>(state.range(0))));
}
BENCHMARK(nsec3_hash_ours)->Arg(0)->Arg(50)->Arg(150)->Unit(benchmark::kMicrosecond);

void nsec3_hash_bare_openssl(benchmark::State& state) {
  for (auto _ : state) {
    Bytes input = owner, hash(SHA_DIGEST_LENGTH);
    for (std::int64_t i = 0; i <= state.range(0); ++i) {
      input.insert(input.end(), salt.begin(), salt.end());
      SHA1(input.data(), input.size(), hash.data());
      input = hash;
    }
    benchmark::DoNotOptimize(hash);
  }
}
BENCHMARK(nsec3_hash_bare_openssl)->Arg(0)->Arg(50)->Arg(150)->Unit(benchmark::kMicrosecond);

}  // namespace
