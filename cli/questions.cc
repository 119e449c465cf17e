#include "cli/questions.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <variant>

#include "cli/values.h"

namespace cli {
namespace {

// What a bare word can be.
struct Class {};
using Meaning = std::variant<Question, dns::RRType, Class>;

bool is_type(std::string_view word) { return dns::parse_rrtype(word).has_value(); }
std::expected<Meaning, std::string> meaning_of(std::string_view word);

}  // namespace

std::expected<std::vector<Question>, std::string> read_questions(std::span<const std::string> words) {
  const bool a_name_is_there =
      std::ranges::any_of(words, [](const auto& word) { return !is_type(word) && !dns::parse_rrclass(word); });
  std::vector<Question> questions;
  std::vector<dns::RRType> for_all;
  std::size_t group = 0;  // the first question that takes up the next type
  bool grouping = false;  // names are being collected: a type ends the group
  bool name_is_due = !a_name_is_there;
  for (const auto& word : words) {
    if (name_is_due) {
      const auto name = read_question(word);
      if (!name) return std::unexpected(name.error());
      questions.push_back(*name);
      name_is_due = false;
      grouping = true;
      continue;
    }
    const auto meaning = meaning_of(word);
    if (!meaning) return std::unexpected(meaning.error());
    if (const auto* question = std::get_if<Question>(&*meaning)) {
      if (!grouping) group = questions.size();
      grouping = true;
      questions.push_back(*question);
    } else if (const auto* type = std::get_if<dns::RRType>(&*meaning)) {
      grouping = false;
      if (questions.empty()) for_all.push_back(*type);
      for (auto i = group; i < questions.size(); ++i) questions[i].types.push_back(*type);
    }
  }
  for (auto& question : questions) {
    if (question.types.empty()) question.types = for_all;
  }
  return questions;
}

std::expected<std::vector<Question>, std::string> read_batch(std::string_view text, std::string_view file) {
  std::vector<Question> questions;
  for (std::size_t line = 1; !text.empty(); ++line) {
    const auto end = text.find('\n');
    std::string_view rest = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    rest = rest.substr(0, rest.find_first_of(";#"));
    std::vector<std::string> words;
    while (true) {
      const auto from = rest.find_first_not_of(" \t\r");
      if (from == std::string_view::npos) break;
      const auto to = std::min(rest.find_first_of(" \t\r", from), rest.size());
      words.emplace_back(rest.substr(from, to - from));
      rest.remove_prefix(to);
    }
    const auto read = read_questions(words);
    if (!read) return std::unexpected(fmt::format("{}:{}: {}", file, line, read.error()));
    questions.insert(questions.end(), read->begin(), read->end());
  }
  return questions;
}

namespace {

std::expected<Meaning, std::string> meaning_of(std::string_view word) {
  if (const auto type = dns::parse_rrtype(word)) return *type;
  if (const auto rrclass = dns::parse_rrclass(word)) {
    if (*rrclass == dns::RRClass::in) return Class{};
    return std::unexpected(
        fmt::format("class {}: DNSSEC chains are of class IN (a name of this kind: {}. or -q {})", word, word, word));
  }
  const auto question = read_question(word);
  if (!question) return std::unexpected(question.error());
  return *question;
}

}  // namespace
}  // namespace cli
