// The words of a command line, sorted before any option is understood: verb, @servers, +flags, bare words, options.
// It judges no word: what a bare word means is said in questions.h.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cli/options.h"

namespace cli {

struct Words {
  Verb verb = Verb::check;
  std::vector<std::string> servers;  // without "@"
  std::vector<std::string> flags;    // without "+"
  std::vector<std::string> bare;     // in order, the verb left out
  std::vector<std::string> options;  // options and their values, in order
  std::string later;                 // a verb that this version has not; then only `options` is meaningful
};

// Requires: arguments[0] is the program's name. The first bare word that equals a verb is the verb; words after "--"
// are bare and no verb; an option's value is never taken for a word.
Words sort_words(std::span<const std::string> arguments);

// Verbs of the design that a later version brings.
std::span<const std::string_view> later_verbs();

}  // namespace cli
