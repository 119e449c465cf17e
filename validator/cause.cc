#include "validator/cause.h"

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <set>

#include "validator/census.h"

namespace validator {
namespace {

using Test = std::function<bool(const Finding&)>;

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

// The list of findings.md §3, rule by rule.
class Explanation {
 public:
  explicit Explanation(Chain& chain) : chain_(chain) {}

  void run() {
    local();
    for (ZoneId zone = 0; zone < chain_.zones.size(); ++zone) {
      server_groups(zone);
      whole_zone(zone);
    }
    aliases();
    budgets();
    insecure();
    ahead();
    order();
  }

 private:
  std::vector<Finding>& findings() { return chain_.findings; }

  std::optional<std::size_t> first(const Test& test) const {
    for (std::size_t i = 0; i < chain_.findings.size(); ++i)
      if (!chain_.findings[i].consequence_of && test(chain_.findings[i])) return i;
    return std::nullopt;
  }

  // X is a cause; what the test names is its consequence unless already explained.
  void take(std::size_t cause, const Test& consequence) {
    taken_.insert(cause);
    for (std::size_t i = 0; i < findings().size(); ++i) {
      Finding& finding = findings()[i];
      if (i == cause || taken_.contains(i) || finding.consequence_of || !consequence(finding)) continue;
      finding.consequence_of = cause;
    }
  }

  std::size_t raise(Code code, Subject subject, std::vector<Detail> details, ZoneId zone, ServerSet servers,
                    Blame blame) {
    findings().push_back({code, std::move(subject), std::move(details), std::move(servers), chain_.zones[zone].name,
                          static_cast<int>(zone) + 1, std::move(blame), std::nullopt});
    return findings().size() - 1;
  }

  // Rules 1, 2, 4: this machine, its forwarder, its anchors.
  void local() {
    if (chain_.verdict == Security::indeterminate)
      if (const auto i = first([](const Finding& f) { return f.code == Code::exchanges_spent; }))
        take(*i, [](const Finding& f) {
          return in(f.code, {Code::server_silent, Code::server_lame, Code::delegation_lame, Code::signature_missing,
                             Code::denial_missing, Code::forwarder_fails});
        });
    for (const Code code : {Code::forwarder_strips_dnssec, Code::forwarder_fails})
      if (const auto i = first([&](const Finding& f) { return f.code == code; }))
        take(*i, [](const Finding& f) {
          return is_signature(f.code) || layer(f) == 7 ||
                 in(f.code, {Code::keys_missing, Code::zone_not_signed, Code::no_secure_entry, Code::rcode_unexpected,
                             Code::server_silent, Code::forwarder_verdict, Code::server_loses_dnssec});
        });
    clock();
    for (const Code code : {Code::anchor_missing, Code::anchor_not_signing, Code::anchor_unusable})
      if (const auto i = first([&](const Finding& f) { return f.code == code; })) {
        const dns::Name zone = findings()[*i].zone;
        take(*i, [&](const Finding& f) { return f.zone == zone && layer(f) >= 4 && breaks(f) == Breaks::yes; });
      }
  }

  // Rule 3: no signature of the anchor's zone holds, and one shift of the clock would mend them all. One zone further
  // down alone is never the clock's fault.
  void clock() {
    if (chain_.zones.empty() || chain_.zones.front().security != Security::bogus) return;
    const Census census = take_census(chain_, 0);
    if (census.total == 0 || (census.expired != census.total && census.early != census.total)) return;
    const bool late = census.expired == census.total;
    const auto offset = late ? chain_.now - census.first : census.last - chain_.now;
    const dns::Name& name = chain_.zones.front().name;
    const auto i =
        raise(Code::clock_suspect, Subject{.kind = SubjectKind::answer, .name = chain_.name, .type = chain_.type},
              {{"offset", std::int64_t{offset.count()}}, {"count", zones_off()}}, 0, {}, Blame{name, Party::here});
    clock_ = true;
    take(i, [](const Finding& f) {
      return is_time(f.code) ||
             in(f.code, {Code::anchor_not_signing, Code::no_secure_entry, Code::signature_spare_bad});
    });
    looked_at_.insert(0);
  }

  // Zones none of whose signatures holds now, for reasons of time alone.
  std::uint64_t zones_off() const {
    std::uint64_t zones = 0;
    for (ZoneId zone = 0; zone < chain_.zones.size(); ++zone) {
      const Census census = take_census(chain_, zone);
      if (census.total > 0 && census.expired + census.early == census.total) ++zones;
    }
    return zones;
  }

