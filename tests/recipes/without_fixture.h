// The rows of the catalogue that have no fixture yet. The test fails when one is missing here, and when one is here
// that has a fixture after all.
#pragma once

#include <array>
#include <string_view>

namespace recipes {

inline constexpr auto without_fixture = std::to_array<std::string_view>({
    "rollover-phase",
    "rollover-step-early",
});

}  // namespace recipes
