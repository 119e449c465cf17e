#include "cli/nearest.h"

#include <algorithm>
#include <vector>

namespace cli {
namespace {

std::size_t edits(std::string_view from, std::string_view to);

}  // namespace

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
  std::string_view best;
  std::size_t least = std::max<std::size_t>(1, (word.size() + 1) / 3) + 1;
  for (const auto candidate : candidates) {
    const auto distance = edits(word, candidate);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates, std::string_view sign) {
  const auto meant = nearest(word, candidates);
  return meant.empty() ? std::string() : "; did you mean " + std::string(sign) + std::string(meant) + "?";
}

namespace {

// Levenshtein's distance with swaps of neighbours. Words of the command line are short; a long one is cut, so the work
// is bounded.
std::size_t edits(std::string_view from, std::string_view to) {
  constexpr std::size_t most = 64;
  from = from.substr(0, most);
  to = to.substr(0, most);
  std::vector<std::vector<std::size_t>> rows(from.size() + 1, std::vector<std::size_t>(to.size() + 1));
  for (std::size_t i = 0; i <= from.size(); ++i) {
    for (std::size_t j = 0; j <= to.size(); ++j) {
      if (i == 0 || j == 0) {
        rows[i][j] = i + j;
        continue;
      }
      const std::size_t change = from[i - 1] == to[j - 1] ? 0 : 1;
      rows[i][j] = std::min({rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + change});
      if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) {
        rows[i][j] = std::min(rows[i][j], rows[i - 2][j - 2] + 1);
      }
    }
  }
  return rows[from.size()][to.size()];
}

}  // namespace
}  // namespace cli
