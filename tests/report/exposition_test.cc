// Metrics, JUnit and SARIF of names and texts that try to break out; what a second reader makes of whole fixtures is
// tests/documents/formats.py.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>

#include <regex>
#include <set>

#include "report/ci.h"
#include "report/metric_family.h"
#include "report/prometheus.h"
#include "tests/report/sample_chain.h"

namespace {

using report::Exposition;
using report::MetricFamily;
using report::MetricKind;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

// Prometheus, "Text-based format": backslash, quote and line feed are escaped in label values.
TEST(MetricFamily_, escapes_as_the_text_format_says) {
  MetricFamily family("x_seconds", MetricKind::gauge, "seconds", "Help.");
  family.add({{"a", "q\"b\\n\nl"}, {"b", ""}}, 0.5);
  EXPECT_EQ(family.prometheus_text(),
            "# HELP x_seconds Help.\n# TYPE x_seconds gauge\nx_seconds{a=\"q\\\"b\\\\n\\nl\",b=\"\"} 0.5\n");
  EXPECT_EQ(family.openmetrics_text(),
            "# TYPE x_seconds gauge\n# UNIT x_seconds seconds\n# HELP x_seconds Help.\n"
            "x_seconds{a=\"q\\\"b\\\\n\\nl\",b=\"\"} 0.5\n");
}

// OpenMetrics 1.0: the samples of an info family have the suffix, its metadata has not.
TEST(MetricFamily_, an_info_loses_its_suffix_in_openmetrics) {
  MetricFamily family("x_info", MetricKind::info, "", "Help.");
  EXPECT_EQ(family.openmetrics_text(), "") << "a family without samples is not there";
  family.add({{"a", "b"}}, 1);
  EXPECT_EQ(family.openmetrics_text(), "# TYPE x info\n# HELP x Help.\nx_info{a=\"b\"} 1\n");
  EXPECT_THAT(family.prometheus_text(), HasSubstr("# TYPE x_info gauge\n"));
}

TEST(MetricFamily_, a_series_is_there_once) {
  MetricFamily family("x", MetricKind::gauge, "", "Help.");
  family.add({{"a", "b"}}, 1);
  family.add({{"a", "b"}}, 2);
  EXPECT_THAT(family.prometheus_text(), EndsWith("x{a=\"b\"} 1\n"));
}

TEST(Metrics, every_line_has_the_form_whatever_the_names_are) {
  static const std::regex sample(
      R"re([a-z0-9_]+\{[a-z_]+="([^"\\]|\\["\\n])*"(,[a-z_]+="([^"\\]|\\["\\n])*")*\} [-+.0-9a-zI]+)re");
  std::vector<validator::Chain> chains{report_test::healthy(), report_test::bogus_parent(), report_test::hostile(),
                                       report_test::rich(),    report_test::unreachable(),  validator::Chain{},
                                       report_test::healthy()};
  std::set<std::string> series;
  std::istringstream text(report::prometheus(chains, Exposition::prometheus));
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with("# HELP ") || line.starts_with("# TYPE ")) continue;
    EXPECT_TRUE(std::regex_match(line, sample)) << line;
    EXPECT_TRUE(series.insert(line.substr(0, line.rfind(' '))).second) << line;
  }
  EXPECT_GT(series.size(), 50U);
}

// The numbers of the worked example of cli.md §6.
TEST(Metrics, say_what_the_worked_example_says) {
  const auto text = report::prometheus({report_test::healthy()}, Exposition::openmetrics);
  EXPECT_THAT(text, EndsWith("\n# EOF\n"));
  const std::string common = R"({zone="example.org",name="www.example.org",type="A")";
  for (const auto& line : {
           "dnssec_chain_status" + common + R"(,dnssec_chain_status="secure"} 1)",
           "dnssec_chain_status" + common + R"(,dnssec_chain_status="bogus"} 0)",
           "dnssec_chain_break_timestamp_seconds" + common + "} 1796541060",  // 2026-12-06T07:11:00Z
           "dnssec_servers" + common + R"(,at_zone="."} 2)",
           "dnssec_server_agreement_ratio" + common + R"(,at_zone="example.org"} 0.5)",
           "dnssec_nsec3_iterations" + common + R"(,at_zone="org"} 0)",
           "dnssec_trust_anchor_used" + common + R"(,tag="38696",algorithm="8",source="built-in"} 1)",
           "dnssec_dnskey_info" + common + R"(,tag="47213",algorithm="13",flags="257",bits="256"} 1)",
           "probe_duration_seconds" + common + "} 0.184",
       })
    EXPECT_THAT(text, HasSubstr("\n" + line + "\n"));
  EXPECT_THAT(text, Not(HasSubstr("dnssec_fault_info"))) << "only while there is a cause";
}

TEST(Junit, is_well_formed_whatever_the_names_are) {
  const auto text = report::junit({report_test::healthy(), report_test::bogus_parent(), report_test::hostile(),
                                   report_test::insecure_delegation(), report_test::unreachable()});
  pugi::xml_document document;
  ASSERT_TRUE(document.load_buffer(text.data(), text.size()));
  const auto suite = document.child("testsuites").child("testsuite");
  EXPECT_EQ(std::distance(suite.children("testcase").begin(), suite.children("testcase").end()), 5);
  EXPECT_STREQ(suite.child("testcase").next_sibling().child("failure").attribute("type").value(),
               "zone-signed-by-wrong-key");
}

// RFC 4501 §3: octets that are no host name's are escaped by per cent.
TEST(Sarif, places_are_dns_uris) {
  auto chain = report_test::healthy();
  chain.name = report_test::name("a\\032\"b.example.org.");
  EXPECT_THAT(report::sarif({chain}), HasSubstr("\"uri\": \"dns:a%5C032"));
}

}  // namespace
