// What `anchors` has to tell, as one value, and its two forms: text for people, JSON for programs.
// It looks nothing up and asks nobody.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "trustanchor/anchors.h"
#include "trustanchor/rollover.h"
#include "validator/chain.h"

namespace cli {

// A state file of RFC 5011, and what is in it.
struct FollowedPoint {
  std::string file;
  trustanchor::TrustPoint point;
};

// What an anchored zone was seen to do with an anchor's key.
enum class LiveKey : std::uint8_t {
  signs,
  standby,  // published, and no good signature by it
  revoked,  // published with REVOKE, by its own signature
  absent
};

struct LiveZone {
  validator::Chain chain;  // of its DNSKEY set
  struct Key {
    dns::KeyTag tag = 0;
    LiveKey live{};
  };
  std::vector<Key> anchors;  // nothing if no key set was heard
  // Keys signed for by an anchored one, with SEP, that no anchor is.
  std::vector<dns::KeyTag> unknown;
};

struct AnchorsPage {
  dns::Time now{};
  trustanchor::Anchors anchors;
  std::vector<FollowedPoint> followed;
  std::vector<LiveZone> zones;             // of `anchors test`
  std::vector<trustanchor::Event> events;  // of `anchors update`
};

std::string text_of(const AnchorsPage& page);
std::string json_of(const AnchorsPage& page);

// Of an anchor out of a state file, its record there.
const trustanchor::ManagedKey* managed_key(const AnchorsPage& page, const trustanchor::Anchor& anchor);
// The anchors of a state file, as read from it.
trustanchor::Anchors anchors_of(const FollowedPoint& followed);
// Whether the root's own keys are among the anchors: then its roll is told as well.
bool is_about_the_root(const AnchorsPage& page);

std::string_view to_text(LiveKey live);
std::string_view to_text(trustanchor::State state);  // RFC 5011 §4.3, in lower case: "add-pend"
std::string_view slug_of(trustanchor::Event::Kind kind);

}  // namespace cli
