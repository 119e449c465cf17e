#include "validator/explanation.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace validator {

bool in(Code code, std::initializer_list<Code> codes) { return std::ranges::find(codes, code) != codes.end(); }
int layer(const Finding& finding) { return row(finding.code).layer; }
Breaks breaks(const Finding& finding) { return row(finding.code).breaks; }

bool is_time(Code code) { return in(code, {Code::signature_expired, Code::signature_not_yet_valid}); }

bool is_signature(Code code) {
  return in(code, {Code::signature_missing, Code::signature_expired, Code::signature_not_yet_valid,
                   Code::signature_period_inverted, Code::signature_incorrect, Code::signature_malformed,
                   Code::signature_signer_foreign, Code::signature_labels_wrong, Code::signature_by_revoked_key,
                   Code::signing_key_missing, Code::signature_missing_for_algorithm});
}

bool is_ds(const Finding& finding) { return finding.subject.type == dns::RRType::ds && is_signature(finding.code); }

bool is_no_ds(const Finding& finding) {
  return finding.subject.kind == SubjectKind::denial && finding.subject.wanted == Wanted::no_ds;
}

std::optional<std::size_t> Explanation::first(const Test& test) const {
  for (std::size_t i = 0; i < chain_.findings.size(); ++i)
    if (!chain_.findings[i].consequence_of && test(chain_.findings[i])) return i;
  return std::nullopt;
}

// X is a cause; what the test names is its consequence unless already explained.
void Explanation::take(std::size_t cause, const Test& consequence) {
  taken_.insert(cause);
  for (std::size_t i = 0; i < findings().size(); ++i) {
    Finding& finding = findings()[i];
    if (i == cause || taken_.contains(i) || finding.consequence_of || !consequence(finding)) continue;
    finding.consequence_of = cause;
  }
}

std::size_t Explanation::raise(Code code, Subject subject, std::vector<Detail> details, ZoneId zone, ServerSet servers,
                               Blame blame) {
  findings().push_back({code, std::move(subject), std::move(details), std::move(servers), chain_.zones[zone].name,
                        static_cast<int>(zone) + 1, std::move(blame), std::nullopt});
  return findings().size() - 1;
}

std::optional<std::size_t> Explanation::first_untaken(Code code, ZoneId zone) const {
  for (std::size_t i = 0; i < chain_.findings.size(); ++i) {
    const Finding& f = chain_.findings[i];
    if (f.code == code && f.zone == chain_.zones[zone].name && !f.consequence_of && !taken_.contains(i)) return i;
  }
  return std::nullopt;
}

std::optional<std::size_t> Explanation::first_in(ZoneId zone, const Test& test) const {
  return first([&](const Finding& f) { return f.zone == chain_.zones[zone].name && test(f); });
}

// Report order (findings.md §3, end): causes that break something by rank, then severity and rank; consequences last.
void Explanation::order() {
  std::vector<std::size_t> order(findings().size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<std::string> words;  // the order in which the replies came decides nothing
  for (const Finding& f : findings()) words.push_back(sentence(f));
  const auto key = [&](std::size_t i) {
    const Finding& f = findings()[i];
    const int severity = static_cast<int>(row(f.code).severity);
    const bool leads = breaks(f) != Breaks::no;
    return std::tuple(f.consequence_of.has_value(), !leads, leads ? cause_rank(f) : severity, cause_rank(f), f.code,
                      std::string_view(words[i]));
  };
  std::ranges::stable_sort(order, {}, key);
  std::vector<std::size_t> place(order.size());
  for (std::size_t at = 0; at < order.size(); ++at) place[order[at]] = at;
  std::vector<Finding> sorted;
  for (const std::size_t i : order) sorted.push_back(std::move(findings()[i]));
  for (Finding& f : sorted)
    if (f.consequence_of) f.consequence_of = place[*f.consequence_of];
  for (Link& link : chain_.links)
    if (link.finding) link.finding = place[*link.finding];
  findings() = std::move(sorted);
  lead();
}

// Causes lead if they break something, or are the reason why the answer is insecure.
void Explanation::lead() {
  for (std::size_t i = 0; i < findings().size(); ++i) {
    const Finding& f = findings()[i];
    if (f.consequence_of) continue;
    const bool why_insecure =
        chain_.verdict == Security::insecure && in(f.code, {Code::delegation_insecure, Code::insecure_by_local_rule});
    const bool matters =
        breaks(f) == Breaks::yes || (breaks(f) == Breaks::some && row(f.code).severity != Severity::notice);
    const bool reason = chain_.verdict == Security::insecure && f.code == Code::nsec3_opt_out && is_proof(f);
    if (matters || why_insecure || reason) chain_.causes.push_back(i);
  }
  if (!chain_.causes.empty()) chain_.blame = findings()[chain_.causes.front()].blame;
}

}  // namespace validator
