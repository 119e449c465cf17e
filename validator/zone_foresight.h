// Foresight: signatures of some names, put to the tables of the zone's keys before they are judged one by one, so that
// dozens share the work. It judges nothing, and who does without it gets the same answers, later.
// For validator/zone*.cc alone.
#pragma once

#include <map>
#include <vector>

#include "validator/crypto_tables.h"
#include "validator/zone_sets.h"

namespace validator {

class Foresight {
 public:
  static constexpr std::size_t names_at_once = 256;

  // `verifier`: the one that will judge, made with Memo::kept. All outlive it.
  Foresight(const ZoneCheck& check, const ZoneKeys& keys, Verifier& verifier, KeyTables& tables);
  // The names from `from` up to `to`. At most names_at_once are sure to be remembered until they are judged.
  void look(ZoneStore::NameId from, ZoneStore::NameId to);

 private:
  // Of one key, what is worth asking.
  struct Pile {
    std::vector<dns::Bytes> data, signatures;
  };
  void look_at(ZoneStore::NameId id);
  void add(const dns::SignedRRset& set);
  bool may_hold(const dns::Rrsig& rrsig, const dns::RRset& set) const;

  const ZoneCheck& check_;
  BulkVerifier bulk_;
  std::map<dns::KeyTag, dns::Dnskey> keys_;
  std::map<dns::KeyTag, Pile> piles_;
  std::size_t signatures_ = 0;
};

}  // namespace validator
