// The record sets of a whole zone and their signatures, TTLs with them. The key set is zone_entry's.
// For validator/zone*.cc alone.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <vector>

#include "validator/crypto_tables.h"
#include "validator/signature.h"
#include "validator/zone_judgement.h"
#include "validator/zone_map.h"

namespace validator {

// What the sets are judged by.
struct ZoneKeys {
  const TrustedKeys* trusted = nullptr;  // none: judged by `published` alone, for diagnosis
  std::span<const dns::Dnskey> published;
  std::set<dns::Algorithm> due;         // of each there has to be a signature (RFC 4035 §2.2)
  const char* announced_by = "dnskey";  // by whom they are: the words of signature-missing-for-algorithm
  dns::Ttl denial_ttl = 0;              // RFC 9077 §3
  bool is_denial_ttl_known = false;
};

// By what a set holds: the good signature that ends last.
struct Holding {
  dns::Timestamp expiration{}, inception{};
  dns::KeyTag tag = 0;
};

// Of some of the names, in order.
struct SetsJudgement {
  explicit SetsJudgement(const dns::Name& zone) : ledger(zone) {}
  ZoneLedger ledger;
  ZoneCounts totals;
  // Of sets that hold: begin and end of their last good signature, as serial numbers.
  std::vector<std::uint32_t> begins, expires;
  std::vector<Expiry> next;      // the ten that end first
  std::optional<Expiry> newest;  // made last

  void append(SetsJudgement&& later);
  void hold(const Holding& by, const ZoneStore& store, ZoneStore::NameId id, dns::RRType type, dns::Time now);
};

// Every set but the apex's DNSKEY set. `tables`: for the signatures by trusted keys; none: every set by itself, by
// OpenSSL's EVP alone, which comes to the same.
SetsJudgement judge_sets(const ZoneCheck& check, const ZoneKeys& keys, unsigned jobs, KeyTables* tables);

// Nothing judged, only counted.
SetsJudgement count_sets(const ZoneCheck& check);

dns::SignedRRset signed_set(const ZoneStore& store, ZoneStore::NameId id, dns::RRType type);
// TTLs of a set and its signatures beside each other; the algorithms that have to be there.
void set_checks(const ZoneCheck& check, const dns::SignedRRset& set, const JudgedSet& judged, const ZoneKeys& keys,
                ZoneLedger& ledger);

}  // namespace validator
