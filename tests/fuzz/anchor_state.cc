// Any text as a state file of RFC 5011: what can be read is written and read again as the same, and a step over it,
// with nothing heard or with every one of its keys, trusts nothing new and keeps the number of keys bounded.
#include <algorithm>

#include "tests/fuzz/fuzz.h"
#include "trustanchor/rollover.h"

namespace {

using fuzz::require;
using trustanchor::TrustPoint;

const dns::Time now{dns::Seconds{1'795'000'000}};

void step_holds(const TrustPoint& before, const trustanchor::Sighting& seen) {
  const auto after = trustanchor::step(before, seen, now).after;
  require(!after.is_trusted() || before.is_trusted());
  require(after.keys.size() <= std::max(before.keys.size(), trustanchor::most_managed_keys));
  for (const auto& managed : after.keys) {
    const auto same = [&](const auto& known) { return known.key == managed.key; };
    require(!managed.is_trusted() || std::ranges::any_of(before.keys, same));
    const auto trusted = [&](const auto& known) { return same(known) && known.is_trusted(); };
    require(!managed.is_trusted() || !seen.keys.empty() || std::ranges::any_of(before.keys, trusted));
  }
}

trustanchor::Sighting everything(const TrustPoint& point) {
  trustanchor::Sighting seen;
  seen.original_ttl = 86400;
  seen.expires = now + dns::Seconds{86400};
  for (const auto& managed : point.keys)
    if (const auto* key = std::get_if<dns::Dnskey>(&managed.key)) seen.keys.push_back({*key, true, true, {}});
  return seen;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto point = trustanchor::read_state(fuzz::text_of(data, size), "fuzz");
  if (!point) {
    require(!point.error().empty() && point.error().find('\n') == std::string::npos);
    return 0;
  }
  const auto again = trustanchor::read_state(trustanchor::write_state(*point), "fuzz");
  require(point->is_trusted() ? again && *again == *point : !again);
  step_holds(*point, {});
  step_holds(*point, everything(*point));
  return 0;
}
