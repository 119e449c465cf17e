// Caches: for how long they may act on what a remedy replaces. From the evidence alone: TTLs seen, and what RFC 9520
// allows to be kept of a failure. Counted from the moment when every server has the cure.
#pragma once

#include <optional>

#include "validator/chain.h"

namespace validator {

// What the last cache holds longest.
struct CacheHold {
  dns::Seconds longest{0};
  std::optional<dns::Name> owner{};  // none: a failed answer (RFC 9520 §3.2)
  dns::RRType type{};
  bool denied = false;  // held is that the owner has no such set
  friend bool operator==(const CacheHold&, const CacheHold&) = default;
};

// RFC 9520 §3.2: a failed resolution, validation among them (RFC 4035 §4.7), is kept for no longer.
inline constexpr dns::Seconds failure_kept{300};

// Returns: none where the remedy replaces nothing that caches hold or nothing is known of its TTL, and nothing fails.
std::optional<CacheHold> held_after(const Chain& chain, const Finding& finding);

// The longest of what caches may hold of a zone: its DNSKEY set, its DS set (or that it has none), all its other data
// seen. Returns: none where nothing of it was seen.
enum class Copies : std::uint8_t { keys, ds, data };
std::optional<CacheHold> longest_held(const Chain& chain, const dns::Name& zone, Copies copies);

}  // namespace validator
