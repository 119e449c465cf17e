// Completions for bash, zsh and fish, made from the option table.
// They complete words; what the words mean is options'.
#pragma once

#include <string>
#include <string_view>

namespace cli {

inline constexpr std::string_view shell_words = "bash, zsh, fish";

// `trustwalk explain --completion SHELL`, installed where the shells look. "" if there is no such shell.
std::string completion_of(std::string_view shell);

}  // namespace cli
