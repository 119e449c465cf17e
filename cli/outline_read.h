// A verdict's JSON (cli.md §6), ours or one that was kept, as outlines to compare. Only what is compared is looked at.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "report/outline.h"

namespace cli {

// An object, or an array of several. Error: one line for people. Bounded: 64 MiB, 100,000 values a verdict.
std::expected<std::vector<report::Outline>, std::string> read_outlines(std::string_view json);

}  // namespace cli
