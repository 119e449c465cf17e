// Every option and +flag as one row: how it is spelt, which verbs have it, what it does to Options, what -h says of it.
// It parses no command line.
#pragma once

#include <expected>
#include <span>
#include <string>
#include <string_view>

#include "cli/options.h"

namespace cli {

using VerbSet = unsigned;
constexpr VerbSet only(Verb verb) { return 1U << static_cast<unsigned>(verb); }

using Set = std::expected<void, std::string> (*)(Options&, std::string_view);

struct OptionRow {
  std::string_view names;     // "-q,--name"
  std::string_view argument;  // "NAME"; "" takes none
  VerbSet verbs;
  std::string_view group;  // heading in -h
  std::string_view help;
  Set set;  // nullptr: known, and not in this version
};

struct FlagRow {
  std::string_view name;      // "walk"
  std::string_view argument;  // "N"; "" takes none
  VerbSet verbs;
  std::string_view help;  // "" is not listed
  Set set;                // nullptr: known, and not in this version
  Set unset;              // for "+noNAME"; nullptr: has no such form
};

std::span<const OptionRow> option_rows(Verb verb);  // probe has a table of its own (cli.md §5)
std::span<const FlagRow> flag_rows();
std::span<const std::string_view> ignored_flags();  // dig's, about its own output only; without "no"

const OptionRow* find_option(Verb verb, std::string_view name);  // "-q" or "--name"

}  // namespace cli
