// Recipe: how one row of the catalogue comes about, and what must come out of it, reasoned from the rule that the story
// names. The lists stand in the files of the catalogue's sections; the folders they make are in fixtures/.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/recipes/tree.h"

namespace recipes {

using validator::Security;

struct Recipe {
  std::string slug;   // of the row that has to be there; "" for a world without fault
  std::string story;  // the one fault, in a plain sentence, and the section that makes it one
  Security verdict = Security::secure;
  std::string cause;                 // slug of the finding that leads; "" where nothing that breaks does
  std::function<void(Tree&)> build;  // of a Tree without fault
  // Findings that break something by their own right in the same world; the story says why they are no echo.
  std::vector<std::string> beside{};
  std::string folder{};               // in fixtures/, where the slug alone would not do
  std::vector<std::string> absent{};  // findings that this world must not be said to show
  std::string name() const { return folder.empty() ? slug : folder; }
};

std::vector<Recipe> here_recipes();       // this machine, its forwarder, its anchors
std::vector<Recipe> forwarder_recipes();  // what one resolver concludes, and what others do
std::vector<Recipe> anchor_recipes();     // anchors beside the keys of their zone
std::vector<Recipe> server_recipes();
std::vector<Recipe> trial_recipes();  // options, cookies, lengths
std::vector<Recipe> delegation_recipes();
std::vector<Recipe> ds_recipes();
std::vector<Recipe> key_recipes();
std::vector<Recipe> signature_recipes();
std::vector<Recipe> denial_recipes();
std::vector<Recipe> answer_recipes();
std::vector<Recipe> time_recipes();
std::vector<Recipe> automation_recipes();
std::vector<Recipe> signal_recipes();  // CSYNC, DSYNC, _dsboot
std::vector<Recipe> summary_recipes();

const std::vector<Recipe>& all_recipes();

}  // namespace recipes
