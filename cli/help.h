// The texts of -h, made from the option table, and the line that follows wrong usage.
// It prints nothing.
#pragma once

#include <string>

#include "cli/options.h"

namespace cli {

std::string overview();           // trustwalk -h
std::string help_of(Verb verb);   // trustwalk VERB -h
std::string usage_of(Verb verb);  // one line: what comes after the verb

}  // namespace cli
