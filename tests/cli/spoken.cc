#include "tests/cli/spoken.h"

#include "dns/address.h"

namespace spoken {

std::vector<std::string> words(std::string_view line, std::string_view program) {
  std::vector<std::string> all{std::string(program)};
  std::string word;
  bool quoted = false, begun = false;
  for (const char c : line) {
    if (c == '\'') {
      quoted = !quoted;
      begun = true;
    } else if (c == ' ' && !quoted) {
      if (begun) all.push_back(word);
      word.clear();
      begun = false;
    } else {
      word += c;
      begun = true;
    }
  }
  if (begun) all.push_back(word);
  return all;
}

std::string meaning(std::string_view line) {
  const auto parsed = cli::parse(words(line));
  if (const auto* misuse = std::get_if<cli::Misuse>(&parsed)) return "misuse: " + misuse->text;
  if (std::holds_alternative<cli::Wish>(parsed)) return "wish";
  if (const auto* file = std::get_if<cli::Unreadable>(&parsed)) return "unreadable: " + file->text;
  const auto& options = std::get<cli::Options>(parsed);
  std::string text(cli::to_text(options.verb));
  for (const auto& question : options.questions) {
    text += " " + question.name.print() + ":";
    for (std::size_t i = 0; i < question.types.size(); ++i)
      text += (i > 0 ? "," : "") + dns::to_text(question.types[i]);
    if (question.types.empty()) text += "-";
  }
  for (const auto& word : options.words) text += " " + word;
  for (const auto& server : options.servers) {
    text += " @" + server.host + (server.port ? "#" + std::to_string(*server.port) : "");
  }
  return text;
}

cli::Options options(std::string_view line) { return std::get<cli::Options>(cli::parse(words(line))); }

}  // namespace spoken
