// The picture in SVG and DOT: well-formed, self-contained, small, nothing injected, everything named and explained.
#include "report/svg.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <thread>

#include "report/caption.h"
#include "report/dot.h"
#include "report/drawing.h"
#include "report/picture.h"
#include "tests/report/sample_chain.h"

namespace {

using report::Style;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::pair<std::string, validator::Chain>> all_chains() {
  using namespace report_test;
  return {{"healthy", healthy()},          {"bogus", bogus_parent()}, {"insecure", insecure_delegation()},
          {"alias", alias_across_zones()}, {"stale", stale_server()}, {"unreachable", unreachable()},
          {"expired", expired()},          {"hostile", hostile()},    {"rich", rich()}};
}

std::string svg_of(const validator::Chain& chain) { return report::svg(report::picture({chain}, Style{})).value(); }

struct Walk : pugi::xml_tree_walker {
  std::function<void(pugi::xml_node)> visit;
  bool for_each(pugi::xml_node& node) override {
    visit(node);
    return true;
  }
};

void each_element(const std::string& svg, std::function<void(pugi::xml_node)> visit) {
  pugi::xml_document document;
  const auto read = document.load_string(svg.c_str());
  ASSERT_TRUE(read) << read.description();
  Walk walk;
  walk.visit = std::move(visit);
  document.traverse(walk);
}

pugi::xml_node by_id(const pugi::xml_document& document, const std::string& id) {
  return document.find_node([&](const pugi::xml_node& node) { return id == node.attribute("id").value(); });
}

TEST(Svg, is_well_formed_and_loads_nothing) {
  const std::set<std::string> known{"svg",   "title", "desc",    "style",  "rect", "g", "text",
                                    "tspan", "path",  "ellipse", "circle", "a",    ""};
  for (const auto& [name, chain] : all_chains()) {
    const auto svg = svg_of(chain);
    std::set<std::string> ids;
    each_element(svg, [&](pugi::xml_node node) {
      EXPECT_TRUE(known.contains(node.name())) << name << ": <" << node.name() << ">";
      for (const auto& attribute : node.attributes()) {
        const std::string key = attribute.name(), value = attribute.value();
        EXPECT_FALSE(key.starts_with("on")) << name << ": " << key;
        EXPECT_TRUE(key != "href" || value.starts_with("#")) << value;
        EXPECT_TRUE(key != "id" || ids.insert(value).second) << name << ": " << value << " twice";
        EXPECT_FALSE(value.contains("url(")) << value;
      }
    });
    for (const auto& id : ids) EXPECT_TRUE(id.starts_with("tw-")) << id;
    EXPECT_THAT(svg, Not(HasSubstr("@import")));
  }
}

TEST(Svg, the_root_tells_those_who_do_not_see) {
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(svg_of(report_test::bogus_parent()).c_str()));
  const auto root = document.child("svg");
  EXPECT_STREQ(root.attribute("role").value(), "img");
  EXPECT_STREQ(root.attribute("aria-labelledby").value(), "tw-title tw-desc");
  EXPECT_STREQ(root.child("title").text().get(), "www.example.de A: BOGUS");
  const std::string description = root.child("desc").text().get();
  EXPECT_THAT(description, HasSubstr("every signature of de. by key 33834 fails"));
  EXPECT_THAT(description, HasSubstr("de. bogus, example.de. not reached"));
}

