// Rollover look: what Evidence shows of one zone's rollover at one moment: the DS set of each server of the parent, the
// DNSKEY set of each server of the zone, and by whose keys its other sets are signed. And what many looks say together.
// It names no phase and makes no trust.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dns/evidence.h"
#include "dns/rdata.h"
#include "validator/crypto.h"
#include "validator/policy.h"
#include "validator/rollover_memory.h"

namespace validator {

struct KeyName {
  dns::KeyTag tag = 0;
  dns::Algorithm algorithm{};
  friend auto operator<=>(const KeyName&, const KeyName&) = default;
};

struct DsLook {
  std::vector<dns::Ds> ds{};  // ascending by their octets; empty: the parent says that there is none
  dns::Seconds ttl{0};
  friend bool operator==(const DsLook&, const DsLook&) = default;
};
struct KeysLook {
  std::vector<dns::Dnskey> published{};  // ascending by their octets; empty: there is none
  std::vector<KeyName> signing{};        // that made a good signature over it
  dns::Seconds ttl{0};
  friend bool operator==(const KeysLook&, const KeysLook&) = default;
};
// The other sets of the zone that one server showed: the keys that sign each, different ones once.
struct DataLook {
  std::vector<std::vector<KeyName>> signers{};  // an empty one: an unsigned set
  dns::Seconds ttl{0};                          // the longest of them
  friend bool operator==(const DataLook&, const DataLook&) = default;
};

struct RolloverLook {
  dns::Time first{}, last{};  // when every reply of the first and of the last such look was in
  std::map<dns::Address, DsLook> parent{};
  std::map<dns::Address, KeysLook> keys{};
  std::map<dns::Address, DataLook> data{};
  std::optional<std::vector<dns::Ds>> cds{};      // none: the zone publishes none
  std::vector<dns::Address> silent{};             // were asked and gave no answer that counts
  std::vector<dns::Address> asked{};              // whatever about, ascending: not kept in files
  bool same_as(const RolloverLook& other) const;  // in all but the times
};

// Requires: `evidence` is of one run, and has the zone's DNSKEY set asked for. nullopt: no server of the zone or none
// of its parent answered.
std::optional<RolloverLook> rollover_look(std::span<const dns::Evidence> evidence, const dns::Name& zone,
                                          const Policy& policy, dns::Time seen, Verifier& verifier);

// Appends a look. A server that is silent in it is taken to show what it showed last: it may.
void add_look(std::vector<RolloverLook>& looks, RolloverLook look);

struct RolledKey {
  KeyName name{};
  std::optional<dns::Dnskey> key{};  // none: a DS or a signature names it, and no server ever published it
  bool strange = false;              // a DS whose digest is of no key seen, though one has its tag
};

// Servers by address; a part that a server did not tell is not in it.
struct ServerState {
  std::optional<KeysCopy> keys{};
  std::optional<KeySet> data{};  // of all sets together
};
struct RolloverHistory {
  std::vector<RolledKey> keys{};
  RolloverMemory memory{};
  std::vector<RolloverState> states{};                    // of each look: all that any server showed, together
  std::vector<dns::Time> times{};                         // of each look
  std::map<dns::Address, ServerState> servers{};          // at the last look
  std::vector<std::map<dns::Address, KeySet>> signers{};  // of each look: who signs at which server
  std::optional<KeySet> cds{};
};
// The looks in the order of time. `longest_ttl`: of the zone's records, where it is known to be more than was seen.
// Error: one line: too many keys, or two of one tag and algorithm, which signatures do not tell apart.
std::expected<RolloverHistory, std::string> rollover_history(std::span<const RolloverLook> looks, const dns::Name& zone,
                                                             dns::Seconds longest_ttl, Verifier& verifier);

}  // namespace validator
