// The real root zone of 2020-10-19, offline: every signature in it verifies, from the built-in anchor down, and none
// survives a flipped bit.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "dns/canonical.h"
#include "dns/text.h"
#include "trustanchor/anchors.h"
#include "validator/crypto.h"

namespace validator {
namespace {

constexpr std::size_t signatures_in_file = 2884;  // counted with awk '$4 == "RRSIG"'
const dns::Time noon = dns::parse_time("2020-10-21T12:00:00Z").value();

std::string zone_path() {
  const char* shared = std::getenv("TRUSTWALK_SHARED");
  const std::string folder = shared != nullptr ? shared : TRUSTWALK_SOURCE_DIR "/../shared";
  return folder + "/data/root-2020101902.zone";
}

// One signature with what it covers.
struct Covered {
  dns::RRset set;
  dns::Rrsig rrsig;

  dns::Bytes data() const { return dns::signed_data(rrsig, set); }
};

class RootZone : public testing::Test {
 protected:
  void SetUp() override {
    std::ifstream file(zone_path(), std::ios::binary);
    if (!file) GTEST_SKIP() << "no real data here: " << zone_path() << " (set TRUSTWALK_SHARED)";
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto records = dns::parse_zone(text);
    ASSERT_TRUE(records) << records.error().line << ": " << records.error().why;
    for (const dns::SignedRRset& each : dns::group(*records)) {
      if (each.set.type == dns::RRType::dnskey) keys_ = each;
      for (const dns::Record& signature : each.signatures) {
        const auto rrsig = dns::read_rrsig(signature.rdata);
        ASSERT_TRUE(rrsig);
        covered_.push_back({each.set, *rrsig});
      }
    }
    ASSERT_EQ(covered_.size(), signatures_in_file);
  }

  // The zone's key that the built-in anchor's digest names, then what that key signs: the set of keys.
  std::optional<dns::Dnskey> entry_key() {
    for (const trustanchor::Anchor& anchor : trustanchor::built_in().of({}, noon)) {
      const auto& ds = std::get<dns::Ds>(anchor.key);
      for (const dns::Bytes& rdata : keys_.set.rdatas) {
        const auto key = dns::read_dnskey(rdata).value();
        if (verifier_.digest(ds.digest_type, dns::ds_input({}, key)) == ds.digest) return key;
      }
    }
    return std::nullopt;
  }
  dns::Dnskey key_of(const dns::Rrsig& rrsig) const {
    for (const dns::Bytes& rdata : keys_.set.rdatas) {
      const auto key = dns::read_dnskey(rdata).value();
      if (key.tag() == rrsig.tag && key.algorithm == rrsig.algorithm) return key;
    }
    ADD_FAILURE() << "no key " << rrsig.tag;
    return {};
  }
  SignatureCheck check(const Covered& each) {
    return verifier_.verify(key_of(each.rrsig), each.data(), each.rrsig.signature);
  }

  std::vector<Covered> covered_;
  dns::SignedRRset keys_;
  Verifier verifier_{Verifier::Memo::none};
};
class RootZoneSlow : public RootZone {};

TEST_F(RootZone, every_signature_verifies_from_the_built_in_anchor_down) {
  const auto entry = entry_key();
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->tag(), 20326);
  EXPECT_EQ(keys_.signatures.size(), 1U);
  std::size_t by_entry_key = 0, by_zone_key = 0;
  for (const Covered& each : covered_) {
    EXPECT_FALSE(dns::before(dns::timestamp(noon), each.rrsig.inception));
    EXPECT_FALSE(dns::before(each.rrsig.expiration, dns::timestamp(noon)));
    EXPECT_TRUE(each.rrsig.signer.is_root());
    EXPECT_EQ(check(each), SignatureCheck::good) << each.set.owner.print() << " " << dns::to_text(each.set.type);
    const bool keys = each.set.type == dns::RRType::dnskey;
    EXPECT_EQ(key_of(each.rrsig) == *entry, keys);
    ++(keys ? by_entry_key : by_zone_key);
  }
  EXPECT_EQ(by_entry_key, 1U);
  EXPECT_EQ(by_zone_key, signatures_in_file - 1);
}

TEST_F(RootZone, a_record_left_out_or_put_in_is_noticed) {
  for (std::size_t i = 0; i < covered_.size(); i += 29) {
    Covered less = covered_[i], more = covered_[i];
    less.set.rdatas.pop_back();
    EXPECT_NE(check(less), SignatureCheck::good) << less.set.owner.print();
    dns::Bytes another = more.set.rdatas.back();
    another.back() ^= 1;
    more.set.rdatas.push_back(another);
    EXPECT_NE(check(more), SignatureCheck::good) << more.set.owner.print();
  }
}

TEST_F(RootZone, letter_case_order_repeats_and_ttl_are_not_signed) {
  for (std::size_t i = 0; i < covered_.size(); i += 29) {
    Covered each = covered_[i];
    std::string upper = each.set.owner.print();
    std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    each.set.owner = dns::Name::parse(upper).value();
    each.set.ttl = each.set.ttl_max = 7;
    std::ranges::reverse(each.set.rdatas);
    each.set.rdatas.push_back(each.set.rdatas.front());
    EXPECT_EQ(check(each), SignatureCheck::good) << upper;
  }
}

TEST_F(RootZoneSlow, no_bit_of_several_signatures_of_each_type_can_be_flipped) {
  constexpr std::size_t of_each_type = 12;
  std::map<dns::RRType, std::size_t> done;
  for (const Covered& each : covered_) {
    if (done[each.set.type]++ >= of_each_type) continue;
    const dns::Dnskey key = key_of(each.rrsig);
    dns::Bytes data = each.data(), signature = each.rrsig.signature;
    for (dns::Bytes* part : {&data, &signature}) {
      for (std::size_t bit = 0; bit < part->size() * 8; ++bit) {
        (*part)[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        ASSERT_NE(verifier_.verify(key, data, signature), SignatureCheck::good) << each.set.owner.print() << " " << bit;
        (*part)[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
      }
    }
    ASSERT_EQ(verifier_.verify(key, data, signature), SignatureCheck::good);
  }
  EXPECT_GE(done.size(), 5U);  // SOA, NS, NSEC, DNSKEY, DS
}

TEST_F(RootZoneSlow, no_bit_of_any_signature_was_found_that_can_be_flipped) {
  std::mt19937 random(20201019);
  for (const Covered& each : covered_) {
    const dns::Dnskey key = key_of(each.rrsig);
    dns::Bytes data = each.data();
    for (int flip = 0; flip < 200; ++flip) {
      const std::size_t bit = random() % (data.size() * 8);
      data[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
      ASSERT_NE(verifier_.verify(key, data, each.rrsig.signature), SignatureCheck::good)
          << each.set.owner.print() << " " << bit;
      data[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    }
  }
}

}  // namespace
}  // namespace validator
