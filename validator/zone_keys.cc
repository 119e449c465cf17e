#include "validator/zone_keys.h"

#include <algorithm>

#include "validator/entry_findings.h"

namespace validator {
namespace {

using dns::RRType;
using trustanchor::Anchor;

bool has_signatures(const ZoneStore& store) {
  return std::ranges::any_of(store.entries(), [](const auto& entry) { return entry.type == RRType::rrsig; });
}

bool is_data_key(const dns::Dnskey& key) { return key.is_zone_key() && key.protocol == 3 && !key.is_revoked(); }

// The zone's own keys as anchors: those a DS set would name, or all.
enum class Which : std::uint8_t { entry_keys, all };
std::vector<Anchor> own_anchors(const dns::Name& zone, const std::vector<dns::Dnskey>& keys, Which which) {
  std::vector<Anchor> anchors;
  for (const dns::Dnskey& key : keys)
    if (is_data_key(key) && (which == Which::all || key.is_sep()))
      anchors.push_back({zone, key, "its own DNSKEY set", "", {}, {}});
  return anchors;
}

std::vector<Anchor> ds_anchors(const dns::Name& zone, const std::vector<dns::Ds>& set) {
  std::vector<Anchor> anchors;
  anchors.reserve(set.size());
  for (const dns::Ds& ds : set) anchors.push_back({zone, ds, "the DS set given", "", {}, {}});
  return anchors;
}

std::vector<DsId> ids_of(const std::vector<dns::Ds>& set) {
  std::vector<DsId> ids;
  ids.reserve(set.size());
  for (const dns::Ds& ds : set) ids.push_back({ds.tag, ds.algorithm, ds.digest_type});
  return ids;
}

bool counts(const Anchor& anchor, const Policy& policy) {
  const auto* ds = std::get_if<dns::Ds>(&anchor.key);
  return policy.accepts(anchor.algorithm()) && (ds == nullptr || policy.accepts(ds->digest_type));
}

class Entry {
 public:
  Entry(const ZoneCheck& check, const ZonePlan& plan, Verifier& verifier, ZoneLedger& ledger)
      : check_(check), plan_(plan), name_(check.map.apex()), verifier_(verifier), ledger_(ledger) {}

  ZoneEntry run() {
    const ZoneStore& store = check_.store();
    if (check_.map.apex_id() < store.names()) entry_.heard = signed_set(store, check_.map.apex_id(), RRType::dnskey);
    entry_.heard.set.owner = name_;
    entry_.heard.set.type = RRType::dnskey;
    entry_.judgement.published = read_keys(entry_.heard.set);
    if (entry_.heard.set.rdatas.empty()) return without_keys();
    const auto keys = entry_.judgement.published;
    entry_.announced = algorithms_of(keys);
    if (!plan_.ds.empty()) {
      entry_.announced.clear();
      for (const dns::Ds& ds : plan_.ds) entry_.announced.insert(ds.algorithm);
    }
    const bool is_own = plan_.ds.empty() && plan_.anchors.empty();
    auto anchors = !plan_.ds.empty() ? ds_anchors(name_, plan_.ds)
                   : is_own          ? own_anchors(name_, keys, Which::entry_keys)
                                     : plan_.anchors;
    if (is_own && !enters(anchors)) anchors = own_anchors(name_, keys, Which::all);
    judge(anchors, is_own);
    return std::move(entry_);
  }

 private:
  // Nobody is told to expect keys, and there is no signature: a zone that is not signed.
  ZoneEntry without_keys() {
    const bool is_signed = has_signatures(check_.store());
    const bool is_expected = !plan_.ds.empty() || !plan_.anchors.empty();
    if (!is_expected && !is_signed) entry_.security = Security::insecure;
    if (is_expected)
      ledger_.add(is_signed ? Code::keys_missing : Code::zone_not_signed, zone_subject(name_),
                  {{"ds", ids_of(plan_.ds)}});
    return std::move(entry_);
  }

  Bench bench() const { return {check_.policy, check_.now, verifier_, Work(check_.policy.bounds), Bench::Depth::all}; }

  bool enters(const std::vector<Anchor>& anchors) const {
    Bench own = bench();
    return judge_keys(entry_.heard, Vouchers::from_anchors(name_, anchors), own).trusted.has_value();
  }

  // As where a walk enters: the same findings, by a draft that has heard nothing else.
  void judge(const std::vector<Anchor>& anchors, bool is_own) {
    dns::Evidence nothing;
    nothing.target.name = name_;
    nothing.target.type = RRType::dnskey;
    nothing.target.effort = dns::Effort::full;
    const Facts facts(nothing);
    trustanchor::Anchors all;
    all.anchors = anchors;
    all.source = plan_.anchors_source;
    Draft draft(facts, all, check_.policy, check_.now, verifier_);
    std::optional<ZoneId> parent;
    if (!plan_.ds.empty() && !name_.is_root()) parent = draft.zone(name_.parent(), std::nullopt);
    const ZoneId zone = draft.zone(name_, parent);

    auto usable = anchors;
    std::erase_if(usable, [&](const Anchor& anchor) { return !counts(anchor, check_.policy); });
    const Vouchers vouchers = Vouchers::from_anchors(name_, anchors);
    Bench own = bench();
    entry_.judgement = judge_keys(entry_.heard, vouchers, own);
    std::vector<NodeId> nodes;
    nodes.reserve(entry_.judgement.published.size());
    for (const dns::Dnskey& key : entry_.judgement.published)
      nodes.push_back(draft.node(zone, KeyNode{key, key.tag(), 0, true, false}, Security::indeterminate, {}));
    if (usable.empty()) {
      entry_.security = Security::insecure;
      if (parent)
        unsupported_findings(draft, zone, vouchers);
      else if (!is_own)
        draft.find(Code::anchor_unusable, anchor_subject(name_, 0),
                   {{"file", plan_.anchors_source}, {"reason", std::string("unsupported")}}, zone, {},
                   Blame{name_, Party::here});
      key_findings(draft, zone, entry_.judgement, {});
    } else {
      entry_.security = entry_.judgement.trusted ? Security::secure : Security::bogus;
      entry_findings(draft, zone, vouchers, entry_.judgement, entry_.heard, nodes, {});
      if (!entry_.judgement.trusted && !is_own && !parent) anchor_findings(draft, zone, anchors);
    }
    draft.spent(own.work, zone_subject(name_), zone, {});
    for (Finding finding : draft.chain.findings) {
      finding.zone = name_;
      finding.depth = 1;
      ledger_.add(finding);
    }
  }

  const ZoneCheck& check_;
  const ZonePlan& plan_;
  const dns::Name& name_;
  Verifier& verifier_;
  ZoneLedger& ledger_;
  ZoneEntry entry_;
};

}  // namespace

std::set<dns::Algorithm> algorithms_of(const std::vector<dns::Dnskey>& keys) {
  std::set<dns::Algorithm> algorithms;
  for (const dns::Dnskey& key : keys)
    if (is_data_key(key)) algorithms.insert(key.algorithm);
  return algorithms;
}

ZoneEntry enter_zone(const ZoneCheck& check, const ZonePlan& plan, Verifier& verifier, ZoneLedger& ledger) {
  return Entry(check, plan, verifier, ledger).run();
}

}  // namespace validator
