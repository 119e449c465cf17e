#include "validator/draft.h"

#include <algorithm>
#include <string>

#include "validator/signature_findings.h"

namespace validator {
namespace {

using State = SignatureState;

bool same_key(const KeyNode& left, const KeyNode& right) {
  if (left.published && right.published) return left.key == right.key;
  return left.tag == right.tag && left.key.algorithm == right.key.algorithm;
}

struct SameBody {
  bool operator()(const AnchorNode& a, const AnchorNode& b) const {
    return a.tag == b.tag && a.algorithm == b.algorithm && a.digest_type == b.digest_type;
  }
  bool operator()(const KeyNode& a, const KeyNode& b) const { return same_key(a, b); }
  bool operator()(const DsNode& a, const DsNode& b) const {
    return a.owner == b.owner && a.tag == b.tag && a.algorithm == b.algorithm;
  }
  bool operator()(const RRsetNode& a, const RRsetNode& b) const {
    return a.set.owner == b.set.owner && a.set.type == b.set.type && a.set.rdatas == b.set.rdatas;
  }
  bool operator()(const DenialNode& a, const DenialNode& b) const {
    return a.name == b.name && a.type == b.type && a.wanted == b.wanted;
  }
  template <class Left, class Right>
  bool operator()(const Left&, const Right&) const {
    return false;
  }
};

// What the second look adds to a node that is there.
void join(NodeBody& known, const NodeBody& more) {
  if (auto* key = std::get_if<KeyNode>(&known)) {
    const auto& other = std::get<KeyNode>(more);
    key->signs = key->signs || other.signs;
    if (other.published && !key->published) *key = KeyNode{other.key, other.tag, other.bits, true, key->signs};
  }
  if (auto* ds = std::get_if<DsNode>(&known))
    for (const auto type : std::get<DsNode>(more).digest_types)
      if (std::ranges::find(ds->digest_types, type) == ds->digest_types.end()) ds->digest_types.push_back(type);
  if (auto* anchor = std::get_if<AnchorNode>(&known)) anchor->used = anchor->used || std::get<AnchorNode>(more).used;
}

std::optional<Blame> blame_for(const dns::RRset& set, const Chain& chain, ZoneId zone) {
  if (set.type != dns::RRType::ds) return std::nullopt;
  return Blame{chain.zones[zone].name, Party::parent};
}

}  // namespace

Draft::Draft(const Facts& facts_heard, const trustanchor::Anchors& trust_anchors, const Policy& chosen, dns::Time at,
             Verifier& checker)
    : facts(facts_heard), anchors(trust_anchors), policy(chosen), now(at), verifier(checker) {
  const auto& target = facts.evidence().target;
  chain.name = target.name;
  chain.type = target.type;
  chain.mode = target.mode;
  chain.now = now;
  for (const dns::NamedServer& server : target.servers) names_[server.address].push_back(server.name);
  for (const dns::Exchange& exchange : facts.evidence().exchanges) {
    const dns::Message* message = exchange.message();
    if (message == nullptr) continue;
    for (const auto* section : {&message->answer, &message->additional})
      for (const dns::Record& record : *section) {
        if (record.type != dns::RRType::a && record.type != dns::RRType::aaaa) continue;
        if (record.form == dns::Record::Form::bad) continue;
        dns::Address address;
        address.family = record.type == dns::RRType::a ? dns::Address::Family::ipv4 : dns::Address::Family::ipv6;
        std::ranges::copy(record.rdata, address.octets.begin());
        address.port = target.port;
        auto& names = names_[address];
        if (std::ranges::find(names, record.owner) == names.end()) names.push_back(record.owner);
      }
  }
}

Bench Draft::bench() const {
  const bool all = facts.evidence().target.effort == dns::Effort::full;
  return {policy, now, verifier, Work(policy.bounds), all ? Bench::Depth::all : Bench::Depth::first_good};
}

ZoneId Draft::zone(const dns::Name& name, std::optional<ZoneId> parent) {
  for (ZoneId id = 0; id < chain.zones.size(); ++id)
    if (chain.zones[id].name == name) return id;
  chain.zones.push_back({.name = name, .parent = parent});
  const auto id = static_cast<ZoneId>(chain.zones.size() - 1);
  if (chain.mode == dns::Mode::walk) chain.zones[id].servers = servers(id, facts.asked(name, dns::RRType::dnskey));
  return id;
}

// The name under which the zone's NS sets know the address, else any name that has it.
dns::Name Draft::name_of(const dns::Address& address, std::optional<ZoneId> zone) const {
  const auto found = names_.find(address);
  if (found == names_.end() || found->second.empty()) return {};
  if (zone) {
    for (const Heard* heard : facts.referrals_to(chain.zones[*zone].name)) {
      const auto* ns = heard->in_authority(chain.zones[*zone].name, dns::RRType::ns);
      if (ns == nullptr) continue;
      for (const dns::Name& name : found->second)
        if (std::ranges::any_of(ns->set.rdatas,
                                [&](const dns::Bytes& rdata) { return dns::read_target(rdata) == name; }))
          return name;
    }
  }
  return found->second.front();
}

ServerSet Draft::servers(std::optional<ZoneId> zone, const std::vector<dns::Address>& addresses) {
  if (chain.mode == dns::Mode::stub) zone.reset();
  ServerSet set;
  for (const dns::Address& address : addresses) {
    const std::pair<std::int64_t, dns::Address> key{zone ? std::int64_t{*zone} : -1, address};
    const auto [at, is_new] = server_ids_.try_emplace(key, static_cast<ServerId>(chain.servers.size()));
    if (is_new) chain.servers.push_back({zone, name_of(address, zone), address, std::nullopt, false});
    set.push_back(at->second);
  }
  std::ranges::sort(set);
  const auto repeats = std::ranges::unique(set);
  set.erase(repeats.begin(), repeats.end());
  return set;
}

NodeId Draft::node(ZoneId zone, NodeBody body, Security security, const ServerSet& servers) {
  for (NodeId id = 0; id < chain.nodes.size(); ++id) {
    Node& known = chain.nodes[id];
    if (known.zone != zone || !std::visit(SameBody{}, known.body, body)) continue;
    // A denial stands with the records that make it what it is, not with those of a server whose copy proves less.
    const bool proves_more = better(known.security, security) != known.security;
    if (proves_more && std::holds_alternative<DenialNode>(body))
      known.body = std::move(body);
    else
      join(known.body, body);
    known.security = better(known.security, security);
    known.servers = merged(known.servers, servers);
    return id;
  }
  chain.nodes.push_back({zone, security, std::move(body), servers});
  return static_cast<NodeId>(chain.nodes.size() - 1);
}

LinkId Draft::link(Link link) {
  // As many as signatures times keys (KeyTrap at the entry of a zone): never searched one by one.
  auto& alike = links_[{link.kind, link.from, link.to, link.rrsig ? link.rrsig->signature : dns::Bytes{}}];
  for (const LinkId id : alike) {
    Link& known = chain.links[id];
    if (known.rrsig != link.rrsig || known.covers != link.covers || known.ok != link.ok) continue;
    known.servers = merged(known.servers, link.servers);
    return id;
  }
  alike.push_back(static_cast<LinkId>(chain.links.size()));
  chain.links.push_back(std::move(link));
  return alike.back();
}

std::size_t Draft::find(Code code, Subject subject, std::vector<Detail> details, ZoneId zone, const ServerSet& servers,
                        const std::optional<Blame>& blame) {
  const dns::Name name = chain.zones.empty() ? dns::Name{} : chain.zones[zone].name;
  const Party party = row(code).blame;
  Finding finding{code,
                  std::move(subject),
                  std::move(details),
                  servers,
                  name,
                  static_cast<int>(zone) + 1,
                  blame.value_or(Blame{name, party}),
                  std::nullopt};
  for (std::size_t i = 0; i < chain.findings.size(); ++i) {
    Finding& known = chain.findings[i];
    if (known.code != code || !(known.subject == finding.subject) || known.details != finding.details) continue;
    known.servers = merged(known.servers, servers);
    return i;
  }
  chain.findings.push_back(std::move(finding));
  return chain.findings.size() - 1;
}

void Draft::explain(std::size_t finding, std::size_t cause) {
  for (auto at = std::optional(cause); at; at = chain.findings[*at].consequence_of)
    if (*at == finding) return;
  if (!chain.findings[finding].consequence_of) chain.findings[finding].consequence_of = cause;
}

NodeId Draft::key_node(const JudgedSignature& signature, ZoneId zone, const ServerSet& servers) {
  KeyNode body;
  body.signs = true;
  body.tag = signature.rrsig.tag;
  body.key.algorithm = signature.rrsig.algorithm;
  body.published = signature.key.has_value();
  if (signature.key) {
    body.key = *signature.key;
    body.bits = key_facts(body.key).bits;
  }
  return node(zone, body, Security::indeterminate, servers);
}

std::optional<std::size_t> Draft::signatures(const JudgedSet& judged, const dns::RRset& set, ZoneId zone,
                                             const std::vector<NodeId>& to, const ServerSet& servers) {
  const auto blame = blame_for(set, chain, zone);
  std::optional<std::size_t> first;
  const auto note = [&](std::size_t finding) {
    if (!first) first = finding;
    return finding;
  };
  if (judged.signatures.empty())
    note(find(Code::signature_missing, rrset_subject(set.owner, set.type), {}, zone, servers, blame));
  for (const JudgedSignature& s : judged.signatures) {
    std::optional<std::size_t> finding;
    if (auto fault = fault_of(s, judged, set, chain.zones[zone].name, bench())) {
      const bool of_key = fault->subject.kind == SubjectKind::key;
      finding = find(fault->code, std::move(fault->subject), std::move(fault->details), zone, servers,
                     of_key ? std::nullopt : blame);
      if (fault->weight == SignatureFault::Weight::decides) note(*finding);
    }
    if (s.state == State::unreadable || s.state == State::unchecked) continue;
    const NodeId from = key_node(s, zone, servers);
    for (const NodeId node : to) {
      if (node == from && to.size() > 1) continue;  // a key set's self-signature is drawn to the other keys
      link({LinkKind::signs, from, node, s.state == State::good, finding, set.type, s.rrsig,
            dns::nearest(s.rrsig.inception, now), dns::nearest(s.rrsig.expiration, now), servers});
    }
  }
  return first;
}

void Draft::spent(const Work& work, const Subject& subject, ZoneId zone, const ServerSet& servers) {
  if (!work.spent()) {
    const std::uint64_t limit = work.bounds().signatures_per_set;
    if (work.is_untried())
      find(Code::work_budget_spent, subject,
           {{"which", std::string(to_text(Work::Bound::signatures))}, {"spent", limit}, {"limit", limit}}, zone,
           servers);
    return;
  }
  find(Code::work_budget_spent, subject,
       {{"which", std::string(to_text(*work.spent()))}, {"spent", work.spent_count()}, {"limit", work.limit()}}, zone,
       servers);
}

Subject zone_subject(const dns::Name& zone) { return {.kind = SubjectKind::zone, .name = zone}; }
Subject delegation_subject(const dns::Name& child) { return {.kind = SubjectKind::delegation, .name = child}; }

Subject server_subject(const Server& server) {
  return {.kind = SubjectKind::server, .name = server.name, .address = server.address};
}

Subject key_subject(const dns::Name& zone, const dns::Dnskey& key) {
  return {.kind = SubjectKind::key, .name = zone, .tag = key.tag(), .algorithm = key.algorithm, .flags = key.flags};
}

Subject ds_subject(const dns::Name& child, const dns::Ds& ds) {
  return {.kind = SubjectKind::ds, .name = child, .tag = ds.tag, .algorithm = ds.algorithm, .digest = ds.digest_type};
}

Subject signature_subject(const dns::RRset& set, const dns::Rrsig& rrsig) {
  return {.kind = SubjectKind::signature,
          .name = set.owner,
          .type = set.type,
          .tag = rrsig.tag,
          .algorithm = rrsig.algorithm,
          .signer = rrsig.signer};
}

Subject rrset_subject(const dns::Name& owner, dns::RRType type) {
  return {.kind = SubjectKind::rrset, .name = owner, .type = type};
}

Subject denial_subject(const dns::Name& name, dns::RRType type, Wanted wanted) {
  return {.kind = SubjectKind::denial, .name = name, .type = type, .wanted = wanted};
}

Subject answer_subject(const dns::Name& name, dns::RRType type) {
  return {.kind = SubjectKind::answer, .name = name, .type = type};
}

Subject anchor_subject(const dns::Name& zone, dns::KeyTag tag) {
  return {.kind = SubjectKind::anchor, .name = zone, .tag = tag};
}

Code code_of(SignatureState state) {
  switch (state) {
    case State::expired: return Code::signature_expired;
    case State::early: return Code::signature_not_yet_valid;
    case State::inverted: return Code::signature_period_inverted;
    case State::malformed:
    case State::unreadable: return Code::signature_malformed;
    case State::signer_foreign: return Code::signature_signer_foreign;
    case State::labels_above_owner:
    case State::labels_below_signer: return Code::signature_labels_wrong;
    case State::key_missing: return Code::signing_key_missing;
    case State::key_revoked: return Code::signature_by_revoked_key;
    case State::key_not_zone_key: return Code::key_not_zone_key;
    case State::key_malformed: return Code::key_malformed;
    case State::unsupported: return Code::algorithm_unsupported;
    case State::incorrect:
    case State::good:
    case State::unchecked: return Code::signature_incorrect;
  }
  return Code::signature_incorrect;
}

std::uint64_t count(std::size_t number) { return number; }

}  // namespace validator
