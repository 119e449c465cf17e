#include <algorithm>
#include <map>
#include <set>

#include "dns/reply.h"
#include "validator/audit.h"

namespace validator {
namespace {

using Addresses = std::vector<dns::Address>;

struct Serial {
  std::uint32_t serial = 0;
  std::optional<dns::Timestamp> inception;  // of its signature
};

// The agreement of one zone's servers (RFC 1034 §4.3.5).
class ZoneAgreement {
 public:
  ZoneAgreement(Draft& draft, ZoneId id) : draft_(draft), id_(id), name_(draft.chain.zones[id].name) {}

  void run() {
    read_serials();
    serials();
    keys();
    bad_group();
    ns_sets();
    data();
  }

 private:
  void read_serials() {
    for (const Heard& heard : draft_.facts.to(name_, dns::RRType::soa)) {
      const auto* set = heard.in_answer(name_, dns::RRType::soa);
      if (set == nullptr) continue;
      const auto soa = dns::read_soa(set->set.rdatas.front());
      if (!soa) continue;
      Serial serial{soa->serial, std::nullopt};
      for (const dns::Record& record : set->signatures)
        if (const auto rrsig = dns::read_rrsig(record.rdata)) serial.inception = rrsig->inception;
      for (const dns::Address& address : heard.servers) serials_[address] = serial;
    }
  }

  // RFC 1982: the newest is the one that no other is ahead of.
  std::uint32_t newest() const {
    std::uint32_t best = serials_.begin()->second.serial;
    for (const auto& [address, serial] : serials_)
      if (dns::before({best}, {serial.serial})) best = serial.serial;
    return best;
  }

  void serials() {
    if (serials_.empty()) return;
    const Serials seen = serials_of(draft_.facts, name_);
    std::set<std::uint32_t> distinct;
    for (const auto& [address, serial] : seen) distinct.insert(serial);
    if (distinct.size() > 1) find(Code::serials_differ, zone_subject(name_), {{"serials", seen}}, all_servers());
  }

  ServerSet all_servers() const { return draft_.chain.zones[id_].servers; }

  // Servers that answered for the zone's apex at all.
  Addresses answering() const {
    std::set<dns::Address> addresses;
    for (const auto type : {dns::RRType::dnskey, dns::RRType::soa})
      for (const Heard& heard : draft_.facts.to(name_, type))
        if (heard.usable() && heard.message->aa) addresses.insert(heard.servers.begin(), heard.servers.end());
    return {addresses.begin(), addresses.end()};
  }

  // A key that signs or has a DS, missing from some servers' DNSKEY set (RFC 4035 §2.1).
  void keys() {
    std::map<dns::Bytes, std::set<dns::Address>> published;
    std::set<dns::Address> with_keys;
    for (const Heard& heard : draft_.facts.to(name_, dns::RRType::dnskey)) {
      const auto* set = heard.in_answer(name_, dns::RRType::dnskey);
      if (set == nullptr) continue;
      with_keys.insert(heard.servers.begin(), heard.servers.end());
      for (const dns::Bytes& rdata : set->set.rdatas)
        published[rdata].insert(heard.servers.begin(), heard.servers.end());
    }
    for (const auto& [rdata, holders] : published) {
      if (holders.size() == with_keys.size()) continue;
      const auto key = dns::read_dnskey(rdata);
      if (!key || !in_use(*key) || is_one_providers_ksk(*key)) continue;
      Addresses lacking;
      std::ranges::set_difference(with_keys, holders, std::back_inserter(lacking));
      find(Code::key_missing_on_servers, zone_subject(name_), {{"tag", std::uint64_t{key->tag()}}},
           draft_.servers(id_, lacking));
    }
  }

  bool in_use(const dns::Dnskey& key) const {
    return std::ranges::any_of(draft_.chain.nodes, [&](const Node& node) {
      const auto* known = std::get_if<KeyNode>(&node.body);
      if (known != nullptr && node.zone == id_ && known->key == key) return known->signs;
      const auto* ds = std::get_if<DsNode>(&node.body);
      return ds != nullptr && ds->owner == name_ && ds->tag == key.tag() && ds->algorithm == key.algorithm;
    });
  }

