#pragma once
// The rows of the catalogue about denial of existence: the source of their texts.
// It is part of validator/catalogue.cc and is included by nothing else.

#include <array>

#include "validator/catalogue.h"

namespace validator {

inline constexpr auto denial_rows = std::to_array<Row>({
    {Code::denial_missing, "denial-missing", Severity::error, Breaks::yes, 12, "RFC 4035 §3.1.3",
     "A signed zone gave a negative answer without NSEC or NSEC3 records to prove it. Validators have to "
     "refuse it.",
     "no NSEC or NSEC3 proves that {name} {type} does not exist", "", Remedy::fix_nsec, Party::child, 7,
     "MISSING_NSEC_FOR_NXDOMAIN, MISSING_NSEC_FOR_NODATA"},
    {Code::wildcard_proof_missing, "wildcard-proof-missing", Severity::error, Breaks::yes, 12, "RFC 4035 §3.1.3.3",
     "The answer was made from a wildcard, and there is no proof that the name asked for does not exist "
     "itself. Without it anybody could replay the wildcard for any name.",
     "{name} {type} was made from {wildcard}, without proof that {name} itself does not exist", "wildcard",
     Remedy::fix_nsec, Party::child, 7, "MISSING_NSEC_FOR_WILDCARD"},
    {Code::name_not_denied, "name-not-denied", Severity::error, Breaks::yes, 12, "RFC 4035 §5.4",
     "Nothing in the proof covers the name that is said not to exist. With NSEC3 it is the name just below "
     "the closest ancestor that exists.",
     "no {form} record covers {name}, so its absence is not proven", "form{nsec,nsec3} name", Remedy::fix_nsec,
     Party::child, 7, "SNAME_NOT_COVERED, NEXT_CLOSEST_ENCLOSER_NOT_COVERED"},
    {Code::closest_encloser_unproven, "closest-encloser-unproven", Severity::error, Breaks::yes, 12, "RFC 5155 §8.3",
     "None of the NSEC3 records matches an ancestor of the name that exists. Without this starting point they "
     "prove nothing.",
     "no NSEC3 record matches an existing ancestor of {name}", "name", Remedy::fix_nsec, Party::child, 7,
     "NO_CLOSEST_ENCLOSER"},
    {Code::wildcard_not_denied, "wildcard-not-denied", Severity::error, Breaks::yes, 12, "RFC 4035 §5.4",
     "The proof leaves open that a wildcard could have answered the question. Both the name and the wildcard "
     "have to be denied.",
     "nothing proves that {wildcard} does not exist, so it could have answered", "wildcard", Remedy::fix_nsec,
     Party::child, 7, "WILDCARD_NOT_COVERED"},
    {Code::wildcard_not_applicable, "wildcard-not-applicable", Severity::error, Breaks::yes, 6, "RFC 4592 §3.3.1",
     "The proof contradicts the wildcard answer: it denies the very wildcard, or shows that a closer name "
     "exists, at which the wildcard does not apply. This is how a replayed answer looks.",
     "{wildcard} cannot have answered[ below {encloser}]: {reason}", "reason{denied,closer-name} wildcard encloser",
     Remedy::fix_nsec, Party::child, 7, "WILDCARD_COVERED, WILDCARD_EXPANSION_INVALID"},
    {Code::nodata_record_missing, "nodata-record-missing", Severity::error, Breaks::yes, 12, "RFC 5155 §8.5",
     "The answer says that the name exists without that type, but no NSEC or NSEC3 record matches the name. "
     "The type list of the name is not shown.",
     "no NSEC or NSEC3 record matches {name}, which is said to exist without {type}", "", Remedy::fix_nsec,
     Party::child, 7, "NO_NSEC_MATCHING_SNAME, NO_NSEC3_MATCHING_SNAME"},
    {Code::nodata_name_denied, "nodata-name-denied", Severity::error, Breaks::yes, 6, "RFC 4035 §3.1.3.1",
     "The answer says that the name exists, the proof says that it does not.",
     "{name} is said to exist without the type, but an NSEC record up to {next} denies the name", "name next",
     Remedy::fix_nsec, Party::child, 7, "SNAME_COVERED"},
    {Code::denied_type_listed, "denied-type-listed", Severity::error, Breaks::yes, 6, "RFC 6840 §4.3",
     "The proof itself lists the type that is being denied, or a CNAME, which would have to be followed. It "
     "contradicts the answer.",
     "the proof that {name} has no {type} lists it as present: {types}", "types", Remedy::fix_nsec, Party::child, 7,
     "STYPE_IN_BITMAP"},
    {Code::opt_out_needed, "opt-out-needed", Severity::error, Breaks::yes, 12, "RFC 5155 §8.6",
     "No record matches the name, and the one that covers it does not have the opt-out flag. Only with "
     "opt-out may an unsigned delegation lack a record of its own.",
     "{next_closer} is covered by an NSEC3 without opt-out: it cannot be an unsigned delegation", "next_closer",
     Remedy::fix_nsec, Party::child, 7, "OPT_OUT_FLAG_NOT_SET"},
    {Code::ds_denial_unfit, "ds-denial-unfit", Severity::error, Breaks::yes, 6, "RFC 6840 §4.4",
     "The record that should prove a delegation without DS lacks NS in its type list, or lists DS. It proves "
     "no unsigned delegation.",
     "the proof that {name} has no DS does not fit: {reason}[ (types {types})]", "reason{no-ns,has-ds} types",
     Remedy::fix_nsec, Party::child, 7, "REFERRAL_WITHOUT_NS, REFERRAL_WITH_DS"},
    {Code::ds_denial_from_child, "ds-denial-from-child", Severity::error, Breaks::yes, 6, "RFC 4035 §5.2",
     "The proof that there is no DS comes from the child itself, as its type list with SOA shows. Only the "
     "parent can say that.",
     "the proof that {name} has no DS comes from the child's apex (types {types})", "types", Remedy::contact_parent,
     Party::parent, 7, "REFERRAL_WITH_SOA"},
    {Code::denial_beyond_authority, "denial-beyond-authority", Severity::error, Breaks::yes, 6, "RFC 6840 §4.1",
     "A record is used to deny names it has no say about: one at a delegation or DNAME for what lies below "
     "it, or one that was itself made from a wildcard.",
     "the denial rests on the record of {name}, which has no say there: {which}",
     "which{delegation,dname,wildcard} name", Remedy::fix_nsec, Party::child, 7, ""},
    {Code::nsec_next_outside_zone, "nsec-next-outside-zone", Severity::error, Breaks::yes, 6, "CVE-2026-13321",
     "An NSEC record has an owner or next name outside the zone that signed it. Validators that overlook this "
     "can be made to believe false denials.",
     "an NSEC record in the proof for {name} leads to {next}, outside its zone", "next", Remedy::fix_nsec, Party::child,
     7, ""},
    {Code::nsec3_from_other_zone, "nsec3-from-other-zone", Severity::error, Breaks::yes, 6, "CVE-2026-10723",
     "An NSEC3 record does not lie exactly one label below its signer, or its signer is not the zone that "
     "proves. A child's record could otherwise pose as the parent's.",
     "an NSEC3 record in the proof for {name} is signed by {signer}, which is not the zone that has to prove "
     "it",
     "signer", Remedy::fix_nsec, Party::child, 7, ""},
    {Code::denial_chain_broken, "denial-chain-broken", Severity::error, Breaks::some, 6, "RFC 4034 §4.1.1",
     "The chain of NSEC or NSEC3 records is broken: a record does not lead to the next name, overlaps "
     "another, or the last does not return to the first. Some names cannot be denied, others are denied "
     "wrongly.",
     "the denial chain is broken at {name}: {reason}[, next name {next}]", "reason{gap,overlap,not-closed} next name",
     Remedy::fix_nsec, Party::child, 7, "LAST_NSEC_NEXT_NOT_ZONE"},
    {Code::existing_name_denied, "existing-name-denied", Severity::error, Breaks::some, no_ede, "RFC 4035 §2.3",
     "A server denies a name that it serves itself. Caches that reuse such proofs make the name disappear.",
     "a denial record of the zone covers {name}, which exists", "name", Remedy::fix_nsec, Party::child, 7,
     "EXISTING_NAME_COVERED"},
    {Code::bitmap_contradicts_data, "bitmap-contradicts-data", Severity::error, Breaks::some, no_ede, "RFC 4035 §2.3",
     "The type list of a name does not agree with what the server has: a type it serves is missing from the "
     "list, or a listed type is not there.",
     "the type list of {name} {which}: {types}", "which{omits,claims} types", Remedy::fix_nsec, Party::child, 7,
     "EXISTING_TYPE_NOT_IN_BITMAP"},
    {Code::nsec_bitmap_malformed, "nsec-bitmap-malformed", Severity::error, Breaks::some, no_ede, "RFC 4034 §4.1.2",
     "The type list of an NSEC or NSEC3 record is not well-formed, or lists what must not stand there, or "
     "lacks what must. Validators may reject the record.",
     "the type list of the denial record of {name} is malformed: {reason}",
     "reason{order,length,zeros,pseudo,own-types}", Remedy::fix_nsec, Party::child, 7, ""},
    {Code::nsec_ttl_wrong, "nsec-ttl-wrong", Severity::error, Breaks::no, no_ede, "RFC 9077 §3",
     "The TTL of the NSEC or NSEC3 records is not the lesser of the SOA's TTL and its MINIMUM field. Negative "
     "answers live longer or shorter than the zone says.",
     "denial records for {name} have TTL {ttl} where {expected_ttl} is due", "ttl expected_ttl", Remedy::re_sign,
     Party::child, 7, ""},
    {Code::nsec3_ignored, "nsec3-ignored", Severity::error, Breaks::some, 12, "RFC 5155 §8.1",
     "Validators have to skip this NSEC3 record: its hash algorithm or flags are unknown, or its owner or "
     "next name is no proper hash.",
     "an NSEC3 record for {name} is ignored: {reason}[ (hash {hash})][ (flags {flags})]",
     "reason{hash,flags,owner,next} hash flags", Remedy::fix_nsec3_parameters, Party::child, 7,
     "UNSUPPORTED_NSEC3_ALGORITHM, INVALID_NSEC3_OWNER_NAME, INVALID_NSEC3_HASH"},
    {Code::nsec3_parameters_mixed, "nsec3-parameters-mixed", Severity::error, Breaks::some, 6, "RFC 5155 §8.2",
     "One proof is put together from NSEC3 records with different hash, salt or iterations. They belong to "
     "different chains and prove nothing together.",
     "the proof for {name} mixes NSEC3 records of different parameters (iterations {iterations})", "iterations",
     Remedy::fix_nsec, Party::child, 7, ""},
    {Code::nsec3param_mismatch, "nsec3param-mismatch", Severity::error, Breaks::no, no_ede, "RFC 5155 §7.1",
     "The NSEC3PARAM record is missing, or does not describe the NSEC3 records served. Secondary servers rely "
     "on it to find the right chain.",
     "NSEC3PARAM of {zone} {reason}", "reason{absent,differs}", Remedy::fix_nsec3_parameters, Party::child, 7, ""},
    {Code::nsec3_iterations_nonzero, "nsec3-iterations-nonzero", Severity::error, Breaks::no, no_ede, "RFC 9276 §3.1",
     "The NSEC3 hash is computed more than once. That protects nothing and costs every server and validator "
     "work; the standard demands zero extra iterations.",
     "NSEC3 of {zone} uses {iterations} extra iterations where 0 are due", "iterations", Remedy::fix_nsec3_parameters,
     Party::child, 7, "NONZERO_NSEC3_ITERATION_COUNT"},
    {Code::nsec3_iterations_above_limits, "nsec3-iterations-above-limits", Severity::error, Breaks::some, 27,
     "RFC 9276 §3.2",
     "The number of NSEC3 iterations is above the limit of validators in use. They treat the zone as "
     "insecure, or refuse it.",
     "NSEC3 of {zone} uses {iterations} extra iterations, more than validators accept: {verdicts}",
     "iterations verdicts", Remedy::fix_nsec3_parameters, Party::child, 7, "NONZERO_NSEC3_ITERATION_COUNT"},
    {Code::nsec3_salt_present, "nsec3-salt-present", Severity::warning, Breaks::no, no_ede, "RFC 9276 §3.1",
     "The NSEC3 hash uses a salt. It costs octets and work at every change and protects nothing.",
     "NSEC3 of {zone} uses a salt of {octets} octets without gain", "octets", Remedy::fix_nsec3_parameters,
     Party::child, 7, "NONEMPTY_NSEC3_SALT"},
    {Code::nsec3_opt_out, "nsec3-opt-out", Severity::notice, Breaks::some, no_ede, "RFC 5155 §9.2",
     "The NSEC3 chain leaves out unsigned delegations (opt-out), or this very proof rests on that. Names in "
     "the gaps are insecure: anybody can invent them. It pays only in very large zones.",
     "{which}[: {next_closer} is not proven absent]", "which{chain,proof} next_closer", Remedy::fix_nsec3_parameters,
     Party::child, 7, ""},
    {Code::denial_kinds_mixed, "denial-kinds-mixed", Severity::warning, Breaks::some, no_ede, "RFC 5155 §10.4",
     "NSEC and NSEC3, or two sets of NSEC3 parameters, occur side by side, in one server or between servers. "
     "Proofs put together from both fail.",
     "{zone} mixes {form} {which}", "which{one-server,between-servers} form{nsec-nsec3,parameters}", Remedy::fix_nsec,
     Party::child, 7, ""},
    {Code::denial_made_online, "denial-made-online", Severity::notice, Breaks::no, no_ede, "RFC 9824 §3.1",
     "The zone's denials are made for each query, in compact or minimal form. That is recognised and no "
     "fault; with the pseudo-type NXNAME a compact answer means that the name does not exist.",
     "the denial of {name} was made online: {form}", "form{compact-nxname,compact-plain,white-lies,narrow-nsec3}",
     Remedy::none, Party::child, 7, ""},
    {Code::zone_walkable, "zone-walkable", Severity::notice, Breaks::no, no_ede, "RFC 5155 §1",
     "The zone uses plain NSEC, with which anyone can list all its names one by one. That is fine for a zone "
     "without secrets; one neighbour, or the number of names, is shown.",
     "plain NSEC lists the names of the zone to anyone[, such as {next}][: {count} names]", "next count", Remedy::none,
     Party::child, 7, ""},
    {Code::nxdomain_above_names, "nxdomain-above-names", Severity::error, Breaks::some, no_ede, "RFC 8020 §2",
     "The server says that a name does not exist although there are names below it. Caches then take those "
     "for absent too.",
     "NXDOMAIN is returned above {name}, {which}", "which{empty,data} name", Remedy::fix_server, Party::server, 7,
     "INCONSISTENT_NXDOMAIN_ANCESTOR"},
    {Code::nxdomain_contradicted, "nxdomain-contradicted", Severity::error, Breaks::some, no_ede, "RFC 4035 §3.1.3.2",
     "The server says that the name does not exist, and at the same time answers for another type of it, or "
     "sends a proof that says otherwise.",
     "NXDOMAIN for {name} is contradicted by {reason}[ ({type})]", "reason{other-type,proof} type", Remedy::fix_server,
     Party::server, 7, "INCONSISTENT_NXDOMAIN"},
    {Code::denial_soa_wrong, "denial-soa-wrong", Severity::error, Breaks::some, no_ede, "RFC 2308 §3",
     "A negative answer comes without the SOA record, or with that of another zone. Caches do not know how "
     "long to keep it.",
     "negative answer for {name} {type}: {reason}[ ({soa_owner})]", "reason{missing,foreign} soa_owner",
     Remedy::fix_server, Party::server, 7,
     "MISSING_SOA_FOR_NXDOMAIN, MISSING_SOA_FOR_NODATA, SOA_NOT_OWNER_FOR_NXDOMAIN, SOA_NOT_OWNER_FOR_NODATA"},
});

}  // namespace validator
