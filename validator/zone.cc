#include "validator/zone.h"

#include <algorithm>
#include <future>
#include <string>

#include "validator/cause.h"
#include "validator/draft.h"
#include "validator/zone_freshness.h"
#include "validator/zone_hashes.h"
#include "validator/zone_keys.h"
#include "validator/zone_map.h"
#include "validator/zone_sets.h"

namespace validator {
namespace {

using dns::RRType;
using NameId = ZoneStore::NameId;

bool has_type(const ZoneMap& map, RRType type) {
  return std::ranges::any_of(map.store().entries(), [&](const auto& entry) {
    return entry.type == type && map.role(entry.name) != Role::outside;
  });
}

// Rows of which it depends on the question whether an answer is bogus: in a whole zone there are such questions.
bool breaks_answers(Code code) {
  const Row& found = row(code);
  if (found.severity != Severity::error) return false;
  if (found.breaks == Breaks::yes) return true;
  constexpr int denial_layer = 7;
  if (code == Code::nsec_surplus || code == Code::zonemd_mismatch) return true;
  return found.breaks == Breaks::some && found.layer == denial_layer && code != Code::nsec3_iterations_above_limits;
}

class WholeZone {
 public:
  WholeZone(const ZoneStore& store, const ZonePlan& plan)
      : plan_(plan),
        map_(store, plan.name.value_or(apex_of(store))),
        check_{map_, plan.policy, plan.now},
        ledger_(map_.apex()),
        sets_(map_.apex()),
        verifier_(Verifier::Memo::none) {}

  ZoneJudgement run() {
    record_checks(check_, ledger_);
    const ZoneEntry entry = enter_zone(check_, plan_, verifier_, ledger_);
    if (plan_.has_no_ds) ledger_.add(Code::delegation_insecure, delegation_subject(map_.apex()), {});
    // The chain's records are one thread's work, and need no answer of the signatures: meanwhile.
    ZoneLedger denials(map_.apex());
    const auto how = plan_.jobs > 1 ? std::launch::async : std::launch::deferred;
    auto chain = std::async(how, [&] {
      if (entry.security != Security::insecure) denial(denials);
    });
    judge_signatures(entry);
    chain.get();
    ledger_.append(denials);
    if (kind_ == DenialKind::nsec) ledger_.add(Code::zone_walkable, zone(), {{"count", sets_.totals.names}});
    digest_checks(check_, ledger_);
    result_.freshness = freshness_of(sets_, plan_.now);
    conclude(entry);
    return std::move(result_);
  }

 private:
  const ZoneStore& store() const { return map_.store(); }
  Subject zone() const { return zone_subject(map_.apex()); }

  std::optional<dns::Soa> soa() const {
    if (map_.apex_id() >= store().names()) return std::nullopt;
    const auto entries = store().at(map_.apex_id(), RRType::soa);
    return entries.empty() ? std::nullopt : dns::read_soa(store().data(entries.front()));
  }

  void judge_signatures(const ZoneEntry& entry) {
    ZoneKeys keys;
    keys.trusted = entry.judgement.trusted ? &*entry.judgement.trusted : nullptr;
    keys.published = entry.judgement.published;
    keys.due = algorithms_of(entry.judgement.published);
    if (const auto data = soa()) {
      const auto entries = store().at(map_.apex_id(), RRType::soa);
      keys.denial_ttl = std::min(entries.front().ttl, data->minimum);
      keys.is_denial_ttl_known = true;
    }
    // In a zone that counts as unsigned no signature is anybody's concern (findings.md §1, rule 5).
    const bool is_judged = entry.security != Security::insecure;
    sets_ = is_judged ? judge_sets(check_, keys, plan_.jobs, plan_.tables) : count_sets(check_);
    ledger_.append(sets_.ledger);
    if (!is_judged || entry.heard.set.rdatas.empty()) return;
    ++sets_.totals.sets;
    keys.due = entry.announced;
    if (!plan_.ds.empty()) keys.announced_by = "ds";
    set_checks(check_, entry.heard, entry.judgement.set, keys, ledger_);
    if (const auto& held = entry.judgement.entry)
      sets_.hold({held->rrsig.expiration, held->rrsig.inception, held->rrsig.tag}, store(), map_.apex_id(),
                 RRType::dnskey, plan_.now);
  }

