// The plugin's further thresholds, its worst server, its perfdata read by a second reader, and its lines kept short.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <regex>

#include "report/freshness.h"
#include "report/nagios.h"
#include "report/nagios_text.h"
#include "tests/report/sample_chain.h"

namespace {

using report::Measure;
using report::parse_range;
using report::parse_ranges;
using report::ProbePolicy;
using report::State;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

ProbePolicy days(std::string_view warning, std::string_view critical) {
  ProbePolicy policy;
  policy.warning = parse_ranges(warning).value();
  policy.critical = parse_ranges(critical).value();
  return policy;
}

// Monitoring Plugins Development Guidelines, "Threshold and Ranges": its example table, row by row.
TEST(PlainRange, is_the_guidelines_table) {
  struct Row {
    std::string_view range;
    std::vector<double> alerts, quiet;
  };
  const Row rows[] = {
      {"10", {-1, 10.5, 11}, {0, 5, 10}},   {"10:", {-1, 0, 9.9}, {10, 11, 1e9}},  {"~:10", {10.5, 11}, {-1e9, 0, 10}},
      {"10:20", {9.9, 20.1}, {10, 15, 20}}, {"@10:20", {10, 15, 20}, {9.9, 20.1}},
  };
  for (const auto& row : rows) {
    const auto range = parse_range(row.range, Measure::seconds);
    ASSERT_TRUE(range) << row.range;
    for (const auto value : row.alerts) EXPECT_TRUE(range->alerts(value)) << row.range << " of " << value;
    for (const auto value : row.quiet) EXPECT_FALSE(range->alerts(value)) << row.range << " of " << value;
  }
  for (const auto* bad : {"", "8%", "8%:", "x", "5:4"}) EXPECT_FALSE(parse_range(bad, Measure::seconds)) << bad;
}

// A second reader of "'label'=value[UOM];[warn];[crit];[min];[max]": the guidelines' grammar as one expression.
struct Number {
  std::string value, unit, warning, critical, least, most;
};
std::map<std::string, Number> perfdata_of(const report::ProbeResult& result) {
  const auto line = result.text.substr(0, result.text.find('\n'));
  const auto bar = line.find(" | ");
  std::map<std::string, Number> out;
  if (bar == std::string::npos) return out;
  auto rest = line.substr(bar + 3);
  static const std::regex one(
      R"(^'([^'=]{1,19})'=(U|-?[0-9]+(?:\.[0-9]+)?)(s|%|c)?;([-0-9.:~@]*);([-0-9.:~@]*);([-0-9.]*);([-0-9.]*)(?: |$))");
  for (std::smatch found; std::regex_search(rest, found, one); rest = found.suffix()) {
    EXPECT_FALSE(out.contains(found[1])) << line;
    out[found[1]] = {found[2], found[3], found[4], found[5], found[6], found[7]};
  }
  EXPECT_EQ(rest, "") << line;
  return out;
}

TEST(Perfdata, a_second_reader_understands_every_state) {
  auto policy = report::with_defaults({});
  policy.time.warning = parse_ranges("5", Measure::seconds).value();
  policy.age.critical = parse_ranges("@100:200", Measure::seconds).value();
  policy.behind.warning = parse_ranges("~:3600", Measure::seconds).value();
  for (const auto& chain : {report_test::healthy(), report_test::bogus_parent(), report_test::insecure_delegation(),
                            report_test::stale_server(), report_test::unreachable(), report_test::hostile()}) {
    const auto numbers = perfdata_of(report::probe({chain}, policy));
    ASSERT_TRUE(numbers.contains("expiry"));
    EXPECT_TRUE(numbers.contains("time"));
    EXPECT_EQ(numbers.at("time").warning, "0:5");
  }
  const auto numbers = perfdata_of(report::probe({report_test::healthy()}, policy));
  // 1051200 s of the 14 days (1209600 s) that the signature is valid for are 86.9 %.
  EXPECT_EQ(numbers.at("validity").value, "86.9");
  EXPECT_EQ(numbers.at("validity").unit, "%");
  EXPECT_EQ(numbers.at("validity").warning, "8:");
  EXPECT_EQ(numbers.at("expiry").warning, "96768:");  // 8 % of 1209600
  EXPECT_EQ(numbers.at("age").value, "158400");       // from 2026-11-22T07:11 to 2026-11-24T03:11: 1 day 20 hours
  EXPECT_EQ(numbers.at("age").critical, "@100:200");
  EXPECT_EQ(numbers.at("behind").value, "0");
  EXPECT_EQ(numbers.at("behind").warning, "~:3600");
}

TEST(Perfdata, without_shares_and_without_further_ranges_it_is_that_of_the_worked_examples) {
  const auto numbers = perfdata_of(report::probe({report_test::healthy()}, days("3d:", "1d:")));
  EXPECT_EQ(numbers.size(), 5U);
  EXPECT_FALSE(numbers.contains("validity"));
}

// The chain of cli.md §6, whose answer's signature ns2 has in an older copy that ends after `left`.
validator::Chain with_an_old_copy(std::chrono::seconds left) {
  auto chain = report_test::healthy();
  auto old = chain.links.back();
  chain.links.back().servers = {3};
  old.servers = {4};
  old.expires = chain.now + left;
  old.inception = old.expires - std::chrono::days{14};
  chain.links.push_back(old);
  return chain;
}

TEST(WorstServer, the_first_server_to_break_counts_not_the_last) {
  const auto chain = with_an_old_copy(std::chrono::days{2});
  const auto result = report::probe({chain}, days("3d:", "1d:"));
  EXPECT_EQ(result.state, State::warning);
  EXPECT_THAT(result.text, StartsWith("DNSSEC WARNING - www.example.org breaks on 1 server in 2d"));
  EXPECT_THAT(result.text, HasSubstr("RRSIG A www.example.org expires at ns2.example.org (192.0.2.2)"));
  EXPECT_EQ(perfdata_of(result).at("expiry").value, "172800");
}

TEST(WorstServer, one_that_is_bad_already_is_counted_and_not_waited_for) {
  auto chain = with_an_old_copy(std::chrono::days{2});
  validator::Finding stale;
  stale.code = validator::Code::server_stale;
  stale.servers = {4};
  chain.findings.push_back(stale);
  chain.causes = {chain.findings.size() - 1};
  const auto result = report::probe({chain}, days("3d:", "1d:"));
  EXPECT_EQ(perfdata_of(result).at("expiry").value, "1051200");
  EXPECT_EQ(perfdata_of(result).at("servers_bad").value, "1");
}

TEST(WorstServer, one_good_signature_of_two_carries_a_set) {
  auto chain = report_test::healthy();
  auto second = chain.links.back();  // another key's, of the same set at the same servers
  second.expires = chain.now + std::chrono::hours{1};
  chain.links.push_back(second);
  EXPECT_EQ(perfdata_of(report::probe({chain}, days("3d:", "1d:"))).at("expiry").value, "1051200");
}

TEST(Age, alerts_by_the_zones_newest_signature) {
  auto policy = days("1d:", "1d:");
  policy.age.warning = parse_ranges("1d", Measure::seconds).value();
  policy.age.critical = parse_ranges("2d", Measure::seconds).value();
  const auto result = report::probe({report_test::healthy()}, policy);  // signed 1 day 20 hours ago
  EXPECT_EQ(result.state, State::warning);
  EXPECT_THAT(result.text, HasSubstr("www.example.org secure, but the newest signature of example.org is 1d 20h old"));
  policy.age.critical = parse_ranges("44h", Measure::seconds).value();
  EXPECT_EQ(report::probe({report_test::healthy()}, policy).state, State::warning) << "the end is inside";
  policy.age.critical = parse_ranges("43h", Measure::seconds).value();
  EXPECT_EQ(report::probe({report_test::healthy()}, policy).state, State::critical);
}

// In the sample, 192.0.2.2 has serial 2026112201 and 192.0.2.1 the newer 2026112301 (cli.md §6).
TEST(Behind, is_how_much_older_the_signatures_of_a_server_with_an_older_serial_are) {
  const auto chain = with_an_old_copy(std::chrono::days{10});  // inception 4 days ago; the other's 1 day 20 hours ago
  const auto lag = report::worst_lag(chain, 2);
  ASSERT_TRUE(lag);
  EXPECT_EQ(lag->server, 4U);
  EXPECT_EQ(lag->behind, std::chrono::hours{4 * 24 - 44});
  auto policy = days("1d:", "1d:");
  policy.behind.warning = parse_ranges("1d", Measure::seconds).value();
  const auto result = report::probe({chain}, policy);
  EXPECT_EQ(result.state, State::warning);
  EXPECT_THAT(result.text, HasSubstr("but ns2.example.org (192.0.2.2) is 2d 4h behind"));
  auto even = chain;
  even.findings.clear();  // the serials do not differ: two signers at work, nobody is behind
  EXPECT_FALSE(report::worst_lag(even, 2));
  EXPECT_EQ(report::probe({even}, policy).state, State::ok);
}

TEST(Run, takes_no_longer_than_it_may) {
  auto policy = days("1d:", "1d:");
  policy.elapsed = std::chrono::milliseconds{2500};
  policy.time.critical = parse_ranges("2", Measure::seconds).value();
  EXPECT_EQ(report::probe({report_test::healthy()}, policy).state, State::critical);
  EXPECT_EQ(report::probe({report_test::unreachable()}, policy).state, State::unknown) << "our fault stays ours";
  policy.time = {};
  policy.late = State::unknown;
  const auto result = report::probe({report_test::healthy()}, policy);
  EXPECT_EQ(result.state, State::unknown);
  EXPECT_THAT(result.text, StartsWith("DNSSEC UNKNOWN - "));
}

// Lint does not stand in front of a fault: all causes are looked at, the gravest speaks.
TEST(Causes, the_gravest_speaks_whichever_comes_first) {
  auto chain = report_test::stale_server();
  validator::Finding lint;
  lint.code = validator::Code::serials_differ;
  lint.zone = chain.zones.back().name;
  chain.findings.push_back(lint);
  chain.causes.insert(chain.causes.begin(), chain.findings.size() - 1);
  EXPECT_EQ(report::probe({chain}, days("1d:", "1d:")).state, State::warning);
  EXPECT_THAT(report::probe({chain}, days("1d:", "1d:")).text, HasSubstr("[server-stale]"));
  chain.causes = {chain.findings.size() - 1};
  EXPECT_EQ(report::probe({chain}, days("1d:", "1d:")).state, State::ok);
  auto strict = days("1d:", "1d:");
  strict.lint = State::warning;
  EXPECT_EQ(report::probe({chain}, strict).state, State::warning);
}

TEST(Names, lose_their_middle_above_60_octets) {
  const std::string label(63, 'a');
  EXPECT_EQ(report::shortened("is fine"), "is fine");
  EXPECT_EQ(report::shortened(std::string(60, 'x')), std::string(60, 'x'));
  EXPECT_EQ(report::shortened("say " + label + ".example.org now"),
            "say " + std::string(28, 'a') + "..." + std::string(17, 'a') + ".example.org now");
  auto chain = report_test::healthy();
  chain.name = report_test::name(label + "." + label + "." + label + ".example.org.");
  const auto result = report::probe({chain}, days("1d:", "1d:"));
  EXPECT_THAT(result.text, StartsWith("DNSSEC OK - " + std::string(28, 'a') + "..."));
  EXPECT_THAT(result.text, HasSubstr(".example.org secure on 2 of 2 servers, holds 12d 4h"));
  EXPECT_LE(result.text.find('\n'), 512U);
}

TEST(LongText, says_what_two_questions_share_once) {
  auto policy = days("1d:", "1d:");
  policy.verbosity = 2;
  auto second = report_test::healthy();
  second.type = dns::RRType::aaaa;
  const auto text = report::probe({report_test::healthy(), second}, policy).text;
  const auto line = text.find("\nchain: ");
  ASSERT_NE(line, std::string::npos);
  EXPECT_EQ(text.find("\nchain: ", line + 1), std::string::npos);
}

TEST(Several, of_one_gravity_the_one_that_ends_first_gives_the_numbers) {
  auto sooner = report_test::healthy();
  sooner.forecast.breaks_at = sooner.now + std::chrono::days{5};
  const auto result = report::probe({report_test::healthy(), sooner}, days("1d:", "1d:"));
  EXPECT_EQ(perfdata_of(result).at("expiry").value, "432000");
}

// Checkmk, "Local checks": STATUS SERVICE METRICS TEXT, the service in quotes, metrics joined by "|".
TEST(Checkmk, a_local_check_has_four_parts) {
  static const std::regex form(R"re(([0-3]) "([^"]+)" (-|[a-z_]+=[0-9.]+(?:\|[a-z_]+=[0-9.]+)*) ([^\n]+)\n)re");
  for (const auto& chain :
       {report_test::healthy(), report_test::bogus_parent(), report_test::unreachable(), report_test::hostile()}) {
    const auto text = report::probe({chain}, days("3d:", "1d:"), report::ProbeForm::checkmk).text;
    std::smatch parts;
    EXPECT_TRUE(std::regex_match(text, parts, form)) << text;
  }
  EXPECT_THAT(report::probe({report_test::healthy()}, days("3d:", "1d:"), report::ProbeForm::checkmk).text,
              StartsWith("0 \"DNSSEC www.example.org\" expiry=1051200|time=0.000|"));
}

}  // namespace
