#pragma once
// The rows of the catalogue about automation of the delegation: the source of their texts.
// It is part of validator/catalogue.cc and is included by nothing else.

#include <array>

#include "validator/catalogue.h"

namespace validator {

inline constexpr auto automation_rows = std::to_array<Row>({
    {Code::cds_servers_disagree, "cds-servers-disagree", Severity::error, Breaks::no, no_ede, "RFC 9975 §3.1",
     "The servers of the zone ask the parent for different key sets, or some ask for none. The parent must "
     "not act until they agree.",
     "the servers of {zone} publish different {type} sets: the parent must not act on them", "type",
     Remedy::synchronise_servers, Party::child, 9, "MULTIPLE_CDS, MULTIPLE_CDNSKEY"},
    {Code::cds_signed_by_wrong_key, "cds-signed-by-wrong-key", Severity::error, Breaks::no, no_ede, "RFC 7344 §4.1",
     "The CDS or CDNSKEY set is not signed by a key that is both in the DNSKEY set and named by a DS. The "
     "parent has to ignore it.",
     "{type} of {zone} is not signed by a key that a DS names[; signed by {signing}]", "type signing", Remedy::fix_cds,
     Party::child, 9, "CDS_SIGNER_INVALID, CDNSKEY_SIGNER_INVALID"},
    {Code::cds_cdnskey_disagree, "cds-cdnskey-disagree", Severity::error, Breaks::no, no_ede, "RFC 7344 §4",
     "The CDS and CDNSKEY sets describe different keys. The parent cannot know which of them is meant and "
     "must not act.",
     "CDS and CDNSKEY of {zone} differ[; only in CDS: {add}][; only in CDNSKEY: {remove}]", "add remove",
     Remedy::fix_cds, Party::child, 9, "CDNSKEY_INCONSISTENT_WITH_CDS"},
    {Code::cds_differs_from_ds, "cds-differs-from-ds", Severity::notice, Breaks::no, no_ede, "RFC 7344 §5",
     "The zone asks for another DS set than the parent has: a change waits for the parent. Carried out on "
     "trial, it keeps the chain whole.",
     "{type} of {zone} waits for the parent[; add {add}][; remove {remove}]; {verdict_after} afterwards",
     "type add remove verdict_after", Remedy::wait_until, Party::child, 9,
     "CDS_INCONSISTENT_WITH_DS, CDNSKEY_INCONSISTENT_WITH_DS"},
    {Code::cds_would_break, "cds-would-break", Severity::error, Breaks::some, 9, "RFC 7344 §4.1",
     "Carried out on trial, the change the zone asks its parent for leaves the zone bogus, or without an "
     "entry key for an algorithm.",
     "acting on {type} of {zone} would leave it {verdict_after}: {first_code}", "type first_code verdict_after",
     Remedy::fix_cds, Party::child, 9, "NO_SEP, MISSING_SEP_FOR_ALG"},
    {Code::cds_delete_requested, "cds-delete-requested", Severity::warning, Breaks::no, no_ede, "RFC 8078 §4",
     "The zone asks its parent to remove all DS records. Once that is done the zone is insecure, which may be "
     "what its owner wants.",
     "{type} of {zone} asks the parent to remove all DS: the zone will be insecure", "type", Remedy::none, Party::child,
     9, ""},
    {Code::cds_delete_wrong, "cds-delete-wrong", Severity::error, Breaks::no, no_ede, "RFC 8078 §4",
     "The request to remove all DS stands beside other records, or has other fields than prescribed. The "
     "parent has to ignore it.",
     "the delete request in {type} of {zone} is wrong[ ({count} records)]: {reason}", "reason{mixed,values} type count",
     Remedy::fix_cds, Party::child, 9,
     "CDS_DELETE_MULTIPLE_RECORDS, CDNSKEY_DELETE_MULTIPLE_RECORDS, CDS_INCORRECT_DELETE_VALUES, "
     "CDNSKEY_INCORRECT_DELETE_VALUES"},
    {Code::bootstrap_signal_present, "bootstrap-signal-present", Severity::notice, Breaks::no, no_ede, "RFC 9615 §4.2",
     "Every name server outside the zone vouches for the zone's new keys by a signed copy under _dsboot. A "
     "parent that supports it may publish the first DS.",
     "all {count} outside name servers of {zone} vouch for its keys under _dsboot", "count", Remedy::wait_until,
     Party::child, 9, ""},
    {Code::bootstrap_signal_unusable, "bootstrap-signal-unusable", Severity::error, Breaks::no, no_ede, "RFC 9615 §4.2",
     "The signal that would let the parent publish the first DS cannot be used: for one name server it is "
     "missing, insecure, behind a zone cut, or unlike the copy at the apex.",
     "the _dsboot signal for {zone} under {ns} cannot be used: {reason}", "ns reason{missing,insecure,cut,differs}",
     Remedy::fix_cds, Party::child, 9, ""},
    {Code::csync_present, "csync-present", Severity::notice, Breaks::no, no_ede, "RFC 7477 §3",
     "The zone asks its parent to copy its NS and glue records. What would change is named by type.",
     "CSYNC of {zone} asks the parent to copy {types} (flags {flags})", "flags types", Remedy::wait_until, Party::child,
     9, ""},
    {Code::csync_unusable, "csync-unusable", Severity::error, Breaks::no, no_ede, "RFC 9975 §3.2",
     "The request to copy NS and glue records cannot be used: it differs between servers, is unsigned, names "
     "types it may not, or its serial condition is not met.",
     "CSYNC of {zone} cannot be used: {reason}", "reason{differs,unsigned,types,serial}", Remedy::fix_records,
     Party::child, 9, ""},
    {Code::dsync_present, "dsync-present", Severity::notice, Breaks::no, no_ede, "RFC 9859 §3",
     "The parent tells where changes of keys and name servers are to be announced. Announcing them saves "
     "waiting for its next scan.",
     "the parent of {zone} takes announcements of changes at {target} ({scheme})", "scheme target", Remedy::none,
     Party::parent, 9, ""},
});

}  // namespace validator
