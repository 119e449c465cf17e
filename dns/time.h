// Points in time: Time (64 bits, seconds since 1970) for everything we decide, Timestamp (32 bits, RFC 1982) for the
// fields of an RRSIG. Reads no clock: `now` is always an argument.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dns {

using Time = std::chrono::sys_seconds;
using Seconds = std::chrono::seconds;

// Inception or expiration of a signature. Serial numbers have no total order, so there is no `<` (RFC 4034 §3.1.5).
struct Timestamp {
  std::uint32_t value = 0;
  friend bool operator==(Timestamp, Timestamp) = default;
};

Timestamp timestamp(Time time);  // modulo 2^32
// RFC 1982 §3.2: true if `left` is earlier. False both ways when equal or exactly 2^31 apart.
bool before(Timestamp left, Timestamp right);
// Seconds from `left` to `right`, in (-2^31, 2^31]: the one distance in serial arithmetic.
Seconds distance(Timestamp left, Timestamp right);
Time nearest(Timestamp stamp, Time now);  // the instant nearest to `now` that the field can mean

std::string print_rfc3339(Time time);        // "2026-11-24T03:11:00Z"
std::string print_compact(Timestamp stamp);  // "20261124031100", as in zone files (RFC 4034 §3.2)
// RFC 3339 ("2026-11-24T03:11:00Z", also without seconds, also date alone), or YYYYMMDDHHMMSS, or epoch seconds.
std::optional<Time> parse_time(std::string_view text);
std::optional<Timestamp> parse_timestamp(std::string_view text);  // YYYYMMDDHHmmSS or epoch seconds (RFC 4034 §3.2)
std::string print_duration(Seconds seconds);                      // "12d 4h", "3h 5m", "42s": the two largest units

}  // namespace dns
