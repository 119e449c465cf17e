// Rollover memory: what caches may still hold of a zone whose DS, keys and signatures change: each copy that was seen,
// until when it was served, and for how long it is kept. From it: when a next step is safe, and which was taken too
// early (RFC 7583 §3, RFC 6781 §4.1). It names no phase and reads no evidence; keys are numbers here.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "dns/codes.h"
#include "dns/time.h"
#include "validator/schedule.h"

namespace validator {

using KeySet = std::uint64_t;  // one bit for each key of RolloverMemory::algorithms
inline constexpr std::size_t most_rolled_keys = 64;

struct KeysCopy {
  KeySet published = 0, signing = 0;  // signing: made a good signature over this DNSKEY set
  friend bool operator==(const KeysCopy&, const KeysCopy&) = default;
};

// One state of the zone, or one mix of states in a cache.
struct RolloverState {
  KeySet ds = 0;
  KeysCopy keys{};
  KeySet data = 0;  // whose signatures the zone's other sets have; none: it is unsigned
  friend bool operator==(const RolloverState&, const RolloverState&) = default;
};

template <class Copy>
struct Kept {
  Copy copy{};
  dns::Seconds ttl{0};
  std::optional<dns::Time> since{};  // none: it was there when the looking began
  std::optional<dns::Time> gone{};   // no server showed it any more; none: at least one does
  bool assumed = false;              // never seen: there has to have been one like it before what was seen first
};

struct RolloverMemory {
  std::vector<dns::Algorithm> algorithms{};  // of each key
  std::vector<Kept<KeySet>> ds{};
  std::vector<Kept<KeysCopy>> keys{};
  std::vector<Kept<KeySet>> data{};
  dns::Time now{};
};

// What a validator asks of a mix. working: a chain, and signatures for each algorithm that the DS set names (RFC 4035
// §2.2, as RFC 6840 §5.11 has validators read it). cautious: for each algorithm of the DNSKEY set as well, which old
// validators insist on (RFC 6781 §4.1.4).
enum class MixRule : std::uint8_t { working, cautious };
bool holds(const RolloverState& mix, const std::vector<dns::Algorithm>& algorithms, MixRule rule);

// When caches have forgotten all that a step could not stand beside: `at` is `gone` + `ttl` of the last such copy, also
// where that is past.
struct NotBefore {
  dns::Time at{};
  std::optional<Part> held{};  // none: nothing is waited for
  dns::Time gone{};
  dns::Seconds ttl{0};
  dns::Seconds more{0};  // in `at` beside `ttl`: as long as caches may go on asking servers that have left
  bool assumed = false;  // nobody saw when the copy went: counted from when it was seen to be gone
  friend bool operator==(const NotBefore&, const NotBefore&) = default;
};
// nullopt: beside what servers show now the step fails whenever it is taken.
std::optional<NotBefore> not_before(const RolloverMemory& memory, const RolloverState& after, MixRule rule);

// A step that caches were not ready for: a copy that some still hold fails beside what there is now.
struct EarlyStep {
  Part part{};        // what changed
  Part held{};        // what it did not wait for
  dns::Time at{};     // when the change was seen
  dns::Time until{};  // then the last cache has forgotten it
  friend bool operator==(const EarlyStep&, const EarlyStep&) = default;
};
std::vector<EarlyStep> early_steps(const RolloverMemory& memory);

}  // namespace validator
