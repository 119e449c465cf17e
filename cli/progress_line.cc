#include "cli/progress_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cli/files.h"

namespace cli {
namespace {

constexpr std::string_view wipe = "\r\x1b[K";  // the line is gone before anything else is written
constexpr std::chrono::milliseconds patience{500}, pace{100};

}  // namespace

std::optional<ProgressLine> ProgressLine::open(Choice wish, const Environment& environment) {
  if (wish == Choice::always) return ProgressLine({}, environment.err_width);
  const bool is_seen = environment.err == Environment::Stream::terminal && environment.term != "dumb";
  if (wish == Choice::never || !is_seen) return std::nullopt;
  return ProgressLine(patience, environment.err_width);  // a run that is over before says nothing
}

// The last column would turn the line.
ProgressLine::ProgressLine(Clock::duration wait, int columns)
    : width_(static_cast<std::size_t>(std::max(columns - 1, 1))), next_(Clock::now() + wait) {}

ProgressLine::ProgressLine(ProgressLine&& other) noexcept
    : width_(other.width_), next_(other.next_), is_written_(std::exchange(other.is_written_, false)) {}

ProgressLine::~ProgressLine() {
  if (is_written_) write_stderr(wipe);
}

void ProgressLine::write(const std::string& text) {
  next_ = Clock::now() + pace;
  is_written_ = true;
  write_stderr(fmt::format("{}{}", wipe, shortened(text, width_)));
}

std::string shortened(const std::string& text, std::size_t width) {
  if (text.size() <= width) return text;
  if (width < 4) return text.substr(0, width);
  const auto kept = width - 3;
  return text.substr(0, kept / 2) + "..." + text.substr(text.size() - (kept - kept / 2));
}

}  // namespace cli
