// How far a large zone is: read, transferred, judged. It changes nothing of what is read or judged.
#pragma once

#include <cstdint>
#include <string_view>

#include "cli/progress_line.h"

namespace cli {

class ZoneProgress {
 public:
  ZoneProgress(Choice wish, const Environment& environment) : line_(ProgressLine::open(wish, environment)) {}

  enum class Pace : std::uint8_t { now_and_then, at_once };  // at_once: there will be no further word for a while
  void say(std::string_view doing, std::uint64_t records, Pace pace = Pace::now_and_then);

 private:
  std::optional<ProgressLine> line_;
};

}  // namespace cli
