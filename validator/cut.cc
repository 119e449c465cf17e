#include "validator/cut.h"

#include <algorithm>

#include "dns/reply.h"

namespace validator {
namespace {

using Kind = CutJudgement::Kind;
constexpr std::size_t most_variants = 8;  // distinct replies judged for one question; more are noise or an attack

// The better word wins: what is proven before what fails, what fails before silence.
int rank(Kind kind) {
  switch (kind) {
    case Kind::secure_ds: return 5;
    case Kind::none: return 4;
    case Kind::absent: return 3;
    case Kind::insecure: return 2;
    case Kind::bogus: return 1;
    case Kind::unknown: return 0;
  }
  return 0;
}

// One reply's word on whether `name` is a cut.
class Word {
 public:
  Word(Draft& draft, const Position& position, const dns::Name& name, const Heard& heard)
      : draft_(draft),
        position_(position),
        name_(name),
        heard_(heard),
        bench_(draft.bench()),
        servers_(draft.servers(position.zone, heard.servers)),
        child_seen_(seen_as_zone(draft.facts, name)) {}

  CutJudgement judge() {
    CutJudgement word = spoken();
    draft_.spent(bench_.work, delegation_subject(name_), position_.zone, servers_);
    return word;
  }

 private:
  CutJudgement spoken() {
    if (heard_.assumed) return assumed();
    if (!heard_.usable()) return {};
    if (const auto* ds = ds_set()) return positive(*ds);
    if (const auto* alias = alias_set()) return aliased(*alias);
    return negative();
  }

  const dns::SignedRRset* ds_set() const {
    if (const auto* ds = heard_.in_answer(name_, dns::RRType::ds)) return ds;
    // A referral carries the DS set in its authority section (RFC 4035 §3.1.4).
    return heard_.in_authority(name_, dns::RRType::ds);
  }

  // A CNAME at the name, or a DNAME above it: neither allows a cut there (standards.md §8a 6d, 6e).
  const dns::SignedRRset* alias_set() const {
    for (const dns::SignedRRset& set : heard_.answer) {
      if (set.set.rdatas.empty()) continue;
      if (set.set.type == dns::RRType::dname && name_.is_below(set.set.owner)) return &set;
    }
    return heard_.in_answer(name_, dns::RRType::cname);
  }

  CutJudgement assumed() {
    const auto* ds = heard_.in_answer(name_, dns::RRType::ds);
    if (ds == nullptr) return assumed_absence();
    CutJudgement word;
    word.vouchers = Vouchers::from_assumed_ds(ds->set, draft_.policy);
    if (!word.vouchers) return {};
    word.kind = Kind::secure_ds;
    add_ds_nodes(word, ds->set, Security::secure, true);
    return word;
  }

  // A plan without DS: nobody can sign the proof of it yet either.
  CutJudgement assumed_absence() {
    if (draft_.policy.what_if != Policy::WhatIf::assumed_ds) return {};
    CutJudgement word;
    word.kind = Kind::insecure;
    word.insecure_from = name_;
    word.nodes.push_back(draft_.node(position_.zone, DenialNode{name_, dns::RRType::ds, Wanted::no_ds, {}, false},
                                     Security::insecure, servers_));
    return word;
  }

  void add_ds_nodes(CutJudgement& word, const dns::RRset& set, Security security, bool assumed_by_policy) {
    for (const dns::Ds& ds : read_ds_set(set)) {
      const DsNode body{name_, ds.tag, ds.algorithm, {ds.digest_type}, set.ttl, assumed_by_policy};
      const NodeId node = draft_.node(position_.zone, body, security, servers_);
      if (std::ranges::find(word.nodes, node) == word.nodes.end()) word.nodes.push_back(node);
    }
  }

