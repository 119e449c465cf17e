// Plain sets: signed as they have to be, of which there is nothing to say. They are found by their octets alone and
// verified many at a time, each key's together. Whatever is not plain is judged one by one (zone_sets), so no finding
// is made here; and what is plain holds by the same rules. For validator/zone*.cc alone.
#pragma once

#include <vector>

#include "dns/name.h"
#include "validator/crypto_tables.h"
#include "validator/zone_sets.h"

namespace validator {

// What makes a set plain: the same for all threads.
class PlainRules {
 public:
  // Both outlive it.
  PlainRules(const ZoneCheck& check, const ZoneKeys& keys);

  // A trusted key of which no other has algorithm and tag.
  struct Key {
    dns::Dnskey dnskey;
    dns::KeyTag tag = 0;
    std::uint64_t expected = 0;  // signatures by it that passed all checks that cost nothing; counted to break_even
  };
  const std::vector<Key>& keys() const { return keys_; }

  // The head of an RRSIG: what RFC 4034 §3.1 has in front of the signature.
  struct Head {
    dns::Rrsig fields;     // without signer and signature
    std::size_t key = 0;   // among keys()
    std::size_t size = 0;  // of the data in front of the signature
  };
  // By a key of ours, of this zone, in time: what can be said without the owner. false: something is not so.
  bool read(dns::View rrsig, Head& head) const;
  // TTLs, algorithms and time, beside each other (set_checks of zone_sets has the rules).
  bool fit(std::span<const ZoneStore::Entry> set, std::span<const ZoneStore::Entry> signatures,
           std::span<const Head> heads) const;

 private:
  void count_signatures();

  const ZoneCheck& check_;
  const ZoneKeys& zone_keys_;
  dns::Name apex_;  // in lower case
  std::vector<Key> keys_;
};

// One thread's. Not thread-safe.
class PlainSets {
 public:
  static constexpr std::size_t names_at_once = 256;

  // All outlive it.
  PlainSets(const ZoneCheck& check, const PlainRules& rules, Verifier& verifier, KeyTables& tables)
      : check_(check), rules_(rules), bulk_(verifier, tables), asked_(rules.keys().size()) {}

  // Verifies the plain sets of the names from `from` up to `to`.
  void look(ZoneStore::NameId from, ZoneStore::NameId to);
  // By what that set holds; nullptr: it is not plain, or its signature is not good, or it was not looked at. Sets are
  // asked for in the order of names and types.
  const Holding* holding(ZoneStore::NameId id, dns::RRType type);

 private:
  static constexpr std::size_t most_signatures = 4;                 // over one set
  static constexpr std::size_t most_octets = std::size_t{1} << 20;  // of signed data at once

  struct Set {
    ZoneStore::NameId id = 0;
    dns::RRType type{};
    bool holds = true;
    Holding holding;
  };
  // One signature over the octets from `from` up to `to`.
  struct Asked {
    std::size_t set = 0, from = 0, to = 0;
    dns::View signature;
  };

  void look_at(ZoneStore::NameId id);
  void look_at(std::span<const ZoneStore::Entry> set, std::span<const ZoneStore::Entry> signatures);
  bool is_bounded(std::span<const ZoneStore::Entry> set, std::span<const PlainRules::Head> heads) const;
  bool has_repeats(std::span<const ZoneStore::Entry> entries) const;
  void put_signed(std::span<const ZoneStore::Entry> set, dns::View rrsig, const PlainRules::Head& head);
  void verify();

  const ZoneCheck& check_;
  const PlainRules& rules_;
  BulkVerifier bulk_;
  dns::Name owner_;  // of the name looked at
  std::size_t owner_labels_ = 0;
  std::vector<Set> sets_;
  std::vector<std::vector<Asked>> asked_;  // of each key
  dns::Bytes octets_;                      // what they are over
  std::vector<SignedData> together_;
  std::size_t next_ = 0;  // the set to be asked for
};

}  // namespace validator
