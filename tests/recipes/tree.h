// Tree: a small name space for one recipe: zones with real keys, signed as told, served from memory to the same
// `gather` that asks the network, so that its evidence is what would have been heard. It knows nothing of findings.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "resolver/gather.h"
#include "tests/worlds/signed_world.h"
#include "trustanchor/anchors.h"

namespace recipes {

using dns::Name;
using dns::RRType;
using signed_world::Key;
using signed_world::name;
using signed_world::Record;
using signed_world::Records;
using signed_world::Stamp;

dns::Address address(std::string_view text);

// A name server of a zone.
struct Host {
  Name name;
  dns::Address address;
  std::optional<Records> copy{};  // what it serves in place of the zone
};

// A zone: what is in it, which keys sign it, who serves it. keys[0] signs the DNSKEY set, keys[1] all the rest; no
// keys, no DNSSEC.
struct Plot : signed_world::Zone {
  std::string soa = "300 SOA ns. mail. 7 7200 3600 604800 300";  // without its owner
  std::string lines;                                             // its data in master-file form, names absolute
  Records more;                                                  // and what has no short text
  std::string nsec3;                                             // "1 0 0 -": denial by NSEC3; empty: by NSEC
  std::vector<Host> hosts;                        // the NS set and, where they are named in the zone, their addresses
  std::optional<Records> ds_set;                  // in the zone above; none: the right one for keys[0]; empty: no DS
  std::optional<std::vector<Host>> delegated_to;  // NS set and glue in the zone above, if other than `hosts`

  std::vector<std::size_t> sign_keys_by{0}, sign_data_by{1};     // indices into keys; those that are there
  Stamp usual{};                                                 // of all signatures, where it says something
  std::optional<Stamp> usual_denial{};                           // of those over NSEC and NSEC3
  std::map<std::pair<Name, RRType>, std::vector<Stamp>> stamps;  // of one set: as many signatures as stamps
  std::function<void(Records&)> unsigned_edit;  // of the whole zone with its denial chain, before it is signed
  std::function<void(Records&)> edit;           // of the signed zone

  void sign(std::string_view owner, RRType type, std::vector<Stamp> with) {
    stamps[{signed_world::name(owner), type}] = std::move(with);
  }
};

class Tree {
 public:
  // The root and example., each with KSK, ZSK and one server; www.example. has an address, and is asked for it.
  Tree();

  Plot& root() { return plots_.front(); }
  Plot& zone() { return plots_[1]; }
  // A further zone with the same kind of keys and a server ns.ZONE. of its own. References stay good.
  Plot& add(std::string_view zone);

  Records signed_zone(const Plot& plot) const;

  Records soa_of(const Plot& plot) const;  // signed

  // Changes what the server(s) of an address, or all, say to a question; silence too is an outcome.
  using Change = std::function<void(dns::Exchange&)>;
  void hear(std::string_view owner, RRType type, const Change& change);
  void hear(const Change& change) { changes_.push_back(change); }
  // The same for replies, whose octets follow the message.
  using Rewrite = std::function<void(dns::Message&)>;
  void reply(std::string_view owner, RRType type, const Rewrite& rewrite);

  dns::Evidence evidence() const;

  dns::Time now;
  dns::Timestamp day(int days, int seconds = 0) const;  // so far from now
  dns::Target target;
  trustanchor::Anchors anchors;  // the root's keys[0]
  resolver::Limits limits;
  std::vector<std::string> options;  // of `trustwalk replay`, where the recipe is about them

 private:
  std::deque<Plot> plots_;
  std::vector<Change> changes_;
};

// Of a reply; other outcomes are left alone.
void rewrite(dns::Exchange& exchange, const Tree::Rewrite& how);
// All records of a set, signatures included.
void erase(Records& records, std::string_view owner, RRType type);
void erase_signatures(Records& records, std::string_view owner, RRType type);

}  // namespace recipes