  // RFC 8901 §2.1.2: where each provider has a KSK of its own, it stands in that provider's DNSKEY set alone.
  bool is_one_providers_ksk(const dns::Dnskey& key) const {
    const bool own_ksks = std::ranges::any_of(draft_.chain.findings, [&](const Finding& f) {
      const Value* mode = f.code == Code::multi_signer_present && f.zone == name_ ? detail(f, "mode") : nullptr;
      return mode != nullptr && *mode == Value(std::string("own-ksk"));
    });
    return own_ksks && std::ranges::none_of(draft_.chain.links, [&](const Link& link) {
             const auto* from = std::get_if<KeyNode>(&draft_.chain.nodes[link.from].body);
             return link.kind == LinkKind::signs && from != nullptr && from->key == key &&
                    link.covers != dns::RRType::dnskey;
           });
  }

  // Servers whose data fails while the others' holds: one summary for all that they show (findings.md §3 rule 6).
  void bad_group() {
    if (draft_.chain.zones[id_].security != Security::secure) return;
    const ServerSet everyone = draft_.servers(id_, answering());
    ServerSet bad;
    std::optional<Code> first;
    for (const Finding& f : draft_.chain.findings) {
      const int layer = row(f.code).layer;
      if (!(f.zone == name_) || row(f.code).breaks != Breaks::yes || layer < 4 || layer > 7 || f.servers.empty())
        continue;
      if (f.subject.type == dns::RRType::ds && !(f.subject.name == name_))
        continue;  // about a child: not this zone's copy
      bad = merged(bad, f.servers);
      if (!first) first = f.code;
    }
    if (bad.empty() || bad.size() >= everyone.size()) return;
    ServerSet good;
    std::ranges::set_difference(everyone, bad, std::back_inserter(good));
    for (const ServerId server : bad) classify(server, good, *first);
  }

  void classify(ServerId server, const ServerSet& good, Code first) {
    const Server which = draft_.chain.servers[server];
    const auto subject = server_subject(which);
    if (loses_dnssec(server)) return;  // told already, and all the rest follows from it (findings.md §3 rule 6d)
    if (!has_dnssec(which.address)) return find(Code::server_unsigned, subject, {}, {server});
    if (const auto mine = serials_.find(which.address); mine != serials_.end() && is_stale(mine->second, good)) {
      const std::int64_t age =
          mine->second.inception ? dns::distance(*mine->second.inception, dns::timestamp(draft_.now)).count() : 0;
      return find(
          Code::server_stale, subject,
          {{"serial", std::uint64_t{mine->second.serial}}, {"newest_serial", std::uint64_t{newest()}}, {"age", age}},
          {server});
    }
    find(Code::server_copy_bogus, subject, {{"first_code", std::string(to_text(first))}}, {server});
  }

  bool is_stale(const Serial& mine, const ServerSet& good) const {
    return std::ranges::any_of(good, [&](ServerId id) {
      const auto other = serials_.find(draft_.chain.servers[id].address);
      if (other == serials_.end() || !dns::before({mine.serial}, {other->second.serial})) return false;
      return !mine.inception || !other->second.inception || dns::before(*mine.inception, *other->second.inception);
    });
  }

  bool loses_dnssec(ServerId server) const {
    return std::ranges::any_of(draft_.chain.findings, [&](const Finding& f) {
      return f.code == Code::server_loses_dnssec && std::ranges::binary_search(f.servers, server);
    });
  }

  bool has_dnssec(const dns::Address& address) const {
    for (const auto& [question, replies] : draft_.facts.all()) {
      if (!question.first.is_at_or_below(name_)) continue;
      for (const Heard& heard : replies) {
        if (!std::ranges::binary_search(heard.servers, address) || !heard.message->aa) continue;
        for (const auto* section : {&heard.answer, &heard.authority})
          for (const dns::SignedRRset& set : *section)
            if (!set.signatures.empty() || set.set.type == dns::RRType::dnskey) return true;
      }
    }
    return false;
  }