TEST(Svg, everything_drawn_has_an_id_a_class_and_a_tooltip) {
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(svg_of(report_test::healthy()).c_str()));
  // cli.md §9: octets outside a-z 0-9 as _xx.
  struct Case {
    const char *id, *kind, *tooltip;
  };
  const Case cases[] = {
      {"tw-zone-example_2eorg_2e", "zone secure", "zone example.org.: secure"},
      {"tw-key-example_2eorg_2e-47213-13", "key secure",
       "DNSKEY 47213 13 ECDSAP256SHA256 of example.org., 256 bits, flags 257 (SEP)"},
      {"tw-ds-example_2eorg_2e-47213-13", "ds secure",
       "DS 47213 13 ECDSAP256SHA256 of example.org., 2 SHA-256, TTL 3600"},
      {"tw-rrset-www_2eexample_2eorg_2e-a", "rrset secure", "www.example.org. A, 2 records, TTL 300"},
      {"tw-delegation-org_2e", "delegation secure", "delegation of org. by ."},
      {"tw-signs-key-_2e-21831-8--ds-org_2e-26974-8-secure", "signs secure", "until 2026-12-06T17:00:00Z (in 12d 13h)"},
  };
  for (const auto& each : cases) {
    const auto node = by_id(document, each.id);
    ASSERT_TRUE(node) << each.id;
    EXPECT_STREQ(node.attribute("class").value(), each.kind) << each.id;
    EXPECT_THAT(std::string{node.child("title").text().get()}, HasSubstr(each.tooltip)) << each.id;
  }
}

TEST(Svg, a_healthy_chain_of_three_zones_stays_small) {
  // cli.md §9.5: at most 12 nodes, 14 edges, 25 kB.
  const auto picture = report::picture({report_test::healthy()}, Style{});
  EXPECT_LE(picture.items.size(), 12U);
  EXPECT_LE(picture.arrows.size(), 14U);
  EXPECT_LE(report::svg(picture).value().size(), 25'000U);
}

TEST(Svg, the_cause_is_called_out_and_leads_to_the_guilty_zone) {
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(svg_of(report_test::bogus_parent()).c_str()));
  const auto link = document.child("svg").child("a");
  ASSERT_TRUE(link);
  EXPECT_STREQ(link.attribute("href").value(), "#tw-zone-de_2e");
  EXPECT_TRUE(by_id(document, "tw-zone-de_2e"));
  EXPECT_THAT(std::string{link.child("text").text().get()},
              HasSubstr("de. (a parent of example.de., not your zone), all 6 servers"));
}

TEST(Svg, the_legend_shows_only_what_is_drawn) {
  const auto healthy = svg_of(report_test::healthy());
  EXPECT_THAT(healthy, HasSubstr(">trust anchor</text>"));
  for (const auto* absent :
       {">bogus</text>", ">insecure: not protected</text>", ">errors</text>", ">does not exist</text>"}) {
    EXPECT_THAT(healthy, Not(HasSubstr(absent)));
  }
  EXPECT_THAT(svg_of(report_test::bogus_parent()), HasSubstr(">bogus</text>"));
  EXPECT_THAT(svg_of(report_test::insecure_delegation()), HasSubstr(">proof with opt-out</text>"));
}

TEST(Svg, no_state_is_told_by_colour_alone) {
  EXPECT_THAT(svg_of(report_test::bogus_parent()), HasSubstr("> BOGUS</tspan>"));
  EXPECT_THAT(svg_of(report_test::insecure_delegation()), HasSubstr("> INSECURE</tspan>"));
  EXPECT_THAT(svg_of(report_test::expired()), HasSubstr(">expired 2d 3h ago</text>"));
  EXPECT_THAT(svg_of(report_test::rich()), HasSubstr(">DNSKEY REVOKED</text>"));
}

TEST(Svg, hostile_names_are_text) {
  const auto svg = svg_of(report_test::hostile());
  EXPECT_THAT(svg, Not(HasSubstr("<script")));
  each_element(svg, [](pugi::xml_node node) { EXPECT_STRNE(node.name(), "script"); });
  for (const char c : svg) EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20 || c == '\n') << static_cast<int>(c);
  EXPECT_THAT(svg, HasSubstr("&lt;script&gt;alert"));
}

TEST(Svg, names_in_other_scripts_stand_beside_their_a_labels) {
  auto chain = report_test::healthy();
  Style style;
  style.helpers.unicode = [](const dns::Name& name) {
    return name.is_root() || name.labels() == 1 ? std::string() : "b\u00fccher." + std::to_string(name.labels());
  };
  const auto picture = report::picture({chain}, style);
  EXPECT_EQ(picture.boxes[1].caption, "2026-11-24 03:11Z\n1 of 1 server");
  EXPECT_EQ(picture.boxes[2].caption, "b\u00fccher.2\n2026-11-24 03:11Z, 2 of 2 servers");
  EXPECT_THAT(picture.boxes[2].tooltip, testing::StartsWith("zone example.org. (b\u00fccher.2): secure"));
  EXPECT_EQ(picture.title, "www.example.org (b\u00fccher.3) A: secure");
  EXPECT_THAT(report::svg(picture).value(), HasSubstr(">b\u00fccher.2</text>"));
}

