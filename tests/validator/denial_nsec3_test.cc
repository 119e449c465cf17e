// NSEC3 proofs case by case: the examples of RFC 5155 §B with real hashes, then one rule after the other with hashes at
// will.
#include <algorithm>
#include <map>

#include "dns/canonical.h"
#include "dns/text.h"
#include "tests/validator/denial_table.h"

namespace denial_table {
namespace {

using dns::Name;

Name name(std::string_view text) { return Name::parse(text).value(); }

// A hash that puts every name where the case wants it: the number before the name, 1 to 255, as all of its octets.
class Ring {
 public:
  explicit Ring(const std::map<std::string, int>& places) {
    for (const auto& [text, place] : places) places_[name(text)] = place;
  }
  validator::Nsec3Hash hash() const {
    return [places = places_](dns::View octets, dns::View, std::uint16_t) {
      const auto place = places.find(Name::from_wire(octets).value());
      return dns::Bytes(20, static_cast<std::uint8_t>(place == places.end() ? 250 : place->second));
    };
  }
  // "40 90 A RRSIG": from and to, then the types; `head` is hash, flags, iterations and salt.
  static validator::DenialSet set(std::string_view text, std::string_view head, std::string_view zone) {
    const auto first = text.find(' '), second = std::min(text.find(' ', first + 1), text.size());
    const std::string line = label(text.substr(0, first)) + "." + std::string(zone) + " NSEC3 " + std::string(head) +
                             " " + label(text.substr(first + 1, second - first - 1)) + std::string(text.substr(second));
    return set_of(line, name(zone));
  }

