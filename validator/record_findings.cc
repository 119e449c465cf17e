#include <algorithm>
#include <map>
#include <set>

#include "validator/audit.h"

namespace validator {
namespace {

using dns::RRType;
using dns::SignedRRset;

// CNAME may stand beside these alone (RFC 2181 §10.1, RFC 4034 §3 and §4).
bool goes_with_alias(RRType type) {
  return type == RRType::cname || type == RRType::nsec || type == RRType::rrsig || type == RRType::key;
}

std::optional<dns::Rrsig> first_signature(const SignedRRset& set) {
  for (const dns::Record& record : set.signatures)
    if (auto rrsig = dns::read_rrsig(record.rdata)) return rrsig;
  return std::nullopt;
}

// The TTL that the signer gave the set; without a signature the one heard.
dns::Ttl signed_ttl(const SignedRRset& set) {
  const auto rrsig = first_signature(set);
  return rrsig ? rrsig->original_ttl : set.set.ttl;
}

// What the records of a reply show, whoever sent them.
class ReplyRecords {
 public:
  // `told`: zones whose denial TTL was spoken of; one record stands for all.
  ReplyRecords(Draft& draft, const Heard& heard, std::set<ZoneId>& told) : draft_(draft), heard_(heard), told_(told) {}

  void run() {
    if (heard_.message->aa) {
      aliases();
      denial_ttl();
    }
    if (heard_.referral_to()) signed_delegation(*heard_.referral_to());
  }

 private:
  void aliases() {
    std::map<dns::Name, std::vector<RRType>> types;
    for (const SignedRRset& set : heard_.answer)
      if (!set.set.rdatas.empty() && set.set.rrclass == dns::RRClass::in) types[set.set.owner].push_back(set.set.type);
    for (auto& [owner, at_owner] : types) {
      if (std::ranges::find(at_owner, RRType::cname) == at_owner.end()) continue;
      std::erase_if(at_owner, goes_with_alias);
      if (at_owner.empty()) continue;
      std::ranges::sort(at_owner);
      find(Code::alias_with_other_data, rrset_subject(owner, RRType::cname), {{"types", at_owner}},
           zone_holding(draft_.chain, owner));
    }
  }

  // RFC 9077 §3: the lesser of the SOA's TTL and its MINIMUM, both as signed: servers lower the SOA's on the wire.
  void denial_ttl() {
    const SignedRRset* soa = heard_.soa();
    if (soa == nullptr || soa->signatures.empty()) return;
    const auto data = dns::read_soa(soa->set.rdatas.front());
    const auto zone = zone_holding(draft_.chain, soa->set.owner);
    if (!data || !zone || !(draft_.chain.zones[*zone].name == soa->set.owner)) return;
    const dns::Ttl expected = std::min<dns::Ttl>(signed_ttl(*soa), data->minimum);
    for (const SignedRRset& set : heard_.authority) {
      if (set.set.type != RRType::nsec && set.set.type != RRType::nsec3) continue;
      if (set.signatures.empty() || signed_ttl(set) == expected || !told_.insert(*zone).second) continue;
      find(Code::nsec_ttl_wrong, rrset_subject(set.set.owner, set.set.type),
           {{"ttl", std::uint64_t{signed_ttl(set)}}, {"expected_ttl", std::uint64_t{expected}}}, zone);
    }
  }

  // RFC 4035 §2.2: neither the NS records of a delegation nor its glue are signed by the zone above.
  void signed_delegation(const dns::Name& child) {
    if (const SignedRRset* servers = heard_.in_authority(child, RRType::ns)) signed_set(*servers, child);
    for (const SignedRRset& set : dns::group(heard_.message->additional))
      if (set.set.owner.is_at_or_below(child)) signed_set(set, child);
  }

  void signed_set(const SignedRRset& set, const dns::Name& child) {
    const auto rrsig = first_signature(set);
    if (!rrsig || !child.is_below(rrsig->signer)) return;  // the child's own, from a server of both
    find(Code::non_authoritative_data_signed, rrset_subject(set.set.owner, set.set.type), {{"type", set.set.type}},
         zone_holding(draft_.chain, rrsig->signer));
  }

  void find(Code code, Subject subject, std::vector<Detail> details, std::optional<ZoneId> zone) {
    if (!zone) return;
    draft_.find(code, std::move(subject), std::move(details), *zone, draft_.servers(zone, heard_.servers));
  }

  Draft& draft_;
  const Heard& heard_;
  std::set<ZoneId>& told_;
};

// What the chain shows of one secure zone.
class SignedZone {
 public:
  SignedZone(Draft& draft, ZoneId id) : draft_(draft), id_(id), name_(draft.chain.zones[id].name) {}

  void run() {
    if (draft_.chain.zones[id_].security != Security::secure) return;
    parameters();
    algorithms();
    if (id_ + 1 == draft_.chain.zones.size()) walkable();
  }

