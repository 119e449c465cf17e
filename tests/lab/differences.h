// Explained differences between trustwalk and other validators, read from a file: one line for each, with its reason.
// It judges no reason; it only finds lines, and those that explain nothing any more.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tests/lab/peer.h"

namespace lab {

struct Difference {
  std::string name;  // one * in it stands for anything
  std::string type;
  std::string ours;  // our verdict: a line is no excuse for another one
  std::string peer;
  std::string verdict;  // the peer's
  std::string reason;
  bool used = false;
};

class Differences {
 public:
  [[nodiscard]] static Differences read(const std::filesystem::path& path);

  // Returns: whether a line says why `peer` concludes `theirs` there and we `ours`. Such a line counts as used.
  [[nodiscard]] bool explain(std::string_view name, std::string_view type, Verdict ours, std::string_view peer,
                             Verdict theirs);

  // Returns: the lines that were never used.
  [[nodiscard]] std::vector<Difference> stale() const;

 private:
  std::vector<Difference> lines_;
};

}  // namespace lab
