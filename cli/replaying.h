// A recording judged again: as of when, and with which anchors.
// It opens no file and prints no result.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "cli/environment.h"
#include "cli/options.h"
#include "resolver/recording.h"
#include "validator/chain.h"

namespace cli {

constexpr std::size_t largest_recording = 64UL << 20;

// A chain for each question of the recording; `file` is what messages call it. Error: one line for people.
std::expected<std::vector<validator::Chain>, std::string> judge_recording(resolver::Recording recording,
                                                                          const std::string& file,
                                                                          const Options& options,
                                                                          const Environment& environment);

}  // namespace cli
