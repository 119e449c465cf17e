#include "report/paper.h"

#include <algorithm>
#include <vector>

namespace report {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto end = text.find_last_not_of(' ');
  return end == std::string_view::npos ? "" : text.substr(0, end + 1);
}

}  // namespace

void Paper::fold(std::string_view first, std::string_view rest, std::string_view text) { fold(first, rest, text, ""); }

void Paper::fold(std::string_view first, std::string_view rest, std::string_view text, std::string_view aside) {
  const auto width = static_cast<std::size_t>(width_);
  std::string line{first};
  bool is_empty = true;  // no word in this line yet
  while (!text.empty()) {
    const auto word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    const bool fits = columns(line) + columns(word) + (is_empty ? 0 : 1) <= width;
    if (!is_empty && !fits) {
      this->line(trimmed(line));
      line = rest;
      is_empty = true;
    }
    if (!is_empty) line += ' ';
    line += word;
    is_empty = false;
  }
  if (aside.empty()) return this->line(trimmed(line));
  const auto used = columns(line) + columns(aside) + 2;
  if (used <= width)
    return this->line(line + std::string(std::min(width - used, std::size_t{6}) + 2, ' ') + std::string{aside});
  this->line(trimmed(line));
  fold(rest, rest, aside);
}

std::string Paper::ink(Ink ink, std::string_view text) const {
  if (color_ == Style::Color::off || ink == Ink::plain) return std::string{text};
  static constexpr std::string_view codes[] = {"", "1", "2", "36", "1;31", "33"};
  return "\033[" + std::string{codes[static_cast<std::size_t>(ink)]} + "m" + std::string{text} + "\033[0m";
}

std::size_t columns(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\033') {
      at = std::min(text.find('m', at), text.size());
      continue;
    }
    if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80) ++count;
  }
  return count;
}

}  // namespace report