 private:
  static std::string label(std::string_view place) {
    return dns::encode_base32hex(dns::Bytes(20, static_cast<std::uint8_t>(std::stoi(std::string(place)))));
  }
  std::map<Name, int> places_;
};

const Ring ring({{"example.", 100},
                 {"a.example.", 50},
                 {"*.example.", 150},
                 {"x.a.example.", 200},
                 {"*.a.example.", 20},
                 {"c.example.", 120},
                 {"d.example.", 10},
                 {"b.a.example.", 60}});

struct Nsec3Case {
  std::string_view why;
  std::vector<std::string_view> records;
  std::string_view question, answer;
};

void expect_each_ring(const std::vector<Nsec3Case>& cases, std::string_view head) {
  World world;
  world.hash = ring.hash();
  for (const Nsec3Case& row : cases) {
    std::vector<validator::DenialSet> sets;
    for (const auto record : row.records) sets.push_back(Ring::set(record, head, "example."));
    EXPECT_EQ(judge(world, sets, row.question), row.answer) << row.why;
    std::ranges::reverse(sets);
    EXPECT_EQ(judge(world, sets, row.question), row.answer) << row.why << " (turned)";
  }
}

// Proves C-5155-wrap, C-5155-8.3, C-5155-8.4, C-5155-8.5, C-5155-8.7, C-5155-8.8, C-5155-8.9, C-6840-4.1, C-6840-4.3
TEST(DenialNsec3, Covering) {
  expect_each_ring(
      {
          {"C-5155-wrap: the last record spans the beginning",
           {"100 100 NS SOA RRSIG"},
           "nxdomain d.example.",
           "proven"},
          {"and the end", {"100 50 NS SOA RRSIG"}, "nxdomain c.example.", "proven"},
          {"but not what it leaves", {"100 8 NS SOA RRSIG"}, "nxdomain d.example.", "failed name-not-denied"},
          {"a record alone covers all but itself",
           {"100 100 NS SOA RRSIG"},
           "nxdomain example.",
           "failed name-not-denied nxdomain-contradicted"},
          {"an end is not covered", {"100 120 NS SOA RRSIG"}, "nxdomain c.example.", "failed name-not-denied"},
          {"two records", {"100 130 NS SOA RRSIG", "130 160 A RRSIG"}, "nxdomain c.example.", "proven"},
          {"the wildcard exists",
           {"100 130 NS SOA RRSIG", "150 160 A RRSIG"},
           "nxdomain c.example.",
           "failed wildcard-not-denied"},
          {"C-5155-8.3 the closest encloser is a DNAME",
           {"100 100 NS SOA RRSIG", "50 100 DNAME RRSIG"},
           "nxdomain x.a.example.",
           "failed denial-beyond-authority"},
          {"C-5155-8.3 or a delegation",
           {"100 50 NS SOA RRSIG", "50 100 NS DS RRSIG"},
           "nxdomain x.a.example.",
           "failed denial-beyond-authority"},
          {"an unsigned one as well",
           {"100 50 NS SOA RRSIG", "50 100 NS"},
           "nodata x.a.example. DS",
           "failed denial-beyond-authority"},
          {"though of itself it denies DS", {"50 100 NS"}, "nodata a.example. DS", "proven"},
          {"and is an unsigned cut", {"50 100 NS"}, "cut a.example.", "proven insecure-delegation"},
          {"C-6840-4.3", {"50 100 CNAME RRSIG"}, "nodata a.example. TXT", "failed denied-type-listed"},
          {"SOA at a cut", {"50 100 NS SOA RRSIG"}, "cut a.example.", "failed child-side ds-denial-from-child"},
          {"wildcard no data", {"100 130 NS SOA RRSIG", "150 160 A RRSIG"}, "nodata c.example. TXT", "proven"},
          {"wildcard with the type",
           {"100 130 NS SOA RRSIG", "150 160 A RRSIG"},
           "nodata c.example. A",
           "failed denied-type-listed"},
          {"wildcard with an alias",
           {"100 130 NS SOA RRSIG", "150 160 CNAME RRSIG"},
           "nodata c.example. A",
           "failed denied-type-listed"},
          {"wildcard not shown", {"100 130 NS SOA RRSIG"}, "nodata c.example. A", "failed nodata-record-missing"},
          {"wildcard denied",
           {"100 130 NS SOA RRSIG", "130 160 A RRSIG"},
           "nodata c.example. A",
           "failed nodata-record-missing"},
          {"wildcard of a higher name does not count",
           {"50 100 A RRSIG", "100 50 NS SOA RRSIG", "150 160 A RRSIG"},
           "nodata x.a.example. TXT",
           "failed nodata-record-missing"},
          {"wildcard answer denied by the record itself",
           {"100 50 NS SOA RRSIG"},
           "wildcard c.example. 1",
           "failed wildcard-not-applicable"},
          {"wildcard answer below a delegation",
           {"50 100 NS RRSIG", "150 50 A RRSIG"},
           "wildcard x.a.example. 2",
           "failed denial-beyond-authority"},
          {"made for one name",
           {"119 121 A RRSIG", "100 101 NS SOA RRSIG", "149 151 A"},
           "nodata example. TXT",
           "proven"},
      },
      "1 0 0 -");
}

// Proves C-5155-8.5, C-5155-8.6, C-5155-9.2
TEST(DenialNsec3, OptOut) {
  expect_each_ring(
      {
          {"C-5155-8.5 an empty non-terminal above left out delegations",
           {"100 130 NS SOA RRSIG"},
           "nodata c.example. A",
           "insecure nsec3-opt-out"},
          {"C-5155-8.6", {"100 130 NS SOA RRSIG"}, "nodata c.example. DS", "insecure nsec3-opt-out"},
          {"a matching record is not weakened", {"50 100 A RRSIG"}, "nodata a.example. TXT", "proven"},
          {"wildcard no data",
           {"100 130 NS SOA RRSIG", "150 160 A RRSIG"},
           "nodata c.example. TXT",
           "insecure nsec3-opt-out"},
          {"a covering record without a closest encloser proves nothing",
           {"110 130 A RRSIG"},
           "cut c.example.",
           "failed unproven nodata-record-missing"},
          {"everything below it",
           {"100 70 NS SOA RRSIG", "50 55 A RRSIG"},
           "cut b.a.example.",
           "insecure insecure-delegation nsec3-opt-out"},
      },
      "1 1 0 -");
  // One span with opt-out, the other without (RFC 5155 §6: the flag is each record's own).
  World world;
  world.hash = ring.hash();
  const auto plain = Ring::set("100 130 NS SOA RRSIG", "1 0 0 -", "example.");
  const auto opt_out = Ring::set("130 160 A RRSIG", "1 1 0 -", "example.");
  EXPECT_EQ(judge(world, {plain, opt_out}, "nxdomain c.example."), "insecure nsec3-opt-out")
      << "the wildcard may be there";
  EXPECT_EQ(judge(world, {plain, opt_out}, "nodata c.example. A"), "insecure nsec3-opt-out") << "and be empty";
  EXPECT_EQ(judge(world, {plain, opt_out}, "cut c.example."), "proven absent");
}

// C-5155-loc, C-5155-3.1.2, C-5155-3.2.
// Proves C-5155-loc, C-5155-3.1.2, C-5155-3.2-5, C-9157, CVE-2026-10723, CVE-2026-33278
TEST(DenialNsec3, RecordsThatDoNotCount) {
  World world;
  world.hash = ring.hash();
  const auto good = Ring::set("100 100 NS SOA RRSIG", "1 0 0 -", "example.");
  const auto judge_with = [&](validator::DenialSet other) {
    return judge(world, {std::move(other)}, "nxdomain c.example.");
  };
  EXPECT_EQ(judge_with(good), "proven");

  auto other = good;
  other.signer = name("com.");
  EXPECT_EQ(judge_with(other), "failed nsec3-from-other-zone denial-missing") << "CVE-2026-10723";
  EXPECT_EQ(judge_with(Ring::set("100 100 NS SOA RRSIG", "1 0 0 -", "sub.example.")),
            "failed nsec3-from-other-zone denial-missing")
      << "the child's apex as the parent's";
  other = Ring::set("100 100 NS SOA RRSIG", "1 0 0 -", "sub.example.");
  other.signer = name("example.");
  EXPECT_EQ(judge_with(other), "failed nsec3-from-other-zone denial-missing") << "two labels below the zone";
  other = good;
  other.set.owner = name("example.");
  EXPECT_EQ(judge_with(other), "failed nsec3-from-other-zone denial-missing") << "the apex itself";
  other = good;
  other.rrsig_labels = 1;
  EXPECT_EQ(judge_with(other), "failed denial-beyond-authority denial-missing") << "made from *.example.";
  EXPECT_EQ(judge_with(Ring::set("100 100 NS SOA RRSIG", "2 0 0 -", "example.")), "failed nsec3-ignored denial-missing")
      << "§8.1";
  EXPECT_EQ(judge_with(Ring::set("100 100 NS SOA RRSIG", "1 2 0 -", "example.")), "failed nsec3-ignored denial-missing")
      << "§8.2";
  EXPECT_EQ(judge_with(Ring::set("100 100 NS SOA RRSIG", "1 129 0 -", "example.")),
            "failed nsec3-ignored denial-missing")
      << "§8.2";
  for (const std::string_view owner :
       {"abc.example.", "00000000000000000000000000000000a.example.", "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww.example."}) {
    other = good;
    other.set.owner = name(owner);
    EXPECT_EQ(judge_with(other), "failed nsec3-ignored denial-missing") << owner;
  }
  EXPECT_EQ(judge_with(set_of("0000000000000000000000000000000a.example. NSEC3 1 0 0 - 00000000 A", name("example."))),
            "failed nsec3-ignored denial-missing")
      << "next of 5 octets";
  other = good;
  other.set.rdatas.push_back(Ring::set("100 120 A", "1 0 0 -", "example.").set.rdatas.front());
  EXPECT_EQ(judge_with(other), "failed denial-chain-broken denial-missing");
  other.set.rdatas = {{1, 0, 0}};
  EXPECT_EQ(judge_with(other), "failed nsec3-ignored denial-missing") << "unreadable";

  // Beside a good one it does no harm.
  EXPECT_EQ(judge(world, {good, Ring::set("100 100 NS SOA RRSIG", "2 0 0 -", "example.")}, "nxdomain c.example."),
            "proven");
  // C-5155-3.1.2 (CVE-2026-33278).
  EXPECT_EQ(judge(world, {good, Ring::set("150 160 A", "1 0 1 -", "example.")}, "nxdomain c.example."),
            "failed nsec3-parameters-mixed");
  EXPECT_EQ(judge(world, {good, Ring::set("150 160 A", "1 0 0 aa", "example.")}, "nxdomain c.example."),
            "failed nsec3-parameters-mixed");
  EXPECT_EQ(judge(world, {good, Ring::set("160 170 A", "1 1 0 -", "example.")}, "nxdomain c.example."), "proven")
      << "flags may differ";
}

// C-9276-3.2, CVE-2026-1519: insecure, and not one hash computed.
// Proves C-9276-3.2, L-nsec3-iterations, CVE-2026-1519
TEST(DenialNsec3, Iterations) {
  const auto zone = name("example.");
  for (const int iterations : {50, 51, 65535}) {
    const std::string head = "1 0 " + std::to_string(iterations) + " -";
    int hashed = 0;
    World world;
    world.hash = [&, hash = ring.hash()](dns::View octets, dns::View salt, std::uint16_t count) {
      ++hashed;
      return hash(octets, salt, count);
    };
    const auto set = Ring::set("100 100 NS SOA RRSIG", head, "example.");
    const bool above = iterations > 50;
    EXPECT_EQ(judge(world, {set}, "nxdomain c.example."), above ? "insecure nsec3-iterations-above-limits" : "proven");
    EXPECT_EQ(judge(world, {set}, "nodata example. TXT"), above ? "insecure nsec3-iterations-above-limits" : "proven");
    EXPECT_EQ(judge(world, {set}, "cut c.example."),
              above ? "insecure insecure-delegation nsec3-iterations-above-limits" : "proven absent");
    EXPECT_EQ(hashed == 0, above);
  }
  validator::Work work{{}};
  const validator::Denial denial(zone, {Ring::set("100 100 NS SOA RRSIG", "1 1 120 aabb", "example.")}, {}, ring.hash(),
                                 work);
  EXPECT_EQ(details(denial.prove_nxdomain(name("c.example.")).problems.front()),
            "iterations=120 verdicts=BIND insecure, Knot insecure, PowerDNS insecure, hickory insecure");
  EXPECT_EQ(denial.parameters(), (dns::Nsec3param{1, 0, 120, {0xaa, 0xbb}}));
  EXPECT_TRUE(denial.has_opt_out());
}

// CVE-2023-50868: what one name may cost, in SHA-1 blocks.
// Proves C-5155-opt, L-nsec3-hash-units, L-nsec3-records, CVE-2023-50868
TEST(DenialNsec3, HashingIsBounded) {
  const auto zone = name("example.");
  const auto apex = [](std::string_view head) { return Ring::set("100 100 NS SOA RRSIG", head, "example."); };
  std::string deep;
  for (int i = 0; i < 120; ++i) deep += "a.";
  const Name longest = name(deep + "example.");
  const std::string long_salt(510, 'a');  // 255 octets: five blocks a round

  struct Row {
    std::string_view why;
    std::string head;
    Name asked;
    bool proven;
  };
  const Row rows[] = {
      {"a full proof at 50 iterations without salt", "1 0 50 -", longest, true},
      {"no iterations, the longest salt", "1 0 0 " + long_salt, name("c.example."), true},
      {"50 iterations, the longest salt", "1 0 50 " + long_salt, longest, false},
  };
  for (const Row& row : rows) {
    std::uint64_t blocks = 0;
    const validator::Nsec3Hash hash = [&, plain = ring.hash()](dns::View octets, dns::View salt,
                                                               std::uint16_t iterations) {
      blocks += (octets.size() + salt.size() + 8) / 64 + 1 + iterations * ((20 + salt.size() + 8) / 64 + 1);
      return plain(octets, salt, iterations);
    };
    validator::Work work{{}};
    const validator::Denial denial(zone, {apex(row.head)}, {}, hash, work);
    const auto proof = denial.prove_nxdomain(row.asked);
    EXPECT_EQ(proof.outcome == validator::Proof::Outcome::proven, row.proven) << row.why;
    EXPECT_LE(blocks, 64 * (row.asked.labels() + 2)) << row.why;
    if (row.proven) continue;
    EXPECT_EQ(slugs(proof.problems), "work-budget-spent") << row.why;
    EXPECT_EQ(details(proof.problems.front()).substr(0, 18), "which=nsec3-hashes") << row.why;
    EXPECT_EQ(denial.prove_cut(row.asked).proof.outcome, validator::Proof::Outcome::failed) << "once spent, spent";
  }

  // Each name is hashed once for all questions.
  int hashed = 0;
  const validator::Nsec3Hash count = [&, plain = ring.hash()](dns::View octets, dns::View salt,
                                                              std::uint16_t iterations) {
    ++hashed;
    return plain(octets, salt, iterations);
  };
  validator::Work work{{}};
  const validator::Denial denial(zone, {apex("1 0 0 -")}, {}, count, work);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(denial.prove_nxdomain(name("C.example.")).outcome, validator::Proof::Outcome::proven);
    EXPECT_EQ(denial.prove_cut(name("c.EXAMPLE.")).cut, validator::CutProof::Cut::absent);
  }
  EXPECT_EQ(hashed, 3) << "the name, the apex, the wildcard";

