#include <algorithm>
#include <set>

#include "dns/canonical.h"
#include "validator/audit.h"
#include "validator/delegation.h"

namespace validator {
namespace {

using dns::RRType;
using dns::SignedRRset;

const dns::Bytes delete_cds{0, 0, 0, 0, 0};      // "0 0 0 00", RFC 8078 §4
const dns::Bytes delete_cdnskey{0, 0, 3, 0, 0};  // "0 3 0 AA=="
constexpr auto delete_algorithm = dns::Algorithm{0};

bool asks_for_deletion(RRType type, const dns::Bytes& rdata) {
  if (type == RRType::cds) {
    const auto ds = dns::read_ds(rdata);
    return ds && ds->algorithm == delete_algorithm;
  }
  const auto key = dns::read_dnskey(rdata);
  return key && key->algorithm == delete_algorithm;
}

DsId id_of(const dns::Ds& ds) { return {ds.tag, ds.algorithm, ds.digest_type}; }

// What of `left` is not in `right`.
std::vector<DsId> only_in(const std::vector<dns::Ds>& left, const std::vector<dns::Ds>& right) {
  std::vector<DsId> ids;
  for (const dns::Ds& ds : left)
    if (std::ranges::find(right, ds) == right.end()) ids.push_back(id_of(ds));
  return ids;
}

// What one zone asks its parent to do, and whether the parent may do it (RFC 7344, RFC 8078).
class ZoneRequest {
 public:
  ZoneRequest(Draft& draft, ZoneId id) : draft_(draft), id_(id), name_(draft.chain.zones[id].name) {}

  void run() {
    if (name_.is_root()) return;
    for (const RRType type : {RRType::cds, RRType::cdnskey}) agreement(type);
    const SignedRRset *cds = heard(RRType::cds), *cdnskey = heard(RRType::cdnskey);
    const bool by_cds = deletion(RRType::cds, cds), by_cdnskey = deletion(RRType::cdnskey, cdnskey);
    for (const SignedRRset* set : {cds, cdnskey})
      if (set != nullptr) signer(*set);
    if (by_cds || by_cdnskey) return;
    if (cds != nullptr && cdnskey != nullptr) compare(*cds, *cdnskey);
    if (cds != nullptr || cdnskey != nullptr) try_it(cds, cdnskey);
  }

 private:
  // RFC 9975 §3.1: all servers ask for the same, or the parent does nothing.
  void agreement(RRType type) {
    std::set<std::vector<dns::Bytes>> sets;
    std::set<dns::Address> who;
    for (const Heard& heard : draft_.facts.to(name_, type)) {
      if (!heard.usable() || !heard.message->aa) continue;
      const SignedRRset* set = heard.in_answer(name_, type);
      sets.insert(set == nullptr ? std::vector<dns::Bytes>{} : set->set.rdatas);
      who.insert(heard.servers.begin(), heard.servers.end());
    }
    if (sets.size() < 2) return;
    draft_.find(Code::cds_servers_disagree, zone_subject(name_), {{"type", type}}, id_,
                draft_.servers(id_, {who.begin(), who.end()}));
  }

  const SignedRRset* heard(RRType type) const {
    for (const Heard& heard : draft_.facts.to(name_, type))
      if (const SignedRRset* set = heard.in_answer(name_, type)) return set;
    return nullptr;
  }

  // Returns: the set has a delete request in it, right or wrong.
  bool deletion(RRType type, const SignedRRset* set) {
    if (set == nullptr) return false;
    const auto& rdatas = set->set.rdatas;
    if (std::ranges::none_of(rdatas, [&](const dns::Bytes& rdata) { return asks_for_deletion(type, rdata); }))
      return false;
    if (rdatas.size() > 1) {
      find(Code::cds_delete_wrong, {{"reason", std::string("mixed")}, {"type", type}, {"count", count(rdatas.size())}});
    } else if (rdatas.front() != (type == RRType::cds ? delete_cds : delete_cdnskey)) {
      find(Code::cds_delete_wrong, {{"reason", std::string("values")}, {"type", type}, {"count", count(1)}});
    } else {
      find(Code::cds_delete_requested, {{"type", type}});
    }
    return true;
  }

  // RFC 7344 §4.1: by a key that is in the DNSKEY set and in the DS set. Without DS there is no such key.
  void signer(const SignedRRset& set) {
    const auto ds = parent_ds();
    const auto keys = published();
    if (ds.empty() || keys.empty()) return;
    Bench bench = draft_.bench();
    bench.depth = Bench::Depth::all;
    std::vector<std::uint16_t> signing;
    for (const JudgedSignature& signature : judge_with(set, name_, keys, bench).signatures) {
      if (signature.state != SignatureState::good) continue;
      const auto names_it = [&](const dns::Ds& each) {
        return each.tag == signature.rrsig.tag && each.algorithm == signature.rrsig.algorithm;
      };
      if (std::ranges::any_of(ds, names_it)) return;
      signing.push_back(signature.rrsig.tag);
    }
    std::vector<Detail> details{{"type", set.set.type}};
    if (!signing.empty()) details.push_back({"signing", signing});
    find(Code::cds_signed_by_wrong_key, std::move(details));
  }

