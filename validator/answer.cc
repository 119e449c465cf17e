#include "validator/answer.h"

#include <algorithm>

#include "dns/canonical.h"
#include "dns/reply.h"
#include "validator/cut.h"

namespace validator {
namespace {

constexpr std::size_t most_variants = 8;

void take_least(std::optional<dns::Ttl>& ttl, dns::Ttl other) { ttl = ttl ? std::min(*ttl, other) : other; }

// One reply's word on (name, type).
class Word {
 public:
  Word(Draft& draft, const Position& position, const dns::Name& name, dns::RRType type, const Heard& heard)
      : draft_(draft),
        position_(position),
        name_(name),
        type_(type),
        heard_(heard),
        bench_(draft.bench()),
        servers_(draft.servers(position.zone, heard.servers)) {}

  AnswerJudgement judge() {
    word_.rcode = heard_.message->rcode;
    if (heard_.usable()) spoken();
    draft_.spent(bench_.work, answer_subject(name_, type_), position_.zone, servers_);
    return std::move(word_);
  }

 private:
  void spoken() {
    if (type_ == dns::RRType::rrsig) return;  // signatures are not signed: nothing can be said (RFC 4035 §2.2)
    if (type_ == dns::RRType::any) return all_sets();
    const auto* dname = dname_above();
    const auto* set = heard_.in_answer(name_, type_);
    if (set != nullptr && !(dname != nullptr && is_made_cname(*set))) return data(*set);
    if (dname != nullptr) return through_dname(*dname);
    if (const auto* cname = heard_.in_answer(name_, dns::RRType::cname)) return through_cname(*cname);
    negative();
  }

  const dns::SignedRRset* dname_above() const {
    for (const dns::SignedRRset& set : heard_.answer)
      if (set.set.type == dns::RRType::dname && !set.set.rdatas.empty() && name_.is_below(set.set.owner)) return &set;
    return nullptr;
  }

  // Who asks for the CNAME below a DNAME gets one that nobody signed (RFC 6672 §5.3.1).
  bool is_made_cname(const dns::SignedRRset& set) const {
    return type_ == dns::RRType::cname && set.signatures.empty();
  }

  // Judges one set of the answer; the security of the set, a wildcard's proof included (RFC 4035 §5.3.4).
  Security judge_data(const dns::SignedRRset& heard_set) {
    if (!position_.keys) return diagnose(heard_set);
    const JudgedSet judged = judge_set(heard_set, *position_.keys, bench_);
    const JudgedSignature* good = judged.secure ? judged.good_signature() : nullptr;
    Security security = good != nullptr ? Security::secure : failing();
    std::optional<dns::Name> wildcard;
    std::optional<std::size_t> unproven;
    if (good != nullptr && is_wildcard_expansion(good->rrsig, heard_set.set.owner)) {
      wildcard = dns::signed_owner(heard_set.set.owner, good->rrsig.labels);
      security = wildcard_security(heard_set.set.owner, good->rrsig.labels, unproven);
    }
    const Security result = keep(heard_set, security, wildcard);
    const NodeId node = word_.nodes.back();
    const auto finding = draft_.signatures(judged, heard_set.set, position_.zone, {node}, servers_);
    if (!word_.finding && result != Security::secure) word_.finding = unproven ? unproven : finding;
    if (good != nullptr) take_least(word_.ttl, usable_ttl(heard_set.set, *good, draft_.now));
    ttl_findings(heard_set, judged);
    return result;
  }

  // The zone is not secure for a reason above; what its own keys say still tells one fault from two (findings.md §1,
  // raising rule 2).
  Security diagnose(const dns::SignedRRset& heard_set) {
    keep(heard_set, position_.security, std::nullopt);
    if (position_.security != Security::insecure) diagnose_signatures(heard_set, word_.nodes.back());
    return position_.security;
  }

  void diagnose_signatures(const dns::SignedRRset& heard_set, NodeId node) {
    if (position_.own_keys.empty()) return;
    const JudgedSet judged = judge_with(heard_set, draft_.chain.zones[position_.zone].name, position_.own_keys, bench_);
    draft_.signatures(judged, heard_set.set, position_.zone, {node}, servers_);
  }

