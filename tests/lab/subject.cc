#include "tests/lab/subject.h"

#include <rapidjson/reader.h>

#include <algorithm>
#include <map>

namespace lab {
namespace {

// A JSON text as a flat map: "/findings/0/slug" -> "ds-mistyped"; objects and arrays map to an empty text.
// (RapidJSON's document.h does not compile with clang 19.)
class Flat : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Flat> {
 public:
  bool Default() { return put("null"); }
  bool Bool(bool value) { return put(value ? "true" : "false"); }
  bool Int(int value) { return put(std::to_string(value)); }
  bool Uint(unsigned value) { return put(std::to_string(value)); }
  bool Int64(std::int64_t value) { return put(std::to_string(value)); }
  bool Uint64(std::uint64_t value) { return put(std::to_string(value)); }
  bool Double(double value) { return put(std::to_string(value)); }
  bool String(const char* text, rapidjson::SizeType length, bool) { return put({text, length}); }
  bool Key(const char* text, rapidjson::SizeType length, bool) {
    open_.back().member = {text, length};
    return true;
  }
  bool StartObject() { return start(-1); }
  bool StartArray() { return start(0); }
  bool EndObject(rapidjson::SizeType) { return end(); }
  bool EndArray(rapidjson::SizeType) { return end(); }

  [[nodiscard]] std::string text(const std::string& path) const {
    const auto found = values_.find(path);
    return found == values_.end() ? std::string() : found->second;
  }
  [[nodiscard]] bool has(const std::string& path) const { return values_.contains(path); }

 private:
  struct Level {
    std::string path;
    std::string member;
    int index;  // of the next element; -1 in an object
  };

  std::string here() {
    if (open_.empty()) return {};
    auto& level = open_.back();
    return level.path + "/" + (level.index < 0 ? level.member : std::to_string(level.index++));
  }

  bool put(const std::string& value) {
    values_[here()] = value;
    return true;
  }

  bool start(int index) {
    auto path = here();
    values_[path];
    open_.push_back({std::move(path), {}, index});
    return true;
  }

  bool end() {
    open_.pop_back();
    return true;
  }

  std::map<std::string, std::string> values_;
  std::vector<Level> open_;
};

void read_findings(const Flat& json, const std::string& top, Judgement& judgement) {
  for (int i = 0; json.has(top + "/findings/" + std::to_string(i)); ++i) {
    judgement.slugs.push_back(json.text(top + "/findings/" + std::to_string(i) + "/slug"));
  }
  for (int i = 0; json.has(top + "/causes/" + std::to_string(i)); ++i) {
    const auto index = json.text(top + "/causes/" + std::to_string(i));
    judgement.causes.push_back(json.text(top + "/findings/" + index + "/slug"));
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
  Flat json;
  rapidjson::Reader reader;
  rapidjson::StringStream text(judgement.outcome.out.c_str());
  if (reader.Parse(text, json).IsError()) return judgement;
  // Several questions (a check without type asks A and AAAA) give an array: its first element is the one asked first.
  const std::string top = json.has("/0") ? "/0" : "";
  judgement.verdict = json.text(top + "/verdict");
  read_findings(json, top, judgement);
  judgement.blamed_zone = json.text(top + "/blame/zone");
  judgement.blamed_party = json.text(top + "/blame/party");
  return judgement;
}

bool trustwalk_is_built() { return !find_program(TRUSTWALK_BINARY).empty(); }

}  // namespace lab