  CutJudgement positive(const dns::SignedRRset& ds) {
    CutJudgement word;
    const JudgedSet judged = judge_set(ds, *position_.keys, bench_);
    const bool holds = judged.secure.has_value();
    add_ds_nodes(word, ds.set, holds ? Security::secure : Security::bogus, false);
    word.finding = draft_.signatures(judged, ds.set, position_.zone, word.nodes, servers_);
    if (!holds) {
      word.kind = position_.uncertain ? Kind::unknown : Kind::bogus;
      return word;
    }
    const JudgedSignature& good = *judged.good_signature();
    if (is_wildcard_expansion(good.rrsig, name_)) {
      // A DS set made from a wildcard delegates nothing: wildcards make no cuts (RFC 4592 §4.2).
      word.kind = Kind::none;
      return word;
    }
    word.kind = Kind::secure_ds;
    word.vouchers = Vouchers::from_ds(*judged.secure);
    return word;
  }

  CutJudgement aliased(const dns::SignedRRset& alias) {
    CutJudgement word;
    const JudgedSet judged = judge_set(alias, *position_.keys, bench_);
    word.kind = judged.secure ? Kind::none : Kind::unknown;
    return word;
  }

  CutJudgement negative() {
    const JudgedDenial judged = judge_denial_sets(position_, heard_, bench_);
    if (!judged.any_heard && heard_.referral_to()) return {};  // a referral without proof: the DS question will tell
    const Denial denial(position_.keys->zone(), judged.sets, draft_.policy, hash_of(draft_), bench_.work);
    CutProof cut = denial.prove_cut(name_);
    cut.proof = with_records(denial, std::move(cut.proof));
    if (refers_to_what_it_denies(cut)) cut = {CutProof::Cut::unproven, denied_child(judged, cut.proof)};
    CutJudgement word;
    word.kind = kind_of(cut);
    // Too many iterations to look for a cut: what this zone signs at the name is its own all the same.
    if (word.kind == Kind::insecure && is_above_limit(cut.proof) && signed_from_above()) return {};
    if (word.kind == Kind::insecure) word.insecure_from = insecure_from(cut);
    if (silent_child(judged)) return {};
    // Only words that matter are drawn: an insecure cut and a failure, not each "no cut here".
    if (word.kind == Kind::insecure) note(word, judged, cut, Security::insecure);
    if (word.kind != Kind::bogus) return word;
    // A broken denial at a name that nobody knows as a zone: the answer, signed by this zone or not, will tell.
    if (!child_seen_ || position_.uncertain) return {};
    note(word, judged, cut, Security::bogus);
    return word;
  }

  // The zone is delegated, and the proof that it has no DS says that there is no such name: without opt-out nothing may
  // be left out of the chain (RFC 5155 §8.6, RFC 4035 §2.3).
  bool refers_to_what_it_denies(const CutProof& cut) const {
    return cut.cut == CutProof::Cut::absent && !cut.proof.used.empty() && child_seen_ &&
           cut.proof.outcome == Proof::Outcome::proven && heard_.message->rcode == dns::Rcode::noerror &&
           heard_.referral_to() == name_;
  }

  Proof denied_child(const JudgedDenial& judged, const Proof& denied) const {
    Proof proof;
    proof.used = denied.used;
    const dns::RRset& record = judged.sets[denied.used.back()].set;
    if (record.type == dns::RRType::nsec3)
      proof.problems = {{Code::opt_out_needed, {{"next_closer", denied.next_closer.value_or(name_)}}}};
    else if (const auto nsec = dns::read_nsec(record.rdatas.front()))
      proof.problems = {{Code::nodata_name_denied, {{"name", name_}, {"next", nsec->next}}}};
    return proof;
  }

  // NODATA by the child itself (a resolver or a server that holds both): says nothing on the parent's side (RFC 4035
  // §3.1.4.1).
  bool silent_child(const JudgedDenial& judged) const {
    const auto* soa = heard_.soa();
    const bool from_child = soa != nullptr && soa->set.owner.is_at_or_below(name_);
    if (!from_child || !judged.sets.empty()) return false;
    draft_.find(Code::ds_answered_from_wrong_side, delegation_subject(name_),
                {{"reason", std::string("child")}, {"soa_owner", soa->set.owner}}, position_.zone, servers_,
                Blame{draft_.chain.zones[position_.zone].name, Party::parent});
    return true;
  }

