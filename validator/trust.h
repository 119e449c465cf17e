// Trust as types: to call anything secure one must hold TrustedKeys, and only delegation.cc makes them. The compiler is
// the reviewer. No checks are here; they are in signature.cc and delegation.cc.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "dns/rdata.h"
#include "dns/record.h"

namespace validator {

class TrustedKeys;
struct JudgedSet;
struct Bench;
struct KeysJudgement;
class Vouchers;

// An RRset that trusted keys of `zone` have signed.
class SecureSet {
 public:
  const dns::RRset& set() const { return set_; }
  const dns::Name& zone() const { return zone_; }
  const dns::Rrsig& signature() const { return signature_; }

 private:
  SecureSet(dns::RRset set, const dns::Name& zone, dns::Rrsig signature)
      : set_(std::move(set)), zone_(zone), signature_(std::move(signature)) {}
  friend JudgedSet judge_set(const dns::SignedRRset& heard, const TrustedKeys& keys, Bench& bench);

  dns::RRset set_;
  dns::Name zone_;
  dns::Rrsig signature_;
};

// The usable keys of a zone's authenticated DNSKEY set: zone flag, protocol 3, not revoked, accepted algorithm.
class TrustedKeys {
 public:
  const dns::Name& zone() const { return zone_; }
  std::span<const dns::Dnskey> keys() const { return keys_; }
  // Published with them, and no good for data: revoked, no zone keys, of an algorithm not accepted. They verify
  // nothing; they tell why a signature by one of them counts for nothing.
  std::span<const dns::Dnskey> barred() const { return barred_; }

 private:
  TrustedKeys(const dns::Name& zone, std::vector<dns::Dnskey> keys, std::vector<dns::Dnskey> barred)
      : zone_(zone), keys_(std::move(keys)), barred_(std::move(barred)) {}
  friend KeysJudgement judge_keys(const dns::SignedRRset& heard, const Vouchers& vouchers, Bench& bench);
  friend TrustedKeys united(const TrustedKeys& left, const TrustedKeys& right);

  dns::Name zone_;
  std::vector<dns::Dnskey> keys_, barred_;
};

// Keys of two authenticated sets of the same zone, heard from different servers (RFC 8901). Requires: same zone.
TrustedKeys united(const TrustedKeys& left, const TrustedKeys& right);

}  // namespace validator
