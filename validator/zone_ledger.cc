#include "validator/zone_ledger.h"

#include <algorithm>

namespace validator {
namespace {

// How many signatures name the missing key is a particular of the finding (signing-key-missing), and no part of what it
// is about.
bool is_total(const Detail& detail, Code code) { return code == Code::signing_key_missing && detail.name == "count"; }

bool is_same(const Finding& left, const Finding& right) {
  if (!(left.subject == right.subject) || left.details.size() != right.details.size()) return false;
  return std::ranges::equal(left.details, right.details, [&](const Detail& a, const Detail& b) {
    return a == b || (is_total(a, left.code) && is_total(b, right.code));
  });
}

void raise_total(Finding& finding, std::uint64_t by) {
  for (Detail& detail : finding.details)
    if (is_total(detail, finding.code)) detail.value = std::get<std::uint64_t>(detail.value) + by;
}

}  // namespace

void ZoneLedger::add(Code code, Subject subject, std::vector<Detail> details) {
  add({code, std::move(subject), std::move(details), {}, zone_, 1, {zone_, row(code).blame}, std::nullopt}, 1);
}

void ZoneLedger::add(const Finding& finding) { add(finding, 1); }

void ZoneLedger::add(const Finding& finding, std::uint64_t times) {
  Tally& tally = tallies_[finding.code];
  const auto known = std::ranges::find_if(tally.first, [&](const Finding& one) { return is_same(one, finding); });
  if (known == tally.first.end()) {
    tally.count += times;
    if (tally.first.size() < kept) tally.first.push_back(finding);
    return;
  }
  // What a key is like is one thing, however many signatures show it.
  if (finding.subject.kind != SubjectKind::key && finding.subject.kind != SubjectKind::zone) tally.count += times;
  if (const Value* total = detail(finding, "count")) raise_total(*known, std::get<std::uint64_t>(*total));
}

void ZoneLedger::append(const ZoneLedger& later) {
  for (const auto& [code, tally] : later.tallies_) {
    for (const Finding& finding : tally.first) add(finding, 1);
    tallies_[code].count += tally.count - tally.first.size();
  }
}

std::uint64_t ZoneLedger::count(Code code) const {
  const auto found = tallies_.find(code);
  return found == tallies_.end() ? 0 : found->second.count;
}

std::map<Code, std::uint64_t> ZoneLedger::counts() const {
  std::map<Code, std::uint64_t> counts;
  for (const auto& [code, tally] : tallies_) counts[code] = tally.count;
  return counts;
}

std::vector<Finding> ZoneLedger::findings() const {
  std::vector<Finding> findings;
  for (const auto& [code, tally] : tallies_) findings.insert(findings.end(), tally.first.begin(), tally.first.end());
  return findings;
}

}  // namespace validator
