// Trust anchors as lines of other programs' configuration: dnsmasq's own file, and PowerDNS Recursor's two forms as its
// manual gives them. The digests are those of the Debian package dns-root-data.
#include <gtest/gtest.h>

#include "tests/trustanchor/samples.h"
#include "trustanchor/anchors.h"

namespace trustanchor {
namespace {

const dns::Time now = dns::parse_time("2026-11-24").value();
const std::string digest_2017(samples::digest_2017), digest_2024(samples::digest_2024);

std::expected<Anchors, std::string> read(const std::string& text) {
  return read_anchors(text, "FILE", now, samples::digest);
}

// The same keys out of the form that all others are compared with.
Anchors as_records(const std::string& text) { return read(text).value(); }
const Anchors both = as_records(samples::ds_2017() + "\n" + samples::ds_2024() + "\n");
const Anchors one = as_records(samples::ds_2017() + "\n");

struct Good {
  std::string_view what;
  std::string text;
  const Anchors& wanted;
};

TEST(Configuration, GivesTheAnchorsThatRecordsGive) {
  const std::string yaml = "dnssec:\n  trustanchors:\n    - name: .\n      dsrecords:\n";
  const std::string entries = "        - 20326 8 2 " + digest_2017 + "\n        - '38696 8 2 " + digest_2024 + "'\n";
  const std::vector<Good> cases = {
      {"dnsmasq-base 2.90, trust-anchors.conf",
       "# The root DNSSEC trust anchor, valid as at 11/01/2019\n\n# Note that this is a DS record\n\n"
       "trust-anchor=.,20326,8,2,E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D\n\n\n",
       one},
      {"dnsmasq, two, one with its class",
       "trust-anchor=.,20326,8,2," + digest_2017 + "\r\ntrust-anchor = IN,.,38696,8,2," + digest_2024 + " # new\r\n",
       both},
      {"Lua",
       "-- the root\naddTA('.', \"20326 8 2 " + digest_2017 + "\")\naddTA(\".\", '38696 8 2 " + digest_2024 +
           "'); -- new\n",
       both},
      {"Lua, the name of old versions", "addDS ( '.' , \"20326 8 2 " + digest_2017 + "\" )\n", one},
      {"YAML", yaml + entries, both},
      {"YAML from the document's mark on", "---\n# comment\n" + yaml + entries, both},
      {"YAML, records in brackets",
       "dnssec:\n  trustanchors:\n  - name: '.'\n    dsrecords: ['20326 8 2 " + digest_2017 + "', \"38696 8 2 " +
           digest_2024 + "\"]\n",
       both},
  };
  for (const Good& each : cases) {
    const auto all = read(each.text);
    ASSERT_TRUE(all) << each.what << ": " << all.error();
    EXPECT_EQ(all->anchors, each.wanted.anchors) << each.what;
  }
}

TEST(Configuration, KnowsOtherZones) {
  const std::string data(64, 'A');
  const auto lua = read("addTA('Example.', \"7 13 2 " + data + "\")\n");
  const auto dnsmasq = read("trust-anchor=example,7,13,2," + data + "\n");
  const auto yaml = read("trustanchors:\n- name: example\n  dsrecords:\n  - 7 13 2 " + data +
                         "\n- name: test\n  dsrecords:\n  - 8 13 2 " + data + "\n");
  ASSERT_TRUE(lua && dnsmasq && yaml);
  EXPECT_EQ(lua->anchors.at(0).zone.print(), "Example.");  // names keep their case
  EXPECT_EQ(dnsmasq->anchors.at(0).zone.print(), "example.");
  ASSERT_EQ(yaml->anchors.size(), 2U);
  EXPECT_EQ(yaml->anchors[0].zone.print(), "example.");
  EXPECT_EQ(yaml->anchors[1].zone.print(), "test.");
  EXPECT_EQ(yaml->anchors[1].tag(), 8);
}

TEST(Configuration, BadLinesAreNamed) {
  const std::string good = "trust-anchor=.,20326,8,2," + digest_2017 + "\n";
  const std::string lua = "addTA('.', \"20326 8 2 " + digest_2017 + "\")\n";
  const std::vector<std::pair<std::string, std::string_view>> cases = {
      {good + "cache-size=10\n", "FILE: line 2: only trust-anchor="},
      {"trust-anchor=.,20326,8,2\n", "FILE: line 1: trust-anchor= has zone, tag"},
      {"trust-anchor=.,20326,8,2,AB,CD\n", "FILE: line 1: trust-anchor= has zone, tag"},
      {"trust-anchor=CH,.,20326,8,2," + digest_2017, "FILE: line 1: trust-anchor= has zone, tag"},
      {"trust-anchor=.,20326,8,2,E06D\n", "FILE: line 1: a SHA-256 digest has 32 octets"},
      {"trust-anchor=.,70000,8,2," + digest_2017, "FILE: line 1: "},
      {"trust-anchor=a..b,20326,8,2," + digest_2017, "FILE: line 1: the zone is no name"},
      {"trust-anchor=\n", "FILE: line 1: trust-anchor= has zone"},
      {lua + "clearTA('.')\n", "FILE: line 2: only addTA(...)"},
      {"addTA('.', \"20326 8 2 " + digest_2017 + "\"\n", "FILE: line 1: addTA has two quoted words"},
      {"addTA('.' \"20326 8 2 " + digest_2017 + "\")\n", "FILE: line 1: addTA has two quoted words"},
      {"addTA(\".\", \"20326 8 2 " + digest_2017 + ")\n", "FILE: line 1: addTA has two quoted words"},
      {"addTA('.', \"20326 8 2 " + digest_2017 + "\") os.exit()\n", "FILE: line 1: more stands behind"},
      {"addTA('.', \"20326 8 2 E06D\")\n", "FILE: line 1: a SHA-256 digest"},
      {"addTA(zone, ds)\n", "FILE: line 1: addTA has two quoted words"},
      {"dnssec:\n  validation: off\n", "FILE: line 2: name: comes before"},
      {"trustanchors:\n- name: .\n  other: 1\n", "FILE: line 3: only name: and dsrecords:"},
      {"trustanchors:\n- dsrecords:\n", "FILE: line 2: name: comes before"},
      {"trustanchors:\n- name: .\n  dsrecords: {}\n", "FILE: line 3: dsrecords: is a list"},
      {"trustanchors:\n- name: .\n  dsrecords: ['20326 8 2 " + digest_2017 + "'\n", "FILE: line 3: "},
      {"trustanchors:\n- name: .\n  dsrecords: [20326]\n", "FILE: line 3: the DS records of a list"},
      {"trustanchors:\n- name: .\n  dsrecords: []\n", "FILE: there is no trust anchor"},
      {"dnssec:\n", "FILE: there is no trust anchor"},
  };
  for (const auto& [text, complaint] : cases) {
    const auto all = read(text);
    ASSERT_FALSE(all) << text;
    EXPECT_TRUE(all.error().starts_with(complaint)) << all.error();
    EXPECT_EQ(all.error().find('\n'), std::string::npos);
  }
}

}  // namespace
}  // namespace trustanchor
