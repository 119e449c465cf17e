// The program under test, run as a user runs it, and what it said: exit status, and the members of its JSON that tests
// look at. It links nothing of trustwalk.
#pragma once

#include <string>
#include <vector>

#include "tests/lab/process.h"

namespace lab {

struct Judgement {
  int status = -1;
  std::string verdict;              // empty if stdout is no JSON object with a verdict
  std::string cause;                // slug of the leading cause
  std::vector<std::string> causes;  // slugs
  std::vector<std::string> slugs;   // of all findings
  std::string blamed_zone;
  std::string blamed_party;
  Outcome outcome;

  [[nodiscard]] bool has(std::string_view slug) const;
};

// Runs trustwalk WORDS --format json.
[[nodiscard]] Judgement judge(Command words, std::chrono::milliseconds limit = std::chrono::seconds{20});
// … with the limits that the options set.
[[nodiscard]] Judgement judge_within(const RunOptions& options, Command words);

// Returns: whether the program is there to be tested.
[[nodiscard]] bool trustwalk_is_built();

}  // namespace lab
