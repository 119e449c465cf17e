// Audit: what the servers of each zone, and the way to them, leave to be desired, beside the question of trust
// (findings.md §2.2, §2.3, §2.4, §2.10). It changes no verdict; it runs when the walk is done.
#pragma once

#include "validator/draft.h"

namespace validator {

// Silence, TCP, EDNS, unreadable replies, unexpected RCODEs, lame servers; for a stub, what its resolver fails to do.
// transport.cc
void transport_findings(Draft& draft);
// Single replies against the rules of the wire: AA, letter case, class, EDNS, size. reply_findings.cc
void reply_findings(Draft& draft);
// What came of the trials of one server (resolver/trial): options, cookies, lost lengths. trial_findings.cc
void trial_findings(Draft& draft, ServerId server, const std::vector<const dns::Exchange*>& exchanges);
// Whether an ask carries other options than the user wants everywhere: its failure says nothing on the zone.
bool is_trial(const dns::Target& target, const dns::Ask& ask);
// For a stub: what its resolvers conclude themselves, admit to, and trust. forwarder_findings.cc
void forwarder_findings(Draft& draft);
// Serials, and copies that fail while others hold: stale, unsigned, bogus; parent's and child's NS sets, glue.
// agreement.cc
void agreement_findings(Draft& draft);
// Providers that sign one zone apart, with or without each other's keys (RFC 8901). multi_signer.cc
void multi_signer_findings(Draft& draft);
// What the parent's servers say of each child: NS and DS sets that differ, glue. delegation_findings.cc
void delegation_findings(Draft& draft);
// DS, CDS and DNSKEY at names where they mean nothing. misplaced.cc
void misplaced_findings(Draft& draft);
// Servers that deny what they serve themselves: names, types, names above others. denial_contradictions.cc
void contradiction_findings(Draft& draft);
// Replies with far more proofs or signatures than are of use. padding.cc
void padding_findings(Draft& draft);
// Records that break a rule by themselves, and what a secure zone lacks: denial TTLs, aliases, NSEC3PARAM, algorithms.
// record_findings.cc
void record_findings(Draft& draft);
// What each key of a secure zone is there for. key_roles.cc
void key_role_findings(Draft& draft);
// What a zone asks its parent to do by CDS and CDNSKEY, carried out on trial. cds_findings.cc
void cds_findings(Draft& draft);
// What a zone asks its parent to copy by CSYNC (RFC 7477). csync_findings.cc
void csync_findings(Draft& draft);
// Who vouches for a first DS (RFC 9615), and where the parent wants to hear of changes (RFC 9859). signal_findings.cc
void signal_findings(Draft& draft);
// Anchors against the keys that their zone publishes: outdated, revoked, pending; the root's roll. anchor_states.cc
void anchor_state_findings(Draft& draft);
// What the signatures of the chain say of the days ahead: TTLs, refresh, clock skew, odd periods. time_findings.cc
void time_findings(Draft& draft);

// The signer that the set's first readable signature names.
std::optional<dns::Name> signer_of(const dns::SignedRRset& set);
// The zone itself has signed the set at its very owner: no wildcard's, and no other zone's.
bool is_own_data(const dns::SignedRRset& set, const dns::Name& zone);
// The zone of the walk of that very name.
std::optional<ZoneId> zone_named(const Chain& chain, const dns::Name& name);
// Keys that the zone publishes, on any server.
std::vector<dns::Dnskey> published_keys(const Chain& chain, ZoneId zone);
// The deepest zone of the walk at or above a name.
std::optional<ZoneId> zone_holding(const Chain& chain, const dns::Name& name);
// The SOA serial of each server of a zone, as far as heard.
Serials serials_of(const Facts& facts, const dns::Name& zone);

}  // namespace validator
