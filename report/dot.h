// The picture in Graphviz's DOT language: for people who lay it out themselves, and for report/svg, which asks Graphviz
// only where things go. It calls no library.
#pragma once

#include <string>

#include "report/picture.h"

namespace report {

// Nodes are n0, n1 … as in Picture::items, clusters cluster_0 … as in Picture::boxes, edges have the key e0, e1 ….
std::string dot(const Picture& picture);

}  // namespace report
