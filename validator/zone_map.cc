#include "validator/zone_map.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "validator/draft.h"

namespace validator {
namespace {

using dns::RRType;
using NameId = ZoneStore::NameId;

bool is_only(std::span<const ZoneStore::Entry> entries, std::initializer_list<RRType> types) {
  return std::ranges::all_of(
      entries, [&](const ZoneStore::Entry& entry) { return std::ranges::find(types, entry.type) != types.end(); });
}

}  // namespace

ZoneMap::ZoneMap(const ZoneStore& store, const dns::Name& apex)
    : store_(store), apex_(apex), apex_id_(store.find(apex_)), roles_(store.names(), Role::outside) {
  const dns::Bytes top = ZoneStore::key_of(apex_);
  std::optional<NameId> cut, alias;
  for (NameId id = store.not_before(apex_); id < store.names(); ++id) {
    const dns::View key = store.key(id);
    if (key.size() < top.size() || !std::ranges::equal(key.first(top.size()), top)) break;
    roles_[id] = role_of(id);
    if (roles_[id] == Role::hash) continue;
    if (cut && store.is_at_or_below(id, *cut))
      roles_[id] = Role::beneath;
    else if (alias && store.is_at_or_below(id, *alias))
      roles_[id] = Role::behind;
    else if (roles_[id] == Role::delegation)
      cut = id;
    else if (store.has(id, RRType::dname))
      alias = id;
  }
}

Role ZoneMap::role_of(NameId id) const {
  if (id == apex_id_) return Role::apex;
  const auto entries = store_.at(id);
  if (store_.has(id, RRType::nsec3) && is_only(entries, {RRType::nsec3, RRType::rrsig}) &&
      store_.labels(id) == apex_.labels() + 1)
    return Role::hash;
  if (store_.has(id, RRType::ns)) return Role::delegation;
  return is_only(entries, {RRType::nsec, RRType::rrsig}) ? Role::bare : Role::data;
}

bool ZoneMap::is_named(NameId id) const {
  return roles_[id] == Role::apex || roles_[id] == Role::data || roles_[id] == Role::delegation;
}

bool ZoneMap::is_signed(NameId id, RRType type) const {
  if (type == RRType::rrsig) return false;
  switch (roles_[id]) {
    case Role::apex:
    case Role::data:
    case Role::hash: return true;
    case Role::delegation: return type == RRType::ds || type == RRType::nsec || type == RRType::nsec3;
    case Role::bare: return type == RRType::nsec;
    case Role::outside:
    case Role::beneath:
    case Role::behind: return false;
  }
  return false;
}

std::vector<RRType> ZoneMap::types(NameId id) const {
  std::vector<RRType> types;
  bool is_any_signed = false;
  for (const ZoneStore::Entry& entry : store_.at(id)) {
    const bool is_shown = is_signed(id, entry.type) || (roles_[id] == Role::delegation && entry.type == RRType::ns);
    if (entry.type == RRType::nsec3 || !is_shown) continue;
    is_any_signed = is_any_signed || is_signed(id, entry.type);
    if (types.empty() || types.back() != entry.type) types.push_back(entry.type);
  }
  if (is_any_signed) types.insert(std::ranges::lower_bound(types, RRType::rrsig), RRType::rrsig);
  return types;
}

void bitmap_check(const ZoneCheck&, const dns::Name& name, std::vector<RRType> due, const std::vector<RRType>& listed,
                  RRType form, ZoneLedger& ledger) {
  if (due == listed) return;
  std::vector<RRType> omitted, claimed;
  std::ranges::set_difference(due, listed, std::back_inserter(omitted));
  std::ranges::set_difference(listed, due, std::back_inserter(claimed));
  if (form == RRType::nsec)  // their lack is told as malformed
    std::erase_if(omitted, [](RRType type) { return type == RRType::nsec || type == RRType::rrsig; });
  const auto note = [&](const char* which, std::vector<RRType> types) {
    if (types.empty()) return;
    ledger.add(Code::bitmap_contradicts_data, rrset_subject(name, form),
               {{"which", std::string(which)}, {"types", std::move(types)}});
  };
  note("omits", std::move(omitted));
  note("claims", std::move(claimed));
}

}  // namespace validator
