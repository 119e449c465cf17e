#pragma once
// The rows of the catalogue about delegations: the source of their texts.
// It is part of validator/catalogue.cc and is included by nothing else.

#include <array>

#include "validator/catalogue.h"

namespace validator {

inline constexpr auto delegation_rows = std::to_array<Row>({
    {Code::delegation_absent, "delegation-absent", Severity::error, Breaks::yes, no_ede, "RFC 1034 §4.2.2",
     "Servers serve the child zone, but the parent has no NS records for it. For the rest of the world the "
     "zone does not exist.",
     "{zone} is served, but its parent does not delegate it: {reason}", "reason{nxdomain,nodata}",
     Remedy::fix_delegation, Party::registrar, 3, "NO_NS_IN_PARENT_NXDOMAIN, NO_NS_IN_PARENT_NODATA"},
    {Code::delegation_lame, "delegation-lame", Severity::error, Breaks::yes, 22, "RFC 1912 §2.8",
     "Not one of the servers the parent names answers with authority for the zone. Nobody can reach it.",
     "not one of the {total} servers of {zone} answers with authority", "total", Remedy::fix_server, Party::server, 3,
     ""},
    {Code::delegation_insecure, "delegation-insecure", Severity::notice, Breaks::no, no_ede, "RFC 4035 §5.2",
     "The parent proves that it has no DS for the child. From here down everything is insecure, which is a "
     "safe state and no fault.",
     "{zone} has no DS, and that is proven: it and all below it is insecure", "", Remedy::sign_zone, Party::child, 3,
     ""},
    {Code::delegation_algorithm_unsupported, "delegation-algorithm-unsupported", Severity::warning, Breaks::some, 1,
     "RFC 4035 §5.2",
     "There are DS records, all of them for key algorithms that are not accepted here. The zone then counts "
     "as unsigned.",
     "every DS of {zone} is for a key algorithm not accepted here ({algorithms}): {reason}",
     "reason{unknown,policy} algorithms", Remedy::roll_key, Party::child, 3, ""},
    {Code::delegation_digest_unsupported, "delegation-digest-unsupported", Severity::warning, Breaks::some, 2,
     "RFC 6840 §5.2",
     "There are DS records, all of them of digest types that are not accepted here. The zone then counts as "
     "unsigned.",
     "every DS of {zone} has a digest type not accepted here ({digests}): {reason}", "reason{unknown,policy} digests",
     Remedy::fix_ds, Party::registrar, 3, ""},
    {Code::island_of_security, "island-of-security", Severity::notice, Breaks::no, no_ede, "RFC 4035 §5.1",
     "The zone is signed and sound in itself, but the parent has no DS for it, so no validator makes use of "
     "the signatures. One DS makes the zone secure.",
     "{zone} is signed and sound, but has no DS in its parent; keys to start from: {keys}", "keys", Remedy::upload_ds,
     Party::registrar, 3, ""},
    {Code::island_broken, "island-broken", Severity::warning, Breaks::no, no_ede, "RFC 4035 §5.1",
     "The zone is signed, has no DS, and its signatures fail. Nobody notices now, but publishing a DS would "
     "make it bogus.",
     "{zone} is signed without DS and fails ({first_code}): a DS would make it bogus", "first_code", Remedy::re_sign,
     Party::child, 3, ""},
    {Code::ns_sets_differ, "ns-sets-differ", Severity::warning, Breaks::no, no_ede, "RFC 1034 §4.2.2",
     "Parent and child name different servers for the zone. Resolvers use the one list or the other, so an "
     "outdated entry comes and goes.",
     "parent and child name different servers for {zone}[; missing at the parent: {missing}][; only at the "
     "parent: {extra}]",
     "missing extra", Remedy::fix_delegation, Party::registrar, 3, "NS_NAME_NOT_IN_CHILD, NS_NAME_NOT_IN_PARENT"},
    {Code::ns_without_address, "ns-without-address", Severity::error, Breaks::some, 22, "RFC 2181 §10.3",
     "A name server of the zone has no address: its lookup fails, its name does not exist, has no address "
     "records, or is an alias, which is not allowed. It cannot be asked.",
     "name server {ns} of {zone} has no usable address: {reason}[, {rcode}]",
     "ns reason{error,nxdomain,nodata,alias} rcode", Remedy::fix_delegation, Party::registrar, 3,
     "ERROR_RESOLVING_NS_NAME, NO_ADDRESS_FOR_NS_NAME"},
    {Code::server_address_private, "server-address-private", Severity::error, Breaks::some, 22, "RFC 6890 §2.2",
     "A name server has an address from a private, loopback or other special range, which means nothing to "
     "the rest of the world.",
     "name server {ns} of {zone} has the special-purpose address {address} ({which})", "ns address which{glue,zone}",
     Remedy::fix_delegation, Party::registrar, 3, "GLUE_PRIVATE_IP, NS_NAME_PRIVATE_IP"},
    {Code::glue_missing, "glue-missing", Severity::error, Breaks::some, 22, "RFC 9471 §3.1",
     "A server whose name lies inside the child zone is delegated to without its address, and the reply was "
     "not cut short. Nobody can find that server through the parent.",
     "the parent gives no address for {ns}, which lies inside {zone}", "ns", Remedy::fix_delegation, Party::registrar,
     3, "MISSING_GLUE_FOR_NS_NAME"},
    {Code::glue_differs, "glue-differs", Severity::warning, Breaks::some, no_ede, "RFC 1034 §4.2.2",
     "The addresses of a name server in the parent (glue) and in the child zone differ. Resolvers use either, "
     "so an old address lives on.",
     "addresses of {ns} differ between parent and child[; missing at the parent: {missing}][; only there: "
     "{extra}]",
     "ns missing extra", Remedy::fix_delegation, Party::registrar, 3,
     "MISSING_GLUE_IPV4, MISSING_GLUE_IPV6, EXTRA_GLUE_IPV4, EXTRA_GLUE_IPV6, GLUE_MISMATCH"},
    {Code::no_ipv4_server, "no-ipv4-server", Severity::warning, Breaks::some, no_ede, "RFC 3901 §4",
     "No server of the zone has an IPv4 address. Resolvers without IPv6 cannot reach it.",
     "no name server of {zone} has an IPv4 address", "", Remedy::fix_delegation, Party::registrar, 3,
     "NO_NS_ADDRESSES_FOR_IPV4"},
    {Code::parent_servers_disagree, "parent-servers-disagree", Severity::error, Breaks::some, no_ede, "RFC 1034 §4.3.5",
     "The parent's servers give different NS or DS sets for the child. Which one a validator gets is a matter "
     "of luck.",
     "the servers of the parent give different {type} sets for {zone}[; serials: {serials}]", "type serials",
     Remedy::contact_parent, Party::parent, 3, ""},
    {Code::ds_answered_from_wrong_side, "ds-answered-from-wrong-side", Severity::error, Breaks::some, 12,
     "RFC 4035 §3.1.4.1",
     "The question for the DS was answered with a referral, or by the child instead of the parent. That "
     "proves neither a DS nor its absence.",
     "the DS question for {zone} got {reason} instead of an answer of the parent[ (SOA {soa_owner})]",
     "reason{referral,child} soa_owner", Remedy::contact_parent, Party::parent, 3, "REFERRAL_FOR_DS_QUERY"},
    {Code::ds_misplaced, "ds-misplaced", Severity::error, Breaks::no, no_ede, "RFC 4035 §2.4",
     "A DS stands where it means nothing, at a name that is not delegated or at the child's own apex, or a "
     "CDS stands below an apex. It is ignored.",
     "{which} at {name} has no meaning there and is ignored", "which{no-delegation,child-apex,cds} name",
     Remedy::fix_records, Party::child, 3, ""},
});

}  // namespace validator
