// P256Table against EVP, and against SEC 1 written down plainly, on digests and keys that no signer would make: a table
// may say good of nothing that they refuse, and bad of nothing that they accept.
#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "tests/sanitized.h"
#include "tests/validator/p256_plain.h"
#include "validator/crypto_p256.h"

namespace validator {
namespace {

using dns::Bytes;
using dns::View;
using p256::Int;
using p256::Point;
using Answer = P256Table::Answer;

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
};
template <typename Object>
using Owned = std::unique_ptr<Object, Free>;

// OpenSSL's own verification of a digest.
class Evp {
 public:
  explicit Evp(View key) {
    Bytes point = {4};
    point.insert(point.end(), key.begin(), key.end());
    std::string name = "P-256";
    std::array<OSSL_PARAM, 3> parameters = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, name.data(), 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
        OSSL_PARAM_construct_end()};
    const Owned<EVP_PKEY_CTX> maker(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* made = nullptr;
    EVP_PKEY_fromdata_init(maker.get());
    if (EVP_PKEY_fromdata(maker.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.data()) != 1) return;
    key_.reset(made);
    context_.reset(EVP_PKEY_CTX_new_from_pkey(nullptr, key_.get(), nullptr));
    EVP_PKEY_verify_init(context_.get());
  }
  bool made() const { return key_ != nullptr; }
  bool verifies(View digest, View signature) const {
    if (signature.size() != 64) return false;
    const Bytes der = der_of(signature);
    const bool good = EVP_PKEY_verify(context_.get(), der.data(), der.size(), digest.data(), digest.size()) == 1;
    ERR_clear_error();
    return good;
  }

 private:
  static Bytes der_of(View signature) {
    Bytes der = {0x30, 0};
    for (const std::size_t from : {0U, 32U}) {
      View number = signature.subspan(from, 32);
      while (number.size() > 1 && number.front() == 0) number = number.subspan(1);
      const bool high = number.front() >= 0x80;
      der.push_back(2);
      der.push_back(static_cast<std::uint8_t>(number.size() + (high ? 1 : 0)));
      if (high) der.push_back(0);
      der.insert(der.end(), number.begin(), number.end());
    }
    der[1] = static_cast<std::uint8_t>(der.size() - 2);
    return der;
  }
  Owned<EVP_PKEY> key_;
  Owned<EVP_PKEY_CTX> context_;
};

struct Case {
  std::string what;
  Bytes digest, signature;
};

P256Table::Signed asked(const Case& one) {
  P256Table::Signed made{{}, one.signature};
  std::ranges::copy(one.digest, made.digest.begin());
  return made;
}

std::vector<Answer> by_table(const P256Table& table, const std::vector<Case>& cases) {
  std::vector<P256Table::Signed> all;
  for (const Case& one : cases) all.push_back(asked(one));
  std::vector<Answer> answers(all.size());
  P256Work work;
  table.check(all, answers, work);
  return answers;
}

// --- Edges ---

class P256Edges : public testing::Test {
 protected:
  void SetUp() override {
    if (!P256Table::is_available()) GTEST_SKIP() << "this OpenSSL makes no tables";
  }
  // What plain arithmetic, EVP and the table say of a signature by the key for which u1 * G + u2 * Q is `sum`.
  void expect(const std::string& what, const Point& key, const Int& e, const Int& r, const Int& s, bool good) {
    const Case one{what, e.octets32(), p256::signature_of(r, s)};
    const Bytes octets = p256::key_of(key);
    EXPECT_EQ(p256::verifies(key, one.digest, one.signature), good) << what << ": plain";
    EXPECT_EQ(Evp(octets).verifies(one.digest, one.signature), good) << what << ": EVP";
    const auto table = P256Table::make(octets);
    ASSERT_TRUE(table) << what;
    // Alone, and with others that share the inversion.
    const Case other{"other", e1.octets32(), p256::signature_of(n - 5, 7)};
    EXPECT_EQ(by_table(*table, {one})[0] == Answer::good, good) << what << ": table";
    EXPECT_EQ(by_table(*table, {other, one, other})[1] == Answer::good, good) << what << ": table, among others";
  }
  Point key(const p256::Sum& sum, const Int& r, const Int& s, const Int& e) const {
    const auto made = p256::key_for(sum, r, s, e);
    EXPECT_TRUE(made);
    return made.value_or(g);
  }

