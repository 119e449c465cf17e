#include "resolver/zone_answer.h"

#include <algorithm>
#include <array>

namespace resolver {
namespace {

using dns::Name;
using dns::Record;
using dns::RRType;
using dns::SignedRRset;
using Section = std::vector<Record>;

class Answering {
 public:
  Answering(const ZoneTree& zone, const ZoneQuestion& question, const Nsec3Hash& hash, dns::Message& message)
      : zone_(zone),
        name_(question.name),
        type_(question.type),
        proofs_(question.proofs),
        hash_(hash),
        message_(message) {}

  ZoneAnswer run();

 private:
  // What the way from the apex down to the name meets first.
  struct Descent {
    enum class End : std::uint8_t { name, cut, dname, gone } end = End::name;
    Name at;  // the name, the cut, the DNAME's owner, or the closest encloser
  };
  Descent descend() const;

  ZoneAnswer from_node(const ZoneTree::Node& node, const Name& source);
  ZoneAnswer refer(const Name& cut);
  ZoneAnswer redirect(const Name& dname);
  ZoneAnswer deny(const Name& encloser);

  void put(Section& section, const SignedRRset& set, const Name& owner) const;
  void put_signatures(Section& section, const SignedRRset& set, const Name& owner) const;
  void put_proof(const SignedRRset* proof);
  void put_soa();
  void put_addresses(const SignedRRset& servers);

  void prove_no_type(const Name& name);
  void prove_no_name(const Name& encloser);
  void prove_expansion(const Name& encloser);
  void prove_no_type_at_wildcard(const Name& encloser);
  dns::Bytes hashed(const Name& name) const;
  void put_match(const Name& name) { put_proof(zone_.nsec3_at(hashed(name))); }
  void put_cover(const Name& name);
  // The deepest ancestor that the chain of NSEC3 shows to exist, and the name one label longer, shown not to.
  Name prove_encloser(const Name& name);

