// The recorded worlds in fixtures/: replayed without a network they are judged as their expect.json says. The recorder
// is here too, as a disabled test, to be run by hand (fixtures/README.md).
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <set>

#include "tests/lab/guide.h"
#include "tests/lab/json.h"
#include "tests/lab/require.h"
#include "tests/lab/server.h"
#include "tests/lab/subject.h"

namespace lab {
namespace {

namespace fs = std::filesystem;

fs::path fixtures() { return fs::path(TRUSTWALK_SOURCE_DIR) / "fixtures"; }

std::vector<std::string> recorded() {
  std::vector<std::string> names;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(fixtures(), none)) {
    const std::string name = entry.path().filename();
    // Those of one finding each are judged in process, by tests/recipes.
    if (name == "default" || name.starts_with("guide-")) names.push_back(name);
  }
  std::ranges::sort(names);
  return names;
}

class Fixtures : public testing::TestWithParam<std::string> {};

TEST_P(Fixtures, ReplayAsExpected) {
  if (!trustwalk_is_built()) GTEST_SKIP() << "trustwalk is not built";
  const auto folder = fixtures() / GetParam();
  const auto expected = read_json(read_file(folder / "expect.json"));
  const auto judgement = judge({"replay", folder / "evidence.json", "--at", text_at(expected, "/now")});
  const auto heard = judgement.outcome.out + judgement.outcome.err;
  EXPECT_EQ(judgement.verdict, text_at(expected, "/verdict")) << heard;
  EXPECT_EQ(std::to_string(judgement.status), text_at(expected, "/exit")) << heard;
  const auto cause = text_at(expected, "/cause");
  EXPECT_TRUE(cause.empty() || judgement.cause == cause) << judgement.cause << "\n" << heard;
}

INSTANTIATE_TEST_SUITE_P(Recorded, Fixtures, testing::ValuesIn(recorded()), [](const auto& test) {
  std::string name = test.param;
  std::ranges::replace_if(name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
});
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Fixtures);

int exit_status(Verdict verdict) {
  if (verdict == Verdict::secure) return 0;
  return verdict == Verdict::insecure ? 10 : 11;
}

// An hour after the recording, by which time no signature begins and the verdict is that of the day.
std::string an_hour_from_now() {
  const auto at = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now() + std::chrono::hours{1});
  std::tm utc{};
  ::gmtime_r(&at, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:00:00Z", &utc);
  return text;
}

// The same file under names of many lengths: another heap each time, so that an order by address would show (as
// Graphviz has it by itself: one in five of these pictures was another).
TEST(Pictures, AreTheSameOctetsWhateverTheHeap) {
  if (!trustwalk_is_built()) GTEST_SKIP() << "trustwalk is not built";
  const auto at = text_at(read_json(read_file(fixtures() / "default/expect.json")), "/now");
  std::set<std::string> pictures;
  std::string path = "fixtures/default/evidence.json";
  for (int i = 0; i < 40; ++i) {
    const auto outcome = run({"env", "-C", TRUSTWALK_SOURCE_DIR, TRUSTWALK_BINARY, "graph", path, "--at", at});
    ASSERT_THAT(outcome.out, testing::HasSubstr("<svg"));
    pictures.insert(outcome.out);
    path.insert(0, "./");
  }
  EXPECT_EQ(pictures.size(), 1U);
}

void record(const GuideState& state) {
  SCOPED_TRACE(state.name);
  const Folder folder(state.name);
  Network network(8);
  const auto world = build_guide_world(state.name, network, folder.path());
  const Servers servers(world, ServerKind::nsd);
  const auto into = fixtures() / state.name;
  fs::create_directories(into);
  const auto outcome = run({TRUSTWALK_BINARY, "record", guide_name, "A", "--hints", world.hints, "-p",
                            std::to_string(world.port), "-k", world.anchors, "-o", into / "evidence.json"});
  // record ends with the verdict's status or with 0; what counts is the file.
  ASSERT_TRUE(fs::exists(into / "evidence.json")) << outcome.out << outcome.err;
  write_file(
      into / "expect.json",
      fmt::format("{{\"story\": \"{}\", \"now\": \"{}\", \"verdict\": \"{}\", \"cause\": \"{}\", \"exit\": {}}}\n",
                  state.story, an_hour_from_now(), word(state.verdict), state.cause, exit_status(state.verdict)));
}

TEST(DISABLED_Recorder, RecordsTheGuide) {
  ASSERT_EQ(missing({"nsd", "ldns-keygen", "ldns-signzone", "ldns-key2ds"}), "");
  for (const auto& state : guide_states()) record(state);
  // The default world of ./dev run: the guide's happy end.
  fs::create_directories(fixtures() / "default");
  for (const auto* file : {"evidence.json", "expect.json"}) {
    fs::copy_file(fixtures() / "guide-secure" / file, fixtures() / "default" / file,
                  fs::copy_options::overwrite_existing);
  }
  write_file(fixtures() / "default/at",
             text_at(read_json(read_file(fixtures() / "default/expect.json")), "/now") + "\n");
}

}  // namespace
}  // namespace lab
