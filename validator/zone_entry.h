// Zone entry: from what vouches for a zone to the keys that may speak for it, with everything that can be wrong on the
// way. Whether there is a zone to enter was cut's question.
#pragma once

#include "validator/cut.h"
#include "validator/draft.h"
#include "validator/position.h"

namespace validator {

// The zone of the anchors, entered by one of them (RFC 4033 §5, anchors.md §3).
Position enter_by_anchor(Draft& draft, const dns::Name& zone);

// The child that a DS set of the parent names. Requires: cut.kind is secure_ds.
Position enter_by_ds(Draft& draft, const Position& parent, const CutJudgement& cut);

// At or below a cut proven to have no DS (or by opt-out): insecure; a signed child is reported as an island.
Position enter_insecure(Draft& draft, const Position& parent, const dns::Name& name, const CutJudgement& cut);

// A child below a parent whose word fails: drawn and judged by its own keys alone, so that it can be said to be fine
// (findings.md §1).
Position enter_unreached(Draft& draft, const Position& parent, const dns::Name& name, Security security);

// Is the zone sound by its own keys? Raises island-of-security or island-broken in an insecure zone.
void judge_island(Draft& draft, ZoneId zone);

}  // namespace validator
