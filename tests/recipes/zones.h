// Recipes of whole zones: how one row of the catalogue comes about in a zone at rest, and what must come out of it.
// Their folders hold zone.zone and zone.json in place of evidence; `trustwalk zone` judges them.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/recipes/tree.h"
#include "validator/zone.h"

namespace recipes {

struct ZoneRecipe {
  std::string slug;
  std::string story;  // the one fault, in a plain sentence, and the section that makes it one
  validator::Security verdict{};
  std::string cause;  // slug of the finding that leads; "" where nothing that breaks does
  std::function<void(Plot&)> build;
};

const std::vector<ZoneRecipe>& zone_recipes();

struct ZoneExpected {
  std::string slug, story, now, verdict, cause;
  friend bool operator==(const ZoneExpected&, const ZoneExpected&) = default;
};
ZoneExpected expected_of(const ZoneRecipe& recipe);

// The signed zone, with fresh keys, as a master file.
std::string zone_file(const ZoneRecipe& recipe);
// As `trustwalk zone FILE --at NOW` judges it.
validator::ZoneJudgement judged_zone(std::string_view text, const std::string& now);

ZoneExpected read_zone_expected(const std::string& folder);
std::string read_zone_file(const std::string& folder);
void write_zone_folder(const ZoneRecipe& recipe);

}  // namespace recipes