  // Whether the name is a zone of its own may be unknown; what this zone's SOA or signatures claim for it still has to
  // hold here, or an answer changed on its way would pass for one that nobody can judge (RFC 4035 §5.5).
  Security failing() const {
    const auto claimed = dns::claimed_apexes(*heard_.message);
    const bool is_ours = std::ranges::find(claimed, draft_.chain.zones[position_.zone].name) != claimed.end();
    return position_.uncertain && !is_ours ? Security::indeterminate : Security::bogus;
  }

  Security keep(const dns::SignedRRset& heard_set, Security security, std::optional<dns::Name> wildcard) {
    word_.nodes.push_back(
        draft_.node(position_.zone, RRsetNode{heard_set.set, std::move(wildcard), false}, security, servers_));
    word_.records.push_back(heard_set);
    if (!position_.keys) take_least(word_.ttl, heard_set.set.ttl);
    return security;
  }

  Security wildcard_security(const dns::Name& owner, std::uint8_t labels, std::optional<std::size_t>& unproven) {
    const JudgedDenial judged = judge_denial_sets(position_, heard_, bench_);
    const Denial denial(position_.keys->zone(), judged.sets, draft_.policy, hash_of(draft_), bench_.work);
    const Proof proof = with_records(denial, denial.prove_wildcard_answer(owner, labels));
    return proven(judged, proof, owner, Wanted::wildcard_answer, unproven);
  }

  // Draws a proof and says what it is worth; `why` gets the finding of a failure.
  Security proven(const JudgedDenial& judged, const Proof& proof, const dns::Name& name, Wanted wanted,
                  std::optional<std::size_t>& why) {
    Security security = failing();
    if (proof.outcome == Proof::Outcome::proven) security = Security::secure;
    if (proof.outcome == Proof::Outcome::insecure) security = Security::insecure;
    const Subject subject = denial_subject(name, type_, wanted);
    const NodeId node = denial_node(draft_, position_, name, type_, wanted, judged, proof, security, servers_);
    if (wanted != Wanted::wildcard_answer) word_.nodes.push_back(node);
    for (std::size_t i = 0; i < judged.judged.size(); ++i) {
      const auto finding =
          draft_.signatures(judged.judged[i], judged.sources[i]->set, position_.zone, {node}, servers_);
      if (!why && !judged.judged[i].secure) why = finding;
      if (judged.judged[i].secure)
        take_least(word_.ttl, usable_ttl(judged.sources[i]->set, *judged.judged[i].good_signature(), draft_.now));
    }
    if (why && proof.outcome == Proof::Outcome::failed) return security;  // unverified records are the cause
    const auto finding = proof_findings(draft_, position_, subject, proof, servers_);
    if (!why) why = finding;
    return security;
  }

  void data(const dns::SignedRRset& set) { word_.security = judge_data(set); }

  // RFC 6840 §4.2: every set that came is validated; what did not come is no fault. RFC 8482 answers fit in.
  void all_sets() {
    bool any = false;
    Security security = Security::secure;
    for (const dns::SignedRRset& set : heard_.answer) {
      if (!(set.set.owner == name_) || set.set.rdatas.empty()) continue;
      any = true;
      security = worse(security, judge_data(set));
    }
    if (!any) return negative();
    word_.security = security;
  }

  void through_cname(const dns::SignedRRset& cname) {
    word_.security = judge_data(cname);
    word_.alias = word_.nodes.back();
    if (cname.set.rdatas.size() == 1) word_.next = dns::read_target(cname.set.rdatas.front());
    if (!word_.next) word_.security = worse(word_.security, failing());
  }

  // Only the DNAME is signed; the CNAME is computed, never believed (RFC 6672 §5.3.1).
  void through_dname(const dns::SignedRRset& dname) {
    word_.security = judge_data(dname);
    const NodeId node = word_.nodes.back();
    word_.alias = node;
    const auto target = dname.set.rdatas.size() == 1 ? dns::read_target(dname.set.rdatas.front()) : std::nullopt;
    if (!target) {
      word_.security = worse(word_.security, failing());
      return;
    }
    const auto expected = name_.replace_suffix(dname.set.owner, *target);
    if (!expected) {  // RFC 6672 §2.2: too long, YXDOMAIN; the DNAME alone says so
      word_.rcode = dns::Rcode::yxdomain;
      return;
    }
    // Asked for the CNAME, the server has answered with it; its RCODE may still be about where that leads (RFC 6672
    // §3.2).
    const bool is_the_answer =
        heard_.in_answer(name_, type_) != nullptr && heard_.message->rcode == dns::Rcode::noerror;
    if (!is_the_answer) word_.next = expected;
    made_cname(dname.set, *expected, node);
  }

