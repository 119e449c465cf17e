// Many questions to one run of trustwalk, as a user asks them with -f, and the verdict on each.
// It knows no right answer.
#pragma once

#include <string>
#include <vector>

#include "tests/lab/world.h"

namespace lab {

struct Asked {
  std::string name;
  std::string type;
};

// On trustwalk's own walk from the world's root. Returns: a verdict for each, in the same order. Throws
// std::runtime_error if there is not one for each.
[[nodiscard]] std::vector<std::string> judge_all(const World& world, const std::vector<Asked>& questions,
                                                 const Command& options = {});

}  // namespace lab