  static Kind kind_of(const CutProof& cut) {
    const bool opt_out = cut.proof.outcome == Proof::Outcome::insecure;
    switch (cut.cut) {
      case CutProof::Cut::insecure_delegation: return Kind::insecure;
      case CutProof::Cut::not_a_cut: return opt_out ? Kind::insecure : Kind::none;
      case CutProof::Cut::absent: return opt_out ? Kind::insecure : Kind::absent;
      case CutProof::Cut::child_side:
      case CutProof::Cut::unproven: return opt_out ? Kind::insecure : Kind::bogus;
    }
    return Kind::bogus;
  }

  static bool is_above_limit(const Proof& proof) {
    return std::ranges::any_of(
        proof.problems, [](const Problem& problem) { return problem.code == Code::nsec3_iterations_above_limits; });
  }

  // Something at or below the name comes with a signature of the zone above it.
  bool signed_from_above() const {
    const dns::Name& zone = position_.keys->zone();
    const auto by_zone = [&](const dns::Record& record) {
      const auto rrsig = dns::read_rrsig(record.rdata);
      return rrsig && rrsig->signer == zone;
    };
    for (const auto& [question, replies] : draft_.facts.all())
      for (const Heard& heard : replies)
        for (const dns::SignedRRset& set : heard.answer)
          if (set.set.owner.is_at_or_below(name_) && std::ranges::any_of(set.signatures, by_zone)) return true;
    return false;
  }

  // An opt-out span hides everything from the next closer name down (RFC 5155 §8.6).
  dns::Name insecure_from(const CutProof& cut) const { return cut.proof.next_closer.value_or(name_); }

  // Puts the proof into the Chain.
  void note(CutJudgement& word, const JudgedDenial& judged, const CutProof& cut, Security security) {
    const Subject subject = denial_subject(name_, dns::RRType::ds, Wanted::no_ds);
    const NodeId node =
        denial_node(draft_, position_, name_, dns::RRType::ds, Wanted::no_ds, judged, cut.proof, security, servers_);
    word.nodes.push_back(node);
    for (std::size_t i = 0; i < judged.judged.size(); ++i) {
      const auto finding =
          draft_.signatures(judged.judged[i], judged.sources[i]->set, position_.zone, {node}, servers_);
      if (!word.finding) word.finding = finding;
    }
    if (word.finding && security == Security::bogus)
      return;  // records that do not verify are the cause, not the want of a proof
    const auto finding = proof_findings(draft_, position_, subject, cut.proof, servers_);
    if (!word.finding) word.finding = finding;
  }

