#pragma once
// The rows of the catalogue about this machine, its forwarder, its trust anchors: the source of their texts.
// It is part of validator/catalogue.cc and is included by nothing else.

#include <array>

#include "validator/catalogue.h"

namespace validator {

inline constexpr auto here_rows = std::to_array<Row>({
    {Code::clock_suspect, "clock-suspect", Severity::warning, Breaks::some, no_ede, "RFC 4034 §3.1.5",
     "Zones that have nothing to do with each other all look expired, or all not yet valid, by about the same "
     "amount of time. The clock of this machine is wrong, not all of them.",
     "this machine's clock looks wrong by {offset}: {count} unrelated zones are all off by that much", "offset count",
     Remedy::set_clock, Party::here, 0, ""},
    {Code::family_unreachable_here, "family-unreachable-here", Severity::notice, Breaks::no, no_ede, "practice",
     "This machine has no route for one of the two address families. Servers with addresses of that family "
     "were left out and are not blamed.",
     "no {family} route from this machine: servers reachable only by {family} were not asked", "family{ipv4,ipv6}",
     Remedy::none, Party::here, 0, ""},
    {Code::exchanges_spent, "exchanges-spent", Severity::warning, Breaks::some, no_ede, "practice",
     "The limit on questions, or the deadline of the run, ended the search before everything was heard. The "
     "evidence is incomplete, and so is the verdict drawn from it.",
     "stopped before all was heard: {reason}[ (limit {limit})]", "reason{count,deadline} limit", Remedy::none,
     Party::here, 0, ""},
    {Code::forwarder_strips_dnssec, "forwarder-strips-dnssec", Severity::error, Breaks::yes, 10, "RFC 4035 §3.2.1",
     "Even the key set of the trust anchor's own zone arrives without signatures: the resolver asked ignores "
     "the wish for DNSSEC records. Nothing can be validated through it.",
     "{name} DNSKEY arrives without signatures[ from {server}]: DNSSEC records are stripped on the way", "name",
     Remedy::fix_forwarder, Party::here, 0, ""},
    {Code::forwarder_fails, "forwarder-fails", Severity::error, Breaks::yes, 22, "RFC 4035 §3.2.2",
     "The resolver gives no data although it was told not to validate, or it does not look up names for us at "
     "all. That says nothing about whether the data is valid.",
     "no data from the resolver[ {server}] even with checking disabled: {reason}[, {rcode}][, EDE {ede}][ "
     "\"{text}\"]",
     "reason{servfail,refused,silent,no-recursion} rcode ede text", Remedy::fix_forwarder, Party::here, 0,
     "RECURSION_NOT_AVAILABLE"},
    {Code::forwarder_verdict, "forwarder-verdict", Severity::notice, Breaks::some, no_ede, "RFC 4035 §5.5",
     "What the resolver itself concludes about the answer, taken from its AD bit, from its failing only while "
     "it validates, and from its extended errors. It stands beside our verdict; where the two differ, the "
     "difference is what to look at.",
     "the resolver[ {server}] itself concludes: {their_verdict}[, EDE {ede}][ \"{text}\"]", "their_verdict ede text",
     Remedy::none, Party::here, 0, "ERROR_WITHOUT_REQUEST_FLAG"},
    {Code::forwarder_bad_cache, "forwarder-bad-cache", Severity::warning, Breaks::some, 13, "RFC 4035 §4.7",
     "The records are good when asked for again, or asked for elsewhere. The resolver held a bogus copy in "
     "its cache, or DS and DNSKEY sets that stem from different moments of a key rollover.",
     "the resolver[ {server}] held {reason} in its cache for {type}[, {remaining} left]; asked again, the "
     "data is good",
     "reason{bogus,skewed} type remaining", Remedy::fix_forwarder, Party::here, 0, ""},
    {Code::forwarder_lacks_anchor, "forwarder-lacks-anchor", Severity::warning, Breaks::some, no_ede, "RFC 8509 §3",
     "The sentinel names of RFC 8509 show that the resolver does not hold the new root key as a trust anchor. "
     "It will fail for every signed name once the root has rolled to that key.",
     "the resolver[ {server}] does not trust root key {tag}", "tag", Remedy::update_anchor, Party::here, 0, ""},
    {Code::forwarder_alters_answer, "forwarder-alters-answer", Severity::notice, Breaks::some, 17, "RFC 8914 §4",
     "By its extended error the resolver admits that the answer is not what the zone says: stale, forged, "
     "blocked, censored, filtered or prohibited.",
     "the resolver[ {server}] admits to changing the answer: EDE {ede}[ \"{text}\"]", "ede text", Remedy::none,
     Party::here, 0, ""},
    {Code::insecure_by_local_rule, "insecure-by-local-rule", Severity::notice, Breaks::no, 33, "RFC 7646 §2",
     "A negative trust anchor configured here covers the name, so validation is switched off below it on "
     "purpose. Everything there counts as insecure.",
     "a negative trust anchor set here for {name} switches validation off[ until {until}][: {text}]", "name until text",
     Remedy::none, Party::here, 0, ""},
    {Code::anchor_missing, "anchor-missing", Severity::error, Breaks::yes, 5, "RFC 4033 §5",
     "There is no trust anchor at the name or at any ancestor of it, so there is nothing to start from. The "
     "verdict is indeterminate; it is never insecure for that reason.",
     "no trust anchor at or above {name}", "name", Remedy::update_anchor, Party::here, 1, ""},
    {Code::anchor_unusable, "anchor-unusable", Severity::warning, Breaks::some, 1, "RFC 9718 §2",
     "A configured trust anchor is skipped: it cannot be read, contradicts its own public key, comes from a "
     "file with a bad signature, is outside its validity, or is of an algorithm or digest not accepted here.",
     "trust anchor[ of {zone}][ in {file}] is skipped: {reason}[; algorithms {algorithms}][; digests "
     "{digests}]",
     "file reason{syntax,digest,signature,validity,unsupported} algorithms digests", Remedy::update_anchor, Party::here,
     1, ""},
    {Code::anchor_not_signing, "anchor-not-signing", Severity::error, Breaks::yes, 9, "RFC 4035 §5",
     "None of the keys trusted here makes a valid signature over the zone's DNSKEY set: the key is not "
     "published any more, or it is published and does not sign, or its signature fails. The chain has no "
     "beginning.",
     "no trusted key of {zone} (anchors {tags}) signs its DNSKEY set: {reason}[; published {published}][; "
     "signing {signing}]",
     "reason{absent,silent,invalid} tags published signing", Remedy::update_anchor, Party::here, 1,
     "NO_TRUST_ANCHOR_SIGNING"},
    {Code::anchor_outdated, "anchor-outdated", Severity::warning, Breaks::some, no_ede, "RFC 5011 §2.2",
     "The zone publishes, under a signature we trust, an entry key that the anchors here do not know. "
     "Everything works today and becomes bogus once the zone signs with that key alone.",
     "{zone} publishes new entry keys that the trust anchors here lack: {tags}[, to be added by {until}]", "tags until",
     Remedy::update_anchor, Party::here, 1, ""},
    {Code::anchor_revoked, "anchor-revoked", Severity::warning, Breaks::some, no_ede, "RFC 5011 §2.1",
     "The zone publishes the anchored key with the revoke flag and signs with it, which ends all trust in it. "
     "An anchor on that key alone no longer works.",
     "the trusted key {tag} of {zone} has been revoked by its owner", "tag", Remedy::update_anchor, Party::here, 1, ""},
    {Code::anchor_pending, "anchor-pending", Severity::notice, Breaks::no, no_ede, "RFC 5011 §2.4.1",
     "A new entry key has been seen and must stay visible for the hold-down time before it becomes a trust "
     "anchor. There is nothing to do but wait.",
     "new entry key {tag} of {zone} has been seen since {since} and may be trusted from {until}", "tag since until",
     Remedy::wait_until, Party::here, 1, ""},
    {Code::root_key_roll, "root-key-roll", Severity::notice, Breaks::no, no_ede, "RFC 5011 §6",
     "The state of the root's key rollover: which of the root keys are published, which sign, which are "
     "revoked. The planned next step follows from it.",
     "root keys: {phase}; published {published}[, signing {signing}][, revoked {revoked}]",
     "phase{steady,prepublished,swapped,revoking,removed,algorithm} published signing revoked", Remedy::none,
     Party::here, 1, ""},
});

}  // namespace validator
