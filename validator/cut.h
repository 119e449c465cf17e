// Cut: is there a zone cut at this name, and a secure one? (RFC 4035 §5.2, standards.md §8a step 6)
// It enters no zone: zone_entry does, with the DS set found here.
#pragma once

#include <optional>

#include "validator/delegation.h"
#include "validator/denial.h"
#include "validator/draft.h"
#include "validator/position.h"

namespace validator {

struct CutJudgement {
  enum class Kind : std::uint8_t {
    secure_ds,  // a DS set that the parent's keys signed (or an assumed one under a what-if Policy)
    insecure,   // absence of DS proven at a delegation (or assumed), or by opt-out, or iterations above the limit
    none,       // no cut here: go on in the same zone
    absent,     // the name does not exist: no cut at or below it
    bogus,      // the parent's word fails
    unknown,    // nobody said anything usable
  };
  Kind kind = Kind::unknown;
  std::optional<Vouchers> vouchers;    // secure_ds
  dns::Name insecure_from;             // insecure: the name at and below which nothing is secure
  std::vector<NodeId> nodes;           // DS or denial nodes that said so
  std::optional<std::size_t> finding;  // bogus, insecure: what explains it
};

// Requires: position.keys. All replies to (name, DS) and all referrals to `name` are judged; the best counts.
CutJudgement judge_cut(Draft& draft, const Position& position, const dns::Name& name);

// True if somebody referred to `name`, or spoke for it as an apex (its SOA or DNSKEY set was seen). Unauthenticated.
bool seen_as_zone(const Facts& facts, const dns::Name& name);

// The NSEC and NSEC3 sets of one reply's authority section, each judged; `sets` are those that hold. Requires:
// position.keys.
struct JudgedDenial {
  std::vector<DenialSet> sets;
  std::vector<const dns::SignedRRset*> sources;  // every set judged
  std::vector<JudgedSet> judged;                 // parallel to sources
  bool any_heard = false;
};
JudgedDenial judge_denial_sets(const Position& position, const Heard& heard, Bench& bench);
// The proof, and what is wrong with the records themselves, whether they prove or not.
Proof with_records(const Denial& denial, Proof proof);
Nsec3Hash hash_of(Draft& draft);
// The node of a proof, with the links of the keys that signed its records.
NodeId denial_node(Draft& draft, const Position& position, const dns::Name& name, dns::RRType type, Wanted wanted,
                   const JudgedDenial& judged, const Proof& proof, Security security, const ServerSet& servers);
// Turns a proof's problems into findings; returns the one that decides, if the proof failed.
std::optional<std::size_t> proof_findings(Draft& draft, const Position& position, const Subject& subject,
                                          const Proof& proof, const ServerSet& servers);

}  // namespace validator
