// One line on stderr that says how far a large zone is: read, transferred, judged. Gone when the object goes.
// It changes nothing of what is read or judged.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "cli/environment.h"
#include "cli/options.h"

namespace cli {

class ZoneProgress {
 public:
  ZoneProgress(Choice wish, const Environment& environment);
  ZoneProgress(const ZoneProgress&) = delete;
  ZoneProgress& operator=(const ZoneProgress&) = delete;
  ~ZoneProgress();

  enum class Pace : std::uint8_t { now_and_then, at_once };  // at_once: there will be no further word for a while
  void say(std::string_view doing, std::uint64_t records, Pace pace = Pace::now_and_then);

 private:
  bool is_shown_;
  bool is_written_ = false;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace cli
