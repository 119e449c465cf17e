// A configuration file's text as settings: table, key, values, line. TOML 1.0.
// It knows no option.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cli {

struct Setting {
  std::string table;  // "" for what stands before all tables
  std::string key;
  std::variant<bool, std::vector<std::string>> value;  // numbers and dates as they would be typed
  std::size_t line = 0;
};

// In the order of the file. Error: "LINE: what is wrong", for people.
std::expected<std::vector<Setting>, std::string> read_settings(std::string_view text);

}  // namespace cli
