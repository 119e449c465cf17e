#include "cli/zone_progress.h"

#include <fmt/format.h>

namespace cli {
namespace {

constexpr std::uint64_t many = 100'000;  // records that take long enough to be told of

}  // namespace

void ZoneProgress::say(std::string_view doing, std::uint64_t records, Pace pace) {
  if (!line_) return;
  const bool is_last_word = pace == Pace::at_once && (line_->is_written() || records > many);
  if (line_->is_due() || is_last_word) line_->write(fmt::format("{} {} records", doing, records));
}

}  // namespace cli
