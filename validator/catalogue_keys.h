#pragma once
// The rows of the catalogue about keys: the source of their texts.
// It is part of validator/catalogue.cc and is included by nothing else.

#include <array>

#include "validator/catalogue.h"

namespace validator {

inline constexpr auto keys_rows = std::to_array<Row>({
    {Code::keys_missing, "keys-missing", Severity::error, Breaks::yes, 9, "RFC 4035 §2.1",
     "The zone is signed and its parent has a DS for it, but its DNSKEY set is not there. Without the keys no "
     "signature can be checked.",
     "{zone} is signed and has DS {ds}, but publishes no DNSKEY", "ds", Remedy::restore_key, Party::child, 5, ""},
    {Code::ksk_missing, "ksk-missing", Severity::error, Breaks::yes, 9, "RFC 4035 §2.1",
     "The DNSKEY set holds no key with the SEP flag, and none that a DS names: the key signing key is gone. "
     "Nothing connects the parent with the keys that are left.",
     "no KSK in the DNSKEY set of {zone}: keys {keys}, DS {ds}", "keys ds", Remedy::make_ksk, Party::child, 5,
     "NO_SEP"},
    {Code::zsk_missing, "zsk-missing", Severity::error, Breaks::yes, 10, "RFC 4035 §2.2",
     "Only the DNSKEY set is signed, the data of the zone is not. The key that signs data is missing or the "
     "signer does not use it.",
     "only the DNSKEY set of {zone} is signed, its data is not; keys {keys}", "keys", Remedy::make_zsk, Party::child, 5,
     ""},
    {Code::signing_key_missing, "signing-key-missing", Severity::error, Breaks::yes, 9, "RFC 4035 §5.3.1",
     "Signatures name a key that is not in the DNSKEY set. They cannot be checked by anybody.",
     "{count} signatures of {zone} name key {tag} ({algorithm}), which is not in its DNSKEY set", "tag algorithm count",
     Remedy::restore_key, Party::child, 5, ""},
    {Code::key_malformed, "key-malformed", Severity::error, Breaks::some, no_ede, "RFC 8080 §3",
     "The public key in the DNSKEY record cannot be one of its algorithm: it is empty, of the wrong length, "
     "no point of the curve, or an unusable modulus.",
     "key {tag} ({algorithm}) of {zone} is malformed: {reason}[, {octets} octets][ where {expected_octets} "
     "are due]",
     "reason{empty,length,point,modulus} octets expected_octets", Remedy::drop_key, Party::child, 5,
     "DNSKEY_ZERO_LENGTH, DNSKEY_BAD_LENGTH_ECDSA256, DNSKEY_BAD_LENGTH_ECDSA384, DNSKEY_BAD_LENGTH_ED25519, "
     "DNSKEY_BAD_LENGTH_ED448"},
    {Code::key_not_zone_key, "key-not-zone-key", Severity::error, Breaks::some, 11, "RFC 4034 §2.1.1",
     "The DNSKEY lacks the zone key flag, or its protocol is not 3. It counts for nothing in validation, yet "
     "it signs or a DS names it.",
     "key {tag} of {zone} is in use but no zone key: {reason}[ (flags {flags})]", "reason{flag,protocol} flags",
     Remedy::roll_key, Party::child, 5, ""},
    {Code::key_below_apex, "key-below-apex", Severity::error, Breaks::no, no_ede, "RFC 4035 §5.3.1",
     "A DNSKEY record stands at a name that is not the apex of a zone. Validators ignore it.",
     "DNSKEY at {name}, below the apex of {zone}, is ignored", "name", Remedy::fix_records, Party::child, 5,
     "DNSKEY_NOT_AT_ZONE_APEX"},
    {Code::key_tag_collision, "key-tag-collision", Severity::notice, Breaks::no, no_ede, "RFC 4034 §B",
     "Several keys of the zone share key tag and algorithm. That is allowed, but every validator has to try "
     "all of them for every signature.",
     "{count} keys of {zone} share tag {tag} and algorithm {algorithm}", "count", Remedy::roll_key, Party::child, 5,
     ""},
    {Code::key_reused, "key-reused", Severity::notice, Breaks::no, no_ede, "practice",
     "The same public key appears with other flags or in another zone. Whoever gets hold of its private part "
     "breaks all of them.",
     "key {tag} of {zone} is the same public key as[ {tags}] in {name}", "name tags", Remedy::roll_key, Party::child, 5,
     ""},
    {Code::key_unused, "key-unused", Severity::notice, Breaks::no, no_ede, "RFC 7583 §3.2",
     "The key is published, signs nothing and no DS names it. It waits for its turn in a rollover, or it was "
     "forgotten.",
     "key {tag} ({algorithm}) of {zone} signs nothing and no DS names it[, since {since}]", "since", Remedy::drop_key,
     Party::child, 5, ""},
    {Code::key_revoked, "key-revoked", Severity::notice, Breaks::no, no_ede, "RFC 5011 §2.1",
     "The key is properly revoked: it carries the revoke flag and signs the DNSKEY set. It may be removed "
     "once the hold-down time is over.",
     "key {tag} of {zone} is revoked[ and may be removed after {until}]", "until", Remedy::drop_key, Party::child, 5,
     ""},
    {Code::key_revoked_not_selfsigned, "key-revoked-not-selfsigned", Severity::error, Breaks::no, no_ede,
     "RFC 5011 §2.1",
     "The key carries the revoke flag but does not sign the DNSKEY set itself. Such a revocation is void, and "
     "those who follow the key go on trusting it.",
     "key {tag} of {zone} carries the revoke flag but does not sign the DNSKEY set: the revocation is void", "",
     Remedy::re_sign, Party::child, 5, "REVOKED_NOT_SIGNING"},
    {Code::key_roles_unusual, "key-roles-unusual", Severity::notice, Breaks::no, no_ede, "RFC 6781 §3.1",
     "The roles of the keys differ from the usual pair of KSK and ZSK, in a way that is allowed. It is worth "
     "knowing before the next rollover.",
     "keys of {zone}: {mode} ({keys})", "mode{single-key,no-sep,ksk-signs-data} keys", Remedy::none, Party::child, 5,
     ""},
    {Code::rsa_size_illegal, "rsa-size-illegal", Severity::error, Breaks::some, no_ede, "RFC 5702 §2.1",
     "The RSA key is smaller or larger than its algorithm allows. Validators may reject it.",
     "key {tag} ({algorithm}) of {zone} has {bits} bits, outside the legal {minimum_bits} to 4096", "bits minimum_bits",
     Remedy::roll_key, Party::child, 5, ""},
    {Code::rsa_size_short, "rsa-size-short", Severity::warning, Breaks::some, no_ede, "RFC 6781 §3.4.2",
     "The RSA key is shorter than 2048 bits and weak by today's measure. Below 1024 bits some crypto "
     "libraries refuse it.",
     "key {tag} ({algorithm}) of {zone} has {bits} bits; at least {minimum_bits} are advised", "bits minimum_bits",
     Remedy::roll_key, Party::child, 5, ""},
    {Code::rsa_exponent_illegal, "rsa-exponent-illegal", Severity::error, Breaks::some, no_ede, "RFC 3110 §2",
     "The public exponent of the RSA key is not legal, too large for validators in use, or written in a form "
     "that is not allowed. Part of the validators reject the key.",
     "key {tag} ({algorithm}) of {zone} has the public exponent {exponent}: {reason}",
     "reason{even,small,large,leading-zeros,long-form} exponent", Remedy::roll_key, Party::child, 5, ""},
    {Code::rsa_exponent_unusual, "rsa-exponent-unusual", Severity::notice, Breaks::no, no_ede, "practice",
     "The public exponent of the RSA key is legal but not the usual 65537.",
     "key {tag} ({algorithm}) of {zone} has the public exponent {exponent} instead of 65537", "exponent", Remedy::none,
     Party::child, 5, ""},
    {Code::algorithm_forbidden, "algorithm-forbidden", Severity::error, Breaks::some, 1, "RFC 9906 §2",
     "The key's algorithm must not be used for signing, because it is broken, withdrawn or reserved. "
     "Validators differ in what they make of it.",
     "key {tag} of {zone} uses the forbidden algorithm {algorithm}", "", Remedy::roll_key, Party::child, 5,
     "ALGORITHM_PROHIBITED, ALGORITHM_VALIDATION_PROHIBITED, DNSKEY_BAD_LENGTH_GOST, RRSIG_BAD_LENGTH_GOST"},
    {Code::algorithm_sha1, "algorithm-sha1", Severity::error, Breaks::some, 1, "RFC 9905 §2",
     "The key signs with RSA and SHA-1, which must not be used for signing any more. Part of the validators "
     "treat such a zone as unsigned.",
     "key {tag} of {zone} uses {algorithm}: SHA-1 must not sign any more", "", Remedy::roll_key, Party::child, 5,
     "ALGORITHM_NOT_RECOMMENDED"},
    {Code::algorithm_discouraged, "algorithm-discouraged", Severity::warning, Breaks::no, no_ede, "RFC 9904 §3",
     "The key's algorithm works everywhere, but is not recommended for signing. 13 ECDSAP256SHA256 is the "
     "usual choice.",
     "key {tag} of {zone} uses {algorithm}, which is not recommended for signing", "", Remedy::roll_key, Party::child,
     5, "ALGORITHM_NOT_RECOMMENDED"},
    {Code::algorithm_unsupported, "algorithm-unsupported", Severity::warning, Breaks::some, 1, "RFC 4035 §5.2",
     "The key's algorithm is not checked here. Its signatures count neither for nor against the zone.",
     "key {tag} of {zone} uses {algorithm}, which is not checked here", "", Remedy::roll_key, Party::child, 5,
     "ALGORITHM_NOT_SUPPORTED"},
    {Code::algorithm_experimental, "algorithm-experimental", Severity::notice, Breaks::some, no_ede,
     "draft-westerbaan-dnssec-mldsa",
     "The key's algorithm is new or rare, and most validators do not know it. For them the zone is insecure.",
     "key {tag} of {zone} uses {algorithm}, which most validators do not know", "", Remedy::none, Party::child, 5, ""},
    {Code::verdict_depends_on_policy, "verdict-depends-on-policy", Severity::notice, Breaks::some, no_ede,
     "RFC 9905 §2",
     "Validators in use come to different verdicts on this zone, depending on which algorithms and digests "
     "they accept. They are listed.",
     "validators judge {zone} differently: {verdicts}", "verdicts", Remedy::roll_key, Party::child, 5, ""},
    {Code::rollover_phase, "rollover-phase", Severity::notice, Breaks::no, no_ede, "RFC 7583 §3",
     "A key rollover is under way in the zone. Its phase and the earliest moment for a safe next step are "
     "named.",
     "rollover in {zone}: {phase}; keys {keys}[; next step not before {next_step_at}]",
     "phase{prepublish,double-signature,double-ds,double-ksk,algorithm,retire} keys next_step_at", Remedy::wait_until,
     Party::child, 5, ""},
    {Code::rollover_step_early, "rollover-step-early", Severity::error, Breaks::some, 9, "RFC 7583 §3.3",
     "A key, signature or DS was withdrawn or added before caches had forgotten its predecessor. Validators "
     "that still hold the old state fail until its TTL is over.",
     "{which} of {zone} changed too early: caches may hold the old state until {until}",
     "which{key,signature,ds} until", Remedy::restore_key, Party::child, 5, ""},
});

}  // namespace validator
