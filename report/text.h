// Text for people at a terminal (cli.md §4): verdict, cause, what to do, the chain as a tree, findings by zone.
// No other format's words: neither JSON members nor perfdata.
#pragma once

#include <string>

#include "report/report.h"

namespace report {

std::string text(const validator::Chain& chain, const Style& style);
std::string brief(const validator::Chain& chain);       // "bogus de. zone-signed-by-wrong-key"
std::string blame_line(const validator::Chain& chain);  // --blame: who is at fault, in one line; "" if nobody

}  // namespace report
