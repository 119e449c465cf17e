#include "tests/recipes/recipe.h"

namespace recipes {

const std::vector<Recipe>& all_recipes() {
  static const std::vector<Recipe> all = [] {
    std::vector<Recipe> list{{"",
                              "Nothing is wrong: signed by NSEC, asked of every server.",
                              Security::secure,
                              "",
                              [](Tree&) {},
                              {},
                              "sound"},
                             {"",
                              "Nothing is wrong: signed by NSEC3 as RFC 9276 wants it.",
                              Security::secure,
                              "",
                              [](Tree& tree) { tree.zone().nsec3 = "1 0 0 -"; },
                              {},
                              "sound-nsec3"}};
    for (const auto& section : {here_recipes, forwarder_recipes, anchor_recipes, server_recipes, trial_recipes,
                                delegation_recipes, ds_recipes, key_recipes, signature_recipes, denial_recipes,
                                answer_recipes, time_recipes, automation_recipes, signal_recipes, summary_recipes}) {
      auto recipes = section();
      list.insert(list.end(), std::make_move_iterator(recipes.begin()), std::make_move_iterator(recipes.end()));
    }
    return list;
  }();
  return all;
}

}  // namespace recipes
