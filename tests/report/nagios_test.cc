// The monitoring plugin's line against cli.md §5 and the plugin guidelines.
#include "report/nagios.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/report/sample_chain.h"

namespace {

using report::parse_range;
using report::ProbePolicy;
using report::State;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// As in the worked examples: -w 3d: -c 1d:.
ProbePolicy policy_of_the_examples(int elapsed_ms) {
  ProbePolicy policy;
  policy.warning = report::parse_ranges("3d:").value();
  policy.critical = report::parse_ranges("1d:").value();
  policy.elapsed = std::chrono::milliseconds{elapsed_ms};
  return policy;
}

std::string first_line(const report::ProbeResult& result) { return result.text.substr(0, result.text.find('\n')); }

// The plugin guidelines' table of ranges (alert if outside, "@" inverts, ends are inside), where the form has a colon.
TEST(Range, alerts_as_the_plugin_guidelines_say) {
  struct Case {
    std::string_view range;
    double value;
    bool alerts;
  };
  const Case cases[] = {
      {"10:", 9, true},    {"10:", 10, false},      {"10:", 1e12, false},  {"~:10", 11, true},
      {"~:10", 10, false}, {"~:10", -5e9, false},   {"10:20", 9.9, true},  {"10:20", 20, false},
      {"10:20", 21, true}, {"@10:20", 10, true},    {"@10:20", 20, true},  {"@10:20", 21, false},
      {":10", -1, true},   {":10", 10, false},      {"3d:", 259199, true}, {"3d:", 259200, false},
      {"2h:", 7199, true}, {"5m:", 300, false},     {"1w:", 604799, true}, {"90s:", 90, false},
      {"@~:1d", 5, true},  {"@~:1d", 86401, false},
  };
  for (const auto& each : cases) {
    const auto range = parse_range(each.range);
    ASSERT_TRUE(range) << each.range << ": " << range.error();
    EXPECT_EQ(range->alerts(each.value), each.alerts) << each.range << " of " << each.value;
  }
}

TEST(Range, a_range_without_colon_is_refused_with_the_right_word) {
  for (const auto* word : {"3d", "8%", "86400"}) {
    const auto range = parse_range(word);
    ASSERT_FALSE(range) << word;
    EXPECT_THAT(range.error(), HasSubstr("write \"" + std::string{word} + ":\""));
  }
}

TEST(Range, nonsense_is_refused) {
  for (const auto* word : {"", "x:", "3y:", "20:10", "3d:8%", "nan:", "inf:", "3d:4d:5d", "@"})
    EXPECT_FALSE(parse_range(word)) << word;
  EXPECT_FALSE(report::parse_ranges("3d:,"));
  EXPECT_EQ(report::parse_ranges("3d:,8%:").value().size(), 2U);
}

TEST(State_, words_and_numbers) {
  EXPECT_EQ(report::parse_state("critical"), State::critical);
  EXPECT_EQ(report::parse_state("3"), State::unknown);
  EXPECT_FALSE(report::parse_state("CRIT"));
}

TEST(Probe, first_worked_example) {
  auto chain = report_test::healthy();
  chain.name = report_test::name("example.org.");
  chain.findings.clear();
  chain.zones[2].servers.clear();
  for (int i = 0; i < 4; ++i) {
    chain.zones[2].servers.push_back(static_cast<validator::ServerId>(chain.servers.size()));
    chain.servers.push_back(chain.servers[3]);
  }
  const auto result = report::probe({chain}, policy_of_the_examples(184));
  EXPECT_EQ(result.state, State::ok);
  EXPECT_EQ(result.text,
            "DNSSEC OK - example.org secure on 4 of 4 servers, holds 12d 4h until 2026-12-06T07:11:00Z (RRSIG DNSKEY "
            "example.org) | "
            "'expiry'=1051200s;259200:;86400:;; 'time'=0.184s;;;0;10 'servers_bad'=0;;;0;4 'errors'=0;;;0; "
            "'warnings'=0;;;0;\n");
}

TEST(Probe, second_worked_example) {
  auto chain = report_test::healthy();
  chain.name = report_test::name("example.org.");
  const auto soa = static_cast<validator::NodeId>(chain.nodes.size());
  validator::RRsetNode body;
  body.set.owner = chain.name;
  body.set.type = dns::RRType::soa;
  chain.nodes.push_back({2, validator::Security::secure, body, {3, 4}});
  auto link = chain.links.back();
  link.to = soa;
  link.covers = dns::RRType::soa;
  link.expires = report_test::at("2026-11-26T04:11:00Z");
  chain.links.push_back(link);
  chain.forecast.breaks_at = link.expires;
  chain.forecast.link = static_cast<validator::LinkId>(chain.links.size() - 1);
  validator::Finding missed;
  missed.code = validator::Code::signature_refresh_missed;
  missed.details = {{"age", std::uint64_t{11 * 86400 + 23 * 3600}}, {"usual", std::uint64_t{7 * 86400}}};
  missed.zone = chain.name;
  chain.findings = {missed};
  const auto result = report::probe({chain}, policy_of_the_examples(201));
  EXPECT_EQ(result.state, State::warning);
  // The example has a zone of four servers, this chain one of two.
  EXPECT_EQ(first_line(result),
            "DNSSEC WARNING - example.org breaks in 2d 1h, 2026-11-26T04:11:00Z: RRSIG SOA example.org expires, zone "
            "not re-signed for "
            "11d 23h [signature-refresh-missed] | 'expiry'=176400s;259200:;86400:;; 'time'=0.201s;;;0;10 "
            "'servers_bad'=0;;;0;2 "
            "'errors'=0;;;0; 'warnings'=1;;;0;");
}

TEST(Probe, third_worked_example) {
  const auto result = report::probe({report_test::stale_server()}, policy_of_the_examples(233));
  EXPECT_EQ(result.state, State::warning);
  const auto line = first_line(result);
  EXPECT_THAT(line, StartsWith("DNSSEC WARNING - www.example.org secure, but ns2.example.org (192.0.2.2) "));
  EXPECT_THAT(line,
              HasSubstr("serial 2026111001 behind 2026112301 [server-stale] | 'expiry'=1051200s;259200:;86400:;; "));
  EXPECT_THAT(line, HasSubstr("'servers_bad'=1;;;0;2 'errors'=1;;;0; 'warnings'=1;;;0;"));
  auto policy = policy_of_the_examples(233);
  policy.partial = State::critical;
  EXPECT_EQ(report::probe({report_test::stale_server()}, policy).state, State::critical);
}

TEST(Probe, fourth_worked_example_with_and_without_v) {
  auto policy = policy_of_the_examples(312);
  const auto result = report::probe({report_test::bogus_parent()}, policy);
  EXPECT_EQ(result.state, State::critical);
  EXPECT_THAT(
      result.text,
      StartsWith(
          "DNSSEC CRITICAL - www.example.de bogus: fault in de (a parent), not in example.de: every signature "));
  EXPECT_THAT(
      result.text,
      HasSubstr(", 6 of 6 servers [zone-signed-by-wrong-key] | 'expiry'=0s;259200:;86400:;; 'time'=0.312s;;;0;10 "
                "'servers_bad'=6;;;0;6 'errors'=1;;;0; 'warnings'=0;;;0;\n"));
  EXPECT_EQ(std::ranges::count(result.text, '\n'), 1) << "-v 0 is one line";
  policy.verbosity = 1;
  const auto more = report::probe({report_test::bogus_parent()}, policy).text;
  EXPECT_THAT(more, HasSubstr("\ncause: de: every signature of de by key 33834 fails"));
  EXPECT_THAT(more, HasSubstr(" (RFC 4035 5.3.3, EDE 6)\n"));
  EXPECT_THAT(
      more,
      HasSubstr(
          "\ndo: nothing in example.de; tell the operator of de; resolvers may set a negative trust anchor for de\n"));
  EXPECT_THAT(more, HasSubstr("\nchain: . secure, de bogus, example.de not reached; 14 consequences folded\n"));
}

TEST(Probe, fifth_worked_example) {
  const auto result = report::probe({report_test::unreachable()}, policy_of_the_examples(10'002));
  EXPECT_EQ(result.state, State::unknown);
  EXPECT_EQ(result.text,
            "DNSSEC UNKNOWN - example.org not judged: no reply from any of 26 root addresses in 10s, check udp/53 and "
            "tcp/53 of this "
            "host | 'expiry'=U;259200:;86400:;; 'time'=10.002s;;;0;10 'queries'=52c;;;;\n");
}

TEST(Probe, the_table_of_states) {
  using validator::Security;
  auto insecure = report_test::insecure_delegation();
  auto unclear = report_test::unreachable();
  unclear.findings[0].blame.party = validator::Party::server;
  auto nearly = report_test::healthy();
  nearly.forecast.breaks_at = nearly.now + std::chrono::hours{12};
  auto ours = report_test::bogus_parent();
  ours.findings[0].blame = {{}, validator::Party::here};
  struct Case {
    std::string_view what;
    const validator::Chain& chain;
    State state;
  };
  const auto healthy = report_test::healthy();
  const Case cases[] = {
      {"secure with a warning that breaks nothing", healthy, State::ok},
      {"insecure", insecure, State::warning},
      {"servers silent, not ours", unclear, State::critical},
      {"half a day left", nearly, State::critical},
      {"our own fault is never the zone's", ours, State::unknown},
  };
  for (const auto& each : cases)
    EXPECT_EQ(report::probe({each.chain}, policy_of_the_examples(1)).state, each.state) << each.what;
  auto policy = policy_of_the_examples(1);
  policy.insecure = State::ok;
  EXPECT_EQ(report::probe({insecure}, policy).state, State::ok);
  EXPECT_EQ(report::probe({}, policy).state, State::unknown);
}

TEST(Probe, percentages_are_shares_of_the_signature_that_ends_first) {
  ProbePolicy policy;
  policy.warning = report::parse_ranges("8%:").value();
  policy.critical = report::parse_ranges("4%:").value();
  auto chain = report_test::healthy();  // the signature is valid for 14 days: 8 % are 96768 s, 4 % are 48384 s
  struct Case {
    int seconds;
    State state;
  };
  for (const auto& each :
       {Case{96768, State::ok}, {96767, State::warning}, {48384, State::warning}, {48383, State::critical}}) {
    chain.forecast.breaks_at = chain.now + std::chrono::seconds{each.seconds};
    const auto result = report::probe({chain}, policy);
    EXPECT_EQ(result.state, each.state) << each.seconds;
    EXPECT_THAT(result.text, HasSubstr(";96768:;48384:;;"));
  }
}

TEST(Probe, own_zone_looks_at_the_zone_of_the_name_alone) {
  auto chain = report_test::healthy();
  chain.forecast.breaks_at = chain.now + std::chrono::hours{1};  // a parent's
  auto policy = policy_of_the_examples(1);
  EXPECT_EQ(report::probe({chain}, policy).state, State::critical);
  policy.own_zone = true;
  EXPECT_EQ(report::probe({chain}, policy).state, State::ok);
}

TEST(Probe, several_questions_give_the_worst) {
  const auto policy = policy_of_the_examples(1);
  EXPECT_EQ(
      report::probe({report_test::healthy(), report_test::bogus_parent(), report_test::unreachable()}, policy).state,
      State::critical);
}

TEST(Probe, hostile_names_stay_in_their_place) {
  auto policy = policy_of_the_examples(1);
  policy.verbosity = 3;
  auto chain = report_test::hostile();
  const auto result = report::probe({chain}, policy);
  const auto line = first_line(result);
  EXPECT_LT(line.size(), 512U);
  EXPECT_EQ(std::ranges::count(line, '|'), 1) << line;
  EXPECT_EQ(std::ranges::count(result.text, '|'), 1);
  EXPECT_LE(result.text.size(), 8192U);
  for (const char c : result.text) EXPECT_TRUE(c == '\n' || (c >= 0x20 && c < 0x7F)) << static_cast<int>(c);
  EXPECT_THAT(line, HasSubstr("'expiry'="));
}

}  // namespace
