#include "resolver/json_object.h"

namespace resolver {

std::string shortened(std::string_view text) {
  return std::string(text.substr(0, 60)) + (text.size() > 60 ? "..." : "");
}

JsonObject::JsonObject(const Json* json, std::string where, std::string& fault)
    : json_(json), where_(std::move(where)), fault_(fault) {
  if (json == nullptr || json->kind != Json::Kind::object) fail("is not an object");
}

void JsonObject::fail(std::string_view why) const {
  if (fault_.empty()) fault_ = where_ + " " + std::string(why);
}

const Json* JsonObject::find(std::string_view key, Json::Kind kind, std::string_view what) const {
  const Json* member = json_ != nullptr ? json_->find(key) : nullptr;
  if (member == nullptr) fail(fmt::format("has no \"{}\"", key));
  if (member == nullptr || member->kind == kind) return member;
  fail(fmt::format("has a \"{}\" that is not {}", key, what));
  return nullptr;
}

std::string_view JsonObject::raw(std::string_view key) const {
  const Json* member = find(key);
  return member != nullptr ? std::string_view(member->text) : std::string_view();
}

std::string JsonObject::text(std::string_view key) const {
  const Json* member = find(key, Json::Kind::text, "a text");
  return member != nullptr ? member->text : std::string();
}

std::uint64_t JsonObject::number(std::string_view key, std::uint64_t most) const {
  const Json* member = find(key, Json::Kind::number, "a whole number");
  if (member == nullptr || member->number <= most) return member != nullptr ? member->number : 0;
  fail(fmt::format("has a \"{}\" above {}", key, most));
  return 0;
}

bool JsonObject::flag(std::string_view key) const {
  const Json* member = find(key, Json::Kind::flag, "true or false");
  return member != nullptr && member->number != 0;
}

std::vector<std::string> JsonObject::texts(std::string_view key) const {
  std::vector<std::string> result;
  const Json* list = find(key, Json::Kind::list, "a list");
  if (list == nullptr) return result;
  for (const Json& item : list->children) {
    if (item.kind != Json::Kind::text) fail(fmt::format("has a \"{}\" that is not a list of texts", key));
    result.push_back(item.text);
  }
  return result;
}

}  // namespace resolver
