// Configuration files (trustwalk.toml(5)): which of their settings hold for a run, and where each comes from. Command
// line beats environment beats file; of two files the user's own, of one file the table of the verb. It opens no file:
// parse is given a way to read them. Their syntax is config_file's.
#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/option_table.h"

namespace cli {

// One option as met: typed, or set by a file; value is empty for those that take none.
struct Met {
  const OptionRow* row = nullptr;
  std::string value;
  std::string origin = "command line";  // else "FILE:LINE"
};

// Where parse finds what the command line does not say.
struct Surroundings {
  // Those that are read unless told otherwise, the weakest first.
  std::vector<std::string> files;
  // The text of a file; none: there is none. Error: one line for people.
  std::function<std::expected<std::optional<std::string>, std::string>(const std::string& path)> read;
  std::string anchors;   // $TRUSTWALK_ANCHORS
  std::string no_color;  // $NO_COLOR
};

// `typed`, with what files set in front of it. Error: one line for people, about a file.
std::expected<std::vector<Met>, std::string> configured(Verb verb, std::span<const Met> typed,
                                                        const Surroundings& around);

// --print-config: the same as a file of that kind, each setting with its origin.
std::string print_config(Verb verb, std::span<const Met> met, const Surroundings& around);

// Whether the option with this long or short name is among them.
bool is_met(std::span<const Met> met, std::string_view name);

}  // namespace cli
