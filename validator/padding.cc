#include <algorithm>

#include "validator/audit.h"

namespace validator {
namespace {

using dns::RRType;
using dns::SignedRRset;

// No proof needs more records than that: RFC 5155 §7.2 has three at most, RFC 4035 §3.1.3 two.
constexpr std::size_t records_per_proof = 3;
constexpr std::size_t far_above = 2;  // zones that change from NSEC to NSEC3, or roll all keys at once, stay below

// One reply about a name of a zone that is not insecure: what its proofs and signatures cost a validator
// (CVE-2026-11605).
class Reply {
 public:
  Reply(Draft& draft, const Question& question, const Heard& heard, ZoneId zone)
      : draft_(draft), question_(question), heard_(heard), zone_(zone) {}

  void run() {
    proofs();
    signatures();
  }

 private:
  // Each alias on the way may be made from a wildcard, with a proof of its own.
  void proofs() {
    std::size_t records = 0, steps = 1;
    for (const SignedRRset& set : heard_.authority)
      if (set.set.type == RRType::nsec || set.set.type == RRType::nsec3) records += set.set.rdatas.size();
    for (const SignedRRset& set : heard_.answer)
      if (set.set.type == RRType::cname || set.set.type == RRType::dname) ++steps;
    compare(records, records_per_proof * steps);
  }

  // One signature for each key is all that a signer can want.
  void signatures() {
    const std::size_t keys = published_keys(draft_.chain, zone_).size();
    if (keys == 0) return;
    std::size_t most = 0;
    for (const auto* section : {&heard_.answer, &heard_.authority})
      for (const SignedRRset& set : *section)
        if (set.set.owner.is_at_or_below(draft_.chain.zones[zone_].name)) most = std::max(most, set.signatures.size());
    compare(most, keys);
  }

  void compare(std::size_t number, std::size_t needed) {
    if (number <= far_above * needed) return;
    draft_.find(Code::answer_padded, answer_subject(question_.first, question_.second),
                {{"count", count(number)}, {"limit", count(needed)}}, zone_, draft_.servers(zone_, heard_.servers));
  }

  Draft& draft_;
  const Question& question_;
  const Heard& heard_;
  ZoneId zone_;
};

}  // namespace

void padding_findings(Draft& draft) {
  for (const auto& [question, replies] : draft.facts.all()) {
    const bool of_parent = question.second == RRType::ds && !question.first.is_root();
    const auto zone = zone_holding(draft.chain, of_parent ? question.first.parent() : question.first);
    if (!zone || draft.chain.zones[*zone].security == Security::insecure) continue;
    for (const Heard& heard : replies)
      if (heard.usable()) Reply(draft, question, heard, *zone).run();
  }
}

}  // namespace validator