TEST(Svg, names_that_look_alike_get_different_ids) {
  auto chain = report_test::healthy();
  auto twin = chain.nodes[8];
  std::get<validator::RRsetNode>(twin.body).set.owner = report_test::name("www_2eexample.org.");
  chain.nodes.push_back(twin);
  chain.answer.rrsets.push_back(9);
  const auto picture = report::picture({chain}, Style{});
  std::set<std::string> ids;
  for (const auto& item : picture.items) EXPECT_TRUE(ids.insert(item.id).second) << item.id;
}

TEST(Svg, ancestors_are_shared) {
  const auto one = report::picture({report_test::healthy()}, Style{});
  auto other = report_test::healthy();
  other.name = report_test::name("mail.example.org.");
  std::get<validator::RRsetNode>(other.nodes[8].body).set.owner = other.name;
  const auto both = report::picture({report_test::healthy(), other}, Style{});
  EXPECT_EQ(both.boxes.size(), one.boxes.size());
  EXPECT_EQ(both.items.size(), one.items.size() + 1);
  EXPECT_EQ(both.arrows.size(), one.arrows.size() + 1);
}

TEST(Svg, of_two_states_of_one_thing_the_worse_is_shown) {
  auto broken = report_test::healthy();
  broken.zones[2].security = validator::Security::bogus;
  broken.nodes[8].security = validator::Security::bogus;
  for (const auto& chains :
       {std::vector{report_test::healthy(), broken}, std::vector{broken, report_test::healthy()}}) {
    const auto picture = report::picture(chains, Style{});
    EXPECT_EQ(picture.boxes[1].tone, report::Tone::secure);
    EXPECT_EQ(picture.boxes[2].tone, report::Tone::bogus);
    const auto www = std::ranges::find(picture.items, "tw-rrset-www_2eexample_2eorg_2e-a", &report::Item::id);
    ASSERT_NE(www, picture.items.end());
    EXPECT_EQ(www->tone, report::Tone::bogus);
    EXPECT_THAT(www->tooltip, HasSubstr("bogus"));
  }
}

TEST(Svg, a_crowd_of_keys_is_folded_and_counted) {
  auto chain = report_test::healthy();
  const auto key = *std::ranges::find_if(chain.nodes, [](const validator::Node& node) {
    return node.zone == 2 && std::holds_alternative<validator::KeyNode>(node.body);
  });
  const auto one = report::picture({chain}, Style{}).items.size();
  for (int i = 0; i < 300; ++i) {
    chain.nodes.push_back(key);
    auto& body = std::get<validator::KeyNode>(chain.nodes.back().body);
    body.tag = static_cast<dns::KeyTag>(i);
    body.signs = true;
  }
  const auto picture = report::picture({chain}, Style{});
  EXPECT_LE(picture.items.size(), one + 12);
  const auto dot = report::dot(picture);
  // 301 keys, 12 of them drawn.
  EXPECT_THAT(dot, HasSubstr("+ 289 more keys"));
  EXPECT_THAT(dot, HasSubstr("and 269 more"));  // twenty are named in the tooltip
}

TEST(Svg, what_the_zone_asks_for_leads_to_its_key) {
  auto chain = report_test::healthy();
  validator::Finding finding;
  finding.code = validator::Code::cds_differs_from_ds;
  finding.zone = report_test::name("example.org.");
  finding.subject.name = finding.zone;
  finding.details = {
      {"type", dns::RRType::cds},
      {"add", std::vector<validator::DsId>{{47213, dns::Algorithm::ecdsap256sha256, dns::Digest::sha384}}}};
  chain.findings.push_back(finding);
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(svg_of(chain).c_str()));
  EXPECT_STREQ(by_id(document, "tw-proposes-example_2eorg_2e-47213").attribute("class").value(), "proposes notice");
  EXPECT_STREQ(by_id(document, "tw-cds-example_2eorg_2e").child("text").text().get(), "CDS asks for another DS");
}

