#include "validator/entry_findings.h"

#include <algorithm>
#include <set>

namespace validator {
namespace {

std::vector<KeyId> ids_of(const std::vector<dns::Dnskey>& keys) {
  std::vector<KeyId> ids;
  for (const dns::Dnskey& key : keys) ids.push_back({key.tag(), key.algorithm, key.flags});
  std::ranges::sort(ids);
  return ids;
}

std::vector<DsId> ids_of(const std::vector<dns::Ds>& records) {
  std::vector<DsId> ids;
  for (const dns::Ds& ds : records) ids.push_back({ds.tag, ds.algorithm, ds.digest_type});
  std::ranges::sort(ids);
  return ids;
}

std::vector<std::uint16_t> signing_tags(const JudgedSet& set) {
  std::set<std::uint16_t> tags;
  for (const JudgedSignature& signature : set.signatures)
    if (signature.state != SignatureState::unreadable) tags.insert(signature.rrsig.tag);
  return {tags.begin(), tags.end()};
}

std::vector<std::uint16_t> published_tags(const std::vector<dns::Dnskey>& keys) {
  std::set<std::uint16_t> tags;
  for (const dns::Dnskey& key : keys) tags.insert(key.tag());
  return {tags.begin(), tags.end()};
}

bool has_signature_by(const JudgedSet& set, const dns::Dnskey& key) {
  return std::ranges::any_of(set.signatures, [&](const JudgedSignature& signature) {
    return signature.rrsig.tag == key.tag() && signature.rrsig.algorithm == key.algorithm;
  });
}

std::string_view unusable_word(DsState state) {
  if (state == DsState::key_revoked) return "revoked";
  return state == DsState::key_not_zone_key ? "zone-flag" : "protocol";
}

// DS by DS, where the zone was entered or could not be.
class DsFindings {
 public:
  DsFindings(Draft& draft, ZoneId zone, const Vouchers& vouchers, const KeysJudgement& judgement,
             const ServerSet& servers)
      : draft_(draft),
        zone_(zone),
        name_(vouchers.zone()),
        judgement_(judgement),
        servers_(servers),
        entered_(judgement.trusted.has_value()) {}

  void raise() {
    for (const JudgedDs& judged : judgement_.ds) one(judged);
    if (judgement_.ds.empty()) return;
    sha1_only();
    entered_ ? missing_algorithms() : not_entered();
  }

 private:
  void one(const JudgedDs& judged) {
    const auto subject = ds_subject(name_, judged.ds);
    switch (judged.state) {
      case DsState::matches: matching(judged); return;
      case DsState::no_key: without_key(judged); return;
      case DsState::digest_differs: wrong_digest(judged, "value"); return;
      case DsState::length_wrong: wrong_digest(judged, "length"); return;
      case DsState::key_revoked:
      case DsState::key_not_zone_key:
      case DsState::key_wrong_protocol:
        find(Code::ds_for_unusable_key, subject, {{"reason", std::string(unusable_word(judged.state))}});
        return;
      case DsState::unsupported_algorithm:
        find(Code::ds_unsupported, subject, {{"which", std::string("algorithm")}});
        return;
      case DsState::unsupported_digest: {
        const bool forbidden =
            judged.ds.digest_type == dns::Digest::null || judged.ds.digest_type == dns::Digest::gost94;
        if (forbidden)
          find(Code::ds_digest_forbidden, subject, {});
        else
          find(Code::ds_unsupported, subject, {{"which", std::string("digest")}});
        return;
      }
      case DsState::ignored_sha1: find(Code::ds_sha1_surplus, subject, {{"stronger", stronger(judged)}}); return;
      case DsState::not_considered:
        find(Code::work_budget_spent, subject,
             {{"which", std::string("digests")},
              {"spent", count(judgement_.ds.size())},
              {"limit", std::uint64_t{draft_.policy.bounds.ds_considered}}});
        return;
    }
  }

  void matching(const JudgedDs& judged) {
    if (!judged.key->is_sep()) find(Code::ds_for_key_without_sep, ds_subject(name_, judged.ds), {});
    if (entered_ || judged.signs || an_entry_signs()) return;
    find(Code::entry_key_not_signing, delegation_subject(name_),
         {{"tag", std::uint64_t{judged.ds.tag}}, {"signing", signing_tags(judgement_.set)}});
  }

  // One that signs, in vain, is enough: then that signature is what to look at (findings.md §3 7d).
  bool an_entry_signs() const {
    return std::ranges::any_of(judgement_.ds, [&](const JudgedDs& judged) {
      return judged.state == DsState::matches && has_signature_by(judgement_.set, *judged.key);
    });
  }

  void without_key(const JudgedDs& judged) {
    if (!entered_) {
      raise_mistyped(judged);
      return;
    }
    // In another server's DNSKEY set it may have one: of another provider (RFC 8901 §2.1.2), or missing here.
    if (!published_anywhere(judged.ds)) find(Code::ds_without_key, ds_subject(name_, judged.ds), {});
  }

