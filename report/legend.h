// The legend of a picture: the signs that are in it, and no others; and the marks, which the picture draws with the
// same hand. It explains nothing that is not drawn.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "report/drawing.h"

namespace report {

// Octagon with a cross, triangle with "!", circle with "i".
std::string draw_mark(Mark mark, Point at);

class Legend {
 public:
  explicit Legend(const Picture& picture);
  Size size() const;
  std::string draw(double x, double y) const;

 private:
  struct Entry {
    std::string sample;  // drawn at 0,0, 30 points wide and 14 high
    std::string_view text;
  };
  std::vector<Entry> entries_;
};

}  // namespace report
