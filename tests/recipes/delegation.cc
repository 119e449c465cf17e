#include "tests/recipes/recipe.h"

namespace recipes {

std::vector<Recipe> delegation_recipes() { return {}; }

}  // namespace recipes
