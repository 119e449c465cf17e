// Events: what will happen to a chain that nobody touches, in order: signatures end, caches begin to outlive them, keys
// of the root come and go. It judges nothing again: whether the verdict turns is forecast's.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "trustanchor/root_roll.h"
#include "validator/chain.h"

namespace validator {

struct Event {
  enum class Kind : std::uint8_t {
    caches_outlive,  // from now on a cache may keep the set beyond its signature (RFC 6781 §4.4.1): re-sign before this
    signature_ends,  // the last good signature of the set is over (RFC 4035 §5.3.1)
    root_key,        // an announced step of the root's roll
  } kind{};
  dns::Time at{};
  ZoneId zone = 0;                                    // whose signatures; of root_key the root's
  std::vector<dns::RRType> types{};                   // of the sets concerned, ascending
  std::uint32_t sets = 0;                             // how many
  bool turns = false;                                 // the forecast's instant: here the verdict changes
  std::optional<trustanchor::Milestone> milestone{};  // root_key only
};
std::string_view to_text(Event::Kind kind);  // "signature-ends"

// The next `most` of them after chain.now, earliest first; what ends in one zone at one time is one event.
std::vector<Event> events(const Chain& chain, std::size_t most = 10);

}  // namespace validator
