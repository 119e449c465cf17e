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

// One set, and the signature that holds it to the last.
struct Expiry {
  dns::Time expires{}, begins{};
  dns::Name name;
  dns::RRType type{};
  dns::KeyTag tag = 0;
  friend bool operator==(const Expiry&, const Expiry&) = default;
};

// When sets end: how many from this moment on, for the width of a bin.
struct EndBin {
  dns::Time from{};
  std::uint64_t sets = 0;
  friend bool operator==(const EndBin&, const EndBin&) = default;
};

// Of the sets that hold now.
struct Freshness {
  std::optional<dns::Time> first, median, last;  // ends
  dns::Time oldest_inception{}, newest_inception{};
  dns::Seconds lifetime{};             // of the median signature, from inception to end
  std::uint64_t batches = 0;           // of signatures made in hours that follow one another
  std::optional<dns::Seconds> rhythm;  // from one batch to the next, on the average; none: all are of one
  dns::Seconds bin_width{};
  std::vector<EndBin> bins;      // none is left out, the first and the last hold something
  std::vector<Expiry> next;      // the ten that end first
  std::optional<Expiry> newest;  // made last
  friend bool operator==(const Freshness&, const Freshness&) = default;
};

struct ZoneJudgement {
  // Zone, verdict, and the findings: of each slug the first few in the order of names, explained as those of a walk.
  // It rests on no evidence: no servers, and as nodes and links only its keys, and the signatures that end first and
  // were made last, which is what reports of the time left look for.
  Chain chain;
  std::map<Code, std::uint64_t> counts;  // how often each was found, those that are not listed too
  std::optional<std::uint32_t> serial;
  std::vector<dns::Dnskey> keys;
  std::string trusted_by;  // "its own DNSKEY set", "the DS set given", a file
  ZoneCounts totals;
  Freshness freshness;
};

}  // namespace validator
