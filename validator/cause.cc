#include "validator/cause.h"

#include <algorithm>

#include "validator/census.h"
#include "validator/explanation.h"

namespace validator {
namespace {

// 6c: what one provider's servers sign, the keys of the other do not verify.
bool is_unshared(const Finding& finding, bool inside) {
  if (finding.code == Code::key_missing_on_servers) return true;
  return inside && (is_signature(finding.code) || layer(finding) == 7);
}

}  // namespace

void Explanation::run() {
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

// Rules 1, 2, 4: this machine, its forwarder, its anchors.
void Explanation::local() {
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
  // The records are good elsewhere: all that the bad copies show is no fault of any zone.
  if (chain_.verdict == Security::bogus)
    if (const auto i = first([](const Finding& f) { return f.code == Code::forwarder_bad_cache; }))
      take(*i, [](const Finding& f) { return layer(f) >= 2 && breaks(f) != Breaks::no; });
  clock();
  revoked_anchor();
  for (const Code code : {Code::anchor_missing, Code::anchor_not_signing, Code::anchor_unusable})
    if (const auto i = first([&](const Finding& f) { return f.code == code; })) {
      const dns::Name zone = findings()[*i].zone;
      take(*i, [&](const Finding& f) { return f.zone == zone && layer(f) >= 4 && breaks(f) == Breaks::yes; });
    }
}

// Rule 4: the only keys trusted here were revoked by their owner; that none of them leads in follows.
void Explanation::revoked_anchor() {
  const auto revoked = first([](const Finding& f) { return f.code == Code::anchor_revoked; });
  const auto silent = first([](const Finding& f) { return f.code == Code::anchor_not_signing; });
  if (!revoked || !silent || findings()[*revoked].zone != findings()[*silent].zone) return;
  const dns::Name zone = findings()[*revoked].zone;
  take(*revoked, [&](const Finding& f) {
    return f.zone == zone && (f.code == Code::anchor_not_signing || (layer(f) >= 4 && breaks(f) == Breaks::yes));
  });
}

// Rule 3: no signature of the anchor's zone holds, and one shift of the clock would mend them all. One zone further
// down alone is never the clock's fault.
void Explanation::clock() {
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
    return is_time(f.code) || in(f.code, {Code::anchor_not_signing, Code::no_secure_entry, Code::signature_spare_bad});
  });
  looked_at_.insert(0);
}

// Zones none of whose signatures holds now, for reasons of time alone.
std::uint64_t Explanation::zones_off() const {
  std::uint64_t zones = 0;
  for (ZoneId zone = 0; zone < chain_.zones.size(); ++zone) {
    const Census census = take_census(chain_, zone);
    if (census.total > 0 && census.expired + census.early == census.total) ++zones;
  }
  return zones;
}

// Rule 6: the audit has raised what each failing group of servers is; everything seen there alone follows from it.
void Explanation::server_groups(ZoneId zone) {
  for (const Code code : {Code::server_loses_dnssec, Code::server_unsigned, Code::server_stale,
                          Code::multi_signer_keys_not_shared, Code::server_copy_bogus}) {
    while (const auto i = first_untaken(code, zone)) {
      const ServerSet group = findings()[*i].servers;
      take(*i, [&](const Finding& f) {
        const bool inside = !f.servers.empty() && std::ranges::includes(group, f.servers);
        if (code == Code::multi_signer_keys_not_shared)
          return f.zone == chain_.zones[zone].name && is_unshared(f, inside);
        return f.zone == chain_.zones[zone].name &&
               (inside ||
                (code == Code::server_stale && in(f.code, {Code::serials_differ, Code::key_missing_on_servers})) ||
                (code == Code::server_unsigned && f.code == Code::key_missing_on_servers));
      });
    }
  }
}

// Rule 5: the alias is sound; the target's own cause leads.
void Explanation::aliases() {
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

// Rule 8; and that strict validators judge otherwise follows from the algorithm that leads nowhere.
void Explanation::budgets() {
  for (const Code code : {Code::entry_missing_for_algorithm, Code::signature_missing_for_algorithm})
    if (const auto i = first([&](const Finding& f) { return f.code == code; })) {
      const dns::Name zone = findings()[*i].zone;
      take(*i, [&](const Finding& f) { return f.zone == zone && f.code == Code::verdict_depends_on_policy; });
    }
  if (const auto i = first([](const Finding& f) { return f.code == Code::work_budget_spent; })) {
    const dns::Name zone = findings()[*i].zone;
    take(*i, [&](const Finding& f) {
      return f.zone == zone && (in(f.code, {Code::key_tag_collision, Code::answer_padded, Code::no_secure_entry}) ||
                                (is_signature(f.code) && breaks(f) == Breaks::yes));
    });
  }
}

// Rule 9: exactly one reason leads, the first from the anchor.
void Explanation::insecure() {
  if (chain_.verdict != Security::insecure) return;
  const auto i = first([](const Finding& f) {
    return in(f.code,
              {Code::insecure_by_local_rule, Code::delegation_algorithm_unsupported,
               Code::delegation_digest_unsupported, Code::nsec3_iterations_above_limits, Code::delegation_insecure}) ||
           (f.code == Code::nsec3_opt_out && is_proof(f));
  });
  if (!i) return;
  take(*i, [](const Finding& f) {
    return in(f.code,
              {Code::ds_unsupported, Code::algorithm_unsupported, Code::algorithm_sha1, Code::alias_leaves_security,
               Code::delegation_insecure, Code::delegation_algorithm_unsupported, Code::delegation_digest_unsupported,
               Code::insecure_by_local_rule, Code::verdict_depends_on_policy}) ||
           (f.code == Code::nsec3_opt_out && is_proof(f));
  });
}

bool Explanation::is_proof(const Finding& finding) {
  const Value* which = detail(finding, "which");
  const auto* word = which == nullptr ? nullptr : std::get_if<std::string>(which);
  return word != nullptr && *word == "proof";
}

// Rule 10
void Explanation::ahead() {
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

void explain(Chain& chain) { Explanation(chain).run(); }

}  // namespace validator
