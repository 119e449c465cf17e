#include "tests/lab/subject.h"

#include <rapidjson/document.h>

#include <algorithm>

namespace lab {
namespace {

std::string text_of(const rapidjson::Value& object, const char* member) {
  if (!object.IsObject()) return {};
  const auto found = object.FindMember(member);
  return found != object.MemberEnd() && found->value.IsString() ? found->value.GetString() : std::string();
}

void read_findings(const rapidjson::Value& object, Judgement& judgement) {
  const auto findings = object.FindMember("findings");
  if (findings == object.MemberEnd() || !findings->value.IsArray()) return;
  for (const auto& finding : findings->value.GetArray()) judgement.slugs.push_back(text_of(finding, "slug"));
  const auto causes = object.FindMember("causes");
  if (causes == object.MemberEnd() || !causes->value.IsArray()) return;
  for (const auto& cause : causes->value.GetArray()) {
    if (cause.IsUint() && cause.GetUint() < judgement.slugs.size()) judgement.causes.push_back(judgement.slugs[cause.GetUint()]);
  }
  if (!judgement.causes.empty()) judgement.cause = judgement.causes.front();
}

}  // namespace

bool Judgement::has(std::string_view slug) const { return std::ranges::find(slugs, slug) != slugs.end(); }

Judgement judge(Command words, std::chrono::milliseconds limit) {
  words.insert(words.begin(), TRUSTWALK_BINARY);
  words.insert(words.end(), {"--format", "json"});
  Judgement judgement;
  judgement.outcome = run(words, {.limit = limit});
  judgement.status = judgement.outcome.status;
  rapidjson::Document document;
  document.Parse(judgement.outcome.out.c_str());
  // Several questions (a check without type asks A and AAAA) give an array: its first element is the one asked first.
  const rapidjson::Value* object = &document;
  if (!document.HasParseError() && document.IsArray() && !document.Empty()) object = &document[0];
  if (document.HasParseError() || !object->IsObject()) return judgement;
  judgement.verdict = text_of(*object, "verdict");
  read_findings(*object, judgement);
  if (const auto blame = object->FindMember("blame"); blame != object->MemberEnd()) {
    judgement.blamed_zone = text_of(blame->value, "zone");
    judgement.blamed_party = text_of(blame->value, "party");
  }
  return judgement;
}

bool trustwalk_is_built() { return !find_program(TRUSTWALK_BINARY).empty(); }

}  // namespace lab
