// ML-DSA-44 through the Verifier: the draft's example, another signer's, and every way in which a lenient verifier
// would say yes.
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "dns/canonical.h"
#include "dns/text.h"
#include "tests/validator/mldsa_vectors.h"
#include "validator/crypto.h"

namespace validator {
namespace {

using dns::Bytes;

struct Signed {
  dns::Dnskey key;
  Bytes data, signature;
};

Signed made(const vectors::Vector& vector) {
  const dns::Name zone = dns::Name::parse(vector.zone).value();
  const dns::RRType type = dns::parse_rrtype(vector.type).value();
  dns::RRset set{dns::Name::parse(vector.owner).value(), type, dns::RRClass::in, 3600, 3600, {}};
  for (const std::string_view data : vector.data) {
    if (!data.empty()) set.rdatas.push_back(dns::parse_rdata(type, data, zone).value());
  }
  const auto rrsig = dns::read_rrsig(dns::parse_rdata(dns::RRType::rrsig, vector.signature, zone).value()).value();
  const auto key = dns::read_dnskey(dns::parse_rdata(dns::RRType::dnskey, vector.key, zone).value()).value();
  EXPECT_EQ(key.tag(), rrsig.tag);
  return {key, dns::signed_data(rrsig, set), rrsig.signature};
}

// FIPS 204, algorithm 26 (sigEncode): 32 octets of challenge, 4 * 576 of z, then the hints: 80 positions and 4 running
// counts.
constexpr std::size_t hints_at = 32 + 4 * 576, counts_at = hints_at + 80;

class MlDsa : public testing::Test {
 protected:
  SignatureCheck check(const Signed& each) { return verifier_.verify(each.key, each.data, each.signature); }

  const Signed draft_ = made(vectors::mldsa_sets[0]);
  Verifier verifier_{Verifier::Memo::none};
};
class MlDsaSlow : public MlDsa {};

// Proves C-alg-18
TEST_F(MlDsa, signatures_made_by_others_are_good) {
  for (const auto& vector : vectors::mldsa_sets) EXPECT_EQ(check(made(vector)), SignatureCheck::good) << vector.maker;
  EXPECT_EQ(draft_.data.size(), 74U);
  const dns::Name owner = dns::Name::parse("example.com.").value();
  EXPECT_EQ(dns::encode_hex(*verifier_.digest(dns::Digest::sha256, dns::ds_input(owner, draft_.key))),
            "812cb1a22af04380e2f72d91c06c14eb1a918cf30037a8a9c67497e9264b4bfa");
}

TEST_F(MlDsaSlow, no_flipped_bit_of_data_or_signature_is_good) {
  Signed each = draft_;
  for (Bytes* part : {&each.data, &each.signature}) {
    for (std::size_t bit = 0; bit < part->size() * 8; ++bit) {
      (*part)[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
      ASSERT_NE(check(each), SignatureCheck::good) << "bit " << bit;
      (*part)[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    }
  }
}

TEST_F(MlDsaSlow, no_flipped_bit_of_the_key_is_good) {
  Signed each = draft_;
  for (std::size_t bit = 0; bit < each.key.key.size() * 8; bit += 3) {  // every octet, every bit of it somewhere
    each.key.key[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    ASSERT_NE(check(each), SignatureCheck::good) << "bit " << bit;
    each.key.key[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
  }
}

// Proves C-mldsa, L-mldsa-size
TEST_F(MlDsa, lengths) {
  for (const int change : {-1, 1}) {
    Signed each = draft_;
    each.signature.resize(each.signature.size() + static_cast<std::size_t>(change));
    EXPECT_EQ(check(each), SignatureCheck::malformed);
    each = draft_;
    each.key.key.resize(each.key.key.size() + static_cast<std::size_t>(change));
    EXPECT_EQ(check(each), SignatureCheck::key_malformed);
    EXPECT_EQ(key_facts(each.key).fault, KeyFault::length);
    EXPECT_EQ(key_facts(each.key).expected_octets, 1312U);
  }
}

// FIPS 204 algorithm 3, step 13: without the bound on z anyone could forge.
TEST_F(MlDsa, an_answer_beyond_the_bound_is_refused) {
  Signed each = draft_;
  each.signature = dns::decode_base64(vectors::mldsa_beyond_bound).value();
  EXPECT_EQ(check(each), SignatureCheck::incorrect);
}

// The same set of hints in another form (FIPS 204 algorithm 21): each of these a lenient reader takes for the draft's
// own.
TEST_F(MlDsa, hints_have_one_form_only) {
  const std::size_t first_row = draft_.signature[counts_at], all = draft_.signature[counts_at + 3];
  ASSERT_GE(first_row, 2U);
  ASSERT_LT(all, 80U);

  Signed swapped = draft_;
  std::swap(swapped.signature[hints_at], swapped.signature[hints_at + 1]);
  EXPECT_EQ(check(swapped), SignatureCheck::incorrect);

  for (std::size_t at = all; at < 80; ++at) {
    Signed padded = draft_;
    padded.signature[hints_at + at] = 1;
    EXPECT_EQ(check(padded), SignatureCheck::incorrect) << at;
  }

  Signed repeated = draft_;  // the last hint twice
  repeated.signature[hints_at + all] = repeated.signature[hints_at + all - 1];
  ++repeated.signature[counts_at + 3];
  EXPECT_EQ(check(repeated), SignatureCheck::incorrect);

  for (std::size_t row = 0; row < 4; ++row) {
    for (unsigned count = 0; count < 256; ++count) {
      Signed each = draft_;
      if (each.signature[counts_at + row] == count) continue;
      each.signature[counts_at + row] = static_cast<std::uint8_t>(count);
      EXPECT_EQ(check(each), SignatureCheck::incorrect) << row << ": " << count;
    }
  }
}

TEST_F(MlDsa, octets_without_sense_are_read_to_no_end_but_theirs) {
  for (unsigned value = 0; value < 256; value += 5) {
    Signed each = draft_;
    std::ranges::fill(each.signature, static_cast<std::uint8_t>(value));
    EXPECT_EQ(check(each), SignatureCheck::incorrect);
    std::ranges::fill(each.key.key, static_cast<std::uint8_t>(value));
    EXPECT_EQ(check(each), SignatureCheck::incorrect);
    each.signature = draft_.signature;
    EXPECT_EQ(check(each), SignatureCheck::incorrect);
  }
}

}  // namespace
}  // namespace validator