// A box of 300 by 100 points with one arrow through its head.
report::Layout crossed_at(double x) {
  report::Layout layout;
  layout.boxes = {{0, 0, 300, 100}};
  layout.arrows = {{{{x, -20}, {x, 20}, {x, 40}, {x, 80}}, {x, 90}, {}}};
  return layout;
}

TEST(Svg, no_arrow_runs_across_a_zone_s_name_where_there_is_room) {
  const report::Box box{"tw-zone-a", "example.org.", "2026-11-24 06:00Z", "", report::Tone::secure, false, {}, {}, 0};
  const auto left_of = [&](double x) {
    const auto text = report::caption(box, 0, crossed_at(x));
    return std::stod(text.substr(text.find(" x=\"") + 4));
  };
  EXPECT_EQ(left_of(250), 10);  // free where it always is
  EXPECT_GT(left_of(30), 30);
  EXPECT_LT(left_of(30), 50);
}

TEST(Svg, what_passed_is_folded_until_all_is_asked_for) {
  Style style;
  const auto folded = report::picture({report_test::rich()}, style);
  style.probes = Style::Probes::all;
  const auto all = report::picture({report_test::rich()}, style);
  EXPECT_GT(all.items.size(), folded.items.size());
  EXPECT_THAT(report::dot(folded), HasSubstr("3 checks passed"));
  EXPECT_THAT(report::dot(folded), HasSubstr("+ 1 standby key"));
  EXPECT_THAT(report::dot(all), Not(HasSubstr("checks passed")));
}

TEST(Svg, the_same_picture_gives_the_same_octets_in_every_thread) {
  const auto expected = svg_of(report_test::rich());
  std::vector<std::string> drawn(4);
  {
    std::vector<std::jthread> threads;
    for (auto& each : drawn) threads.emplace_back([&each] { each = svg_of(report_test::rich()); });
  }
  for (const auto& each : drawn) EXPECT_EQ(each, expected);
}

TEST(Svg, tones_keep_their_contrast) {
  // cli.md §9: every pair at least 4.5:1 on page and box, by the formula of WCAG 2.1.
  const auto luminance = [](std::string_view color) {
    double sum = 0;
    const double weights[] = {0.2126, 0.7152, 0.0722};
    for (std::size_t i = 0; i < 3; ++i) {
      const double value = std::stoi(std::string{color.substr(1 + 2 * i, 2)}, nullptr, 16) / 255.0;
      sum += weights[i] * (value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4));
    }
    return sum;
  };
  const auto contrast = [&](std::string_view left, std::string_view right) {
    const double a = luminance(left) + 0.05, b = luminance(right) + 0.05;
    return std::max(a, b) / std::min(a, b);
  };
  for (int i = 0; i <= static_cast<int>(report::Tone::notice); ++i) {
    const auto colors = report::colors(static_cast<report::Tone>(i));
    for (const auto* page : {"#ffffff", "#f4f6f8"}) EXPECT_GE(contrast(colors.light, page), 4.5) << colors.light;
    for (const auto* page : {"#12161c", "#1b2129"}) EXPECT_GE(contrast(colors.dark, page), 4.5) << colors.dark;
  }
}

TEST(Dot, quotes_and_backslashes_stay_inside_their_strings) {
  // Graphviz itself is the judge: svg() reads the text that dot() writes.
  const auto picture = report::picture({report_test::hostile()}, Style{});
  EXPECT_TRUE(report::svg(picture));
  const auto dot = report::dot(picture);
  EXPECT_THAT(dot, HasSubstr(R"(\\010<script>alert\\(1\\)</script>\\\"&'|\\\\N.)"));
  for (const char c : dot) EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20 || c == '\n');
}

}  // namespace
