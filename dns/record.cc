#include "dns/record.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <unordered_map>

#include "dns/shape.h"

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

// The first place in `set` whose data is not before `rdata` in canonical form, and whether it is the same record.
struct Where {
  std::vector<Bytes>::iterator at;
  bool is_repeat;
};

Where find(RRset& set, const Bytes& rdata) {
  if (shape(set.type).names == Shape::Case::kept) {
    const auto at = std::ranges::lower_bound(set.rdatas, rdata, octets_less);
    return {at, at != set.rdatas.end() && *at == rdata};
  }
  const auto form = [&](const Bytes& data) { return canonical_rdata(set.type, data); };
  const Bytes canonical = form(rdata);
  const auto at = std::ranges::lower_bound(set.rdatas, canonical, octets_less, form);
  return {at, at != set.rdatas.end() && form(*at) == canonical};
}

// A set of one record has one TTL; later records can only widen the range.
void add(RRset& set, const Record& record) {
  set.ttl = set.rdatas.empty() ? record.ttl : std::min(set.ttl, record.ttl);
  set.ttl_max = set.rdatas.empty() ? record.ttl : std::max(set.ttl_max, record.ttl);
  if (const auto [at, is_repeat] = find(set, record.rdata); !is_repeat) set.rdatas.insert(at, record.rdata);
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
