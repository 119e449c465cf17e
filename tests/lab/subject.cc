#include "tests/lab/subject.h"

#include <algorithm>

#include "tests/lab/json.h"

namespace lab {
namespace {

void read_findings(const Json& json, const std::string& top, Judgement& judgement) {
  for (int i = 0; json.contains(top + "/findings/" + std::to_string(i)); ++i) {
    judgement.slugs.push_back(text_at(json, top + "/findings/" + std::to_string(i) + "/slug"));
  }
  for (int i = 0; json.contains(top + "/causes/" + std::to_string(i)); ++i) {
    const auto index = text_at(json, top + "/causes/" + std::to_string(i));
    judgement.causes.push_back(text_at(json, top + "/findings/" + index + "/slug"));
  }
  if (!judgement.causes.empty()) judgement.cause = judgement.causes.front();
}

}  // namespace

bool Judgement::has(std::string_view slug) const { return std::ranges::find(slugs, slug) != slugs.end(); }

Judgement judge(Command words, std::chrono::milliseconds limit) {
  return judge_within({.limit = limit}, std::move(words));
}

Judgement judge_within(const RunOptions& options, Command words) {
  words.insert(words.begin(), TRUSTWALK_BINARY);
  words.insert(words.end(), {"--format", "json"});
  Judgement judgement;
  judgement.outcome = run(words, options);
  judgement.status = judgement.outcome.status;
  const auto json = read_json(judgement.outcome.out);
  // Several questions (a check without type asks A and AAAA) give an array: its first element is the one asked first.
  const std::string top = json.contains("/0") ? "/0" : "";
  judgement.verdict = text_at(json, top + "/verdict");
  read_findings(json, top, judgement);
  judgement.blamed_zone = text_at(json, top + "/blame/zone");
  judgement.blamed_party = text_at(json, top + "/blame/party");
  return judgement;
}

bool trustwalk_is_built() { return !find_program(TRUSTWALK_BINARY).empty(); }

}  // namespace lab
