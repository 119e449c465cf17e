// Results to where they belong: stdout, one file, or a file for each name, type and format.
// It forms no text itself: report/ does.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "cli/environment.h"
#include "cli/options.h"
#include "validator/chain.h"

namespace cli {

using Written = std::expected<void, std::string>;  // error: one line for people

// `usual` is written where the options name no format.
Written write_chains(const std::vector<validator::Chain>& chains, const Options& options,
                     const Environment& environment, report::Format usual);
// One text to stdout or -o.
Written write_text(const std::string& text, const Options& options);

report::Style style_of(const Options& options, const Environment& environment, report::Format format);

// 'dir/%n.%f' with %n name, %t type, %f format and %% filled in. The name cannot lead out of the folder: octets other
// than letters, digits, "-" and "_" are written as "_" and two hex digits, the root as "root".
std::string fill_pattern(std::string_view pattern, const dns::Name& name, dns::RRType type, std::string_view format);

// On stderr: names as they look in people's scripts (text only), and what was ignored (-v).
void write_remarks(const std::vector<Question>& questions, const Options& options);

}  // namespace cli
