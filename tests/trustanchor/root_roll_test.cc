// The root's keys by the calendar. The dates are those of anchors.md §1: KSK-2024 in the zone since 2025-01-11, planned
// to sign from 2026-10-11, KSK-2017 planned to be revoked on 2027-01-11; those of 2017 to 2019 are history.
#include "trustanchor/root_roll.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace trustanchor {
namespace {

// "20326 signs, 38696 standby (planned)": the stage, and whether it is only announced.
std::string stages(std::string_view at) {
  std::string text;
  for (const RootKey& key : root_keys_at(dns::parse_time(at).value())) {
    const bool planned = key.last && key.last->word == Milestone::Word::planned;
    text += (text.empty() ? "" : ", ") + std::to_string(key.tag) + " " + std::string(to_text(key.stage())) +
            (planned ? " (planned)" : "");
  }
  return text;
}

TEST(RootRoll, StagesByTheCalendar) {
  const std::vector<std::pair<std::string_view, std::string_view>> days = {
      {"2017-07-10T23:59:59Z", "19036 signs, 20326 unpublished, 38696 unpublished"},
      {"2017-07-11T00:00:00Z", "19036 signs, 20326 standby, 38696 unpublished"},
      {"2018-10-11T00:00:00Z", "19036 retired, 20326 signs, 38696 unpublished"},
      {"2019-01-11T00:00:00Z", "19036 revoked, 20326 signs, 38696 unpublished"},
      {"2019-03-22T00:00:00Z", "20326 signs, 38696 unpublished"},
      {"2025-01-10T23:59:59Z", "20326 signs, 38696 unpublished"},
      {"2025-01-11T00:00:00Z", "20326 signs, 38696 standby"},
      {"2026-10-10T23:59:59Z", "20326 signs, 38696 standby"},
      {"2026-10-11T00:00:00Z", "20326 retired (planned), 38696 signs (planned)"},
      {"2027-01-10T23:59:59Z", "20326 retired (planned), 38696 signs (planned)"},
      {"2027-01-11T00:00:00Z", "20326 revoked (planned), 38696 signs (planned)"},
  };
  for (const auto& [day, wanted] : days) EXPECT_EQ(stages(day), wanted) << day;
}

TEST(RootRoll, TheNextEventIsNamed) {
  const auto keys = root_keys_at(dns::parse_time("2026-11-24").value());
  ASSERT_EQ(keys.size(), 2U);
  ASSERT_TRUE(keys[0].next);
  EXPECT_EQ(keys[0].next->at, dns::parse_time("2027-01-11").value());
  EXPECT_EQ(keys[0].next->stage, Stage::revoked);
  EXPECT_FALSE(keys[1].next);
}

// What is told of a key by its tag is told of a key that is built in, and all that are built in have a history.
TEST(RootRoll, KnowsTheKeysThatAreBuiltIn) {
  for (const Anchor& anchor : built_in().anchors) {
    const auto all = root_keys_at(dns::parse_time("2018-01-01").value());
    EXPECT_TRUE(std::ranges::any_of(all, [&](const RootKey& key) { return key.tag == anchor.tag(); })) << anchor.tag();
  }
}

}  // namespace
}  // namespace trustanchor
