// Command lines in one string, as tests have them, and what they were understood to mean in one line.
// It runs nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/options.h"

namespace spoken {

// Splits at spaces; '' is an empty word, '…' may hold spaces. The program's name is put in front.
std::vector<std::string> words(std::string_view line, std::string_view program = "trustwalk");

// "check example.org.:A,MX b.:- @127.0.0.1#53", or "misuse: …", or "wish".
std::string meaning(std::string_view line);

// Requires: the line is understood.
cli::Options options(std::string_view line);

}  // namespace spoken
