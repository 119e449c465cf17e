#pragma once
// The rows of the catalogue about signatures: the source of their texts.
// It is part of validator/catalogue.cc and is included by nothing else.

#include <array>

#include "validator/catalogue.h"

namespace validator {

inline constexpr auto signatures_rows = std::to_array<Row>({
    {Code::signature_missing, "signature-missing", Severity::error, Breaks::yes, 10, "RFC 4035 §2.2",
     "A record set of a signed zone comes without any signature. Validators have to refuse it.",
     "{name} {type} has no signature", "", Remedy::re_sign, Party::child, 6, "MISSING_RRSIG"},
    {Code::signature_missing_for_algorithm, "signature-missing-for-algorithm", Severity::error, Breaks::some, 10,
     "RFC 4035 §2.2",
     "The set is signed, but not with every algorithm that the DNSKEY or DS set announces. Validators that "
     "insist on all of them refuse it.",
     "{name} {type} has no signature of algorithm {algorithm}, which {which} announces", "algorithm which{dnskey,ds}",
     Remedy::re_sign, Party::child, 6, "MISSING_RRSIG_FOR_ALG_DNSKEY, MISSING_RRSIG_FOR_ALG_DS"},
    {Code::signature_expired, "signature-expired", Severity::error, Breaks::yes, 7, "RFC 4035 §5.3.1",
     "The time of the signature is over. The set was not signed again in time, or an old copy is being served.",
     "signature over {name} {type} by key {tag} expired {expires}[, {age} ago]", "expires age", Remedy::re_sign,
     Party::child, 6, "EXPIRATION_IN_PAST"},
    {Code::signature_not_yet_valid, "signature-not-yet-valid", Severity::error, Breaks::yes, 8, "RFC 4035 §5.3.1",
     "The time of the signature has not come yet. The signer's clock is ahead, or its time zone was mistaken.",
     "signature over {name} {type} by key {tag} is valid only from {inception}[, in {offset}]", "inception offset",
     Remedy::re_sign, Party::child, 6, "INCEPTION_IN_FUTURE"},
    {Code::signature_period_inverted, "signature-period-inverted", Severity::error, Breaks::yes, 25, "RFC 4034 §3.1.5",
     "The signature ends before it begins, or spans so long a time that the two dates cannot be put in order. "
     "No moment exists at which it is valid.",
     "signature over {name} {type} by key {tag} ends before it begins: {inception} to {expires}", "inception expires",
     Remedy::re_sign, Party::child, 6, ""},
    {Code::signature_incorrect, "signature-incorrect", Severity::error, Breaks::yes, 6, "RFC 4035 §5.3.3",
     "The signature does not fit the records and the key. The data was changed after signing, or the private "
     "and the published key are no pair.",
     "signature over {name} {type} by key {tag} ({algorithm}) is wrong", "", Remedy::re_sign, Party::child, 6,
     "SIGNATURE_INVALID"},
    {Code::signature_malformed, "signature-malformed", Severity::error, Breaks::yes, 6, "RFC 6605 §4",
     "The signature has a length that is impossible for its algorithm. It cannot be checked.",
     "signature over {name} {type} by key {tag} ({algorithm}) has {octets} octets where {expected_octets} are "
     "due",
     "octets expected_octets", Remedy::re_sign, Party::child, 6,
     "RRSIG_BAD_LENGTH_ECDSA256, RRSIG_BAD_LENGTH_ECDSA384, RRSIG_BAD_LENGTH_ED25519, RRSIG_BAD_LENGTH_ED448"},
    {Code::signature_signer_foreign, "signature-signer-foreign", Severity::error, Breaks::yes, 6, "RFC 4035 §5.3.1",
     "The signature names as its signer another zone than the one that holds the records. It proves nothing "
     "about them.",
     "signature over {name} {type} claims the signer {signer}, which is not the zone that holds the records", "signer",
     Remedy::re_sign, Party::child, 6, "SIGNER_NOT_ZONE"},
    {Code::signature_labels_wrong, "signature-labels-wrong", Severity::error, Breaks::yes, 6, "RFC 4035 §5.3.1",
     "The labels field of the signature is impossible: more labels than the owner name has, or fewer than the "
     "signer's name. The latter would be a wildcard above the zone.",
     "signature over {name} {type} has a labels field of {labels}, {reason} ({expected_labels})",
     "reason{above-owner,below-signer} labels expected_labels", Remedy::re_sign, Party::child, 6,
     "RRSIG_LABELS_EXCEED_RRSET_OWNER_LABELS"},
    {Code::signature_by_revoked_key, "signature-by-revoked-key", Severity::error, Breaks::some, 6, "RFC 5011 §2.1",
     "A revoked key signs other sets than its own DNSKEY set. Those signatures do not count.",
     "signature over {name} {type} is by key {tag}, which is revoked", "", Remedy::re_sign, Party::child, 6,
     "DNSKEY_REVOKED_RRSIG"},
    {Code::signature_spare_bad, "signature-spare-bad", Severity::warning, Breaks::no, no_ede, "RFC 6840 §5.4",
     "One signature fails, while another one holds the same set. Nothing breaks as long as the other one "
     "stays.",
     "signature over {name} {type} by key {tag} fails ({first_code}), another one holds", "first_code", Remedy::re_sign,
     Party::child, 6, ""},
    {Code::ttls_differ, "ttls-differ", Severity::error, Breaks::no, no_ede, "RFC 4034 §3",
     "The TTLs within one set differ, or that of the set and that of its signature. Caches then forget parts "
     "of it at different times.",
     "TTLs of {name} {type} differ {which}: {ttl} and {expected_ttl}", "which{set,signature} ttl expected_ttl",
     Remedy::fix_records, Party::child, 6, "RRSET_TTL_MISMATCH"},
    {Code::ttl_above_original, "ttl-above-original", Severity::error, Breaks::no, no_ede, "RFC 4034 §3.1.4",
     "The TTL of the records is larger than the original TTL that was signed. Validators cut it down.",
     "the TTL of {which} {name} {type} is {ttl}, above the signed {original_ttl}",
     "which{rrset,rrsig} ttl original_ttl", Remedy::re_sign, Party::child, 6,
     "ORIGINAL_TTL_EXCEEDED_RRSET, ORIGINAL_TTL_EXCEEDED_RRSIG"},
    {Code::non_authoritative_data_signed, "non-authoritative-data-signed", Severity::error, Breaks::no, no_ede,
     "RFC 4035 §2.2",
     "There is a signature over data the zone has no authority for: the NS set of a delegation, glue, or "
     "signatures themselves. It is ignored and shows a signer in error.",
     "{name} has a signature over {type}, where the zone has no authority to sign it", "type", Remedy::re_sign,
     Party::child, 6, ""},
});

}  // namespace validator
