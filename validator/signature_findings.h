// What there is to say of one judged signature, in the words of the catalogue: for a walk and for a whole zone alike.
// It judges nothing.
#pragma once

#include <optional>
#include <vector>

#include "validator/finding.h"
#include "validator/signature.h"

namespace validator {

struct SignatureFault {
  Code code{};
  Subject subject;
  std::vector<Detail> details;
  enum class Weight : std::uint8_t { decides, aside } weight = Weight::aside;  // decides: why the set does not hold
};

// nullopt: nothing is wrong with it. Requires: `signature` is one of `judged`.
std::optional<SignatureFault> fault_of(const JudgedSignature& signature, const JudgedSet& judged, const dns::RRset& set,
                                       const dns::Name& zone, const Bench& bench);

}  // namespace validator