  // Rule 6: the audit has raised what each failing group of servers is; everything seen there alone follows from it.
  void server_groups(ZoneId zone) {
    for (const Code code : {Code::server_loses_dnssec, Code::server_unsigned, Code::server_stale,
                            Code::multi_signer_keys_not_shared, Code::server_copy_bogus}) {
      while (const auto i = first_untaken(code, zone)) {
        const ServerSet group = findings()[*i].servers;
        take(*i, [&](const Finding& f) {
          const bool inside = !f.servers.empty() && std::ranges::includes(group, f.servers);
          return f.zone == chain_.zones[zone].name &&
                 (inside ||
                  (code == Code::server_stale && in(f.code, {Code::serials_differ, Code::key_missing_on_servers})) ||
                  (code == Code::server_unsigned && f.code == Code::key_missing_on_servers));
        });
      }
    }
  }

  std::optional<std::size_t> first_untaken(Code code, ZoneId zone) const {
    for (std::size_t i = 0; i < chain_.findings.size(); ++i) {
      const Finding& f = chain_.findings[i];
      if (f.code == code && f.zone == chain_.zones[zone].name && !f.consequence_of && !taken_.contains(i)) return i;
    }
    return std::nullopt;
  }

  std::optional<std::size_t> first_in(ZoneId zone, const Test& test) const {
    return first([&](const Finding& f) { return f.zone == chain_.zones[zone].name && test(f); });
  }

  // Rule 7, in its order; each part stops at its first fit.
  void whole_zone(ZoneId zone) {
    unreachable(zone);
    parents_word(zone);
    if (ds_against_keys(zone)) return;
    if (zone_wide(zone)) return;
    key_set(zone);
    denial(zone);
  }

  // One signature over the DNSKEY set fails and the rest is fine: it is the cause, what needs the keys follows.
  void key_set(ZoneId zone) {
    if (!first_in(zone, [](const Finding& f) { return f.code == Code::no_secure_entry; })) return;
    const auto i = first_in(zone, [](const Finding& f) {
      const bool of_keys =
          f.subject.type == dns::RRType::dnskey || f.code == Code::signing_key_missing || f.code == Code::key_malformed;
      return of_keys && row(f.code).severity == Severity::error;
    });
    if (!i) return;
    take(*i, [&](const Finding& f) {
      return f.zone == chain_.zones[zone].name && (f.code == Code::no_secure_entry || layer(f) == 7);
    });
  }

  // 7a
  void unreachable(ZoneId zone) {
    for (const Code code :
         {Code::delegation_absent, Code::glue_missing, Code::ns_without_address, Code::delegation_lame}) {
      const auto i = first_in(zone, [&](const Finding& f) { return f.code == code; });
      if (!i || !first_in(zone, [](const Finding& f) { return f.code == Code::delegation_lame; })) continue;
      take(*i, [&](const Finding& f) {
        return f.zone == chain_.zones[zone].name && (layer(f) == 2 || f.code == Code::delegation_lame);
      });
      return;
    }
  }

  // 7b: a DS set, or its denial, that fails is the parent's fault; its children can do nothing.
  void parents_word(ZoneId zone) {
    const auto fails = [&](const Finding& f) {
      return breaks(f) == Breaks::yes && (is_ds(f) || is_no_ds(f) || denies_ds_of(f));
    };
    const auto echo = [&](const Finding& f) {
      return f.zone == chain_.zones[zone].name && (is_ds(f) || is_no_ds(f) || is_signature(f.code)) &&
             breaks(f) != Breaks::no;
    };
    const auto i = first_in(zone, fails);
    if (!i) return;
    for (const Code code : {Code::ds_answered_from_wrong_side, Code::ds_denial_from_child})
      if (const auto wrong = first_in(zone, [&](const Finding& f) { return f.code == code; }))
        return take(*wrong, echo);
    if (zone_wide(zone)) return;
    const bool denial = is_no_ds(findings()[*i]) || findings()[*i].subject.type != dns::RRType::ds;
    const dns::Name child = denies_ds_of(findings()[*i]).value_or(findings()[*i].subject.name);
    const std::size_t cause =
        raise(denial ? Code::parent_denial_bogus : Code::parent_ds_bogus, delegation_subject(child),
              {{"first_code", std::string(to_text(findings()[*i].code))}}, zone, findings()[*i].servers,
              Blame{chain_.zones[zone].name, Party::parent});
    take(cause, echo);
  }

