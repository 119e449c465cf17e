// What a live test needs on this machine, and what to do when it is not there: skip, or fail where everything has to
// be. It installs nothing; ./dev does.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "tests/lab/process.h"
#include "tests/lab/subject.h"

namespace lab {

// Returns: a message naming the programs that are not installed; empty if all are.
[[nodiscard]] inline std::string missing(const std::vector<std::string>& programs) {
  std::string names;
  for (const auto& program : programs) {
    if (find_program(program).empty()) names += " " + program;
  }
  if (!trustwalk_is_built()) names += " trustwalk";
  return names.empty() ? names : "not installed:" + names;
}

// Under ./dev test nothing may be skipped.
[[nodiscard]] inline bool everything_is_required() {
  const char* set = std::getenv("TRUSTWALK_REQUIRE_SERVERS");
  return set != nullptr && std::string(set) == "1";
}

// For SetUp: the test is not run where a program is missing; it is skipped, or has failed.
inline void require(const std::vector<std::string>& programs) {
  const auto lacking = missing(programs);
  if (lacking.empty()) return;
  if (everything_is_required()) FAIL() << lacking;
  GTEST_SKIP() << lacking;
}

}  // namespace lab