  void made_cname(const dns::RRset& dname, const dns::Name& expected, NodeId dname_node) {
    const auto* cname = heard_.in_answer(name_, dns::RRType::cname);
    dns::RRset made{name_,     dns::RRType::cname, dns::RRClass::in,
                    dname.ttl, dname.ttl,          {{expected.wire().begin(), expected.wire().end()}}};
    const auto subject = rrset_subject(name_, dns::RRType::cname);
    if (cname == nullptr) {
      draft_.find(Code::dname_cname_wrong, subject, {{"reason", std::string("absent")}, {"expected_target", expected}},
                  position_.zone, servers_);
    } else if (const auto heard_target = dns::read_target(cname->set.rdatas.front());
               !heard_target || !(*heard_target == expected)) {
      draft_.find(Code::dname_cname_wrong, subject,
                  {{"reason", std::string("target")},
                   {"target", heard_target.value_or(dns::Name{})},
                   {"expected_target", expected}},
                  position_.zone, servers_);
      // A forged CNAME beside a sound DNAME: the answer as sent is not what the zone says.
      word_.security = worse(word_.security, position_.keys ? failing() : position_.security);
    } else {
      made.ttl = made.ttl_max = cname->set.ttl;
      if (made.ttl != dname.ttl)
        draft_.find(Code::dname_cname_ttl_odd, subject,
                    {{"ttl", std::uint64_t{made.ttl}}, {"expected_ttl", std::uint64_t{dname.ttl}}}, position_.zone,
                    servers_);
    }
    word_.records.push_back({made, {}});
    const NodeId node =
        draft_.node(position_.zone, RRsetNode{std::move(made), std::nullopt, true}, word_.security, servers_);
    word_.nodes.push_back(node);
    draft_.link({LinkKind::aliases, dname_node, node, true, std::nullopt, {}, {}, {}, {}, servers_});
    word_.alias = node;
  }

  void negative() {
    const bool nxdomain = heard_.message->rcode == dns::Rcode::nxdomain;
    const Wanted wanted = nxdomain ? Wanted::nxdomain : type_ == dns::RRType::ds ? Wanted::no_ds : Wanted::nodata;
    if (!position_.keys) {
      word_.security = position_.security;
      unproven(wanted);
      return;
    }
    soa_finding(wanted);
    const JudgedDenial judged = judge_denial_sets(position_, heard_, bench_);
    const Denial denial(position_.keys->zone(), judged.sets, draft_.policy, hash_of(draft_), bench_.work);
    const Proof proof = with_records(denial, prove(denial, wanted));
    note_zone(denial, judged);
    word_.security = proven(judged, proof, name_, wanted, word_.finding);
    contradiction(denial, judged, wanted);
  }

  void unproven(Wanted wanted) {
    DenialNode body{name_, type_, wanted, {}, false};
    std::vector<const dns::SignedRRset*> sets;
    for (const dns::SignedRRset& set : heard_.authority)
      if ((set.set.type == dns::RRType::nsec || set.set.type == dns::RRType::nsec3) && !set.set.rdatas.empty())
        sets.push_back(&set);
    for (const auto* set : sets) body.records.push_back(set->set);
    word_.nodes.push_back(draft_.node(position_.zone, std::move(body), position_.security, servers_));
    if (position_.security == Security::insecure) return;
    for (const auto* set : sets) diagnose_signatures(*set, word_.nodes.back());
  }

  Proof prove(const Denial& denial, Wanted wanted) const {
    if (wanted == Wanted::nxdomain) return denial.prove_nxdomain(name_);
    // DS too: that there is no cut is less than that there is no DS, for the name or a wildcard may hold an alias.
    return denial.prove_nodata(name_, type_);
  }

