#include <algorithm>
#include <map>
#include <set>

#include "validator/audit.h"

namespace validator {
namespace {

// The keys of one secure zone and what each of them does there.
class ZoneKeys {
 public:
  ZoneKeys(Draft& draft, ZoneId id) : draft_(draft), id_(id), name_(draft.chain.zones[id].name) {
    for (NodeId node = 0; node < draft.chain.nodes.size(); ++node) {
      const auto* key = std::get_if<KeyNode>(&draft.chain.nodes[node].body);
      if (key == nullptr || draft.chain.nodes[node].zone != id || !key->published) continue;
      if (key->key.is_zone_key() && !key->key.is_revoked()) keys_.push_back({node, key->key});
    }
    for (const Link& link : draft.chain.links) {
      if (link.kind == LinkKind::vouches) entries_.insert(link.to);
      if (link.kind == LinkKind::signs && link.ok && link.covers != dns::RRType::dnskey) signs_data_.insert(link.from);
      if (link.kind == LinkKind::signs) signs_.insert(link.from);
    }
  }

  void run() {
    if (draft_.chain.zones[id_].security != Security::secure || keys_.empty()) return;
    unsigned_data();
    // Without a signature over data nothing is known of those who make them.
    const bool data_seen = std::ranges::any_of(keys_, [&](const Known& key) { return signs_data_.contains(key.node); });
    if (!data_seen) return;
    for (const Known& key : keys_)
      if (!signs_.contains(key.node) && !is_named(key)) find(Code::key_unused, key_subject(name_, key.key), {});
    if (const auto mode = unusual())
      find(Code::key_roles_unusual, zone_subject(name_), {{"mode", std::string(*mode)}, {"keys", ids()}});
  }

 private:
  struct Known {
    NodeId node;
    dns::Dnskey key;
  };

  std::vector<KeyId> ids() const {
    std::vector<KeyId> ids;
    for (const Known& key : keys_) ids.push_back({key.key.tag(), key.key.algorithm, key.key.flags});
    return ids;
  }

  // The DNSKEY set is signed, and nothing else that was seen (RFC 4035 §2.2). One set without signature is no pattern.
  void unsigned_data() {
    std::size_t lacking = 0;
    for (const Finding& f : draft_.chain.findings) {
      if (!(f.zone == name_)) continue;
      if (f.code == Code::signature_missing || f.code == Code::denial_missing) ++lacking;
    }
    if (lacking >= 2 && !any_data_signed()) find(Code::zsk_missing, zone_subject(name_), {{"keys", ids()}});
  }

  bool any_data_signed() const {
    for (const auto& [question, replies] : draft_.facts.all())
      for (const Heard& heard : replies)
        for (const auto* section : {&heard.answer, &heard.authority})
          for (const dns::SignedRRset& set : *section)
            if (set.set.type != dns::RRType::dnskey && signer_of(set) == name_) return true;
    return false;
  }

  // A DS or an anchor names it, working or not: it has its place.
  bool is_named(const Known& key) const {
    return entries_.contains(key.node) || std::ranges::any_of(draft_.chain.nodes, [&](const Node& node) {
             const auto* ds = std::get_if<DsNode>(&node.body);
             if (ds != nullptr) return ds->owner == name_ && ds->tag == key.key.tag();
             const auto* anchor = std::get_if<AnchorNode>(&node.body);
             return anchor != nullptr && node.zone == id_ && anchor->tag == key.key.tag();
           });
  }

  // RFC 6781 §3.1: the usual pair is a key with SEP flag for the DNSKEY set and one without for the data.
  std::optional<std::string_view> unusual() const {
    if (keys_.size() == 1) return "single-key";
    if (std::ranges::none_of(keys_, [](const Known& key) { return key.key.is_sep(); })) return "no-sep";
    const auto signs_data = [&](const Known& key) { return signs_data_.contains(key.node); };
    const bool by_entry = std::ranges::any_of(
        keys_, [&](const Known& key) { return key.key.is_sep() && entries_.contains(key.node) && signs_data(key); });
    const bool by_zsk =
        std::ranges::any_of(keys_, [&](const Known& key) { return !key.key.is_sep() && signs_data(key); });
    if (by_entry && by_zsk) return "ksk-signs-data";
    return std::nullopt;
  }

  void find(Code code, Subject subject, std::vector<Detail> details) {
    draft_.find(code, std::move(subject), std::move(details), id_, {});
  }

  Draft& draft_;
  ZoneId id_;
  dns::Name name_;
  std::vector<Known> keys_;
  std::set<NodeId> entries_, signs_data_, signs_;
};

// One public key that stands in two places: other flags, or another zone. A revoked key is the same key by design
// (RFC 5011 §2.1).
void reused_keys(Draft& draft) {
  struct Place {
    ZoneId zone;
    dns::Dnskey key;
  };
  std::map<std::pair<dns::Algorithm, dns::Bytes>, std::vector<Place>> places;
  for (const Node& node : draft.chain.nodes) {
    const auto* key = std::get_if<KeyNode>(&node.body);
    if (key == nullptr || !key->published || key->key.is_revoked() || key->key.key.empty()) continue;
    auto& known = places[{key->key.algorithm, key->key.key}];
    const bool again = std::ranges::any_of(
        known, [&](const Place& place) { return place.zone == node.zone && place.key.flags == key->key.flags; });
    if (!again) known.push_back({node.zone, key->key});
  }
  for (const auto& [id, known] : places) {
    for (std::size_t i = 1; i < known.size(); ++i) {
      const Place &here = known[i], &first = known.front();
      draft.find(Code::key_reused, key_subject(draft.chain.zones[here.zone].name, here.key),
                 {{"name", draft.chain.zones[first.zone].name}, {"tags", std::vector<std::uint16_t>{first.key.tag()}}},
                 here.zone, {});
    }
  }
}

}  // namespace

void key_role_findings(Draft& draft) {
  // A quick look has not seen enough signatures to call a key idle.
  if (draft.facts.evidence().target.effort != dns::Effort::full) return;
  for (ZoneId id = 0; id < draft.chain.zones.size(); ++id) ZoneKeys(draft, id).run();
  reused_keys(draft);
}

}  // namespace validator
