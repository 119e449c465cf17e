// SVG: the picture laid out by Graphviz in this process and drawn by us, as one file that needs nothing else.
// It decides nothing about what is shown (report/picture) or how it looks (report/drawing).
#pragma once

#include <expected>
#include <string>

#include "report/picture.h"

namespace report {

// Error: one line for people (Graphviz is not there, or refuses). Threads may call it; they take turns.
std::expected<std::string, std::string> svg(const Picture& picture);

}  // namespace report
