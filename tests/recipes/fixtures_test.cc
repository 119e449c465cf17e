// One fixture for each finding: every folder of fixtures/ is judged again from its recording, every recipe with fresh
// keys; every row of the catalogue has a folder, a rule and a remedy. The folders are made here too, by a disabled test
// to be run by hand (fixtures/README.md).
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <random>
#include <set>

#include "cli/status.h"
#include "report/report.h"
#include "report/schema.h"
#include "tests/recipes/folder.h"
#include "tests/recipes/without_fixture.h"
#include "tests/recipes/zones.h"

namespace recipes {
namespace {

using testing::Contains;
using validator::Breaks;
using validator::Chain;
using validator::Finding;

std::string slug_of(const Finding& finding) { return std::string(validator::to_text(finding.code)); }

std::vector<std::string> slugs_of(const Chain& chain) {
  std::vector<std::string> slugs;
  for (const Finding& finding : chain.findings) slugs.push_back(slug_of(finding));
  return slugs;
}

bool breaks_something(const Finding& finding) { return validator::row(finding.code).breaks != Breaks::no; }

// Causes that break something, in report order.
std::vector<std::string> breaking_causes(const Chain& chain) {
  std::vector<std::string> slugs;
  for (const Finding& finding : chain.findings)
    if (!finding.consequence_of && breaks_something(finding)) slugs.push_back(slug_of(finding));
  return slugs;
}

std::string leading_cause(const Chain& chain) {
  return chain.causes.empty() ? "" : slug_of(chain.findings[chain.causes.front()]);
}

// A finding as people see it, without what depends on who was heard first.
std::string said(const Finding& finding) {
  return slug_of(finding) + " | " + validator::print(finding.subject) + " | " + validator::sentence(finding);
}
std::vector<std::string> all_said(const Chain& chain) {
  std::vector<std::string> lines;
  for (const Finding& finding : chain.findings)
    lines.push_back(said(finding) +
                    (finding.consequence_of ? " <- " + said(chain.findings[*finding.consequence_of]) : ""));
  return lines;
}

void expect_judged_as(const Chain& chain, const Expected& expected) {
  EXPECT_EQ(validator::to_text(chain.verdict), expected.verdict);
  EXPECT_EQ(leading_cause(chain), expected.cause);
  EXPECT_EQ(cli::status_of(chain.verdict), expected.exit);
  if (!expected.slug.empty()) {
    EXPECT_THAT(slugs_of(chain), Contains(expected.slug));
  }
  // findings.md §3: a fixture with one break yields one cause that breaks something.
  std::vector<std::string> others = breaking_causes(chain);
  for (const std::string& one : {expected.cause, expected.slug}) {
    const auto found = std::ranges::find(others, one);
    if (found == others.end()) continue;
    others.erase(found);
    break;
  }
  std::ranges::sort(others);
  EXPECT_EQ(others, expected.beside) << "causes beside the one expected";
}

void expect_sound_explanation(const Chain& chain) {
  for (std::size_t i = 0; i < chain.findings.size(); ++i) {
    std::set<std::size_t> passed{i};
    for (auto cause = chain.findings[i].consequence_of; cause; cause = chain.findings[*cause].consequence_of) {
      ASSERT_LT(*cause, chain.findings.size());
      ASSERT_TRUE(passed.insert(*cause).second) << "a cycle from " << slug_of(chain.findings[i]);
    }
  }
  if (chain.verdict == Security::bogus) {
    EXPECT_TRUE(std::ranges::any_of(chain.findings, breaks_something)) << "bogus, and nobody says why";
  }
}

std::string identifier(std::string text) {
  std::ranges::replace_if(text, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return text;
}

// --- folders ---

class Fixtures : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    expected_ = read_expected(GetParam());
    auto recording = read_evidence(GetParam());
    ASSERT_TRUE(recording) << recording.error();
    recording_ = std::move(*recording);
    chain_ = judged(recording_, expected_.now, expected_.options);
  }
  Chain again(const resolver::Recording& recording) const {
    return judged(recording, expected_.now, expected_.options);
  }

