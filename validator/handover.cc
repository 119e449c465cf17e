#include "validator/handover.h"

#include <algorithm>

#include "dns/canonical.h"
#include "validator/delegation.h"
#include "validator/facts.h"
#include "validator/signature.h"

namespace validator {
namespace {

using dns::RRType;

constexpr std::size_t most_keys = 64, most_ds = 64;  // a page for people; no zone has as many

// The set of one zone with what its signatures say.
struct Published {
  dns::Name zone{};
  bool has_signatures = false;
  std::vector<dns::Dnskey> keys{};
  std::vector<dns::Dnskey> signing{};

  bool signs(const dns::Dnskey& key) const { return std::ranges::find(signing, key) != signing.end(); }
};

bool is_outdated(dns::Algorithm algorithm) {
  using enum dns::Algorithm;
  switch (algorithm) {
    case rsamd5:
    case dsa:
    case rsasha1:
    case dsa_nsec3_sha1:
    case rsasha1_nsec3_sha1:
    case ecc_gost: return true;
    default: return false;
  }
}

Published read(const dns::SignedRRset& set, const Policy& policy, dns::Time now, Verifier& verifier) {
  Published published{set.set.owner, !set.signatures.empty(), read_keys(set.set)};
  if (published.keys.size() > most_keys) published.keys.resize(most_keys);
  Policy lenient = policy;  // what a key does is asked here, not whether its algorithm is still liked
  lenient.sha1 = Policy::Sha1::accepted;
  Bench bench{lenient, now, verifier, Work(policy.bounds), Bench::Depth::all};
  for (const auto& signature : judge_with(set, set.set.owner, published.keys, bench).signatures)
    if (signature.state == SignatureState::good && signature.key) published.signing.push_back(*signature.key);
  return published;
}

// Why no DS should ever point at this key, wherever it stands.
std::optional<KeyFit> flaw_of(const dns::Dnskey& key) {
  if (!key.is_zone_key()) return KeyFit::not_zone_key;
  if (key.protocol != 3) return KeyFit::wrong_protocol;
  if (key.is_revoked()) return KeyFit::revoked;
  if (key_facts(key).fault) return KeyFit::malformed;
  if (is_outdated(key.algorithm)) return KeyFit::outdated;
  if (!key.is_sep()) return KeyFit::no_sep;
  return std::nullopt;
}

void order(std::vector<HandoverKey>& keys) {
  std::ranges::stable_sort(keys, {}, [](const HandoverKey& one) { return one.fit; });
}

Handover sorted(const Published& published) {
  Handover found{.zone = published.zone};
  for (const dns::Dnskey& key : published.keys)
    found.keys.push_back({key, flaw_of(key).value_or(published.signs(key) ? KeyFit::entry : KeyFit::silent)});
  order(found.keys);
  return found;
}

// One that is signed by its own keys before one that is not: a stale server may still have the set of last year.
std::optional<Published> heard_keys(const Facts& facts, const dns::Name& zone, const Policy& policy, dns::Time now,
                                    Verifier& verifier) {
  std::optional<Published> chosen;
  for (const Heard& heard : facts.to(zone, RRType::dnskey)) {
    const auto* set = heard.in_answer(zone, RRType::dnskey);
    if (set == nullptr) continue;
    Published published = read(*set, policy, now, verifier);
    if (!published.signing.empty()) return published;
    if (!chosen) chosen = std::move(published);
  }
  return chosen;
}

// nullopt: no reply says what DS there are.
std::optional<std::vector<dns::Ds>> parent_set(const Facts& facts, const dns::Name& zone) {
  std::optional<std::vector<dns::Ds>> none;
  for (const Heard& heard : facts.to(zone, RRType::ds)) {
    if (const auto* set = heard.in_answer(zone, RRType::ds)) return read_ds_set(set->set);
    if (heard.usable() && !heard.referral_to()) none.emplace();
  }
  for (const Heard* heard : facts.referrals_to(zone)) {
    if (const auto* set = heard->in_authority(zone, RRType::ds)) return read_ds_set(set->set);
    none.emplace();  // a server that knows DNSSEC sends the DS or their denial (RFC 4035 §3.1.4)
  }
  return none;
}

std::vector<ParentDs> judge_parent(const dns::Name& zone, std::vector<dns::Ds> ds, const Published& published,
                                   Verifier& verifier) {
  if (ds.size() > most_ds) ds.resize(most_ds);
  std::vector<ParentDs> all;
  for (dns::Ds& one : ds) {
    ParentDs judged{std::move(one), {}, false};
    for (const dns::Dnskey& key : published.keys) {
      if (key.tag() != judged.ds.tag || key.algorithm != judged.ds.algorithm) continue;
      if (verifier.digest(judged.ds.digest_type, dns::ds_input(zone, key)) != judged.ds.digest) continue;
      judged.key = key;
      judged.leads = published.signs(key) && key.is_zone_key() && key.protocol == 3 && !key.is_revoked();
    }
    all.push_back(std::move(judged));
  }
  return all;
}

// What the judgement says of the DS set, or of its absence.
Security parent_security(const Chain& chain, const dns::Name& zone) {
  for (const Node& node : chain.nodes) {
    const auto* ds = std::get_if<DsNode>(&node.body);
    const auto* denial = std::get_if<DenialNode>(&node.body);
    if (ds != nullptr && ds->owner == zone) return node.security;
    if (denial != nullptr && denial->name == zone && denial->wanted == Wanted::no_ds) {
      // A sound proof of absence ends security: its node says insecure, and the parent is as good as ever.
      return node.security == Security::insecure ? Security::secure : node.security;
    }
  }
  return Security::indeterminate;
}

}  // namespace

std::string_view to_text(KeyFit fit) {
  switch (fit) {
    case KeyFit::entry: return "entry";
    case KeyFit::alone: return "alone";
    case KeyFit::silent: return "silent";
    case KeyFit::absent: return "absent";
    case KeyFit::no_sep: return "no-sep";
    case KeyFit::revoked: return "revoked";
    case KeyFit::not_zone_key: return "not-zone-key";
    case KeyFit::wrong_protocol: return "wrong-protocol";
    case KeyFit::outdated: return "outdated";
    case KeyFit::malformed: return "malformed";
  }
  return "";
}

std::string_view reason_of(KeyFit fit) {
  switch (fit) {
    case KeyFit::entry: return "it has the SEP flag and signs the DNSKEY set";
    case KeyFit::alone: return "it has the SEP flag; whether the zone publishes it and signs with it was not asked";
    case KeyFit::silent: return "it does not sign the DNSKEY set: by this DS alone the zone would be bogus";
    case KeyFit::absent: return "the zone does not publish it: by this DS alone the zone would be bogus";
    case KeyFit::no_sep: return "a ZSK (no SEP flag): the chain would break when it rolls";
    case KeyFit::revoked: return "revoked (RFC 5011): no DS may point at it";
    case KeyFit::not_zone_key: return "no zone key (its flag is clear): no DS may point at it";
    case KeyFit::wrong_protocol: return "its protocol is not 3: no DS may point at it";
    case KeyFit::outdated: return "its algorithm must not sign any more (RFC 9904, RFC 9905): insecure for many";
    case KeyFit::malformed: return "its octets are no key of its algorithm";
  }
  return "";
}

bool Handover::is_broken() const {
  return parent && !parent->empty() && std::ranges::none_of(*parent, [](const ParentDs& one) { return one.leads; });
}

std::optional<Handover> handover(const dns::Evidence& evidence, const Chain& chain, const Policy& policy,
                                 Verifier& verifier) {
  const dns::Name& name = evidence.target.name;
  const auto zone = std::ranges::find(chain.zones, name, &Zone::name);
  const Facts facts(evidence);
  const auto heard = heard_keys(facts, name, policy, chain.now, verifier);
  if (zone == chain.zones.end() && !heard) return std::nullopt;
  const Published published = heard.value_or(Published{.zone = name});
  Handover found = sorted(published);
  if (const auto ds = parent_set(facts, name)) found.parent = judge_parent(name, *ds, published, verifier);
  found.parent_security = parent_security(chain, name);
  if (zone != chain.zones.end()) found.zone_security = zone->security;
  return found;
}

Handover handover(const dns::SignedRRset& set, const Policy& policy, dns::Time now, Verifier& verifier) {
  const Published published = read(set, policy, now, verifier);
  Handover found = sorted(published);
  if (published.has_signatures) return found;
  for (HandoverKey& one : found.keys)
    if (one.fit == KeyFit::silent) one.fit = KeyFit::alone;  // a key file says nothing of what the key does
  return found;
}

Handover beside(const Handover& files, const Handover& live) {
  Handover found = live;
  found.keys = files.keys;
  for (HandoverKey& one : found.keys) {
    const auto same = std::ranges::find(live.keys, one.key, &HandoverKey::key);
    if (flaw_of(one.key)) continue;
    one.fit = same != live.keys.end() ? same->fit : KeyFit::absent;
  }
  order(found.keys);
  return found;
}

}  // namespace validator
