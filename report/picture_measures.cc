// What can be said of a picture's texts and tones without a Chain: widths, line breaks, sizes, colours.
#include <fmt/format.h>

#include <algorithm>

#include "report/picture.h"

namespace report {

std::string_view to_text(Tone tone) {
  static constexpr std::string_view names[] = {"secure", "bogus", "insecure", "unclear", "time", "absent", "notice"};
  return names[static_cast<std::size_t>(tone)];
}

Colors colors(Tone tone) {
  static constexpr Colors table[] = {{"#0b7285", "#5cc8d7"}, {"#b3211c", "#ff8a80"}, {"#3b4048", "#c3c8d0"},
                                     {"#8a5a00", "#f2b84b"}, {"#6a3d9a", "#c4a1f0"}, {"#626975", "#9aa1ac"},
                                     {"#2457a6", "#8ab4f8"}};
  return table[static_cast<std::size_t>(tone)];
}

double text_width(std::string_view text, double size) {
  double width = 0;
  for (const char c : text) {
    if (std::string_view("iljtfI.,:;'|!()[] ").contains(c)) {
      width += 0.30;
    } else if (std::string_view("mwMW@%").contains(c)) {
      width += 0.92;
    } else if (c >= 'A' && c <= 'Z') {
      width += 0.70;
    } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
      width += 0.56;
    }
  }
  return width * size;
}

std::vector<std::string> pieces(const std::string& text, std::size_t columns) {
  std::vector<std::string> out;
  std::string_view left = text;
  while (left.size() > columns) {
    auto cut = left.substr(0, columns).rfind('.');
    cut = cut == std::string_view::npos || cut < columns / 3 ? columns : cut + 1;
    out.emplace_back(left.substr(0, cut));
    left.remove_prefix(cut);
  }
  if (!left.empty() || out.empty()) out.emplace_back(left);
  return out;
}

std::vector<std::string> folded(std::string_view text, std::size_t columns) {
  std::vector<std::string> out(1);
  while (!text.empty()) {
    const auto word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    for (auto& piece : pieces(std::string{word}, columns)) {
      if (!out.back().empty() && out.back().size() + piece.size() + 1 > columns) out.emplace_back();
      out.back() += (out.back().empty() ? "" : " ") + piece;
    }
  }
  return out;
}

Size size_of(const Item& item) {
  double width = 0;
  for (std::size_t i = 0; i < item.lines.size(); ++i) {
    width = std::max(width, text_width(item.lines[i], label_size) * (i == 0 ? 1.06 : 1.0));
  }
  const auto height = 15.0 * static_cast<double>(item.lines.size());
  const bool round = item.kind == Item::Kind::key || item.kind == Item::Kind::ds;
  const auto border = item.anchor ? 8.0 : 0.0;
  if (round) return {width * 1.22 + 26 + border, height * 1.25 + 14 + border};
  return {width + 26, height + 16};
}

}  // namespace report
