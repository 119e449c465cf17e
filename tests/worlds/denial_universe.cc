#include "tests/worlds/denial_universe.h"

#include <fmt/format.h>

#include <numeric>
#include <utility>

namespace denial_model {
namespace {

using validator::CutProof;
using validator::Denial;
using validator::Proof;
using Cut = CutProof::Cut;
using Outcome = Proof::Outcome;

constexpr std::size_t most_examples = 8;

// What is true of one name.
struct Facts {
  Name at;
  bool occluded = false, exists = false, delegation = false, has_ds = false;
  bool hidden = false;          // by opt-out
  bool stood_for = false;       // by a wildcard, in a zone whose server says then that the name exists
  std::vector<Lookup> lookups;  // as Universe::types
};

// Denials of one zone from chosen records.
class Bench {
 public:
  Bench(Tally& tally, const Universe& universe, const Zone& zone, const std::vector<DenialSet>& sets)
      : tally_(tally), universe_(universe), zone_(zone), sets_(sets) {
    policy_.bounds.nsec3_hash_units = 1'000'000;
    policy_.bounds.nsec_records = policy_.bounds.nsec3_records = 1000;
  }

  template <class Chosen>
  Denial denial(const Chosen& chosen) {
    std::vector<DenialSet> sets;
    for (const std::size_t index : chosen) sets.push_back(sets_[index]);
    ++tally_.sets;
    work_ = validator::Work(policy_.bounds);
    return {zone_.apex, std::move(sets), policy_, universe_.hash, work_};
  }

  template <class Chosen>
  void falsehood(std::string what, const Chosen& chosen) {
    ++tally_.falsehoods;
    note("false: " + std::move(what), chosen);
  }
  template <class Chosen>
  void miss(std::string what, const Chosen& chosen) {
    ++tally_.missed;
    note("missed: " + std::move(what), chosen);
  }
  void count(std::uint64_t proofs) { tally_.proofs += proofs; }

 private:
  template <class Chosen>
  void note(std::string what, const Chosen& chosen) {
    const auto enough = [&](std::uint64_t seen) { return seen > most_examples; };
    if (enough(what.starts_with("false") ? tally_.falsehoods : tally_.missed)) return;
    what += "\n  in " + describe(zone_) + "\n  by";
    for (const std::size_t index : chosen) {
      const auto& set = sets_[index].set;
      what += "\n    " + set.owner.print() + " " + dns::print_rdata(set.type, set.rdatas.front());
    }
    tally_.examples.push_back(std::move(what));
  }