  Draft& draft_;
  const Position& position_;
  const dns::Name& name_;
  const Heard& heard_;
  Bench bench_;
  ServerSet servers_;
  bool child_seen_;
};

// A record that validators skip or that leads nowhere, or an RCODE that the proof gives the lie.
bool explains_the_rest(const Problem& problem) {
  switch (problem.code) {
    case Code::nxdomain_contradicted:
    case Code::nsec3_ignored:
    case Code::nsec_next_outside_zone:
    case Code::nsec3_from_other_zone:
    case Code::denial_chain_broken: return true;
    case Code::nsec_bitmap_malformed:
      return std::ranges::any_of(problem.details, [](const Detail& detail) {
        return detail.value == Value(std::string("order")) || detail.value == Value(std::string("length"));
      });
    default: return false;
  }
}

void take_better(CutJudgement& best, CutJudgement word) {
  if (rank(word.kind) > rank(best.kind)) best = std::move(word);
}

}  // namespace

bool seen_as_zone(const Facts& facts, const dns::Name& name) {
  if (!facts.referrals_to(name).empty()) return true;
  for (const auto& [question, replies] : facts.all()) {
    if (!question.first.is_at_or_below(name)) continue;
    for (const Heard& heard : replies) {
      const auto* soa = heard.soa();
      if (soa != nullptr && soa->set.owner == name) return true;
      if (heard.in_answer(name, dns::RRType::soa) || heard.in_answer(name, dns::RRType::dnskey)) return true;
    }
  }
  return false;
}

CutJudgement judge_cut(Draft& draft, const Position& position, const dns::Name& name) {
  CutJudgement best;
  std::size_t judged = 0;
  for (const Heard& heard : draft.facts.to(name, dns::RRType::ds))
    if (judged++ < most_variants) take_better(best, Word(draft, position, name, heard).judge());
  for (const Heard* heard : draft.facts.referrals_to(name)) {
    if (heard->exchange->ask.name == name && heard->exchange->ask.type == dns::RRType::ds) continue;
    if (!dns::speaks_of_ds(*heard->message)) continue;  // a lame server has many of them: they take nobody's place
    // More referrals that say the same are not judged again: one proof is enough, failures are judged to the bound.
    if (judged++ < most_variants) take_better(best, Word(draft, position, name, *heard).judge());
  }
  return best;
}

JudgedDenial judge_denial_sets(const Position& position, const Heard& heard, Bench& bench) {
  JudgedDenial result;
  for (const dns::SignedRRset& set : heard.authority) {
    const bool is_denial = set.set.type == dns::RRType::nsec || set.set.type == dns::RRType::nsec3;
    if (!is_denial || set.set.rdatas.empty() || set.set.rrclass != dns::RRClass::in) continue;
    result.any_heard = true;
    if (result.judged.size() >= bench.work.bounds().nsec_records) break;
    result.judged.push_back(judge_set(set, *position.keys, bench));
    result.sources.push_back(&set);
    const JudgedSet& judged = result.judged.back();
    if (judged.secure) result.sets.push_back({set.set, position.keys->zone(), judged.good_signature()->rrsig.labels});
  }
  return result;
}

Proof with_records(const Denial& denial, Proof proof) {
  for (const Problem& problem : denial.problems())
    if (std::ranges::find(proof.problems, problem) == proof.problems.end()) proof.problems.push_back(problem);
  return proof;
}

Nsec3Hash hash_of(Draft& draft) {
  return [&verifier = draft.verifier](dns::View name, dns::View salt, std::uint16_t iterations) {
    return verifier.nsec3_hash(name, salt, iterations);
  };
}

NodeId denial_node(Draft& draft, const Position& position, const dns::Name& name, dns::RRType type, Wanted wanted,
                   const JudgedDenial& judged, const Proof& proof, Security security, const ServerSet& servers) {
  DenialNode body{name, type, wanted, {}, proof.outcome == Proof::Outcome::insecure};
  if (proof.used.empty())
    for (const auto* source : judged.sources) body.records.push_back(source->set);
  for (const std::size_t index : proof.used) body.records.push_back(judged.sets[index].set);
  return draft.node(position.zone, std::move(body), security, servers);
}

std::optional<std::size_t> proof_findings(Draft& draft, const Position& position, const Subject& subject,
                                          const Proof& proof, const ServerSet& servers) {
  std::optional<Blame> blame;
  if (subject.wanted == Wanted::no_ds) blame = Blame{draft.chain.zones[position.zone].name, Party::parent};
  std::vector<std::size_t> findings;
  for (const Problem& problem : proof.problems) {
    const bool parent_speaks = row(problem.code).blame == Party::child;
    findings.push_back(draft.find(problem.code, subject, problem.details, position.zone, servers,
                                  parent_speaks ? blame : std::nullopt));
  }
  if (findings.empty()) return std::nullopt;
  if (proof.outcome != Proof::Outcome::failed) return findings.front();
  const auto deeper = std::ranges::find_if(proof.problems, explains_the_rest);
  if (deeper == proof.problems.end()) return findings.front();
  const auto cause = findings[static_cast<std::size_t>(deeper - proof.problems.begin())];
  for (std::size_t i = 0; i < findings.size(); ++i)
    if (!explains_the_rest(proof.problems[i])) draft.explain(findings[i], cause);
  return cause;
}

}  // namespace validator
