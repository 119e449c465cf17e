// The real root zone of 2020-10-19 as a whole: it holds at its time, and each of 33 faults planted in it is told by
// exactly the findings that follow from the fault (notices aside). The expectations are reasoned from the rules; nobody
// here has the zone's private keys, so a changed record is also a wrong signature.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <set>

#include "dns/text.h"
#include "validator/zone.h"

namespace validator {
namespace {

using dns::Record;
using dns::RRType;
using Records = std::vector<Record>;

dns::Name name(std::string_view text) { return dns::Name::parse(text).value(); }
Record record(std::string_view text) { return dns::parse_record(text).value(); }

bool is_at(const Record& one, std::string_view owner, RRType type) {
  return one.type == type && one.owner == name(owner);
}
bool covers(const Record& one, std::string_view owner, RRType covered) {
  return is_at(one, owner, RRType::rrsig) && dns::read_rrsig(one.rdata)->covered == covered;
}
Record& find(Records& zone, std::string_view owner, RRType type) {
  return *std::ranges::find_if(zone, [&](const Record& one) { return is_at(one, owner, type); });
}
Record& signature(Records& zone, std::string_view owner, RRType covered) {
  return *std::ranges::find_if(zone, [&](const Record& one) { return covers(one, owner, covered); });
}
void drop(Records& zone, std::string_view owner, RRType type) {
  ASSERT_GT(std::erase_if(zone, [&](const Record& one) { return is_at(one, owner, type); }), 0U);
}
void unsign(Records& zone, std::string_view owner, RRType type) {
  ASSERT_GT(std::erase_if(zone, [&](const Record& one) { return covers(one, owner, type); }), 0U);
}
template <class Change>
void edit_signature(Records& zone, std::string_view owner, RRType covered, Change change) {
  Record& one = signature(zone, owner, covered);
  auto rrsig = dns::read_rrsig(one.rdata).value();
  change(rrsig);
  one.rdata = dns::write(rrsig);
}
template <class Change>
void edit_nsec(Records& zone, std::string_view owner, Change change) {
  Record& one = find(zone, owner, RRType::nsec);
  auto nsec = dns::read_nsec(one.rdata).value();
  change(nsec);
  one.rdata = dns::write(nsec);
}
void set_ttl(Records& zone, std::string_view owner, RRType type, dns::Ttl ttl) {
  for (Record& one : zone)
    if (is_at(one, owner, type)) one.ttl = ttl;
}

struct Fault {
  std::string_view about;
  std::function<void(Records&)> plant;
  std::set<std::string> told;
  std::string_view verdict;
  std::string_view at = "2020-10-21T12:00:00Z";
};

const std::vector<Fault>& faults() {
  static const std::vector<Fault> all{
      {"a DS set without signature", [](Records& z) { unsign(z, "com.", RRType::ds); }, {"signature-missing"}, "bogus"},
      {"a broken signature",
       [](Records& z) { signature(z, "org.", RRType::ds).rdata.back() ^= 1; },
       {"signature-incorrect"},
       "bogus"},
      {"a changed digest",
       [](Records& z) { find(z, "org.", RRType::ds).rdata.back() ^= 1; },
       {"signature-incorrect"},
       "bogus"},
      {"a DS set gone, its signature left",
       [](Records& z) { drop(z, "com.", RRType::ds); },
       {"signature-orphaned", "bitmap-contradicts-data"},
       "bogus"},
      {"a DS set gone",
       [](Records& z) { unsign(z, "com.", RRType::ds), drop(z, "com.", RRType::ds); },
       {"bitmap-contradicts-data"},
       "bogus"},
      {"an NSEC gone",
       [](Records& z) { unsign(z, "com.", RRType::nsec), drop(z, "com.", RRType::nsec); },
       {"nsec-missing-at-name"},
       "bogus"},
      {"an NSEC without signature",
       [](Records& z) { unsign(z, "com.", RRType::nsec); },
       {"signature-missing"},
       "bogus"},
      {"an NSEC that passes over a name",
       [](Records& z) { edit_nsec(z, "com.", [](dns::Nsec& nsec) { nsec.next = name("comsec."); }); },
       {"denial-chain-broken", "signature-incorrect"},
       "bogus"},
      {"an NSEC that leads to no name",
       [](Records& z) { edit_nsec(z, "com.", [](dns::Nsec& nsec) { nsec.next = name("coma."); }); },
       {"denial-chain-broken", "signature-incorrect"},
       "bogus"},
      {"a chain that is not closed",
       [](Records& z) { edit_nsec(z, "zw.", [](dns::Nsec& nsec) { nsec.next = name("aaa."); }); },
       {"denial-chain-broken", "signature-incorrect"},
       "bogus"},
      {"a type list that omits DS",
       [](Records& z) { edit_nsec(z, "com.", [](dns::Nsec& nsec) { std::erase(nsec.types.types, RRType::ds); }); },
       {"bitmap-contradicts-data", "signature-incorrect"},
       "bogus"},
      {"all signatures over", [](Records&) {}, {"signature-expired"}, "bogus", "2020-11-15T00:00:00Z"},
      {"no signature begun", [](Records&) {}, {"signature-not-yet-valid"}, "bogus", "2020-10-01T00:00:00Z"},
      {"the key set's signature over, the others with seven hours",
       [](Records&) {},
       {"signature-expired", "ttl-outlives-signature"},
       "bogus",
       "2020-11-01T12:00:00Z"},
      {"the signing key gone",
       [](Records& z) {
         std::erase_if(z, [](const Record& one) {
           return one.type == RRType::dnskey && dns::read_dnskey(one.rdata)->tag() == 26116;
         });
       },
       {"signature-incorrect", "signing-key-missing"},
       "bogus"},
      {"a record twice", [](Records& z) { z.push_back(find(z, "com.", RRType::ns)); }, {"record-duplicate"}, "secure"},
      {"an address below a delegation that is no glue",
       [](Records& z) { z.push_back(record("unused.com. 172800 A 192.0.2.1")); },
       {"out-of-zone-data"},
       "secure"},
      {"text below a delegation",
       [](Records& z) { z.push_back(record("a.gtld-servers.net. 172800 TXT x")); },
       {"out-of-zone-data"},
       "secure"},
      {"a delegation that the chain does not know",
       [](Records& z) { z.push_back(record("comb. 172800 NS a.gtld-servers.net.")); },
       {"nsec-missing-at-name"},
       "bogus"},
      {"data that was added and not signed",
       [](Records& z) { z.push_back(record("comb. 172800 TXT x")); },
       {"nsec-missing-at-name", "signature-missing"},
       "bogus"},
      {"a signature over the NS set of a delegation",
       [](Records& z) {
         z.push_back(signature(z, "com.", RRType::ds));
         z.back().rdata[1] = static_cast<std::uint8_t>(dns::number(RRType::ns));
       },
       {"non-authoritative-data-signed"},
       "secure"},
      {"a TTL raised", [](Records& z) { set_ttl(z, "org.", RRType::ds, 172800); }, {"ttl-above-original"}, "secure"},
      {"a signature's TTL lowered",
       [](Records& z) { signature(z, "org.", RRType::ds).ttl = 3600; },
       {"ttls-differ"},
       "secure"},
      {"an NSEC's TTL lowered",
       [](Records& z) { set_ttl(z, "org.", RRType::nsec, 3600), signature(z, "org.", RRType::nsec).ttl = 3600; },
       {"nsec-ttl-wrong"},
       "secure"},
      {"another serial",
       [](Records& z) {
         auto soa = dns::read_soa(find(z, ".", RRType::soa).rdata).value();
         ++soa.serial;
         find(z, ".", RRType::soa).rdata = dns::write(soa);
       },
       {"signature-incorrect"},
       "bogus"},
      {"no name servers",
       [](Records& z) { unsign(z, ".", RRType::ns), drop(z, ".", RRType::ns); },
       // The root servers' addresses lie below net. and org.; nobody else names them.
       {"zone-apex-incomplete", "bitmap-contradicts-data", "out-of-zone-data"},
       "bogus"},
      {"an alias at a delegation",
       [](Records& z) { z.push_back(record("com. 172800 CNAME org.")); },
       {"alias-with-other-data"},
       "secure"},
      {"a DS at the apex",
       [](Records& z) {
         z.push_back(find(z, "com.", RRType::ds));
         z.back().owner = {};
       },
       {"ds-misplaced", "signature-missing", "bitmap-contradicts-data"},
       "bogus"},
      {"a foreign signer",
       [](Records& z) { edit_signature(z, "com.", RRType::ds, [](dns::Rrsig& one) { one.signer = name("com."); }); },
       {"signature-signer-foreign"},
       "bogus"},
      {"too many labels",
       [](Records& z) { edit_signature(z, "com.", RRType::ds, [](dns::Rrsig& one) { one.labels = 2; }); },
       {"signature-labels-wrong"},
       "bogus"},
      {"an inverted period",
       [](Records& z) {
         edit_signature(z, "com.", RRType::ds, [](dns::Rrsig& one) { std::swap(one.inception, one.expiration); });
       },
       {"signature-period-inverted"},
       "bogus"},
      {"a signature by a key that is not there",
       [](Records& z) { edit_signature(z, "com.", RRType::ds, [](dns::Rrsig& one) { ++one.tag; }); },
       {"signing-key-missing"},
       "bogus"},
      {"such a one beside a good one",
       [](Records& z) {
         const Record good = signature(z, "com.", RRType::ds);
         edit_signature(z, "com.", RRType::ds, [](dns::Rrsig& one) { ++one.tag; });
         z.push_back(good);
       },
       {"signature-spare-bad"},
       "secure"},
      {"an NSEC at glue",
       [](Records& z) {
         z.push_back(find(z, "com.", RRType::nsec));
         z.back().owner = name("a.gtld-servers.net.");
       },
       {"nsec-surplus"},
       "bogus"},
  };
  return all;
}

class WholeRootZone : public testing::Test {
 protected:
  void SetUp() override {
    const char* shared = std::getenv("TRUSTWALK_SHARED");
    const std::string path = (shared != nullptr ? std::string(shared) : TRUSTWALK_SOURCE_DIR "/../shared") +
                             std::string("/data/root-2020101902.zone");
    std::ifstream file(path, std::ios::binary);
    if (!file) GTEST_SKIP() << "no real data here: " << path << " (set TRUSTWALK_SHARED)";
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    records_ = dns::parse_zone(text).value();
  }