  Tally& tally_;
  const Universe& universe_;
  const Zone& zone_;
  const std::vector<DenialSet>& sets_;
  validator::Policy policy_;
  validator::Work work_{{}};
};

// Opt-out hides the name, or the wildcard that would stand in for it: then nothing better than insecure can be known of
// it.
bool is_hidden(const Zone& zone, const Chain& chain, const Name& at) {
  if (chain.kind == Chain::Kind::nsec) return false;
  for (std::size_t labels = zone.apex.labels() + 1; labels <= at.labels(); ++labels) {
    const Name encloser = at.ancestor(labels - 1), next_closer = at.ancestor(labels);
    if (zone.is_delegation(encloser) || zone.types(encloser).contains(RRType::dname)) return false;
    if (chain.matching(next_closer)) continue;
    const Name wildcard = encloser.wildcard().value();
    return chain.opt_out[chain.covering(next_closer)] ||
           (!chain.matching(wildcard) && chain.opt_out[chain.covering(wildcard)]);
  }
  return false;
}

std::vector<Facts> facts_of(const Universe& universe, const Zone& zone, const Chain* chain) {
  std::vector<Facts> all;
  for (const Name& at : universe.queries) {
    Facts facts{at,
                zone.is_occluded(at),
                zone.exists(at),
                zone.is_delegation(at),
                zone.types(at).contains(RRType::ds),
                chain != nullptr && is_hidden(zone, *chain, at),
                false,
                {}};
    for (const RRType type : universe.types) facts.lookups.push_back(look_up(zone, at, type));
    facts.stood_for = chain == nullptr && facts.lookups.front().wildcard;
    all.push_back(std::move(facts));
  }
  return all;
}

bool is_true(const CutProof& proof, const Facts& facts) {
  if (proof.proof.outcome == Outcome::failed) return true;
  if (proof.proof.outcome == Outcome::insecure) return facts.hidden && proof.cut == Cut::insecure_delegation;
  switch (proof.cut) {
    case Cut::insecure_delegation: return !facts.occluded && facts.delegation && !facts.has_ds;
    case Cut::not_a_cut: return !facts.occluded && (facts.exists || facts.stood_for) && !facts.delegation;
    case Cut::absent: return !facts.occluded && !facts.exists;
    case Cut::child_side:
    case Cut::unproven: break;
  }
  return false;  // proven what?
}

// Of what the records say, nothing may be untrue.
template <class Chosen>
void check_truth(Bench& bench, const Universe& universe, const Zone& zone, const Chosen& chosen,
                 const std::vector<Facts>& all) {
  const Denial denial = bench.denial(chosen);
  for (const Facts& facts : all) {
    const Truth truth = facts.lookups.front().truth;
    const auto nxdomain = denial.prove_nxdomain(facts.at);
    if ((nxdomain.outcome == Outcome::proven && truth != Truth::nxdomain) ||
        (nxdomain.outcome == Outcome::insecure && !facts.hidden))
      bench.falsehood("NXDOMAIN " + facts.at.print(), chosen);
    const bool nxname = denial.says_nxname(facts.at);
    if (nxname && truth != Truth::nxdomain) bench.falsehood("NXNAME " + facts.at.print(), chosen);
    for (std::size_t i = 0; i < universe.types.size(); ++i) {
      const auto nodata = denial.prove_nodata(facts.at, universe.types[i]);
      const bool so = facts.lookups[i].truth == Truth::nodata || (nxname && facts.lookups[i].truth == Truth::nxdomain);
      if ((nodata.outcome == Outcome::proven && !so) || (nodata.outcome == Outcome::insecure && !facts.hidden))
        bench.falsehood(fmt::format("NODATA {} {}", facts.at.print(), dns::to_text(universe.types[i])), chosen);
    }
    for (std::size_t labels = zone.apex.labels(); labels < dns::rrsig_labels(facts.at); ++labels) {
      const Name next_closer = facts.at.ancestor(labels + 1);
      const auto proof = denial.prove_wildcard_answer(facts.at, static_cast<std::uint8_t>(labels));
      // RFC 5155 §8.8 rests on the wildcard's own signature: where there is no wildcard, there is no answer to ask
      // about.
      const bool so = (!zone.exists(next_closer) && !zone.is_occluded(next_closer)) ||
                      !zone.exists(facts.at.ancestor(labels).wildcard().value());
      if (proof.outcome != Outcome::failed && !so && !(proof.outcome == Outcome::insecure && facts.hidden))
        bench.falsehood(fmt::format("wildcard {} {}", labels, facts.at.print()), chosen);
    }
    bench.count(1 + universe.types.size() + facts.at.labels());
    if (facts.at == zone.apex) continue;
    const auto cut = denial.prove_cut(facts.at);
    if (!is_true(cut, facts))
      bench.falsehood(fmt::format("cut {} {}", static_cast<int>(cut.cut), facts.at.print()), chosen);
  }
}

void check_subsets(Bench& bench, const Universe& universe, const Zone& zone, std::size_t records,
                   const std::vector<Facts>& all) {
  std::vector<std::size_t> chosen;
  const auto choose = [&](auto& self, std::size_t from) -> void {
    if (!chosen.empty()) check_truth(bench, universe, zone, chosen, all);
    if (chosen.size() == universe.largest_set) return;
    for (std::size_t i = from; i < records; ++i) {
      chosen.push_back(i);
      self(self, i + 1);
      chosen.pop_back();
    }
  };
  choose(choose, 0);
}

Outcome due(const Sent& sent) { return sent.rests_on_opt_out ? Outcome::insecure : Outcome::proven; }

Cut cut_due(const Facts& facts, const Sent& sent) {
  if (sent.rests_on_opt_out || facts.delegation) return Cut::insecure_delegation;
  return facts.exists ? Cut::not_a_cut : Cut::absent;
}

// The questions about one name whose true answer is negative, or made from a wildcard. What a server sends for each of
// the three does not depend on the type.
void check_answers(Bench& bench, const Universe& universe, const Zone& zone, const Chain& chain, const Facts& facts) {
  std::optional<Denial> nodata;
  Sent sent_nodata;
  bool nxdomain_seen = false, wildcard_seen = false;
  for (std::size_t i = 0; i < universe.types.size(); ++i) {
    const Lookup& lookup = facts.lookups[i];
    const std::string what = facts.at.print() + " " + dns::to_text(universe.types[i]);
    if (lookup.truth == Truth::nxdomain && !std::exchange(nxdomain_seen, true)) {
      const Sent sent = send_nxdomain(zone, chain, facts.at);
      if (bench.denial(sent.records).prove_nxdomain(facts.at).outcome != due(sent))
        bench.miss("NXDOMAIN " + what, sent.records);
    } else if (lookup.truth == Truth::nodata) {
      if (!nodata) {
        sent_nodata = send_nodata(zone, chain, facts.at);
        nodata.emplace(bench.denial(sent_nodata.records));
      }
      if (nodata->prove_nodata(facts.at, universe.types[i]).outcome != due(sent_nodata))
        bench.miss("NODATA " + what, sent_nodata.records);
    } else if (lookup.wildcard && lookup.truth != Truth::undefined && !std::exchange(wildcard_seen, true)) {
      const std::size_t labels = lookup.wildcard->labels() - 1;
      const Sent sent = send_wildcard_answer(chain, facts.at, labels);
      const auto proof = bench.denial(sent.records).prove_wildcard_answer(facts.at, static_cast<std::uint8_t>(labels));
      if (proof.outcome != due(sent)) bench.miss("wildcard answer " + what, sent.records);
    }
  }
}

void check_cut(Bench& bench, const Zone& zone, const Chain& chain, const Facts& facts) {
  if (facts.occluded || facts.at == zone.apex || (facts.delegation && facts.has_ds)) return;
  const Sent sent = send_nodata(zone, chain, facts.at);
  const auto proof = bench.denial(sent.records).prove_cut(facts.at);
  // Whether a name is a cut does not depend on the wildcard beside it, nor on the span that hides that.
  const bool by_wildcard_alone = sent.rests_on_opt_out && proof.cut == Cut::absent && !facts.exists;
  if (by_wildcard_alone) return;
  if (proof.cut != cut_due(facts, sent) || proof.proof.outcome != due(sent))
    bench.miss("cut " + facts.at.print(), sent.records);
}

}  // namespace

void check_chain(Tally& tally, const Universe& universe, const Zone& zone, const Chain& chain) {
  ++tally.zones;
  Bench bench(tally, universe, zone, chain.sets);
  const auto all = facts_of(universe, zone, &chain);
  check_subsets(bench, universe, zone, chain.sets.size(), all);
  for (const Facts& facts : all) {
    check_answers(bench, universe, zone, chain, facts);
    check_cut(bench, zone, chain, facts);
  }
}

void check_compact(Tally& tally, const Universe& universe, const Zone& zone) {
  ++tally.zones;
  const auto all = facts_of(universe, zone, nullptr);
  std::vector<DenialSet> sets;
  std::vector<const Facts*> asked;
  for (const Facts& facts : all) {
    const bool undefined =
        std::ranges::any_of(facts.lookups, [](const Lookup& lookup) { return lookup.truth == Truth::undefined; });
    if (facts.occluded || undefined) continue;
    sets.push_back(compact(zone, facts.at));
    asked.push_back(&facts);
  }
  Bench bench(tally, universe, zone, sets);
  check_subsets(bench, universe, zone, sets.size(), all);
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const std::array<std::size_t, 1> sent{i};
    const Denial denial = bench.denial(sent);
    for (std::size_t t = 0; t < universe.types.size(); ++t) {
      const Truth truth = asked[i]->lookups[t].truth;
      if (truth != Truth::nodata && truth != Truth::nxdomain) continue;
      if (denial.prove_nodata(asked[i]->at, universe.types[t]).outcome != Outcome::proven ||
          denial.says_nxname(asked[i]->at) != (truth == Truth::nxdomain))
        bench.miss("compact " + asked[i]->at.print(), sent);
      if (truth == Truth::nxdomain && denial.prove_nxdomain(asked[i]->at).outcome != Outcome::proven)
        bench.miss("compact NXDOMAIN " + asked[i]->at.print(), sent);
    }
  }
}

void check_sets(Tally& tally, const Universe& universe, const Zone& zone, const Chain& chain,
                const std::vector<DenialSet>& sets) {
  ++tally.zones;
  Bench bench(tally, universe, zone, sets);
  std::vector<std::size_t> chosen(sets.size());
  std::iota(chosen.begin(), chosen.end(), std::size_t{0});
  check_truth(bench, universe, zone, chosen, facts_of(universe, zone, &chain));
}

std::string describe(const Zone& zone) {
  std::string text;
  for (const auto& [owner, types] : zone.nodes) {
    text += (text.empty() ? "" : ", ") + owner.print();
    const std::vector<RRType> list(types.begin(), types.end());
    text += " " + dns::print_types(list);
  }
  return text;
}

}  // namespace denial_model
