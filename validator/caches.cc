#include "validator/caches.h"

#include <algorithm>
#include <vector>

#include "validator/advice.h"

namespace validator {
namespace {

// Which sets a remedy replaces: those of one name, or all that were seen of a zone.
enum class Replaced : std::uint8_t { nothing, keys, ds, denials, subject, all };

Replaced replaced_by(Remedy remedy) {
  switch (remedy) {
    case Remedy::make_ksk:
    case Remedy::make_zsk:
    case Remedy::roll_key:
    case Remedy::drop_key:
    case Remedy::restore_key: return Replaced::keys;
    case Remedy::upload_ds:
    case Remedy::remove_ds:
    case Remedy::fix_ds: return Replaced::ds;
    case Remedy::fix_nsec:
    case Remedy::fix_nsec3_parameters: return Replaced::denials;
    case Remedy::lower_ttl:
    case Remedy::fix_records: return Replaced::subject;
    case Remedy::sign_zone:
    case Remedy::synchronise_servers: return Replaced::all;
    // New signatures by known keys: the old ones were either good until their end, or never kept.
    case Remedy::re_sign:
    // These act on no record of the zone, or on what no cache judges by.
    case Remedy::fix_cds:
    case Remedy::fix_delegation:
    case Remedy::fix_server:
    case Remedy::update_anchor:
    case Remedy::fix_forwarder:
    case Remedy::set_clock:
    case Remedy::wait_until:
    case Remedy::contact_parent:
    case Remedy::none: return Replaced::nothing;
  }
  return Replaced::nothing;
}

// A set that a cache may hold; of a denial the name and type that it denies.
struct Held {
  dns::Name zone;
  dns::Name owner;
  dns::RRType type{};
  dns::Ttl ttl = 0;
  bool denies = false;
};

// Keys are drawn one by one and have no TTL of their own; their set's is in the signature over it.
std::optional<Held> held(const Chain& chain, const Node& node) {
  const auto& zone = chain.zones[node.zone].name;
  if (std::holds_alternative<KeyNode>(node.body)) return Held{zone, zone, dns::RRType::dnskey};
  if (const auto* set = std::get_if<RRsetNode>(&node.body))
    return Held{zone, set->set.owner, set->set.type, set->set.ttl};
  if (const auto* ds = std::get_if<DsNode>(&node.body)) return Held{zone, ds->owner, dns::RRType::ds, ds->ttl};
  if (const auto* denial = std::get_if<DenialNode>(&node.body); denial != nullptr && !denial->records.empty()) {
    const auto type = denial->wanted == Wanted::no_ds ? dns::RRType::ds : denial->type;
    const auto ttl = std::ranges::min(denial->records, {}, &dns::RRset::ttl).ttl;
    return Held{zone, denial->name, type, ttl, true};
  }
  return std::nullopt;
}

// The zone or child that the finding is about.
const dns::Name& concerned(const Finding& finding) {
  switch (finding.subject.kind) {
    case SubjectKind::zone:
    case SubjectKind::delegation:
    case SubjectKind::key:
    case SubjectKind::ds: return finding.subject.name;
    default: return finding.zone;
  }
}

bool is_of(const Held& held, Copies copies, const dns::Name& zone) {
  switch (copies) {
    case Copies::keys: return held.type == dns::RRType::dnskey && held.owner == zone && !held.denies;
    case Copies::ds: return held.type == dns::RRType::ds && held.owner == zone;
    case Copies::data: return held.zone == zone && (held.type != dns::RRType::dnskey || held.owner != zone);
  }
  return false;
}

bool is_replaced(const Held& held, Replaced what, const Finding& finding) {
  const auto& subject = finding.subject;
  const auto& zone = concerned(finding);
  switch (what) {
    case Replaced::nothing: return false;
    case Replaced::keys: return is_of(held, Copies::keys, zone);
    case Replaced::ds: return is_of(held, Copies::ds, zone);
    case Replaced::denials: return held.denies && held.zone == zone;
    case Replaced::all: return held.zone == zone;
    case Replaced::subject:
      if (subject.kind != SubjectKind::rrset && subject.kind != SubjectKind::signature) return held.zone == zone;
      return held.owner == subject.name && held.type == subject.type;
  }
  return false;
}

template <class Wanted>
std::optional<CacheHold> longest_of(const Chain& chain, Wanted wanted) {
  std::optional<CacheHold> longest;
  const auto consider = [&](const Node& node, dns::Ttl original) {
    const auto set = held(chain, node);
    if (!set || !wanted(*set)) return;
    // A cache filled just now holds the original TTL (RFC 4034 §3.1.4); a reply through a resolver shows what is left.
    const dns::Seconds ttl{std::max(set->ttl, original)};
    if (ttl > (longest ? longest->longest : dns::Seconds{0})) longest = {ttl, set->owner, set->type, set->denies};
  };
  for (const auto& node : chain.nodes) consider(node, 0);
  for (const auto& link : chain.links)
    if (link.kind == LinkKind::signs && link.rrsig) consider(chain.nodes[link.to], link.rrsig->original_ttl);
  return longest;
}

}  // namespace

std::optional<CacheHold> held_after(const Chain& chain, const Finding& finding) {
  const auto what = replaced_by(remedy_of(chain, finding));
  auto longest = longest_of(chain, [&](const Held& held) { return is_replaced(held, what, finding); });
  const bool fails = row(finding.code).breaks != Breaks::no;
  if (fails && (!longest || longest->longest < failure_kept)) return CacheHold{.longest = failure_kept};
  return longest;
}

std::optional<CacheHold> longest_held(const Chain& chain, const dns::Name& zone, Copies copies) {
  return longest_of(chain, [&](const Held& held) { return is_of(held, copies, zone); });
}

}  // namespace validator
