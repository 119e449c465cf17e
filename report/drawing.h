// The drawing: where everything lies (Layout) and how it looks (SVG), legend, call-out and both colour schemes
// included. It knows neither Graphviz nor the Chain.
#pragma once

#include <string>
#include <vector>

#include "report/paint.h"
#include "report/picture.h"

namespace report {

struct Point {
  double x = 0, y = 0;
};
struct Area {
  double left = 0, top = 0, right = 0, bottom = 0;
};

// Points of the plane, y downwards; all in the order of the Picture.
struct Layout {
  Size size;
  std::vector<Point> items;
  std::vector<Area> boxes;
  struct Curve {
    std::vector<Point> points;  // a Bézier: one point, then three for each piece; empty: not drawn
    Point tip;                  // where the arrow head ends
    Point label;
  };
  std::vector<Curve> arrows;
};

std::string draw(const Picture& picture, const Layout& layout);

}  // namespace report
