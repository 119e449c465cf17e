// A JSON text as a flat map from path to value: "/findings/0/slug" -> "ds-mistyped".
// Objects and arrays map to an empty text; it keeps no types and no order.
#pragma once

#include <map>
#include <string>

namespace lab {

using Json = std::map<std::string, std::string>;

// Returns: an empty map if `text` is no JSON.
[[nodiscard]] Json read_json(const std::string& text);

// Returns: the value at `path`, or an empty text.
[[nodiscard]] std::string text_at(const Json& json, const std::string& path);

}  // namespace lab
