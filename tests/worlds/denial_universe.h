// Checks one zone's denial records against the zone's own truth: what every small set of them proves, and whether what
// the server sends is accepted. It chooses no zones: denial_universe_test.cc does.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/worlds/denial_model.h"

namespace denial_model {

struct Tally {
  std::uint64_t zones = 0, sets = 0, proofs = 0, falsehoods = 0, missed = 0;
  std::vector<std::string> examples;  // the first few of either
};

struct Universe {
  std::vector<Name> queries;
  std::vector<RRType> types;
  validator::Nsec3Hash hash;
  std::size_t largest_set = 4;  // all sets of records up to this size
};

// No set of records of `chain` proves what is not so in `zone`, and all that its server sends is accepted.
void check_chain(Tally& tally, const Universe& universe, const Zone& zone, const Chain& chain);
// The same for records made per question (RFC 9824), one for every name of the universe.
void check_compact(Tally& tally, const Universe& universe, const Zone& zone);

// `sets`, any records that bear a good signature, whoever made them: nothing that is not so in `zone`, whose chain is
// `chain`.
void check_sets(Tally& tally, const Universe& universe, const Zone& zone, const Chain& chain,
                const std::vector<DenialSet>& sets);

std::string describe(const Zone& zone);

}  // namespace denial_model
