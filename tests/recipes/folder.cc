#include "tests/recipes/folder.h"

#include <fmt/format.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <stdexcept>

#include "cli/options.h"
#include "cli/trust.h"
#include "tests/lab/process.h"

namespace recipes {
namespace {

namespace fs = std::filesystem;
using lab::read_file;
using lab::write_file;

// cli.md §3.
int exit_status(Security verdict) {
  switch (verdict) {
    case Security::secure: return 0;
    case Security::insecure: return 10;
    case Security::bogus: return 11;
    case Security::indeterminate: return 12;
  }
  return 3;
}

std::string quoted(const std::string& text) {
  std::string json = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') json += '\\';
    json += c;
  }
  return json + "\"";
}

std::string list(const std::vector<std::string>& words) {
  std::string json;
  for (const auto& word : words) json += (json.empty() ? "" : ", ") + quoted(word);
  return "[" + json + "]";
}

std::string member(const rapidjson::Value& json, const char* name) {
  return json.HasMember(name) && json[name].IsString() ? json[name].GetString() : "";
}

std::vector<std::string> members(const rapidjson::Value& json, const char* name) {
  std::vector<std::string> words;
  if (json.HasMember(name))
    for (const auto& word : json[name].GetArray()) words.emplace_back(word.GetString());
  return words;
}

std::string text_of(const Expected& expected) {
  std::string text = "{\n  \"story\": " + quoted(expected.story) + ",\n  \"slug\": " + quoted(expected.slug) +
                     ",\n  \"now\": " + quoted(expected.now) + ",\n  \"verdict\": " + quoted(expected.verdict) +
                     ",\n  \"cause\": " + quoted(expected.cause) + ",\n  \"exit\": " + std::to_string(expected.exit);
  if (!expected.options.empty()) text += ",\n  \"options\": " + list(expected.options);
  if (!expected.beside.empty()) text += ",\n  \"beside\": " + list(expected.beside);
  return text + "\n}\n";
}

}  // namespace

fs::path fixtures() { return fs::path(TRUSTWALK_SOURCE_DIR) / "fixtures"; }

std::vector<std::string> folders() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(fixtures()))
    if (fs::exists(entry.path() / "expect.json")) names.push_back(entry.path().filename());
  std::ranges::sort(names);
  return names;
}

Expected expected_of(const Recipe& recipe, const Tree& tree) {
  return {recipe.slug,
          recipe.story,
          dns::print_rfc3339(tree.now),
          std::string(validator::to_text(recipe.verdict)),
          recipe.cause,
          exit_status(recipe.verdict),
          tree.options,
          recipe.beside};
}

Expected read_expected(const std::string& folder) {
  rapidjson::Document json;
  json.Parse(read_file(fixtures() / folder / "expect.json").c_str());
  if (json.HasParseError() || !json.IsObject()) throw std::runtime_error(folder + "/expect.json cannot be read");
  return {member(json, "slug"),  member(json, "story"), member(json, "now"),      member(json, "verdict"),
          member(json, "cause"), json["exit"].GetInt(), members(json, "options"), members(json, "beside")};
}

std::expected<resolver::Recording, std::string> read_evidence(const std::string& folder) {
  return resolver::read_recording(read_file(fixtures() / folder / "evidence.json"));
}

void write_folder(const Recipe& recipe) {
  Tree tree;
  recipe.build(tree);
  const fs::path folder = fixtures() / recipe.name();
  fs::create_directories(folder);
  write_file(folder / "evidence.json", resolver::write_recording(recorded(tree)));
  write_file(folder / "expect.json", text_of(expected_of(recipe, tree)));
}

resolver::Recording recorded(const Tree& tree) {
  return {tree.evidence(), "recipe", cli::lines_of(tree.anchors, tree.now), tree.anchors.source};
}

validator::Chain judged(const resolver::Recording& recording, const std::string& now,
                        const std::vector<std::string>& options) {
  std::vector<std::string> words{"trustwalk", "replay", "evidence.json", "--at", now};
  words.insert(words.end(), options.begin(), options.end());
  const auto parsed = cli::parse(words);
  const auto* understood = std::get_if<cli::Options>(&parsed);
  if (understood == nullptr) throw std::runtime_error("options not understood");
  const auto at = dns::parse_time(now).value();
  const auto anchors = cli::anchors_from(recording.anchors, recording.anchors_source, at);
  if (!anchors) throw std::runtime_error(anchors.error());
  return cli::judge_by(*understood, *anchors, at)(recording.evidence);
}

}  // namespace recipes
