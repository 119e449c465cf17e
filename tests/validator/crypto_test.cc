// Verifier against signatures, digests and hashes that others made, and against everything that is nearly one of them.
#include "validator/crypto.h"

#include <gtest/gtest.h>
#include <openssl/err.h>

#include <algorithm>
#include <array>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "dns/canonical.h"
#include "dns/text.h"
#include "tests/trustanchor/samples.h"
#include "tests/validator/crypto_vectors.h"
#include "trustanchor/anchors.h"
#include "validator/policy.h"

namespace validator {

void PrintTo(SignatureCheck check, std::ostream* out) {
  constexpr std::array names = {"good", "incorrect", "malformed", "key_malformed", "unsupported"};
  *out << names.at(static_cast<std::size_t>(check));
}

namespace {

using dns::Algorithm;
using dns::Bytes;
using dns::Digest;

Bytes octets(std::string_view text) { return {text.begin(), text.end()}; }
Bytes hex(std::string_view text) { return dns::decode_hex(text).value(); }

// A key, what it signed, and the signature.
struct Signed {
  std::string maker;
  dns::Dnskey key;
  Bytes data;
  Bytes signature;

  SignatureCheck by(Verifier& verifier) const { return verifier.verify(key, data, signature); }
};

Signed made(const vectors::Vector& vector) {
  const dns::Name zone = dns::Name::parse(vector.zone).value();
  const dns::RRType type = dns::parse_rrtype(vector.type).value();
  dns::RRset set{dns::Name::parse(vector.owner).value(), type, dns::RRClass::in, 3600, 3600, {}};
  for (const std::string_view data : vector.data) {
    if (!data.empty()) set.rdatas.push_back(dns::parse_rdata(type, data, zone).value());
  }
  set.rdatas = dns::canonical_rdatas(type, set.rdatas);
  const auto rrsig = dns::read_rrsig(dns::parse_rdata(dns::RRType::rrsig, vector.signature, zone).value()).value();
  const auto key = dns::read_dnskey(dns::parse_rdata(dns::RRType::dnskey, vector.key, zone).value()).value();
  EXPECT_EQ(key.tag(), rrsig.tag) << vector.maker;
  return {std::string(vector.maker) + ", algorithm " + std::to_string(dns::number(key.algorithm)), key,
          dns::signed_data(rrsig, set), rrsig.signature};
}

std::vector<Signed> all_made() {
  std::vector<Signed> all;
  for (const auto& vector : vectors::signed_sets) all.push_back(made(vector));
  return all;
}

Bytes rsa_key(dns::View exponent, dns::View modulus) {
  dns::Writer key;
  key.u8(exponent.size() < 256 ? static_cast<std::uint8_t>(exponent.size()) : std::uint8_t{0});
  if (exponent.size() >= 256) key.u16(static_cast<std::uint16_t>(exponent.size()));
  key.put(exponent);
  key.put(modulus);
  return key.take();
}

// Proves C-alg-5-7, C-alg-8, C-alg-10, C-alg-13, C-alg-14, C-alg-15, C-alg-16, C-3110-5702, C-6605, C-8080
TEST(Crypto, signatures_made_by_others_are_good) {
  Verifier verifier;
  for (const Signed& each : all_made()) EXPECT_EQ(each.by(verifier), SignatureCheck::good) << each.maker;
}

TEST(Crypto, every_algorithm_has_signatures_of_four_makers) {
  for (const auto algorithm : {Algorithm{5}, Algorithm{7}, Algorithm{8}, Algorithm{10}, Algorithm{13}, Algorithm{14},
                               Algorithm{15}, Algorithm{16}}) {
    const auto all = all_made();
    EXPECT_GE(std::ranges::count(all, algorithm, [](const Signed& each) { return each.key.algorithm; }), 4);
  }
}

// Every single bit of what is signed, of the signature and of the key.
class CryptoFlips : public testing::TestWithParam<std::size_t> {};

TEST_P(CryptoFlips, no_flipped_bit_is_good) {
  Verifier verifier(Verifier::Memo::none);
  Signed one = made(vectors::signed_sets[GetParam()]);
  for (Bytes* part : {&one.data, &one.signature, &one.key.key}) {
    for (std::size_t bit = 0; bit < part->size() * 8; ++bit) {
      (*part)[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
      ASSERT_NE(one.by(verifier), SignatureCheck::good) << one.maker << ", bit " << bit;
      (*part)[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    }
  }
  EXPECT_EQ(one.by(verifier), SignatureCheck::good);
}
INSTANTIATE_TEST_SUITE_P(Vectors, CryptoFlips, testing::Range(std::size_t{0}, vectors::signed_sets.size()));

TEST(Crypto, a_key_of_another_zone_or_algorithm_is_never_good) {
  Verifier verifier;
  const auto all = all_made();
  for (const Signed& one : all) {
    for (const Signed& other : all) {
      if (one.key == other.key) continue;
      EXPECT_NE(verifier.verify(other.key, one.data, one.signature), SignatureCheck::good);
    }
    for (unsigned number = 0; number < 256; ++number) {
      dns::Dnskey relabelled = one.key;
      relabelled.algorithm = Algorithm{static_cast<std::uint8_t>(number)};
      // 5 and 7 are the same arithmetic under two numbers (RFC 5155 §2); the RRSIG's own number is within the data.
      const auto family = [](Algorithm algorithm) { return algorithm == Algorithm{7} ? Algorithm{5} : algorithm; };
      if (family(relabelled.algorithm) == family(one.key.algorithm)) continue;
      const SignatureCheck check = verifier.verify(relabelled, one.data, one.signature);
      EXPECT_NE(check, SignatureCheck::good) << one.maker << " as " << number;
      EXPECT_EQ(check == SignatureCheck::unsupported, !has_code_for(relabelled.algorithm)) << number;
    }
  }
}

// Proves C-6605, C-8080
TEST(Crypto, a_signature_of_another_length_is_malformed) {
  Verifier verifier;
  for (const Signed& one : all_made()) {
    Signed longer = one, zero_first = one, shorter = one, empty = one, tiny = one;
    longer.signature.push_back(0);
    zero_first.signature.insert(zero_first.signature.begin(), 0);
    shorter.signature.pop_back();
    empty.signature.clear();
    tiny.signature = {1};
    for (const Signed* each : {&longer, &zero_first, &shorter, &empty, &tiny})
      EXPECT_EQ(each->by(verifier), SignatureCheck::malformed) << one.maker << ", " << each->signature.size();
  }
}

// Proves C-6605, C-8080, CVE-2025-8677
TEST(Crypto, a_key_of_another_length_is_malformed) {
  Verifier verifier;
  for (const Signed& one : all_made()) {
    Signed longer = one, shorter = one, empty = one;
    longer.key.key.push_back(0);
    shorter.key.key.pop_back();
    empty.key.key.clear();
    EXPECT_EQ(empty.by(verifier), SignatureCheck::key_malformed) << one.maker;
    EXPECT_EQ(key_facts(empty.key).fault, KeyFault::empty);
    // An RSA key says its length nowhere: the signature's no longer fits, or the modulus became even.
    const bool fixed = dns::number(one.key.algorithm) >= 13;
    for (const Signed* each : {&longer, &shorter}) {
      const SignatureCheck check = each->by(verifier);
      EXPECT_TRUE(check == SignatureCheck::key_malformed || (!fixed && check == SignatureCheck::malformed))
          << one.maker;
      if (!fixed) continue;
      EXPECT_EQ(key_facts(each->key).fault, KeyFault::length);
      EXPECT_EQ(key_facts(each->key).expected_octets, one.key.key.size());
    }
    EXPECT_EQ(key_facts(one.key).fault, std::nullopt) << one.maker;
    EXPECT_EQ(key_facts(one.key).expected_octets, std::nullopt);
  }
}

// Proves C-3110-5702, L-rsa-size, L-rsa-exponent
TEST(Crypto, rsa_limits_come_before_the_arithmetic) {
  Verifier verifier;
  for (const auto& row : vectors::rsa_limits) {
    const dns::Dnskey key{256, 3, Algorithm{row.algorithm}, rsa_key(hex(row.exponent), hex(row.modulus))};
    const auto expected = row.limit == vectors::Limit::inside ? SignatureCheck::good : SignatureCheck::key_malformed;
    EXPECT_EQ(verifier.verify(key, octets(vectors::rsa_limits_data), hex(row.signature)), expected) << row.what;
    EXPECT_EQ(key_facts(key).bits, row.bits) << row.what;
    EXPECT_EQ(key_facts(key).exponent, hex(row.exponent)) << row.what;
    EXPECT_EQ(key_facts(key).fault, std::nullopt) << row.what;
  }
  const auto refused = std::ranges::count(vectors::rsa_limits, vectors::Limit::outside, &vectors::RsaLimit::limit);
  EXPECT_EQ(verifier.checks_made(), vectors::rsa_limits.size() - static_cast<std::size_t>(refused));
}

// Proves C-3110-5702
TEST(Crypto, rsa_numbers_written_wastefully_are_the_same_numbers) {
  const auto& row = vectors::rsa_limits[0];
  Verifier verifier;
  struct Case {
    std::string_view what, head, between;  // hex before the exponent, and between it and the modulus
    KeyFacts::ExponentForm form;
    bool zeros;
  };
  const std::array cases = {
      Case{"as it should be", "03", "", KeyFacts::ExponentForm::plain, false},
      Case{"exponent with a leading zero", "0400", "", KeyFacts::ExponentForm::leading_zeros, false},
      Case{"length in two octets without need", "000003", "", KeyFacts::ExponentForm::long_form, false},
      Case{"modulus with leading zeros", "03", "0000", KeyFacts::ExponentForm::plain, true},
  };
  for (const Case& each : cases) {
    const dns::Dnskey key{
        256, 3, Algorithm::rsasha256,
        hex(std::string(each.head) + std::string(row.exponent) + std::string(each.between) + std::string(row.modulus))};
    EXPECT_EQ(verifier.verify(key, octets(vectors::rsa_limits_data), hex(row.signature)), SignatureCheck::good)
        << each.what;
    const KeyFacts facts = key_facts(key);
    EXPECT_EQ(facts.exponent_form, each.form) << each.what;
    EXPECT_EQ(facts.modulus_leading_zeros, each.zeros) << each.what;
    EXPECT_EQ(facts.bits, 512U) << each.what;
    EXPECT_EQ(facts.exponent, hex("010001")) << each.what;
  }
}

// Proves C-6605
TEST(Crypto, keys_that_are_none) {
  struct Case {
    std::string_view what;
    Algorithm algorithm;
    std::string key;  // hex
    std::optional<KeyFault> fault;
  };
  const std::string zeros64(128, '0'), zeros96(192, '0'), ones64(128, 'f'), even512(128, 'c'),
      odd512 = std::string(127, 'c') + "1";
  // The generator of P-256 (SEC 2 §2.4.2) with the last bit of y flipped.
  const std::string off_curve =
      "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
      "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f4";
  // x = p + 5, with the y that belongs to x = 5: on the curve only for who reduces.
  const std::string beyond_p =
      "ffffffff00000001000000000000000000000001000000000000000000000004"
      "459243b9aa581806fe913bce99817ade11ca503c64d9a3c533415c083248fbcc";
  const std::vector<Case> cases = {
      {"P-256 point of zeros", Algorithm::ecdsap256sha256, zeros64, std::nullopt},
      {"P-256 point of ones", Algorithm::ecdsap256sha256, ones64, std::nullopt},
      {"P-256 point off the curve", Algorithm::ecdsap256sha256, off_curve, std::nullopt},
      {"P-256 coordinate not below p", Algorithm::ecdsap256sha256, beyond_p, std::nullopt},
      {"P-256 with the octet for 'uncompressed'", Algorithm::ecdsap256sha256, "04" + zeros64, KeyFault::length},
      {"P-256 compressed", Algorithm::ecdsap256sha256, "02" + off_curve.substr(0, 64), KeyFault::length},
      {"P-384 point of zeros", Algorithm::ecdsap384sha384, zeros96, std::nullopt},
      {"P-384 of P-256's length", Algorithm::ecdsap384sha384, zeros64, KeyFault::length},
      {"Ed25519 of 31 octets", Algorithm::ed25519, std::string(62, '1'), KeyFault::length},
      {"Ed448 of 56 octets", Algorithm::ed448, std::string(112, '1'), KeyFault::length},
      {"RSA: nothing", Algorithm::rsasha256, "", KeyFault::empty},
      {"RSA: exponent's length alone", Algorithm::rsasha256, "03", KeyFault::length},
      {"RSA: exponent cut short", Algorithm::rsasha256, "030100", KeyFault::length},
      {"RSA: exponent of no octets", Algorithm::rsasha256, "00", KeyFault::length},
      {"RSA: long form cut short", Algorithm::rsasha256, "0001", KeyFault::length},
      {"RSA: long form of no octets", Algorithm::rsasha256, "000000" + odd512, KeyFault::length},
      {"RSA: no modulus", Algorithm::rsasha256, "03010001", KeyFault::modulus},
      {"RSA: modulus zero", Algorithm::rsasha256, "03010001" + zeros64, KeyFault::modulus},
      {"RSA: modulus even", Algorithm::rsasha256, "03010001" + even512, KeyFault::modulus},
      {"RSA: exponent zero", Algorithm::rsasha256, "0100" + odd512, std::nullopt},
      {"RSA: exponent even", Algorithm::rsasha256, "0104" + odd512, std::nullopt},
  };
  Verifier verifier;
  for (const Case& each : cases) {
    const dns::Dnskey key{257, 3, each.algorithm, hex(each.key)};
    // Whether a point lies on the curve is looked at last, so a signature's wrong length comes before it.
    const bool by_point = dns::number(each.algorithm) >= 13 && !each.fault;
    for (const std::size_t length : {0U, 1U, 57U, 64U, 96U, 114U, 128U, 256U}) {
      const bool fits = length == each.key.size() / 2;
      EXPECT_EQ(verifier.verify(key, octets("x"), Bytes(length, 1)),
                by_point && !fits ? SignatureCheck::malformed : SignatureCheck::key_malformed)
          << each.what;
    }
    EXPECT_EQ(key_facts(key).fault, each.fault) << each.what;
  }
  EXPECT_EQ(verifier.checks_made(), 0U);
}

// Proves C-6605
TEST(Crypto, ecdsa_numbers_out_of_range_are_never_good) {
  // The orders of the two groups (SEC 2 §2.4.2, §2.5.1).
  const std::string order256 = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
  const std::string order384 =
      "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973";
  Verifier verifier;
  for (const Signed& one : all_made()) {
    const bool small = one.key.algorithm == Algorithm::ecdsap256sha256;
    if (!small && one.key.algorithm != Algorithm::ecdsap384sha384) continue;
    const std::string order = small ? order256 : order384;
    const std::string zero(order.size(), '0'), most(order.size(), 'f');
    const std::string whole = dns::encode_hex(one.signature);
    const std::string r = whole.substr(0, order.size()), s = whole.substr(order.size());
    for (const std::string& odd : {zero, order, most}) {
      for (const std::string& text : {odd + s, r + odd, odd + odd})
        EXPECT_EQ(verifier.verify(one.key, one.data, hex(text)), SignatureCheck::incorrect) << one.maker << " " << text;
    }
  }
}

TEST(Crypto, answers_are_the_same_with_and_without_memo) {
  Verifier with, without(Verifier::Memo::none);
  auto all = all_made();
  const auto valid = all.size();
  for (std::size_t i = 0; i < valid; ++i) {
    for (int part = 0; part < 3; ++part) {
      Signed bad = all[i];
      Bytes& broken = part == 0 ? bad.data : part == 1 ? bad.signature : bad.key.key;
      broken[broken.size() / 2] ^= 0x10;
      all.push_back(bad);
    }
  }
  for (int round = 0; round < 3; ++round) {
    for (const Signed& each : all) EXPECT_EQ(each.by(with), each.by(without)) << each.maker;
  }
  EXPECT_GT(with.checks_made(), 0U);
  EXPECT_EQ(without.checks_made(), 3 * with.checks_made());
}

TEST(Crypto, more_keys_and_signatures_than_are_kept) {
  Verifier verifier;
  const auto all = all_made();
  for (std::uint16_t number = 0; number < 3000; ++number) {
    dns::Dnskey key{257, 3, Algorithm::ed25519, Bytes(32, 7)};
    key.key[0] = static_cast<std::uint8_t>(number >> 8);
    key.key[1] = static_cast<std::uint8_t>(number);
    EXPECT_EQ(verifier.verify(key, octets("x"), Bytes(64, 0)), SignatureCheck::incorrect);
    const Signed& one = all[number % all.size()];
    if (number % 100 != 0) continue;
    EXPECT_EQ(one.by(verifier), SignatureCheck::good);
  }
  for (const Signed& each : all) EXPECT_EQ(each.by(verifier), SignatureCheck::good) << each.maker;
}

TEST(Crypto, leaves_no_errors_behind_and_is_not_misled_by_those_of_others) {
  Verifier verifier;
  const Signed one = made(vectors::signed_sets[4]);
  ERR_raise(ERR_LIB_USER, 1);
  EXPECT_EQ(one.by(verifier), SignatureCheck::good);
  dns::Dnskey key = one.key;
  key.key[0] ^= 1;
  EXPECT_NE(verifier.verify(key, one.data, one.signature), SignatureCheck::good);
  EXPECT_EQ(ERR_peek_error(), 0UL);
}

TEST(Crypto, a_verifier_can_be_moved) {
  Verifier first;
  const Signed one = made(vectors::signed_sets[2]);
  EXPECT_EQ(one.by(first), SignatureCheck::good);
  Verifier second = std::move(first);
  EXPECT_EQ(one.by(second), SignatureCheck::good);
  EXPECT_EQ(second.checks_made(), 1U);
}

// Proves C-digest-1, C-digest-2, C-digest-4, C-4034-5.1.4, C-6605
TEST(Crypto, digests_of_delegations) {
  struct Case {
    std::string_view source, owner, key, ds;
  };
  constexpr std::string_view rfc4509 =
      "256 3 5 "
      "AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMmmAphXdvxegXd/M5+X7"
      "OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw==";
  const std::array cases = {
      Case{"RFC 4034 §5.4", "dskey.example.com.", rfc4509, "60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118"},
      Case{"RFC 4509 §2.3", "dskey.example.com.", rfc4509,
           "60485 5 2 D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A"},
      Case{"RFC 4509 §2.3, owner in capitals", "DSKEY.Example.COM.", rfc4509,
           "60485 5 2 D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A"},
      Case{"RFC 6605 §6.1", "example.net.",
           "257 3 13 GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==",
           "55648 13 2 b4c8c1fe2e7477127b27115656ad6256f424625bf5c1e2770ce6d6e37df61d17"},
      Case{"RFC 6605 §6.2", "example.net.",
           "257 3 14 xKYaNhWdGOfJ+nPrL8/arkwf2EY3MDJ+SErKivBVSum1w/egsXvSADtNJhyem5RCOpgQ6K8X1DRSEkrbYQ+OB+v8/"
           "uX45NBwY8rp65F6Glur8I/mlVNgF6W/qTI37m40",
           "10771 14 4 "
           "72d7b62976ce06438e9c0bf319013cf801f09ecc84b8d7e9495f27e305c6a9b0563a9b5f4d288405c3008a946df983d6"},
      Case{"RFC 8080 §6.1", "example.com.", "257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=",
           "3613 15 2 3aa5ab37efce57f737fc1627013fee07bdf241bd10f3b1964ab55c78e79a304b"},
      Case{"RFC 8080 §6.2", "example.com.",
           "257 3 16 3kgROaDjrh0H2iuixWBrc8g2EpBBLCdGzHmn+G2MpTPhpj/OiBVHHSfPodx1FYYUcJKm1MDpJtIA",
           "9713 16 2 6ccf18d5bc5d7fc2fceb1d59d17321402f2aa8d368048db93dd811f5cb2b19c7"},
  };
  Verifier verifier;
  for (const Case& each : cases) {
    const dns::Name owner = dns::Name::parse(each.owner).value();
    const auto key = dns::read_dnskey(dns::parse_rdata(dns::RRType::dnskey, each.key, owner).value()).value();
    const auto ds = dns::read_ds(dns::parse_rdata(dns::RRType::ds, each.ds, owner).value()).value();
    EXPECT_EQ(key.tag(), ds.tag) << each.source;
    EXPECT_EQ(verifier.digest(ds.digest_type, dns::ds_input(owner, key)), ds.digest) << each.source;
    EXPECT_EQ(digest_octets(ds.digest_type), ds.digest.size()) << each.source;
  }
}

TEST(Crypto, built_in_anchors_are_the_digests_of_the_roots_keys) {
  Verifier verifier;
  const auto anchors = trustanchor::built_in().anchors;
  for (const std::string& line : {samples::dnskey_2017(), samples::dnskey_2024()}) {
    const auto key = std::get<dns::Dnskey>(trustanchor::parse_anchor(line).value().key);
    const dns::Ds ds{key.tag(), key.algorithm, Digest::sha256,
                     *verifier.digest(Digest::sha256, dns::ds_input({}, key))};
    const auto equals = [&](const trustanchor::Anchor& anchor) { return std::get<dns::Ds>(anchor.key) == ds; };
    EXPECT_EQ(std::ranges::count_if(anchors, equals), 1) << key.tag();
  }
}

// Proves C-6840-2, C-digest-1, C-digest-2, C-digest-4
TEST(Crypto, digest_types_with_code) {
  Verifier verifier;
  for (unsigned number = 0; number < 256; ++number) {
    const Digest type{static_cast<std::uint8_t>(number)};
    const bool known = number == 1 || number == 2 || number == 4;
    EXPECT_EQ(has_code_for(type), known) << number;
    EXPECT_EQ(digest_octets(type) != 0, known) << number;
    EXPECT_EQ(verifier.digest(type, octets("abc")).has_value(), known) << number;
  }
  // FIPS 180-4, the one-block example.
  EXPECT_EQ(verifier.digest(Digest::sha1, octets("abc")), hex("a9993e364706816aba3e25717850c26c9cd0d89d"));
}

// Proves C-5155-3.2-5
TEST(Crypto, nsec3_hashes) {
  struct Case {
    std::string_view name, salt;
    std::uint16_t iterations;
    std::string_view hash;
  };
  std::string salt255;
  for (int i = 0; i < 255; ++i) salt255 += "5a";
  const std::vector<Case> cases = {
      // RFC 5155 App. A
      {"example.", "aabbccdd", 12, "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom"},
      {"a.example.", "aabbccdd", 12, "35mthgpgcu1qg68fab165klnsnk3dpvl"},
      {"ai.example.", "aabbccdd", 12, "gjeqe526plbf1g8mklp59enfd789njgi"},
      {"ns1.example.", "aabbccdd", 12, "2t7b4g4vsa5smi47k61mv5bv1a22bojr"},
      {"ns2.example.", "aabbccdd", 12, "q04jkcevqvmu85r014c7dkba38o0ji5r"},
      {"w.example.", "aabbccdd", 12, "k8udemvp1j2f7eg6jebps17vp3n8i58h"},
      {"*.w.example.", "aabbccdd", 12, "r53bq7cc2uvmubfu5ocmm6pers9tk9en"},
      {"x.w.example.", "aabbccdd", 12, "b4um86eghhds6nea196smvmlo4ors995"},
      {"y.w.example.", "aabbccdd", 12, "ji6neoaepv8b5o6k4ev33abha8ht9fgc"},
      {"x.y.w.example.", "aabbccdd", 12, "2vptu5timamqttgl4luu9kg21e0aor3s"},
      {"xx.example.", "aabbccdd", 12, "t644ebqk9bibcna874givr6joj62mlhv"},
      {"2t7b4g4vsa5smi47k61mv5bv1a22bojr.example.", "aabbccdd", 12, "kohar7mbb8dc2ce8a9qvl8hon4k53uhi"},
      // BIND's nsec3hash 9.18.49
      {".", "", 0, "bekjp7dgpvsjukll47bk43i3urmq4u2f"},
      {"example.", "", 0, "3msev9usmd4br9s97v51r2tdvmr9iqo1"},
      {"example.", "aabbccdd", 0, "dd2if2e68kdccf63182ee63stusdmjic"},
      {"example.", "", 1, "c1kgc91hrn9nqi2qjh1ms78ki8p7s75o"},
      {"example.", "", 50, "imhm0t1isq5et2nrroj26t9vu65g76a1"},
      {"x.y.w.example.", "aabbccdd", 150, "keue17893s1c9evsv32d9et3tqujm96r"},
      {"example.", salt255, 3, "hvfladed85dulvcn3teh4itmcahviuc9"},
  };
  Verifier verifier;
  for (const Case& each : cases) {
    const dns::Name name = dns::Name::parse(each.name).value().lowered();
    EXPECT_EQ(dns::encode_base32hex(verifier.nsec3_hash(name.wire(), hex(each.salt), each.iterations)), each.hash)
        << each.name;
  }
}

// Proves C-alg-1, C-alg-3-6, C-alg-5-7, C-alg-12, C-alg-17, C-alg-23, C-alg-252, C-alg-253-254, C-digest-0,
// C-digest-3, C-digest-5-6, C-digest-rest, C-6840-5.3, C-9563, C-9558
TEST(Policy, what_may_lead_to_secure) {
  Policy plain, sha1, only;
  sha1.sha1 = Policy::Sha1::accepted;
  only.only_algorithms = {{Algorithm::ecdsap256sha256, Algorithm::rsasha1, Algorithm::rsamd5, Algorithm{12}}};
  only.only_digests = {{Digest::sha384, Digest::gost94}};
  const auto within = [](unsigned number, std::initializer_list<unsigned> list) {
    return std::ranges::find(list, number) != list.end();
  };
  for (unsigned number = 0; number < 256; ++number) {
    const Algorithm algorithm{static_cast<std::uint8_t>(number)};
    const Digest digest{static_cast<std::uint8_t>(number)};
    EXPECT_EQ(plain.accepts(algorithm), within(number, {8, 10, 13, 14, 15, 16, 18})) << number;
    EXPECT_EQ(sha1.accepts(algorithm), within(number, {5, 7, 8, 10, 13, 14, 15, 16, 18})) << number;
    EXPECT_EQ(only.accepts(algorithm), within(number, {13})) << number;
    EXPECT_EQ(plain.accepts(digest), within(number, {1, 2, 4})) << number;
    EXPECT_EQ(only.accepts(digest), within(number, {4})) << number;
  }
}

}  // namespace
}  // namespace validator
