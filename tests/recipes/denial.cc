#include "tests/recipes/recipe.h"

namespace recipes {

std::vector<Recipe> denial_recipes() { return {}; }

}  // namespace recipes
