#include "dns/record.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <unordered_map>

namespace dns {
namespace {

struct Place {
  Name owner;
  RRType type;
  RRClass rrclass;
  friend bool operator==(const Place&, const Place&) = default;
};

struct PlaceHash {
  std::size_t operator()(const Place& place) const {
    return std::hash<Name>{}(place.owner) * 31 + number(place.type) * 7U + number(place.rrclass);
  }
};

RRType covered_by(const Record& rrsig) {
  return rrsig.rdata.size() < 2 ? RRType{0} : RRType{static_cast<std::uint16_t>(rrsig.rdata[0] << 8 | rrsig.rdata[1])};
}

// A set of one record has one TTL; later records can only widen the range.
void add(RRset& set, const Record& record) {
  set.ttl = set.rdatas.empty() ? record.ttl : std::min(set.ttl, record.ttl);
  set.ttl_max = set.rdatas.empty() ? record.ttl : std::max(set.ttl_max, record.ttl);
  const auto at = std::ranges::lower_bound(set.rdatas, record.rdata, octets_less);
  if (at == set.rdatas.end() || *at != record.rdata) set.rdatas.insert(at, record.rdata);
}

}  // namespace

std::vector<SignedRRset> group(std::span<const Record> records) {
  std::vector<SignedRRset> sets;
  std::unordered_map<Place, std::size_t, PlaceHash> places;
  for (const Record& record : records) {
    if (record.form == Record::Form::bad) continue;
    const bool is_signature = record.type == RRType::rrsig;
    const RRType type = is_signature ? covered_by(record) : record.type;
    const auto [at, is_new] = places.try_emplace({record.owner, type, record.rrclass}, sets.size());
    if (is_new) sets.push_back({{record.owner, type, record.rrclass, record.ttl, record.ttl, {}}, {}});
    SignedRRset& signed_set = sets[at->second];
    if (!is_signature)
      add(signed_set.set, record);
    else if (std::ranges::find(signed_set.signatures, record) == signed_set.signatures.end())
      signed_set.signatures.push_back(record);
  }
  return sets;
}

}  // namespace dns
