#include <algorithm>
#include <set>

#include "trustanchor/rollover.h"
#include "trustanchor/root_roll.h"
#include "validator/audit.h"
#include "validator/sighting.h"

namespace validator {
namespace {

using trustanchor::Anchor;
using trustanchor::SeenKey;
using Tags = std::vector<std::uint16_t>;

Tags list(const std::set<std::uint16_t>& tags) { return {tags.begin(), tags.end()}; }

// One zone that anchors stand for, and the entry keys that it shows (RFC 5011).
class AnchoredZone {
 public:
  AnchoredZone(Draft& draft, ZoneId id) : draft_(draft), id_(id), name_(draft.chain.zones[id].name) {
    for (const Anchor& anchor : draft.anchors.anchors)
      if (anchor.zone == name_) anchors_.push_back(anchor);
  }

  void run() {
    const auto counting = draft_.anchors.of(name_, draft_.now);
    if (counting.empty()) return;
    const auto point = trustanchor::trust_point(name_, counting, draft_.now);
    const auto seen = sighting(draft_.facts.evidence(), point, draft_.policy, draft_.now, draft_.verifier);
    std::set<std::uint16_t> unknown;
    for (const SeenKey& key : seen.keys) {
      if (!key.key.is_sep() || !key.key.is_zone_key()) continue;
      const Anchor* anchor = anchor_of(key);
      if (key.key.is_revoked()) {
        if (anchor != nullptr && key.signs && anchor->counts_at(draft_.now)) revoked(*anchor);
      } else if (anchor == nullptr) {
        unknown.insert(key.key.tag());
      } else if (anchor->state == Anchor::State::add_pend && anchor->pending_since) {
        pending(*anchor);
      }
    }
    if (!unknown.empty() && trustanchor::validates(point, seen)) outdated(unknown);
    if (name_.is_root()) roll(seen);
  }

 private:
  const Anchor* anchor_of(const SeenKey& key) const {
    const auto found =
        std::ranges::find_if(anchors_, [&](const Anchor& anchor) { return trustanchor::is_key_of(anchor.key, key); });
    return found == anchors_.end() ? nullptr : &*found;
  }

  // RFC 5011 §2.1: signed by itself, the flag ends all trust.
  void revoked(const Anchor& anchor) {
    draft_.find(Code::anchor_revoked, anchor_subject(name_, anchor.tag()), {{"tag", std::uint64_t{anchor.tag()}}}, id_,
                {}, here());
  }

  // RFC 5011 §2.4.1
  void pending(const Anchor& anchor) {
    draft_.find(Code::anchor_pending, anchor_subject(name_, anchor.tag()),
                {{"tag", std::uint64_t{anchor.tag()}},
                 {"since", *anchor.pending_since},
                 {"until", *anchor.pending_since + trustanchor::hold_down}},
                id_, {}, here());
  }

  // RFC 5011 §2.2: whoever follows the zone's keys takes these up.
  void outdated(const std::set<std::uint16_t>& tags) {
    std::vector<Detail> details{{"tags", list(tags)}};
    for (const auto& key : trustanchor::root_keys_at(draft_.now))
      if (name_.is_root() && tags.contains(key.tag) && key.next && key.next->stage == trustanchor::Stage::signs)
        details.push_back({"until", key.next->at});
    draft_.find(Code::anchor_outdated, anchor_subject(name_, *tags.begin()), std::move(details), id_, {}, here());
  }

  // What one look shows of the root's roll (RFC 5011 §6); of a key alone in its set there is nothing to tell.
  void roll(const trustanchor::Sighting& seen) {
    std::set<std::uint16_t> published, signing, gone;
    std::set<dns::Algorithm> algorithms;
    bool known = false;
    for (const SeenKey& key : seen.keys) {
      if (!key.key.is_sep() || !key.key.is_zone_key()) continue;
      published.insert(key.key.tag());
      if (key.key.is_revoked()) {
        gone.insert(key.key.tag());
        continue;
      }
      algorithms.insert(key.key.algorithm);
      if (key.signs) signing.insert(key.key.tag());
      known = known || is_built_in(key);
    }
    if (published.size() < 2 && !known) return;
    const auto phase = phase_of(seen, signing, gone, algorithms.size());
    if (phase.empty()) return;
    std::vector<Detail> details{{"phase", std::string(phase)}, {"published", list(published)}};
    if (!signing.empty()) details.push_back({"signing", list(signing)});
    if (!gone.empty()) details.push_back({"revoked", list(gone)});
    draft_.find(Code::root_key_roll, anchor_subject(name_, *published.begin()), std::move(details), id_, {}, here());
  }

  static bool is_built_in(const SeenKey& key) {
    return std::ranges::any_of(trustanchor::built_in().anchors,
                               [&](const Anchor& anchor) { return trustanchor::is_key_of(anchor.key, key); });
  }

  // "": two keys, one of which signs, and nothing here says which of them is the older.
  std::string_view phase_of(const trustanchor::Sighting& seen, const std::set<std::uint16_t>& signing,
                            const std::set<std::uint16_t>& gone, std::size_t algorithms) const {
    if (!gone.empty()) return "revoking";
    if (algorithms > 1) return "algorithm";
    std::vector<const SeenKey*> silent;
    for (const SeenKey& key : seen.keys)
      if (key.key.is_sep() && !signing.contains(key.key.tag())) silent.push_back(&key);
    if (silent.empty()) return old_anchor_left(seen) ? "removed" : "steady";
    if (std::ranges::any_of(silent, [&](const SeenKey* key) { return is_new(*key); })) return "prepublished";
    const auto retired = [&](const SeenKey* key) { return stage_of(key->key.tag()) > trustanchor::Stage::standby; };
    return std::ranges::all_of(silent, retired) ? "swapped" : "";
  }

  // Not trusted here yet, or known to be on standby.
  bool is_new(const SeenKey& key) const {
    const Anchor* anchor = anchor_of(key);
    if (is_built_in(key)) return stage_of(key.key.tag()) <= trustanchor::Stage::standby;
    return anchor == nullptr || anchor->state == Anchor::State::add_pend;
  }

  trustanchor::Stage stage_of(dns::KeyTag tag) const {
    for (const auto& key : trustanchor::root_keys_at(draft_.now))
      if (key.tag == tag) return key.stage();
    return trustanchor::Stage::unpublished;
  }

  bool old_anchor_left(const trustanchor::Sighting& seen) const {
    return std::ranges::any_of(anchors_, [&](const Anchor& anchor) {
      return anchor.counts_at(draft_.now) && std::ranges::none_of(seen.keys, [&](const SeenKey& key) {
               return trustanchor::is_key_of(anchor.key, key);
             });
    });
  }

  Blame here() const { return {name_, Party::here}; }

  Draft& draft_;
  ZoneId id_;
  dns::Name name_;
  std::vector<Anchor> anchors_;
};

}  // namespace

void anchor_state_findings(Draft& draft) {
  if (draft.policy.crypto == Policy::Crypto::structure_only) return;  // no signature was checked
  for (ZoneId id = 0; id < draft.chain.zones.size(); ++id)
    if (!draft.chain.zones[id].parent) AnchoredZone(draft, id).run();
}

}  // namespace validator
