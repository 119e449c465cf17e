#include "cli/words.h"

#include <algorithm>
#include <array>

#include "cli/option_table.h"

namespace cli {
namespace {

constexpr std::array<std::string_view, 3> later{"bulk", "serve", "verify-chain"};

bool is_option(std::string_view word) { return word.size() > 1 && word.front() == '-' && word != "--"; }
bool is_later(std::string_view word) { return std::ranges::find(later, word) != later.end(); }
bool takes_next_word(Verb verb, std::string_view option);
std::optional<std::string> verb_word(std::span<const std::string> arguments);

}  // namespace

std::span<const std::string_view> later_verbs() { return later; }

bool is_probe(std::span<const std::string> arguments) {
  if (arguments.empty()) return false;
  const std::string_view program = arguments[0];
  if (program.substr(program.rfind('/') + 1) == "check_trustwalk") return true;
  const auto word = verb_word(arguments.subspan(1));
  return word && *word == "probe";
}

Words sort_words(std::span<const std::string> arguments) {
  Words words;
  const auto rest = arguments.subspan(1);
  const std::string_view program = arguments[0];
  const bool plugin = program.substr(program.rfind('/') + 1) == "check_trustwalk";
  auto verb = plugin ? std::optional<std::string>() : verb_word(rest);
  if (verb && is_later(*verb)) words.later = *verb;
  words.verb = plugin ? Verb::probe : find_verb(verb.value_or("check")).value_or(Verb::check);
  bool only_bare = false;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    const std::string& word = rest[i];
    if (!only_bare && word == "--") {
      only_bare = true;
    } else if (!only_bare && is_option(word)) {
      words.options.push_back(word);
      if (takes_next_word(words.verb, word) && i + 1 < rest.size()) words.options.push_back(rest[++i]);
    } else if (!only_bare && word.starts_with('@')) {
      words.servers.push_back(word.substr(1));
    } else if (!only_bare && word.starts_with('+')) {
      words.flags.push_back(word.substr(1));
    } else if (verb && word == *verb) {
      verb.reset();  // the first one is the verb, a second one is a word
    } else {
      words.bare.push_back(word);
    }
  }
  return words;
}

namespace {

// Until the verb is known, its options are not: the letters of the common table decide which words are values.
std::optional<std::string> verb_word(std::span<const std::string> arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    if (word == "--") return {};
    if (is_option(word)) {
      if (takes_next_word(Verb::check, word)) ++i;
    } else if (find_verb(word) || is_later(word)) {
      return word;
    }
  }
  return {};
}

// "--name" and not "--name=x"; of "-vo" the last letter, and not "-oFILE".
bool takes_next_word(Verb verb, std::string_view option) {
  if (option.starts_with("--")) {
    const auto* row = find_option(verb, option);
    return row != nullptr && !row->argument.empty();
  }
  for (std::size_t i = 1; i < option.size(); ++i) {
    const std::array<char, 2> letter{'-', option[i]};
    const auto* row = find_option(verb, {letter.data(), letter.size()});
    if (row == nullptr) return false;
    if (!row->argument.empty()) return i + 1 == option.size();
  }
  return false;
}

}  // namespace
}  // namespace cli
