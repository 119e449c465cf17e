// Entry findings: what is wrong, or worth knowing, about DS records, anchors and keys where a zone is entered
// (findings.md §2.1, §2.5, §2.6). They explain; whether the zone is secure was decided by delegation.
#pragma once

#include <vector>

#include "validator/delegation.h"
#include "validator/draft.h"

namespace validator {

// One group of servers' DNSKEY set: signatures, DS by DS, keys. `nodes` stand for judgement.published.
void entry_findings(Draft& draft, ZoneId zone, const Vouchers& vouchers, const KeysJudgement& judgement,
                    const dns::SignedRRset& keys, const std::vector<NodeId>& nodes, const ServerSet& servers);
// DS or anchor are there, a DNSKEY set is not.
void no_keys_finding(Draft& draft, ZoneId zone, const Vouchers& vouchers, const ServerSet& servers);
// No DS of the set is of a kind that counts (RFC 6840 §5.2).
void unsupported_findings(Draft& draft, ZoneId zone, const Vouchers& vouchers);
// No anchored key validly signs the DNSKEY set (RFC 4035 §5).
void anchor_findings(Draft& draft, ZoneId zone, const std::vector<trustanchor::Anchor>& anchors);
// Each key by itself: sizes, exponents, algorithms, flags, collisions (findings.md §2.6); file key_findings.cc.
void key_findings(Draft& draft, ZoneId zone, const KeysJudgement& judgement, const ServerSet& servers);

}  // namespace validator