  // NXDOMAIN although the proof says that the name exists: the server's RCODE is wrong (RFC 4035 §3.1.3.2).
  void contradiction(const Denial& denial, const JudgedDenial& judged, Wanted wanted) {
    if (wanted != Wanted::nxdomain || word_.security != Security::bogus || judged.sets.empty()) return;
    if (denial.prove_nodata(name_, type_).outcome != Proof::Outcome::proven || denial.says_nxname(name_)) return;
    const auto& findings = draft_.chain.findings;
    if (word_.finding && findings[*word_.finding].code == Code::nxdomain_contradicted) return;
    const auto why = draft_.find(Code::nxdomain_contradicted, answer_subject(name_, type_),
                                 {{"reason", std::string("proof")}, {"type", type_}}, position_.zone, servers_);
    if (word_.finding) draft_.explain(*word_.finding, why);
    word_.finding = why;
  }

  void note_zone(const Denial& denial, const JudgedDenial& judged) {
    Zone& zone = draft_.chain.zones[position_.zone];
    for (const DenialSet& set : judged.sets) {
      const DenialKind kind = set.set.type == dns::RRType::nsec ? DenialKind::nsec : DenialKind::nsec3;
      if (zone.denial == DenialKind::unknown)
        zone.denial = kind;
      else if (zone.denial != kind)
        zone.denial = DenialKind::both;
    }
    if (const auto parameters = denial.parameters()) note_parameters(zone, *parameters, denial.has_opt_out());
  }

  // RFC 9276 §3.1: neither iterations nor salt protect anything. Above the limit the proof itself has said so.
  void note_parameters(Zone& zone, const dns::Nsec3param& parameters, bool opt_out) {
    zone.nsec3 = Nsec3Parameters{parameters.hash, parameters.iterations, parameters.salt, opt_out};
    const auto subject = zone_subject(zone.name);
    if (parameters.iterations > 0 && parameters.iterations <= draft_.policy.max_iterations)
      draft_.find(Code::nsec3_iterations_nonzero, subject, {{"iterations", std::uint64_t{parameters.iterations}}},
                  position_.zone, servers_);
    if (!parameters.salt.empty())
      draft_.find(Code::nsec3_salt_present, subject, {{"octets", count(parameters.salt.size())}}, position_.zone,
                  servers_);
  }

  // RFC 2308 §3: a negative answer carries the SOA of the zone that gives it.
  void soa_finding(Wanted) {
    const auto* soa = heard_.soa();
    const dns::Name& zone = position_.keys->zone();
    if (soa != nullptr && soa->set.owner == zone) return;
    std::vector<Detail> details{{"reason", std::string(soa == nullptr ? "missing" : "foreign")}};
    if (soa != nullptr) details.push_back({"soa_owner", soa->set.owner});
    draft_.find(Code::denial_soa_wrong, answer_subject(name_, type_), std::move(details), position_.zone, servers_);
  }

  void ttl_findings(const dns::SignedRRset& heard_set, const JudgedSet& judged) {
    const dns::RRset& set = heard_set.set;
    const auto subject = rrset_subject(set.owner, set.type);
    const auto note = [&](Code code, std::vector<Detail> details) {
      draft_.find(code, subject, std::move(details), position_.zone, servers_);
    };
    if (set.ttl != set.ttl_max)
      note(Code::ttls_differ, {{"which", std::string("set")},
                               {"ttl", std::uint64_t{set.ttl_max}},
                               {"expected_ttl", std::uint64_t{set.ttl}}});
    const JudgedSignature* good = judged.good_signature();
    if (good == nullptr) return;
    if (set.ttl > good->rrsig.original_ttl)
      note(Code::ttl_above_original, {{"which", std::string("rrset")},
                                      {"ttl", std::uint64_t{set.ttl}},
                                      {"original_ttl", std::uint64_t{good->rrsig.original_ttl}}});
  }

  Draft& draft_;
  const Position& position_;
  const dns::Name& name_;
  dns::RRType type_;
  const Heard& heard_;
  Bench bench_;
  ServerSet servers_;
  AnswerJudgement word_;
};

}  // namespace

AnswerJudgement judge_answer(Draft& draft, const Position& position, const dns::Name& name, dns::RRType type) {
  AnswerJudgement best;
  bool any = false;
  std::size_t judged = 0;
  for (const Heard& heard : draft.facts.to(name, type)) {
    if (heard.referral_to() || !heard.usable() || judged++ >= most_variants) continue;
    AnswerJudgement word = Word(draft, position, name, type, heard).judge();
    if (!any || better(best.security, word.security) != best.security) best = std::move(word);
    any = true;
  }
  return best;
}

}  // namespace validator
