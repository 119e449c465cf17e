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

// Nobody delegates the first zone: a referral to it is a lame server's way up (RFC 1912 §2.8).
std::vector<const Heard*> delegations_of(const Draft& draft, const Zone& zone) {
  return zone.parent ? draft.facts.referrals_to(zone.name) : std::vector<const Heard*>{};
}

// What the parent's servers say of one child.
class Delegated {
 public:
  Delegated(Draft& draft, ZoneId id)
      : draft_(draft), id_(id), zone_(draft.chain.zones[id]), referrals_(delegations_of(draft, zone_)) {}

  void run() {
    for (const Heard* heard : referrals_) glue(*heard);
    for (const dns::Name& ns : names()) {
      address(ns);
      if (ns.is_at_or_below(zone_.name)) both_addresses(ns);
    }
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

  std::set<dns::Name> names() const {
    std::set<dns::Name> names;
    for (const Heard* heard : referrals_)
      for (const dns::Name& ns : dns::name_servers(*heard->message, zone_.name)) names.insert(ns);
    return names;
  }

  // RFC 2181 §10.3: a name server's name has addresses, and is no alias. Where glue says enough nothing was asked.
  void address(const dns::Name& ns) {
    const auto lookup = look_up(ns);
    if (!lookup.reason.empty())
      find(Code::ns_without_address, with_rcode({{"ns", ns}, {"reason", lookup.reason}}, lookup), id_, {});
  }

  struct Lookup {
    std::string reason;  // "": it has addresses, or nobody asked
    std::optional<dns::Rcode> rcode;
  };

  Lookup look_up(const dns::Name& ns) const {
    Lookup lookup;
    std::size_t asked = 0, without = 0;
    bool nxdomain = false;
    for (const RRType type : {RRType::a, RRType::aaaa}) {
      if (was_asked(ns, type)) ++asked;
      for (const Heard& heard : draft_.facts.to(ns, type)) {
        if (!heard.usable()) lookup.rcode = heard.message->rcode;
        if (!heard.usable() || !heard.message->aa) continue;
        if (heard.in_answer(ns, RRType::cname) != nullptr) return {"alias", std::nullopt};
        nxdomain = nxdomain || (heard.message->rcode == dns::Rcode::nxdomain && heard.message->answer.empty());
        if (heard.in_answer(ns, type) == nullptr) ++without;
      }
    }
    const bool cut_short = draft_.facts.evidence().limit != dns::Evidence::Limit::none;
    if (asked == 0 || cut_short || !addresses(ns).empty()) return {};
    if (nxdomain) return {"nxdomain", std::nullopt};
    if (without >= 2 && asked == 2) return {"nodata", std::nullopt};
    if (without > 0) return {};  // one family was asked for alone
    lookup.reason = "error";
    return lookup;
  }

  // Somebody was in truth asked: not a replay without the question, nor a family that has no route here.
  bool was_asked(const dns::Name& ns, RRType type) const {
    return std::ranges::any_of(draft_.facts.evidence().exchanges, [&](const dns::Exchange& exchange) {
      const auto* silence = std::get_if<dns::Silence>(&exchange.outcome);
      const bool ours =
          silence != nullptr && (*silence == dns::Silence::not_asked || *silence == dns::Silence::family_unreachable);
      return exchange.ask.type == type && exchange.ask.name == ns && !ours;
    });
  }

  // Every address that any reply gave the name.
  std::set<dns::Address> addresses(const dns::Name& ns) const {
    std::set<dns::Address> found;
    for (const dns::Exchange& exchange : draft_.facts.evidence().exchanges)
      if (const dns::Message* message = exchange.message())
        for (const dns::Address& address : dns::addresses_of(*message, ns, port())) found.insert(address);
    return found;
  }

  static std::vector<Detail> with_rcode(std::vector<Detail> details, const Lookup& lookup) {
    if (lookup.reason == "error" && lookup.rcode)
      details.push_back({"rcode", std::uint64_t{dns::number(*lookup.rcode)}});
    return details;
  }

  // RFC 1034 §4.2.2: glue is a copy of what the child says, and stays one. Families that the child was not asked for,
  // or of which it said nothing, are not compared.
  void both_addresses(const dns::Name& ns) {
    std::set<dns::Address> glue = glue_of(ns), own;
    if (glue.empty() || !is_named_by_child(ns)) return;  // that is said already
    std::set<dns::Address::Family> answered;
    for (const auto& [type, family] :
         {std::pair{RRType::a, dns::Address::Family::ipv4}, std::pair{RRType::aaaa, dns::Address::Family::ipv6}})
      for (const Heard& heard : draft_.facts.to(ns, type)) {
        if (!heard.usable() || !heard.message->aa || heard.in_answer(ns, RRType::cname) != nullptr) continue;
        answered.insert(family);
        for (const dns::Address& address : dns::addresses_of(*heard.message, ns, port())) own.insert(address);
      }
    std::erase_if(glue, [&](const dns::Address& address) { return !answered.contains(address.family); });
    if (glue == own) return;
    std::vector<Detail> details{{"ns", ns}};
    if (const auto missing = only_in(own, glue, ns); !missing.empty()) details.push_back({"missing", missing});
    if (const auto extra = only_in(glue, own, ns); !extra.empty()) details.push_back({"extra", extra});
    find(Code::glue_differs, std::move(details), id_, {});
  }

  // A server that the child does not name at all is told by ns-sets-differ.
  bool is_named_by_child(const dns::Name& ns) const {
    std::set<dns::Name> child;
    for (const Heard& heard : draft_.facts.to(zone_.name, RRType::ns))
      if (heard.message->aa)
        for (const dns::Name& name : dns::name_servers(*heard.message, zone_.name)) child.insert(name);
    return child.empty() || child.contains(ns);
  }

  std::set<dns::Address> glue_of(const dns::Name& ns) const {
    std::set<dns::Address> glue;
    for (const Heard* heard : referrals_)
      for (const dns::Address& address : dns::addresses_of(*heard->message, ns, port())) glue.insert(address);
    return glue;
  }

  static NamedAddresses only_in(const std::set<dns::Address>& left, const std::set<dns::Address>& right,
                                const dns::Name& ns) {
    NamedAddresses named;
    for (const dns::Address& address : left)
      if (!right.contains(address)) named.emplace_back(ns, address);
    return named;
  }

  std::uint16_t port() const { return draft_.facts.evidence().target.port; }

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
  Zone zone_;
  std::vector<const Heard*> referrals_;
};

}  // namespace

void delegation_findings(Draft& draft) {
  if (draft.chain.mode != dns::Mode::walk) return;
  for (ZoneId id = 0; id < draft.chain.zones.size(); ++id) Delegated(draft, id).run();
}

}  // namespace validator
