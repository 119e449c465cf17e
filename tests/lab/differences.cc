#include "tests/lab/differences.h"

#include <sstream>

#include "tests/lab/process.h"

namespace lab {
namespace {

bool fits(std::string_view pattern, std::string_view name) {
  const auto star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == name;
  return name.size() + 1 >= pattern.size() && name.starts_with(pattern.substr(0, star)) &&
         name.ends_with(pattern.substr(star + 1));
}

}  // namespace

Differences Differences::read(const std::filesystem::path& path) {
  Differences all;
  std::istringstream lines(read_file(path));
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.starts_with("#")) continue;
    std::istringstream words(line);
    Difference one;
    words >> one.name >> one.type >> one.ours >> one.peer >> one.verdict;
    std::getline(words >> std::ws, one.reason);
    all.lines_.push_back(std::move(one));
  }
  return all;
}

bool Differences::explain(std::string_view name, std::string_view type, Verdict ours, std::string_view peer,
                          Verdict theirs) {
  for (auto& line : lines_) {
    if (!fits(line.name, name) || !fits(line.type, type) || line.ours != word(ours) || line.peer != peer ||
        line.verdict != word(theirs))
      continue;
    line.used = true;
    return true;
  }
  return false;
}

std::vector<Difference> Differences::stale() const {
  std::vector<Difference> unused;
  for (const auto& line : lines_) {
    if (!line.used) unused.push_back(line);
  }
  return unused;
}

}  // namespace lab
