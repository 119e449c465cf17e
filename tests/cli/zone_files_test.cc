// A zone's file read for `zone`: $INCLUDE under the file's own folder and nowhere else, files that change meanwhile,
// and files that are no zones: one line with the place, bounded work.
#include "cli/zone_files.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "cli/zone_text.h"
#include "tests/lab/process.h"

namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const std::string soa = "@ 5 SOA a b 1 2 3 4 5\n";

class ZoneFiles : public testing::Test {
 protected:
  ZoneFiles() { fs::create_directories(at("zones/deep")); }
  fs::path at(const std::string& name) const { return folder_.path() / name; }
  void put(const std::string& name, std::string_view text) const { lab::write_file(at(name), text); }
  std::expected<validator::ZoneStore, std::string> read(const std::string& name = "zones/main") const {
    return cli::read_zone_file(at(name).string(), dns::Name::parse("example.").value());
  }
  void refuses(std::string_view main, const std::string& why) const {
    put("zones/main", main);
    const auto store = read();
    ASSERT_FALSE(store) << main.substr(0, 60);
    EXPECT_THAT(store.error(), HasSubstr(why));
    EXPECT_THAT(store.error(), Not(HasSubstr("\n")));
    EXPECT_LT(store.error().size(), 400U);
  }

  lab::Folder folder_{"zone-files"};
};

TEST_F(ZoneFiles, IncludesWhatLiesBelow) {
  put("zones/deep/sub", "x 5 A 192.0.2.1\n$INCLUDE deep/further\n");
  put("zones/deep/further", "y 5 A 192.0.2.1\n");
  fs::create_symlink("deep/further", at("zones/link"));
  put("zones/main", soa + "$INCLUDE deep/sub\n$INCLUDE link l\n$INCLUDE deep/../deep/further\n$INCLUDE " +
                        fs::canonical(at("zones/deep/further")).string() + " abs\n");
  const auto store = read();
  ASSERT_TRUE(store) << store.error();
  EXPECT_EQ(store->records(), 6U);
}

TEST_F(ZoneFiles, IncludesNothingFromElsewhere) {
  put("secret", "s 5 TXT secret\n");
  put("zones-beside", "s 5 TXT secret\n");
  fs::create_symlink(at("secret"), at("zones/absolute-link"));
  fs::create_symlink("../secret", at("zones/link"));
  fs::create_symlink("..", at("zones/up"));
  for (const std::string name : {"../secret", "deep/../../secret", "/etc/hostname", "link", "absolute-link",
                                 "up/secret", "../zones-beside", "/proc/self/environ", "/dev/zero"})
    refuses(soa + "$INCLUDE " + name + "\n", "zones or below");
  refuses(soa + "$INCLUDE " + at("secret").string() + "\n", "zones or below");
}

TEST_F(ZoneFiles, IncludesNoFolderNoPipeAndNotItself) {
  ASSERT_EQ(mkfifo(at("zones/pipe").c_str(), 0600), 0);
  refuses(soa + "$INCLUDE pipe\n", "main:2: $INCLUDE \"pipe\": no file");
  refuses(soa + "$INCLUDE deep\n", "no file");
  refuses(soa + "$INCLUDE none\n", "No such file");
  refuses(soa + "$INCLUDE main\n", "it includes itself");
  put("zones/a", "$INCLUDE b\n");
  put("zones/b", "\n$INCLUDE a\n");
  refuses(soa + "$INCLUDE a\n", "main:2: \"a\":1: \"b\":2: $INCLUDE \"a\": it includes itself");
  put("zones/b", "x 5 A 192.0.2.1\ny 5 A nonsense\n");
  refuses(soa + "$INCLUDE a\n", "main:2: \"a\":1: \"b\":2: A: ");
  put("zones/main", soa + "$INCLUDE b\n$INCLUDE b\n");  // the same twice is no circle
  put("zones/b", "x 5 A 192.0.2.1\n");
  EXPECT_TRUE(read());
}

TEST_F(ZoneFiles, TellsAFileThatChangesWhileItIsRead) {
  put("zones/main", soa + std::string(100, ';') + "\n");
  const cli::ZoneText text(open(at("zones/main").c_str(), O_RDONLY | O_CLOEXEC));
  ASSERT_TRUE(text.is_open() && text.is_file());
  std::array<char, 32> room{};
  EXPECT_EQ(text.read_into(room), room.size());
  std::ofstream(at("zones/main"), std::ios::app) << "; more\n";
  std::expected<std::size_t, std::string> got = 0;
  do got = text.read_into(room);
  while (got && *got > 0);
  ASSERT_FALSE(got);
  EXPECT_THAT(got.error(), HasSubstr("changed while it was read"));
}

TEST_F(ZoneFiles, RefuseWhatIsNoZone) {
  refuses("", "no record in it");
  refuses("; nothing\n", "no record in it");
  refuses(soa + "www 5 A ( 192.0.2.1\n", "main:2: ");
  refuses(soa + "www 5 A ( 192.0.2.1\n" + std::string(3'000'000, '\n'), "the record is too long");
  refuses(soa + "www 5 TXT " + std::string(10'000'000, 'x') + "\n", "main:2: ");
  refuses(soa + "www 5 TXT \"" + std::string(10'000'000, 'x') + "\"\n", "main:2: ");
  refuses(soa + ";" + std::string(10'000'000, 'x') + "\n", "main:2: ");
  refuses(soa + "www 5 CH A 192.0.2.1\n", "main:2: class CH where IN is due");
  refuses(soa + "$GENERATE 1-9 a$ A 192.0.2.$\n", "main:2: $GENERATE is not followed");
  std::string rubbish;
  for (std::uint32_t i = 0, x = 1; i < 100'000; ++i) rubbish += static_cast<char>((x = x * 1664525 + 1013904223) >> 24);
  refuses(rubbish, "main:");
  refuses(std::string(2'000'000, '\0'), "main:1: ");
  refuses(std::string("\x7f"
                      "ELF\x02\x01\x01\0\0\0\0",
                      11),
          "main:1: ");
  const auto folder = read("zones");
  ASSERT_FALSE(folder);
  EXPECT_THAT(folder.error(), HasSubstr("Is a directory"));
}

TEST_F(ZoneFiles, TakeRecordsInAnyOrderAndTwice) {
  put("zones/main", "z 5 A 192.0.2.2\nz 5 A 192.0.2.1\n" + soa + "a 5 A 192.0.2.1\nZ 5 A 192.0.2.1\n");
  const auto store = read();
  ASSERT_TRUE(store) << store.error();
  EXPECT_EQ(store->records(), 5U);  // repeats are told by the judgement
  EXPECT_EQ(store->names(), 3U);
  EXPECT_EQ(store->name(0).print(), "example.");
}

}  // namespace
