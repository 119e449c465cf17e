#include "cli/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "cli/config_file.h"
#include "cli/help.h"
#include "cli/nearest.h"
#include "cli/settings.h"
#include "validator/finding.h"

namespace cli {
namespace {

using Strength = std::pair<std::size_t, bool>;  // file, and whether in the verb's own table

struct Chosen {
  Setting setting;
  std::string file;
  Strength strength;
};
using Choices = std::map<const OptionRow*, Chosen>;

// Files that a run reads, and whether they have to be there.
struct Files {
  std::vector<std::string> paths;
  bool needed = false;
};

Files files_of(Verb verb, std::span<const Met> typed, const Surroundings& around) {
  Files files;
  for (const auto& met : typed)
    if (met.row == find_option(verb, "--config")) files.paths.push_back(met.value);
  files.needed = !files.paths.empty();
  // cli.md §5: the plugin is told everything by its command line, or by the file named there.
  if (!files.needed && verb != Verb::probe && !is_met(typed, "--no-config")) files.paths = around.files;
  return files;
}

// What a file cannot say: what to do, and which file to read.
bool is_for_typing_only(const OptionRow& row) {
  for (const auto* name : {"--help", "--version", "--config", "--no-config", "--print-config"})
    if (row.names.ends_with(name)) return true;
  return false;
}

std::vector<std::string_view> keys_of(Verb verb) {
  std::vector<std::string_view> keys;
  for (const auto& row : option_rows(verb)) {
    const auto at = row.names.find("--");
    const bool fits = (row.verbs & only(verb)) != 0 && !row.help.empty() && !is_for_typing_only(row);
    if (at != std::string_view::npos && fits) keys.push_back(row.names.substr(at + 2));
  }
  return keys;
}

const OptionRow* row_of(Verb verb, const std::string& key) {
  const auto* row = find_option(verb, "--" + key);
  return row != nullptr && !is_for_typing_only(*row) && (row->verbs & only(verb)) != 0 ? row : nullptr;
}

// A key before all tables holds for the verbs that have such an option: an error if none has.
std::expected<const OptionRow*, std::string> find_row(Verb verb, const Setting& setting) {
  if (setting.table.empty()) {
    if (const auto* row = row_of(verb, setting.key)) return row;
    const auto verbs = all_verbs();
    if (std::ranges::any_of(verbs, [&](Verb other) { return row_of(other, setting.key) != nullptr; })) return nullptr;
    return std::unexpected(
        fmt::format("no option {}{}", validator::printable(setting.key), did_you_mean(setting.key, keys_of(verb))));
  }
  const auto table = find_verb(setting.table);
  if (!table) return std::unexpected(fmt::format("no verb {}", validator::printable(setting.table)));
  const auto* row = row_of(*table, setting.key);
  if (row == nullptr)
    return std::unexpected(fmt::format("{} has no option {}{}", setting.table, validator::printable(setting.key),
                                       did_you_mean(setting.key, keys_of(*table))));
  return *table == verb ? row : nullptr;
}

std::expected<void, std::string> choose(Choices& choices, Verb verb, const std::string& file, std::size_t rank,
                                        std::string_view text) {
  auto settings = read_settings(text);
  if (!settings) return std::unexpected(fmt::format("{}:{}", file, settings.error()));
  for (auto& setting : *settings) {
    const auto row = find_row(verb, setting);
    const auto place = fmt::format("{}:{}: ", file, setting.line);
    if (!row) return std::unexpected(place + row.error());
    if (*row == nullptr) continue;
    if ((*row)->argument.empty() != std::holds_alternative<bool>(setting.value))
      return std::unexpected(place +
                             fmt::format("{} is {}", setting.key,
                                         (*row)->argument.empty() ? "true or false" : "a value, not true or false"));
    const Strength strength{rank, !setting.table.empty()};
    const auto known = choices.find(*row);
    if (known != choices.end() && known->second.strength > strength) continue;
    choices.insert_or_assign(*row, Chosen{std::move(setting), file, strength});
  }
  return {};
}

// The environment and what is typed come first; nothing of a file's is added to a list that they begin.
bool is_beaten(const OptionRow& row, std::span<const Met> typed, const Surroundings& around) {
  if (std::ranges::find(typed, &row, &Met::row) != typed.end()) return true;
  const bool trusts = row.names.ends_with("--anchors") || row.names == "--anchor";
  return (trusts && !around.anchors.empty()) || (row.names == "--color" && !around.no_color.empty());
}

void put_into(std::vector<Met>& met, const OptionRow& row, const Chosen& chosen) {
  const auto origin = fmt::format("{}:{}", chosen.file, chosen.setting.line);
  if (const auto* flag = std::get_if<bool>(&chosen.setting.value)) {
    if (*flag) met.push_back({&row, "", origin});
    return;
  }
  const auto& words = std::get<std::vector<std::string>>(chosen.setting.value);
  if (row.argument != "LIST") {
    for (const auto& word : words) met.push_back({&row, word, origin});
    return;
  }
  std::string list;
  for (const auto& word : words) list += (list.empty() ? "" : ",") + word;
  if (!words.empty()) met.push_back({&row, list, origin});
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') out += '\\';
    out += octet < 0x20 || octet == 0x7f ? fmt::format("\\u{:04X}", octet) : std::string(1, c);
  }
  return out + '"';
}

}  // namespace

