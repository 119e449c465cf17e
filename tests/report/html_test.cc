// The HTML report: cause first, nothing loaded, nothing injected, ids unique, every list bounded.
#include "report/html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "tests/report/sample_chain.h"

namespace {

using report::Style;
using ::testing::HasSubstr;
using ::testing::Not;

std::string unicode_of(const dns::Name& name) { return name.print().starts_with("xn--") ? "bücher.example" : ""; }
std::vector<dns::Ds> ds_of(const dns::Name&, const dns::Dnskey& key) {
  return {{.tag = key.tag(), .algorithm = key.algorithm, .digest_type = dns::Digest::sha256, .digest = {0xab, 0xcd}}};
}

Style style() {
  Style style;
  style.helpers = {unicode_of, ds_of};
  return style;
}

std::string page(const std::vector<validator::Chain>& chains) { return report::html(chains, style()).value(); }

std::vector<validator::Chain> all_chains() {
  using namespace report_test;
  return {
      healthy(), bogus_parent(), insecure_delegation(), alias_across_zones(), stale_server(), unreachable(), expired(),
      hostile(), rich(),         validator::Chain{}};
}

// Start and end tags pair up; the few elements without an end are known. A reader of our own subset, not of HTML.
void expect_balanced(const std::string& html) {
  static const std::set<std::string> without_end{"meta", "!DOCTYPE"};
  std::vector<std::string> open;
  const std::regex tag("<(/?)([!a-zA-Z0-9]+)((?:[^<>\"]|\"[^\"]*\")*)>");
  for (auto it = std::sregex_iterator(html.begin(), html.end(), tag); it != std::sregex_iterator(); ++it) {
    const auto name = (*it)[2].str(), rest = (*it)[3].str();
    if (!(*it)[1].str().empty()) {
      ASSERT_FALSE(open.empty()) << "</" << name << ">";
      ASSERT_EQ(open.back(), name);
      open.pop_back();
    } else if (!rest.ends_with("/") && !without_end.contains(name)) {
      open.push_back(name);
    }
  }
  EXPECT_TRUE(open.empty()) << open.back();
}

TEST(Html, is_balanced_and_every_id_is_unique) {
  for (const auto& chain : all_chains()) {
    const auto html = page({chain});
    expect_balanced(html);
    std::set<std::string> ids;
    const std::regex id(" id=\"([^\"]*)\"");
    for (auto it = std::sregex_iterator(html.begin(), html.end(), id); it != std::sregex_iterator(); ++it)
      EXPECT_TRUE(ids.insert((*it)[1].str()).second) << (*it)[1].str() << " twice";
    const std::regex named("aria-labelledby=\"([^\"]*)\"");
    for (auto it = std::sregex_iterator(html.begin(), html.end(), named); it != std::sregex_iterator(); ++it) {
      std::stringstream words((*it)[1].str());
      for (std::string word; words >> word;) EXPECT_TRUE(ids.contains(word)) << word;
    }
  }
}

TEST(Html, loads_and_runs_nothing) {
  for (const auto& chain : all_chains()) {
    const auto html = page({chain});
    EXPECT_THAT(html, HasSubstr("content=\"default-src 'none'; style-src 'unsafe-inline'\""));
    for (const auto* wrong : {"<script", " src=", "<link", "@import", "url(", "<img", "<iframe", "<object", "<base"})
      EXPECT_THAT(html, Not(HasSubstr(wrong)));
    // The one address is a name of the SVG namespace, which nobody asks for.
    std::string rest = html;
    for (std::size_t found; (found = rest.find("http://www.w3.org/2000/svg")) != std::string::npos;)
      rest.erase(found, 26);
    EXPECT_THAT(rest, Not(HasSubstr("://")));
    EXPECT_FALSE(std::regex_search(html, std::regex("<[a-z][^<>\"]*( [^<>\"=]*=\"[^\"]*\")* on[a-z]+=")));
  }
}

TEST(Html, says_verdict_and_cause_and_remedy_before_all_else) {
  const auto html = page({report_test::bogus_parent()});
  const auto verdict = html.find(">BOGUS</span>"), cause = html.find("every signature of de. by key 33834 fails"),
             remedy = html.find("nothing in your zone helps"), picture = html.find("id=\"picture\""),
             time = html.find("id=\"time\""), findings = html.find("id=\"findings\""),
             servers = html.find("id=\"servers\""), keys = html.find("id=\"keys\""),
             records = html.find("id=\"records\"");
  ASSERT_NE(records, std::string::npos);
  EXPECT_LT(verdict, cause);
  EXPECT_LT(cause, remedy);
  EXPECT_LT(remedy, picture);
  EXPECT_LT(picture, time);
  EXPECT_LT(time, findings);
  EXPECT_LT(findings, servers);
  EXPECT_LT(servers, keys);
  EXPECT_LT(keys, records);
}

TEST(Html, questions_that_say_the_same_share_a_card) {
  auto other = report_test::bogus_parent();
  other.type = dns::RRType::aaaa;
  const auto html = page({report_test::bogus_parent(), other});
  EXPECT_THAT(html, HasSubstr("www.example.de A, AAAA: "));
  EXPECT_THAT(html, Not(HasSubstr("verdict-2")));
  EXPECT_THAT(page({report_test::healthy(), report_test::bogus_parent()}), HasSubstr("verdict-2"));
}

TEST(Html, the_worst_verdict_comes_first) {
  const auto html = page({report_test::healthy(), report_test::bogus_parent()});
  EXPECT_LT(html.find(">BOGUS</span>"), html.find(">secure</span></h2>"));
}

TEST(Html, names_are_shown_in_both_forms) {
  auto chain = report_test::healthy();
  chain.name = report_test::name("xn--bcher-kva.example.");
  EXPECT_THAT(page({chain}), HasSubstr("<h1>xn--bcher-kva.example <bdi class=\"dim\">(bücher.example)</bdi></h1>"));
}

TEST(Html, gives_the_ds_to_paste) {
  const auto chain = report_test::healthy();
  for (const auto& node : chain.nodes) {
    const auto* key = std::get_if<validator::KeyNode>(&node.body);
    const auto& zone = key == nullptr ? chain.zones[0].name : chain.zones[node.zone].name;
    if (key == nullptr || !key->key.is_sep() || zone.is_root()) continue;
    EXPECT_THAT(page({chain}), HasSubstr(zone.print() + " IN DS " + std::to_string(key->key.tag()) + " " +
                                         std::to_string(dns::number(key->key.algorithm)) + " 2 abcd"));
  }
  EXPECT_THAT(page({chain}), HasSubstr("DS of example.org. to hand to the parent"));
  EXPECT_THAT(page({chain}), Not(HasSubstr("DS of . to hand")));
}

TEST(Html, hostile_names_are_text) {
  const auto html = page({report_test::hostile()});
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;alert"));
  for (const char c : html) EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20 || c == '\n') << static_cast<int>(c);
}

