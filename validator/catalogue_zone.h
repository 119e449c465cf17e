#pragma once
// The rows of the catalogue about whole zones, and summaries: the source of their texts.
// It is part of validator/catalogue.cc and is included by nothing else.

#include <array>

#include "validator/catalogue.h"

namespace validator {

inline constexpr auto zone_rows = std::to_array<Row>({
    {Code::zone_apex_incomplete, "zone-apex-incomplete", Severity::error, Breaks::yes, no_ede, "RFC 1035 §5.2",
     "The apex of the zone lacks its SOA or its NS set, or has several SOA records. It cannot be served as a "
     "zone.",
     "the apex of {zone} is incomplete: {which}[ ({count})]", "which{soa-missing,soa-many,ns-missing} count",
     Remedy::fix_records, Party::child, 6, ""},
    {Code::out_of_zone_data, "out-of-zone-data", Severity::error, Breaks::no, no_ede, "RFC 1035 §5.2",
     "The zone contains records outside of it, or below a delegation without being glue. Servers ignore them.",
     "{name} lies outside the authority of {zone}", "name", Remedy::fix_records, Party::child, 6, ""},
    {Code::record_duplicate, "record-duplicate", Severity::warning, Breaks::no, no_ede, "RFC 2181 §5",
     "The same record is given twice. Servers and signers drop the second one.",
     "{name} {type} contains the same record twice", "", Remedy::fix_records, Party::child, 6, ""},
    {Code::nsec_missing_at_name, "nsec-missing-at-name", Severity::error, Breaks::yes, 12, "RFC 4035 §2.3",
     "A name that needs an NSEC or NSEC3 record does not have one. It cannot be denied or proven properly.",
     "{name} has no NSEC or NSEC3 record and needs one", "name", Remedy::fix_nsec, Party::child, 6, ""},
    {Code::nsec_surplus, "nsec-surplus", Severity::error, Breaks::some, 6, "RFC 4035 §2.3",
     "There is an NSEC or NSEC3 record for a name that must not have one, or for none at all. It breaks the "
     "chain of denial.",
     "{name} has an NSEC or NSEC3 record and must not have one", "name", Remedy::fix_nsec, Party::child, 6, ""},
    {Code::signature_orphaned, "signature-orphaned", Severity::warning, Breaks::no, no_ede, "RFC 4035 §2.2",
     "There is a signature over a set that is not there. It is left over from an earlier state.",
     "{name} has a signature over {type}, which is not there", "type", Remedy::re_sign, Party::child, 6, ""},
    {Code::dname_with_descendants, "dname-with-descendants", Severity::error, Breaks::some, no_ede, "RFC 6672 §2.4",
     "There are names below a DNAME in the same zone. The DNAME takes over everything below it, so they "
     "contradict each other.",
     "{name} lies below a DNAME of the same zone", "name", Remedy::fix_records, Party::child, 6, ""},
    {Code::zonemd_mismatch, "zonemd-mismatch", Severity::error, Breaks::some, no_ede, "RFC 8976 §4",
     "The digest in the ZONEMD record is not that of the zone's content. The zone was changed or damaged "
     "after the digest was made.",
     "ZONEMD of {zone} (serial {serial}, {scheme}) is not the digest of its content", "serial scheme", Remedy::re_sign,
     Party::child, 6, ""},
    {Code::zonemd_unusable, "zonemd-unusable", Severity::warning, Breaks::no, no_ede, "RFC 8976 §4",
     "The ZONEMD record cannot be used to check the zone: it is for another serial, of an unknown scheme or "
     "hash, or given twice.",
     "ZONEMD of {zone} (serial {serial}, {scheme}) cannot be used: {reason}",
     "serial scheme reason{serial,scheme,hash,duplicate}", Remedy::re_sign, Party::child, 6, ""},
    {Code::zone_not_signed, "zone-not-signed", Severity::error, Breaks::yes, 9, "RFC 4035 §5.2",
     "The parent has a DS for the zone, but no server has a key or a signature. Usually the zone moved to "
     "another provider and the DS stayed behind; without it, or with the zone signed again, all is well.",
     "{zone} is not signed at all, but its parent has DS {ds}", "ds", Remedy::remove_ds, Party::registrar, 4, ""},
    {Code::zone_signatures_expired, "zone-signatures-expired", Severity::error, Breaks::yes, 7, "RFC 4035 §5.3.1",
     "Every signature seen in the zone has expired: the signer has stopped.",
     "all {total} signatures of {zone} have expired, from {first} to {last}", "total first last", Remedy::re_sign,
     Party::child, 5, ""},
    {Code::zone_signatures_early, "zone-signatures-early", Severity::error, Breaks::yes, 8, "RFC 4035 §5.3.1",
     "Every signature seen in the zone has yet to begin: the clock or time zone of the signer is wrong.",
     "all {total} signatures of {zone} are not yet valid, from {first} to {last}", "total first last", Remedy::re_sign,
     Party::child, 5, ""},
    {Code::zone_partly_expired, "zone-partly-expired", Severity::error, Breaks::yes, 7, "RFC 6781 §4.4.2",
     "The SOA or other sets are freshly signed while further sets have expired signatures: the signer renews "
     "only a part of the zone.",
     "{expired} of {total} signatures of {zone} have expired, the first {first}, while others are fresh",
     "expired total first", Remedy::re_sign, Party::child, 6, ""},
    {Code::zone_signed_by_wrong_key, "zone-signed-by-wrong-key", Severity::error, Breaks::yes, 6, "RFC 4035 §5.3.3",
     "Every signature made by one key fails. The private key in use and the published key are no pair, or the "
     "data was changed after it was signed.",
     "every signature of {zone} by key {tag} fails, {total} of {total} seen", "tag total", Remedy::re_sign,
     Party::child, 5, ""},
    {Code::zone_denial_broken, "zone-denial-broken", Severity::error, Breaks::yes, 12, "RFC 4035 §5.4",
     "Every proof of absence asked of the zone fails in the same way. The fault lies in how the zone makes "
     "its denials, not in one name.",
     "all {total} denials asked of {zone} fail alike: {first_code}", "first_code total", Remedy::fix_nsec, Party::child,
     7, ""},
    {Code::parent_ds_bogus, "parent-ds-bogus", Severity::error, Breaks::yes, 6, "RFC 4035 §5.2",
     "The DS set that the parent publishes for the zone is not validly signed. The child can do nothing about "
     "it.",
     "the parent's DS set for {zone} is not validly signed ({first_code}): only the parent can mend it", "first_code",
     Remedy::contact_parent, Party::parent, 8, ""},
    {Code::parent_denial_bogus, "parent-denial-bogus", Severity::error, Breaks::yes, 6, "RFC 4035 §5.2",
     "The parent's proof that there is no DS for the zone fails. Even an unsigned child is refused by "
     "validators.",
     "the parent's proof that {zone} has no DS fails ({first_code}): only the parent can mend it", "first_code",
     Remedy::contact_parent, Party::parent, 8, ""},
});

}  // namespace validator
