// Signatures: is this RRset signed by a key of this zone, now? (RFC 4035 §5.3)
// Where the keys come from is delegation's.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "dns/record.h"
#include "dns/time.h"
#include "validator/crypto.h"
#include "validator/policy.h"
#include "validator/trust.h"
#include "validator/work.h"

namespace validator {

// What every check is given: one for each name on the way.
struct Bench {
  const Policy& policy;
  dns::Time now;
  Verifier& verifier;
  Work work;
  // first_good: stop at the first signature that holds; all: judge each, for diagnosis (within the bounds).
  enum class Depth : std::uint8_t { first_good, all } depth = Depth::first_good;
};

enum class SignatureState : std::uint8_t {
  good,
  expired,
  early,
  inverted,
  incorrect,
  malformed,
  unreadable,
  signer_foreign,
  labels_above_owner,
  labels_below_signer,
  key_missing,
  key_revoked,
  key_not_zone_key,
  key_malformed,
  unsupported,
  unchecked,
};

struct JudgedSignature {
  dns::Rrsig rrsig;
  dns::Ttl ttl = 0;
  SignatureState state = SignatureState::unchecked;
  std::optional<dns::Dnskey> key;  // that verified it, or (where it failed) the one it names
};

struct JudgedSet {
  std::vector<JudgedSignature> signatures;
  std::optional<std::size_t> good;  // the one that holds longest among those judged good
  std::optional<SecureSet> secure;  // only from judge_set with TrustedKeys

  const JudgedSignature* good_signature() const { return good ? &signatures[*good] : nullptr; }
};

// All checks of RFC 4035 §5.3.1 in the order of standards.md §8a.7, then the arithmetic.
JudgedSet judge_set(const dns::SignedRRset& heard, const TrustedKeys& keys, Bench& bench);

// The same checks with keys that nobody vouched for: for diagnosis and for the DNSKEY set itself. Never yields a
// SecureSet.
JudgedSet judge_with(const dns::SignedRRset& heard, const dns::Name& zone, std::span<const dns::Dnskey> keys,
                     Bench& bench);

// True if `now` lies in the validity of `rrsig` (RFC 4034 §3.1.5); the state says why not.
SignatureState state_in_time(const dns::Rrsig& rrsig, dns::Time now);

// How long the set may be used: least of TTL, RRSIG's TTL, original TTL, time to expiration (RFC 4035 §5.3.3).
dns::Ttl usable_ttl(const dns::RRset& set, const JudgedSignature& signature, dns::Time now);

bool is_wildcard_expansion(const dns::Rrsig& rrsig, const dns::Name& owner);  // RFC 4035 §5.3.4

}  // namespace validator
