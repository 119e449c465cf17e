// One zone for each finding that only a whole zone shows: its folder in fixtures/ and the recipe with fresh keys come
// out as expected, with this finding and, notices aside, no other.
#include "tests/recipes/zones.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "validator/catalogue.h"

namespace recipes {
namespace {

std::vector<std::string> slugs_of(const validator::ZoneJudgement& zone) {
  std::vector<std::string> slugs;
  for (const auto& [code, count] : zone.counts)
    if (validator::row(code).severity != validator::Severity::notice) slugs.emplace_back(to_text(code));
  return slugs;
}

std::string leading_cause(const validator::ZoneJudgement& zone) {
  return zone.chain.causes.empty() ? "" : std::string(to_text(zone.chain.findings[zone.chain.causes.front()].code));
}

void expect_judged_as(const validator::ZoneJudgement& zone, const ZoneExpected& expected) {
  EXPECT_EQ(to_text(zone.chain.verdict), expected.verdict);
  EXPECT_EQ(leading_cause(zone), expected.cause);
  EXPECT_EQ(slugs_of(zone), std::vector{expected.slug});
}

class ZoneRecipes : public testing::TestWithParam<std::size_t> {
 protected:
  const ZoneRecipe& recipe_ = zone_recipes()[GetParam()];
};

TEST_P(ZoneRecipes, AreJudgedAsExpected) {
  const auto expected = expected_of(recipe_);
  const auto text = zone_file(recipe_);
  expect_judged_as(judged_zone(text, expected.now), expected);
  if (HasFailure()) ADD_FAILURE() << recipe_.story << "\n" << text;
}

TEST_P(ZoneRecipes, TheirFoldersAreJudgedAsExpected) {
  const auto expected = read_zone_expected(recipe_.slug);
  EXPECT_EQ(expected, expected_of(recipe_)) << "make it again: fixtures/README.md";
  expect_judged_as(judged_zone(read_zone_file(recipe_.slug), expected.now), expected);
}

const auto name_of = [](const auto& test) {
  std::string name = zone_recipes()[test.param].slug;
  std::ranges::replace(name, '-', '_');
  return name;
};
INSTANTIATE_TEST_SUITE_P(Each, ZoneRecipes, testing::Range(std::size_t{0}, std::size_t{9}), name_of);

TEST(ZoneRecipesAll, AreTried) { EXPECT_EQ(zone_recipes().size(), 9U); }

// The zone they all begin with: nothing is wrong with it.
TEST(ZoneRecipesAll, BeginWithASoundZone) {
  const auto zone = judged_zone(zone_file({"", "", {}, "", [](Plot&) {}}), dns::print_rfc3339(Tree().now));
  EXPECT_EQ(to_text(zone.chain.verdict), "secure");
  EXPECT_THAT(slugs_of(zone), testing::IsEmpty());
}
TEST(ZoneRecipesAll, BeginWithASoundZoneOfHashes) {
  const auto zone = judged_zone(zone_file({"", "", {}, "", [](Plot& plot) { plot.nsec3 = "1 0 0 -"; }}),
                                dns::print_rfc3339(Tree().now));
  EXPECT_EQ(to_text(zone.chain.verdict), "secure");
  EXPECT_THAT(slugs_of(zone), testing::IsEmpty());
}

class DISABLED_MakeZone : public testing::TestWithParam<std::size_t> {};
TEST_P(DISABLED_MakeZone, Folder) { write_zone_folder(zone_recipes()[GetParam()]); }
INSTANTIATE_TEST_SUITE_P(Each, DISABLED_MakeZone, testing::Range(std::size_t{0}, std::size_t{9}), name_of);

}  // namespace
}  // namespace recipes
