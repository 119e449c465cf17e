// µs of processor time for one signature: EVP in the plainest way, EVP with what it made kept (Verifier), and a table
// of the key's multiples with all that it costs (set-up, comparison, rechecks by EVP), for 600, 10,000 and 100,000
// signatures by one key, in one thread and in two. Beside it what was looked at and not adopted: RSA by a Montgomery
// context of our own; and NSEC3 hashes. Prints tables and ratios, judges none.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <fmt/format.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "tests/bench/zones/signer.h"
#include "validator/crypto_tables.h"

namespace {

using dns::Bytes;
using validator::BulkVerifier;
using validator::KeyTables;
using validator::SignatureCheck;
using validator::SignedData;
using validator::Verifier;

double processor_us() {
  timespec spent{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
  return static_cast<double>(spent.tv_sec) * 1e6 + static_cast<double>(spent.tv_nsec) / 1e3;
}
double wall_us() {
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

struct Cost {
  double processor = 1e12, wall = 1e12;  // the least of some turns: whatever else runs here only adds
};
Cost cost(const std::function<void()>& what, std::size_t count, int turns) {
  Cost least;
  for (int turn = 0; turn < turns; ++turn) {
    const double processor = processor_us(), wall = wall_us();
    what();
    least.processor = std::min(least.processor, (processor_us() - processor) / static_cast<double>(count));
    least.wall = std::min(least.wall, (wall_us() - wall) / static_cast<double>(count));
  }
  return least;
}

struct Signatures {
  zones::SecretKey key;
  std::vector<Bytes> data, signatures;

  Signatures(dns::Algorithm algorithm, std::size_t count) : key(zones::make_key(algorithm, 256)) {
    zones::Signer signer(key);
    for (std::size_t i = 0; i < count; ++i) {
      Bytes one(120, 0x5a);  // an RRSIG without its signature, a name and an address
      for (std::size_t octet = 0; octet < 8; ++octet) one[octet] = static_cast<std::uint8_t>(i >> (8 * octet));
      signatures.push_back(signer.sign(one));
      data.push_back(std::move(one));
    }
  }
  std::vector<SignedData> some(std::size_t count) const {
    std::vector<SignedData> views;
    for (std::size_t i = 0; i < count; ++i) views.push_back({data[i % data.size()], signatures[i % data.size()]});
    return views;
  }
};

void require_good(bool good) { zones::require(good, "a good signature was refused"); }

Bytes der_of(const Bytes& r_and_s) {
  Bytes der = {0x30, 0};
  for (const std::ptrdiff_t from : {0, 32}) {
    auto at = r_and_s.begin() + from;
    const auto end = at + 32;
    while (end - at > 1 && *at == 0) ++at;
    der.push_back(2);
    der.push_back(static_cast<std::uint8_t>(end - at + (*at >> 7)));
    if (*at >= 0x80) der.push_back(0);
    der.insert(der.end(), at, end);
  }
  der[1] = static_cast<std::uint8_t>(der.size() - 2);
  return der;
}

// As one finds it in manuals: the key is kept, all else made for each.
void plain(const Signatures& all) {
  for (std::size_t i = 0; i < all.data.size(); ++i) {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, all.key.secret.get());
    const bool rsa = all.key.dnskey.algorithm == dns::Algorithm::rsasha256;
    const Bytes octets = rsa ? all.signatures[i] : der_of(all.signatures[i]);
    require_good(
        EVP_DigestVerify(context.get(), octets.data(), octets.size(), all.data[i].data(), all.data[i].size()) == 1);
  }
}

void kept(const Signatures& all) {
  Verifier verifier(Verifier::Memo::none);
  for (const auto& one : all.some(all.data.size()))
    require_good(verifier.verify(all.key.dnskey, one.data, one.signature) == SignatureCheck::good);
}

// From nothing: the table is made anew for each call.
void by_table(const Signatures& all, std::size_t count, unsigned threads) {
  validator::Distrust distrust{false};
  KeyTables tables(KeyTables::Use::when_it_pays, validator::P256Table::make, distrust);
  const auto views = all.some(count);
  const std::size_t share = (count + threads - 1) / threads;
  std::vector<std::jthread> others;
  for (unsigned t = 0; t < threads; ++t) {
    others.emplace_back([&, t] {
      Verifier verifier(Verifier::Memo::none);
      BulkVerifier bulk(verifier, tables);
      const auto mine = std::span(views).subspan(t * share, std::min(share, count - t * share));
      for (std::size_t from = 0; from < mine.size(); from += 512) {
        const auto some = mine.subspan(from, std::min<std::size_t>(512, mine.size() - from));
        const auto checks = bulk.verify(all.key.dnskey, some, std::max<std::uint64_t>(count, KeyTables::break_even));
        require_good(std::ranges::all_of(checks, [](SignatureCheck check) { return check == SignatureCheck::good; }));
      }
    });
  }
  others.clear();
  zones::require(!tables.in_doubt(), "a table and EVP disagree");
}

void row(const std::string& what, const Cost& cost, const Cost& beside) {
  fmt::print("  {:<52}{:>9.2f}{:>9.2f}{:>9.2f}\n", what, cost.processor, cost.wall, cost.processor / beside.processor);
}

void p256() {
  const Signatures all(dns::Algorithm::ecdsap256sha256, 10'000);
  fmt::print("\nP-256, µs a signature\n  {:<52}{:>9}{:>9}{:>9}\n", "", "CPU", "wall", "ratio");
  const Cost bare = cost([&] { plain(all); }, all.data.size(), 3);
  row("EVP, all made for each", bare, bare);
  row("EVP, key and context kept (Verifier)", cost([&] { kept(all); }, all.data.size(), 3), bare);
  for (const std::size_t count : {600U, 10'000U, 100'000U}) {
    for (const unsigned threads : {1U, 2U}) {
      row(fmt::format("table, {} signatures, {} thread{}", count, threads, threads > 1 ? "s" : ""),
          cost([&] { by_table(all, count, threads); }, count, count > 50'000 ? 2 : 5), bare);
    }
  }
  row("table, its making alone, for 1000",
      cost([&] { require_good(validator::P256Table::make(all.key.dnskey.key) != nullptr); }, 1000, 5), bare);
}

// What a path of our own for RSA could save at most: the power alone, nothing compared.
void power(const Signatures& all) {
  const std::unique_ptr<BN_CTX, decltype(&BN_CTX_free)> scratch(BN_CTX_new(), BN_CTX_free);
  const std::unique_ptr<BN_MONT_CTX, decltype(&BN_MONT_CTX_free)> context(BN_MONT_CTX_new(), BN_MONT_CTX_free);
  const auto read = [](const std::uint8_t* octets, int size) {
    return std::unique_ptr<BIGNUM, decltype(&BN_free)>(BN_bin2bn(octets, size, nullptr), BN_free);
  };
  const auto modulus = read(all.key.dnskey.key.data() + 4, 256), exponent = read(all.key.dnskey.key.data() + 1, 3);
  BN_MONT_CTX_set(context.get(), modulus.get(), scratch.get());
  const auto result = read(nullptr, 0);
  for (const Bytes& signature : all.signatures) {
    const auto base = read(signature.data(), 256);
    require_good(
        BN_mod_exp_mont(result.get(), base.get(), exponent.get(), modulus.get(), scratch.get(), context.get()) == 1);
  }
}
// The same with the seventeen multiplications written out: e = 2^16 + 1.
void power_by_hand(const Signatures& all) {
  const std::unique_ptr<BN_CTX, decltype(&BN_CTX_free)> scratch(BN_CTX_new(), BN_CTX_free);
  const std::unique_ptr<BN_MONT_CTX, decltype(&BN_MONT_CTX_free)> context(BN_MONT_CTX_new(), BN_MONT_CTX_free);
  const auto read = [](const std::uint8_t* octets, int size) {
    return std::unique_ptr<BIGNUM, decltype(&BN_free)>(BN_bin2bn(octets, size, nullptr), BN_free);
  };
  const auto modulus = read(all.key.dnskey.key.data() + 4, 256);
  BN_MONT_CTX_set(context.get(), modulus.get(), scratch.get());
  const auto result = read(nullptr, 0), base = read(nullptr, 0);
  bool done = true;
  for (const Bytes& signature : all.signatures) {
    done &= BN_bin2bn(signature.data(), 256, base.get()) != nullptr;
    done &= BN_to_montgomery(result.get(), base.get(), context.get(), scratch.get()) == 1;
    for (int i = 0; i < 16; ++i)
      done &= BN_mod_mul_montgomery(result.get(), result.get(), result.get(), context.get(), scratch.get()) == 1;
    // The last factor is not in Montgomery's form, so neither is the product.
    done &= BN_mod_mul_montgomery(result.get(), result.get(), base.get(), context.get(), scratch.get()) == 1;
  }
  require_good(done);
}

void rsa() {
  const Signatures all(dns::Algorithm::rsasha256, 2000);
  fmt::print("\nRSA-2048, µs a signature\n  {:<52}{:>9}{:>9}{:>9}\n", "", "CPU", "wall", "ratio");
  const Cost bare = cost([&] { plain(all); }, all.data.size(), 5);
  row("EVP, all made for each", bare, bare);
  row("EVP, key and context kept (Verifier)", cost([&] { kept(all); }, all.data.size(), 5), bare);
  row("not adopted: BN_mod_exp_mont alone, no digest", cost([&] { power(all); }, all.data.size(), 5), bare);
  row("not adopted: its 17 multiplications alone", cost([&] { power_by_hand(all); }, all.data.size(), 5), bare);
}

void nsec3() {
  fmt::print("\nNSEC3, µs a name\n  {:<52}{:>9}{:>9}{:>9}\n", "", "CPU", "wall", "ratio");
  const Bytes name(24, 'x'), salt(8, 1);
  Verifier verifier;
  const auto hashes = [&](std::uint16_t iterations) {
    return cost(
        [&] {
          for (int i = 0; i < 20'000; ++i) require_good(!verifier.nsec3_hash(name, salt, iterations).empty());
        },
        20'000, 5);
  };
  const Cost none = hashes(0);
  row("no iterations", none, none);
  row("10 iterations", hashes(10), none);
  row("150 iterations", hashes(150), none);
}

}  // namespace

int main() {
  try {
    p256();
    rsa();
    nsec3();
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "tables: {}\n", error.what());
    return 1;
  }
}
