// A folder of fixtures/: the evidence as recorded, and what is expected of it.
// It judges by the program's own replay, in this process; the reading of expect.json is tests/lab's.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "resolver/recording.h"
#include "tests/recipes/recipe.h"
#include "validator/chain.h"

namespace recipes {

struct Expected {
  std::string slug, story, now, verdict, cause;
  int exit = 0;
  std::vector<std::string> options, beside;
  friend bool operator==(const Expected&, const Expected&) = default;
};

std::filesystem::path fixtures();
std::vector<std::string> folders();  // those with expect.json, sorted

Expected expected_of(const Recipe& recipe, const Tree& tree);
Expected read_expected(const std::string& folder);
std::expected<resolver::Recording, std::string> read_evidence(const std::string& folder);
// Writes both files of the recipe's folder.
void write_folder(const Recipe& recipe);

resolver::Recording recorded(const Tree& tree);
// As `trustwalk replay evidence.json --at NOW OPTIONS` judges it.
validator::Chain judged(const resolver::Recording& recording, const std::string& now,
                        const std::vector<std::string>& options);

}  // namespace recipes
