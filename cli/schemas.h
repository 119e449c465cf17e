// The JSON Schemas (2020-12) of everything that we write as JSON, by a word each.
// It validates nothing; the verdict's and the line's are report/schema's.
#pragma once

#include <string>
#include <string_view>

namespace cli {

inline constexpr std::string_view schema_words = "verdict, line, zone, anchors, ds";

// Installed as WORD-1.schema.json, printed by `trustwalk explain --schema WORD`. "" if there is no such word.
std::string schema_of(std::string_view word);

}  // namespace cli
