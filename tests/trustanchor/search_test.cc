// Which source decides, and what is said about the others (anchors.md §3).
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/trustanchor/samples.h"
#include "trustanchor/anchors.h"

namespace trustanchor {
namespace {

namespace fs = std::filesystem;

const dns::Time now = dns::parse_time("2026-11-24").value();

class Search : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("trustwalk-search-" + std::to_string(::getpid()));
    fs::create_directories(folder_);
    sources_.system_file = (folder_ / "no-system-file").string();
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string file(const std::string& name, std::string_view text) const {
    const fs::path path = folder_ / name;
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }
  std::expected<Anchors, std::string> find() const { return find_anchors(sources_, now, samples::digest); }
  std::string tags() const {
    std::string text;
    const auto found = find();
    if (!found) return found.error();
    for (const Anchor& anchor : found->of({}, now)) text += std::to_string(anchor.tag()) + " ";
    return text;
  }

  fs::path folder_;
  Sources sources_;
};

TEST_F(Search, the_first_that_exists_decides_alone) {
  EXPECT_EQ(tags(), "20326 38696 ");
  EXPECT_EQ(find()->source, "built-in");
  EXPECT_TRUE(find()->notices.empty());

  sources_.system_file = file("root.key", samples::dnskey_2024());
  EXPECT_EQ(tags(), "38696 ");
  EXPECT_EQ(find()->source, sources_.system_file);

  sources_.environment = file("env", samples::ds_2017());
  EXPECT_EQ(tags(), "20326 ");
  EXPECT_EQ(find()->source, sources_.environment);

  sources_.records = {". DS 1 8 2 " + std::string(64, 'a')};
  EXPECT_EQ(tags(), "1 ");
  EXPECT_EQ(find()->source, "command line");

  sources_.files = {file("given", samples::ds_2024())};
  EXPECT_EQ(tags(), "38696 1 ");
  EXPECT_EQ(find()->source, sources_.files[0] + ", command line");
}

TEST_F(Search, several_files_of_one_source_are_one) {
  const std::string first = file("first", samples::ds_2017()), second = file("second", samples::ds_2024());
  sources_.environment = first + "::" + second;
  EXPECT_EQ(tags(), "20326 38696 ");
  EXPECT_EQ(find()->anchors[1].source, second);
  sources_.files = {second, first, second};
  EXPECT_EQ(tags(), "38696 20326 ");
}

TEST_F(Search, a_later_end_of_the_same_digest_wins) {
  const std::string open = "<TrustAnchor><Zone>.</Zone><KeyDigest id=\"a\" validFrom=\"2017-02-02T00:00:00Z\"";
  const std::string rest = "><KeyTag>20326</KeyTag><Algorithm>8</Algorithm><DigestType>2</DigestType><Digest>" +
                           std::string(samples::digest_2017) + "</Digest></KeyDigest></TrustAnchor>";
  const std::string unending = file("old.xml", open + rest);
  const std::string ended = file("new.xml", open + " validUntil=\"2026-11-01T00:00:00Z\"" + rest);
  sources_.files = {unending};
  EXPECT_EQ(tags(), "20326 ");
  sources_.files = {unending, ended};
  EXPECT_EQ(tags(), "");
  sources_.files = {ended, unending};
  EXPECT_EQ(tags(), "");
}

TEST_F(Search, what_was_asked_for_must_be_usable) {
  const std::string good = file("good", samples::ds_2017()), missing = (folder_ / "missing").string();
  const std::string empty = file("empty", ""), broken = file("broken", "hello world\n");
  const std::string key = file("private", "Private-key-format: v1.3\n");
  for (const std::string& bad : {missing, empty, broken, key, folder_.string()}) {
    Sources by_file = sources_, by_environment = sources_;
    by_file.files = {good, bad};
    by_environment.environment = good + ":" + bad;
    for (const Sources& sources : {by_file, by_environment}) {
      const auto found = find_anchors(sources, now, samples::digest);
      ASSERT_FALSE(found) << bad;
      EXPECT_TRUE(found.error().starts_with(bad + ": ")) << found.error();
    }
  }
  sources_.records = {"hello"};
  EXPECT_TRUE(find().error().starts_with("--anchor 'hello': ")) << find().error();
  sources_.records = {};
  sources_.environment = ":";
  EXPECT_FALSE(find());
}

TEST_F(Search, an_unusable_system_file_is_named_and_passed_over) {
  sources_.system_file = file("root.key", "hello world\n");
  const auto found = find();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->source, "built-in");
  ASSERT_EQ(found->skipped.size(), 1U);
  EXPECT_EQ(found->skipped[0].file, sources_.system_file);
  EXPECT_EQ(found->skipped[0].reason, Skipped::Reason::syntax);
  EXPECT_NE(found->skipped[0].text.find("line 1"), std::string::npos);
}

TEST_F(Search, differences_to_the_other_sources_are_notices) {
  sources_.system_file = file("root.key", samples::ds_2017() + "\n" + samples::ds_2024());
  EXPECT_TRUE(find()->notices.empty());
  sources_.files = {file("one", samples::ds_2024())};
  const auto found = find();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->notices, (std::vector<std::string>{
                                sources_.system_file + " has the key 20326 of ., " + sources_.files[0] + " has not",
                                "built-in has the key 20326 of ., " + sources_.files[0] + " has not"}));
  sources_.files.clear();
  sources_.system_file = file("root.key", samples::ds_2017() + "\n. DS 5 8 2 " + std::string(64, 'b'));
  EXPECT_EQ(find()->notices,
            (std::vector<std::string>{"built-in has the key 38696 of ., " + sources_.system_file + " has not",
                                      sources_.system_file + " has the key 5 of ., built-in has not"}));
}

}  // namespace
}  // namespace trustanchor
