// The texts of -h, made from the option table, and the line that follows wrong usage.
// It prints nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/options.h"

namespace cli {

std::string overview();           // trustwalk -h
std::string help_of(Verb verb);   // trustwalk VERB -h
std::string usage_of(Verb verb);  // one line: what comes after the verb

// The same for other documents (completions, man pages), in the order of the overview.
std::vector<Verb> all_verbs();
std::string_view arguments_of(Verb verb);  // "NAME [TYPE] or RECORDING..."
std::string_view brief_of(Verb verb);      // one line
std::string_view text_of(Verb verb);       // a paragraph

}  // namespace cli
