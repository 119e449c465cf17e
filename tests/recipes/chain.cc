#include "tests/recipes/chain.h"

#include <algorithm>
#include <set>

#include "dns/text.h"

namespace recipes {
namespace {

using Types = std::map<Name, std::set<RRType>>;

dns::Nsec3param read(std::string_view parameters) {
  return dns::read_nsec3param(dns::parse_rdata(RRType::nsec3param, parameters, {}).value()).value();
}

// What the zone has authority for, with DS and NS at its cuts.
Types types_of(const Name& zone, const Records& records) {
  const auto cuts = cuts_of(zone, records);
  Types types;
  for (const Record& record : records) {
    if (is_below_cut(record.owner, cuts)) continue;
    const bool cut = std::ranges::find(cuts, record.owner) != cuts.end();
    if (!cut || record.type == RRType::ns || record.type == RRType::ds) types[record.owner].insert(record.type);
  }
  return types;
}

std::vector<RRType> listed(const std::set<RRType>& types, std::initializer_list<RRType> more) {
  std::vector<RRType> list(types.begin(), types.end());
  list.insert(list.end(), more);
  return list;
}

}  // namespace

std::vector<Name> cuts_of(const Name& zone, const Records& records) {
  std::vector<Name> cuts;
  for (const Record& record : records)
    if (record.type == RRType::ns && record.owner != zone) cuts.push_back(record.owner);
  return cuts;
}

bool is_below_cut(const Name& owner, const std::vector<Name>& cuts) {
  return std::ranges::any_of(cuts, [&](const Name& cut) { return owner.is_below(cut); });
}

Records nsec_chain(const Name& zone, const Records& records, dns::Ttl ttl) {
  const Types types = types_of(zone, records);
  Records chain;
  for (auto at = types.begin(); at != types.end(); ++at) {
    const Name& next = std::next(at) == types.end() ? types.begin()->first : std::next(at)->first;
    const auto bitmap = dns::read_bitmap(dns::write_bitmap(listed(at->second, {RRType::rrsig, RRType::nsec})));
    chain.push_back({at->first, RRType::nsec, dns::RRClass::in, ttl, dns::write(dns::Nsec{next, bitmap}), {}});
  }
  return chain;
}

dns::Bytes nsec3_hash(const Name& owner, std::string_view parameters) {
  const auto param = read(parameters);
  validator::Verifier verifier;
  return verifier.nsec3_hash(owner.lowered().wire(), param.salt, param.iterations);
}

Records nsec3_chain(const Name& zone, const Records& records, dns::Ttl ttl, std::string_view parameters) {
  const auto param = read(parameters);
  Types types = types_of(zone, records);
  const bool opt_out = (param.flags & dns::Nsec3::opt_out_flag) != 0;
  if (opt_out) std::erase_if(types, [&](const auto& entry) { return entry.second == std::set<RRType>{RRType::ns}; });
  for (const auto& [owner, at_owner] : Types(types))
    for (std::size_t labels = zone.labels(); labels < owner.labels(); ++labels) types[owner.ancestor(labels)];
  std::map<dns::Bytes, std::vector<RRType>> hashed;
  for (const auto& [owner, at_owner] : types) {
    // A delegation without DS has nothing signed at it; nor has an empty non-terminal.
    const bool any_signed = at_owner.contains(RRType::ds) || (!at_owner.empty() && at_owner != std::set{RRType::ns});
    hashed[nsec3_hash(owner, parameters)] =
        any_signed ? listed(at_owner, {RRType::rrsig}) : std::vector<RRType>(at_owner.begin(), at_owner.end());
  }
  Records chain;
  for (auto at = hashed.begin(); at != hashed.end(); ++at) {
    const auto& next = std::next(at) == hashed.end() ? hashed.begin()->first : std::next(at)->first;
    const dns::Nsec3 nsec3{param.hash, param.flags, param.iterations,
                           param.salt, next,        dns::read_bitmap(dns::write_bitmap(at->second))};
    const auto owner = zone.prepend(dns::encode_base32hex(at->first)).value();
    chain.push_back({owner, RRType::nsec3, dns::RRClass::in, ttl, dns::write(nsec3), {}});
  }
  return chain;
}

}  // namespace recipes
