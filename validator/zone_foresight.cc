#include "validator/zone_foresight.h"

#include <algorithm>

#include "dns/canonical.h"

namespace validator {

// Trusted keys alone: whose signatures count for nothing gets no table at our expense.
Foresight::Foresight(const ZoneCheck& check, const ZoneKeys& keys, Verifier& verifier, KeyTables& tables)
    : check_(check), bulk_(verifier, tables) {
  if (!keys.trusted || !check.policy.accepts(dns::Algorithm::ecdsap256sha256)) return;
  for (const dns::Dnskey& key : keys.trusted->keys())
    if (key.algorithm == dns::Algorithm::ecdsap256sha256) keys_.emplace(key.tag(), key);
}

void Foresight::look(ZoneStore::NameId from, ZoneStore::NameId to) {
  if (keys_.empty()) return;
  piles_.clear();
  signatures_ = 0;
  for (auto id = from; id < to; ++id) look_at(id);
  for (const auto& [tag, pile] : piles_) {
    std::vector<SignedData> all;
    for (std::size_t i = 0; i < pile.data.size(); ++i) all.push_back({pile.data[i], pile.signatures[i]});
    bulk_.foresee(keys_.at(tag), all);
  }
}

void Foresight::look_at(ZoneStore::NameId id) {
  const Role role = check_.map.role(id);
  if (role == Role::outside || role == Role::behind) return;
  const auto entries = check_.store().at(id);
  for (std::size_t i = 0; i < entries.size();) {
    const dns::RRType type = entries[i].type;
    while (i < entries.size() && entries[i].type == type) ++i;
    const bool is_key_set = role == Role::apex && type == dns::RRType::dnskey;
    if (check_.map.is_signed(id, type) && !is_key_set) add(signed_set(check_.store(), id, type));
  }
}

// Where a set has more signatures than will be judged, none of them: the bounds decide which are.
void Foresight::add(const dns::SignedRRset& set) {
  if (set.signatures.size() > check_.policy.bounds.signatures_per_set) return;
  for (const dns::Record& record : set.signatures) {
    if (signatures_ == BulkVerifier::foreseen_at_once) return;
    auto rrsig = dns::read_rrsig(record.rdata);
    if (!rrsig || !may_hold(*rrsig, set.set)) continue;
    Pile& pile = piles_[rrsig->tag];
    pile.data.push_back(dns::signed_data(*rrsig, set.set));
    pile.signatures.push_back(std::move(rrsig->signature));
    ++signatures_;
  }
}

// What costs nothing to see (RFC 4035 §5.3.1). A guess: the judgement proper looks again.
bool Foresight::may_hold(const dns::Rrsig& rrsig, const dns::RRset& set) const {
  if (rrsig.algorithm != dns::Algorithm::ecdsap256sha256 || !keys_.contains(rrsig.tag)) return false;
  if (rrsig.signer != check_.map.apex() || rrsig.labels > dns::rrsig_labels(set.owner)) return false;
  const auto now = dns::timestamp(check_.now);
  return !dns::before(now, rrsig.inception) && !dns::before(rrsig.expiration, now);
}

}  // namespace validator
