// Paint: what every drawing of ours has in common: escaping, the colours of both schemes, and how they get into an SVG.
// It knows no shapes.
#pragma once

#include <string>
#include <string_view>

#include "report/picture.h"

namespace report {

std::string xml(std::string_view text);  // escaped for text and attributes; what XML 1.0 forbids becomes U+FFFD
std::string painted(Tone tone);          // color="…": the light colour, as an attribute
// <style>: dark colours only override what is written for light, so that print and old viewers see the light picture.
std::string style_sheet();
std::string dark_rules();  // the rules inside its dark scheme

}  // namespace report