 private:
  // RFC 5155 §7.1: the NSEC3PARAM at the apex is what servers make proofs by.
  void parameters() {
    const auto& used = draft_.chain.zones[id_].nsec3;
    if (draft_.chain.zones[id_].denial != DenialKind::nsec3 || !used) return;
    for (const Heard& heard : draft_.facts.to(name_, RRType::nsec3param)) {
      if (!heard.usable()) continue;
      const SignedRRset* set = heard.in_answer(name_, RRType::nsec3param);
      const auto fits = [&](const dns::Bytes& rdata) {
        const auto param = dns::read_nsec3param(rdata);
        return param && param->hash == used->hash && param->iterations == used->iterations && param->salt == used->salt;
      };
      if (set != nullptr && std::ranges::any_of(set->set.rdatas, fits)) continue;
      draft_.find(Code::nsec3param_mismatch, zone_subject(name_),
                  {{"reason", std::string(set == nullptr ? "absent" : "differs")}}, id_,
                  draft_.servers(id_, heard.servers));
    }
  }

  // RFC 4035 §2.2: the DNSKEY set is signed by each algorithm of the DS set, all other sets by each of the DNSKEY set.
  void algorithms() {
    std::set<dns::Algorithm> in_keys, in_ds;
    for (const Node& node : draft_.chain.nodes) {
      const auto* key = std::get_if<KeyNode>(&node.body);
      if (key != nullptr && node.zone == id_ && key->published && key->key.is_zone_key() && !key->key.is_revoked())
        in_keys.insert(key->key.algorithm);
      const auto* ds = std::get_if<DsNode>(&node.body);
      if (ds != nullptr && ds->owner == name_) in_ds.insert(ds->algorithm);
    }
    const bool all_tried = draft_.facts.evidence().target.effort == dns::Effort::full;
    if (!all_tried || (in_keys.size() < 2 && in_ds.size() < 2)) return;
    std::map<std::pair<dns::Name, RRType>, std::set<dns::Algorithm>> signed_by;
    for (const Link& link : draft_.chain.links) {
      if (link.kind != LinkKind::signs || draft_.chain.nodes[link.from].zone != id_ || !link.rrsig) continue;
      signed_by[{owner_of(link), link.covers}].insert(link.rrsig->algorithm);
    }
    for (const auto& [set, algorithms] : signed_by) {
      const bool keys = set.second == RRType::dnskey;
      for (const dns::Algorithm algorithm : keys && !in_ds.empty() ? in_ds : in_keys)
        if (!algorithms.contains(algorithm)) lacking(set.first, set.second, algorithm, keys && !in_ds.empty());
    }
  }

  dns::Name owner_of(const Link& link) const {
    const Node& node = draft_.chain.nodes[link.to];
    if (const auto* set = std::get_if<RRsetNode>(&node.body)) return set->set.owner;
    if (const auto* ds = std::get_if<DsNode>(&node.body)) return ds->owner;
    if (const auto* denial = std::get_if<DenialNode>(&node.body)) {
      const auto record = std::ranges::find(denial->records, link.covers, &dns::RRset::type);
      return record == denial->records.end() ? denial->name : record->owner;
    }
    return name_;
  }

  void lacking(const dns::Name& owner, RRType type, dns::Algorithm algorithm, bool by_ds) {
    draft_.find(Code::signature_missing_for_algorithm, rrset_subject(owner, type),
                {{"algorithm", std::uint64_t{dns::number(algorithm)}}, {"which", std::string(by_ds ? "ds" : "dnskey")}},
                id_, {});
  }

  // RFC 5155 §1. Said of the zone that was asked about alone: all the zones above are as they are.
  void walkable() {
    const bool made_up = std::ranges::any_of(draft_.chain.findings, [&](const Finding& finding) {
      return finding.code == Code::denial_made_online && finding.zone == name_;
    });
    if (draft_.chain.zones[id_].denial != DenialKind::nsec || made_up) return;
    for (const Node& node : draft_.chain.nodes) {
      const auto* denial = std::get_if<DenialNode>(&node.body);
      if (denial == nullptr || node.zone != id_) continue;
      for (const dns::RRset& record : denial->records) {
        const auto nsec = record.type == RRType::nsec ? dns::read_nsec(record.rdatas.front()) : std::nullopt;
        if (!nsec || nsec->next == name_) continue;
        draft_.find(Code::zone_walkable, zone_subject(name_), {{"next", nsec->next}}, id_, {});
        return;
      }
    }
  }

  Draft& draft_;
  ZoneId id_;
  dns::Name name_;
};

}  // namespace

void record_findings(Draft& draft) {
  if (draft.chain.mode == dns::Mode::walk) {  // a cache changes TTLs and leaves records out
    std::set<ZoneId> told;
    for (const auto& [question, replies] : draft.facts.all())
      for (const Heard& heard : replies) ReplyRecords(draft, heard, told).run();
  }
  for (ZoneId id = 0; id < draft.chain.zones.size(); ++id) SignedZone(draft, id).run();
}

}  // namespace validator