  bool published_anywhere(const dns::Ds& ds) const {
    for (const Heard& heard : draft_.facts.to(name_, dns::RRType::dnskey)) {
      const auto* set = heard.in_answer(name_, dns::RRType::dnskey);
      if (set == nullptr) continue;
      for (const dns::Dnskey& key : read_keys(set->set))
        if (key.tag() == ds.tag && key.algorithm == ds.algorithm) return true;
    }
    return false;
  }

  void wrong_digest(const JudgedDs& judged, std::string_view reason) {
    if (entered_) {
      find(Code::ds_spare_wrong, ds_subject(name_, judged.ds),
           {{"reason", std::string(reason)}, {"stronger", stronger(judged)}});
      return;
    }
    if (!raise_mistyped(judged))
      find(Code::ds_digest_mismatch, ds_subject(name_, judged.ds), {{"reason", std::string(reason)}});
  }

  bool raise_mistyped(const JudgedDs& judged) {
    const auto slip = mistyped(name_, judged.ds, judgement_.published, draft_.verifier);
    if (!slip) return false;
    const char* fields[] = {"tag", "algorithm", "digest-type"};
    find(Code::ds_mistyped, ds_subject(name_, judged.ds),
         {{"field", std::string(fields[static_cast<std::size_t>(slip->field)])},
          {"expected", std::to_string(slip->expected)},
          {"found", std::to_string(slip->found)}});
    return true;
  }

  // Digest types of working DS for the same algorithm, SHA-1 left out.
  std::vector<std::uint16_t> stronger(const JudgedDs& judged) const {
    std::set<std::uint16_t> types;
    for (const JudgedDs& other : judgement_.ds)
      if (other.ds.algorithm == judged.ds.algorithm && other.state == DsState::matches &&
          other.ds.digest_type != dns::Digest::sha1 && other.ds.digest_type != judged.ds.digest_type)
        types.insert(dns::number(other.ds.digest_type));
    return {types.begin(), types.end()};
  }

  void sha1_only() {
    const bool all = std::ranges::all_of(
        judgement_.ds, [](const JudgedDs& judged) { return judged.ds.digest_type == dns::Digest::sha1; });
    if (all) find(Code::ds_sha1_only, delegation_subject(name_), {{"ds", ds_ids()}});
  }

  // RFC 6840 §5.11: a validator takes any path, a signer must keep them all.
  void missing_algorithms() {
    std::set<dns::Algorithm> all, working;
    for (const JudgedDs& judged : judgement_.ds) {
      if (!draft_.policy.accepts(judged.ds.algorithm)) continue;
      all.insert(judged.ds.algorithm);
      if (judged.state == DsState::matches && judged.signs) working.insert(judged.ds.algorithm);
      if (judged.state == DsState::matches && bench_stopped_early()) working.insert(judged.ds.algorithm);
    }
    for (const dns::Algorithm algorithm : all)
      if (!working.contains(algorithm))
        find(Code::entry_missing_for_algorithm, delegation_subject(name_),
             {{"algorithm", std::uint64_t{dns::number(algorithm)}}});
  }

  // In quick effort the first good signature ends the look: the other keys' signatures were not tried.
  bool bench_stopped_early() const {
    return std::ranges::any_of(judgement_.set.signatures, [](const JudgedSignature& signature) {
      return signature.state == SignatureState::unchecked;
    });
  }

  void not_entered() {
    const bool any_key =
        std::ranges::any_of(judgement_.ds, [](const JudgedDs& judged) { return judged.key.has_value(); });
    const bool any_sep = std::ranges::any_of(judgement_.published, [](const dns::Dnskey& key) { return key.is_sep(); });
    if (!any_key && !any_sep)
      find(Code::ksk_missing, zone_subject(name_), {{"keys", ids_of(judgement_.published)}, {"ds", ds_ids()}});
    if (!any_key)
      find(Code::ds_matches_no_key, delegation_subject(name_),
           {{"ds", ds_ids()}, {"keys", ids_of(judgement_.published)}});
    find(Code::no_secure_entry, delegation_subject(name_), {{"ds", ds_ids()}, {"keys", ids_of(judgement_.published)}});
  }

  std::vector<DsId> ds_ids() const {
    std::vector<dns::Ds> records;
    for (const JudgedDs& judged : judgement_.ds) records.push_back(judged.ds);
    return ids_of(records);
  }

  void find(Code code, Subject subject, std::vector<Detail> details) {
    draft_.find(code, std::move(subject), std::move(details), zone_, servers_);
  }

