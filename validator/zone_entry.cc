#include "validator/zone_entry.h"

#include <algorithm>

#include "validator/entry_findings.h"

namespace validator {
namespace {

constexpr std::size_t most_variants = 8;

// All that the replies to (zone, DNSKEY) come to.
class Entry {
 public:
  Entry(Draft& draft, ZoneId zone, const Vouchers& vouchers)
      : draft_(draft), zone_(zone), name_(draft.chain.zones[zone].name), vouchers_(vouchers) {}

  Position enter(const std::vector<NodeId>& voucher_nodes) {
    const auto& replies = draft_.facts.to(name_, dns::RRType::dnskey);
    std::size_t judged = 0;
    for (const Heard& heard : replies) {
      const auto* keys = heard.in_answer(name_, dns::RRType::dnskey);
      if (keys == nullptr || judged++ >= most_variants) continue;
      judge(heard, *keys, voucher_nodes);
    }
    Position position{.zone = zone_, .security = Security::bogus, .keys = trusted_};
    if (!trusted_) position.own_keys = published_;
    if (trusted_)
      position.security = Security::secure;
    else if (judged == 0)
      position.security = without_keys(replies);
    draft_.chain.zones[zone_].security = position.security;
    return position;
  }

 private:
  void judge(const Heard& heard, const dns::SignedRRset& keys, const std::vector<NodeId>& voucher_nodes) {
    Bench bench = draft_.bench();
    const ServerSet servers = draft_.servers(zone_, heard.servers);
    const KeysJudgement judgement = judge_keys(keys, vouchers_, bench);
    const Security security = judgement.trusted ? Security::secure : Security::bogus;
    const auto nodes = key_nodes(judgement, security, servers);
    vouch(judgement, nodes, voucher_nodes, servers);
    published_.insert(published_.end(), judgement.published.begin(), judgement.published.end());
    entry_findings(draft_, zone_, vouchers_, judgement, keys, nodes, servers);
    draft_.spent(bench.work, zone_subject(name_), zone_, servers);
    if (!judgement.trusted) return;
    trusted_ = trusted_ ? united(*trusted_, *judgement.trusted) : *judgement.trusted;
  }

  std::vector<NodeId> key_nodes(const KeysJudgement& judgement, Security security, const ServerSet& servers) {
    std::vector<NodeId> nodes;
    for (const dns::Dnskey& key : judgement.published) {
      KeyNode body{key, key.tag(), key_facts(key).bits, true, false};
      nodes.push_back(draft_.node(zone_, std::move(body), security, servers));
    }
    return nodes;
  }

  NodeId node_of(const KeysJudgement& judgement, const std::vector<NodeId>& nodes, const dns::Dnskey& key) const {
    const auto at = std::ranges::find(judgement.published, key);
    return nodes[static_cast<std::size_t>(at - judgement.published.begin())];
  }

  bool stands_for(NodeId node, dns::KeyTag tag, dns::Algorithm algorithm) const {
    const NodeBody& body = draft_.chain.nodes[node].body;
    if (const auto* ds = std::get_if<DsNode>(&body)) return ds->tag == tag && ds->algorithm == algorithm;
    if (const auto* anchor = std::get_if<AnchorNode>(&body))
      return anchor->tag == tag && anchor->algorithm == algorithm;
    return false;
  }

  void mark_used(NodeId node) {
    if (auto* anchor = std::get_if<AnchorNode>(&draft_.chain.nodes[node].body)) anchor->used = true;
  }

  // Links from DS and anchors to the keys they name; a DS without a key points at a key that is not published.
  void vouch(const KeysJudgement& judgement, const std::vector<NodeId>& nodes, const std::vector<NodeId>& vouchers,
             const ServerSet& servers) {
    for (const NodeId voucher : vouchers) {
      for (const JudgedDs& ds : judgement.ds) {
        if (!stands_for(voucher, ds.ds.tag, ds.ds.algorithm) || !ds.key) continue;
        const bool ok = ds.state == DsState::matches;
        draft_.link({LinkKind::vouches,
                     voucher,
                     node_of(judgement, nodes, *ds.key),
                     ok,
                     std::nullopt,
                     {},
                     {},
                     {},
                     {},
                     servers});
        if (ok && ds.signs) mark_used(voucher);
      }
      for (const dns::Dnskey& key : judgement.anchored) {
        if (!stands_for(voucher, key.tag(), key.algorithm)) continue;
        draft_.link(
            {LinkKind::vouches, voucher, node_of(judgement, nodes, key), true, std::nullopt, {}, {}, {}, {}, servers});
        if (judgement.entry && judgement.entry->key == key) mark_used(voucher);
      }
    }
  }

