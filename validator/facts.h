// Facts: Evidence sorted by question: the distinct replies to each, every one with the servers that gave it.
// It judges nothing and trusts nothing.
#pragma once

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "dns/evidence.h"
#include "dns/record.h"

namespace validator {

// One distinct reply to a question. Two are the same if rcode, AA and the records of answer and authority are (TTLs
// aside).
struct Heard {
  const dns::Exchange* exchange = nullptr;  // the first that brought it
  const dns::Message* message = nullptr;
  std::vector<dns::SignedRRset> answer, authority;
  std::vector<dns::Address> servers;  // ascending
  bool assumed = false;

  const dns::SignedRRset* find(const std::vector<dns::SignedRRset>& section, const dns::Name& owner,
                               dns::RRType type) const;
  const dns::SignedRRset* in_answer(const dns::Name& owner, dns::RRType type) const {
    return find(answer, owner, type);
  }
  const dns::SignedRRset* in_authority(const dns::Name& owner, dns::RRType type) const {
    return find(authority, owner, type);
  }
  // The owner of the SOA in the authority section, if there is one.
  const dns::SignedRRset* soa() const;
  // No answer, AA clear, an NS set below `zone` in the authority section: its owner is the child (RFC 1034 §4.3.2).
  std::optional<dns::Name> referral_to() const;
  bool usable() const;  // NOERROR, NXDOMAIN or YXDOMAIN: says something about the name
};

using Question = std::pair<dns::Name, dns::RRType>;

class Facts {
 public:
  explicit Facts(const dns::Evidence& evidence);

  const dns::Evidence& evidence() const { return evidence_; }
  // Distinct replies, in the order heard; for each server only its best reply (whole, with DNSSEC, without error).
  const std::vector<Heard>& to(const dns::Name& name, dns::RRType type) const;
  // Replies to any question that refer to `child`: the parent's, where there are some.
  std::vector<const Heard*> referrals_to(const dns::Name& child) const;
  // Servers asked about (name, type), answered or not, ascending.
  std::vector<dns::Address> asked(const dns::Name& name, dns::RRType type) const;
  const std::map<Question, std::vector<Heard>>& all() const { return heard_; }

 private:
  // Was the server asked of anything not at or below `name`?
  bool is_asked_above(const dns::Name& name, const dns::Address& server) const;

  const dns::Evidence& evidence_;
  std::map<Question, std::vector<Heard>> heard_;
  std::map<Question, std::set<dns::Address>> asked_;
};

}  // namespace validator
