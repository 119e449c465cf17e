// Any text as a state file of RFC 5011: what can be read is written and read again as the same, and a step over it,
// with nothing heard, trusts nothing new.
#include <algorithm>

#include "tests/fuzz/fuzz.h"
#include "trustanchor/rollover.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto point = trustanchor::read_state(fuzz::text_of(data, size), "fuzz");
  if (!point) {
    fuzz::require(!point.error().empty() && point.error().find('\n') == std::string::npos);
    return 0;
  }
  const auto again = trustanchor::read_state(trustanchor::write_state(*point), "fuzz");
  fuzz::require(point->is_trusted() ? again && *again == *point : !again);
  const auto step = trustanchor::step(*point, {}, dns::Time{dns::Seconds{1'795'000'000}});
  fuzz::require(!step.after.is_trusted() || point->is_trusted());
  for (const auto& managed : step.after.keys) {
    const auto same = [&](const auto& before) { return before.key == managed.key && before.is_trusted(); };
    fuzz::require(!managed.is_trusted() || std::ranges::any_of(point->keys, same));
  }
  return 0;
}
