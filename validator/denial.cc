#include "validator/denial.h"

#include <algorithm>

#include "dns/canonical.h"
#include "validator/denial_proofs.h"
#include "validator/denial_views.h"

namespace validator {

using namespace denial_proofs;

namespace {

Proof& proof_of(Proof& proof) { return proof; }
Proof& proof_of(CutProof& proof) { return proof.proof; }

// Any of the two kinds alone suffices; they are never put together (standards.md C-nsec-both).
template <class Result>
Result better(Result by_nsec, Result by_nsec3) {
  Proof& left = proof_of(by_nsec);
  Proof& right = proof_of(by_nsec3);
  const Problem mixed{Code::denial_kinds_mixed,
                      {{"which", std::string("one-server")}, {"form", std::string("nsec-nsec3")}}};
  if (left.outcome == Outcome::failed && right.outcome == Outcome::failed)
    left.problems.insert(left.problems.end(), right.problems.begin(), right.problems.end());
  Result& best = left.outcome <= right.outcome ? by_nsec : by_nsec3;
  proof_of(best).problems.push_back(mixed);
  return std::move(best);
}

}  // namespace

struct Denial::Parts {
  Name zone;
  Bounds bounds;
  std::uint16_t max_iterations = 0;
  std::vector<NsecRecord> nsec;
  std::vector<Nsec3Record> nsec3;
  std::optional<dns::Nsec3param> parameters;
  std::vector<Problem> problems;
  std::optional<Problem> mixed, too_many, left_out;  // why there may be no proof; each is among `problems` too
  std::vector<std::pair<Name, std::vector<RRType>>> child_apexes;  // zones below that spoke for themselves
  Hashing hashing;

  void read(const DenialSet& set, std::size_t index);
  void note_child(const DenialSet& set, const dns::TypeBitmap& types);
  // True if `proof` failed and the child spoke in place of this zone; then that comes first (RFC 4035 §5.2).
  bool note_child_side(Proof& proof, const Name& name) const;
  void note_parameters(const dns::Nsec3& nsec3);
  void bound_records();

