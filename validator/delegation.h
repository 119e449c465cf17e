// Delegation: which keys of a zone may be trusted, given an anchor or the parent's DS set (RFC 4035 §5.2).
// Whether there is a zone cut at all is cut.h's.
#pragma once

#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "trustanchor/anchors.h"
#include "validator/signature.h"
#include "validator/trust.h"

namespace validator {

// Who vouches for the keys of a zone: anchors, or the DS set that its parent signed.
class Vouchers {
 public:
  static Vouchers from_anchors(const dns::Name& zone, std::span<const trustanchor::Anchor> anchors);
  static Vouchers from_ds(const SecureSet& ds);
  // A planned DS set: accepted under a what-if Policy alone (design.md §1). nullopt: the policy forbids it.
  static std::optional<Vouchers> from_assumed_ds(const dns::RRset& ds, const Policy& policy);

  const dns::Name& zone() const { return zone_; }
  const std::vector<dns::Ds>& ds() const { return ds_; }
  const std::vector<dns::Dnskey>& keys() const { return keys_; }

 private:
  explicit Vouchers(const dns::Name& zone) : zone_(zone) {}
  dns::Name zone_;
  std::vector<dns::Ds> ds_;
  std::vector<dns::Dnskey> keys_;  // anchors given as DNSKEY
};

// What one DS says of the published keys.
enum class DsState : std::uint8_t {
  matches,         // the digest of a published, usable key
  no_key,          // no published key has its tag and algorithm
  digest_differs,  // a key has tag and algorithm, the digest is another
  length_wrong,    // … or has not the digest type's length
  key_revoked,
  key_not_zone_key,
  key_wrong_protocol,
  unsupported_algorithm,
  unsupported_digest,
  ignored_sha1,    // a stronger digest for the algorithm is there (RFC 4509 §3)
  not_considered,  // beyond the bounds
};

struct JudgedDs {
  dns::Ds ds;
  DsState state = DsState::not_considered;
  std::optional<dns::Dnskey> key;  // the one that matches, or has tag and algorithm
  bool signs = false;              // that key made a good signature over the DNSKEY set
};

// The DNSKEY set as one group of servers has it.
struct KeysJudgement {
  std::vector<dns::Dnskey> published;
  JudgedSet set;                         // its signatures, all keys of the set tried
  std::vector<JudgedDs> ds;              // in the order of the vouchers
  std::vector<dns::Dnskey> anchored;     // anchors' keys that are published
  std::optional<TrustedKeys> trusted;    // the chain goes on
  std::optional<JudgedSignature> entry;  // the signature by an entry key that made them trusted
  std::vector<std::size_t> unreadable;   // rdatas that are no DNSKEY
};
KeysJudgement judge_keys(const dns::SignedRRset& heard, const Vouchers& vouchers, Bench& bench);

// Which DS of a set count at all (RFC 4035 §5.2, RFC 6840 §5.2): supported algorithm and digest; none: the zone is
// insecure.
std::vector<JudgedDs> usable_ds(const std::vector<dns::Ds>& ds, const Policy& policy);
bool any_supported(const std::vector<JudgedDs>& ds);

// A published key whose digest `ds` holds although its tag, algorithm or digest type is written wrongly; says which
// field.
struct Mistyped {
  enum class Field : std::uint8_t { tag, algorithm, digest_type } field{};
  std::uint16_t expected = 0, found = 0;
};
std::optional<Mistyped> mistyped(const dns::Name& zone, const dns::Ds& ds, std::span<const dns::Dnskey> keys,
                                 Verifier& verifier);

// One for each digest type that we compute, in the order given.
std::vector<dns::Ds> ds_of(const dns::Name& zone, const dns::Dnskey& key, std::span<const dns::Digest> types,
                           Verifier& verifier);

std::vector<dns::Dnskey> read_keys(const dns::RRset& set);
std::vector<dns::Ds> read_ds_set(const dns::RRset& set);

}  // namespace validator
