#include "tests/recipes/recipe.h"

namespace recipes {

std::vector<Recipe> automation_recipes() { return {}; }

}  // namespace recipes
