// Paper: lines of a given width, folded between words with a hanging indent, coloured only where colour is wanted.
// It knows nothing of DNS.
#pragma once

#include <string>
#include <string_view>

#include "report/report.h"

namespace report {

enum class Ink : std::uint8_t { plain, bold, faint, good, bad, unsure };

class Paper {
 public:
  explicit Paper(const Style& style) : width_(style.width < 40 ? 40 : style.width), color_(style.color) {}

  // `text` folded; the first line begins with `first`, the others with `rest`. Escape sequences count no column.
  void fold(std::string_view first, std::string_view rest, std::string_view text);
  // The same, with `aside` at the right edge of the last line if it fits there, else on a line of its own.
  void fold(std::string_view first, std::string_view rest, std::string_view text, std::string_view aside);
  void line(std::string_view text) { text_.append(text), text_ += '\n'; }
  std::string ink(Ink ink, std::string_view text) const;
  std::string take() { return std::move(text_); }

 private:
  int width_;
  Style::Color color_;
  std::string text_;
};

std::size_t columns(std::string_view text);  // on a terminal: wide characters are two, escape sequences none

}  // namespace report
