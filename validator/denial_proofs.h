#pragma once
// The proofs of non-existence, written once over the two views of validator/denial_views.h (RFC 4035 §5.4, RFC 5155
// §8). It reads no records and bounds no work. Part of validator/denial.cc and included by nothing else.

#include <algorithm>
#include <string>

#include "validator/denial_views.h"

namespace validator::denial_proofs {

using dns::Name;
using dns::RRType;
using Cut = CutProof::Cut;
using Outcome = Proof::Outcome;

inline Proof failed(Problem why) {
  Proof proof;
  proof.problems.push_back(std::move(why));
  return proof;
}

inline void rest_on(Proof& proof, const DenialRecord& record) {
  const auto place = std::ranges::lower_bound(proof.used, record.set);
  if (place == proof.used.end() || *place != record.set) proof.used.insert(place, record.set);
}

template <class View>
void rest_on(Proof& proof, const View& view, const DenialRecord& record, const Name& name) {
  rest_on(proof, record);
  const auto form = view.made_online(record, name);
  const bool noted = std::ranges::any_of(
      proof.problems, [](const Problem& problem) { return problem.code == Code::denial_made_online; });
  if (form && !noted) proof.problems.push_back({Code::denial_made_online, {{"form", std::string(*form)}}});
}

template <class View>
void rest_on(Proof& proof, const View& view, const Encloser& encloser) {
  proof.closest_encloser = encloser.name;
  proof.next_closer = encloser.next_closer;
  for (const DenialRecord* record : encloser.records) rest_on(proof, view, *record, encloser.next_closer);
}

template <class View>
Proof proven_by(const View& view, const DenialRecord& record, const Name& name) {
  Proof proof;
  proof.outcome = Outcome::proven;
  rest_on(proof, view, record, name);
  return proof;
}

// RFC 5155 §9.2: in an opt-out span delegations may lie that nobody signed for, and with them all that leads to them.
inline void lean_on_opt_out(Proof& proof, const Name& next_closer) {
  proof.outcome = Outcome::insecure;
  proof.problems.insert(proof.problems.begin(),
                        {Code::nsec3_opt_out, {{"which", std::string("proof")}, {"next_closer", next_closer}}});
}

// The types in the record's list that contradict "no `type` here".
inline std::vector<RRType> contradictions(const DenialRecord& record, RRType type) {
  std::vector<RRType> found;
  for (const RRType listed : record.types) {
    // RFC 6840 §4.3: a CNAME would have been the answer; ANY asks for all there is but what DNSSEC adds.
    const bool of_dnssec = listed == RRType::rrsig || listed == RRType::nsec || listed == RRType::nxname;
    if (listed == type || listed == RRType::cname || (type == RRType::any && !of_dnssec)) found.push_back(listed);
  }
  return found;
}

// nullopt: the record of `name` shows that it has no `type`.
inline std::optional<Problem> objection(const DenialRecord& record, const Name& name, RRType type) {
  if (type != RRType::ds && record.delegation) return beyond_authority(record, name);  // RFC 6840 §4.1
  // RFC 4035 §5.2: only the parent knows; the root alone has none.
  if (type == RRType::ds && record.has(RRType::soa) && !name.is_root())
    return Problem{Code::ds_denial_from_child, {{"types", record.types}}};
  auto listed = contradictions(record, type);
  if (!listed.empty()) return Problem{Code::denied_type_listed, {{"types", std::move(listed)}}};
  return std::nullopt;
}

// The name exists, or is said to: an NXDOMAIN for it is wrong.
template <class View>
Proof contradicted(const View&, const Name& name) {
  Proof proof = failed({Code::name_not_denied, {{"form", std::string(View::form)}, {"name", name}}});
  proof.problems.push_back({Code::nxdomain_contradicted, {{"reason", std::string("proof")}}});
  return proof;
}

// RFC 4035 §5.4, RFC 5155 §8.4: neither the name nor a wildcard that could stand in for it.
template <class View>
Proof nxdomain(const View& view, const Name& name) {
  if (const DenialRecord* record = view.matching(name))
    return record->is_nxname() ? proven_by(view, *record, name) : contradicted(view, name);  // RFC 9824 §3.1
  if (view.covering(name).kind == Cover::Kind::empty_non_terminal) return contradicted(view, name);
  const Encloser encloser = view.closest_encloser(name);
  if (!encloser.name) return failed(encloser.problem);

  Proof proof;
  rest_on(proof, view, encloser);
  // What may lie in the span is insecure whatever the wildcard is like.
  if (encloser.opt_out()) {
    lean_on_opt_out(proof, encloser.next_closer);
    return proof;
  }
  proof.wildcard = encloser.name->wildcard();
  if (!proof.wildcard) return failed(encloser.problem);  // never: it is no longer than the next closer name
  const DenialRecord* record = view.matching(*proof.wildcard);
  const Cover cover = view.covering(*proof.wildcard);
  if (record == nullptr && cover.kind == Cover::Kind::absent)
    record = cover.record;
  else if (record == nullptr || !record->is_nxname())
    return failed({Code::wildcard_not_denied, {{"wildcard", *proof.wildcard}}});
  rest_on(proof, view, *record, *proof.wildcard);
  proof.outcome = Outcome::proven;
  if (cover.kind == Cover::Kind::absent && record->opt_out) lean_on_opt_out(proof, encloser.next_closer);
  return proof;
}

// RFC 4035 §3.1.3.4, RFC 5155 §8.7: the wildcard that stands in for the name has not the type either.
template <class View>
Proof wildcard_nodata(const View& view, const Name& name, RRType type) {
  const Encloser encloser = view.closest_encloser(name);
  if (!encloser.name) return failed(view.no_such_name(name, type, encloser));
  Proof proof;
  rest_on(proof, view, encloser);
  proof.wildcard = encloser.name->wildcard();
  if (!proof.wildcard) return failed(view.no_such_name(name, type, encloser));  // never, as above

  const DenialRecord* record = view.matching(*proof.wildcard);
  if (record != nullptr && record->is_nxname()) record = nullptr;
  std::optional<Problem> why;
  bool opt_out = encloser.opt_out();
  if (record != nullptr) {
    // RFC 4592 §4.2: no delegation is ever made from a wildcard, so its record is nobody's answer.
    why = record->delegation ? beyond_authority(*record, *proof.wildcard) : objection(*record, *proof.wildcard, type);
  } else {
    // RFC 4592 §2.2.2: a wildcard without data stands in for the name all the same; opt-out may hide it.
    const Cover cover = view.covering(*proof.wildcard);
    opt_out = opt_out || (cover.kind == Cover::Kind::absent && cover.record->opt_out);
    if (cover.kind == Cover::Kind::empty_non_terminal || opt_out) record = cover.record;
    if (cover.kind != Cover::Kind::empty_non_terminal) why = view.no_such_name(name, type, encloser);
  }
  if (record != nullptr) rest_on(proof, view, *record, *proof.wildcard);
  proof.outcome = Outcome::proven;
  // Also the empty non-terminals above delegations that were left out (RFC 5155 §7.1), and those themselves (§8.6).
  if (opt_out) {
    lean_on_opt_out(proof, encloser.next_closer);
    return proof;
  }
  return why ? failed(std::move(*why)) : proof;
}

// RFC 4035 §5.4, RFC 5155 §8.5 to §8.7, RFC 9824 §3.
template <class View>
Proof nodata(const View& view, const Name& name, RRType type) {
  if (const DenialRecord* record = view.matching(name)) {
    if (auto why = objection(*record, name, type)) return failed(std::move(*why));
    return proven_by(view, *record, name);
  }
  const Cover cover = view.covering(name);
  if (cover.kind == Cover::Kind::empty_non_terminal) return proven_by(view, *cover.record, name);
  return wildcard_nodata(view, name, type);
}

// RFC 4035 §5.3.4, RFC 5155 §8.8.
template <class View>
Proof wildcard_answer(const View& view, const Name& name, std::uint8_t labels) {
  const Name encloser = name.ancestor(labels);
  const Name next_closer = name.ancestor(labels + std::size_t{1});
  const Name wildcard = encloser.wildcard().value_or(encloser);
  const Problem closer_name{
      Code::wildcard_not_applicable,
      {{"reason", std::string("closer-name")}, {"wildcard", wildcard}, {"encloser", next_closer}}};
  if (const DenialRecord* record = view.matching(next_closer); record != nullptr && !record->is_nxname())
    return failed(closer_name);
  if (const DenialRecord* record = view.matching(encloser); record != nullptr && (record->delegation || record->dname))
    return failed(beyond_authority(*record, encloser));  // no wildcard of this zone is below it
  const Cover cover = view.covering(next_closer);
  switch (cover.kind) {
    case Cover::Kind::empty_non_terminal: return failed(closer_name);
    case Cover::Kind::barred: return failed(beyond_authority(*cover.record, view.owner(*cover.record, next_closer)));
    case Cover::Kind::none: return failed({Code::wildcard_proof_missing, {{"wildcard", wildcard}}});
    case Cover::Kind::absent: break;
  }
  // The very record that rules out a closer name, or another, can rule out the wildcard: then it is a replay.
  const Cover denied = view.covering(wildcard);
  if (denied.kind == Cover::Kind::absent && !denied.record->opt_out)
    return failed({Code::wildcard_not_applicable,
                   {{"reason", std::string("denied")}, {"wildcard", wildcard}, {"encloser", encloser}}});
  Proof proof = proven_by(view, *cover.record, next_closer);
  proof.closest_encloser = encloser;
  proof.next_closer = next_closer;
  proof.wildcard = wildcard;
  if (cover.record->opt_out) lean_on_opt_out(proof, next_closer);
  return proof;
}

// standards.md §8a 6b for a record at the name itself: RFC 4035 §5.2, RFC 5155 §8.6, §8.9, RFC 6840 §4.4.
template <class View>
CutProof cut_at(const View& view, const DenialRecord& record, const Name& name) {
  if (record.is_nxname()) return {Cut::absent, proven_by(view, record, name)};
  if (record.has(RRType::soa))
    return {Cut::child_side, failed({Code::ds_denial_from_child, {{"types", record.types}}})};
  if (record.has(RRType::ds))
    return {Cut::unproven,
            failed({Code::ds_denial_unfit, {{"reason", std::string("has-ds")}, {"types", record.types}}})};
  return {record.has(RRType::ns) ? Cut::insecure_delegation : Cut::not_a_cut, proven_by(view, record, name)};
}

template <class View>
CutProof cut(const View& view, const Name& name) {
  if (const DenialRecord* record = view.matching(name)) return cut_at(view, *record, name);
  const Cover cover = view.covering(name);
  if (cover.kind == Cover::Kind::empty_non_terminal) return {Cut::not_a_cut, proven_by(view, *cover.record, name)};
  const Encloser encloser = view.closest_encloser(name);
  if (!encloser.name) return {Cut::unproven, failed(view.no_such_name(name, RRType::ds, encloser))};
  CutProof result{Cut::absent, {}};
  result.proof.outcome = Outcome::proven;
  rest_on(result.proof, view, encloser);
  if (encloser.opt_out()) {  // RFC 5155 §8.6
    result.cut = Cut::insecure_delegation;
    lean_on_opt_out(result.proof, encloser.next_closer);
  }
  return result;
}

}  // namespace validator::denial_proofs
