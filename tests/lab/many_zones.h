// One private tree with many small zones, each with its own algorithm, kind of denial or one break, and the questions
// to ask it. The verdicts are reasoned from the RFCs, not taken from any program.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "tests/lab/peer.h"
#include "tests/lab/world.h"

namespace lab {

struct Question {
  std::string name;
  std::string type;
  Verdict verdict = Verdict::none;
  std::string cause{};                 // slug of the leading cause; empty: not looked at
  std::string rule{};                  // why this verdict
  std::vector<std::string> options{};  // further words for trustwalk

  friend void PrintTo(const Question& question, std::ostream* out) {
    *out << question.name << " " << question.type;
  }  // GoogleTest's name for it
};

[[nodiscard]] std::vector<ZoneRecipe> many_zones();

// About the sound zones: every kind of answer from each.
[[nodiscard]] std::vector<Question> sound_questions();

// About the others: one break, or one oddity, each.
[[nodiscard]] std::vector<Question> odd_questions();

}  // namespace lab
