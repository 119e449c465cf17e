#include <algorithm>
#include <optional>
#include <string>

#include "dns/canonical.h"
#include "validator/denial_views.h"
#include "validator/draft.h"
#include "validator/zone_map.h"

namespace validator {
namespace {

using dns::Name;
using dns::RRType;
using NameId = ZoneStore::NameId;

constexpr std::size_t most_steps = 1000;  // along surplus records: more are a chain of their own

class NsecChain {
 public:
  NsecChain(const ZoneCheck& check, ZoneLedger& ledger)
      : check_(check), map_(check.map), store_(check.store()), ledger_(ledger) {}

  void run() {
    std::optional<NameId> previous;
    for (NameId id = 0; id < store_.names(); ++id) {
      const bool has_record = store_.has(id, RRType::nsec);
      if (map_.is_named(id)) {
        if (previous) leads_from(*previous, id);
        previous = has_record ? std::optional(id) : std::nullopt;
        has_record ? judge(id) : note(Code::nsec_missing_at_name, id);
      } else if (has_record && map_.role(id) != Role::outside && map_.role(id) != Role::behind) {
        note(Code::nsec_surplus, id);
      }
    }
    if (previous) leads_from(*previous, map_.apex_id());
  }

 private:
  void note(Code code, NameId id) { ledger_.add(code, zone_subject(map_.apex()), {{"name", store_.name(id)}}); }

  std::optional<Name> next_of(NameId id) const {
    const auto entries = store_.at(id, RRType::nsec);
    const auto nsec = entries.empty() ? std::nullopt : dns::read_nsec(store_.data(entries.front()));
    return nsec ? std::optional(nsec->next) : std::nullopt;
  }

  // The record by itself, and its list of types.
  void judge(NameId id) {
    const Name name = store_.name(id);
    DenialSet set{{name, RRType::nsec, dns::RRClass::in, 0, 0, {}},
                  map_.apex(),
                  static_cast<std::uint8_t>(dns::rrsig_labels(name))};
    for (const auto& entry : store_.at(id, RRType::nsec)) {
      const dns::View data = store_.data(entry);
      if (set.set.rdatas.empty() || !dns::octets_equal(set.set.rdatas.back(), data))
        set.set.rdatas.emplace_back(data.begin(), data.end());
    }
    auto read = read_nsec_set(set, map_.apex());
    const bool told_as_chain =
        read.record && read.problem && read.problem->code == Code::denial_chain_broken;  // by leads_from
    if (read.problem && !told_as_chain)
      ledger_.add(read.problem->code, rrset_subject(name, RRType::nsec), std::move(read.problem->details));
    if (read.record) bitmap_check(check_, name, map_.types(id), read.record->types, RRType::nsec, ledger_);
  }

  // RFC 4034 §4.1.1: to the next name of the zone, the last one back to the apex.
  void leads_from(NameId id, NameId due) {
    const auto next = next_of(id);
    if (!next || !next->is_at_or_below(map_.apex())) return;  // told already
    if (reaches(*next, due)) return;
    const bool is_last = due == map_.apex_id();
    const bool is_short = id < store_.names() && store_.name(id) < *next && (is_last || *next < store_.name(due));
    const char* reason = is_last ? "not-closed" : is_short ? "gap" : "overlap";
    ledger_.add(Code::denial_chain_broken, rrset_subject(store_.name(id), RRType::nsec),
                {{"reason", std::string(reason)}, {"next", *next}, {"name", store_.name(id)}});
  }

  // Over names that lack a record, which is told of them, and along records that should not be there, likewise.
  bool reaches(const Name& next, NameId due) const {
    const bool is_last = due == map_.apex_id();
    NameId at = store_.find(next);
    for (std::size_t steps = 0; steps < most_steps; ++steps) {
      if (at == due) return true;
      if (at >= store_.names()) return false;
      if (!map_.is_named(at)) {  // a surplus record leads on
        const auto further = next_of(at);
        if (!further) return false;
        const NameId then = store_.find(*further);
        if (then != map_.apex_id() && then <= at) return false;
        at = then;
        continue;
      }
      if (is_last || at < due) return false;
      return are_without_record(due, at);
    }
    return false;
  }

  bool are_without_record(NameId from, NameId to) const {
    for (NameId id = from; id < to; ++id)
      if (map_.is_named(id) && store_.has(id, RRType::nsec)) return false;
    return true;
  }

  const ZoneCheck& check_;
  const ZoneMap& map_;
  const ZoneStore& store_;
  ZoneLedger& ledger_;
};

}  // namespace

void nsec_checks(const ZoneCheck& check, ZoneLedger& ledger) { NsecChain(check, ledger).run(); }

}  // namespace validator
