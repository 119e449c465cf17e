// The nearest right word after a typing error.
// It knows no words of its own.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace cli {

// Returns: of `candidates` the one fewest edits away (a swap of neighbours is one edit), the first of several; "" if
// all of them are too far away to be meant.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

// Returns: "; did you mean WORD?", with `sign` before the word, or "".
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates,
                         std::string_view sign = "");

}  // namespace cli
