// Schedule: in which order the parts of a change may be made, and how long to wait between them, so that no cache ever
// holds a mix of old and new that fails. A resolver may keep any old part until its TTL ends (RFC 7583 §2, RFC 6781
// §4.1). It judges no mix itself: whether one holds is told to it.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "dns/time.h"

namespace validator {

// What a resolver fetches and keeps by itself: the DS set at the parent; the DNSKEY set with its signatures; every
// other set of the zone with its signatures.
enum class Part : std::uint8_t { ds, keys, data };
inline constexpr std::array all_parts{Part::ds, Part::keys, Part::data};
std::string_view to_text(Part part);  // "ds" "keys" "data"

// A state of one cache: the parts of which it holds the new copy. Not in it: the old one.
class Mix {
 public:
  constexpr Mix() = default;
  constexpr explicit Mix(std::span<const Part> parts) {
    for (const Part part : parts) bits_ |= bit(part);
  }
  constexpr bool has(Part part) const { return (bits_ & bit(part)) != 0; }
  constexpr Mix with(Mix other) const { return Mix(static_cast<std::uint8_t>(bits_ | other.bits_)); }
  constexpr bool is_within(Mix other) const { return (bits_ & ~other.bits_) == 0; }
  friend constexpr auto operator<=>(const Mix&, const Mix&) = default;

 private:
  constexpr explicit Mix(std::uint8_t bits) : bits_(bits) {}
  static constexpr std::uint8_t bit(Part part) { return static_cast<std::uint8_t>(1U << static_cast<unsigned>(part)); }
  std::uint8_t bits_ = 0;
};
// Every mix of these parts, the wholly old one first and the wholly new one last.
std::vector<Mix> mixes_of(Mix parts);

struct Step {
  Mix parts;             // changed together
  dns::Seconds wait{0};  // before it, from when every server has the step before
};

struct Schedule {
  enum class Kind : std::uint8_t {
    at_once,   // all together: every mix holds
    in_steps,  // together some mix fails; in these steps none can be
    never,     // no order avoids a mix that fails, though the old and the new state hold
    repairs,   // the old state fails and the new one holds: at once, the sooner the better
    fails,     // the new state itself fails
  } kind{};
  std::vector<Step> steps;   // with the fewest steps there are; of these with the shortest waits
  std::vector<Mix> failing;  // of all mixes, if everything is changed together
  dns::Seconds settled{0};   // after the last step: then no cache holds anything old
};
std::string_view to_text(Schedule::Kind kind);  // "at-once" "in-steps" "never" "repairs" "fails"

// How long caches keep the old copy of a part.
using Holds = std::array<dns::Seconds, all_parts.size()>;

dns::Seconds kept_longest(Mix parts, const Holds& kept);

Schedule schedule(Mix changed, const Holds& kept, const std::function<bool(Mix)>& holds);

}  // namespace validator
