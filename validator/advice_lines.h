// Lines of commands with their placeholders filled in, so that they can be pasted whatever the values are.
// For the files of validator/ that have commands; it knows none.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "validator/sentence.h"

namespace validator {

// `lines` are separated by newlines. A value that a shell would not take literally is quoted, but for lines that begin
// with "# ".
std::vector<std::string> filled(std::string_view lines, Values values);

}  // namespace validator
