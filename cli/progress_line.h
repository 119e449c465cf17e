// One line on stderr that says how far a slow run is, and is gone when the run is over. What it says is others'
// business: a walk's is in progress.cc, a whole zone's in zone_progress.cc.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "cli/environment.h"
#include "cli/options.h"

namespace cli {

class ProgressLine {
 public:
  using Clock = std::chrono::steady_clock;

  // nullopt: nobody wants it, or nobody could see it (no terminal, or one that cannot take a line back).
  static std::optional<ProgressLine> open(Choice wish, const Environment& environment);
  ProgressLine(ProgressLine&& other) noexcept;
  ProgressLine& operator=(ProgressLine&&) = delete;
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine();

  Clock::time_point next() const { return next_; }  // a word before would only make it flicker
  bool is_due() const { return Clock::now() >= next_; }
  bool is_written() const { return is_written_; }
  std::size_t width() const { return width_; }  // columns
  void write(const std::string& text);          // its middle is left out if it is too long

 private:
  ProgressLine(Clock::duration patience, int columns);

  std::size_t width_;
  Clock::time_point next_;
  bool is_written_ = false;
};

// Its middle is left out if it is too long for `width` columns. ASCII: an octet is a column.
std::string shortened(const std::string& text, std::size_t width);

}  // namespace cli