  // RFC 7344 §4: both say the same, each in its way. A CDNSKEY is hashed by each digest type that the CDS set uses.
  void compare(const SignedRRset& cds, const SignedRRset& cdnskey) {
    const auto asked = read_ds_set(cds.set);
    std::set<dns::Digest> types;
    for (const dns::Ds& ds : asked) types.insert(ds.digest_type);
    std::vector<dns::Ds> of_keys;
    for (const dns::Digest type : types)
      for (const dns::Dnskey& key : read_keys(cdnskey.set))
        if (const auto ds = digested(key, type)) of_keys.push_back(*ds);
    const auto add = only_in(asked, of_keys), remove = only_in(of_keys, asked);
    if (add.empty() && remove.empty()) return;
    find(Code::cds_cdnskey_disagree, changes({}, add, remove));
  }

  std::optional<dns::Ds> digested(const dns::Dnskey& key, dns::Digest type) {
    const auto digest = draft_.verifier.digest(type, dns::ds_input(name_, key));
    if (!digest) return std::nullopt;
    return dns::Ds{key.tag(), key.algorithm, type, *digest};
  }

  // The parent's part on trial: the DS set that is asked for, and the DNSKEY set as it is.
  void try_it(const SignedRRset* cds, const SignedRRset* cdnskey) {
    const SignedRRset* keys = heard(RRType::dnskey);
    const auto before = parent_ds();
    if (keys == nullptr || before.empty()) return;  // a first DS is bootstrapping, another matter (RFC 9615)
    const RRType type = cds != nullptr ? RRType::cds : RRType::cdnskey;
    const auto wanted = wanted_ds(cds, cdnskey, before);
    const auto add = only_in(wanted, before), remove = only_in(before, wanted);
    if (add.empty() && remove.empty()) return;
    const auto failure = failure_with(wanted, *keys);
    auto details = changes({{"type", type}}, add, remove);
    if (!failure) {
      details.push_back({"verdict_after", std::string("secure")});
      return find(Code::cds_differs_from_ds, std::move(details));
    }
    find(Code::cds_would_break,
         {{"type", type}, {"first_code", std::string(to_text(*failure))}, {"verdict_after", std::string("bogus")}});
  }

  // From CDNSKEY alone the parent makes digests of the types it has now.
  std::vector<dns::Ds> wanted_ds(const SignedRRset* cds, const SignedRRset* cdnskey,
                                 const std::vector<dns::Ds>& before) {
    if (cds != nullptr) return read_ds_set(cds->set);
    std::set<dns::Digest> types;
    for (const dns::Ds& ds : before) types.insert(ds.digest_type);
    std::vector<dns::Ds> wanted;
    for (const dns::Digest type : types)
      for (const dns::Dnskey& key : read_keys(cdnskey->set))
        if (const auto ds = digested(key, type)) wanted.push_back(*ds);
    return wanted;
  }

  // Why the chain would break there; nullopt: it would hold.
  std::optional<Code> failure_with(const std::vector<dns::Ds>& wanted, const SignedRRset& keys) {
    Policy on_trial = draft_.policy;
    on_trial.what_if = Policy::WhatIf::assumed_ds;
    dns::RRset assumed{name_, RRType::ds, dns::RRClass::in, 0, 0, {}};
    for (const dns::Ds& ds : wanted) assumed.rdatas.push_back(dns::write(ds));
    const auto vouchers = Vouchers::from_assumed_ds(assumed, on_trial);
    Bench bench = draft_.bench();
    const auto judged = judge_keys(keys, *vouchers, bench);
    if (judged.trusted) return std::nullopt;
    const auto all = [&](DsState state) {
      return std::ranges::all_of(judged.ds, [&](const JudgedDs& ds) { return ds.state == state; });
    };
    if (all(DsState::no_key)) return Code::ds_matches_no_key;
    if (all(DsState::digest_differs)) return Code::ds_digest_mismatch;
    if (all(DsState::matches)) return Code::entry_key_not_signing;
    return Code::no_secure_entry;
  }

  std::vector<dns::Ds> parent_ds() const {
    for (const Heard& heard : draft_.facts.to(name_, RRType::ds))
      if (const SignedRRset* set = heard.in_answer(name_, RRType::ds)) return read_ds_set(set->set);
    for (const Heard* heard : draft_.facts.referrals_to(name_))
      if (const SignedRRset* set = heard->in_authority(name_, RRType::ds)) return read_ds_set(set->set);
    return {};
  }

  std::vector<dns::Dnskey> published() const {
    const SignedRRset* set = heard(RRType::dnskey);
    return set == nullptr ? std::vector<dns::Dnskey>{} : read_keys(set->set);
  }

  static std::vector<Detail> changes(std::vector<Detail> details, const std::vector<DsId>& add,
                                     const std::vector<DsId>& remove) {
    if (!add.empty()) details.push_back({"add", add});
    if (!remove.empty()) details.push_back({"remove", remove});
    return details;
  }

  void find(Code code, std::vector<Detail> details) {
    draft_.find(code, zone_subject(name_), std::move(details), id_, {});
  }

  Draft& draft_;
  ZoneId id_;
  dns::Name name_;
};

}  // namespace

void cds_findings(Draft& draft) {
  for (ZoneId id = 0; id < draft.chain.zones.size(); ++id) ZoneRequest(draft, id).run();
}

}  // namespace validator
