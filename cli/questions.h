// Bare words as dig reads them: names and types in any order become questions; lines of a batch file too.
// It opens no file.
#pragma once

#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/options.h"

namespace cli {

// Types belong to the names right before them ("a b MX c": MX for a and b, none of its own for c); types before the
// first name go to every name without its own. Where all words are types the first is a name. IN is understood, other
// classes are refused. Error: one line.
std::expected<std::vector<Question>, std::string> read_questions(std::span<const std::string> words);

// One question a line, "name [type]…"; ";" and "#" open comments. Error: one line with file and line.
std::expected<std::vector<Question>, std::string> read_batch(std::string_view text, std::string_view file);

}  // namespace cli
