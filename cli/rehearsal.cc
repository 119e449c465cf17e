#include "cli/rehearsal.h"

#include <algorithm>
#include <map>
#include <set>

namespace cli {
namespace {

using validator::Chain;
using validator::Mix;
using validator::Part;
using validator::Schedule;
using validator::Security;

struct Word {
  Security verdict = Security::secure;
  std::optional<validator::Finding> cause;
  std::set<validator::Code> found;  // errors and warnings
};

Word word_of(const std::vector<Chain>& chains) {
  Word word;
  for (const auto& chain : chains) {
    const auto before = word.verdict;
    word.verdict = validator::worse(word.verdict, chain.verdict);
    if (word.verdict != before && !chain.causes.empty()) word.cause = chain.findings[chain.causes.front()];
    for (const auto& finding : chain.findings)
      if (validator::row(finding.code).severity != validator::Severity::notice) word.found.insert(finding.code);
  }
  return word;
}

class Run {
 public:
  Run(const Today& today, const Change& change, const Rehearse& validate)
      : today_(today), change_(change), validate_(validate), kept_(today.kept) {
    // Records never seen may have lived as long as those that replace them.
    auto& data = kept_[static_cast<std::size_t>(Part::data)];
    data = std::max(data, change.longest_ttl_of_new.value_or(dns::Seconds{0}));
  }

  Rehearsal run(dns::Time now) {
    Rehearsal out{.today = today_, .words = change_.words, .changed = change_.parts, .now = now};
    out.today.kept = kept_;
    out.is_sampled = !change_.wholly_new.data;
    for (const Mix mix : validator::mixes_of(change_.parts)) {
      const auto& word = of(mix, DsCopy::old_or_new);
      out.tried.push_back({mix, word.verdict, word.cause});
    }
    out.schedule = validator::schedule(change_.parts, kept_, [&](Mix mix) { return holds(mix, DsCopy::old_or_new); });
    out.settled = out.schedule.settled;
    out.steps = with_reasons(out.schedule.steps);
    if (out.schedule.kind == Schedule::Kind::never && change_.both_ds) by_both_ds(out);
    const auto& before = of(Mix(), DsCopy::old_or_new).found;
    const auto& after = of(change_.parts, DsCopy::old_or_new).found;
    std::ranges::set_difference(after, before, std::back_inserter(out.comes));
    std::ranges::set_difference(before, after, std::back_inserter(out.goes));
    return out;
  }

 private:
  const Word& of(Mix mix, DsCopy ds) {
    const auto known = words_.find({mix, ds});
    if (known != words_.end()) return known->second;
    auto plan = plan_for(change_, mix);
    if (ds == DsCopy::both) plan.ds = change_.both_ds;
    auto word = word_of(validate_(plan));
    if (mix.has(Part::data) && change_.fault) take_fault(word);
    return words_.emplace(std::pair(mix, ds), std::move(word)).first->second;
  }

  // Somebody will ask for the sets that nobody asked for here.
  void take_fault(Word& word) const {
    word.found.insert(change_.fault->code);
    if (word.verdict != Security::bogus) word.cause = change_.fault;
    word.verdict = Security::bogus;
  }

  // No worse than what there is and what is wanted: on the way from secure to secure nothing may be insecure, either.
  bool holds(Mix mix, DsCopy ds) {
    const auto old = of(Mix(), DsCopy::old_or_new).verdict, wanted = of(change_.parts, DsCopy::old_or_new).verdict;
    const auto verdict = of(mix, ds).verdict;
    if (verdict != Security::secure && verdict != Security::insecure) return false;
    const bool may_be_insecure = old == Security::insecure || wanted == Security::insecure;
    return verdict == Security::secure || may_be_insecure;
  }

  // Double-DS (RFC 6781 §4.1.2): old and new DS together, then all the rest, then the new DS alone.
  void by_both_ds(Rehearsal& out) {
    std::vector<Part> others;
    for (const Part part : validator::all_parts)
      if (part != Part::ds && change_.parts.has(part)) others.push_back(part);
    const Mix rest(others);
    const auto with_both = [&](Mix mix) { return holds(mix, DsCopy::both); };
    const auto between = validator::schedule(rest, kept_, with_both);
    const bool safe = between.kind == Schedule::Kind::at_once || between.kind == Schedule::Kind::in_steps;
    if (!safe) return;
    const Mix ds = ds_alone();
    out.steps = {{ds, DsCopy::both, dns::Seconds{0}, {}}};
    auto inner = with_reasons(between.steps);
    inner.front().wait = kept(ds);
    inner.front().held = held(ds);
    out.steps.insert(out.steps.end(), inner.begin(), inner.end());
    out.steps.push_back({ds, DsCopy::old_or_new, between.settled, held(between.steps.back().parts)});
    out.settled = kept(ds);
  }

  static Mix ds_alone() {
    constexpr std::array ds{Part::ds};
    return Mix(ds);
  }

  std::vector<RehearsedStep> with_reasons(const std::vector<validator::Step>& steps) const {
    std::vector<RehearsedStep> out;
    out.reserve(steps.size());
    for (std::size_t i = 0; i < steps.size(); ++i)
      out.push_back({steps[i].parts, DsCopy::old_or_new, steps[i].wait, i == 0 ? "" : held(steps[i - 1].parts)});
    return out;
  }

  dns::Seconds kept(Mix parts) const { return validator::kept_longest(parts, kept_); }

  // That of the parts which is held longest.
  std::string held(Mix parts) const {
    for (const Part part : validator::all_parts) {
      if (!parts.has(part) || kept_[static_cast<std::size_t>(part)] != kept(parts)) continue;
      if (part == Part::ds) return today_.ds.empty() ? "that there is no DS" : "the old DS set";
      if (part == Part::keys) return today_.keys.empty() ? "that there are no keys" : "the old DNSKEY set";
      return "old records of the zone";
    }
    return "";
  }

  const Today& today_;
  const Change& change_;
  const Rehearse& validate_;
  validator::Holds kept_;
  std::map<std::pair<Mix, DsCopy>, Word> words_;
};

}  // namespace

bool Rehearsal::by_both_ds() const {
  return std::ranges::any_of(steps, [](const RehearsedStep& step) { return step.ds == DsCopy::both; });
}

Security Rehearsal::worst() const {
  auto verdict = Security::secure;
  for (const auto& one : tried)
    if (one.mix != Mix()) verdict = validator::worse(verdict, one.verdict);
  return verdict;
}

Rehearsal rehearse(const Today& today, const Change& change, dns::Time now, const Rehearse& validate) {
  return Run(today, change, validate).run(now);
}

std::string words_of(Mix mix, Mix changed) {
  std::string text;
  for (const Part part : validator::all_parts) {
    if (!changed.has(part)) continue;
    if (!text.empty()) text += ", ";
    text += mix.has(part) ? "new " : "old ";
    text += part == Part::ds ? "DS" : to_text(part);
  }
  return text;
}

}  // namespace cli