  // `prove` makes a Result from a view; `missing` is the problem when there is no record at all.
  template <class Result, class Prove>
  Result judge(const Name& name, const Problem& missing, Prove prove);
  template <class Result, class Prove>
  Result judge_nsec3(const Name& name, Prove prove);
  Proof above_limit() const;
  Problem budget_spent(const Name& name) const;
};

Denial::Denial(const Name& zone, std::vector<DenialSet> sets, const Policy& policy, Nsec3Hash hash, Work& work)
    : parts_(std::make_unique<Parts>()) {
  parts_->zone = zone;
  parts_->bounds = policy.bounds;
  parts_->max_iterations = policy.max_iterations;
  for (std::size_t i = 0; i < sets.size(); ++i) parts_->read(sets[i], i);
  settle(parts_->nsec);
  settle(parts_->nsec3);
  parts_->bound_records();
  parts_->hashing.hash = std::move(hash);
  parts_->hashing.work = &work;
  if (parts_->parameters) {
    parts_->hashing.salt = parts_->parameters->salt;
    parts_->hashing.iterations = parts_->parameters->iterations;
  }
}

Denial::~Denial() = default;
Denial::Denial(Denial&&) noexcept = default;

Proof Denial::prove_nxdomain(const Name& name) const {
  return parts_->judge<Proof>(name, {Code::denial_missing, {}}, [&](const auto& view) { return nxdomain(view, name); });
}

Proof Denial::prove_nodata(const Name& name, RRType type) const {
  auto proof = parts_->judge<Proof>(name, {Code::denial_missing, {}},
                                    [&](const auto& view) { return nodata(view, name, type); });
  if (type == RRType::ds) parts_->note_child_side(proof, name);
  return proof;
}

Proof Denial::prove_wildcard_answer(const Name& name, std::uint8_t labels) const {
  const Name encloser = name.ancestor(labels);
  const Problem missing{Code::wildcard_proof_missing, {{"wildcard", encloser.wildcard().value_or(encloser)}}};
  // CVE-2026-11721: a wildcard above the zone is not the zone's.
  if (labels < parts_->zone.labels() || labels >= dns::rrsig_labels(name)) return failed(missing);
  return parts_->judge<Proof>(name, missing, [&](const auto& view) { return wildcard_answer(view, name, labels); });
}

CutProof Denial::prove_cut(const Name& name) const {
  auto result =
      parts_->judge<CutProof>(name, {Code::denial_missing, {}}, [&](const auto& view) { return cut(view, name); });
  if (parts_->note_child_side(result.proof, name)) result.cut = Cut::child_side;
  return result;
}

bool Denial::empty() const { return parts_->nsec.empty() && parts_->nsec3.empty(); }

bool Denial::says_nxname(const Name& name) const {
  const DenialRecord* record = NsecView(parts_->zone, parts_->nsec).matching(name);
  return record != nullptr && record->is_nxname();
}

const std::vector<Problem>& Denial::problems() const { return parts_->problems; }

std::optional<dns::Nsec3param> Denial::parameters() const { return parts_->parameters; }

bool Denial::has_opt_out() const { return std::ranges::any_of(parts_->nsec3, &Nsec3Record::opt_out); }

void Denial::Parts::read(const DenialSet& set, std::size_t index) {
  const auto keep = [&](auto read, auto& records) {
    if (read.problem && std::ranges::find(problems, *read.problem) == problems.end()) problems.push_back(*read.problem);
    if (!read.record && !left_out) left_out = read.problem;
    if (!read.record) return false;
    read.record->set = index;
    records.push_back(std::move(*read.record));
    return true;
  };
  if (set.set.rdatas.empty()) return;
  if (set.set.type == RRType::nsec) {
    keep(read_nsec_set(set, zone), nsec);
    if (const auto data = dns::read_nsec(set.set.rdatas.front())) note_child(set, data->types);
  } else if (set.set.type == RRType::nsec3) {
    const auto data = dns::read_nsec3(set.set.rdatas.front());
    if (keep(read_nsec3_set(set, zone), nsec3)) note_parameters(*data);
    if (data) note_child(set, data->types);
  }
}

// Only an apex has an SOA, so no hash is needed to know whose record it is.
void Denial::Parts::note_child(const DenialSet& set, const dns::TypeBitmap& types) {
  if (set.signer.is_below(zone) && types.has(RRType::soa)) child_apexes.emplace_back(set.signer, types.types);
}

bool Denial::Parts::note_child_side(Proof& proof, const Name& name) const {
  if (proof.outcome != Outcome::failed) return false;
  const auto apex = std::ranges::find(child_apexes, name, [](const auto& child) { return child.first; });
  if (apex == child_apexes.end()) return false;
  proof.problems.insert(proof.problems.begin(), {Code::ds_denial_from_child, {{"types", apex->second}}});
  return true;
}

// RFC 5155 §8.2: all records of one proof must agree.
void Denial::Parts::note_parameters(const dns::Nsec3& record) {
  const dns::Nsec3param found{record.hash, 0, record.iterations, record.salt};
  if (!parameters) parameters = found;
  if (mixed || *parameters == found) return;
  const std::uint64_t most = std::max(parameters->iterations, found.iterations);
  mixed = Problem{Code::nsec3_parameters_mixed, {{"iterations", most}}};
  problems.push_back(*mixed);
}

// CVE-2026-11605, CVE-2023-50868.
void Denial::Parts::bound_records() {
  const auto check = [&](std::uint64_t count, std::uint64_t limit) {
    if (count <= limit || too_many) return;
    too_many = Problem{Code::work_budget_spent,
                       {{"which", std::string("denial-records")}, {"spent", count}, {"limit", limit}}};
    problems.push_back(*too_many);
  };
  check(nsec.size(), bounds.nsec_records);
  check(nsec3.size(), bounds.nsec3_records);
}

template <class Result, class Prove>
Result Denial::Parts::judge(const Name& name, const Problem& missing, Prove prove) {
  Result result;
  Proof& proof = proof_of(result);
  proof.problems = {missing};
  if (too_many) {
    proof.problems = {*too_many};
    return result;
  }
  if (name.is_at_or_below(zone)) {
    if (!nsec.empty() && !nsec3.empty())
      result = better<Result>(prove(NsecView(zone, nsec)), judge_nsec3<Result>(name, prove));
    else if (!nsec.empty())
      result = prove(NsecView(zone, nsec));
    else if (!nsec3.empty())
      result = judge_nsec3<Result>(name, prove);
  }
  // What had to be left out comes first: with it there would have been another proof.
  if (proof.outcome == Outcome::failed && left_out) {
    std::erase(proof.problems, *left_out);
    proof.problems.insert(proof.problems.begin(), *left_out);
  }
  return result;
}

template <class Result, class Prove>
Result Denial::Parts::judge_nsec3(const Name& name, Prove prove) {
  Result result;
  if (mixed) {
    proof_of(result) = failed(*mixed);
    return result;
  }
  if (parameters->iterations > max_iterations) {
    proof_of(result) = above_limit();
    if constexpr (std::is_same_v<Result, CutProof>) result.cut = Cut::insecure_delegation;  // CVE-2026-1519
    return result;
  }
  result = prove(Nsec3View(zone, nsec3, hashing, name.labels()));
  if (hashing.spent) {
    result = Result{};
    proof_of(result) = failed(budget_spent(name));
  }
  return result;
}

// RFC 9276 §3.2: nothing is hashed; that the records are signed, the caller has seen.
Proof Denial::Parts::above_limit() const {
  Proof proof;
  proof.outcome = Outcome::insecure;
  proof.problems.push_back(iterations_above_limits(parameters->iterations));
  for (const Nsec3Record& record : nsec3) rest_on(proof, record);
  return proof;
}

Problem Denial::Parts::budget_spent(const Name& name) const {
  const bool known = hashing.work->spent() == Work::Bound::nsec3_hashes;
  const std::uint64_t limit = known ? hashing.work->limit() : bounds.nsec3_hash_units * (name.labels() + 2);
  const std::uint64_t spent = known ? hashing.work->spent_count() : limit;
  return {Code::work_budget_spent,
          {{"which", std::string(to_text(Work::Bound::nsec3_hashes))}, {"spent", spent}, {"limit", limit}}};
}

Problem iterations_above_limits(std::uint16_t iterations) {
  struct Limit {
    std::string_view validator;
    std::uint16_t iterations;
  };
  static constexpr std::array limits{Limit{"BIND", 50}, Limit{"Knot", 50}, Limit{"PowerDNS", 50}, Limit{"hickory", 100},
                                     Limit{"unbound", 150}};
  std::string verdicts;
  for (const Limit& limit : limits) {
    if (iterations <= limit.iterations) continue;
    verdicts += (verdicts.empty() ? "" : ", ") + std::string(limit.validator) + " insecure";
  }
  return {Code::nsec3_iterations_above_limits,
          {{"iterations", std::uint64_t{iterations}}, {"verdicts", std::move(verdicts)}}};
}

}  // namespace validator
