// The long text of the monitoring plugin, and what keeps its lines harmless: ASCII, short names, bounded length.
// The first line's sentence is report/judging's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "validator/chain.h"

namespace report {

// -v: 1 cause, remedy and chain, 2 the servers, 3 all findings and asks. Every line ends in a newline.
// What two questions have in common (A and AAAA walk the same zones) is said once.
std::string long_text(const std::vector<validator::Chain>& chains, int verbosity);

// Cores cut at "|", and some at the first octet above 0x7F.
std::string ascii(std::string_view text);
std::string clipped(std::string text, std::size_t limit);
// Words of more than 60 octets, which are names, without their middle.
std::string shortened(std::string_view text);

}  // namespace report
