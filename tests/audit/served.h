// Served: zones signed in memory and served, without a network, to the walk that `check` makes. What a test changes is
// in the zones or on the wire; what is asked and how it is judged is the program's own. It knows nothing of findings.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "resolver/gather.h"
#include "tests/worlds/signed_world.h"
#include "validator/analyze.h"

namespace served {

using dns::Name;
using dns::Record;
using dns::RRType;
using Records = std::vector<Record>;
using signed_world::Key;

Name name(std::string_view text);

// One copy of a zone, as one address (or several) serves it.
struct Copy {
  Name apex;
  std::vector<Key> keys;                       // published and made by this copy; 0 is the KSK, 1 the ZSK
  std::vector<std::size_t> key_signers{0};     // of the DNSKEY set
  std::vector<std::size_t> data_signers{1};    // of all else
  std::string data;                            // in master-file form; absolute names
  std::vector<dns::Dnskey> published_besides;  // other providers' keys
  // What a test does to the records: before NSEC is made of them, before they are signed, at the end.
  std::function<void(Records&)> before{}, unsigned_yet{}, after{};
  enum class Signing { yes, no } signing = Signing::yes;

  std::string ds(std::size_t key = 0) const;  // a line for the parent
  Records records(dns::Time now) const;       // the whole zone as served
};

// Root, test., z.test. and sibling.test., each with KSK and ZSK and one server: 192.0.2.1, .2, .3, .4. www.z.test. has
// an address.
class Tree {
 public:
  Tree();
  Copy& zone(std::string_view apex, std::size_t copy = 0);
  Copy& add(std::string_view apex, std::uint8_t server);  // one more zone, or one more copy of it
  void host(std::string_view apex, std::uint8_t server);  // the first copy, at one more address
  void unhost(std::string_view apex);

  // What `check` hears.
  dns::Evidence evidence(std::string_view owner = "www.z.test.", RRType type = RRType::a,
                         dns::Effort effort = dns::Effort::full) const;
  validator::Chain judge(std::string_view owner = "www.z.test.", RRType type = RRType::a) const;
  validator::Chain judge(const dns::Evidence& evidence) const;

  static constexpr dns::Time now = signed_world::World::default_now;
  trustanchor::Anchors anchors;

 private:
  struct Hosted {
    std::size_t copy;
    std::uint8_t server;
  };
  std::deque<Copy> copies_;
  std::vector<Hosted> hosted_;
};

// All findings of that row, as sentences; and the slugs of all that lead.
std::vector<std::string> sentences(const validator::Chain& chain, std::string_view slug);
std::vector<std::string> slugs(const validator::Chain& chain);
std::vector<std::string> causes(const validator::Chain& chain);
// The slugs that are consequences of the row.
std::vector<std::string> consequences(const validator::Chain& chain, std::string_view slug);
// Changes every reply to (owner, type).
void change(dns::Evidence& evidence, std::string_view owner, RRType type,
            const std::function<void(dns::Message&)>& how);

}  // namespace served
