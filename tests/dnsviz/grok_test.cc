// `dnsviz grok` on what write_dnsviz makes of the recorded worlds: it reads every file, comes to the same status of the
// answer, and every error it reports is one that we report, by the codes that the catalogue gives our findings; but for
// the differences that differences.txt explains. About twenty worlds; with TRUSTWALK_SOAK=1 all of them.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <sstream>

#include "resolver/dnsviz.h"
#include "tests/lab/json.h"
#include "tests/lab/require.h"
#include "trustanchor/anchors.h"
#include "validator/analyze.h"
#include "validator/cause.h"

namespace {

namespace fs = std::filesystem;

struct World {
  std::string name;
  fs::path file;  // as dnsviz reads it
  std::string verdict;
  std::set<std::string> slugs, codes;  // of our findings, and what dnsviz calls them
};

// "FIXTURE CODE reason": a * in the name or the code stands for anything; the code "status" is the status of the
// answer.
struct Explained {
  std::string fixture, code, reason;
  bool used = false;
};

bool fits(std::string_view pattern, std::string_view word) {
  const auto star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == word;
  return word.starts_with(pattern.substr(0, star)) && word.ends_with(pattern.substr(star + 1));
}

fs::path source(std::string_view path) { return fs::path(TRUSTWALK_SOURCE_DIR) / path; }

bool soaking() {
  const char* set = std::getenv("TRUSTWALK_SOAK");
  return set != nullptr && std::string(set) == "1";
}

// The guide's worlds and some of the others, which stay the same when more are recorded.
std::vector<std::string> chosen() {
  static const std::set<std::string> usual{
      "ds-spare-wrong",    "validator-limits-exceeded", "alias-leads-to-bogus",    "ds-digest-mismatch",
      "ds-mistyped",       "entry-key-not-signing",     "key-not-zone-key",        "keys-missing",
      "signature-expired", "signature-missing",         "signature-not-yet-valid", "signature-spare-bad",
      "zone-not-signed"};
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(source("fixtures"))) {
    const std::string name = entry.path().filename();
    const bool wanted = soaking() || name.starts_with("guide-") || usual.contains(name);
    if (wanted && fs::exists(entry.path() / "evidence.json")) names.push_back(name);
  }
  std::ranges::sort(names);
  return names;
}

std::set<std::string> dnsviz_codes(const validator::Chain& chain) {
  std::set<std::string> codes;
  for (const auto& finding : chain.findings) {
    std::istringstream list{std::string(validator::row(finding.code).dnsviz)};
    for (std::string code; std::getline(list >> std::ws, code, ',');) codes.insert(code);
  }
  return codes;
}

World make(const std::string& name, const fs::path& folder) {
  World world{name, folder / (name + ".json"), {}, {}, {}};
  const auto recording = resolver::read_recording(lab::read_file(source("fixtures") / name / "evidence.json"));
  if (!recording) throw std::runtime_error(name + ": " + recording.error());
  lab::write_file(world.file, resolver::write_dnsviz(*recording));
  std::string lines;
  for (const auto& line : recording->anchors) lines += line + "\n";
  validator::Verifier verifier;
  const auto now = recording->evidence.started;  // when grok judges
  const auto anchors = trustanchor::read_anchors(
      lines, "fixture", now, [&](dns::Digest type, dns::View data) { return verifier.digest(type, data); });
  if (!anchors) throw std::runtime_error(name + ": " + anchors.error());
  auto chain = validator::judge(recording->evidence, *anchors, {}, now, verifier);
  validator::explain(chain);
  world.verdict = validator::to_text(chain.verdict);
  world.codes = dnsviz_codes(chain);
  for (const auto& finding : chain.findings) world.slugs.insert(std::string(validator::to_text(finding.code)));
  return world;
}

std::vector<Explained> explanations() {
  std::vector<Explained> all;
  std::istringstream lines(lab::read_file(source("tests/dnsviz/differences.txt")));
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.starts_with("#")) continue;
    std::istringstream words(line);
    Explained one;
    words >> one.fixture >> one.code;
    std::getline(words >> std::ws, one.reason);
    all.push_back(std::move(one));
  }
  return all;
}

bool explain(std::vector<Explained>& all, const std::string& fixture, const std::string& code) {
  bool found = false;
  for (auto& one : all) {
    if (!fits(one.fixture, fixture) || !fits(one.code, code)) continue;
    one.used = found = true;
  }
  return found;
}

void compare(const World& world, const lab::Json& grok, std::vector<Explained>& all) {
  SCOPED_TRACE(world.name);
  const auto& slugs = testing::PrintToString(world.slugs);
  const auto failed = lab::text_at(grok, "/failed");
  EXPECT_TRUE(failed.empty() || explain(all, world.name, "failed")) << "grok: " << failed;
  if (!failed.empty()) return;
  const auto status = lab::text_at(grok, "/status");
  EXPECT_TRUE(status == world.verdict || explain(all, world.name, "status"))
      << "grok says \"" << status << "\", we " << world.verdict << " " << slugs;
  for (int i = 0; grok.contains(fmt::format("/codes/{}", i)); ++i) {
    if (lab::text_at(grok, fmt::format("/codes/{}/1", i)) != "error") continue;
    const auto code = lab::text_at(grok, fmt::format("/codes/{}/2", i));
    EXPECT_TRUE(world.codes.contains(code) || explain(all, world.name, code))
        << "grok finds " << code << " at " << lab::text_at(grok, fmt::format("/codes/{}/0", i)) << ", we " << slugs;
  }
}

TEST(Grok, AgreesWithUsOnTheRecordedWorlds) {
  if (const auto lacking = lab::missing({"dnsviz"}); !lacking.empty()) {
    if (lab::everything_is_required()) FAIL() << lacking;
    GTEST_SKIP() << lacking;
  }
  const lab::Folder folder("grok");
  std::vector<World> worlds;
  lab::Command command{"/usr/bin/python3", source("tests/lab/run_dnsviz.py"), "assess"};
  for (const auto& name : chosen()) {
    worlds.push_back(make(name, folder.path()));
    command.push_back(worlds.back().file);
  }
  const auto outcome = lab::must(command, {.limit = std::chrono::seconds{300}});
  std::istringstream lines(outcome.out);
  auto all = explanations();
  for (const auto& world : worlds) {
    std::string line;
    ASSERT_TRUE(std::getline(lines, line)) << outcome.err;
    compare(world, lab::read_json(line), all);
  }
  // Whether a line explains nothing any more shows only when all worlds are looked at.
  for (const auto& one : all)
    EXPECT_TRUE(one.used || !soaking()) << "differences.txt: nothing differs at " << one.fixture << " " << one.code;
}

}  // namespace
