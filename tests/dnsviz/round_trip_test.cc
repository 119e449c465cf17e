// Evidence, written as a file of dnsviz probe and read again, is judged the same: verdict and leading cause of every
// recorded world in fixtures/.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "resolver/dnsviz.h"
#include "tests/lab/json.h"
#include "tests/lab/process.h"
#include "trustanchor/anchors.h"
#include "validator/analyze.h"

namespace {

namespace fs = std::filesystem;

std::vector<std::string> recorded() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(fs::path(TRUSTWALK_SOURCE_DIR) / "fixtures"))
    if (fs::exists(entry.path() / "evidence.json")) names.push_back(entry.path().filename());
  std::ranges::sort(names);
  return names;
}

class RoundTrip : public testing::TestWithParam<std::string> {};

std::string leading(const validator::Chain& chain) {
  return chain.causes.empty() ? "" : std::string(validator::to_text(chain.findings[chain.causes[0]].code));
}

TEST_P(RoundTrip, KeepsTheVerdict) {
  const auto folder = fs::path(TRUSTWALK_SOURCE_DIR) / "fixtures" / GetParam();
  const auto expected = lab::read_json(lab::read_file(folder / "expect.json"));
  const auto heard = resolver::read_any_recording(lab::read_file(folder / "evidence.json"));
  ASSERT_TRUE(heard) << heard.error();
  if (!heard->evidence.target.elsewhere.empty())
    GTEST_SKIP() << "dnsviz knows no resolver to compare with: all are alike";
  const auto text = resolver::write_dnsviz(*heard);
  const auto again = resolver::read_any_recording(text);
  ASSERT_TRUE(again) << again.error();
  EXPECT_EQ(again->evidence.target.name, heard->evidence.target.name);
  EXPECT_EQ(again->evidence.target.type, heard->evidence.target.type);
  EXPECT_EQ(again->evidence.started, heard->evidence.started);
  EXPECT_EQ(again->anchors, heard->anchors);
  EXPECT_TRUE(again->further.empty());
  std::string lines;
  for (const auto& line : again->anchors) lines += line + "\n";
  const auto now = dns::parse_time(lab::text_at(expected, "/now")).value();
  validator::Verifier verifier;
  const auto digest = [&](dns::Digest type, dns::View data) { return verifier.digest(type, data); };
  const auto anchors = trustanchor::read_anchors(lines, "fixture", now, digest);
  ASSERT_TRUE(anchors) << anchors.error();
  const auto before = validator::judge(heard->evidence, *anchors, {}, now, verifier);
  const auto after = validator::judge(again->evidence, *anchors, {}, now, verifier);
  // Options of a replay, such as a negative anchor, are in no recording.
  if (!expected.contains("/options/0")) {
    EXPECT_EQ(validator::to_text(after.verdict), lab::text_at(expected, "/verdict"));
  }
  EXPECT_EQ(validator::to_text(after.verdict), validator::to_text(before.verdict));
  EXPECT_EQ(leading(after), leading(before));
  // Nothing more is lost by doing it twice.
  const auto third = resolver::read_any_recording(resolver::write_dnsviz(*again));
  ASSERT_TRUE(third);
  EXPECT_EQ(third->evidence.exchanges.size(), again->evidence.exchanges.size());
}

INSTANTIATE_TEST_SUITE_P(Recorded, RoundTrip, testing::ValuesIn(recorded()), [](const auto& test) {
  std::string name = test.param;
  std::ranges::replace_if(name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
});

}  // namespace