  // The child whose want of a DS a record was to prove that does not verify.
  std::optional<dns::Name> denies_ds_of(const Finding& finding) const {
    if (!is_signature(finding.code)) return std::nullopt;
    const auto index = static_cast<std::size_t>(&finding - chain_.findings.data());
    for (const Link& link : chain_.links) {
      if (link.ok || link.finding != index) continue;
      const auto* denial = std::get_if<DenialNode>(&chain_.nodes[link.to].body);
      if (denial != nullptr && denial->wanted == Wanted::no_ds) return denial->name;
    }
    return std::nullopt;
  }

  // 7c, 7d
  bool ds_against_keys(ZoneId zone) {
    for (const Code code :
         {Code::zone_not_signed, Code::keys_missing, Code::ds_mistyped, Code::ds_for_unusable_key,
          Code::ds_digest_mismatch, Code::ksk_missing, Code::ds_matches_no_key, Code::entry_key_not_signing}) {
      const auto i = first_in(zone, [&](const Finding& f) { return f.code == code; });
      const bool broken = first_in(zone, [](const Finding& f) { return f.code == Code::no_secure_entry; }).has_value();
      if (!i || !broken) continue;
      take(*i, [&](const Finding& f) {
        return f.zone == chain_.zones[zone].name && breaks(f) != Breaks::no && (layer(f) >= 4 && layer(f) <= 8);
      });
      return true;
    }
    return false;
  }

  // 7e: one reason for all signatures seen in the zone.
  bool zone_wide(ZoneId zone) {
    if (!looked_at_.insert(zone).second) return false;
    const Census census = take_census(chain_, zone);
    if (census.total == 0) return false;
    const dns::Name& name = chain_.zones[zone].name;
    const Blame child{name, Party::child};
    const auto subject = Subject{.kind = SubjectKind::zone, .name = name};
    const auto explain_by = [&](std::size_t cause, const Test& which) {
      take(cause, [&](const Finding& f) {
        return f.zone == name && breaks(f) != Breaks::no &&
               (which(f) || f.code == Code::no_secure_entry || layer(f) == 7);
      });
      return true;
    };
    if (census.failed < 2) return false;
    const bool all = census.failed == census.total;
    if (clock_ && census.only_time()) return false;  // told already: every finding on time
    if (all && census.expired == census.total) {
      const auto i =
          raise(Code::zone_signatures_expired, subject,
                {{"total", census.total}, {"first", census.first}, {"last", census.last}}, zone, census.servers, child);
      return explain_by(
          i, [](const Finding& f) { return f.code == Code::signature_expired || f.code == Code::signature_spare_bad; });
    }
    if (all && census.early == census.total) {
      const auto i =
          raise(Code::zone_signatures_early, subject,
                {{"total", census.total}, {"first", census.first}, {"last", census.last}}, zone, census.servers, child);
      return explain_by(i, [](const Finding& f) { return f.code == Code::signature_not_yet_valid; });
    }
    for (const auto& [tag, tally] : census.by_tag) {
      if (tally.incorrect == tally.total && tally.total >= 2) {
        const auto i = raise(Code::zone_signed_by_wrong_key, subject,
                             {{"tag", std::uint64_t{tag}}, {"total", tally.total}}, zone, census.servers, child);
        return explain_by(i, [wrong = tag](const Finding& f) {
          return f.code == Code::signature_incorrect && f.subject.tag == wrong;
        });
      }
      if (tally.keyless == tally.total && tally.total >= 1)
        if (const auto i = first_in(zone, [](const Finding& f) { return f.code == Code::signing_key_missing; }))
          return explain_by(*i, [](const Finding& f) { return f.code == Code::signing_key_missing; });
    }
    if (census.expired >= 2 && census.good >= 1) {
      const auto i = raise(Code::zone_partly_expired, subject,
                           {{"expired", census.expired}, {"total", census.total}, {"first", census.first}}, zone,
                           census.servers, child);
      return explain_by(i, [](const Finding& f) { return f.code == Code::signature_expired; });
    }
    return false;
  }