  static ZoneJudgement judge(const Records& records, std::string_view at, unsigned jobs = 2) {
    ZoneStore store;
    for (const Record& one : records) store.add(one);
    store.settle();
    ZonePlan plan;
    plan.now = dns::parse_time(at).value();
    plan.jobs = jobs;
    return judge_zone(store, plan);
  }
  static std::set<std::string> told(const ZoneJudgement& zone) {
    std::set<std::string> slugs;
    for (const auto& [code, count] : zone.counts)
      if (row(code).severity != Severity::notice) slugs.emplace(to_text(code));
    return slugs;
  }

  Records records_;
};

TEST_F(WholeRootZone, HoldsAtItsTime) {
  const auto zone = judge(records_, "2020-10-21T12:00:00Z");
  EXPECT_EQ(to_text(zone.chain.verdict), "secure");
  EXPECT_THAT(told(zone), testing::IsEmpty());
  EXPECT_EQ(zone.serial, 2020101902U);
  EXPECT_EQ(zone.totals.records, 21591U);    // wc -l
  EXPECT_EQ(zone.totals.signatures, 2884U);  // awk '$4 == "RRSIG"'
  EXPECT_EQ(zone.totals.denials, 1509U);     // awk '$4 == "NSEC"'
  EXPECT_EQ(zone.totals.delegations, 1508U);
  EXPECT_EQ(zone.freshness.first, dns::parse_time("2020-11-01T00:00:00Z"));
}

TEST_F(WholeRootZone, TellsEachPlantedFaultAndNothingElse) {
  for (const Fault& fault : faults()) {
    SCOPED_TRACE(fault.about);
    Records records = records_;
    fault.plant(records);
    const auto zone = judge(records, fault.at);
    EXPECT_EQ(to_text(zone.chain.verdict), fault.verdict);
    EXPECT_EQ(told(zone), fault.told);
  }
}

// Order of records and number of threads are chance.
TEST_F(WholeRootZone, IsJudgedAlikeInAnyOrderByAnyNumberOfThreads) {
  Records records = records_;
  faults()[3].plant(records);
  const auto said = [](const ZoneJudgement& zone) {
    std::vector<std::string> lines;
    for (const Finding& finding : zone.chain.findings) lines.push_back(sentence(finding));
    return lines;
  };
  const auto one = judge(records, "2020-11-01T12:00:00Z", 1);
  std::ranges::reverse(records);
  const auto other = judge(records, "2020-11-01T12:00:00Z", 5);
  EXPECT_EQ(said(one), said(other));
  EXPECT_EQ(one.counts, other.counts);
  EXPECT_EQ(one.freshness, other.freshness);
}

// RFC 8976 §A.1.
TEST(ZoneDigest, OfTheRfcsExample) {
  constexpr std::string_view zone =
      "example. 86400 IN SOA ns1.example. admin.example. 2018031900 1800 900 604800 86400\n"
      "example. 86400 IN NS ns1.example.\n"
      "example. 86400 IN NS ns2.example.\n"
      "example. 86400 IN ZONEMD 2018031900 1 1 c68090d90a7aed716bc459f9340e3d7c1370d4d24b7e2fc3a1ddc0b9a87153b9a9713b3c"
      "9ae5cc27777f98b8e730044c\n"
      "ns1.example. 3600 IN A 203.0.113.63\n"
      "ns2.example. 3600 IN AAAA 2001:db8::63\n";
  const auto counts = [](std::string_view text) {
    ZoneStore store;
    const auto records = dns::parse_zone(text).value();
    for (const Record& one : records) store.add(one);
    store.settle();
    return judge_zone(store, {}).counts;
  };
  EXPECT_THAT(counts(zone), testing::IsEmpty());
  std::string changed(zone);
  changed.replace(changed.find("203.0.113.63"), 12, "203.0.113.64");
  EXPECT_EQ(counts(changed), (std::map<Code, std::uint64_t>{{Code::zonemd_mismatch, 1}}));
}

}  // namespace
}  // namespace validator