  const ZoneTree& zone_;
  const Name& name_;
  RRType type_;
  Proofs proofs_;
  const Nsec3Hash& hash_;
  dns::Message& message_;
};

ZoneAnswer Answering::run() {
  const Descent descent = descend();
  switch (descent.end) {
    case Descent::End::cut: return refer(descent.at);
    case Descent::End::dname: return redirect(descent.at);
    case Descent::End::gone: return deny(descent.at);
    case Descent::End::name: break;
  }
  return from_node(*zone_.node(name_), name_);
}

Answering::Descent Answering::descend() const {
  for (std::size_t labels = zone_.apex().labels(); labels <= name_.labels(); ++labels) {
    const Name at = name_.ancestor(labels);
    const ZoneTree::Node* node = zone_.node(at);
    if (node == nullptr) return {Descent::End::gone, at.parent()};
    // The parent is authoritative for DS at the cut, for nothing else there or below (RFC 4035 §3.1.4.1).
    const bool cut = at != zone_.apex() && node->find(RRType::ns) != nullptr;
    if (cut && !(at == name_ && type_ == RRType::ds)) return {Descent::End::cut, at};
    if (at != name_ && node->find(RRType::dname) != nullptr) return {Descent::End::dname, at};
  }
  return {Descent::End::name, name_};
}

// `source` is the node's own name: the name asked for, or the wildcard that stands in for it (RFC 4592 §3.3.1).
ZoneAnswer Answering::from_node(const ZoneTree::Node& node, const Name& source) {
  const bool expanded = source != name_;
  const auto found = [&](const SignedRRset& set) { put(message_.answer, set, name_); };
  const SignedRRset* cname = node.find(RRType::cname);
  const SignedRRset* set = node.find(type_);
  if (type_ == RRType::any && !node.sets.empty()) {
    std::ranges::for_each(node.sets, found);
    if (expanded) prove_expansion(source.parent());
    return {};
  }
  if (type_ == RRType::rrsig && !node.sets.empty()) {
    for (const SignedRRset& each : node.sets) put_signatures(message_.answer, each, name_);
    if (!message_.answer.empty()) return {};
  } else if (set != nullptr) {
    found(*set);
    if (expanded) prove_expansion(source.parent());
    if (type_ == RRType::ns) put_addresses(*set);
    return {};
  } else if (cname != nullptr) {
    found(*cname);
    if (expanded) prove_expansion(source.parent());
    return {Answered::alias, dns::read_target(cname->set.rdatas.front())};
  }
  put_soa();
  if (expanded)
    prove_no_type_at_wildcard(source.parent());
  else
    prove_no_type(name_);
  return {Answered::no_data, std::nullopt};
}

ZoneAnswer Answering::refer(const Name& cut) {
  const SignedRRset& servers = *zone_.find(cut, RRType::ns);
  const SignedRRset* ds = zone_.find(cut, RRType::ds);
  for (const dns::Bytes& rdata : servers.set.rdatas)  // never signed at the parent (RFC 4035 §2.2)
    message_.authority.push_back({cut, RRType::ns, servers.set.rrclass, servers.set.ttl, rdata});
  // RFC 4035 §3.1.4, RFC 5155 §7.2.7
  if (ds != nullptr)
    put_proof(ds);
  else
    prove_no_type(cut);
  put_addresses(servers);
  return {Answered::referral, std::nullopt};
}

// RFC 6672 §2.2, §3.1: the DNAME, and a CNAME made from it that nobody signed.
ZoneAnswer Answering::redirect(const Name& dname) {
  const SignedRRset& set = *zone_.find(dname, RRType::dname);
  put(message_.answer, set, dname);
  const auto target = dns::read_target(set.set.rdatas.front());
  const auto next = target ? name_.replace_suffix(dname, *target) : std::nullopt;
  if (!next) {
    message_.rcode = dns::Rcode::yxdomain;
    return {Answered::data, std::nullopt};
  }
  const dns::View wire = next->wire();
  message_.answer.push_back({name_, RRType::cname, set.set.rrclass, set.set.ttl, {wire.begin(), wire.end()}});
  if (type_ == RRType::cname) return {};
  return {Answered::alias, next};
}

ZoneAnswer Answering::deny(const Name& encloser) {
  const auto wildcard = encloser.wildcard();
  const ZoneTree::Node* node = wildcard ? zone_.node(*wildcard) : nullptr;
  if (node != nullptr) return from_node(*node, *wildcard);
  message_.rcode = dns::Rcode::nxdomain;
  put_soa();
  prove_no_name(encloser);
  return {Answered::no_name, std::nullopt};
}

// --- records ---

void Answering::put(Section& section, const SignedRRset& set, const Name& owner) const {
  for (const dns::Bytes& rdata : set.set.rdatas)
    section.push_back({owner, set.set.type, set.set.rrclass, set.set.ttl, rdata});
  if (proofs_ == Proofs::with) put_signatures(section, set, owner);
}

void Answering::put_signatures(Section& section, const SignedRRset& set, const Name& owner) const {
  for (Record signature : set.signatures) {
    signature.owner = owner;
    section.push_back(std::move(signature));
  }
}

void Answering::put_proof(const SignedRRset* proof) {
  if (proof == nullptr || proofs_ == Proofs::without) return;
  const bool there = std::ranges::any_of(message_.authority, [&](const Record& record) {
    return record.type == proof->set.type && record.owner == proof->set.owner;
  });
  if (!there) put(message_.authority, *proof, proof->set.owner);
}

// RFC 2308 §3: the TTL says how long the denial may be kept.
void Answering::put_soa() {
  const SignedRRset* set = zone_.find(zone_.apex(), RRType::soa);
  const auto soa = set != nullptr ? dns::read_soa(set->set.rdatas.front()) : std::nullopt;
  if (!soa) return;
  SignedRRset negative = *set;
  negative.set.ttl = std::min(negative.set.ttl, soa->minimum);
  for (Record& signature : negative.signatures) signature.ttl = std::min(signature.ttl, soa->minimum);
  put(message_.authority, negative, zone_.apex());
}

// Glue, and the addresses of name servers within the zone.
void Answering::put_addresses(const SignedRRset& servers) {
  for (const dns::Bytes& rdata : servers.set.rdatas) {
    const auto target = dns::read_target(rdata);
    if (!target || !target->is_at_or_below(zone_.apex())) continue;
    for (const RRType type : {RRType::a, RRType::aaaa})
      if (const SignedRRset* set = zone_.find(*target, type)) put(message_.additional, *set, *target);
  }
}

// --- proofs: by NSEC RFC 4035 §3.1.3, by NSEC3 RFC 5155 §7.2 ---

void Answering::prove_no_type(const Name& name) {
  if (zone_.chain() != ZoneTree::Chain::nsec3) {
    const SignedRRset* own = zone_.nsec_at(name);
    return put_proof(own != nullptr ? own : zone_.nsec_before(name));  // an empty non-terminal has none of its own
  }
  // Without a match the name is in an opt-out span: the encloser is all that can be shown (RFC 5155 §7.2.4).
  if (zone_.nsec3_at(hashed(name)) != nullptr)
    put_match(name);
  else
    prove_encloser(name);
}

void Answering::prove_no_name(const Name& encloser) {
  if (zone_.chain() == ZoneTree::Chain::nsec3) {
    if (const auto wildcard = prove_encloser(name_).wildcard()) put_cover(*wildcard);
    return;
  }
  put_proof(zone_.nsec_before(name_));
  if (const auto wildcard = encloser.wildcard()) put_proof(zone_.nsec_before(*wildcard));
}

void Answering::prove_expansion(const Name& encloser) {
  if (zone_.chain() == ZoneTree::Chain::nsec3)
    put_cover(name_.ancestor(encloser.labels() + 1));
  else
    put_proof(zone_.nsec_before(name_));
}

void Answering::prove_no_type_at_wildcard(const Name& encloser) {
  const auto wildcard = encloser.wildcard();
  if (zone_.chain() == ZoneTree::Chain::nsec3) {
    put_match(encloser);
    put_cover(name_.ancestor(encloser.labels() + 1));
    put_match(*wildcard);
    return;
  }
  prove_no_type(*wildcard);
  put_proof(zone_.nsec_before(name_));
}

Name Answering::prove_encloser(const Name& name) {
  for (std::size_t labels = name.labels(); labels > zone_.apex().labels(); --labels) {
    const Name encloser = name.ancestor(labels - 1);
    if (zone_.nsec3_at(hashed(encloser)) == nullptr) continue;
    put_match(encloser);
    put_cover(name.ancestor(labels));
    return encloser;
  }
  return zone_.apex();
}

dns::Bytes Answering::hashed(const Name& name) const {
  const auto& param = zone_.nsec3_param();
  return param && hash_ ? hash_(name.lowered(), param->iterations, param->salt) : dns::Bytes{};
}

void Answering::put_cover(const Name& name) {
  if (const dns::Bytes hash = hashed(name); !hash.empty()) put_proof(zone_.nsec3_before(hash));
}

}  // namespace

ZoneAnswer answer_from(const ZoneTree& zone, const ZoneQuestion& question, const Nsec3Hash& hash,
                       dns::Message& message) {
  return Answering(zone, question, hash, message).run();
}

}  // namespace resolver