TEST(Html, is_the_same_each_time) {
  for (const auto& chain : all_chains()) EXPECT_EQ(page({chain}), page({chain}));
}

// A name of 255 octets, as long as its text can be: \ddd for each of them.
dns::Name longest(int number) {
  std::string text = std::to_string(number);
  for (int label = 0; label < 3; ++label) {
    text += ".";
    for (int octet = 0; octet < 60; ++octet) text += "\\001";
  }
  return report_test::name(text + ".example.org.");
}

TEST(Html, stays_under_its_bound_whatever_it_is_given) {
  auto chain = report_test::rich();
  const auto node_with = [&](auto test) { return *std::ranges::find_if(chain.nodes, test); };
  const auto key = node_with([](const auto& node) { return std::holds_alternative<validator::KeyNode>(node.body); });
  const auto set = node_with([](const auto& node) { return std::holds_alternative<validator::RRsetNode>(node.body); });
  const auto servers = chain.servers;
  const auto findings = chain.findings;
  const auto link = *std::ranges::find(chain.links, validator::LinkKind::signs, &validator::Link::kind);
  for (int i = 0; i < 300; ++i) {
    auto one = key;
    auto& body = std::get<validator::KeyNode>(one.body);
    body.tag = static_cast<dns::KeyTag>(i);
    body.published = true;
    body.key.key = dns::Bytes(512, static_cast<std::uint8_t>(i));
    body.signs = true;
    auto signs = link;
    signs.from = static_cast<validator::NodeId>(chain.nodes.size());
    chain.nodes.push_back(one);
    auto other = set;
    std::get<validator::RRsetNode>(other.body).set.owner = longest(i);
    std::get<validator::RRsetNode>(other.body).set.rdatas = {dns::Bytes(60'000, 0x01)};
    signs.to = static_cast<validator::NodeId>(chain.nodes.size());
    signs.ok = i % 2 == 0;
    chain.nodes.push_back(other);
    chain.links.push_back(signs);
    auto server = servers.front();
    server.name = longest(i);
    chain.zones.back().servers.push_back(static_cast<validator::ServerId>(chain.servers.size()));
    chain.servers.push_back(server);
    auto finding = findings.front();
    finding.subject.name = longest(i);
    finding.details.push_back({"text", std::string(5000, '<')});
    chain.findings.push_back(finding);
  }
  const auto html = page({chain});
  expect_balanced(html);
  EXPECT_LT(html.size(), 2'000'000U);
  EXPECT_THAT(html, HasSubstr("more servers"));
  EXPECT_THAT(html, HasSubstr("more records"));
}

}  // namespace