  // 7f
  void denial(ZoneId zone) {
    const dns::Name name = chain_.zones[zone].name;
    const auto is_denial = [&](const Finding& f) {
      return f.zone == name && layer(f) == 7 && breaks(f) != Breaks::no && f.subject.kind == SubjectKind::denial;
    };
    for (const Code code : {Code::nsec3_parameters_mixed, Code::nsec3_iterations_above_limits})
      if (const auto i = first_in(zone, [&](const Finding& f) { return f.code == code; })) return take(*i, is_denial);
    std::set<Code> codes;
    std::uint64_t total = 0;
    ServerSet servers;
    for (const Finding& f : findings()) {
      if (f.consequence_of || !is_denial(f) || breaks(f) != Breaks::yes) continue;
      codes.insert(f.code);
      servers = merged(servers, f.servers);
      ++total;
    }
    if (codes.size() != 1 || total < 2) return;
    const auto i = raise(Code::zone_denial_broken, Subject{.kind = SubjectKind::zone, .name = name},
                         {{"first_code", std::string(to_text(*codes.begin()))}, {"total", total}}, zone, servers,
                         Blame{name, Party::child});
    take(i, is_denial);
  }

  // Rule 5: the alias is sound; the target's own cause leads.
  void aliases() {
    const auto alias = first([](const Finding& f) { return f.code == Code::alias_leads_to_bogus; });
    if (!alias) return;
    const dns::Name zone = findings()[*alias].zone;
    for (std::size_t i = 0; i < findings().size(); ++i) {
      const Finding& f = findings()[i];
      if (i == *alias || f.consequence_of || f.zone != zone || breaks(f) != Breaks::yes) continue;
      for (Detail& d : findings()[*alias].details)
        if (d.name == "first_code") d.value = std::string(to_text(f.code));
      return take(i, [&](const Finding& g) { return g.code == Code::alias_leads_to_bogus; });
    }
  }

  // Rule 8
  void budgets() {
    if (const auto i = first([](const Finding& f) { return f.code == Code::work_budget_spent; })) {
      const dns::Name zone = findings()[*i].zone;
      take(*i, [&](const Finding& f) {
        return f.zone == zone && (in(f.code, {Code::key_tag_collision, Code::answer_padded, Code::no_secure_entry}) ||
                                  (is_signature(f.code) && breaks(f) == Breaks::yes));
      });
    }
  }

  // Rule 9: exactly one reason leads, the first from the anchor.
  void insecure() {
    if (chain_.verdict != Security::insecure) return;
    const auto i = first([](const Finding& f) {
      return in(f.code, {Code::insecure_by_local_rule, Code::delegation_algorithm_unsupported,
                         Code::delegation_digest_unsupported, Code::nsec3_iterations_above_limits,
                         Code::delegation_insecure}) ||
             (f.code == Code::nsec3_opt_out && is_proof(f));
    });
    if (!i) return;
    take(*i, [](const Finding& f) {
      return in(f.code, {Code::ds_unsupported, Code::algorithm_unsupported, Code::algorithm_sha1,
                         Code::alias_leaves_security, Code::delegation_insecure, Code::delegation_algorithm_unsupported,
                         Code::delegation_digest_unsupported, Code::insecure_by_local_rule}) ||
             (f.code == Code::nsec3_opt_out && is_proof(f));
    });
  }

  static bool is_proof(const Finding& finding) {
    const Value* which = detail(finding, "which");
    const auto* word = which == nullptr ? nullptr : std::get_if<std::string>(which);
    return word != nullptr && *word == "proof";
  }

  // Rule 10
  void ahead() {
    const auto soon = first([](const Finding& f) { return f.code == Code::chain_breaks_soon; });
    if (!soon) return;
    const dns::Name zone = findings()[*soon].blame.zone;
    const auto echo = [&](const Finding& f) {
      return f.zone == zone && in(f.code, {Code::ttl_outlives_signature, Code::signature_within_clock_skew});
    };
    const auto missed =
        first([&](const Finding& f) { return f.code == Code::signature_refresh_missed && f.zone == zone; });
    if (missed)
      take(*missed, [&](const Finding& f) { return f.code == Code::chain_breaks_soon || echo(f); });
    else
      take(*soon, echo);
  }

  // Report order (findings.md §3, end): causes that break something by rank, then severity and rank; consequences last.
  void order() {
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
  void lead() {
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

  static Subject delegation_subject(const dns::Name& child) { return {.kind = SubjectKind::delegation, .name = child}; }

  Chain& chain_;
  std::set<std::size_t> taken_;
  bool clock_ = false;
  std::set<ZoneId> looked_at_;  // zones whose signatures were summed up
};

}  // namespace

void explain(Chain& chain) { Explanation(chain).run(); }

}  // namespace validator
