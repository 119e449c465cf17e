#include "report/paper.h"

#include <algorithm>
#include <vector>

#include "validator/finding.h"

namespace report {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto end = text.find_last_not_of(' ');
  return end == std::string_view::npos ? "" : text.substr(0, end + 1);
}

char32_t code_point(std::string_view character) {
  const auto lead = static_cast<unsigned char>(character.front());
  char32_t point = character.size() == 1 ? lead : lead & (0x7FU >> character.size());
  for (const char c : character.substr(1)) point = point << 6 | (static_cast<unsigned char>(c) & 0x3FU);
  return point;
}

struct Range {
  char32_t first, last;
};
// UAX #11, in whole blocks: what terminals draw two columns wide.
constexpr Range wide[] = {{0x1100, 0x115F}, {0x2E80, 0x303E},   {0x3041, 0xA4CF},   {0xA960, 0xA97C},
                          {0xAC00, 0xD7A3}, {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},
                          {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};
// Marks that are drawn over the character before them.
constexpr Range narrow[] = {{0x0300, 0x036F}, {0x0483, 0x0487}, {0x0591, 0x05BD}, {0x064B, 0x065F}, {0x1AB0, 0x1AFF},
                            {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}};

std::size_t width_of(char32_t point) {
  const auto holds = [&](const Range& range) { return point >= range.first && point <= range.last; };
  if (std::ranges::any_of(narrow, holds)) return 0;
  return std::ranges::any_of(wide, holds) ? 2 : 1;
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
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\033') {
      at = std::min(text.find('m', at), text.size() - 1) + 1;
      continue;
    }
    const auto length = std::max<std::size_t>(validator::utf8_length(text.substr(at)), 1);
    count += width_of(code_point(text.substr(at, length)));
    at += length;
  }
  return count;
}

}  // namespace report