  // Parent and child name the same servers (RFC 1034 §4.2.2).
  void ns_sets() {
    std::set<dns::Name> parents, child;
    for (const Heard* heard : draft_.facts.referrals_to(name_))
      for (const dns::Name& ns : dns::name_servers(*heard->message, name_)) parents.insert(ns);
    for (const Heard& heard : draft_.facts.to(name_, dns::RRType::ns))
      if (heard.message->aa && heard.in_answer(name_, dns::RRType::ns) != nullptr)
        for (const dns::Name& ns : dns::name_servers(*heard.message, name_)) child.insert(ns);
    if (parents.empty() || child.empty() || parents == child) return;
    NamedAddresses missing, extra;
    for (const dns::Name& ns : child)
      if (!parents.contains(ns)) missing.emplace_back(ns, std::nullopt);
    for (const dns::Name& ns : parents)
      if (!child.contains(ns)) extra.emplace_back(ns, std::nullopt);
    find(Code::ns_sets_differ, delegation_subject(name_), {{"missing", missing}, {"extra", extra}}, {});
  }

  // One serial, two contents (RFC 1034 §4.3.5). Keys and what is asked of the parent have rows of their own; what is
  // made up per query (denials) is not compared.
  void data() {
    for (const auto& [question, replies] : draft_.facts.all()) {
      const auto& [owner, type] = question;
      if (zone_holding(draft_.chain, owner) != id_ || type == dns::RRType::soa || type == dns::RRType::ds ||
          type == dns::RRType::dnskey || type == dns::RRType::cds || type == dns::RRType::cdnskey)
        continue;
      std::map<std::uint32_t, std::map<std::vector<dns::Bytes>, std::set<dns::Address>>> contents;
      for (const Heard& heard : replies) {
        if (!heard.usable() || !heard.message->aa) continue;
        const auto* set = heard.in_answer(owner, type);
        for (const dns::Address& address : heard.servers)
          if (const auto serial = serials_.find(address); serial != serials_.end())
            contents[serial->second.serial][set == nullptr ? std::vector<dns::Bytes>{} : set->set.rdatas].insert(
                address);
      }
      for (const auto& [serial, kinds] : contents)
        if (kinds.size() > 1) differs(type, serial, kinds);
    }
  }

  void differs(dns::RRType type, std::uint32_t serial,
               const std::map<std::vector<dns::Bytes>, std::set<dns::Address>>& kinds) {
    std::set<dns::Address> who;
    for (const auto& [rdatas, addresses] : kinds) who.insert(addresses.begin(), addresses.end());
    find(Code::data_differs_at_same_serial, zone_subject(name_), {{"serial", std::uint64_t{serial}}, {"type", type}},
         draft_.servers(id_, {who.begin(), who.end()}));
  }

  void find(Code code, Subject subject, std::vector<Detail> details, const ServerSet& servers) {
    draft_.find(code, std::move(subject), std::move(details), id_, servers);
  }

  Draft& draft_;
  ZoneId id_;
  dns::Name name_;
  std::map<dns::Address, Serial> serials_;
};

}  // namespace

std::optional<ZoneId> zone_holding(const Chain& chain, const dns::Name& name) {
  std::optional<ZoneId> best;
  for (ZoneId id = 0; id < chain.zones.size(); ++id) {
    const dns::Name& zone = chain.zones[id].name;
    if (name.is_at_or_below(zone) && (!best || zone.labels() > chain.zones[*best].name.labels())) best = id;
  }
  return best;
}

Serials serials_of(const Facts& facts, const dns::Name& zone) {
  Serials serials;
  for (const Heard& heard : facts.to(zone, dns::RRType::soa)) {
    const auto* set = heard.in_answer(zone, dns::RRType::soa);
    const auto soa = set == nullptr ? std::nullopt : dns::read_soa(set->set.rdatas.front());
    if (!soa) continue;
    for (const dns::Address& address : heard.servers) serials[address] = soa->serial;
  }
  return serials;
}

void agreement_findings(Draft& draft) {
  if (draft.chain.mode != dns::Mode::walk) return;  // one resolver speaks for all servers: nothing to compare
  for (ZoneId id = 0; id < draft.chain.zones.size(); ++id) ZoneAgreement(draft, id).run();
}

}  // namespace validator
