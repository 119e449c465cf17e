#include "cli/zone_progress.h"

#include <fmt/format.h>

#include "cli/files.h"

namespace cli {
namespace {

constexpr std::string_view wipe = "\r\x1b[K";  // the line is gone before anything else is written
constexpr std::chrono::milliseconds between{100}, patience{500};

}  // namespace

ZoneProgress::ZoneProgress(Choice wish, const Environment& environment)
    : is_shown_(wish == Choice::always || (wish == Choice::automatic && environment.term != "dumb" &&
                                           environment.err == Environment::Stream::terminal)),
      next_(std::chrono::steady_clock::now()) {
  if (wish == Choice::automatic) next_ += patience;  // a run that is over before says nothing
}

ZoneProgress::~ZoneProgress() {
  if (is_written_) write_stderr(wipe);
}

void ZoneProgress::say(std::string_view doing, std::uint64_t records, Pace pace) {
  if (!is_shown_) return;
  const auto now = std::chrono::steady_clock::now();
  const bool is_due = pace == Pace::at_once ? is_written_ || now >= next_ || records > 100'000 : now >= next_;
  if (!is_due) return;
  next_ = now + between;
  is_written_ = true;
  write_stderr(fmt::format("{}{} {} records", wipe, doing, records));
}

}  // namespace cli
