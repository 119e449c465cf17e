// The root's key signing keys over the years, as far as they are known or announced (anchors.md §1).
// It knows no record; what a key does in truth, only the live zone says.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "trustanchor/anchors.h"

namespace trustanchor {

enum class Stage : std::uint8_t {
  unpublished,
  standby,  // in the zone, not signing yet
  signs,
  retired,  // in the zone, not signing any more
  revoked,
  gone
};
std::string_view to_text(Stage stage);

struct Milestone {
  dns::KeyTag tag = 0;
  dns::Time at{};
  Stage stage{};
  enum class Word : std::uint8_t { known, planned } word{};  // planned: announced, and not seen by us
};

// Where one key stands at a time: what came last, and what comes next.
struct RootKey {
  dns::KeyTag tag = 0;
  std::optional<Milestone> last, next;
  Stage stage() const { return last ? last->stage : Stage::unpublished; }
};
// All keys of the table but those that are gone, in the order in which they came or come.
std::vector<RootKey> root_keys_at(dns::Time now);

}  // namespace trustanchor
