// Difference: what changed from one run to another, in the chain's terms; as text and as JSON.
// It judges nothing: which of both is right, nobody asks here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/outline.h"

namespace report {

struct Change {
  Aspect aspect{};
  std::string what;                          // "example.org. 47213 13"; empty for the verdict
  std::optional<std::string> before, after;  // none: it was not there
  friend bool operator==(const Change&, const Change&) = default;
};

// Of one question. A question that only one side has is no list of changes: its `before` or `after` is missing.
struct Difference {
  std::string name, type;
  std::optional<std::string> before, after;  // when each was judged; none: not asked there
  std::vector<Change> changes;
};

std::vector<Change> compare(const Outline& before, const Outline& after);
// Questions in the order of `before`, then those that only `after` has.
std::vector<Difference> compare(const std::vector<Outline>& before, const std::vector<Outline>& after);
bool is_same(const std::vector<Difference>& differences);

std::string difference_text(const std::vector<Difference>& differences);  // "no change" if they are the same
std::string difference_json(const std::vector<Difference>& differences);

}  // namespace report
