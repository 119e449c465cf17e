// A whole zone judged with tables of its keys' multiples comes to the same as one judged by EVP alone, whatever is
// wrong with the zone or with the tables.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "dns/canonical.h"
#include "dns/text.h"
#include "tests/validator/p256_signer.h"
#include "validator/zone.h"

namespace validator {
namespace {

using dns::Bytes;
using dns::Name;
using dns::Record;
using dns::RRType;

constexpr std::int64_t at = 1'795'500'000;
constexpr int names = 1500;  // each with one signature: table and EVP each get hundreds
const Name apex = Name::parse("z.test.").value();

class SignedZone {
 public:
  SignedZone() {
    put(RRType::soa, apex, "ns.z.test. h.z.test. 1 3600 900 1209600 3600");
    put(RRType::ns, apex, "ns.example.net.");
    dns::Writer key;
    key.u16(signer_.key().flags);
    key.u8(signer_.key().protocol);
    key.u8(dns::number(signer_.key().algorithm));
    key.put(signer_.key().key);
    put({apex, RRType::dnskey, dns::RRClass::in, 3600, 3600, {key.take()}});
    for (int i = 0; i < names; ++i) put(RRType::a, Name::parse(std::to_string(i) + ".z.test.").value(), "192.0.2.1");
  }
  // Every `every`th signature of a name has a bit changed.
  ZoneStore store(std::size_t every) const {
    ZoneStore store;
    std::size_t seen = 0;
    for (Record record : records_) {
      if (every > 0 && record.type == RRType::rrsig && record.owner != apex && ++seen % every == 0)
        record.rdata.back() ^= 1;
      store.add(record);
    }
    store.settle();
    return store;
  }

 private:
  void put(RRType type, const Name& owner, const std::string& text) {
    put({owner, type, dns::RRClass::in, 3600, 3600, {dns::parse_rdata(type, text, apex).value()}});
  }
  void put(const dns::RRset& set) {
    for (const Bytes& data : set.rdatas) records_.push_back({set.owner, set.type, set.rrclass, set.ttl, data});
    dns::Rrsig rrsig;
    rrsig.covered = set.type;
    rrsig.algorithm = signer_.key().algorithm;
    rrsig.labels = static_cast<std::uint8_t>(dns::rrsig_labels(set.owner));
    rrsig.original_ttl = set.ttl;
    rrsig.inception = dns::Timestamp{static_cast<std::uint32_t>(at - 3600)};
    rrsig.expiration = dns::Timestamp{static_cast<std::uint32_t>(at + 86400 * 20)};
    rrsig.tag = signer_.key().tag();
    rrsig.signer = apex;
    const Bytes data = dns::signed_data(rrsig, set);
    Bytes rdata(data.begin(), data.begin() + static_cast<std::ptrdiff_t>(18 + apex.size()));  // RFC 4034 §3.1.8.1
    const Bytes signature = signer_.sign(data);
    rdata.insert(rdata.end(), signature.begin(), signature.end());
    records_.push_back({set.owner, RRType::rrsig, set.rrclass, set.ttl, rdata});
  }
  p256::Signer signer_;
  std::vector<Record> records_;
};

ZoneJudgement judged(const ZoneStore& store, KeyTables* tables, unsigned jobs) {
  ZonePlan plan;
  plan.now = dns::Time{std::chrono::seconds{at}};
  plan.jobs = jobs;
  plan.tables = tables;
  return judge_zone(store, plan);
}

class ZoneTables : public testing::TestWithParam<unsigned> {
 protected:
  void SetUp() override {
    if (!P256Table::is_available()) GTEST_SKIP() << "this OpenSSL makes no tables";
  }
  static void expect_same(const ZoneJudgement& left, const ZoneJudgement& right) {
    EXPECT_EQ(left.chain.verdict, right.chain.verdict);
    EXPECT_EQ(left.counts, right.counts);
    EXPECT_EQ(left.totals, right.totals);
    EXPECT_EQ(left.freshness, right.freshness);
  }
  static std::uint64_t incorrect(const ZoneJudgement& zone) {
    const auto found = zone.counts.find(Code::signature_incorrect);
    return found == zone.counts.end() ? 0 : found->second;
  }
};

TEST_P(ZoneTables, judge_as_evp_does) {
  const SignedZone zone;
  for (const std::size_t every : std::initializer_list<std::size_t>{0, 10, 1}) {
    const ZoneStore store = zone.store(every);
    Distrust distrust{false};
    KeyTables tables(KeyTables::Use::when_it_pays, P256Table::make, distrust);
    const auto with = judged(store, &tables, GetParam()), without = judged(store, nullptr, GetParam());
    expect_same(with, without);
    EXPECT_EQ(incorrect(with), every == 0 ? 0U : names / every);
    EXPECT_GT(tables.answers_by_table(), 300U);
    EXPECT_FALSE(tables.in_doubt());
  }
}

std::shared_ptr<const P256Table> of_a_stranger(dns::View) { return P256Table::make(p256::Signer().key().key); }

TEST_P(ZoneTables, wrong_ones_are_found_out_and_change_nothing) {
  const ZoneStore store = SignedZone().store(10);
  Distrust distrust{false};
  KeyTables tables(KeyTables::Use::when_it_pays, of_a_stranger, distrust);
  const auto with = judged(store, &tables, GetParam()), without = judged(store, nullptr, GetParam());
  EXPECT_TRUE(tables.in_doubt());
  expect_same(with, without);
  EXPECT_EQ(incorrect(with), names / 10U);
}
INSTANTIATE_TEST_SUITE_P(Threads, ZoneTables, testing::Values(1U, 2U));

}  // namespace
}  // namespace validator
