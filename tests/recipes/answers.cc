#include "tests/recipes/recipe.h"

namespace recipes {

std::vector<Recipe> answer_recipes() { return {}; }

}  // namespace recipes
