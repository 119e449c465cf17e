#include "validator/signature.h"

#include <algorithm>

#include "dns/canonical.h"

namespace validator {
namespace {

using State = SignatureState;

// Everything that can be said without a key (RFC 4035 §5.3.1).
State state_before_key(const dns::Rrsig& rrsig, const dns::Name& owner, const dns::Name& zone, dns::Time now) {
  if (!(rrsig.signer == zone)) return State::signer_foreign;
  if (rrsig.labels > dns::rrsig_labels(owner)) return State::labels_above_owner;
  // A wildcard above the signing zone (CVE-2026-11721): the signer's labels bound the field from below.
  if (rrsig.labels < zone.labels()) return State::labels_below_signer;
  return state_in_time(rrsig, now);
}

State state_of(SignatureCheck check) {
  switch (check) {
    case SignatureCheck::good: return State::good;
    case SignatureCheck::incorrect: return State::incorrect;
    case SignatureCheck::malformed: return State::malformed;
    case SignatureCheck::key_malformed: return State::key_malformed;
    case SignatureCheck::unsupported: return State::unsupported;
  }
  return State::incorrect;
}

// Why a key of the right tag and algorithm may not be used; unchecked: it may.
State bar_of(const dns::Dnskey& key) {
  if (!key.is_zone_key() || key.protocol != 3) return State::key_not_zone_key;  // RFC 4034 §2.1.1, §2.1.2
  return State::unchecked;
}

// A revoked key may vouch for its own DNSKEY set's revocation and nothing else (RFC 5011 §2.1).
State bar_of(const dns::Dnskey& key, const dns::RRset& set) {
  if (key.is_revoked() && set.type != dns::RRType::dnskey) return State::key_revoked;
  return bar_of(key);
}

void try_key(JudgedSignature& judged, const dns::Dnskey& key, const dns::RRset& set, Bench& bench) {
  judged.key = key;
  if (const State bar = bar_of(key, set); bar != State::unchecked) {
    judged.state = bar;
    return;
  }
  if (!bench.work.may_verify(cost_units(key.algorithm))) {
    judged.state = State::unchecked;
    return;
  }
  const auto check = bench.verifier.verify(key, dns::signed_data(judged.rrsig, set), judged.rrsig.signature);
  judged.state = state_of(check);
  if (judged.state != State::good) bench.work.failed();
}

// All keys with the signature's tag and algorithm, until one verifies: a tag is a hint (RFC 4034 §B).
void try_keys(JudgedSignature& judged, std::span<const dns::Dnskey> keys, const dns::RRset& set, Bench& bench) {
  std::vector<const dns::Dnskey*> fitting;
  for (const dns::Dnskey& key : keys)
    if (key.algorithm == judged.rrsig.algorithm && key.tag() == judged.rrsig.tag) fitting.push_back(&key);
  judged.state = State::key_missing;
  if (fitting.empty()) return;
  if (!bench.policy.accepts(judged.rrsig.algorithm)) {
    judged.state = State::unsupported;
    judged.key = *fitting.front();
    return;
  }
  if (!bench.work.may_try_keys(fitting.size())) fitting.resize(bench.work.bounds().keys_per_tag);
  for (const dns::Dnskey* key : fitting) {
    try_key(judged, *key, set, bench);
    if (judged.state == State::good || bench.work.spent()) return;
  }
}

struct Order {
  // Signatures that can hold come first, so that hostile ones cannot use up the bounds before them.
  static int rank(const JudgedSignature& judged, std::span<const dns::Dnskey> keys) {
    if (judged.state != State::unchecked) return 2;
    const bool known = std::ranges::any_of(keys, [&](const dns::Dnskey& key) {
      return key.algorithm == judged.rrsig.algorithm && key.tag() == judged.rrsig.tag;
    });
    return known ? 0 : 1;
  }
};

std::vector<JudgedSignature> read_signatures(const dns::SignedRRset& heard, const dns::Name& zone, const Bench& bench) {
  std::vector<JudgedSignature> signatures;
  for (const dns::Record& record : heard.signatures) {
    JudgedSignature judged;
    judged.ttl = record.ttl;
    const auto rrsig = dns::read_rrsig(record.rdata);
    if (rrsig) {
      judged.rrsig = *rrsig;
      const State state = state_before_key(*rrsig, heard.set.owner, zone, bench.now);
      judged.state = state == State::good ? State::unchecked : state;
    } else {
      judged.state = State::unreadable;
    }
    signatures.push_back(std::move(judged));
  }
  return signatures;
}

// A signature by a key that is published and may not verify data: nothing is missing but the right (RFC 5011 §2.1,
// RFC 4034 §2.1.1, RFC 4035 §5.2).
void name_barred(std::vector<JudgedSignature>& signatures, const TrustedKeys& keys, const Policy& policy) {
  for (JudgedSignature& signature : signatures) {
    if (signature.state != State::key_missing) continue;
    for (const dns::Dnskey& key : keys.barred()) {
      if (key.algorithm != signature.rrsig.algorithm || key.tag() != signature.rrsig.tag) continue;
      signature.key = key;
      if (!policy.accepts(key.algorithm))
        signature.state = State::unsupported;
      else
        signature.state = key.is_revoked() ? State::key_revoked : State::key_not_zone_key;
      break;
    }
  }
}

std::optional<std::size_t> longest_good(const std::vector<JudgedSignature>& signatures) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < signatures.size(); ++i) {
    if (signatures[i].state != State::good) continue;
    if (!best || dns::before(signatures[*best].rrsig.expiration, signatures[i].rrsig.expiration)) best = i;
  }
  return best;
}

}  // namespace

