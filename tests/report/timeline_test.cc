// The timeline: places worked out by hand, what has to be named is named, and hostile names stay text.
#include "report/timeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>

#include <cmath>
#include <set>

#include "report/timeline_axis.h"
#include "tests/report/sample_chain.h"

namespace {

using report::TimeAxis;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

dns::Time at(std::string_view text) { return report_test::at(text); }

std::vector<std::string> texts(const std::vector<TimeAxis::Mark>& marks) {
  std::vector<std::string> out;
  for (const auto& mark : marks) out.push_back(mark.text);
  return out;
}

TEST(TimeAxis, is_linear_near_now) {
  // Twenty days on 400 points: a day is 20.
  const TimeAxis axis(at("2026-11-20T00:00:00Z"), at("2026-12-10T00:00:00Z"), at("2026-11-24T00:00:00Z"), 400);
  EXPECT_FALSE(axis.is_logarithmic());
  EXPECT_DOUBLE_EQ(axis.at(at("2026-11-20T00:00:00Z")), 0);
  EXPECT_DOUBLE_EQ(axis.at(at("2026-11-24T00:00:00Z")), 80);
  EXPECT_DOUBLE_EQ(axis.at(at("2026-11-30T12:00:00Z")), 210);
  EXPECT_DOUBLE_EQ(axis.at(at("2026-12-10T00:00:00Z")), 400);
}

TEST(TimeAxis, is_logarithmic_beyond_thirty_days) {
  // From now to 30·e² days: the first 30 days take a third, each further factor e another.
  const auto now = at("2026-11-24T00:00:00Z");
  const auto days = [&](double count) { return now + dns::Seconds{std::llround(count * 86400)}; };
  const double e = std::exp(1.0);
  const TimeAxis axis(now, days(30 * e * e), now, 300);
  EXPECT_TRUE(axis.is_logarithmic());
  EXPECT_NEAR(axis.at(days(15)), 50, 0.001);
  EXPECT_NEAR(axis.at(days(30)), 100, 0.001);
  EXPECT_NEAR(axis.at(days(30 * e)), 200, 0.001);
  EXPECT_NEAR(axis.at(days(30 * e * e)), 300, 0.001);
  // The past mirrors the future.
  const TimeAxis both(days(-30 * e), days(30 * e), now, 400);
  EXPECT_NEAR(both.at(now), 200, 0.001);
  EXPECT_NEAR(both.at(days(-30)), 100, 0.001);
}

TEST(TimeAxis, never_runs_backwards) {
  const auto now = at("2026-11-24T00:00:00Z");
  const TimeAxis axis(at("1970-01-01T00:00:00Z"), at("2106-02-07T06:28:15Z"), now, 500);
  double last = -1;
  for (auto time = at("1970-01-01T00:00:00Z"); time < at("2106-02-07T00:00:00Z"); time += dns::Seconds{86'400 * 11}) {
    EXPECT_GT(axis.at(time), last);
    last = axis.at(time);
  }
}

TEST(TimeAxis, marks_round_instants_that_have_room) {
  // 2026-11-30 is a Monday. 14 days on 420 points are 30 a day: two-day steps are the finest of 54 points.
  const TimeAxis axis(at("2026-11-24T06:00:00Z"), at("2026-12-08T06:00:00Z"), at("2026-11-24T06:00:00Z"), 420);
  const auto marks = axis.marks(54);
  EXPECT_THAT(texts(marks), ::testing::Contains("Dec 2026"));
  for (std::size_t i = 1; i < marks.size(); ++i) EXPECT_GE(marks[i].x - marks[i - 1].x, 54);
  const TimeAxis hours(at("2026-11-24T06:00:00Z"), at("2026-11-24T10:00:00Z"), at("2026-11-24T07:00:00Z"), 400);
  EXPECT_THAT(texts(hours.marks(54)), ElementsAre("06:00", "07:00", "08:00", "09:00", "10:00"));
  const TimeAxis weeks(at("2026-11-20T00:00:00Z"), at("2026-12-20T00:00:00Z"), at("2026-11-24T00:00:00Z"), 300);
  EXPECT_THAT(texts(weeks.marks(54)), ElementsAre("23 Nov", "Dec 2026", "7 Dec", "14 Dec"));  // Mondays, and the 1st
}

TEST(Timeline, has_a_bar_for_every_signature) {
  const auto chain = report_test::healthy();
  const auto timeline = report::timeline({chain});
  std::size_t bars = 0;
  for (const auto& zone : timeline.zones) {
    for (const auto& row : zone.rows) bars += row.bars.size();
  }
  // A signature over a key set is a link to each of its keys.
  std::set<std::tuple<validator::NodeId, dns::RRType, dns::Time>> sets;
  for (const auto& link : chain.links) {
    if (link.kind == validator::LinkKind::signs) sets.insert({link.from, link.covers, link.expires});
  }
  EXPECT_EQ(bars, sets.size());
  EXPECT_EQ(timeline.zones.size(), 3U);
}

TEST(Timeline, a_bar_runs_from_inception_to_expiration_and_its_tail_is_the_ttl) {
  auto chain = report_test::healthy();
  for (auto& link : chain.links) {
    if (link.kind != validator::LinkKind::signs || link.covers != dns::RRType::a) continue;
    link.inception = at("2026-11-20T00:00:00Z");
    link.expires = at("2026-12-04T00:00:00Z");
    link.rrsig = dns::Rrsig{};
    link.rrsig->original_ttl = 7200;
  }
  const auto timeline = report::timeline({chain});
  const auto& rows = timeline.zones.back().rows;
  const auto row = std::ranges::find_if(rows, [](const auto& each) { return each.label.starts_with("A "); });
  ASSERT_NE(row, rows.end());
  ASSERT_EQ(row->bars.size(), 1U);
  EXPECT_EQ(row->bars.front().from, at("2026-11-20T00:00:00Z"));
  EXPECT_EQ(row->bars.front().to, at("2026-12-04T00:00:00Z"));
  EXPECT_EQ(row->bars.front().tail, at("2026-12-04T02:00:00Z"));
  EXPECT_EQ(row->bars.front().renew, at("2026-12-03T22:00:00Z"));
}

TEST(Timeline, names_the_first_break_and_marks_its_bar) {
  const auto chain = report_test::healthy();
  const auto timeline = report::timeline({chain});
  const auto moment = std::ranges::find(timeline.moments, report::Moment::Kind::breaks, &report::Moment::kind);
  ASSERT_NE(moment, timeline.moments.end());
  EXPECT_EQ(moment->at, chain.forecast.breaks_at);
  EXPECT_THAT(moment->text, HasSubstr("bogus 2026-12-06T07:11Z, in 12d 4h"));  // cli.md §6
  EXPECT_THAT(report::draw(timeline), HasSubstr(">ends first</text>"));
}

TEST(Timeline, tells_since_when_it_is_broken) {
  const auto timeline = report::timeline({report_test::expired()});
  const auto moment = std::ranges::find(timeline.moments, report::Moment::Kind::breaks, &report::Moment::kind);
  ASSERT_NE(moment, timeline.moments.end());
  EXPECT_THAT(moment->text, HasSubstr("broken since 2026-11-22T00:00Z"));
  EXPECT_THAT(report::draw(timeline), HasSubstr(">expired 2d 3h ago</text>"));
}

TEST(Timeline, a_signature_of_some_servers_is_half_a_bar) {
  const auto timeline = report::timeline({report_test::stale_server()});
  bool any = false;
  for (const auto& zone : timeline.zones) {
    for (const auto& row : zone.rows) {
      for (const auto& bar : row.bars) {
        any = any || bar.partial;
        EXPECT_EQ(bar.partial, bar.word.contains("1 of 2 servers")) << bar.word;
      }
    }
  }
  EXPECT_TRUE(any);
}

// A zone whose A sets were signed at the instants given, for fourteen days each.
validator::Chain signed_at(const std::vector<std::string_view>& instants) {
  auto chain = report_test::healthy();
  const auto pattern = std::ranges::find_if(chain.links, [](const validator::Link& link) {
    return link.kind == validator::LinkKind::signs && link.covers == dns::RRType::a;
  });
  auto link = *pattern;
  std::erase_if(chain.links, [](const validator::Link& each) { return each.kind == validator::LinkKind::signs; });
  chain.forecast = {};
  for (const auto instant : instants) {
    link.inception = at(instant);
    link.expires = link.inception + dns::Seconds{14 * 86'400};
    chain.links.push_back(link);
  }
  chain.now = at("2026-11-24T00:00:00Z");
  return chain;
}

TEST(Timeline, tells_the_rhythm_of_the_signer) {
  // Three runs, the second of them twenty minutes long; from the 18th to the 23rd, 00:00: five days, two gaps.
  const auto timeline = report::timeline(
      {signed_at({"2026-11-18T00:00:00Z", "2026-11-20T00:00:00Z", "2026-11-20T00:20:00Z", "2026-11-23T00:00:00Z"})});
  ASSERT_EQ(timeline.zones.size(), 1U);
  EXPECT_EQ(timeline.zones.front().rhythm, "signed 3 times, every 2d 12h, last 1d ago, for 14d");
  const auto once = report::timeline({signed_at({"2026-11-23T00:00:00Z"})});
  EXPECT_EQ(once.zones.front().rhythm, "signed 1d ago, for 14d");
}

TEST(Timeline, folds_what_is_too_much_and_keeps_what_ends_first) {
  auto chain = signed_at({"2026-11-23T00:00:00Z"});
  const auto pattern = chain.links.back();
  const auto& owner = std::get<validator::RRsetNode>(chain.nodes[pattern.to].body).set.owner;
  ASSERT_FALSE(owner.is_root());
  for (int i = 0; i < 300; ++i) {
    auto node = chain.nodes[pattern.to];
    std::get<validator::RRsetNode>(node.body).set.owner = report_test::name("h" + std::to_string(i) + ".example.org.");
    auto link = pattern;
    link.to = static_cast<validator::NodeId>(chain.nodes.size());
    link.expires += dns::Seconds{3600 * (300 - i)};  // the last one ends first of these
    chain.nodes.push_back(node);
    chain.links.push_back(link);
  }
  const auto timeline = report::timeline({chain});
  const auto& zone = timeline.zones.front();
  EXPECT_EQ(zone.rows.size(), 24U);
  EXPECT_EQ(zone.folded, 277U);
  EXPECT_THAT(zone.rows[1].label, HasSubstr("h299.example.org."));
  EXPECT_THAT(report::draw(timeline), HasSubstr("+ 277 more that end later"));
  EXPECT_LT(report::draw(timeline).size(), 40'000U);
}

TEST(Timeline, is_well_formed_and_deterministic_and_hostile_names_are_text) {
  using namespace report_test;
  for (const auto& chain : {healthy(), bogus_parent(), insecure_delegation(), alias_across_zones(), stale_server(),
                            unreachable(), expired(), hostile(), rich(), validator::Chain{}}) {
    const auto drawn = report::draw(report::timeline({chain}));
    pugi::xml_document document;
    EXPECT_TRUE(document.load_string(drawn.c_str()));
    EXPECT_STREQ(document.child("svg").attribute("role").value(), "img");
    EXPECT_THAT(drawn, Not(HasSubstr("<script")));
    EXPECT_THAT(drawn, Not(HasSubstr("V@")));
    for (const char c : drawn) EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20 || c == '\n');
    EXPECT_EQ(drawn, report::draw(report::timeline({chain})));
  }
  EXPECT_THAT(report::draw(report::timeline({})), HasSubstr("no signature was seen"));
}

TEST(Timeline, several_chains_share_their_zones) {
  auto other = report_test::healthy();
  other.name = report_test::name("mail.example.org.");
  const auto one = report::timeline({report_test::healthy()});
  const auto both = report::timeline({report_test::healthy(), other});
  EXPECT_EQ(both.zones.size(), one.zones.size());
  EXPECT_EQ(std::ranges::count(both.moments, report::Moment::Kind::now, &report::Moment::kind), 1);
  EXPECT_EQ(both.zones.front().rows.size(), one.zones.front().rows.size());
}

TEST(Timeline, shows_announced_steps_of_the_root) {
  // anchors.md §1: KSK-2017, tag 20326, is to be revoked on 2027-01-11.
  auto chain = report_test::healthy();
  for (auto& node : chain.nodes) {
    if (auto* anchor = std::get_if<validator::AnchorNode>(&node.body)) anchor->tag = 20326;
  }
  const auto timeline = report::timeline({chain});
  const auto root = std::ranges::find(timeline.moments, report::Moment::Kind::root, &report::Moment::kind);
  ASSERT_NE(root, timeline.moments.end());
  EXPECT_THAT(root->text, HasSubstr("the root's key 20326: "));
  EXPECT_EQ(dns::print_rfc3339(root->at).substr(0, 10), "2027-01-11");
}

}  // namespace
