// NSEC proofs case by case: the examples of RFC 4035 §B, then one rule after the other.
#include "tests/validator/denial_table.h"

namespace denial_table {
namespace {

// The zone of RFC 4035 §A.
constexpr std::string_view apex = "example. NSEC a.example. NS SOA MX RRSIG NSEC DNSKEY";
constexpr std::string_view a = "a.example. NSEC ai.example. NS DS RRSIG NSEC";
constexpr std::string_view b = "b.example. NSEC ns1.example. NS RRSIG NSEC";
constexpr std::string_view ns1 = "ns1.example. NSEC ns2.example. A RRSIG NSEC";
constexpr std::string_view ns2 = "ns2.example. NSEC *.w.example. A RRSIG NSEC";
constexpr std::string_view wild = "*.w.example. NSEC x.w.example. MX RRSIG NSEC";
constexpr std::string_view x_w = "x.w.example. NSEC x.y.w.example. MX RRSIG NSEC";
constexpr std::string_view x_y_w = "x.y.w.example. NSEC xx.example. MX RRSIG NSEC";
constexpr std::string_view xx = "xx.example. NSEC example. A HINFO AAAA RRSIG NSEC";

// Proves C-4035-5.4, C-6840-6.3-4, C-4035-2.3
TEST(DenialNsec, ExamplesOfRfc4035) {
  expect_each({}, {
                      {"B.2 name error", {b, apex}, "nxdomain ml.example.", "proven"},
                      {"B.3 no data", {ns1}, "nodata ns1.example. MX", "proven"},
                      {"B.5 referral to an unsigned zone", {b}, "cut b.example.", "proven insecure-delegation"},
                      {"B.6 wildcard expansion", {x_y_w}, "wildcard a.z.w.example. 2", "proven"},
                      {"B.7 wildcard no data", {x_y_w, wild}, "nodata a.z.w.example. AAAA", "proven"},
                      {"B.8 DS at the child's apex", {apex}, "nodata example. DS", "failed ds-denial-from-child"},
                  });
}

// Proves C-4035-5.4, C-4034-4.1.1, C-2308-8020, C-4592
TEST(DenialNsec, NameError) {
  expect_each(
      {}, {
              {"no record at all", {}, "nxdomain ml.example.", "failed denial-missing"},
              {"nothing covers the name", {apex}, "nxdomain ml.example.", "failed name-not-denied"},
              {"nothing covers the wildcard", {b}, "nxdomain ml.example.", "failed wildcard-not-denied"},
              {"the last record leads back to the apex", {xx, apex}, "nxdomain zz.example.", "proven"},
              {"the name exists", {ns1, apex}, "nxdomain ns1.example.", "failed name-not-denied nxdomain-contradicted"},
              {"C-2308/8020 an empty non-terminal exists",
               {ns2, apex},
               "nxdomain w.example.",
               "failed name-not-denied nxdomain-contradicted"},
              {"one below it as well: y.w.example",
               {x_w, wild},
               "nxdomain y.w.example.",
               "failed name-not-denied nxdomain-contradicted"},
              {"the wildcard answers", {x_y_w, wild}, "nxdomain a.z.w.example.", "failed wildcard-not-denied"},
              {"the next name bounds the closest encloser",
               {"a.example. NSEC !.b.example. A RRSIG NSEC", apex},
               "nxdomain \\001.b.example.",
               "failed wildcard-not-denied"},
              {"its wildcard is covered by the same record",
               {"a.example. NSEC c.b.example. A RRSIG NSEC"},
               "nxdomain a.b.example.",
               "proven"},
              {"a wildcard without data exists (RFC 4592 §2.2.2)",
               {"example. NSEC a.*.example. NS SOA RRSIG NSEC", "a.*.example. NSEC example. A RRSIG NSEC"},
               "nxdomain c.example.",
               "failed wildcard-not-denied"},
              {"letter case does not count (RFC 4343)",
               {"B.Example. NSEC NS1.example. NS RRSIG NSEC", "EXAMPLE. NSEC a.example. SOA RRSIG NSEC"},
               "nxdomain mL.eXample.",
               "proven"},
              {"a name outside the zone", {b, apex}, "nxdomain ml.test.", "failed denial-missing"},
              {"octets before the asterisk",
               {"example. NSEC \\255.example. SOA RRSIG NSEC"},
               "nxdomain \\000.example.",
               "proven"},
          });
}

// Proves C-4035-5.4, C-6840-4.3, C-4592
TEST(DenialNsec, NoData) {
  expect_each(
      {}, {
              {"no record at all", {}, "nodata ns1.example. MX", "failed denial-missing"},
              {"another name's record", {ns2}, "nodata ns1.example. MX", "failed nodata-record-missing"},
              {"the type is there", {ns1}, "nodata ns1.example. A", "failed denied-type-listed"},
              {"C-6840-4.3 a CNAME is there",
               {"c.example. NSEC d.example. CNAME RRSIG NSEC"},
               "nodata c.example. A",
               "failed denied-type-listed"},
              {"the name is denied", {b}, "nodata ml.example. A", "failed nodata-name-denied"},
              {"empty non-terminal: any type", {ns2}, "nodata w.example. A", "proven"},
              {"empty non-terminal: DS", {ns2}, "nodata w.example. DS", "proven"},
              {"ANY: only what DNSSEC adds may be there",
               {"c.example. NSEC d.example. RRSIG NSEC"},
               "nodata c.example. ANY",
               "proven"},
              {"ANY: something is there", {ns1}, "nodata ns1.example. ANY", "failed denied-type-listed"},
              {"the wildcard has the type", {x_y_w, wild}, "nodata a.z.w.example. MX", "failed denied-type-listed"},
              {"the wildcard's record is not sent", {x_y_w}, "nodata a.z.w.example. AAAA", "failed nodata-name-denied"},
              {"the wildcard is an alias",
               {x_y_w, "*.w.example. NSEC x.w.example. CNAME RRSIG NSEC"},
               "nodata a.z.w.example. A",
               "failed denied-type-listed"},
              {"a closer name exists, so the wildcard is not asked",
               {"y.w.example. NSEC z.z.w.example. A RRSIG NSEC", wild},
               "nodata a.z.w.example. A",
               "failed nodata-name-denied"},
              {"a wildcard that is an empty non-terminal",
               {"example. NSEC a.*.example. NS SOA RRSIG NSEC", "a.*.example. NSEC example. A RRSIG NSEC"},
               "nodata c.example. A",
               "proven"},
              {"no delegation is made from a wildcard (RFC 4592 §4.2)",
               {x_y_w, "*.w.example. NSEC x.w.example. NS RRSIG NSEC"},
               "nodata a.z.w.example. A",
               "failed denial-beyond-authority"},
          });
  const World root{".", {}, {}};
  expect_each(root, {{"the root has no parent that could know better",
                      {". NSEC aaa. NS SOA RRSIG NSEC DNSKEY"},
                      "nodata . DS",
                      "proven"},
                     {"names of the top",
                      {". NSEC aaa. NS SOA RRSIG NSEC DNSKEY", "tz. NSEC zw. NS RRSIG NSEC"},
                      "nxdomain zero.",
                      "proven"}});
}

// C-6840-4.1, C-6840-4.4, C-4035-5.2.
// Proves C-4035-2.3, C-6840-4.1, C-6840-4.4
TEST(DenialNsec, NoRecordSpeaksForAnotherZone) {
  expect_each(
      {}, {
              {"a delegation denies its own types", {b}, "nodata b.example. A", "failed denial-beyond-authority"},
              {"a delegation denies what is below it",
               {b, apex},
               "nxdomain www.b.example.",
               "failed denial-beyond-authority"},
              {"a delegation for the data of a name below",
               {b},
               "nodata www.b.example. A",
               "failed denial-beyond-authority"},
              {"a delegation for a cut below", {b}, "cut www.b.example.", "failed unproven denial-beyond-authority"},
              {"a delegation for a wildcard below", {b}, "wildcard www.b.example. 2", "failed denial-beyond-authority"},
              {"a DNAME denies what is below it",
               {"d.example. NSEC e.example. DNAME RRSIG NSEC"},
               "nxdomain x.d.example.",
               "failed denial-beyond-authority"},
              {"a DNAME denies a type of its own",
               {"d.example. NSEC e.example. DNAME RRSIG NSEC"},
               "nodata d.example. A",
               "proven"},
              {"a DNAME beside a name",
               {"d.example. NSEC f.example. DNAME RRSIG NSEC", apex},
               "nxdomain e.example.",
               "proven"},
              {"a DNAME at the apex",
               {"example. NSEC example. NS SOA DNAME RRSIG NSEC"},
               "nxdomain x.example.",
               "failed denial-beyond-authority"},
              {"the apex has NS and SOA, and a say", {apex}, "wildcard 0.example. 1", "failed wildcard-not-applicable"},
              {"a delegation with DS", {a}, "cut a.example.", "failed unproven ds-denial-unfit"},
              {"DS asked at a delegation with DS", {a}, "nodata a.example. DS", "failed denied-type-listed"},
              {"DS asked at one without", {b}, "nodata b.example. DS", "proven"},
              {"C-6840-4.4 without NS it is no delegation", {ns1}, "cut ns1.example.", "proven not-a-cut"},
              {"a CNAME owner is no cut",
               {"c.example. NSEC d.example. CNAME RRSIG NSEC"},
               "cut c.example.",
               "proven not-a-cut"},
              {"an empty non-terminal is no cut", {ns2}, "cut w.example.", "proven not-a-cut"},
              {"nothing at the name", {b}, "cut ml.example.", "proven absent"},
              {"nothing said", {apex}, "cut ml.example.", "failed unproven nodata-record-missing"},
              {"no record", {}, "cut ml.example.", "failed unproven denial-missing"},
              {"SOA in the list of a name below the apex",
               {"b.example. NSEC c.example. NS SOA RRSIG NSEC"},
               "cut b.example.",
               "failed child-side ds-denial-from-child"},
              {"the child's own apex",
               {"[signer=b.example.] b.example. NSEC b.example. NS SOA RRSIG NSEC"},
               "cut b.example.",
               "failed child-side ds-denial-from-child signature-signer-foreign denial-missing"},
              {"the same as an answer",
               {"[signer=b.example.] b.example. NSEC b.example. NS SOA RRSIG NSEC"},
               "nodata b.example. DS",
               "failed ds-denial-from-child signature-signer-foreign denial-missing"},
              {"a CNAME owner is no cut, but has no DS to deny",
               {"c.example. NSEC d.example. CNAME RRSIG NSEC"},
               "nodata c.example. DS",
               "failed denied-type-listed"},
              {"the child's other records",
               {"[signer=b.example.] b.example. NSEC c.b.example. NS RRSIG NSEC"},
               "cut b.example.",
               "failed unproven signature-signer-foreign denial-missing"},
          });
}

// Proves C-nsec-next, CVE-2026-13321, CVE-2026-52688
TEST(DenialNsec, OnlyRecordsOfTheZoneCount) {
  expect_each({}, {
                      {"C-nsec-next CVE-2026-13321 next outside",
                       {"b.example. NSEC z.test. A RRSIG NSEC", apex},
                       "nxdomain ml.example.",
                       "failed nsec-next-outside-zone name-not-denied"},
                      {"next above the zone",
                       {"b.example. NSEC . A RRSIG NSEC", apex},
                       "nxdomain ml.example.",
                       "failed nsec-next-outside-zone name-not-denied"},
                      {"owner outside",
                       {"a.test. NSEC example. A RRSIG NSEC"},
                       "nodata ml.example. A",
                       "failed nsec-next-outside-zone denial-missing"},
                      {"a suffix of the text is no suffix of the name",
                       {"b.example. NSEC z.notexample. A RRSIG NSEC"},
                       "nodata ml.example. A",
                       "failed nsec-next-outside-zone denial-missing"},
                      {"CVE-2026-11721 a wildcard above the zone",
                       {"[labels=0] b.example. NSEC ns1.example. A RRSIG NSEC"},
                       "nodata ml.example. A",
                       "failed nsec-next-outside-zone denial-missing"},
                      {"another signer",
                       {"[signer=com.] b.example. NSEC ns1.example. A RRSIG NSEC"},
                       "nodata b.example. MX",
                       "failed signature-signer-foreign denial-missing"},
                      {"a record that leads backwards covers nothing",
                       {"m.example. NSEC b.example. A RRSIG NSEC", apex},
                       "nxdomain z.example.",
                       "failed name-not-denied"},
                      {"a record that leads to itself neither",
                       {"m.example. NSEC m.example. A RRSIG NSEC", apex},
                       "nxdomain z.example.",
                       "failed name-not-denied"},
                      {"the apex alone covers all",
                       {"example. NSEC example. NS SOA RRSIG NSEC"},
                       "nxdomain a.b.example.",
                       "proven"},
                  });
}

// C-nsec-wild (the family of CVE-2017-15107).
// Proves C-nsec-wild, CVE-2017-15107
TEST(DenialNsec, MadeFromAWildcard) {
  constexpr std::string_view made = "[labels=2] a.z.w.example. NSEC x.w.example. MX RRSIG NSEC";  // of *.w.example
  expect_each({},
              {
                  {"it does not match the name it was sent with",
                   {made},
                   "nodata a.z.w.example. A",
                   "failed denial-beyond-authority"},
                  {"nor covers from there",
                   {"[labels=1] c.example. NSEC x.example. A RRSIG NSEC", "example. NSEC *.example. SOA RRSIG NSEC"},
                   "nodata d.example. TXT",
                   "proven"},
                  {"it is the wildcard's own record", {made}, "nodata *.w.example. A", "proven"},
                  {"and serves as such", {made, x_y_w}, "nodata a.z.w.example. A", "proven"},
                  {"from the wildcard it covers what the zone has not", {made}, "nodata a.w.example. TXT", "proven"},
                  {"a cut is not shown by it",
                   {"[labels=1] c.example. NSEC x.example. NS RRSIG NSEC"},
                   "cut c.example.",
                   "proven absent"},
                  {"a name error is not shown by it",
                   {"[labels=1] b.example. NSEC x.example. A RRSIG NSEC"},
                   "nxdomain c.example.",
                   "failed wildcard-not-denied"},
              });
}

// Proves C-4035-5.3.4, CVE-2026-11721, CVE-2026-46582
TEST(DenialNsec, WildcardAnswer) {
  expect_each(
      {},
      {
          {"no record", {}, "wildcard a.z.w.example. 2", "failed wildcard-proof-missing"},
          {"nothing covers the next closer name", {ns1}, "wildcard a.z.w.example. 2", "failed wildcard-proof-missing"},
          {"the name itself exists", {x_w}, "wildcard x.w.example. 2", "failed wildcard-not-applicable"},
          {"a closer name exists", {x_w}, "wildcard a.x.w.example. 2", "failed wildcard-not-applicable"},
          {"an empty non-terminal is closer", {x_w}, "wildcard a.y.w.example. 2", "failed wildcard-not-applicable"},
          {"the record denies the wildcard too",
           {"ns2.example. NSEC xx.example. A RRSIG NSEC"},
           "wildcard a.z.w.example. 2",
           "failed wildcard-not-applicable"},
          {"CVE-2026-11721 labels above the zone",
           {x_y_w},
           "wildcard a.z.w.example. 0",
           "failed wildcard-proof-missing"},
          {"as many labels as the name: no wildcard",
           {x_y_w},
           "wildcard a.z.w.example. 4",
           "failed wildcard-proof-missing"},
          {"the wildcard of the apex",
           {"example. NSEC *.example. SOA RRSIG NSEC", "*.example. NSEC example. A RRSIG NSEC"},
           "wildcard a.b.example. 1",
           "proven"},
      });
}

// Proves C-9824
TEST(DenialNsec, MadeOnline) {
  constexpr std::string_view nxname = "c.example. NSEC \\000.c.example. RRSIG NSEC NXNAME";
  constexpr std::string_view plain = "c.example. NSEC \\000.c.example. A RRSIG NSEC";
  constexpr std::string_view white = "bz.example. NSEC c\\000.example. RRSIG NSEC",
                             white_wild = "!.example. NSEC +.example. RRSIG NSEC";
  expect_each(
      {}, {
              {"RFC 9824 §3.1", {nxname}, "nxdomain c.example.", "proven denial-made-online"},
              {"as NOERROR", {nxname}, "nodata c.example. A", "proven denial-made-online"},
              {"no cut", {nxname}, "cut c.example.", "proven absent denial-made-online"},
              {"below it: not said by this record", {nxname}, "nxdomain x.c.example.", "failed name-not-denied"},
              {"plain", {plain}, "nodata c.example. TXT", "proven denial-made-online"},
              {"plain for NXDOMAIN", {plain}, "nxdomain c.example.", "failed name-not-denied nxdomain-contradicted"},
              {"NXNAME beside data is no NXNAME",
               {"c.example. NSEC \\000.c.example. A RRSIG NSEC NXNAME"},
               "nxdomain c.example.",
               "failed name-not-denied nxdomain-contradicted"},
              {"a name that does not exist encloses nothing",
               {"c.example. NSEC d.example. RRSIG NSEC NXNAME"},
               "nxdomain x.c.example.",
               "failed name-not-denied"},
              {"a wildcard that does not exist stands in for nobody",
               {b, "*.example. NSEC \\000.*.example. RRSIG NSEC NXNAME"},
               "nodata ml.example. A",
               "failed nodata-name-denied"},
              {"but is absent",
               {b, "*.example. NSEC \\000.*.example. RRSIG NSEC NXNAME"},
               "nxdomain ml.example.",
               "proven denial-made-online"},
              {"RFC 4470", {white, white_wild}, "nxdomain c.example.", "proven denial-made-online"},
              {"RFC 4470, wildcard not denied", {white}, "nxdomain c.example.", "failed wildcard-not-denied"},
          });
  validator::Work work{{}};
  const auto zone = dns::Name::parse("example.").value();
  const validator::Denial denial(zone, sets_of({nxname, plain}, zone), {}, {}, work);
  const validator::Denial compact(zone, sets_of({nxname}, zone), {}, {}, work);
  EXPECT_TRUE(compact.says_nxname(dns::Name::parse("C.example.").value()));
  EXPECT_FALSE(compact.says_nxname(dns::Name::parse("x.c.example.").value()));
  EXPECT_FALSE(denial.says_nxname(dns::Name::parse("c.example.").value())) << "another record says that it has an A";
}

TEST(DenialNsec, TypeListsThatContradictEachOther) {
  expect_each({}, {{"what either has is not denied",
                    {"c.example. NSEC d.example. A RRSIG NSEC", "c.example. NSEC d.example. TXT RRSIG NSEC"},
                    "nodata c.example. TXT",
                    "failed denied-type-listed"}});
}

// Proves C-4034-4.1.2
TEST(DenialNsec, MalformedLists) {
  struct Row {
    std::string_view why;
    dns::Bytes bitmap;
    std::string_view answer, reading;
  };
  // NSEC and RRSIG are bits 46 and 47: the sixth octet is 03.
  const Row rows[] = {
      {"own types there", {0, 6, 0, 0, 0, 0, 0, 3}, "proven", ""},
      {"own types missing", {0, 1, 0x40}, "proven", "nsec-bitmap-malformed"},
      {"empty", {}, "proven", "nsec-bitmap-malformed"},
      {"trailing zeros", {0, 7, 0, 0, 0, 0, 0, 3, 0}, "proven", "nsec-bitmap-malformed"},
      {"a window twice",
       {0, 6, 0, 0, 0, 0, 0, 3, 0, 1, 0x40},
       "failed nsec-bitmap-malformed denial-missing",
       "nsec-bitmap-malformed"},
      {"a window cut short could hide a type",
       {0, 6, 0, 0, 0},
       "failed nsec-bitmap-malformed denial-missing",
       "nsec-bitmap-malformed"},
  };
  const auto zone = dns::Name::parse("example.").value();
  for (const Row& row : rows) {
    auto set = set_of("c.example. NSEC d.example. A RRSIG NSEC", zone);
    const auto next_name = dns::Name::parse("d.example.").value();
    const auto next = next_name.wire();
    set.set.rdatas = {dns::Bytes(next.begin(), next.end())};
    set.set.rdatas[0].insert(set.set.rdatas[0].end(), row.bitmap.begin(), row.bitmap.end());
    EXPECT_EQ(judge({}, {set}, "nodata c.example. MX"), row.answer) << row.why;
    validator::Work work{{}};
    EXPECT_EQ(slugs(validator::Denial(zone, {set}, {}, {}, work).problems()), row.reading) << row.why;
  }
  auto twice = set_of("c.example. NSEC d.example. A RRSIG NSEC", zone);
  twice.set.rdatas.push_back(set_of("c.example. NSEC e.example. A RRSIG NSEC", zone).set.rdatas.front());
  EXPECT_EQ(judge({}, {twice}, "nodata c.example. MX"), "failed denial-chain-broken denial-missing");
  auto unreadable = set_of("c.example. NSEC d.example. A RRSIG NSEC", zone);
  unreadable.set.rdatas = {{63, 1}};
  EXPECT_EQ(judge({}, {unreadable}, "nodata c.example. MX"), "failed nsec-bitmap-malformed denial-missing");
}

// CVE-2026-11605: more records than any answer needs are not even looked at.
// Proves L-nsec-records, CVE-2026-11605
TEST(DenialNsec, TooManyRecords) {
  World world;
  world.policy.bounds.nsec_records = 2;
  expect_each(world, {{"within the bound", {b, apex}, "nxdomain ml.example.", "proven"},
                      {"above it", {b, apex, ns1}, "nxdomain ml.example.", "failed work-budget-spent"}});
}

// The parameters, for a few of each shape, as findings.md §2.8 names them.
TEST(DenialNsec, Details) {
  struct Row {
    std::vector<std::string_view> records;
    std::string_view question, details;
  };
  const Row rows[] = {
      {{apex}, "nxdomain ml.example.", "form=nsec name=ml.example."},
      {{b}, "nxdomain ml.example.", "wildcard=*.example."},
      {{b}, "nodata ml.example. A", "name=ml.example. next=ns1.example."},
      {{b}, "nodata www.b.example. A", "which=delegation name=b.example."},
      {{ns1}, "nodata ns1.example. A", "types=A"},
      {{"b.example. NSEC z.test. A RRSIG NSEC"}, "nodata b.example. MX", "next=z.test."},
      {{x_w}, "wildcard a.x.w.example. 2", "reason=closer-name wildcard=*.w.example. encloser=x.w.example."},
      {{"ns2.example. NSEC xx.example. A RRSIG NSEC"},
       "wildcard a.z.w.example. 2",
       "reason=denied wildcard=*.w.example. encloser=w.example."},
      {{}, "wildcard a.z.w.example. 2", "wildcard=*.w.example."},
      {{"[labels=2] a.z.w.example. NSEC x.w.example. MX RRSIG NSEC"},
       "nodata a.z.w.example. A",
       "which=wildcard name=a.z.w.example."},
  };
  const auto zone = dns::Name::parse("example.").value();
  for (const Row& row : rows) {
    validator::Work work{{}};
    const validator::Denial denial(zone, sets_of(row.records, zone), {}, {}, work);
    EXPECT_EQ(details(proof_of(denial, row.question).problems.front()), row.details) << row.question;
  }
}

TEST(DenialNsec, WhatAProofNames) {
  validator::Work work{{}};
  const auto zone = dns::Name::parse("example.").value();
  const validator::Denial denial(zone, sets_of({ns1, x_y_w, apex, wild}, zone), {}, {}, work);
  const auto proof = denial.prove_nodata(dns::Name::parse("a.z.w.example.").value(), dns::RRType::aaaa);
  EXPECT_EQ(proof.closest_encloser, dns::Name::parse("w.example.").value());
  EXPECT_EQ(proof.next_closer, dns::Name::parse("z.w.example.").value());
  EXPECT_EQ(proof.wildcard, dns::Name::parse("*.w.example.").value());
  EXPECT_EQ(proof.used, (std::vector<std::size_t>{1, 3}));
  EXPECT_FALSE(denial.empty());
  EXPECT_FALSE(denial.has_opt_out());
  EXPECT_EQ(denial.parameters(), std::nullopt);
}

}  // namespace
}  // namespace denial_table
