// Anchors as values: which count when, and where validation of a name begins.
#include "trustanchor/anchors.h"

#include <gtest/gtest.h>

#include "tests/trustanchor/samples.h"

namespace trustanchor {
namespace {

dns::Name name(std::string_view text) { return dns::Name::parse(text).value(); }
dns::Time at(std::string_view text) { return dns::parse_time(text).value(); }

std::vector<dns::KeyTag> tags(const std::vector<Anchor>& anchors) {
  std::vector<dns::KeyTag> all;
  for (const Anchor& anchor : anchors) all.push_back(anchor.tag());
  return all;
}

TEST(Anchors, built_in_keys_count_in_their_time) {
  struct Case {
    std::string_view when;
    std::vector<dns::KeyTag> tags;
  };
  // anchors.md §1
  const std::vector<Case> cases = {
      {"2010-07-14T23:59:59Z", {}},
      {"2010-07-15T00:00:00Z", {19036}},
      {"2017-02-01T23:59:59Z", {19036}},
      {"2017-02-02T00:00:00Z", {20326, 19036}},
      {"2019-01-10T23:59:59Z", {20326, 19036}},
      {"2019-01-11T00:00:00Z", {20326}},
      {"2024-07-17T23:59:59Z", {20326}},
      {"2024-07-18T00:00:00Z", {20326, 38696}},
      {"2026-11-24T00:00:00Z", {20326, 38696}},
  };
  for (const Case& each : cases) EXPECT_EQ(tags(built_in().of({}, at(each.when))), each.tags) << each.when;
}

TEST(Anchors, built_in_digests_are_those_of_the_debian_package) {
  const Anchors table = built_in();
  for (const std::string& line : {samples::ds_2017(), samples::ds_2024()}) {
    const Anchor anchor = parse_anchor(line).value();
    EXPECT_EQ(std::ranges::count(table.anchors, anchor.key, &Anchor::key), 1) << line;
  }
}

TEST(Anchors, the_deepest_zone_at_or_above_a_name) {
  Anchors anchors;
  for (const std::string_view zone :
       {".", "example.", "sub.example.", "deep.sub.example.", "old.example.", "pending.example."})
    anchors.anchors.push_back({name(zone), dns::Ds{}, {}, {}, {}, {}});
  anchors.anchors[4].valid_until = at("2020-01-01");
  anchors.anchors[5].state = Anchor::State::add_pend;
  struct Case {
    std::string_view name, zone;
  };
  const std::vector<Case> cases = {
      {".", "."},
      {"net.", "."},
      {"example.", "example."},
      {"EXAMPLE.", "example."},
      {"www.example.", "example."},
      {"notexample.", "."},
      {"sub.example.", "sub.example."},
      {"x.deep.sub.example.", "deep.sub.example."},
      {"deeper.sub.example.", "sub.example."},
      {"x.old.example.", "example."},      // no longer valid
      {"x.pending.example.", "example."},  // not yet trusted
  };
  for (const Case& each : cases)
    EXPECT_EQ(anchors.closest_zone(name(each.name), at("2026-01-01")), name(each.zone)) << each.name;
  EXPECT_EQ(anchors.closest_zone(name("x.old.example."), at("2019-12-31T23:59:59Z")), name("old.example."));
  EXPECT_EQ(Anchors{}.closest_zone(name("example."), at("2026-01-01")), std::nullopt);
  EXPECT_EQ(anchors.zones().size(), 6U);
  EXPECT_TRUE(anchors.of(name("old.example."), at("2026-01-01")).empty());
}

TEST(Anchors, states_that_are_trusted) {
  using State = Anchor::State;
  for (const State state :
       {State::start, State::add_pend, State::valid, State::missing, State::revoked, State::removed}) {
    Anchor anchor{{}, dns::Ds{}, {}, {}, {}, {}, state};
    EXPECT_EQ(anchor.counts_at({}), state == State::valid || state == State::missing);  // RFC 5011 §4.3
  }
}

TEST(Anchors, a_record_on_the_command_line) {
  struct Case {
    std::string text;
    std::string_view complaint;  // part of it; "" = accepted
    dns::KeyTag tag = 0;
  };
  const std::string key(samples::key_2017);
  const std::vector<Case> cases = {
      {". DS 20326 8 2 " + std::string(samples::digest_2017), "", 20326},
      {samples::ds_2024(), "", 38696},
      {"example. 3600 IN DS 1 13 2 " + std::string(64, 'a'), "", 1},
      {samples::dnskey_2017(), "", 20326},
      {". DNSKEY 257 3 8 ( " + key.substr(0, 60) + "\n " + key.substr(60) + " ) ; a comment", "", 20326},
      {". DNSKEY 256 3 8 " + key, "", 20325},
      {". DS 20326 8 99 0102", "", 20326},  // what is accepted is the validator's Policy
      {"", "no record"},
      {"example.", ""},
      {". A 192.0.2.1", "type A is no trust anchor"},
      {". CH DS 20326 8 2 " + std::string(samples::digest_2017), "class CH is not IN"},
      {". DS 20326 8 2 " + std::string(62, 'a'), "SHA-256 digest has 32 octets, not 31"},
      {". DS 20326 8 1 " + std::string(64, 'a'), "SHA-1 digest has 20 octets, not 32"},
      {". DS 20326 8 4 " + std::string(64, 'a'), "SHA-384 digest has 48 octets, not 32"},
      {". DS 0 0 0 00", "no digest"},
      {". DS 20326 8 2 zz", ""},
      {". DS 70000 8 2 " + std::string(64, 'a'), ""},
      {". DNSKEY 385 3 8 " + key, "revoked"},
      {". DNSKEY 1 3 8 " + key, "no zone flag"},
      {". DNSKEY 257 2 8 " + key, "protocol"},
      {samples::ds_2017() + "\n" + samples::ds_2024(), "more than one"},
      {"Private-key-format: v1.3\nAlgorithm: 13\n", "private key"},
  };
  for (const Case& each : cases) {
    const auto anchor = parse_anchor(each.text);
    const bool accepted = each.tag != 0;
    ASSERT_EQ(anchor.has_value(), accepted) << each.text << ": " << (anchor ? "" : anchor.error());
    if (!accepted) {
      EXPECT_NE(anchor.error().find(each.complaint), std::string::npos) << anchor.error();
      EXPECT_EQ(anchor.error().find('\n'), std::string::npos) << anchor.error();
      continue;
    }
    EXPECT_EQ(anchor->tag(), each.tag);
    EXPECT_EQ(anchor->source, "command line");
    EXPECT_TRUE(anchor->counts_at(at("2026-11-24")));
  }
}

}  // namespace
}  // namespace trustanchor
