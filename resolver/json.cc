#include "resolver/json.h"

#include <fmt/format.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <utility>

namespace resolver {
namespace {

// Builds the tree; the open values are a path from the top, each the last child of the one before.
class Builder {
 public:
  Builder(const JsonRules& rules, const JsonSink& sink) : rules_(rules), sink_(sink) {}

  bool Null() { return scalar(Json::Kind::null); }
  bool Bool(bool value) { return scalar(Json::Kind::flag, value ? 1 : 0); }
  bool Int(int) { return scalar(Json::Kind::other); }
  bool Int64(std::int64_t) { return scalar(Json::Kind::other); }
  bool Uint(unsigned value) { return scalar(Json::Kind::number, value); }
  bool Uint64(std::uint64_t value) { return scalar(Json::Kind::number, value); }
  bool Double(double value);
  bool RawNumber(const char*, rapidjson::SizeType, bool) { return scalar(Json::Kind::other); }
  bool String(const char* text, rapidjson::SizeType size, bool);
  bool Key(const char* text, rapidjson::SizeType size, bool);
  bool StartObject() { return open(Json::Kind::object); }
  bool StartArray() { return open(Json::Kind::list); }
  bool EndObject(rapidjson::SizeType) { return close(); }
  bool EndArray(rapidjson::SizeType) { return close(); }

  Json take() { return std::move(top_); }
  const std::string& fault() const { return fault_; }

 private:
  bool scalar(Json::Kind kind, std::uint64_t number = 0);
  bool open(Json::Kind kind);
  bool close();
  Json* add(Json::Kind kind);  // nullptr: too many
  bool end_value();
  Json* streamed() const;
  bool fail(std::string why) {
    fault_ = std::move(why);
    return false;
  }

  const JsonRules& rules_;
  const JsonSink& sink_;
  Json top_;
  std::vector<Json*> path_;
  std::string key_;
  std::size_t values_ = 0, before_element_ = 0, place_ = 0;
  std::string fault_;
};

bool Builder::String(const char* text, rapidjson::SizeType size, bool) {
  Json* value = add(Json::Kind::text);
  if (value == nullptr) return false;
  value->text.assign(text, size);
  return end_value();
}

bool Builder::Key(const char* text, rapidjson::SizeType size, bool) {
  key_.assign(text, size);
  return true;
}

bool Builder::Double(double value) {
  Json* fraction = add(Json::Kind::other);
  if (fraction == nullptr) return false;
  fraction->text = fmt::format("{}", value);
  return end_value();
}

bool Builder::scalar(Json::Kind kind, std::uint64_t number) {
  Json* value = add(kind);
  if (value == nullptr) return false;
  value->number = number;
  return end_value();
}

bool Builder::open(Json::Kind kind) {
  if (path_.size() == rules_.depth) return fail("nested too deeply");
  Json* value = add(kind);
  if (value == nullptr) return false;
  path_.push_back(value);
  if (path_.size() == 2 && streamed() == path_[1]) place_ = 0;
  return true;
}

bool Builder::close() {
  path_.pop_back();
  return end_value();
}

Json* Builder::add(Json::Kind kind) {
  if (streamed() != nullptr) before_element_ = values_;
  if (++values_ > rules_.values) {
    fail("too many values");
    return nullptr;
  }
  Json* value = &top_;
  if (!path_.empty()) value = &path_.back()->children.emplace_back();
  value->kind = kind;
  value->key = std::exchange(key_, {});
  return value;
}

// After each value: an element of what is streamed is handed over and dropped.
bool Builder::end_value() {
  Json* whole = streamed();
  if (whole == nullptr) return true;
  const Json& element = whole->children.back();
  const std::string& key = path_.size() == 1 ? element.key : whole->key;
  if (place_ >= rules_.elements) return fail(fmt::format("more than {} {}", rules_.elements, key));
  fault_ = sink_(key, place_++, element);
  whole->children.clear();
  values_ = before_element_;
  return fault_.empty();
}

// The open value whose children are handed over, if it is the innermost one.
Json* Builder::streamed() const {
  const bool members = rules_.stream == JsonRules::Stream::members;
  if (path_.size() != (members ? 1 : 2)) return nullptr;
  Json* innermost = path_.back();
  if (members) return innermost->kind == Json::Kind::object ? innermost : nullptr;
  const bool named = std::ranges::find(rules_.streamed, innermost->key) != rules_.streamed.end();
  return innermost->kind == Json::Kind::list && named ? innermost : nullptr;
}

bool is_utf8(const std::string& text) {
  rapidjson::StringStream in(text.c_str());
  rapidjson::StringBuffer out;
  while (in.Tell() < text.size())
    if (!rapidjson::UTF8<>::Validate(in, out)) return false;
  return true;
}

}  // namespace

const Json* Json::find(std::string_view wanted) const {
  const auto found = std::ranges::find(children, wanted, &Json::key);
  return kind == Kind::object && found != children.end() ? &*found : nullptr;
}

std::expected<Json, std::string> parse_json(std::string_view text, const JsonRules& rules, const JsonSink& sink) {
  if (text.size() > rules.octets) return std::unexpected(fmt::format("larger than {} MiB", rules.octets >> 20));
  constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
  rapidjson::MemoryStream stream(text.data(), text.size());
  Builder builder(rules, sink);
  rapidjson::Reader reader;
  const rapidjson::ParseResult result = reader.Parse<flags>(stream, builder);
  if (!result.IsError()) return builder.take();
  const std::string why = builder.fault().empty() ? rapidjson::GetParseError_En(result.Code()) : builder.fault();
  return std::unexpected(fmt::format("byte {}: {}", result.Offset(), why));
}

std::string json_quote(std::string_view text) {
  std::string clean(text);
  if (!is_utf8(clean)) std::ranges::replace_if(clean, [](char c) { return static_cast<unsigned char>(c) > 0x7e; }, '?');
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  writer.String(clean.data(), static_cast<rapidjson::SizeType>(clean.size()));
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace resolver
