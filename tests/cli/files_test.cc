// Files written whole or not at all, and the names made for them.
#include "cli/files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "cli/writing.h"
#include "tests/lab/process.h"

namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::size_t entries(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST(Files, AreReplacedWithModeAndLinkKept) {
  const lab::Folder folder("files");
  const auto file = folder.path() / "file", link = folder.path() / "link";
  lab::write_file(file, "before");
  chmod(file.c_str(), 0640);
  fs::create_symlink("file", link);
  ASSERT_TRUE(cli::write_whole(link, "after"));
  EXPECT_EQ(lab::read_file(file), "after");
  EXPECT_TRUE(fs::is_symlink(link));
  struct stat there{};
  ASSERT_EQ(stat(file.c_str(), &there), 0);
  EXPECT_EQ(there.st_mode & 07777U, 0640U);
  EXPECT_EQ(entries(folder.path()), 2U);
}

TEST(Files, LeaveNothingBehindWhenTheyCannotBe) {
  const lab::Folder folder("files");
  const auto missing = cli::write_whole(folder.path() / "none" / "file", "text");
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error(), HasSubstr("No such file or directory"));
  const auto directory = cli::write_whole(folder.path(), "text");
  ASSERT_FALSE(directory);
  EXPECT_THAT(directory.error(), HasSubstr("Is a directory"));
  EXPECT_EQ(entries(folder.path()), 0U);
}

TEST(Files, DevicesAreWrittenToAndNotReplaced) {
  const auto full = cli::write_whole("/dev/full", "text");
  ASSERT_FALSE(full);
  EXPECT_THAT(full.error(), HasSubstr("No space left on device"));
  EXPECT_TRUE(fs::is_character_file("/dev/full"));
  EXPECT_TRUE(cli::write_whole("/dev/null", "text"));
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST(Files, AreReadUpToALimit) {
  const lab::Folder folder("files");
  lab::write_file(folder.path() / "file", "12345");
  EXPECT_EQ(cli::read_whole(folder.path() / "file", 5).value_or("?"), "12345");
  EXPECT_FALSE(cli::read_whole(folder.path() / "file", 4));
  EXPECT_FALSE(cli::read_whole(folder.path() / "none", 5));
  EXPECT_FALSE(cli::read_whole(folder.path(), 5));
}

struct Case {
  const char* pattern;
  const char* name;
  const char* path;
};
const Case patterns[] = {
    {"d/%n.%f", "www.example.org", "d/www.example.org.json"},
    {"%n-%t.%f", "EXAMPLE.org", "example.org-MX.json"},
    {"%n", ".", "root"},
    {"x%%n%x", "a", "x%n%x"},
    {"100%", "a", "100%"},
    {"d/%n", "\\046\\046/etc/passwd", "d/_2e_2e_2fetc_2fpasswd"},  // no way out of the folder
    {"d/%n", "a\\000b.example", "d/a_00b.example"},
};
TEST(Files, PatternsStayInTheirFolder) {
  for (const auto& [pattern, text, path] : patterns) {
    const auto name = dns::Name::parse(text);
    ASSERT_TRUE(name) << text;
    EXPECT_EQ(cli::fill_pattern(pattern, *name, dns::RRType::mx, "json"), path) << pattern;
  }
}

}  // namespace
