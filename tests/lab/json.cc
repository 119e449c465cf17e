#include "tests/lab/json.h"

#include <rapidjson/reader.h>

#include <vector>

namespace lab {
namespace {

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

  Json values{};

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
    values[here()] = value;
    return true;
  }

  bool start(int index) {
    auto path = here();
    values[path];
    open_.push_back({std::move(path), {}, index});
    return true;
  }

  bool end() {
    open_.pop_back();
    return true;
  }

  std::vector<Level> open_;
};

}  // namespace

Json read_json(const std::string& text) {
  Flat flat;
  rapidjson::Reader reader;
  rapidjson::StringStream stream(text.c_str());
  return reader.Parse(stream, flat).IsError() ? Json() : flat.values;
}

std::string text_at(const Json& json, const std::string& path) {
  const auto found = json.find(path);
  return found == json.end() ? std::string() : found->second;
}

}  // namespace lab
