// The chain as a tree of lines, from the root to the answer, for a terminal.
// It shows what stands where and whether it holds; why not is told in the findings.
#pragma once

#include <string>

#include "report/paper.h"
#include "validator/chain.h"

namespace report {

void tree(Paper& paper, const validator::Chain& chain, const Style& style);
std::string security_word(const Paper& paper,
                          validator::Security security);  // "secure", "BOGUS"; coloured as the paper is

}  // namespace report
