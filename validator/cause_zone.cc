// Rule 7 of findings.md §3: one zone as a whole.
#include <algorithm>

#include "validator/census.h"
#include "validator/draft.h"
#include "validator/explanation.h"

namespace validator {

// Rule 7, in its order; each part stops at its first fit.
void Explanation::whole_zone(ZoneId zone) {
  unreachable(zone);
  not_delegated(zone);
  parents_word(zone);
  if (ds_against_keys(zone)) return;
  if (zone_wide(zone)) return;
  key_set(zone);
  denial(zone);
}

// One signature over the DNSKEY set fails and the rest is fine: it is the cause, what needs the keys follows.
void Explanation::key_set(ZoneId zone) {
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

// 7a: no server of the zone is usable, or none has an address.
void Explanation::unreachable(ZoneId zone) {
  const bool lame = first_in(zone, [](const Finding& f) { return f.code == Code::delegation_lame; }).has_value();
  const bool nobody = chain_.mode == dns::Mode::walk && chain_.zones[zone].servers.empty();
  if (!lame && !nobody) return;
  for (const Code code : {Code::glue_missing, Code::ns_without_address, Code::delegation_lame}) {
    const auto i = first_in(zone, [&](const Finding& f) { return f.code == code; });
    if (!i) continue;
    take(*i, [&](const Finding& f) {
      const bool missing = layer(f) >= 4 && layer(f) <= 8 && breaks(f) != Breaks::no;
      return f.zone == chain_.zones[zone].name && (layer(f) == 2 || f.code == Code::delegation_lame || missing);
    });
    return;
  }
}

// 7a: the zone above does not delegate a child that is served all the same; nothing the child says can hold there.
void Explanation::not_delegated(ZoneId zone) {
  const auto i = first_in(zone, [](const Finding& f) { return f.code == Code::delegation_absent; });
  if (!i) return;
  const dns::Name child = findings()[*i].subject.name;
  take(*i, [&](const Finding& f) {
    return f.zone == chain_.zones[zone].name && f.subject.name.is_at_or_below(child) && layer(f) >= 6 &&
           layer(f) <= 8 && breaks(f) != Breaks::no;
  });
}

// 7b: a DS set, or its denial, that fails is the parent's fault; its children can do nothing.
void Explanation::parents_word(ZoneId zone) {
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
    if (const auto wrong = first_in(zone, [&](const Finding& f) { return f.code == code; })) return take(*wrong, echo);
  if (zone_wide(zone)) return;
  const bool denial = is_no_ds(findings()[*i]) || findings()[*i].subject.type != dns::RRType::ds;
  const dns::Name child = denies_ds_of(findings()[*i]).value_or(findings()[*i].subject.name);
  const std::size_t cause = raise(denial ? Code::parent_denial_bogus : Code::parent_ds_bogus, delegation_subject(child),
                                  {{"first_code", std::string(to_text(findings()[*i].code))}}, zone,
                                  findings()[*i].servers, Blame{chain_.zones[zone].name, Party::parent});
  take(cause, echo);
}

// The child whose want of a DS a record was to prove that does not verify.
std::optional<dns::Name> Explanation::denies_ds_of(const Finding& finding) const {
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
bool Explanation::ds_against_keys(ZoneId zone) {
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
bool Explanation::zone_wide(ZoneId zone) {
  if (!looked_at_.insert(zone).second) return false;
  const Census census = take_census(chain_, zone);
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
  if (const auto i = first_in(zone, [](const Finding& f) { return f.code == Code::zsk_missing; }))
    return explain_by(*i, [](const Finding& f) { return f.code == Code::signature_missing; });
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
      return explain_by(
          i, [wrong = tag](const Finding& f) { return f.code == Code::signature_incorrect && f.subject.tag == wrong; });
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
void Explanation::denial(ZoneId zone) {
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

}  // namespace validator