  void denial(ZoneLedger& ledger) {
    if (map_.apex_id() >= store().names()) return;
    const bool by_hash = has_type(map_, RRType::nsec3) || store().has(map_.apex_id(), RRType::nsec3param);
    const bool by_name = has_type(map_, RRType::nsec);
    if (by_hash) nsec3_checks(check_, plan_.jobs, ledger);
    if (by_name || !by_hash) nsec_checks(check_, ledger);
    if (by_hash && by_name)
      ledger.add(Code::denial_kinds_mixed, zone(),
                 {{"which", std::string("one-server")}, {"form", std::string("nsec-nsec3")}});
    kind_ = by_hash   ? (by_name ? DenialKind::both : DenialKind::nsec3)
            : by_name ? DenialKind::nsec
                      : DenialKind::unknown;
  }

  void conclude(const ZoneEntry& entry) {
    Chain& chain = result_.chain;
    chain.name = map_.apex();
    chain.type = RRType::soa;
    chain.now = plan_.now;
    chain.verdict = verdict(entry);
    if (chain.verdict == Security::secure) ahead();
    chain.anchors_source = plan_.anchors_source;
    chain.zones.push_back({.name = map_.apex(), .security = chain.verdict, .denial = kind_});
    chain.findings = ledger_.findings();
    result_.counts = ledger_.counts();
    explain(chain);
    result_.keys = entry.judgement.published;
    show_signatures(result_);
    result_.totals = sets_.totals;
    result_.totals.records = store().records();
    result_.totals.empty_names = count_empty_names(map_);
    if (const auto data = soa()) result_.serial = data->serial;
    const bool is_own = plan_.ds.empty() && plan_.anchors.empty();
    result_.trusted_by = !plan_.ds.empty() ? plan_.ds_source : is_own ? "its own DNSKEY set" : plan_.anchors_source;
  }

  Security verdict(const ZoneEntry& entry) const {
    if (entry.security != Security::secure) return entry.security;
    for (const auto& [code, count] : ledger_.counts()) {
      if (breaks_answers(code)) return Security::bogus;
      const bool is_strict = plan_.policy.completeness == Policy::Completeness::every_algorithm;
      if (is_strict && code == Code::signature_missing_for_algorithm) return Security::bogus;
    }
    const bool is_insecure = plan_.has_no_ds || ledger_.count(Code::nsec3_iterations_above_limits) > 0;
    return is_insecure ? Security::insecure : Security::secure;
  }

  // The first set to fall.
  void ahead() {
    if (!result_.freshness.first) return;
    const dns::Time end = *result_.freshness.first;
    Forecast& forecast = result_.chain.forecast;
    forecast.verdict_next = Security::bogus;
    forecast.breaks_at = end;
    forecast.first_code = Code::signature_expired;
    forecast.zone = 0;
    forecast.per_zone.push_back({0, end});
    if (end - plan_.now >= plan_.policy.warning_window) return;
    ledger_.add(Code::chain_breaks_soon, zone(),
                {{"breaks_at", end},
                 {"remaining", std::int64_t{(end - plan_.now).count()}},
                 {"first_code", std::string(to_text(Code::signature_expired))}});
  }

  const ZonePlan& plan_;
  ZoneMap map_;
  ZoneCheck check_;
  ZoneLedger ledger_;
  SetsJudgement sets_;
  Verifier verifier_;
  DenialKind kind_ = DenialKind::unknown;
  ZoneJudgement result_;
};

}  // namespace

dns::Name apex_of(const ZoneStore& store) {
  for (const auto& entry : store.entries())
    if (entry.type == RRType::soa) return store.name(entry.name);
  return store.names() == 0 ? dns::Name() : store.name(0);
}

ZoneJudgement judge_zone(const ZoneStore& store, const ZonePlan& plan) { return WholeZone(store, plan).run(); }

}  // namespace validator
