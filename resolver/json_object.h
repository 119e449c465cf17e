// JsonObject: an object of a file, its members read by name and kind; the first thing wrong with any of them is kept.
// It knows no format: which members there are is the reader's business.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "resolver/json.h"
#include "resolver/recording_words.h"

namespace resolver {

// At most 60 octets of it, for a line that people read.
std::string shortened(std::string_view text);

// The first fault of any of them is kept in `fault`; what is read then is empty. Members that no one asks for are
// ignored: a later version may have more.
class JsonObject {
 public:
  JsonObject(const Json* json, std::string where, std::string& fault);

  void fail(std::string_view why) const;
  std::string& fault() const { return fault_; }
  bool has(std::string_view key) const { return json_ != nullptr && json_->find(key) != nullptr; }
  const Json* find(std::string_view key) const { return json_ != nullptr ? json_->find(key) : nullptr; }
  const Json* find(std::string_view key, Json::Kind kind, std::string_view what) const;  // nullptr: failed
  std::string_view raw(std::string_view key) const;  // of a text or a fraction; "": neither
  std::string text(std::string_view key) const;
  std::uint64_t number(std::string_view key, std::uint64_t most) const;
  bool flag(std::string_view key) const;
  std::vector<std::string> texts(std::string_view key) const;
  template <typename T, std::size_t N>
  T word(std::string_view key, const Words<T, N>& words) const;
  // What `parse` makes of the text; it gives something like an optional.
  template <typename Parse>
  auto parsed(std::string_view key, std::string_view what, const Parse& parse) const;

 private:
  const Json* json_;
  std::string where_;
  std::string& fault_;
};

template <typename T, std::size_t N>
T JsonObject::word(std::string_view key, const Words<T, N>& words) const {
  const std::string value = text(key);
  if (const auto found = find_word(words, value)) return *found;
  fail(fmt::format("has an unknown \"{}\": {}", key, shortened(value)));
  return words.front().first;
}

template <typename Parse>
auto JsonObject::parsed(std::string_view key, std::string_view what, const Parse& parse) const {
  const std::string value = text(key);
  auto result = parse(value);
  if (result) return *std::move(result);
  fail(fmt::format("has a \"{}\" that is not {}: {}", key, what, shortened(value)));
  return std::remove_cvref_t<decltype(*result)>{};
}

}  // namespace resolver
