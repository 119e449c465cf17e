#include "validator/walk.h"

#include <algorithm>
#include <set>

#include "validator/audit.h"
#include "validator/zone_entry.h"

namespace validator {
namespace {

// An SOA of that very name, which no zone above has signed.
bool is_served(const Facts& facts, const dns::Name& name) {
  const auto speaks = [&](const dns::SignedRRset& set) {
    return set.set.type == dns::RRType::soa && set.set.owner == name && signer_of(set).value_or(name) == name;
  };
  for (const auto& [question, replies] : facts.all()) {
    if (!question.first.is_at_or_below(name)) continue;
    for (const Heard& heard : replies)
      if (std::ranges::any_of(heard.answer, speaks) || std::ranges::any_of(heard.authority, speaks)) return true;
  }
  return false;
}

// Without signatures only NXDOMAIN says that there is no delegation: NODATA is what an unsigned child gets too.
bool denied_from_above(const Facts& facts, const dns::Name& name) {
  return std::ranges::any_of(facts.to(name, dns::RRType::ds), [&](const Heard& heard) {
    return heard.message->rcode == dns::Rcode::nxdomain && heard.soa() != nullptr &&
           name.is_below(heard.soa()->set.owner);
  });
}

// Data at the very name come with a signature of this zone: whether it holds, the answer's judgement says (RFC 4035
// §5.3.1). What one server refers away is then another's own.
bool is_signed_by(const Facts& facts, const dns::Name& name, const dns::Name& zone) {
  for (const auto& [question, replies] : facts.all()) {
    if (!(question.first == name)) continue;
    for (const Heard& heard : replies)
      for (const dns::SignedRRset& set : heard.answer)
        if (set.set.owner == name && set.set.type != dns::RRType::ds && signer_of(set) == zone) return true;
  }
  return false;
}

// The zone's servers were asked for DS there, and say that there is none: the proof that should come with it does not,
// or does not hold. What then is not signed by the zone is its failure, not our ignorance (standards.md §8a 6f, RFC
// 4033 §5).
bool denied_without_proof(const Facts& facts, const dns::Name& name) {
  return std::ranges::any_of(facts.to(name, dns::RRType::ds), [&](const Heard& heard) {
    const auto* soa = heard.soa();
    const bool from_child = soa != nullptr && soa->set.owner.is_at_or_below(name);
    return heard.usable() && !heard.assumed && !heard.referral_to() && !from_child;
  });
}

}  // namespace

Position Walk::descend(const dns::Name& name, dns::RRType type) {
  auto position = start(name, type);
  if (!position) return {};
  const std::size_t depth = name.labels();
  const std::size_t last = type == dns::RRType::ds && depth > 0 ? depth - 1 : depth;
  const std::size_t from = draft_.chain.zones[position->zone].name.labels();
  for (std::size_t labels = from + 1; labels <= last; ++labels) {
    if (draft_.chain.zones.size() >= draft_.policy.bounds.zones) {
      position->uncertain = true;  // whose the name is was not looked at: no zone is blamed for it
      break;
    }
    const auto next = step(*position, name.ancestor(labels));
    if (!next) break;  // nothing exists at or below: the answer of this zone says so
    position = next;
  }
  return *position;
}

std::optional<Position> Walk::start(const dns::Name& name, dns::RRType type) {
  // DS at an anchor's own name is not validated by that anchor (standards.md §8a 1).
  const dns::Name from = type == dns::RRType::ds && !name.is_root() ? name.parent() : name;
  const auto anchored = draft_.anchors.closest_zone(from, draft_.now);
  if (!anchored) {
    const ZoneId zone = draft_.zone({}, std::nullopt);
    draft_.find(Code::anchor_missing, anchor_subject(name, 0), {{"name", name}}, zone, {}, Blame{{}, Party::here});
    return Position{.zone = zone, .security = Security::indeterminate};
  }
  if (const auto known = entered_.find(*anchored); known != entered_.end()) return known->second;
  const auto insecure = locally_insecure(*anchored, std::nullopt);
  Position position = insecure ? *insecure : enter_by_anchor(draft_, *anchored);
  entered_.insert_or_assign(*anchored, position);
  return position;
}

std::optional<Position> Walk::step(const Position& position, const dns::Name& name) {
  if (const auto known = entered_.find(name); known != entered_.end()) return known->second;
  if (const auto insecure = locally_insecure(name, position.zone)) {
    entered_.insert_or_assign(name, *insecure);
    return insecure;
  }
  if (position.security != Security::secure) {
    Position next = below_broken(position, name);
    entered_.insert_or_assign(name, next);
    return next;
  }
  const CutJudgement cut = judge_cut(draft_, position, name);
  Position next = position;
  switch (cut.kind) {
    case CutJudgement::Kind::secure_ds: next = enter_by_ds(draft_, position, cut); break;
    case CutJudgement::Kind::insecure: next = enter_insecure(draft_, position, name, cut); break;
    case CutJudgement::Kind::bogus: next = enter_unreached(draft_, position, name, Security::bogus); break;
    case CutJudgement::Kind::absent: undelegated(position.zone, name, "nxdomain"); return std::nullopt;
    case CutJudgement::Kind::none: undelegated(position.zone, name, "nodata"); break;
    case CutJudgement::Kind::unknown:
      next.uncertain = position.uncertain || !denied_without_proof(draft_.facts, name);
      // Somebody delegates to it or speaks for it, and nobody says how: its data cannot be judged.
      if (seen_as_zone(draft_.facts, name) && !is_signed_by(draft_.facts, name, draft_.chain.zones[position.zone].name))
        next = enter_unreached(draft_, position, name, Security::indeterminate);
      break;
  }
  entered_.insert_or_assign(name, next);
  return next;
}

// Somebody serves the name as a zone, nobody refers to it, and the zone above says that it is none (RFC 1034 §4.2.2).
void Walk::undelegated(ZoneId above, const dns::Name& name, std::string_view reason) {
  if (!is_served(draft_.facts, name) || !draft_.facts.referrals_to(name).empty()) return;
  draft_.find(Code::delegation_absent, delegation_subject(name), {{"reason", std::string(reason)}}, above, {},
              Blame{name, Party::registrar});
}

// Nothing below a zone that is not secure can be; zones are still told apart, and judged by their own keys for
// diagnosis.
Position Walk::below_broken(const Position& position, const dns::Name& name) {
  if (!seen_as_zone(draft_.facts, name)) return position;
  if (position.security != Security::insecure) return enter_unreached(draft_, position, name, position.security);
  const ZoneId zone = draft_.zone(name, position.zone);
  draft_.chain.zones[zone].security = Security::insecure;
  if (denied_from_above(draft_.facts, name)) undelegated(zone, name, "nxdomain");
  judge_island(draft_, zone);
  return {.zone = zone, .security = Security::insecure};
}

// RFC 7646: from local configuration, with an end.
std::optional<Position> Walk::locally_insecure(const dns::Name& name, std::optional<ZoneId> parent) {
  for (const NegativeAnchor& negative : draft_.policy.negative_anchors) {
    if (!name.is_at_or_below(negative.name) || draft_.now >= negative.until) continue;
    if (parent && !(name == negative.name)) continue;  // below it all is insecure already; not every name is a zone
    const ZoneId zone = draft_.zone(name, parent);
    draft_.chain.zones[zone].security = Security::insecure;
    draft_.find(Code::insecure_by_local_rule, answer_subject(draft_.chain.name, draft_.chain.type),
                {{"name", negative.name}, {"until", negative.until}, {"text", negative.reason}}, zone, {},
                Blame{name, Party::here});
    return Position{.zone = zone, .security = Security::insecure};
  }
  return std::nullopt;
}

void Walk::follow(const dns::Name& first, dns::RRType type) {
  Answer& answer = draft_.chain.answer;
  Security security = Security::secure;
  std::set<dns::Name> seen;
  std::optional<NodeId> alias;
  dns::Name name = first;
  for (std::size_t steps = 0;; ++steps) {
    seen.insert(name);
    const Position position = descend(name, type);
    AnswerJudgement word = judge_answer(draft_, position, name, type);
    // No reply at all in a zone that is insecure or bogus says no more than the zone did.
    const bool unheard = word.nodes.empty() && position.security != Security::secure;
    const Security step = unheard ? worse(position.security, Security::indeterminate) : word.security;
    if (alias && step == Security::insecure && security == Security::secure)
      draft_.find(Code::alias_leaves_security, answer_subject(first, type), {{"target", name}}, position.zone, {});
    if (alias && step == Security::bogus && security != Security::bogus)
      draft_.find(Code::alias_leads_to_bogus, answer_subject(first, type),
                  {{"target", name}, {"first_code", std::string("")}}, position.zone, {});
    security = worse(security, step);
    answer.rcode = word.rcode;
    answer.rrsets.insert(answer.rrsets.end(), word.nodes.begin(), word.nodes.end());
    answer.records.insert(answer.records.end(), word.records.begin(), word.records.end());
    if (word.ttl) answer.ttl = answer.ttl ? std::min(*answer.ttl, *word.ttl) : *word.ttl;
    if (alias && !word.nodes.empty())
      draft_.link({LinkKind::aliases, *alias, word.nodes.front(), true, std::nullopt, {}, {}, {}, {}, {}});
    if (!word.next) break;
    if (seen.contains(*word.next)) {
      draft_.find(Code::alias_loop, answer_subject(first, type), {{"target", *word.next}, {"count", count(steps + 1)}},
                  position.zone, {});
      security = worse(security, Security::indeterminate);
      break;
    }
    if (steps + 1 >= draft_.policy.bounds.aliases) {
      draft_.find(Code::validator_limits_exceeded, answer_subject(first, type),
                  {{"validator", std::string("trustwalk")},
                   {"which", std::string("aliases")},
                   {"count", count(steps + 1)},
                   {"limit", std::uint64_t{draft_.policy.bounds.aliases}}},
                  position.zone, {});
      security = worse(security, Security::indeterminate);
      break;
    }
    alias = word.alias;
    name = *word.next;
  }
  answer.security = security;
  draft_.chain.verdict = security;
}

}  // namespace validator
