// ZoneTree: the records of one zone by name, with its empty non-terminals and its chains of NSEC and NSEC3.
// It answers no question; zone_answer.h does.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <vector>

#include "dns/rdata.h"
#include "dns/record.h"

namespace resolver {

class ZoneTree {
 public:
  struct Node {
    std::vector<dns::SignedRRset> sets;  // none: an empty non-terminal
    const dns::SignedRRset* find(dns::RRType type) const;
  };
  enum class Chain : std::uint8_t { none, nsec, nsec3 };

  // Records outside the zone are left out; nothing else is checked: a broken zone is served as it is.
  ZoneTree(const dns::Name& apex, std::span<const dns::Record> records);
  ZoneTree(const ZoneTree&) = delete;  // its chains point into it
  ZoneTree& operator=(const ZoneTree&) = delete;

  const dns::Name& apex() const { return apex_; }
  const Node* node(const dns::Name& name) const;  // nullptr: the name does not exist (RFC 4592 §2.2)
  const dns::SignedRRset* find(const dns::Name& name, dns::RRType type) const;

  Chain chain() const;
  const dns::SignedRRset* nsec_at(const dns::Name& name) const;
  const dns::SignedRRset* nsec_before(const dns::Name& name) const;  // the last owner before it, round the end
  const std::optional<dns::Nsec3param>& nsec3_param() const { return nsec3_param_; }
  const dns::SignedRRset* nsec3_at(const dns::Bytes& hash) const;
  const dns::SignedRRset* nsec3_before(const dns::Bytes& hash) const;

 private:
  void add(dns::SignedRRset set);
  void choose_parameters();

  dns::Name apex_;
  std::map<dns::Name, Node> nodes_;
  std::map<dns::Name, const dns::SignedRRset*> nsecs_;
  std::map<dns::Bytes, dns::SignedRRset> nsec3s_;  // by hash
  std::optional<dns::Nsec3param> nsec3_param_;
};

}  // namespace resolver