  Expected expected_;
  resolver::Recording recording_;
  Chain chain_;
};

TEST_P(Fixtures, AreJudgedAsExpected) {
  expect_judged_as(chain_, expected_);
  expect_sound_explanation(chain_);
  if (HasFailure()) ADD_FAILURE() << expected_.story << "\n" << testing::PrintToString(all_said(chain_));
}

TEST_P(Fixtures, ARecordingWrittenAndReadIsTheSameEvidence) {
  const auto text = resolver::write_recording(recording_);
  const auto read = resolver::read_recording(text);
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(resolver::write_recording(*read), text);
  const auto json = [](const Chain& chain) { return report::write({chain}, report::Format::json, {}); };
  EXPECT_EQ(json(again(*read)), json(chain_));
}

// Who answered first is chance.
TEST_P(Fixtures, TheOrderOfExchangesChangesNothing) {
  std::mt19937 random(20261124);
  for (int i = 0; i < 3; ++i) {
    auto shuffled = recording_;
    std::ranges::shuffle(shuffled.evidence.exchanges, random);
    const Chain other = again(shuffled);
    EXPECT_EQ(other.verdict, chain_.verdict);
    ASSERT_EQ(all_said(other), all_said(chain_));
  }
}

TEST_P(Fixtures, EveryWriterSaysIt) {
  const auto write = [&](report::Format format) {
    report::Style style;
    style.probes = report::Style::Probes::all;
    auto text = report::write({chain_}, format, style);
    EXPECT_TRUE(text && !text->empty());
    return text.value_or("");
  };
  const auto json = write(report::Format::json);
  rapidjson::Document document;
  document.Parse<rapidjson::kParseValidateEncodingFlag>(json.c_str());
  ASSERT_FALSE(document.HasParseError());
  EXPECT_EQ(document["findings"].Size(), chain_.findings.size());
  EXPECT_EQ(std::string(document["verdict"].GetString()), expected_.verdict);
  const auto dot = write(report::Format::dot);
  EXPECT_THAT(dot, testing::StartsWith("digraph"));
  EXPECT_EQ(std::ranges::count(dot, '{'), std::ranges::count(dot, '}'));
  const auto text = write(report::Format::text);
  write(report::Format::brief);
  write(report::Format::ndjson);
  if (expected_.slug.empty()) return;
  EXPECT_TRUE(std::ranges::any_of(document["findings"].GetArray(), [&](const auto& finding) {
    return expected_.slug == finding["slug"].GetString();
  })) << "JSON";
  // What resolvers conclude stands in lines of its own, above the findings.
  const auto words = expected_.slug == "forwarder-verdict" ? "itself concludes" : expected_.slug;
  EXPECT_TRUE(text.contains(words)) << text;
}

INSTANTIATE_TEST_SUITE_P(Each, Fixtures, testing::ValuesIn(folders()),
                         [](const auto& test) { return identifier(test.param); });

TEST(Json, OfEveryFolderKeepsItsSchema) {
  if (std::system("python3 -c 'import jsonschema' 2>/dev/null") != 0) GTEST_SKIP() << "no python3-jsonschema here";
  std::vector<Chain> chains;
  for (const std::string& name : folders()) {
    const Expected expected = read_expected(name);
    chains.push_back(judged(read_evidence(name).value(), expected.now, expected.options));
  }
  const auto folder = std::filesystem::path(testing::TempDir()) / ("trustwalk-recipes-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "schema.json") << report::json_schema();
  std::ofstream(folder / "all.json") << report::write(chains, report::Format::json, {}).value();
  std::ofstream(folder / "check.py") << "import json, sys, jsonschema\n"
                                        "load = lambda name: json.load(open(sys.argv[1] + '/' + name))\n"
                                        "check = jsonschema.Draft202012Validator(load('schema.json'))\n"
                                        "bad = [one['target']['name'] + ' ' + e.message[:300] for one in "
                                        "load('all.json') for e in check.iter_errors(one)]\n"
                                        "print('\\n'.join(bad))\n"
                                        "sys.exit(1 if bad else 0)\n";
  const auto command = "python3 " + (folder / "check.py").string() + " " + folder.string();
  EXPECT_EQ(std::system(command.c_str()), 0);
  std::filesystem::remove_all(folder);
}

// --- recipes ---

std::vector<std::size_t> every_recipe() {
  std::vector<std::size_t> numbers(all_recipes().size());
  std::iota(numbers.begin(), numbers.end(), std::size_t{0});
  return numbers;
}
const auto recipe_name = [](const auto& test) { return identifier(all_recipes()[test.param].name()); };

class Recipes : public testing::TestWithParam<std::size_t> {
 protected:
  const Recipe& recipe_ = all_recipes()[GetParam()];
};

// With fresh keys; and its folder says the same.
TEST_P(Recipes, AreJudgedAsExpected) {
  Tree tree;
  recipe_.build(tree);
  const auto expected = expected_of(recipe_, tree);
  const Chain chain = judged(recorded(tree), expected.now, expected.options);
  expect_judged_as(chain, expected);
  expect_sound_explanation(chain);
  for (const std::string& slug : recipe_.absent) EXPECT_THAT(slugs_of(chain), testing::Not(Contains(slug)));
  if (HasFailure()) ADD_FAILURE() << expected.story << "\n" << testing::PrintToString(all_said(chain));
  ASSERT_THAT(folders(), Contains(recipe_.name())) << "make it: fixtures/README.md";
  EXPECT_EQ(read_expected(recipe_.name()), expected) << "make it again: fixtures/README.md";
}

INSTANTIATE_TEST_SUITE_P(Each, Recipes, testing::ValuesIn(every_recipe()), recipe_name);

// --- the catalogue ---

TEST(Catalogue, EveryRowHasAFixtureARuleAndARemedy) {
  std::set<std::string> shown;
  for (const Recipe& recipe : all_recipes()) shown.insert(recipe.slug);
  for (const ZoneRecipe& recipe : zone_recipes()) shown.insert(recipe.slug);
  for (const validator::Row& row : validator::rows()) {
    SCOPED_TRACE(row.slug);
    const bool is_listed = std::ranges::find(without_fixture, row.slug) != without_fixture.end();
    EXPECT_TRUE(shown.contains(std::string(row.slug)) || is_listed) << "no fixture, and not on the list";
    EXPECT_FALSE(shown.contains(std::string(row.slug)) && is_listed) << "has a fixture: take it off the list";
    EXPECT_FALSE(row.rule.empty());
    // "none" is a remedy that says there is nothing to mend: only where nothing is broken here.
    if (row.remedy == validator::Remedy::none) continue;
    EXPECT_FALSE(validator::headline(row.remedy).empty());
    EXPECT_FALSE(validator::commands(row.remedy, validator::Signer::bind, {}).empty() &&
                 validator::elsewhere(row.remedy, {}).empty());
  }
  for (const std::string_view slug : without_fixture) EXPECT_NE(validator::find_row(slug), nullptr) << slug;
}

TEST(Catalogue, EveryRecipeIsAboutARowAndHasANameOfItsOwn) {
  std::set<std::string> names;
  for (const Recipe& recipe : all_recipes()) {
    SCOPED_TRACE(recipe.name());
    EXPECT_TRUE(names.insert(recipe.name()).second);
    EXPECT_TRUE(recipe.slug.empty() || validator::find_row(recipe.slug) != nullptr);
    EXPECT_TRUE(recipe.cause.empty() || validator::find_row(recipe.cause) != nullptr);
  }
}

// --- made by hand ---

class DISABLED_Make : public testing::TestWithParam<std::size_t> {};
TEST_P(DISABLED_Make, Folder) { write_folder(all_recipes()[GetParam()]); }
INSTANTIATE_TEST_SUITE_P(Each, DISABLED_Make, testing::ValuesIn(every_recipe()), recipe_name);

}  // namespace
}  // namespace recipes
