// ZoneMap: what each name of a zone is to the zone: its apex, data of its own, a delegation, what lies below one, the
// hash of another name. It judges nothing. For the checks of validator/zone_*.cc alone.
#pragma once

#include <vector>

#include "validator/policy.h"
#include "validator/zone_ledger.h"
#include "validator/zone_store.h"

namespace validator {

enum class Role : std::uint8_t {
  outside,  // not at or below the apex
  apex,
  data,
  delegation,
  beneath,  // below a delegation: glue, or nothing the zone has a say about
  behind,   // below a DNAME (RFC 6672 §2.4)
  hash,     // nothing but NSEC3 and its signatures (RFC 5155 §7.1)
  bare,     // nothing but signatures and NSEC: no name of the zone
};

class ZoneMap {
 public:
  ZoneMap(const ZoneStore& store, const dns::Name& apex);

  const ZoneStore& store() const { return store_; }
  const dns::Name& apex() const { return apex_; }
  ZoneStore::NameId apex_id() const { return apex_id_; }  // names() of the store: nothing is there
  Role role(ZoneStore::NameId id) const { return roles_[id]; }
  // A name of the zone's own, which needs its place in the denial chain (RFC 4035 §2.3).
  bool is_named(ZoneStore::NameId id) const;
  // Whether the zone has to sign this set at that name (RFC 4035 §2.2).
  bool is_signed(ZoneStore::NameId id, dns::RRType type) const;
  // What a type list of that name has to say, NSEC and RRSIG included where they are due; ascending.
  std::vector<dns::RRType> types(ZoneStore::NameId id) const;

 private:
  Role role_of(ZoneStore::NameId id) const;

  const ZoneStore& store_;
  dns::Name apex_;
  ZoneStore::NameId apex_id_;
  std::vector<Role> roles_;
};

// What every check of a whole zone is given.
struct ZoneCheck {
  const ZoneMap& map;
  const Policy& policy;
  dns::Time now;
  const ZoneStore& store() const { return map.store(); }
};

// Records by themselves: the apex, repeats, aliases, what is out of place; file zone_records.cc.
void record_checks(const ZoneCheck& check, ZoneLedger& ledger);
// RFC 4034 §4, RFC 4035 §2.3; file zone_nsec.cc.
void nsec_checks(const ZoneCheck& check, ZoneLedger& ledger);
// RFC 5155 §7.1; file zone_nsec3.cc. `jobs`: threads that hash names.
void nsec3_checks(const ZoneCheck& check, unsigned jobs, ZoneLedger& ledger);
// RFC 8976; file zone_digest.cc.
void digest_checks(const ZoneCheck& check, ZoneLedger& ledger);

// One record's type list against what is there; `form`: the type of the record. File zone_map.cc.
void bitmap_check(const ZoneCheck& check, const dns::Name& name, std::vector<dns::RRType> due,
                  const std::vector<dns::RRType>& listed, dns::RRType form, ZoneLedger& ledger);

}  // namespace validator
