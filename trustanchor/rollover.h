// RFC 5011 as a pure step: what a resolver that follows a zone's keys makes of the DNSKEY set it saw.
// It reads no clock, asks nobody and checks no signature: a Sighting says which keys signed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trustanchor/anchors.h"

namespace trustanchor {

using State = Anchor::State;

// A key (or the DS that is to become one) under management.
struct ManagedKey {
  std::variant<dns::Ds, dns::Dnskey> key;  // a key without its REVOKE flag: compared, it stays the same key
  State state = State::valid;
  dns::Time since{};            // when it came into this state; of AddPend: when it was first seen
  dns::Ttl ttl = 0;             // original TTL of the set that first showed it (RFC 5011 §2.4.1)
  std::uint32_t sightings = 0;  // of a key in AddPend: validated sets that showed it

  dns::KeyTag tag() const;
  bool is_trusted() const { return state == State::valid || state == State::missing; }  // RFC 5011 §4.3
  friend bool operator==(const ManagedKey&, const ManagedKey&) = default;
};

struct TrustPoint {
  dns::Name zone;
  std::vector<ManagedKey> keys;
  std::optional<dns::Time> last_queried, last_success, next_query;
  std::uint32_t failures = 0;  // in a row
  dns::Seconds query_interval{3600}, retry_time{3600};

  bool is_trusted() const;  // false: RFC 5011 §5, as if the zone had never been a trust point
  friend bool operator==(const TrustPoint&, const TrustPoint&) = default;
};

// One published key, and what the validator found out about it.
struct SeenKey {
  dns::Dnskey key;
  bool signs = false;         // made a signature over this very set that is good now
  bool usable = true;         // its algorithm is one the validator can check
  std::vector<dns::Ds> ds{};  // its DS records (REVOKE cleared), by every digest that an anchor may have
};

// A DNSKEY set as it was heard. No keys: silence, or no answer that could be used.
struct Sighting {
  std::vector<SeenKey> keys;
  dns::Ttl original_ttl = 0;  // of the signature by a trusted key: RRSIG's field
  dns::Time expires{};        // … and its end
};

struct Event {
  enum class Kind : std::uint8_t {
    appeared,     // Start → AddPend
    forgotten,    // AddPend → Start
    accepted,     // AddPend → Valid
    resolved,     // a DS has become its key
    missing,      // Valid → Missing
    returned,     // Missing → Valid
    revoked,      // Valid, Missing → Revoked; AddPend → Removed
    removed,      // Revoked → Removed
    refused,      // a new key, but 32 are known already
    unvalidated,  // heard, and no trusted key signs
    silent,
    gone  // the last trusted key was revoked
  } kind{};
  dns::KeyTag tag = 0;  // of the key, where it is about one
  friend bool operator==(const Event&, const Event&) = default;
};
std::string_view to_text(Event::Kind kind);

struct Step {
  TrustPoint after;
  std::vector<Event> events;
};
// Where anchors that count begin: all Valid.
TrustPoint trust_point(const dns::Name& zone, const std::vector<Anchor>& anchors, dns::Time now);
Step step(const TrustPoint& before, const Sighting& seen, dns::Time now);

// Whether the key that was seen is the anchor's, REVOKE or not.
bool is_key_of(const std::variant<dns::Ds, dns::Dnskey>& anchor, const SeenKey& seen);

// Whether a key trusted before the sighting signs it, a revoked one not counted.
bool validates(const TrustPoint& point, const Sighting& seen);

// RFC 5011 §2.3. `left`: from now to the signature's expiration.
dns::Seconds query_interval(dns::Ttl original_ttl, dns::Seconds left);
dns::Seconds retry_time(dns::Ttl original_ttl, dns::Seconds left);
dns::Time accepted_from(const ManagedKey& pending);  // end of the add hold-down

constexpr dns::Seconds hold_down{30 * 86400};  // RFC 5011 §2.4.1, §2.4.2
constexpr std::size_t most_managed_keys = 32;  // RFC 5011 §2.4.3 wants five at least

// The first line of a state file; behind each record stands ";;state=", the number of a State.
inline constexpr std::string_view state_heading = "; autotrust trust anchor file";
// unbound's form (anchors.md §2, format 2), all its fields. Error: one line with file and line.
std::expected<TrustPoint, std::string> read_state(std::string_view text, std::string_view file);
std::string write_state(const TrustPoint& point);

}  // namespace trustanchor