bool is_met(std::span<const Met> met, std::string_view name) {
  return std::ranges::any_of(met, [&](const Met& one) {
    return one.row->names == name || one.row->names.ends_with(fmt::format(",{}", name)) ||
           one.row->names.starts_with(fmt::format("{},", name));
  });
}

std::expected<std::vector<Met>, std::string> configured(Verb verb, std::span<const Met> typed,
                                                        const Surroundings& around) {
  Choices choices;
  const auto files = files_of(verb, typed, around);
  for (std::size_t i = 0; i < files.paths.size(); ++i) {
    const auto& path = files.paths[i];
    const auto text = around.read ? around.read(path) : std::nullopt;
    if (!text) return std::unexpected(text.error());
    if (!*text && files.needed) return std::unexpected(fmt::format("cannot read {}: there is no such file", path));
    if (!*text) continue;
    if (const auto chosen = choose(choices, verb, path, i, **text); !chosen) return std::unexpected(chosen.error());
  }
  std::vector<Met> all;
  for (const auto& row : option_rows(verb)) {
    const auto chosen = choices.find(&row);
    if (chosen != choices.end() && !is_beaten(row, typed, around)) put_into(all, row, chosen->second);
  }
  all.insert(all.end(), typed.begin(), typed.end());
  return all;
}

std::string print_config(Verb verb, std::span<const Met> met, const Surroundings& around) {
  std::string out = fmt::format("# What holds for `trustwalk {}`, and where it comes from.\n", to_text(verb));
  for (const auto& path : files_of(verb, met, around).paths) {
    const auto text = around.read ? around.read(path) : std::nullopt;
    out += fmt::format("# {}: {}\n", path, text && *text ? "read" : "not there");
  }
  out += fmt::format("\n[{}]\n", to_text(verb));
  if (!around.anchors.empty() && !is_met(met, "--anchors") && !is_met(met, "--anchor"))
    out += fmt::format("anchors = {}  # TRUSTWALK_ANCHORS\n", quoted(around.anchors));
  if (!around.no_color.empty() && !is_met(met, "--color")) out += "color = \"never\"  # NO_COLOR\n";
  for (const auto& row : option_rows(verb)) {
    std::vector<const Met*> all;
    for (const auto& one : met)
      if (one.row == &row) all.push_back(&one);
    if (all.empty() || is_for_typing_only(row)) continue;
    const auto at = row.names.find("--");
    const auto key = at == std::string_view::npos ? row.names : row.names.substr(at + 2);
    std::string value;
    for (const auto* one : all) value += (value.empty() ? "" : ", ") + quoted(one->value);
    if (all.size() > 1) value = fmt::format("[{}]", value);
    out += fmt::format("{} = {}  # {}\n", key, row.argument.empty() ? "true" : value, all.front()->origin);
  }
  return out;
}

}  // namespace cli
