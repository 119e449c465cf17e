// Rollover phase: which change of keys is under way in a zone, what the next step of each is, and from when on no cache
// can be hurt by it (RFC 7583 §3, RFC 6781 §4.1, RFC 8901). A pure function of what was seen; it asks nobody.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "validator/rollover_look.h"
#include "validator/rollover_memory.h"

namespace validator {

enum class RolloverKind : std::uint8_t {
  zsk_prepublish,        // a key waits that signs nothing (RFC 7583 §3.2.1)
  zsk_double_signature,  // two keys sign the data (RFC 7583 §3.2.2)
  double_ksk,            // two keys sign the DNSKEY set (RFC 7583 §3.3.1)
  double_ds,             // a DS whose key is not published, beside one that leads (RFC 7583 §3.3.2)
  csk,                   // a key for everything is exchanged for another
  algorithm,             // keys of another algorithm come (RFC 6781 §4.1.4)
  going_secure,          // signed, and no DS yet
  going_insecure,        // the DS is gone, the signatures are not (RFC 6781 §4.4.2)
  multi_signer_joining,  // another provider's keys and DS are there before its servers (RFC 8901 §6)
  multi_signer_leaving,  // its servers are gone, its keys or DS are not
};
std::string_view to_text(RolloverKind kind);  // "zsk-prepublish"

// The state of the zone as a whole.
enum class RolloverStance : std::uint8_t { unsigned_zone, steady, multi_signer, rolling, broken };
std::string_view to_text(RolloverStance stance);  // "unsigned" "steady" "multi-signer" "rolling" "broken"

// Whether a key is on its way in or out. unknown: it was so in every look, and both look alike.
enum class Direction : std::uint8_t { coming, going, unknown };
std::string_view to_text(Direction direction);

enum class RolloverAction : std::uint8_t {
  sign_data,        // begin to sign the data with `in`, in place of `out`
  sign_keys,        // let `in` sign the DNSKEY set
  publish_keys,     // put the DNSKEY of `in`, whose signatures are there, into the zone
  exchange_keys,    // publish and sign with `in`, take `out` out
  exchange_ds,      // DS of `in` for those of `out`; no `out`: add them
  remove_ds,        // of `out`
  remove_keys,      // DNSKEY of `out`, with the signatures that they alone make over it
  drop_signatures,  // by `out`, whose DNSKEY is gone
  add_servers,      // of the provider whose keys are `in`
  unsign,           // all keys and signatures
};
std::string_view to_text(RolloverAction action);

struct RolloverStep {
  RolloverAction action{};
  KeySet in = 0, out = 0;
  Direction when = Direction::unknown;  // the step is the right one if the key goes this way
  RolloverState after{};
  std::optional<NotBefore> earliest{};  // none: not while servers show what they show now
};

struct RolloverPhase {
  RolloverKind kind{};
  KeySet keys = 0;  // those on their way
  Direction direction = Direction::unknown;
  std::optional<dns::Time> since{};   // that they are as they are; none: longer than anybody has looked
  std::vector<RolloverStep> steps{};  // one; two where the direction is not known
};

struct RolloverVerdict {
  RolloverStance stance{};
  std::vector<RolloverPhase> phases{};  // the one that decides the others' order first
  std::vector<EarlyStep> early{};
  bool fails_somewhere = false;  // some of what servers show now fails beside others of it: no matter of caches
  bool servers_agree = true;     // of the parent, and of the zone
  std::vector<std::pair<dns::Address, std::vector<RolloverKind>>> by_server{};  // where they do not
  KeySet multi_signers = 0;  // keys that sign at some servers and not at others, and are published at all
};

// Requires: at least one look.
RolloverVerdict rollover_verdict(const RolloverHistory& history);

// The phase of one state, as if all servers had it.
std::vector<RolloverPhase> rollover_phases(const RolloverHistory& history, const RolloverState& state);

}  // namespace validator
