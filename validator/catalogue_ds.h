#pragma once
// The rows of the catalogue about DS records and entry keys: the source of their texts.
// It is part of validator/catalogue.cc and is included by nothing else.

#include <array>

#include "validator/catalogue.h"

namespace validator {

inline constexpr auto ds_rows = std::to_array<Row>({
    {Code::no_secure_entry, "no-secure-entry", Severity::error, Breaks::yes, 9, "RFC 4035 §5.2",
     "None of the DS records leads to a key that validly signs the zone's DNSKEY set. The chain ends here and "
     "all below is bogus.",
     "no DS of {zone} leads to a key that validly signs its DNSKEY set; DS {ds}[, keys {keys}]", "ds keys",
     Remedy::fix_ds, Party::registrar, 4, "NO_SEP"},
    {Code::ds_matches_no_key, "ds-matches-no-key", Severity::error, Breaks::yes, 9, "RFC 4035 §5.2",
     "None of the DS records has the key tag and algorithm of any published key: the parent vouches for keys "
     "that are not there.",
     "no DS of {zone} fits any published key: DS {ds}, keys {keys}", "ds keys", Remedy::fix_ds, Party::registrar, 4,
     "NO_SEP"},
    {Code::ds_mistyped, "ds-mistyped", Severity::error, Breaks::yes, 9, "RFC 4034 §5.1",
     "The digest in the DS is that of a published key, so the right key was meant; the key tag, the algorithm "
     "or the digest type beside it is written wrongly.",
     "DS {tag} of {zone} has the digest of a published key, but its {field} is {found} instead of {expected}",
     "field{tag,algorithm,digest-type} expected found", Remedy::fix_ds, Party::registrar, 4, ""},
    {Code::ds_digest_mismatch, "ds-digest-mismatch", Severity::error, Breaks::yes, 9, "RFC 4034 §5.1.4",
     "Key tag and algorithm of the DS fit a published key, its digest does not: it was mistyped, cut short, "
     "or computed from another key.",
     "DS {tag} ({algorithm}, digest {digest}) of {zone} fits a key, but {reason}", "reason{value,length}",
     Remedy::fix_ds, Party::registrar, 4, "DIGEST_INVALID"},
    {Code::ds_spare_wrong, "ds-spare-wrong", Severity::warning, Breaks::some, no_ede, "RFC 6840 §5.11",
     "A DS with a wrong digest stands beside a working one. Validators that favour its digest type refuse the "
     "zone.",
     "DS {tag} (digest {digest}) of {zone} is wrong beside a working one: {reason}[; stronger digests: "
     "{stronger}]",
     "reason{value,length} stronger", Remedy::remove_ds, Party::registrar, 4, "DIGEST_INVALID"},
    {Code::ds_without_key, "ds-without-key", Severity::notice, Breaks::no, no_ede, "RFC 7583 §3.3.2",
     "This DS names no published key, while another DS works. It belongs to a key kept in reserve, or was "
     "left over.",
     "DS {tag} ({algorithm}) of {zone} names no published key; another DS works", "", Remedy::remove_ds,
     Party::registrar, 4, ""},
    {Code::entry_key_not_signing, "entry-key-not-signing", Severity::error, Breaks::yes, 10, "RFC 4035 §5.2",
     "The key the DS points at is published, but makes no signature over the DNSKEY set. It cannot vouch for "
     "the other keys.",
     "key {tag} of {zone}, named by a DS, does not sign the DNSKEY set[; signing: {signing}]", "tag signing",
     Remedy::re_sign, Party::child, 4, "NO_SEP"},
    {Code::entry_missing_for_algorithm, "entry-missing-for-algorithm", Severity::error, Breaks::some, no_ede,
     "RFC 6840 §5.11",
     "The DS set names several algorithms, and for one of them there is no working entry key. Validators that "
     "insist on every algorithm refuse the zone.",
     "no working entry key of {zone} for algorithm {algorithm}, which its DS set announces", "algorithm",
     Remedy::fix_ds, Party::registrar, 4, "MISSING_SEP_FOR_ALG"},
    {Code::ds_for_unusable_key, "ds-for-unusable-key", Severity::error, Breaks::some, 9, "RFC 5011 §2.1",
     "The DS points at a key that cannot serve as an entry: it is revoked, lacks the zone key flag, or has "
     "another protocol number than 3.",
     "DS {tag} of {zone} points at a key that cannot be used: {reason}", "reason{revoked,zone-flag,protocol}",
     Remedy::fix_ds, Party::registrar, 4, "DNSKEY_REVOKED_DS"},
    {Code::ds_for_key_without_sep, "ds-for-key-without-sep", Severity::notice, Breaks::no, no_ede, "RFC 6840 §6.2",
     "The DS points at a key without the SEP flag, as when the ZSK is uploaded together with the KSK. It is "
     "harmless until that key is rolled.",
     "DS {tag} of {zone} points at a key without SEP flag, probably its ZSK", "", Remedy::remove_ds, Party::registrar,
     4, ""},
    {Code::ds_sha1_only, "ds-sha1-only", Severity::error, Breaks::some, 2, "RFC 9904 §4",
     "All DS records of the zone use SHA-1, which must not be used any more. Some validators refuse them, "
     "others then treat the zone as unsigned.",
     "every DS of {zone} uses the digest 1 SHA-1: {ds}", "ds", Remedy::fix_ds, Party::registrar, 4,
     "DIGEST_ALGORITHM_PROHIBITED"},
    {Code::ds_sha1_surplus, "ds-sha1-surplus", Severity::error, Breaks::no, no_ede, "RFC 4509 §3",
     "A SHA-1 DS stands beside one of a stronger digest. Validators skip it, and publishing it is forbidden.",
     "DS {tag} of {zone} with digest 1 SHA-1 is useless beside {stronger}", "stronger", Remedy::remove_ds,
     Party::registrar, 4, "DS_DIGEST_ALGORITHM_IGNORED, DS_DIGEST_ALGORITHM_MAYBE_IGNORED"},
    {Code::ds_digest_forbidden, "ds-digest-forbidden", Severity::error, Breaks::some, 2, "RFC 9906 §2",
     "The DS uses a digest type that must not be used at all. Validators ignore such a DS or refuse it.",
     "DS {tag} of {zone} uses the forbidden digest type {digest}", "", Remedy::fix_ds, Party::registrar, 4,
     "DIGEST_ALGORITHM_PROHIBITED"},
    {Code::ds_unsupported, "ds-unsupported", Severity::warning, Breaks::some, no_ede, "RFC 6840 §5.2",
     "The DS has a digest type or a key algorithm that is not checked here, while another DS is. It counts as "
     "if it were not there.",
     "DS {tag} of {zone} is not checked here because of its {which} (algorithm {algorithm}, digest {digest})",
     "which{digest,algorithm}", Remedy::fix_ds, Party::registrar, 4, "DIGEST_ALGORITHM_NOT_SUPPORTED"},
    {Code::ds_ttl_long, "ds-ttl-long", Severity::notice, Breaks::no, no_ede, "practice",
     "The DS set may be cached for longer than a day. A mistake in it lasts that long for those who fetched "
     "it.",
     "the DS set of {zone} may be cached for {ttl} (advised at most {limit}): a mistake lasts that long", "ttl limit",
     Remedy::lower_ttl, Party::parent, 4, ""},
});

}  // namespace validator
