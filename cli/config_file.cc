#include "cli/config_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include "validator/finding.h"

namespace cli {
namespace {

using Read = std::expected<std::vector<std::string>, std::string>;

// As it would be typed; "" for what has no such form.
std::string word_of(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return fmt::to_string(number->get());
  if (const auto* number = node.as_floating_point()) return fmt::format("{:.15g}", number->get());
  std::ostringstream out;
  if (const auto* time = node.as_date_time()) out << time->get();
  if (const auto* date = node.as_date()) out << date->get();
  return out.str();
}

Read words_of(const toml::node& node) {
  const auto* array = node.as_array();
  if (array == nullptr) {
    const auto word = word_of(node);
    if (word.empty() && !node.is_string()) return std::unexpected("neither text, number, list nor true or false");
    return std::vector{word};
  }
  std::vector<std::string> words;
  for (const auto& element : *array) {
    if (!element.is_value() || element.is_boolean()) return std::unexpected("a list of texts or numbers is wanted");
    words.push_back(word_of(element));
  }
  return words;
}

std::expected<void, std::string> add(std::vector<Setting>& settings, std::string_view table, const toml::table& from) {
  for (const auto& [key, node] : from) {
    Setting setting{std::string(table), std::string(key.str()), {}, node.source().begin.line};
    if (const auto* inner = node.as_table()) {
      if (!table.empty()) continue;  // [module.NAME] is serve's
      if (const auto added = add(settings, key.str(), *inner); !added) return added;
      continue;
    }
    if (const auto* flag = node.as_boolean()) {
      setting.value = flag->get();
    } else {
      auto words = words_of(node);
      if (!words)
        return std::unexpected(
            fmt::format("{}: {}: {}", setting.line, validator::printable(setting.key), words.error()));
      setting.value = std::move(*words);
    }
    settings.push_back(std::move(setting));
  }
  return {};
}

}  // namespace

std::expected<std::vector<Setting>, std::string> read_settings(std::string_view text) {
  const auto parsed = toml::parse(text);
  if (!parsed) {
    return std::unexpected(
        fmt::format("{}: {}", parsed.error().source().begin.line, validator::printable(parsed.error().description())));
  }
  std::vector<Setting> settings;
  if (const auto added = add(settings, "", parsed.table()); !added) return std::unexpected(added.error());
  std::ranges::stable_sort(settings, {}, &Setting::line);  // toml++ sorts by key
  return settings;
}

}  // namespace cli
