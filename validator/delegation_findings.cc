#include <algorithm>
#include <map>
#include <set>

#include "dns/reply.h"
#include "validator/audit.h"

namespace validator {
namespace {

using dns::RRType;

// Every name server the walk began at has an address of a special range: the whole tree is private, and such addresses
// are right in it (findings.md server-address-private).
bool is_private_tree(const dns::Evidence& evidence) {
  return std::ranges::any_of(evidence.target.servers,
                             [](const dns::NamedServer& server) { return dns::is_special(server.address); });
}

// What the parent's servers say of one child.
class Delegated {
 public:
  Delegated(Draft& draft, ZoneId id)
      : draft_(draft), id_(id), zone_(draft.chain.zones[id]), referrals_(draft.facts.referrals_to(zone_.name)) {}

  void run() {
    for (const Heard* heard : referrals_) glue(*heard);
    no_ipv4();
    parents_disagree();
  }

 private:
  void glue(const Heard& heard) {
    const dns::Message& message = *heard.message;
    for (const dns::Name& ns : dns::name_servers(message, zone_.name)) {
      const auto addresses = dns::addresses_of(message, ns, draft_.facts.evidence().target.port);
      // RFC 9471 §3.1: all glue for in-domain servers, or TC.
      if (addresses.empty() && ns.is_at_or_below(zone_.name) && !message.tc)
        find(Code::glue_missing, {{"ns", ns}}, id_, parent_servers(heard));
      if (is_private_tree(draft_.facts.evidence())) continue;
      for (const dns::Address& address : addresses) {
        if (dns::is_special(address) || dns::is_unusable(address))
          find(Code::server_address_private, {{"ns", ns}, {"address", address}, {"which", std::string("glue")}}, id_,
               parent_servers(heard));
      }
    }
  }

  // RFC 3901 §4.
  void no_ipv4() {
    const auto is_ipv4 = [](const dns::Address& address) { return address.family == dns::Address::Family::ipv4; };
    const auto& families = draft_.facts.evidence().target.families;
    if (std::ranges::find(families, dns::Address::Family::ipv4) == families.end() || zone_.servers.empty()) return;
    if (std::ranges::any_of(zone_.servers, [&](ServerId id) { return is_ipv4(draft_.chain.servers[id].address); }))
      return;
    for (const Heard* heard : referrals_)
      for (const dns::Record& record : heard->message->additional)
        if (record.type == RRType::a) return;  // there is one, of a kind that is not asked
    find(Code::no_ipv4_server, {}, id_, {});
  }

  // RFC 1034 §4.3.5: copies of one zone refer alike.
  void parents_disagree() {
    if (!zone_.parent) return;
    std::set<std::set<dns::Name>> servers;
    std::set<std::vector<dns::Bytes>> ds;
    std::set<dns::Address> who;
    for (const Heard* heard : referrals_) {
      const auto names = dns::name_servers(*heard->message, zone_.name);
      servers.insert({names.begin(), names.end()});
      who.insert(heard->servers.begin(), heard->servers.end());
      if (!dns::speaks_of_ds(*heard->message)) continue;
      const auto* set = heard->in_authority(zone_.name, RRType::ds);
      ds.insert(set == nullptr ? std::vector<dns::Bytes>{} : set->set.rdatas);
    }
    if (servers.size() > 1) disagree(RRType::ns, who);
    if (ds.size() > 1) disagree(RRType::ds, who);
  }

  void disagree(RRType type, const std::set<dns::Address>& who) {
    std::vector<Detail> details{{"type", type}};
    const auto serials = serials_of(draft_.facts, draft_.chain.zones[*zone_.parent].name);
    if (!serials.empty()) details.push_back({"serials", serials});
    find(Code::parent_servers_disagree, std::move(details), *zone_.parent,
         draft_.servers(zone_.parent, {who.begin(), who.end()}));
  }

  ServerSet parent_servers(const Heard& heard) {
    return zone_.parent ? draft_.servers(zone_.parent, heard.servers) : ServerSet{};
  }

  void find(Code code, std::vector<Detail> details, ZoneId zone, const ServerSet& servers) {
    draft_.find(code, delegation_subject(zone_.name), std::move(details), zone, servers);
  }

  Draft& draft_;
  ZoneId id_;
  const Zone zone_;
  const std::vector<const Heard*> referrals_;
};

}  // namespace

void delegation_findings(Draft& draft) {
  if (draft.chain.mode != dns::Mode::walk) return;
  for (ZoneId id = 0; id < draft.chain.zones.size(); ++id) Delegated(draft, id).run();
}

}  // namespace validator
