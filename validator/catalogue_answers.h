#pragma once
// The rows of the catalogue about answers, aliases, limits, and the time ahead: the source of their texts.
// It is part of validator/catalogue.cc and is included by nothing else.

#include <array>

#include "validator/catalogue.h"

namespace validator {

inline constexpr auto answers_rows = std::to_array<Row>({
    {Code::alias_with_other_data, "alias-with-other-data", Severity::error, Breaks::some, no_ede, "RFC 2181 §10.1",
     "A name has a CNAME and other records beside it, which contradict each other. What a resolver gets "
     "depends on what it asked first.",
     "{name} has a CNAME and also {types}", "types", Remedy::fix_records, Party::child, 8, "CNAME_WITH_OTHER_DATA"},
    {Code::alias_loop, "alias-loop", Severity::error, Breaks::yes, no_ede, "RFC 1034 §3.6.2",
     "The aliases lead back to a name that was already seen. There is no answer at the end.",
     "the aliases from {name} come back to {target} after {count} steps", "target count", Remedy::fix_records,
     Party::child, 8, "CNAME_LOOP"},
    {Code::alias_leaves_security, "alias-leaves-security", Severity::notice, Breaks::no, no_ede, "RFC 4035 §5",
     "An alias leads from a secure zone into an insecure one. The answer as a whole is then insecure.",
     "the alias {name} leads to {target} in an insecure zone, so the answer is insecure", "target", Remedy::none,
     Party::child, 8, ""},
    {Code::alias_leads_to_bogus, "alias-leads-to-bogus", Severity::error, Breaks::yes, 6, "RFC 4035 §5.5",
     "The alias itself is secure, but the name it points at fails validation. The fault lies in the target's "
     "zone.",
     "the alias {name} is secure, but its target {target} fails ({first_code})", "target first_code", Remedy::none,
     Party::child, 8, ""},
    {Code::dname_cname_wrong, "dname-cname-wrong", Severity::error, Breaks::some, 6, "RFC 6672 §3.1",
     "An answer by way of a DNAME lacks the CNAME that servers have to make from it, or has one that the "
     "DNAME does not yield.",
     "DNAME answer for {name}: the made-up CNAME {reason}[ {target}][, due is {expected_target}]",
     "reason{absent,target} target expected_target", Remedy::fix_server, Party::server, 8,
     "DNAME_NO_CNAME, DNAME_TARGET_MISMATCH"},
    {Code::dname_cname_ttl_odd, "dname-cname-ttl-odd", Severity::warning, Breaks::no, no_ede, "RFC 6672 §3.1",
     "The CNAME made from a DNAME has a TTL of zero, or another one than the DNAME. Caches keep it shorter or "
     "longer than meant.",
     "the CNAME made up for {name} has TTL {ttl} where the DNAME has {expected_ttl}", "ttl expected_ttl",
     Remedy::fix_server, Party::server, 8, "DNAME_TTL_ZERO, DNAME_TTL_MISMATCH"},
    {Code::answer_padded, "answer-padded", Severity::warning, Breaks::some, no_ede, "CVE-2026-11605",
     "The answer holds far more denial records or signatures than the proof needs. Every one of them is work "
     "for validators, which is how they can be overloaded.",
     "the answer for {name} {type} holds {count} denial records or signatures, far above the {limit} needed",
     "count limit", Remedy::fix_server, Party::server, 8, ""},
    {Code::work_budget_spent, "work-budget-spent", Severity::error, Breaks::some, no_ede, "CVE-2023-50387",
     "The checks allowed for one name are used up before anything held, as with answers built to keep "
     "validators busy. Such an answer is never secure.",
     "gave up on {name} {type}: {which}, {spent} of {limit} allowed are spent",
     "which{signatures,failures,tag-collisions,digests,nsec3-hashes,denial-records} spent limit", Remedy::drop_key,
     Party::child, 8, ""},
    {Code::validator_limits_exceeded, "validator-limits-exceeded", Severity::warning, Breaks::some, no_ede, "practice",
     "The check came to its end here, but a validator or resolver in use would have given up. Its users do "
     "not see the name.",
     "{validator} would give up on {name} {type}: {count} {which}, its limit is {limit}",
     "validator which{signatures,tag-collisions,digests,ds,nsec3-records,aliases} count limit", Remedy::drop_key,
     Party::child, 8, ""},
    {Code::chain_breaks_soon, "chain-breaks-soon", Severity::warning, Breaks::some, no_ede, "RFC 4035 §5.3.1",
     "Judged later, the same evidence turns to another verdict, within the time of warning. What will be the "
     "leading cause then is named.",
     "the chain breaks {breaks_at}, in {remaining}: {first_code}", "breaks_at remaining first_code", Remedy::re_sign,
     Party::child, 9, ""},
    {Code::signature_refresh_missed, "signature-refresh-missed", Severity::warning, Breaks::some, no_ede,
     "RFC 6781 §4.4.2.2",
     "The signatures are older than the zone lets them become, or than the given measure. The signer has "
     "stopped; what it signed will expire.",
     "{zone} was not signed again for {age}, usual is {usual}[; expires {expires}]", "age usual expires",
     Remedy::re_sign, Party::child, 9, ""},
    {Code::ttl_outlives_signature, "ttl-outlives-signature", Severity::warning, Breaks::some, no_ede, "RFC 6781 §4.4.1",
     "The records may be cached for longer than what is left of their signature. Caches may hold them after "
     "it has expired.",
     "{name} {type} has TTL {ttl}, but its signature ends in {remaining}", "ttl remaining", Remedy::lower_ttl,
     Party::child, 9, "TTL_BEYOND_EXPIRATION"},
    {Code::signature_within_clock_skew, "signature-within-clock-skew", Severity::warning, Breaks::some, no_ede,
     "RFC 4035 §5.3.1",
     "The signature begins or ends within five minutes of now. Validators whose clock is a little off see it "
     "fail.",
     "a signature over {name} {type} {edge} within {offset} of now: clocks a little off see it fail",
     "edge{inception,expiration} offset", Remedy::re_sign, Party::child, 9,
     "INCEPTION_WITHIN_CLOCK_SKEW, EXPIRATION_WITHIN_CLOCK_SKEW"},
    {Code::signatures_expire_together, "signatures-expire-together", Severity::notice, Breaks::no, no_ede,
     "RFC 6781 §4.4.2",
     "All signatures of the zone end within one hour. If the signer misses that hour everything fails at "
     "once, and if not it has all the work at once.",
     "all {total} signatures of {zone} end between {first} and {last}", "first last total", Remedy::re_sign,
     Party::child, 9, ""},
    {Code::signature_shorter_than_soa_expire, "signature-shorter-than-soa-expire", Severity::warning, Breaks::some,
     no_ede, "RFC 6781 §4.4.1",
     "The signatures end before a secondary that lost its primary would stop serving the zone. It would go on "
     "with signatures that have expired.",
     "signatures of {zone} end in {remaining}, a cut-off secondary serves it for {soa_expire}", "remaining soa_expire",
     Remedy::fix_records, Party::child, 9, ""},
    {Code::signature_period_odd, "signature-period-odd", Severity::notice, Breaks::no, no_ede, "RFC 6781 §4.4.2",
     "The whole validity of the signatures is unusually short or long. Under three days leaves no slack for a "
     "weekend; over ninety days lets withdrawn data be replayed as long.",
     "signatures of {zone} are valid for {period}: {which}", "which{short,long} period", Remedy::re_sign, Party::child,
     9, ""},
});

}  // namespace validator
