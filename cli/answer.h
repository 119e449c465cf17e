// What `resolve` prints: the verdict as a comment, then the records in master-file form.
// It decides nothing: a bogus answer's records are left out because the verdict says so.
#pragma once

#include <string>
#include <vector>

#include "cli/options.h"
#include "validator/chain.h"

namespace cli {

// Signatures are printed from -v on.
std::string answers_text(const std::vector<validator::Chain>& chains, const Options& options);

}  // namespace cli
