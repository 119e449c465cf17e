#include "validator/zone_hashes.h"

#include <algorithm>

#include "validator/crypto.h"
#include "validator/zone_work.h"

namespace validator {
namespace {

using NameId = ZoneStore::NameId;

constexpr std::size_t share = 4096;  // names hashed by one thread in one go

std::size_t shared_labels(dns::View left, dns::View right) {
  std::size_t labels = 0;
  for (std::size_t i = 0; i < std::min(left.size(), right.size()) && left[i] == right[i]; ++i)
    if (left[i] == 0) ++labels;
  return labels;
}

// An unsigned delegation (RFC 5155 §6: it may be left out).
bool may_lack(const ZoneMap& map, NameId id) {
  return map.role(id) == Role::delegation && !map.store().has(id, dns::RRType::ds);
}

// Without hashes, in the order of the names.
std::vector<HashedName> names_to_hash(const ZoneMap& map) {
  const ZoneStore& store = map.store();
  const std::size_t top = map.apex().labels();
  std::vector<HashedName> names;
  std::vector<std::size_t> open;  // empty names at or above the last one, topmost first
  std::optional<NameId> previous;
  for (NameId id = 0; id < store.names(); ++id) {
    if (map.role(id) == Role::behind) names.push_back({.id = id, .may_lack = true, .is_behind = true});
    if (!map.is_named(id)) continue;
    const std::size_t labels = store.labels(id);
    const std::size_t shared = previous ? std::max(top, shared_labels(store.key(*previous), store.key(id))) : top;
    while (!open.empty() && names[open.back()].labels > shared) open.pop_back();
    const bool lacks = may_lack(map, id);
    if (!lacks)
      for (const std::size_t above : open) names[above].may_lack = false;
    for (std::size_t count = shared + 1; count < labels; ++count) {
      open.push_back(names.size());
      names.push_back({{}, id, static_cast<std::uint8_t>(count), true, lacks});
    }
    names.push_back({{}, id, static_cast<std::uint8_t>(labels), false, lacks});
    previous = id;
  }
  return names;
}

}  // namespace

std::uint64_t count_empty_names(const ZoneMap& map) {
  const ZoneStore& store = map.store();
  const std::size_t top = map.apex().labels();
  std::uint64_t count = 0;
  std::optional<NameId> previous;
  for (NameId id = 0; id < store.names(); ++id) {
    if (!map.is_named(id)) continue;
    const std::size_t labels = store.labels(id);
    const std::size_t shared = previous ? std::max(top, shared_labels(store.key(*previous), store.key(id))) : top;
    if (labels > shared + 1) count += labels - shared - 1;
    previous = id;
  }
  return count;
}

dns::Name name_of(const ZoneStore& store, const HashedName& name) {
  const dns::Name whole = store.name(name.id);
  return name.is_empty ? whole.ancestor(name.labels) : whole;
}

std::vector<HashedName> hashed_names(const ZoneMap& map, const dns::Nsec3param& chain, unsigned jobs) {
  std::vector<HashedName> names = names_to_hash(map);
  work_through(names.size(), share, jobs, [&] {
    return [&, verifier = Verifier(Verifier::Memo::none)](std::size_t from, std::size_t to) mutable {
      for (std::size_t i = from; i < to; ++i) {
        const auto hash = verifier.nsec3_hash(name_of(map.store(), names[i]).wire(), chain.salt, chain.iterations);
        if (hash.size() == names[i].hash.size()) std::ranges::copy(hash, names[i].hash.begin());
      }
    };
  });
  std::ranges::sort(names, {}, &HashedName::hash);
  return names;
}

}  // namespace validator