  Draft& draft_;
  ZoneId zone_;
  dns::Name name_;
  const KeysJudgement& judgement_;
  const ServerSet& servers_;
  bool entered_;
};

// Any signature anywhere in the zone: then the zone is signed, and its keys are missing.
bool zone_has_signatures(const Facts& facts, const dns::Name& zone) {
  for (const auto& [question, replies] : facts.all())
    for (const Heard& heard : replies)
      for (const auto* section : {&heard.answer, &heard.authority})
        for (const dns::SignedRRset& set : *section)
          for (const dns::Record& record : set.signatures)
            if (const auto rrsig = dns::read_rrsig(record.rdata); rrsig && rrsig->signer == zone) return true;
  return false;
}

bool is_anchored(const Draft& draft, ZoneId zone) { return !draft.chain.zones[zone].parent; }

}  // namespace

void entry_findings(Draft& draft, ZoneId zone, const Vouchers& vouchers, const KeysJudgement& judgement,
                    const dns::SignedRRset& keys, const std::vector<NodeId>& nodes, const ServerSet& servers) {
  draft.signatures(judgement.set, keys.set, zone, nodes, servers);
  if (!is_anchored(draft, zone)) DsFindings(draft, zone, vouchers, judgement, servers).raise();
  key_findings(draft, zone, judgement, servers);
}

void no_keys_finding(Draft& draft, ZoneId zone, const Vouchers& vouchers, const ServerSet& servers) {
  if (is_anchored(draft, zone)) return;
  const dns::Name name = vouchers.zone();
  const auto ds = ids_of(vouchers.ds());
  if (zone_has_signatures(draft.facts, name))
    draft.find(Code::keys_missing, zone_subject(name), {{"ds", ds}}, zone, servers);
  else
    draft.find(Code::zone_not_signed, zone_subject(name), {{"ds", ds}}, zone, servers);
  draft.find(Code::no_secure_entry, delegation_subject(name), {{"ds", ds}, {"keys", std::vector<KeyId>{}}}, zone,
             servers);
}

void unsupported_findings(Draft& draft, ZoneId zone, const Vouchers& vouchers) {
  std::set<std::uint16_t> algorithms, digests;
  bool known_algorithm = false;
  for (const dns::Ds& ds : vouchers.ds()) {
    const bool accepted = draft.policy.accepts(ds.algorithm);
    known_algorithm = known_algorithm || accepted;
    if (!accepted) algorithms.insert(dns::number(ds.algorithm));
    if (!draft.policy.accepts(ds.digest_type)) digests.insert(dns::number(ds.digest_type));
  }
  const auto subject = delegation_subject(vouchers.zone());
  const auto reason = [&](bool has_code) { return Detail{"reason", std::string(has_code ? "policy" : "unknown")}; };
  if (!known_algorithm) {
    const bool code =
        std::ranges::any_of(algorithms, [](auto a) { return has_code_for(static_cast<dns::Algorithm>(a)); });
    draft.find(Code::delegation_algorithm_unsupported, subject,
               {reason(code), {"algorithms", std::vector<std::uint16_t>(algorithms.begin(), algorithms.end())}}, zone,
               {});
  } else {
    const bool code = std::ranges::any_of(digests, [](auto d) { return has_code_for(static_cast<dns::Digest>(d)); });
    draft.find(Code::delegation_digest_unsupported, subject,
               {reason(code), {"digests", std::vector<std::uint16_t>(digests.begin(), digests.end())}}, zone, {});
  }
}

void anchor_findings(Draft& draft, ZoneId zone, const std::vector<trustanchor::Anchor>& anchors) {
  const dns::Name name = draft.chain.zones[zone].name;
  std::set<std::uint16_t> tags;
  for (const auto& anchor : anchors) tags.insert(anchor.tag());
  const std::vector<std::uint16_t> tag_list(tags.begin(), tags.end());
  std::set<std::uint16_t> published, signing;
  for (const Heard& heard : draft.facts.to(name, dns::RRType::dnskey)) {
    const auto* set = heard.in_answer(name, dns::RRType::dnskey);
    if (set == nullptr) continue;
    for (const auto tag : published_tags(read_keys(set->set))) published.insert(tag);
    for (const dns::Record& record : set->signatures)
      if (const auto rrsig = dns::read_rrsig(record.rdata)) signing.insert(rrsig->tag);
  }
  const auto meets = [&](const std::set<std::uint16_t>& set) {
    return std::ranges::any_of(tags, [&](auto tag) { return set.contains(tag); });
  };
  const std::string reason = !meets(published) ? "absent" : !meets(signing) ? "silent" : "invalid";
  draft.find(Code::anchor_not_signing, anchor_subject(name, tag_list.empty() ? dns::KeyTag{0} : tag_list.front()),
             {{"reason", reason},
              {"tags", tag_list},
              {"published", std::vector<std::uint16_t>(published.begin(), published.end())},
              {"signing", std::vector<std::uint16_t>(signing.begin(), signing.end())}},
             zone, {}, Blame{name, Party::here});
}

}  // namespace validator