  // No reply held a DNSKEY set. Proven absence and silence are told apart: only the first is the zone's word.
  Security without_keys(const std::vector<Heard>& replies) {
    const auto spoke = std::ranges::find_if(replies, [](const Heard& heard) { return heard.usable(); });
    if (spoke == replies.end()) return Security::indeterminate;
    no_keys_finding(draft_, zone_, vouchers_, draft_.servers(zone_, spoke->servers));
    return Security::bogus;
  }

  Draft& draft_;
  ZoneId zone_;
  dns::Name name_;
  const Vouchers& vouchers_;
  std::optional<TrustedKeys> trusted_;
  std::vector<dns::Dnskey> published_;
};

std::vector<NodeId> anchor_nodes(Draft& draft, ZoneId zone, const std::vector<trustanchor::Anchor>& anchors) {
  std::vector<NodeId> nodes;
  for (const trustanchor::Anchor& anchor : anchors) {
    const auto* ds = std::get_if<dns::Ds>(&anchor.key);
    AnchorNode body{anchor.tag(), anchor.algorithm(), {}, anchor.source, false};
    if (ds != nullptr) body.digest_type = ds->digest_type;
    nodes.push_back(draft.node(zone, std::move(body), Security::secure, {}));
  }
  return nodes;
}

// The anchors' DNSKEY set came, from a resolver, without any signature: it ignores DO (RFC 4035 §3.2.1).
bool stripped(const Draft& draft, const dns::Name& zone) {
  if (draft.chain.mode != dns::Mode::stub) return false;
  bool any = false;
  for (const Heard& heard : draft.facts.to(zone, dns::RRType::dnskey)) {
    const auto* keys = heard.in_answer(zone, dns::RRType::dnskey);
    if (keys != nullptr && !keys->signatures.empty()) return false;
    any = any || heard.usable();
  }
  return any;
}

bool usable_anchor(const Policy& policy, const trustanchor::Anchor& anchor) {
  const auto* ds = std::get_if<dns::Ds>(&anchor.key);
  return policy.accepts(anchor.algorithm()) && (ds == nullptr || policy.accepts(ds->digest_type));
}

// The DNSKEY set of a zone that nobody vouches for, judged by its own keys.
void own_keys(Draft& draft, Position& position, const Heard& heard, const dns::SignedRRset& set) {
  const auto keys = read_keys(set.set);
  const ServerSet servers = draft.servers(position.zone, heard.servers);
  Bench bench = draft.bench();
  const JudgedSet judged = judge_with(set, draft.chain.zones[position.zone].name, keys, bench);
  std::vector<NodeId> nodes;
  for (const dns::Dnskey& key : keys)
    nodes.push_back(draft.node(position.zone, KeyNode{key, key.tag(), key_facts(key).bits, true, false},
                               position.security, servers));
  draft.signatures(judged, set.set, position.zone, nodes, servers);
  position.own_keys.insert(position.own_keys.end(), keys.begin(), keys.end());
}

// The SOA of an anchored zone that cannot be entered, by the keys it publishes: whether that alone holds tells a fault
// of the DNSKEY set from one of our clock (findings.md §3 rule 3).
void own_soa(Draft& draft, const Position& position) {
  const dns::Name name = draft.chain.zones[position.zone].name;
  for (const Heard& heard : draft.facts.to(name, dns::RRType::soa)) {
    const auto* set = heard.in_answer(name, dns::RRType::soa);
    if (set == nullptr || set->signatures.empty()) continue;
    const ServerSet servers = draft.servers(position.zone, heard.servers);
    Bench bench = draft.bench();
    const JudgedSet judged = judge_with(*set, name, position.own_keys, bench);
    const NodeId node = draft.node(position.zone, RRsetNode{set->set, std::nullopt, false}, position.security, servers);
    draft.signatures(judged, set->set, position.zone, {node}, servers);
    return;
  }
}

std::vector<KeyId> ids_of(const std::vector<dns::Dnskey>& keys) {
  std::vector<KeyId> ids;
  for (const dns::Dnskey& key : keys) ids.push_back({key.tag(), key.algorithm, key.flags});
  return ids;
}

}  // namespace

Position enter_by_anchor(Draft& draft, const dns::Name& name) {
  const ZoneId zone = draft.zone(name, std::nullopt);
  auto anchors = draft.anchors.of(name, draft.now);
  const auto nodes = anchor_nodes(draft, zone, anchors);
  if (stripped(draft, name)) {
    const auto& heard = draft.facts.to(name, dns::RRType::dnskey).front();
    const ServerSet servers = draft.servers(zone, heard.servers);
    draft.find(Code::forwarder_strips_dnssec, server_subject(draft.chain.servers[servers.front()]), {{"name", name}},
               zone, servers, Blame{name, Party::here});
    draft.chain.zones[zone].security = Security::indeterminate;
    return {.zone = zone, .security = Security::indeterminate};
  }
  // Anchors whose algorithm or digest is not accepted do not count; none left for that reason: insecure (findings.md
  // anchor-unusable).
  std::erase_if(anchors, [&](const trustanchor::Anchor& anchor) { return !usable_anchor(draft.policy, anchor); });
  if (anchors.empty()) {
    draft.find(Code::anchor_unusable, anchor_subject(name, 0),
               {{"file", draft.anchors.source}, {"reason", std::string("unsupported")}}, zone, {},
               Blame{name, Party::here});
    draft.chain.zones[zone].security = Security::insecure;
    return {.zone = zone, .security = Security::insecure};
  }
  const Vouchers vouchers = Vouchers::from_anchors(name, anchors);
  const Position position = Entry(draft, zone, vouchers).enter(nodes);
  const bool checked = draft.policy.crypto == Policy::Crypto::checked;
  if (position.security == Security::bogus && checked) {
    anchor_findings(draft, zone, anchors);
    own_soa(draft, position);
  }
  return position;
}

Position enter_by_ds(Draft& draft, const Position& parent, const CutJudgement& cut) {
  const Vouchers& vouchers = *cut.vouchers;
  const ZoneId zone = draft.zone(vouchers.zone(), parent.zone);
  if (!any_supported(usable_ds(vouchers.ds(), draft.policy))) {
    unsupported_findings(draft, zone, vouchers);
    draft.chain.zones[zone].security = Security::insecure;
    return {.zone = zone, .security = Security::insecure};
  }
  return Entry(draft, zone, vouchers).enter(cut.nodes);
}

Position enter_insecure(Draft& draft, const Position& parent, const dns::Name& name, const CutJudgement& cut) {
  if (!seen_as_zone(draft.facts, name)) return {.zone = parent.zone, .security = Security::insecure};
  const ZoneId zone = draft.zone(name, parent.zone);
  draft.chain.zones[zone].security = Security::insecure;
  const bool reason_known =
      cut.finding && (draft.chain.findings[*cut.finding].code == Code::nsec3_opt_out ||
                      draft.chain.findings[*cut.finding].code == Code::nsec3_iterations_above_limits);
  if (!reason_known) draft.find(Code::delegation_insecure, delegation_subject(name), {}, zone, {});
  judge_island(draft, zone);
  return {.zone = zone, .security = Security::insecure};
}

Position enter_unreached(Draft& draft, const Position& parent, const dns::Name& name, Security security) {
  const ZoneId zone = draft.zone(name, parent.zone);
  draft.chain.zones[zone].security = security;
  draft.chain.zones[zone].reached = false;
  Position position{.zone = zone, .security = security};
  for (const Heard& heard : draft.facts.to(name, dns::RRType::dnskey))
    if (const auto* set = heard.in_answer(name, dns::RRType::dnskey)) own_keys(draft, position, heard, *set);
  return position;
}

void judge_island(Draft& draft, ZoneId zone) {
  const dns::Name name = draft.chain.zones[zone].name;
  for (const Heard& heard : draft.facts.to(name, dns::RRType::dnskey)) {
    const auto* set = heard.in_answer(name, dns::RRType::dnskey);
    if (set == nullptr) continue;
    Bench bench = draft.bench();
    const auto keys = read_keys(set->set);
    const JudgedSet judged = judge_with(*set, name, keys, bench);
    const ServerSet servers = draft.servers(zone, heard.servers);
    std::vector<NodeId> nodes;
    for (const dns::Dnskey& key : keys)
      nodes.push_back(
          draft.node(zone, KeyNode{key, key.tag(), key_facts(key).bits, true, false}, Security::insecure, servers));
    if (judged.good) {
      draft.find(Code::island_of_security, delegation_subject(name), {{"keys", ids_of(keys)}}, zone, servers);
      for (const NodeId node : nodes)
        if (judged.signatures[*judged.good].key == std::get<KeyNode>(draft.chain.nodes[node].body).key)
          std::get<KeyNode>(draft.chain.nodes[node].body).signs = true;
    } else {
      const Code code = judged.signatures.empty() ? Code::signature_missing : code_of(judged.signatures.front().state);
      draft.find(Code::island_broken, delegation_subject(name), {{"first_code", std::string(to_text(code))}}, zone,
                 servers);
    }
  }
}

}  // namespace validator