  World world;
  world.hash = ring.hash();
  world.policy.bounds.nsec3_records = 1;
  EXPECT_EQ(judge(world, {apex("1 0 0 -"), Ring::set("150 160 A", "1 0 0 -", "example.")}, "nxdomain c.example."),
            "failed work-budget-spent");
  world.hash = [](dns::View, dns::View, std::uint16_t) { return dns::Bytes{1, 2, 3}; };
  EXPECT_EQ(judge(world, {apex("1 0 0 -")}, "nxdomain c.example."), "failed closest-encloser-unproven")
      << "no hash, no proof";
}

// C-nsec-both: apart, never together; one of them suffices.
// Proves C-nsec-both
TEST(DenialNsec3, BesideNsec) {
  World world;
  world.hash = ring.hash();
  const auto zone = name("example.");
  const auto nsec3_apex = Ring::set("100 100 NS SOA RRSIG", "1 0 0 -", "example.");
  const auto nsec3_a = Ring::set("50 60 A RRSIG", "1 0 0 -", "example.");
  const auto covers_name = set_of("b.example. NSEC d.example. A RRSIG NSEC", zone);
  const auto covers_wildcard = set_of("example. NSEC a.example. NS SOA RRSIG NSEC", zone);
  EXPECT_EQ(judge(world, {nsec3_apex, covers_name, covers_wildcard}, "nxdomain c.example."),
            "proven denial-kinds-mixed");
  EXPECT_EQ(judge(world, {nsec3_a, covers_name, covers_wildcard}, "nxdomain c.example."), "proven denial-kinds-mixed");
  EXPECT_EQ(judge(world, {nsec3_apex, covers_name}, "nxdomain c.example."), "proven denial-kinds-mixed");
  EXPECT_EQ(judge(world, {nsec3_a, covers_name}, "nxdomain c.example."),
            "failed wildcard-not-denied closest-encloser-unproven denial-kinds-mixed");
  EXPECT_EQ(judge(world, {Ring::set("100 100 NS SOA", "1 1 0 -", "example."), covers_name}, "nxdomain c.example."),
            "insecure nsec3-opt-out denial-kinds-mixed");
}

TEST(DenialNsec3, MadeOnline) {
  const auto zone = name("example.");
  // White lies for c.example. (hash 120 times 20 octets): one step below and above it (RFC 7129 §B).
  dns::Bytes below(20, 120), above(20, 120);
  --below.back();
  ++above.back();
  const auto narrow = [&](const dns::Bytes& from, const dns::Bytes& to, std::string_view types) {
    return set_of(
        dns::encode_base32hex(from) + ".example. NSEC3 1 0 0 - " + dns::encode_base32hex(to) + " " + std::string(types),
        zone);
  };
  dns::Bytes wild_below(20, 150), wild_above(20, 150);
  --wild_below.back();
  ++wild_above.back();
  World world;
  world.hash = ring.hash();
  EXPECT_EQ(judge(world,
                  {narrow(below, above, ""), narrow(wild_below, wild_above, ""),
                   Ring::set("100 101 NS SOA", "1 0 0 -", "example.")},
                  "nxdomain c.example."),
            "proven denial-made-online");
  EXPECT_EQ(judge(world, {narrow(dns::Bytes(20, 120), above, "RRSIG NXNAME")}, "nodata c.example. A"),
            "proven denial-made-online");
}

// Parameters as findings.md §2.8 names them.
TEST(DenialNsec3, Details) {
  const auto zone = name("example.");
  const auto first = [&](std::vector<validator::DenialSet> sets, std::string_view question) {
    validator::Work work{{}};
    return details(
        proof_of(validator::Denial(zone, std::move(sets), {}, ring.hash(), work), question).problems.front());
  };
  const auto set = [](std::string_view text, std::string_view head) { return Ring::set(text, head, "example."); };
  EXPECT_EQ(first({set("100 110 SOA", "1 0 0 -")}, "nxdomain c.example."), "form=nsec3 name=c.example.");
  EXPECT_EQ(first({set("50 60 A", "1 0 0 -")}, "nxdomain c.example."), "name=c.example.");
  EXPECT_EQ(first({set("100 130 SOA", "1 0 0 -")}, "nodata c.example. DS"), "next_closer=c.example.");
  EXPECT_EQ(first({set("100 130 SOA", "1 1 0 -")}, "cut c.example."), "which=proof next_closer=c.example.");
  EXPECT_EQ(first({set("100 130 SOA", "1 4 0 -")}, "cut c.example."), "reason=flags flags=4");
  EXPECT_EQ(first({set("100 130 SOA", "7 0 0 -")}, "cut c.example."), "reason=hash hash=7");
  EXPECT_EQ(first({Ring::set("100 130 SOA", "1 0 0 -", "sub.example.")}, "cut c.example."), "signer=sub.example.");
  EXPECT_EQ(first({set("50 60 NS DS", "1 0 0 -")}, "cut a.example."), "reason=has-ds types=NS, DS");
}

}  // namespace
}  // namespace denial_table
