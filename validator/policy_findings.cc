#include <map>
#include <set>

#include "validator/policy_choice.h"

namespace validator {
namespace {

using Completeness = Policy::Completeness;
using Sha1 = Policy::Sha1;

// A choice that validators in use make one way or the other. Iterations have a row of their own, which names them.
struct Choice {
  std::string_view as_here, otherwise;  // who chooses so
  Policy policy;                        // with the other choice
};

bool is_sha1(dns::Algorithm algorithm) {
  return algorithm == dns::Algorithm::rsasha1 || algorithm == dns::Algorithm::rsasha1_nsec3_sha1;
}

// Looks at the DS sets alone: what they do not announce, no choice can change (RFC 4035 §5.2).
std::vector<Choice> choices(const Chain& chain, const Policy& policy) {
  bool by_sha1 = false, several = false;
  std::map<dns::Name, std::set<dns::Algorithm>> announced;
  for (const Node& node : chain.nodes) {
    const auto* ds = std::get_if<DsNode>(&node.body);
    if (ds == nullptr) continue;
    by_sha1 = by_sha1 || is_sha1(ds->algorithm);
    auto& algorithms = announced[ds->owner];
    algorithms.insert(ds->algorithm);
    several = several || algorithms.size() > 1;
  }
  std::vector<Choice> all;
  if (by_sha1) {  // RFC 9905 §2
    const bool taken = policy.sha1 == Sha1::accepted;
    Choice choice{taken ? "with-RSASHA1" : "without-RSASHA1", taken ? "without-RSASHA1" : "with-RSASHA1", policy};
    choice.policy.sha1 = taken ? Sha1::insecure : Sha1::accepted;
    all.push_back(std::move(choice));
  }
  if (several) {  // RFC 6840 §5.11
    const bool strict = policy.completeness == Completeness::every_algorithm;
    Choice choice{strict ? "every-algorithm" : "any-algorithm", strict ? "any-algorithm" : "every-algorithm", policy};
    choice.policy.completeness = strict ? Completeness::any_path : Completeness::every_algorithm;
    all.push_back(std::move(choice));
  }
  return all;
}

// The zone at which the other choice first makes a difference.
ZoneId where(const Chain& chain, const Chain& other) {
  for (ZoneId id = 0; id < chain.zones.size() && id < other.zones.size(); ++id)
    if (chain.zones[id].security != other.zones[id].security) return id;
  return static_cast<ZoneId>(chain.zones.size() - 1);
}

}  // namespace

void policy_findings(Chain& chain, const Policy& policy, const JudgeUnder& judge_under) {
  if (chain.zones.empty() || policy.crypto == Policy::Crypto::structure_only) return;
  for (const Choice& choice : choices(chain, policy)) {
    const Chain other = judge_under(choice.policy);
    if (other.verdict == chain.verdict) continue;
    const ZoneId zone = where(chain, other);
    const dns::Name& name = chain.zones[zone].name;
    const auto verdicts = std::string(choice.as_here) + " " + std::string(to_text(chain.verdict)) + ", " +
                          std::string(choice.otherwise) + " " + std::string(to_text(other.verdict));
    chain.findings.push_back({Code::verdict_depends_on_policy,
                              Subject{.kind = SubjectKind::zone, .name = name},
                              {{"verdicts", verdicts}},
                              {},
                              name,
                              static_cast<int>(zone) + 1,
                              Blame{name, row(Code::verdict_depends_on_policy).blame},
                              std::nullopt});
  }
}

}  // namespace validator
