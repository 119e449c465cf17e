#include "validator/sighting.h"

#include <algorithm>

#include "dns/canonical.h"
#include "validator/delegation.h"
#include "validator/facts.h"

namespace validator {
namespace {

using trustanchor::SeenKey;
using trustanchor::Sighting;

constexpr std::size_t most_variants = 8;
constexpr std::size_t most_keys = 64;  // of one set: more are no zone's, and each costs three digests

// One set as some servers have it.
struct Variant {
  Sighting sighting;
  bool validates = false;
  dns::Time signed_at{};  // inception of the signature by a trusted key
};

std::vector<trustanchor::Anchor> trusted_anchors(const trustanchor::TrustPoint& point) {
  std::vector<trustanchor::Anchor> anchors;
  for (const trustanchor::ManagedKey& managed : point.keys)
    if (managed.is_trusted()) anchors.push_back({point.zone, managed.key, {}, {}, {}, {}, managed.state});
  return anchors;
}

// The digests of the key as it was before it was revoked: an anchor's DS knows it so.
std::vector<dns::Ds> unrevoked_ds(const dns::Name& zone, dns::Dnskey key, const Policy& policy, Verifier& verifier) {
  key.flags = static_cast<std::uint16_t>(key.flags & ~dns::Dnskey::revoke_flag);
  std::vector<dns::Digest> accepted{dns::Digest::sha1, dns::Digest::sha256, dns::Digest::sha384};
  std::erase_if(accepted, [&](dns::Digest type) { return !policy.accepts(type); });
  return ds_of(zone, key, accepted, verifier);
}

bool signs(const JudgedSet& set, const dns::Dnskey& key) {
  return std::ranges::any_of(set.signatures, [&](const JudgedSignature& signature) {
    return signature.state == SignatureState::good && signature.key == key;
  });
}

Variant look_at(const dns::SignedRRset& heard, const trustanchor::TrustPoint& point, Bench bench) {
  // Every signature is judged, for a revoked key speaks by its own; those of anchors come first, so that a flood of
  // others cannot spend the bounds before them.
  bench.depth = Bench::Depth::all;
  const auto anchors = trusted_anchors(point);
  const KeysJudgement judgement = judge_keys(heard, Vouchers::from_anchors(point.zone, anchors), bench);
  Variant variant;
  const bool checked = bench.policy.crypto == Policy::Crypto::checked;
  for (const dns::Dnskey& key : judgement.published) {
    if (variant.sighting.keys.size() == most_keys) break;
    const bool usable = bench.policy.accepts(key.algorithm) && !key_facts(key).fault;
    variant.sighting.keys.push_back({key, checked && signs(judgement.set, key), usable,
                                     unrevoked_ds(point.zone, key, bench.policy, bench.verifier)});
  }
  // The times are those of the signature that counts: others may be by a key whose holder is not its owner any more.
  if (judgement.entry) {
    const dns::Rrsig& rrsig = judgement.entry->rrsig;
    variant.sighting.original_ttl = rrsig.original_ttl;
    variant.sighting.expires = dns::nearest(rrsig.expiration, bench.now);
    variant.signed_at = dns::nearest(rrsig.inception, bench.now);
  }
  variant.validates = judgement.trusted && trustanchor::validates(point, variant.sighting);
  // Trust is made by judge_keys alone: where it made none, no key in use has signed; a revoked one speaks for itself.
  for (SeenKey& seen : variant.sighting.keys) seen.signs = seen.signs && (variant.validates || seen.key.is_revoked());
  return variant;
}

bool is_better(const Variant& left, const Variant& right) {
  if (left.validates != right.validates) return left.validates;
  return left.signed_at > right.signed_at;
}

void add_revoked(Sighting& chosen, const Sighting& other) {
  for (const SeenKey& seen : other.keys) {
    const auto same = [&](const SeenKey& known) { return known.key == seen.key && known.signs; };
    if (seen.key.is_revoked() && seen.signs && std::ranges::none_of(chosen.keys, same)) chosen.keys.push_back(seen);
  }
}

}  // namespace

Sighting sighting(const dns::Evidence& evidence, const trustanchor::TrustPoint& point, const Policy& policy,
                  dns::Time now, Verifier& verifier) {
  const Facts facts(evidence);
  std::vector<Variant> variants;
  for (const Heard& heard : facts.to(point.zone, dns::RRType::dnskey)) {
    const dns::SignedRRset* set = heard.in_answer(point.zone, dns::RRType::dnskey);
    if (set == nullptr || heard.assumed) continue;
    if (variants.size() == most_variants) break;
    variants.push_back(look_at(*set, point, Bench{policy, now, verifier, Work(policy.bounds)}));
  }
  if (variants.empty()) return {};
  const auto best =
      std::ranges::max_element(variants, [](const Variant& a, const Variant& b) { return is_better(b, a); });
  Sighting chosen = best->sighting;
  for (const Variant& variant : variants) add_revoked(chosen, variant.sighting);
  return chosen;
}

}  // namespace validator
