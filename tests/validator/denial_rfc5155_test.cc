// The zone and the examples of RFC 5155 §A and §B, with real hashes.
#include <memory>
#include <string>
#include <vector>

#include "tests/validator/denial_table.h"
#include "validator/crypto.h"

namespace denial_table {
namespace {

using dns::Name;

Name name(std::string_view text) { return Name::parse(text).value(); }

validator::Nsec3Hash real_hash() {
  return
      [verifier = std::make_shared<validator::Verifier>()](dns::View octets, dns::View salt, std::uint16_t iterations) {
        return verifier->nsec3_hash(octets, salt, iterations);
      };
}

// RFC 5155 §A, all with opt-out; c.example. is an unsigned delegation without a record.
std::vector<std::string> rfc_zone(int flags) {
  const std::string middle = ".example. NSEC3 1 " + std::to_string(flags) + " 12 aabbccdd ";
  const std::vector<std::pair<std::string, std::string>> ring = {
      {"0p9mhaveqvm6t7vbl5lop2u3t2rp3tom", "MX DNSKEY NS SOA NSEC3PARAM RRSIG"},  // example.
      {"2t7b4g4vsa5smi47k61mv5bv1a22bojr", "A RRSIG"},                            // ns1.example.
      {"2vptu5timamqttgl4luu9kg21e0aor3s", "MX RRSIG"},                           // x.y.w.example.
      {"35mthgpgcu1qg68fab165klnsnk3dpvl", "NS DS RRSIG"},                        // a.example.
      {"b4um86eghhds6nea196smvmlo4ors995", "MX RRSIG"},                           // x.w.example.
      {"gjeqe526plbf1g8mklp59enfd789njgi", "A HINFO AAAA RRSIG"},                 // ai.example.
      {"ji6neoaepv8b5o6k4ev33abha8ht9fgc", ""},                                   // y.w.example.
      {"k8udemvp1j2f7eg6jebps17vp3n8i58h", ""},                                   // w.example.
      {"kohar7mbb8dc2ce8a9qvl8hon4k53uhi", "A RRSIG"},                            // 2t7b….example.
      {"q04jkcevqvmu85r014c7dkba38o0ji5r", "A RRSIG"},                            // ns2.example.
      {"r53bq7cc2uvmubfu5ocmm6pers9tk9en", "MX RRSIG"},                           // *.w.example.
      {"t644ebqk9bibcna874givr6joj62mlhv", "A HINFO AAAA RRSIG"},                 // xx.example.
  };
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < ring.size(); ++i)
    lines.push_back(ring[i].first + middle + ring[(i + 1) % ring.size()].first + " " + ring[i].second);
  return lines;
}

// The records of the RFC's zone whose hashes begin so.
std::vector<validator::DenialSet> rfc_sets(std::string_view starts, int flags) {
  std::vector<validator::DenialSet> sets;
  for (const std::string& line : rfc_zone(flags))
    if (starts.find(line.substr(0, 4)) != std::string_view::npos) sets.push_back(set_of(line, name("example.")));
  return sets;
}

// Proves C-6840-6.3-4, C-5155-8.4, C-5155-8.5, C-5155-8.6, C-5155-8.7, C-5155-8.8
TEST(DenialRfc5155, Examples) {
  struct Row {
    std::string_view why, starts, question, opt_out, no_opt_out;
  };
  const Row rows[] = {
      {"B.1 name error", "0p9m b4um 35mt", "nxdomain a.c.x.w.example.", "insecure nsec3-opt-out", "proven"},
      {"B.2 no data", "2t7b", "nodata ns1.example. MX", "proven", "proven"},
      {"B.2.1 no data, empty non-terminal", "ji6n", "nodata y.w.example. A", "proven", "proven"},
      {"B.3 referral to an opt-out unsigned zone", "0p9m 35mt", "cut c.example.",
       "insecure insecure-delegation nsec3-opt-out", "proven absent"},
      {"B.3 as a question for DS", "0p9m 35mt", "nodata c.example. DS", "insecure nsec3-opt-out",
       "failed opt-out-needed"},
      {"B.4 wildcard expansion", "q04j", "wildcard a.z.w.example. 2", "insecure nsec3-opt-out", "proven"},
      {"B.5 wildcard no data", "k8ud q04j r53b", "nodata a.z.w.example. AAAA", "insecure nsec3-opt-out", "proven"},
      {"B.6 DS at the child's apex", "0p9m", "nodata example. DS", "failed ds-denial-from-child",
       "failed ds-denial-from-child"},
      {"signed delegation", "35mt", "cut a.example.", "failed unproven ds-denial-unfit",
       "failed unproven ds-denial-unfit"},
      {"name error, no closest encloser", "35mt", "nxdomain a.c.x.w.example.", "failed closest-encloser-unproven",
       "failed closest-encloser-unproven"},
      {"name error, next closer not covered", "b4um 35mt", "nxdomain a.c.x.w.example.", "failed name-not-denied",
       "failed name-not-denied"},
      {"name error, wildcard not covered", "0p9m b4um", "nxdomain a.c.x.w.example.", "insecure nsec3-opt-out",
       "failed wildcard-not-denied"},
      {"the name exists", "2t7b 0p9m", "nxdomain ns1.example.", "failed name-not-denied nxdomain-contradicted",
       "failed name-not-denied nxdomain-contradicted"},
      {"so does an empty non-terminal", "ji6n 0p9m", "nxdomain y.w.example.",
       "failed name-not-denied nxdomain-contradicted", "failed name-not-denied nxdomain-contradicted"},
      {"no data, type there", "2t7b", "nodata ns1.example. A", "failed denied-type-listed",
       "failed denied-type-listed"},
      {"no data, no record", "q04j", "nodata ns1.example. MX", "failed nodata-record-missing",
       "failed nodata-record-missing"},
      {"nothing", "", "nodata ns1.example. MX", "failed denial-missing", "failed denial-missing"},
      {"wildcard, nothing", "", "wildcard a.z.w.example. 2", "failed wildcard-proof-missing",
       "failed wildcard-proof-missing"},
      {"wildcard, next closer not covered", "2t7b", "wildcard a.z.w.example. 2", "failed wildcard-proof-missing",
       "failed wildcard-proof-missing"},
      {"wildcard, closer name", "b4um", "wildcard a.x.w.example. 2", "failed wildcard-not-applicable",
       "failed wildcard-not-applicable"},
      {"below a delegation", "35mt 0p9m", "nxdomain x.a.example.", "failed denial-beyond-authority",
       "failed denial-beyond-authority"},
      {"a cut below a delegation", "35mt 0p9m", "cut x.a.example.", "failed unproven denial-beyond-authority",
       "failed unproven denial-beyond-authority"},
      {"the delegation's own data", "35mt", "nodata a.example. A", "failed denial-beyond-authority",
       "failed denial-beyond-authority"},
      {"no cut", "2t7b", "cut ns1.example.", "proven not-a-cut", "proven not-a-cut"},
      {"no cut at an empty non-terminal", "ji6n", "cut y.w.example.", "proven not-a-cut", "proven not-a-cut"},
  };
  World world;
  world.hash = real_hash();
  for (const Row& row : rows) {
    EXPECT_EQ(judge(world, rfc_sets(row.starts, 1), row.question), row.opt_out) << row.why;
    EXPECT_EQ(judge(world, rfc_sets(row.starts, 0), row.question), row.no_opt_out) << row.why << ", without opt-out";
  }
}

}  // namespace
}  // namespace denial_table
