// JSON text in bounded memory: small trees, long lists element by element, and texts quoted.
// It knows nothing of evidence.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace resolver {

struct Json {
  enum class Kind : std::uint8_t { null, flag, number, text, list, object, other } kind = Kind::null;
  std::uint64_t number = 0;  // number, and flag as 0 or 1; signed and broken numbers are `other`
  std::string key;           // in its object
  std::string text;          // text, and a fraction as it is written shortest
  std::vector<Json> children;

  const Json* find(std::string_view wanted) const;  // the first child of that key; nullptr: none
};

struct JsonRules {
  std::size_t octets = 64U << 20;
  std::size_t depth = 8;
  std::size_t values = 100'000;            // in memory at once
  std::size_t elements = 100'000;          // of one streamed list
  std::vector<std::string_view> streamed;  // lists of the top object whose elements go to the sink and are not kept
  enum class Stream : std::uint8_t { lists, members } stream = Stream::lists;  // members: all of the top object
};

// Gets an element of a streamed list, its list's key and its place from 0; or a member of the top object and its key.
// Returns: "" to go on, or why the file is no good.
using JsonSink = std::function<std::string(std::string_view list, std::size_t place, const Json& element)>;

// Error: one line: the byte at which reading stopped and why, or what the sink said.
std::expected<Json, std::string> parse_json(std::string_view text, const JsonRules& rules, const JsonSink& sink);

std::string json_quote(std::string_view text);  // what is not UTF-8 has its octets above 0x7e replaced by "?"

}  // namespace resolver
