#include <algorithm>
#include <optional>
#include <vector>

#include "dns/rdata.h"
#include "validator/draft.h"
#include "validator/zone_map.h"

namespace validator {
namespace {

using dns::RRType;
using Entry = ZoneStore::Entry;
using NameId = ZoneStore::NameId;

// CNAME may stand beside these alone (RFC 2181 §10.1, RFC 4034 §3 and §4).
bool goes_with_alias(RRType type) {
  return type == RRType::cname || type == RRType::nsec || type == RRType::rrsig || type == RRType::key;
}

class Records {
 public:
  Records(const ZoneCheck& check, ZoneLedger& ledger) : map_(check.map), store_(check.store()), ledger_(ledger) {}

  void run() {
    apex();
    for (NameId id = 0; id < store_.names(); ++id) {
      repeats(id);
      switch (map_.role(id)) {
        case Role::outside: ledger_.add(Code::out_of_zone_data, zone(), {{"name", store_.name(id)}}); break;
        case Role::beneath: beneath(id); break;
        case Role::behind: ledger_.add(Code::dname_with_descendants, zone(), {{"name", store_.name(id)}}); break;
        case Role::hash: break;
        default: own(id);
      }
    }
    glue();
  }

 private:
  Subject zone() const { return zone_subject(map_.apex()); }

  // RFC 1035 §5.2: exactly one SOA, and name servers.
  void apex() {
    const bool is_there = map_.apex_id() < store_.names();
    const std::size_t soas = static_cast<std::size_t>(
        std::ranges::count_if(store_.entries(), [&](const Entry& entry) { return entry.type == RRType::soa; }));
    const auto note = [&](const char* which) {
      ledger_.add(Code::zone_apex_incomplete, zone(), {{"which", std::string(which)}});
    };
    if (!is_there || !store_.has(map_.apex_id(), RRType::soa)) note("soa-missing");
    if (!is_there || !store_.has(map_.apex_id(), RRType::ns)) note("ns-missing");
    if (soas > 1)
      ledger_.add(Code::zone_apex_incomplete, zone(), {{"which", std::string("soa-many")}, {"count", count(soas)}});
  }

  void repeats(NameId id) {
    const auto entries = store_.at(id);
    std::optional<RRType> told;
    for (std::size_t i = 1; i < entries.size(); ++i) {
      if (!store_.is_repeat(entries[i - 1], entries[i]) || told == entries[i].type) continue;
      told = entries[i].type;
      ledger_.add(Code::record_duplicate, rrset_subject(store_.name(id), entries[i].type), {});
    }
  }

  // At a name the zone has a say about.
  void own(NameId id) {
    alias(id);
    const bool is_apex = map_.role(id) == Role::apex;
    if (store_.has(id, RRType::ds) && map_.role(id) != Role::delegation)  // RFC 4035 §2.4
      misplaced(id, is_apex ? "child-apex" : "no-delegation");
    if (is_apex) return;
    if (store_.has(id, RRType::cds) || store_.has(id, RRType::cdnskey)) misplaced(id, "cds");  // RFC 7344 §4.1
    if (store_.has(id, RRType::dnskey)) ledger_.add(Code::key_below_apex, zone(), {{"name", store_.name(id)}});
  }

  void misplaced(NameId id, const char* which) {
    const dns::Name name = store_.name(id);
    ledger_.add(Code::ds_misplaced, delegation_subject(name), {{"which", std::string(which)}, {"name", name}});
  }

  void alias(NameId id) {
    const auto aliases = store_.at(id, RRType::cname);
    if (aliases.empty()) return;
    std::vector<RRType> types;
    for (const Entry& entry : store_.at(id))
      if (!goes_with_alias(entry.type) && (types.empty() || types.back() != entry.type)) types.push_back(entry.type);
    // RFC 2181 §10.1: there may be only one.
    if (aliases.size() > 1 && !store_.is_repeat(aliases.front(), aliases.back())) types.push_back(RRType::cname);
    if (types.empty()) return;
    std::ranges::sort(types);
    ledger_.add(Code::alias_with_other_data, rrset_subject(store_.name(id), RRType::cname), {{"types", types}});
  }

  // Below a delegation only addresses of name servers have a use (RFC 1034 §4.2.1); whether they are, glue() says.
  void beneath(NameId id) {
    for (const Entry& entry : store_.at(id)) {
      if (entry.type == RRType::rrsig) continue;                                // told as a signature
      if (entry.type == RRType::nsec || entry.type == RRType::nsec3) continue;  // told by the denial checks
      if (entry.type == RRType::a || entry.type == RRType::aaaa) {
        if (unused_.empty() || unused_.back() != id) unused_.push_back(id);
        continue;
      }
      ledger_.add(Code::out_of_zone_data, zone(), {{"name", store_.name(id)}});
      return;
    }
  }

  // Addresses below delegations that no NS record of a delegation names.
  void glue() {
    std::vector<NameId> used;
    for (const Entry& entry : store_.entries()) {
      if (entry.type != RRType::ns || unused_.empty()) continue;
      if (map_.role(entry.name) != Role::delegation && map_.role(entry.name) != Role::apex) continue;
      const auto server = dns::read_target(store_.data(entry));
      if (!server) continue;
      const NameId id = store_.find(*server);
      if (id < store_.names() && map_.role(id) == Role::beneath) used.push_back(id);
    }
    std::ranges::sort(used);
    for (const NameId id : unused_)
      if (!std::ranges::binary_search(used, id))
        ledger_.add(Code::out_of_zone_data, zone(), {{"name", store_.name(id)}});
  }

  const ZoneMap& map_;
  const ZoneStore& store_;
  ZoneLedger& ledger_;
  std::vector<NameId> unused_;
};

}  // namespace

void record_checks(const ZoneCheck& check, ZoneLedger& ledger) { Records(check, ledger).run(); }

}  // namespace validator
