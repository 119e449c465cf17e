// ZoneStore: all records of a zone, compact and in canonical order, so that a zone of a million names fits in memory.
// It judges nothing; data is kept in canonical form (RFC 4034 §6.2), which is all that signatures and digests see.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "dns/record.h"

namespace validator {

class ZoneStore {
 public:
  // Which of the zone's names, counted in canonical order once the store is settled.
  using NameId = std::uint32_t;

  struct Entry {
    NameId name = 0;
    dns::Ttl ttl = 0;
    std::uint32_t at = 0;  // of the data, in units of the arena
    dns::RRType type{};
    std::uint16_t length = 0;
  };

  // False: there is no room for more (16 GiB of data). Requires: not settled; class IN.
  bool add(const dns::Record& record);
  // Sorts: names in canonical order (RFC 4034 §6.1), the records of each by type and data (§6.3). Repeats stay.
  void settle();

  // All of these require: settled.
  std::size_t names() const { return names_.size(); }
  std::size_t records() const { return entries_.size(); }
  std::span<const Entry> entries() const { return entries_; }
  std::span<const Entry> at(NameId id) const {
    return std::span(entries_).subspan(first_[id], first_[id + std::size_t{1}] - first_[id]);
  }
  std::span<const Entry> at(NameId id, dns::RRType type) const;
  bool has(NameId id, dns::RRType type) const { return !at(id, type).empty(); }
  dns::View data(const Entry& entry) const { return octets(entry.at, entry.length); }
  bool is_repeat(const Entry& left, const Entry& right) const;

  dns::Name name(NameId id) const;  // in lower case
  // The name that `name` has here; names() if it has none. `is_there` of a name says which.
  NameId find(const dns::Name& name) const;
  NameId not_before(const dns::Name& name) const;  // the first that does not sort before `name`
  bool is_at_or_below(NameId id, NameId other) const;
  std::size_t labels(NameId id) const;

  // Octets whose plain order is the canonical order of names: lower case, labels from the right, each ended by a zero.
  // A name's key begins with the keys of all its ancestors.
  dns::View key(NameId id) const { return octets(names_[id].at, names_[id].length); }
  static dns::Bytes key_of(const dns::Name& name);
  static dns::Name name_of(dns::View key);

  std::size_t octets_used() const;  // of memory, for people who count

 private:
  static constexpr std::size_t unit = 4, block_units = std::size_t{1} << 19;  // blocks of 2 MiB, a huge page each
  struct Release {
    void operator()(std::uint8_t* block) const;
  };
  using Block = std::unique_ptr<std::uint8_t[], Release>;
  static Block make_block();

  struct Place {
    std::uint32_t at = 0;
    std::uint16_t length = 0;
  };

  dns::View octets(std::uint32_t at, std::uint16_t length) const {
    return {blocks_[at / block_units].get() + at % block_units * unit, length};
  }
  bool put(dns::View octets, Place& place);
  bool put_name(const dns::Name& name);
  std::vector<std::uint32_t> sort_names();
  void sort_records(const std::vector<std::uint32_t>& rank);

  std::vector<Block> blocks_;
  std::size_t used_ = block_units;  // of the last block, in units
  std::vector<Place> names_;
  std::vector<std::vector<Entry>> added_;  // until all is settled: a vector that grew would be copied each time
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> first_;  // of each name's entries
  dns::Name last_;                    // the owner added last: neighbours mostly have the same
};

}  // namespace validator
