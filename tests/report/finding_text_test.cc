// Findings in words: the sentences of the catalogue filled from typed particulars.
#include <gtest/gtest.h>

#include "tests/report/sample_chain.h"
#include "validator/finding.h"

namespace {

using namespace validator;
using report_test::at;
using report_test::name;

Finding make(Code code, SubjectKind kind, std::string_view subject, std::vector<Detail> details) {
  Finding finding;
  finding.code = code;
  finding.subject.kind = kind;
  finding.subject.name = name(subject);
  finding.zone = name("example.org.");
  finding.details = std::move(details);
  return finding;
}

TEST(FindingText, sentences_say_what_cli_md_shows) {
  // cli.md §6 and §4 have these two in words.
  const auto serials = make(Code::serials_differ, SubjectKind::zone, "example.org.",
                            {{"serials", Serials{{*dns::parse_address("192.0.2.1"), 2026112301},
                                                 {*dns::parse_address("192.0.2.2"), 2026112201}}}});
  EXPECT_EQ(sentence(serials), "SOA serials differ: 192.0.2.1 has 2026112301, 192.0.2.2 has 2026112201");
  const auto wrong_key = make(Code::zone_signed_by_wrong_key, SubjectKind::zone, "de.",
                              {{"tag", std::uint64_t{33834}}, {"total", std::uint64_t{14}}});
  EXPECT_EQ(sentence(wrong_key), "every signature of de. by key 33834 fails, 14 of 14 seen");
}

TEST(FindingText, values_are_written_by_their_parameter) {
  // validator/sentence.h: keys and DS with their algorithms, durations in words, codes with their names.
  auto ds = make(Code::no_secure_entry, SubjectKind::delegation, "example.org.",
                 {{"ds", std::vector<DsId>{{12345, dns::Algorithm{13}, dns::Digest{2}}}},
                  {"keys", std::vector<KeyId>{{54321, dns::Algorithm{13}, 257}}}});
  EXPECT_EQ(sentence(ds),
            "no DS of example.org. leads to a key that validly signs its DNSKEY set; DS 12345 (13 ECDSAP256SHA256, 2 "
            "SHA-256), "
            "keys 54321 (13 ECDSAP256SHA256)");
  auto expired = make(Code::signature_expired, SubjectKind::signature, "www.example.org.",
                      {{"expires", at("2026-11-22T00:00:00Z")}, {"age", std::uint64_t{3 * 86400}}});
  expired.subject.type = dns::RRType::a;
  expired.subject.tag = 47213;
  EXPECT_EQ(sentence(expired),
            "signature over www.example.org. A by key 47213 expired 2026-11-22T00:00:00Z, 3 days ago");
  auto rcode = make(Code::rcode_unexpected, SubjectKind::server, "ns1.example.org.", {{"rcode", std::uint64_t{2}}});
  rcode.subject.address = dns::parse_address("192.0.2.1");
  EXPECT_EQ(sentence(rcode), "ns1.example.org. (192.0.2.1) returns SERVFAIL where an answer was due");
}

TEST(FindingText, two_ttls_never_read_alike) {
  auto differ =
      make(Code::ttls_differ, SubjectKind::rrset, "www.example.org.",
           {{"which", std::string{"set"}}, {"ttl", std::uint64_t{86400}}, {"expected_ttl", std::uint64_t{86401}}});
  differ.subject.type = dns::RRType::a;
  EXPECT_TRUE(sentence(differ).ends_with("1 day and 86401 seconds")) << sentence(differ);
}

TEST(FindingText, strangers_text_cannot_steer_a_terminal) {
  struct Case {
    std::string_view raw, safe;
  };
  const Case cases[] = {
      {"plain text", "plain text"},
      {"\x1b[31mred", "?[31mred"},
      {"a\nb\tc\x7f", "a?b?c?"},
      {"\xc2\x9b"
       "31m",
       "??31m"},  // C1 control sequence introducer (U+009B)
      {"\xe2\x80\xae"
       "txt",
       "???txt"},                 // U+202E right-to-left override
      {"\xe2\x81\xa6x", "???x"},  // U+2066 isolate
      {"\xff\xfe", "??"},
      {"\xc0\xaf", "??"},            // overlong slash
      {"\xed\xa0\x80", "???"},       // surrogate
      {"\xf4\x90\x80\x80", "????"},  // above U+10FFFF
      {"gr\xc3\xbc\xc3\x9f", "gr\xc3\xbc\xc3\x9f"},
      {"\xf0\x9f\x90\x9f", "\xf0\x9f\x90\x9f"},
  };
  for (const auto& each : cases) EXPECT_EQ(printable(each.raw), each.safe) << each.raw;
}

TEST(FindingText, cause_rank_orders_by_layer_then_depth) {
  // findings.md §1: 0 for layer 0, 1 for layer 1, else 10·d + layer.
  auto rank = [](Code code, int depth) {
    Finding finding;
    finding.code = code;
    finding.depth = depth;
    return cause_rank(finding);
  };
  EXPECT_EQ(rank(Code::clock_suspect, 3), 0);
  EXPECT_EQ(rank(Code::anchor_missing, 3), 1);
  EXPECT_EQ(rank(Code::server_silent, 1), 12);
  EXPECT_EQ(rank(Code::ds_mistyped, 2), 24);
  EXPECT_EQ(rank(Code::chain_breaks_soon, 3), 39);
}

TEST(FindingText, durations_show_the_two_largest_units) {
  struct Case {
    int seconds;
    std::string_view words;
  };
  const Case cases[] = {{0, "0 seconds"},
                        {1, "1 second"},
                        {60, "1 minute"},
                        {3661, "1 hour 1 minute"},
                        {86400, "1 day"},
                        {86401, "1 day"},
                        {1051200, "12 days 4 hours"},
                        {-180, "3 minutes"},
                        {90061, "1 day 1 hour"}};
  for (const auto& each : cases) EXPECT_EQ(in_words(std::chrono::seconds{each.seconds}), each.words) << each.seconds;
}

TEST(FindingText, subjects_read_as_people_say_them) {
  Subject subject;
  subject.kind = SubjectKind::ds;
  subject.name = name("example.com.");
  subject.tag = 12345;
  EXPECT_EQ(print(subject), "DS 12345 of example.com.");
  subject.kind = SubjectKind::server;
  subject.name = name("ns1.example.com.");
  subject.address = dns::parse_address("2001:db8::1");
  EXPECT_EQ(print(subject), "ns1.example.com. (2001:db8::1)");
  subject.name = {};
  EXPECT_EQ(print(subject), "2001:db8::1") << "a resolver has no name";
}

}  // namespace
