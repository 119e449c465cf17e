#include "tests/recipes/recipe.h"

namespace recipes {

std::vector<Recipe> server_recipes() { return {}; }

}  // namespace recipes
