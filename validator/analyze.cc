#include "validator/analyze.h"

#include <algorithm>
#include <set>

#include "validator/audit.h"
#include "validator/cause.h"
#include "validator/forecast.h"
#include "validator/forwarder.h"
#include "validator/policy_choice.h"
#include "validator/walk.h"

namespace validator {
namespace {

// A made-up name and type in the zone of the question: is denial sound there? (findings.md §2.8)
void judge_made_up(Draft& draft, Walk& walk) {
  const dns::Target& target = draft.facts.evidence().target;
  if (target.made_up.empty()) return;
  const auto is_made_up = [&](const Question& question) {
    const bool made_up_name = question.first.labels() > 0 && !question.first.is_root() &&
                              dns::print_label(question.first.label(0)) == target.made_up;
    return made_up_name || question.second == dns::RRType{65280};
  };
  for (const auto& [question, replies] : draft.facts.all()) {
    if (!is_made_up(question)) continue;
    const Position position = walk.descend(question.first, question.second);
    if (position.security == Security::secure) judge_answer(draft, position, question.first, question.second);
  }
}

// The server's own name for itself (RFC 5001 §2.3).
dns::Bytes nsid_of(const dns::Message& message) {
  if (!message.edns) return {};
  const auto& options = message.edns->options;
  const auto found = std::ranges::find(options, dns::EdnsOption::nsid, &dns::EdnsOption::code);
  return found == options.end() ? dns::Bytes{} : found->data;
}

// Reply times and whether a server spoke at all, from all exchanges of its address.
void measure_servers(Draft& draft) {
  for (Server& server : draft.chain.servers) {
    for (const dns::Exchange& exchange : draft.facts.evidence().exchanges) {
      if (!(exchange.ask.server == server.address) || exchange.message() == nullptr) continue;
      server.answered = true;
      server.rtt = server.rtt ? std::min(*server.rtt, exchange.rtt) : exchange.rtt;
      if (auto nsid = nsid_of(*exchange.message()); !nsid.empty()) server.nsid = std::move(nsid);
    }
  }
}

// Without arithmetic nothing was found out but structure: neither secure nor bogus can be said (cli.md, +nocrypto).
void settle_verdict(Draft& draft) {
  Chain& chain = draft.chain;
  const bool unchecked = draft.policy.crypto == Policy::Crypto::structure_only;
  if (unchecked && chain.verdict != Security::insecure) chain.verdict = chain.answer.security = Security::indeterminate;
}

// Distinct signatures that came to arithmetic; counted from the Chain, so that a memo changes nothing.
std::uint64_t signatures_checked(const Chain& chain) {
  std::set<dns::Bytes> checked;
  for (const Link& link : chain.links) {
    if (link.kind != LinkKind::signs || !link.rrsig) continue;
    const bool failed = link.finding && chain.findings[*link.finding].code == Code::signature_incorrect;
    if (link.ok || failed) checked.insert(link.rrsig->signature);
  }
  return checked.size();
}

// The verdict turns inside the warning window: the leading cause then is named now (findings.md §2.10).
void warn_ahead(Chain& chain, const Policy& policy) {
  const Forecast& forecast = chain.forecast;
  if (!forecast.verdict_next || chain.verdict != Security::secure) return;
  const auto remaining = forecast.breaks_at - chain.now;
  if (remaining > policy.warning_window || !forecast.zone) return;
  const dns::Name& zone = chain.zones[*forecast.zone].name;
  Finding finding{Code::chain_breaks_soon,
                  zone_subject(zone),
                  {{"breaks_at", forecast.breaks_at}, {"remaining", remaining.count()}},
                  {},
                  zone,
                  static_cast<int>(*forecast.zone) + 1,
                  Blame{zone, row(Code::chain_breaks_soon).blame},
                  std::nullopt};
  if (forecast.first_code) finding.details.push_back({"first_code", std::string(to_text(*forecast.first_code))});
  chain.findings.push_back(std::move(finding));
}

}  // namespace

Chain analyze(const dns::Evidence& evidence, const trustanchor::Anchors& anchors, const Policy& policy, dns::Time now,
              Verifier& verifier) {
  const auto judge_at = [&](dns::Time at) { return judge(evidence, anchors, policy, at, verifier); };
  Chain chain = judge_at(now);
  chain.forecast = forecast(chain, [&](dns::Time at) {
    Chain later = judge_at(at);
    explain(later);
    return later;
  });
  warn_ahead(chain, policy);
  compare_elsewhere(chain, evidence,
                    [&](const dns::Evidence& other) { return judge(other, anchors, policy, now, verifier); });
  if (evidence.target.effort == dns::Effort::full)
    policy_findings(chain, policy, [&](const Policy& other) { return judge(evidence, anchors, other, now, verifier); });
  explain(chain);
  return chain;
}

Chain judge(const dns::Evidence& evidence, const trustanchor::Anchors& anchors, const Policy& policy, dns::Time now,
            Verifier& verifier) {
  const Facts facts(evidence);
  Draft draft(facts, anchors, policy, now, verifier);
  Walk walk(draft);
  walk.follow(evidence.target.name, evidence.target.type);
  judge_made_up(draft, walk);
  settle_verdict(draft);
  transport_findings(draft);
  forwarder_findings(draft);
  reply_findings(draft);
  multi_signer_findings(draft);
  agreement_findings(draft);
  delegation_findings(draft);
  misplaced_findings(draft);
  contradiction_findings(draft);
  padding_findings(draft);
  record_findings(draft);
  key_role_findings(draft);
  cds_findings(draft);
  csync_findings(draft);
  signal_findings(draft);
  anchor_state_findings(draft);
  time_findings(draft);
  measure_servers(draft);
  draft.chain.anchors_source = anchors.source;
  draft.chain.stats.queries = evidence.exchanges.size();
  draft.chain.stats.rounds = evidence.rounds;
  draft.chain.stats.elapsed = evidence.elapsed;
  draft.chain.stats.signatures_checked = signatures_checked(draft.chain);
  return std::move(draft.chain);
}

}  // namespace validator
