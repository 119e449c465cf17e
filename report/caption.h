// The caption of a zone's box: name, state and time, at the place in the box's head that the fewest arrows pass.
#pragma once

#include <string>

#include "report/drawing.h"

namespace report {

std::string caption(const Box& box, std::size_t index, const Layout& layout);

}  // namespace report
