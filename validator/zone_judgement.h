// ZoneJudgement: what a whole zone comes to: its verdict, the findings counted and the first of each, how long it
// holds. Plain values; made by validator/zone, printed by report/.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "validator/chain.h"

namespace validator {

struct ZoneCounts {
  std::uint64_t names = 0;    // owners with data of the zone's own, delegations among them
  std::uint64_t records = 0;  // all that the file holds
  std::uint64_t sets = 0;     // that have to be signed
  std::uint64_t signatures = 0;
  std::uint64_t delegations = 0, secure_delegations = 0;
  std::uint64_t denials = 0;  // NSEC or NSEC3 records
  std::uint64_t empty_names = 0;
  friend bool operator==(const ZoneCounts&, const ZoneCounts&) = default;
};

// One set and the moment at which the last signature that holds it ends.
struct Expiry {
  dns::Time expires{};
  dns::Name name;
  dns::RRType type{};
  dns::KeyTag tag = 0;
  friend bool operator==(const Expiry&, const Expiry&) = default;
};

struct Freshness {
  std::optional<dns::Time> first, median, last;  // of the sets that hold now
  dns::Time newest_inception{};
  std::vector<Expiry> next;  // the ten that end first
  friend bool operator==(const Freshness&, const Freshness&) = default;
};

struct ZoneJudgement {
  // Zone, verdict, and the findings: of each slug the first few in the order of names, explained as those of a walk.
  // It rests on no evidence: no servers, no links.
  Chain chain;
  std::map<Code, std::uint64_t> counts;  // how often each was found, those that are not listed too
  std::optional<std::uint32_t> serial;
  std::vector<dns::Dnskey> keys;
  std::string trusted_by;  // "its own DNSKEY set", "the DS set given", a file
  ZoneCounts totals;
  Freshness freshness;
};

}  // namespace validator
