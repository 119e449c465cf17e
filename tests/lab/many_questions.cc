#include "tests/lab/many_questions.h"

#include <sstream>
#include <stdexcept>

#include "tests/lab/json.h"

namespace lab {

std::vector<std::string> judge_all(const World& world, const std::vector<Asked>& questions, const Command& options) {
  std::string batch;
  for (const auto& question : questions) batch += question.name + " " + question.type + "\n";
  const auto file = world.folder / "batch";
  write_file(file, batch);
  Command command{
      TRUSTWALK_BINARY, "resolve",  "+walk",  "--hints", world.hints, "-p", std::to_string(world.port), "-k",
      world.anchors,    "--format", "ndjson", "-f",      file};
  command.insert(command.end(), options.begin(), options.end());
  const auto outcome = run(command, {.limit = std::chrono::minutes{10}});
  std::vector<std::string> verdicts;
  std::istringstream lines(outcome.out);
  for (std::string line; std::getline(lines, line);) {
    const auto json = read_json(line);
    const auto at = verdicts.size();
    if (at >= questions.size() || text_at(json, "/name") != questions[at].name)
      throw std::runtime_error("not the question's line: " + line);
    verdicts.push_back(text_at(json, "/verdict"));
  }
  if (verdicts.size() != questions.size())
    throw std::runtime_error("verdicts are missing (status " + std::to_string(outcome.status) + "): " + outcome.err);
  return verdicts;
}

}  // namespace lab