SignatureState state_in_time(const dns::Rrsig& rrsig, dns::Time now) {
  const dns::Timestamp here = dns::timestamp(now);
  // A span of zero is one legal instant; a negative one, or 2^31 and more, means nothing (RFC 4034 §3.1.5, RFC 1982
  // §3.2).
  if (rrsig.inception != rrsig.expiration && !dns::before(rrsig.inception, rrsig.expiration)) return State::inverted;
  if (dns::before(here, rrsig.inception)) return State::early;
  if (here != rrsig.expiration && !dns::before(here, rrsig.expiration)) return State::expired;
  if (here != rrsig.inception && !dns::before(rrsig.inception, here)) return State::early;
  return State::good;
}

JudgedSet judge_with(const dns::SignedRRset& heard, const dns::Name& zone, std::span<const dns::Dnskey> keys,
                     Bench& bench) {
  JudgedSet judged;
  judged.signatures = read_signatures(heard, zone, bench);
  auto& signatures = judged.signatures;
  std::ranges::stable_sort(signatures, {}, [&](const JudgedSignature& s) { return Order::rank(s, keys); });
  std::uint32_t tried = 0;
  bool full = false;
  for (JudgedSignature& signature : signatures) {
    if (signature.state != State::unchecked) continue;
    full = tried++ >= bench.work.bounds().signatures_per_set;
    if (full || bench.work.spent()) break;
    try_keys(signature, keys, heard.set, bench);
    if (signature.state == State::good && bench.depth == Bench::Depth::first_good) break;
  }
  judged.good = longest_good(signatures);
  if (full && !judged.good) bench.work.left_untried();
  return judged;
}

JudgedSet judge_set(const dns::SignedRRset& heard, const TrustedKeys& keys, Bench& bench) {
  JudgedSet judged = judge_with(heard, keys.zone(), keys.keys(), bench);
  name_barred(judged.signatures, keys, bench.policy);
  const bool in_zone = heard.set.owner.is_at_or_below(keys.zone());
  const JudgedSignature* good = judged.good_signature();
  if (good != nullptr && in_zone && !heard.set.rdatas.empty() && bench.policy.crypto == Policy::Crypto::checked)
    judged.secure = SecureSet(heard.set, keys.zone(), good->rrsig);
  return judged;
}

dns::Ttl usable_ttl(const dns::RRset& set, const JudgedSignature& signature, dns::Time now) {
  const auto left = dns::distance(dns::timestamp(now), signature.rrsig.expiration).count();
  const auto until_expiry = static_cast<dns::Ttl>(std::max<std::int64_t>(left, 0));
  return std::min({set.ttl, signature.ttl, signature.rrsig.original_ttl, until_expiry});
}

bool is_wildcard_expansion(const dns::Rrsig& rrsig, const dns::Name& owner) {
  return rrsig.labels < dns::rrsig_labels(owner);
}

TrustedKeys united(const TrustedKeys& left, const TrustedKeys& right) {
  std::vector<dns::Dnskey> keys(left.keys().begin(), left.keys().end());
  std::vector<dns::Dnskey> barred(left.barred().begin(), left.barred().end());
  const auto add = [](std::vector<dns::Dnskey>& to, std::span<const dns::Dnskey> from) {
    for (const dns::Dnskey& key : from)
      if (std::ranges::find(to, key) == to.end()) to.push_back(key);
  };
  add(keys, right.keys());
  add(barred, right.barred());
  return {left.zone(), std::move(keys), std::move(barred)};
}

}  // namespace validator
