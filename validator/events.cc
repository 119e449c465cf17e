#include "validator/events.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace validator {
namespace {

using Kind = Event::Kind;

// What is known of one set: until when its best signature holds, and how long caches keep it.
struct Hold {
  dns::Time until{};
  dns::RRType type{};
  dns::Ttl ttl = 0;
};

dns::Ttl ttl_of(const Node& node, dns::RRType type, const std::optional<dns::Rrsig>& rrsig) {
  if (const auto* set = std::get_if<RRsetNode>(&node.body)) return set->set.ttl;
  if (const auto* ds = std::get_if<DsNode>(&node.body)) return ds->ttl;
  if (const auto* denial = std::get_if<DenialNode>(&node.body))
    for (const dns::RRset& record : denial->records)
      if (record.type == type) return record.ttl;
  return rrsig ? rrsig->original_ttl : 0;  // keys: the set's own TTL is not in the Chain
}

// A set may be drawn as several nodes (keys) and be signed several times: what its signatures cover says what it is.
std::vector<std::pair<ZoneId, Hold>> holds(const Chain& chain) {
  std::map<std::pair<NodeId, dns::RRType>, Hold> of;
  for (const Link& link : chain.links) {
    if (link.kind != LinkKind::signs || !link.ok) continue;
    Hold& hold = of[{link.to, link.covers}];
    if (link.expires <= hold.until) continue;
    hold = {link.expires, link.covers, ttl_of(chain.nodes[link.to], link.covers, link.rrsig)};
  }
  std::vector<std::pair<ZoneId, Hold>> all;
  // The keys of a zone are one set, however many are drawn.
  std::map<ZoneId, Hold> keys;
  for (const auto& [where, hold] : of) {
    const ZoneId zone = chain.nodes[where.first].zone;
    if (hold.type != dns::RRType::dnskey) all.emplace_back(zone, hold);
    if (hold.type == dns::RRType::dnskey && keys[zone].until < hold.until) keys[zone] = hold;
  }
  for (const auto& [zone, hold] : keys) all.emplace_back(zone, hold);
  return all;
}

// Only where the chain begins at the root's own keys do their announced steps concern it.
bool begins_at_the_root(const Chain& chain, dns::KeyTag tag) {
  return std::ranges::any_of(chain.nodes, [&](const Node& node) {
    const auto* anchor = std::get_if<AnchorNode>(&node.body);
    return anchor != nullptr && anchor->tag == tag && chain.zones[node.zone].name.is_root();
  });
}

}  // namespace

std::string_view to_text(Event::Kind kind) {
  switch (kind) {
    case Kind::caches_outlive: return "caches-outlive";
    case Kind::signature_ends: return "signature-ends";
    case Kind::root_key: return "root-key";
  }
  return "";
}

std::vector<Event> events(const Chain& chain, std::size_t most) {
  std::map<std::tuple<dns::Time, Kind, ZoneId>, Event> found;
  const auto note = [&](Kind kind, dns::Time at, ZoneId zone, dns::RRType type) {
    if (at <= chain.now) return;
    Event& event = found.try_emplace({at, kind, zone}, Event{.kind = kind, .at = at, .zone = zone}).first->second;
    ++event.sets;
    event.types.push_back(type);
    event.turns =
        kind == Kind::signature_ends && chain.forecast.verdict_next.has_value() && at == chain.forecast.breaks_at;
  };
  for (const auto& [zone, hold] : holds(chain)) {
    note(Kind::signature_ends, hold.until, zone, hold.type);
    if (hold.ttl > 0) note(Kind::caches_outlive, hold.until - dns::Seconds{hold.ttl}, zone, hold.type);
  }
  std::vector<Event> all;
  for (auto& [key, event] : found) {
    std::ranges::sort(event.types);
    const auto repeated = std::ranges::unique(event.types);
    event.types.erase(repeated.begin(), repeated.end());
    all.push_back(std::move(event));
  }
  for (const auto& key : trustanchor::root_keys_at(chain.now))
    if (key.next && begins_at_the_root(chain, key.tag))
      all.push_back({.kind = Kind::root_key, .at = key.next->at, .milestone = key.next});
  std::ranges::stable_sort(all, {}, &Event::at);
  if (all.size() > most) all.resize(most);
  return all;
}

}  // namespace validator