  const Int n = p256::n(), p = p256::p();
  const Point g = p256::generator();
  // Any numbers: digits of pi and of e, each below n.
  const Int e1 = Int::of_hex("243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89");
  const Int s1 = Int::of_hex("452821E638D01377BE5466CF34E90C6CC0AC29B7C97C50DD3F84D5B5B5470917");
  const Int k1 = Int::of_hex("2B7E151628AED2A6ABF7158809CF4F3C762E7160F38B4DA56A784D9045190CFE");
};

// The least x from `from` on that is of the curve.
Point at_or_after(Int from) {
  for (;; from = from + 1) {
    if (const auto point = p256::with_x(from)) return *point;
  }
}

TEST_F(P256Edges, the_witness_knows_the_curve) {
  EXPECT_FALSE(p256::times(n, g));
  EXPECT_EQ(p256::times(n - 1, g), p256::minus(g));
  // FIPS 186 examples by NIST: P-256, k = 2 and k = 20 (x alone).
  EXPECT_EQ(p256::times(2, g)->x, Int::of_hex("7CF27B188D034F7E8A52380304B51AC3C08969E277F21B35A60B48FC47669978"));
  EXPECT_EQ(p256::times(20, g)->x, Int::of_hex("83A01A9378395BAB9BCD6A0AD03CC56D56E6B19250465A94A234DC4C6B28DA9A"));
}

TEST_F(P256Edges, x_of_the_sum_may_be_n_or_more) {
  const Point sum = at_or_after(n);
  const Int r = sum.x.mod(n);
  ASSERT_FALSE(sum.x < n);
  ASSERT_TRUE(Int(0) < r);
  expect("x >= n", key(sum, r, s1, e1), e1, r, s1, true);
  expect("x >= n, high s", key(sum, r, s1, e1), e1, r, n - s1, true);
  expect("x >= n, r off by one", key(sum, r + 1, s1, e1), e1, r + 1, s1, false);
  // r as x itself is no number below n.
  expect("r = x >= n", key(sum, r, s1, e1), e1, sum.x, s1, false);
  const Point top = [&] {
    Int x = p - 1;
    while (!p256::with_x(x)) x = x - 1;
    return *p256::with_x(x);
  }();
  expect("x near p", key(top, top.x.mod(n), s1, e1), e1, top.x.mod(n), s1, true);
}

TEST_F(P256Edges, a_small_r_stands_for_two_coordinates) {
  const Point low = at_or_after(1);
  ASSERT_TRUE(low.x < p - n);
  expect("x below p - n", key(low, low.x, s1, e1), e1, low.x, s1, true);
  // x = 0 and r = p - n: r + n is p, which is no coordinate, though it is 0 mod p.
  const Point zero = p256::with_x(0).value();
  expect("x = 0, r = p - n", key(zero, p - n, s1, e1), e1, p - n, s1, false);
  const Point edge = at_or_after(p - n);
  expect("x just above p - n", key(edge, edge.x, s1, e1), e1, edge.x, s1, true);
  expect("r = p - n - 1", key(edge, p - n - 1, s1, e1), e1, p - n - 1, s1, false);
}

TEST_F(P256Edges, a_sum_at_infinity_is_bad) {
  for (const Int& r : {k1, Int(1), n - 1, p - n}) expect("infinity", key(std::nullopt, r, s1, e1), e1, r, s1, false);
}

TEST_F(P256Edges, two_equal_points_are_doubled) {
  const Int u1 = k1;
  const auto half = p256::times(u1, g);
  const Point sum = p256::add(half, half).value();
  const Int r = sum.x.mod(n), e = u1.times(s1, n);
  expect("u1 * G = u2 * Q", key(sum, r, s1, e), e, r, s1, true);
  expect("u1 * G = u2 * Q, digest off by one", key(sum, r, s1, e), e + 1, r, s1, false);
}

TEST_F(P256Edges, numbers_out_of_range_are_bad_and_spoil_no_others) {
  const Int all = Int::of_hex(std::string(64, 'F'));
  const Point sum = p256::times(k1, g).value();
  const Int r = sum.x.mod(n);
  const Point signer = key(sum, r, s1, e1);
  for (const Int& bad : {Int(0), n, n + 1, p, all}) {
    expect("r", signer, e1, bad, s1, false);
    expect("s", signer, e1, r, bad, false);
    expect("both", signer, e1, bad, bad, false);
  }
  std::vector<Case> many;
  for (int i = 0; i < 64; ++i)
    many.push_back(
        {"", e1.octets32(), i % 2 == 0 ? p256::signature_of(r, s1) : p256::signature_of(r, i % 4 == 1 ? n : 0)});
  const auto answers = by_table(*P256Table::make(p256::key_of(signer)), many);
  for (std::size_t i = 0; i < many.size(); ++i) EXPECT_EQ(answers[i], i % 2 == 0 ? Answer::good : Answer::bad) << i;
}

TEST_F(P256Edges, the_least_and_greatest_numbers_are_good_where_they_are_right) {
  const Point sum = p256::times(k1, g).value();
  const Int r = sum.x.mod(n);
  for (const Int& s : {Int(1), n - 1, n - 2, Int(2)}) {
    expect("s", key(sum, r, s, e1), e1, r, s, true);
    expect("s of another", key(sum, r, s1, e1), e1, r, s, false);
  }
  for (const Int& start : {Int(1), n - 8}) {
    const Point edge = at_or_after(start);
    expect("r", key(edge, edge.x.mod(n), s1, e1), e1, edge.x.mod(n), s1, true);
  }
  const Point signer = key(sum, r, s1, e1);
  expect("low s or high s", signer, e1, r, s1, true);
  expect("the other", signer, e1, r, n - s1, true);
  expect("r = 1", signer, e1, 1, s1, false);
  expect("r = n - 1", signer, e1, n - 1, s1, false);
  expect("both 1", signer, e1, 1, 1, false);
  expect("both n - 1", signer, e1, n - 1, n - 1, false);
}

TEST_F(P256Edges, digests_are_taken_mod_n) {
  const Point sum = p256::times(k1, g).value();
  const Int r = sum.x.mod(n), all = Int::of_hex(std::string(64, 'F'));
  const Point of_zero = key(sum, r, s1, 0), of_one = key(sum, r, s1, 1);
  expect("u1 = 0", of_zero, 0, r, s1, true);
  expect("digest n", of_zero, n, r, s1, true);
  expect("digest n + 1", of_one, n + 1, r, s1, true);
  expect("digest 1", of_one, 1, r, s1, true);
  expect("digest 0 by the key of 1", of_one, 0, r, s1, false);
  expect("digest n - 1", key(sum, r, s1, n - 1), n - 1, r, s1, true);
  expect("all ones", key(sum, r, s1, all), all, r, s1, true);
  expect("all ones but n", key(sum, r, s1, all), all - n, r, s1, true);
}

TEST_F(P256Edges, the_generator_and_its_like_are_keys) {
  // A secret of d signs e with nonce k: s = (e + d * r) / k.
  for (const Int& d : {Int(1), n - 1, Int(2), n - 2,
                       Int::of_hex("8000000000000000000000000000000000000000000000000000000000000000")}) {
    for (const Int& k : {k1, Int(1), n - 1, Int(2)}) {
      const Int r = p256::times(k, g)->x.mod(n);
      const Int s = (e1 + d.times(r, n)).times(k.inverse(n), n);
      const Point signer = p256::times(d, g).value();
      expect("small secret", signer, e1, r, s, true);
      expect("small secret, wrong digest", signer, e1 + 1, r, s, false);
    }
  }
}

TEST_F(P256Edges, what_is_no_point_has_no_table) {
  const Point any = p256::times(k1, g).value();
  const auto refused = [](const Bytes& octets) {
    EXPECT_FALSE(Evp(octets).made());
    EXPECT_FALSE(P256Table::make(octets));
  };
  refused(p256::signature_of(any.x, any.y + 1));
  refused(p256::signature_of(0, 0));
  const Point low = at_or_after(1);
  refused(p256::signature_of(low.x + p, low.y));  // right mod p, and no coordinate
  refused(Bytes(64, 0xff));
  EXPECT_FALSE(P256Table::make(Bytes(63, 1)));
  EXPECT_FALSE(P256Table::make(Bytes(65, 1)));
  EXPECT_FALSE(P256Table::make({}));
  EXPECT_EQ(ERR_peek_error(), 0U);
}

TEST_F(P256Edges, lengths_are_exact) {
  const Point sum = p256::times(k1, g).value();
  const Int r = sum.x.mod(n);
  const auto table = P256Table::make(p256::key_of(key(sum, r, s1, e1)));
  Bytes octets = p256::signature_of(r, s1);
  EXPECT_EQ(by_table(*table, {{"", e1.octets32(), octets}})[0], Answer::good);
  for (const std::size_t size : {0U, 1U, 32U, 63U, 65U, 128U}) {
    octets.resize(size);
    EXPECT_EQ(by_table(*table, {{"", e1.octets32(), octets}})[0], Answer::bad) << size;
  }
}

// --- At random ---

// ./dev soak tries the ten million without a sanitizer, who would see no more in them.
bool is_soak() { return std::getenv("TRUSTWALK_SOAK") != nullptr && !tests::is_sanitized; }
constexpr std::size_t shares = 10;
std::size_t cases_of_a_share() { return is_soak() ? 1'000'000 : 10'000; }

class P256Slow : public testing::TestWithParam<std::size_t> {
 protected:
  P256Slow() {
    const char* set = std::getenv("TRUSTWALK_SEED");
    const std::uint64_t seed = set ? std::strtoull(set, nullptr, 10) : 0;
    std::seed_seq numbers{seed, std::uint64_t{GetParam()}};
    random_.seed(numbers);
  }
  void SetUp() override {
    if (!P256Table::is_available()) GTEST_SKIP() << "this OpenSSL makes no tables";
  }
  std::size_t below(std::size_t bound) { return random_() % bound; }
  Bytes octets(std::size_t count) {
    Bytes made(count);
    for (auto& octet : made) octet = static_cast<std::uint8_t>(random_());
    return made;
  }
  Int number() { return Int::of_octets(octets(32)).mod(p256::n() - 1) + 1; }
  // Not the plain multiplication of p256_plain.h, of which a million take hours.
  Point times_g(const Int& scalar) {
    const Bytes wanted = scalar.octets32();
    BIGNUM* k = BN_bin2bn(wanted.data(), 32, nullptr);
    EC_POINT_mul(curve_.get(), product_.get(), k, nullptr, nullptr, scratch_.get());
    Bytes made(65);
    EC_POINT_point2oct(curve_.get(), product_.get(), POINT_CONVERSION_UNCOMPRESSED, made.data(), made.size(),
                       scratch_.get());
    BN_free(k);
    return {Int::of_octets(View(made).subspan(1, 32)), Int::of_octets(View(made).subspan(33))};
  }
  Case signed_by(const Int& secret) {
    const Bytes digest = below(50) == 0 ? Bytes(32, static_cast<std::uint8_t>(below(2) * 0xff)) : octets(32);
    const Int k = number(), r = times_g(k).x.mod(p256::n());
    const Int s = (Int::of_octets(digest) + secret.times(r, p256::n())).times(k.inverse(p256::n()), p256::n());
    return {"good", digest, p256::signature_of(r, s)};
  }
  // A tenth stays as it is; what becomes of the rest may be good or bad.
  void spoil(Case& one, const Case& another) {
    const auto& n = p256::n();
    const auto r = [&] { return Int::of_octets(View(one.signature).first(32)); };
    const auto s = [&] { return Int::of_octets(View(one.signature).subspan(32, 32)); };
    const auto small = [&] {
      const std::array<Int, 8> edges = {Int(0), Int(1), n - 1, n, n + 1, p256::p() - n, p256::p(), Int(2)};
      return edges[below(edges.size())];
    };
    one.what = "spoiled";
    switch (below(14)) {
      case 0: one.signature[below(64)] ^= static_cast<std::uint8_t>(1U << below(8)); break;
      case 1: one.digest[below(32)] ^= static_cast<std::uint8_t>(1U << below(8)); break;
      case 2: one.signature = p256::signature_of(r(), n - s()), one.what = "good"; break;
      case 3: one.signature = p256::signature_of(n - r(), s()); break;
      case 4: one.signature = p256::signature_of(s(), r()); break;
      case 5: one.signature = octets(64); break;
      case 6: one.signature = another.signature; break;
      case 7: one.digest = another.digest; break;
      case 8: one.signature = p256::signature_of(small(), s()); break;
      case 9: one.signature = p256::signature_of(r(), small()); break;
      case 10: one.signature.resize(below(130)); break;
      case 11: one.digest = octets(32); break;
      case 12: one.signature = p256::signature_of((r() + 1).mod(n), s()); break;
      default: one.what = "good"; break;
    }
  }

  std::mt19937_64 random_;
  struct FreeEc {
    void operator()(EC_GROUP* group) const { EC_GROUP_free(group); }
    void operator()(EC_POINT* point) const { EC_POINT_free(point); }
    void operator()(BN_CTX* context) const { BN_CTX_free(context); }
  };
  std::unique_ptr<BN_CTX, FreeEc> scratch_{BN_CTX_new()};
  std::unique_ptr<EC_GROUP, FreeEc> curve_{EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1)};
  std::unique_ptr<EC_POINT, FreeEc> product_{EC_POINT_new(curve_.get())};
};

TEST_P(P256Slow, table_and_evp_accept_the_same) {
  std::size_t tried = 0, good = 0;
  while (tried < cases_of_a_share()) {
    const Int secret = number();
    const Bytes key = p256::key_of(times_g(secret));
    const auto table = P256Table::make(key);
    ASSERT_TRUE(table);
    const Evp evp(key);
    std::vector<Case> cases;
    for (int i = 0; i < 2000; ++i) {
      Case one = signed_by(secret);
      if (!cases.empty() && below(10) < 7) spoil(one, cases[below(cases.size())]);
      cases.push_back(std::move(one));
    }
    const auto answers = by_table(*table, cases);
    for (std::size_t i = 0; i < cases.size(); ++i) {
      const bool by_evp = evp.verifies(cases[i].digest, cases[i].signature);
      ASSERT_EQ(answers[i], by_evp ? Answer::good : Answer::bad) << "key " << tried / 2000 << ", case " << i;
      ASSERT_TRUE(by_evp || cases[i].what != "good");  // the maker of the case knows better than both
      good += by_evp ? 1 : 0;
    }
    tried += cases.size();
  }
  EXPECT_GT(good, tried / 4);
  EXPECT_GT(tried - good, tried / 4);
  std::cout << tried << " signatures, " << good << " good; table and EVP agree on all\n";
}
INSTANTIATE_TEST_SUITE_P(Shares, P256Slow, testing::Range(std::size_t{0}, shares));

}  // namespace
}  // namespace validator
