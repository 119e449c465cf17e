// `trustwalk ds` against the guide's worlds: the DS it makes is what ldns-key2ds and dnssec-dsfromkey make of the same
// key, and what it says of the parent is what was uploaded there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "tests/lab/guide.h"
#include "tests/lab/json.h"
#include "tests/lab/require.h"
#include "tests/lab/server.h"
#include "tests/lab/subject.h"

namespace lab {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const std::vector<std::string> needed{"nsd", "ldns-keygen", "ldns-signzone", "ldns-key2ds", "dnssec-dsfromkey"};

class Handover : public testing::Test {
 protected:
  void SetUp() override { require(needed); }
};

// "TAG ALG TYPE HEX" out of a DS line of any tool: hex joined, in lower case.
std::string ds_data(std::string_view line) {
  std::istringstream words{std::string(line)};
  std::string word, data;
  while (words >> word && word != "DS") {
  }
  for (int i = 0; i < 3 && words >> word; ++i) data += word + " ";
  while (words >> word && word[0] != ';')
    for (const char c : word) data += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return data;
}

Outcome ask(const World& world, Command words) {
  Command command{TRUSTWALK_BINARY, "ds"};
  command.insert(command.end(), words.begin(), words.end());
  for (const auto& word : {std::string("--hints"), world.hints.string(), std::string("-p"), std::to_string(world.port),
                           std::string("-k"), world.anchors.string()})
    command.push_back(word);
  return run(command);
}

// `zone` of the file that the world's server has, held to the DS that the parent has now.
Outcome judge_file(const World& world, const std::string& port) {
  const auto zone = std::ranges::find(world.zones, guide_zone, &ZoneBuilt::name);
  return run({TRUSTWALK_BINARY, "zone", zone->file.string(), "--parent", "--hints", world.hints.string(), "-p", port,
              "-k", world.anchors.string(), "--timeout", "1"});
}
Outcome judge_file(const World& world) { return judge_file(world, std::to_string(world.port)); }

struct Served {
  explicit Served(const std::string& state)
      : folder(state), world(build_guide_world(state, network, folder.path())), servers(world, ServerKind::nsd) {}
  Folder folder;
  Network network{8};
  World world;
  Servers servers;
};

TEST_F(Handover, IslandIsHandedUp) {
  const Served served("guide-island");
  const auto ksk = key_files(served.world, "257").at(0);
  const auto asked = ask(served.world, {guide_zone, "--layout", "rr"});
  EXPECT_EQ(asked.status, 0) << asked.err;
  EXPECT_EQ(ds_data(asked.out), ds_data(must({"ldns-key2ds", "-n", "-2", ksk.string()}).out));
  EXPECT_EQ(ds_data(asked.out), ds_data(must({"dnssec-dsfromkey", "-2", ksk.string()}).out));
  EXPECT_THAT(asked.err, HasSubstr("compare them with the key files")) << "keys heard without a chain are anybody's";
  const auto page = ask(served.world, {guide_zone});
  EXPECT_THAT(page.out, HasSubstr("the parent has no DS now\n"));
  const auto zone = judge_file(served.world);
  EXPECT_EQ(zone.status, 10) << zone.out << zone.err;
  EXPECT_THAT(zone.out, HasSubstr("has no DS, and that is proven"));
  EXPECT_THAT(page.out, HasSubstr("a ZSK (no SEP flag)"));
}

TEST_F(Handover, FilesGiveTheSameWithoutTheNetwork) {
  const Folder folder("ds");
  const auto key = must({"ldns-keygen", "-a", "ECDSAP384SHA384", "-k", "f.example"}, {.folder = folder.path()}).out;
  const auto file = (folder.path() / (key.substr(0, key.find('\n')) + ".key")).string();
  for (const char* digest : {"2", "4"}) {
    const auto outcome = run({TRUSTWALK_BINARY, "ds", file, "--layout", "rr", "--digest", digest});
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_EQ(ds_data(outcome.out), ds_data(must({"ldns-key2ds", "-n", std::string("-") + digest, file}).out));
  }
}

TEST_F(Handover, SecureHasItAlready) {
  const Served served("guide-secure");
  const auto page = ask(served.world, {guide_zone});
  EXPECT_EQ(page.status, 0) << page.out << page.err;
  EXPECT_THAT(page.out, HasSubstr(": this one: nothing to do\n"));
  EXPECT_THAT(page.out, HasSubstr("not for the parent: key"));
  const auto zone = judge_file(served.world);
  EXPECT_EQ(zone.status, 0) << zone.out << zone.err;
  EXPECT_THAT(zone.out, HasSubstr("trusted by the DS set of its"));
  const auto nobody = judge_file(served.world, "1");
  EXPECT_EQ(nobody.status, 12) << nobody.out << nobody.err;
  EXPECT_EQ(nobody.out, "");
  // The key file beside the living zone, as the guide's reader has it.
  const auto by_file = ask(served.world, {key_files(served.world, "257").at(0).string(), "--parent"});
  EXPECT_EQ(by_file.status, 0);
  EXPECT_THAT(by_file.out, HasSubstr(": this one: nothing to do\n"));
  const auto zsk = ask(served.world, {key_files(served.world, "256").at(0).string(), "--layout", "rr"});
  EXPECT_EQ(zsk.status, 12);
  EXPECT_EQ(zsk.out, "");
  EXPECT_THAT(zsk.err, HasSubstr("a ZSK (no SEP flag)"));
}

TEST_F(Handover, OldDsLeadsNowhere) {
  const Served served("guide-removed-key");
  const auto page = ask(served.world, {guide_zone});
  EXPECT_EQ(page.status, 11) << page.out << page.err;
  EXPECT_THAT(page.out, HasSubstr("of no key that the zone publishes"));
  const auto zone = judge_file(served.world);
  EXPECT_EQ(zone.status, 11) << zone.out << zone.err;
  EXPECT_THAT(zone.out, HasSubstr("ds-matches-no-key"));
  const auto keys = key_files(served.world, "257");
  ASSERT_EQ(keys.size(), 2U);
  // Of the two KSK on the signer's disk the published one is for the parent, the old one is not.
  const auto both = ask(served.world, {keys[0].string(), keys[1].string(), "--parent", "--layout", "rr"});
  EXPECT_EQ(both.status, 11);
  EXPECT_EQ(ds_data(both.out), ds_data(ask(served.world, {guide_zone, "--layout", "rr"}).out));
  EXPECT_THAT(both.err, HasSubstr("the zone does not publish it"));
}

TEST_F(Handover, UnsignedZoneHasNothingToHandUp) {
  const Served served("guide-misspelt-ds");
  const auto page = ask(served.world, {guide_zone});
  EXPECT_EQ(page.status, 11) << page.out << page.err;
  EXPECT_THAT(page.out, HasSubstr("no key of it is for the parent"));
  EXPECT_THAT(page.out, HasSubstr("of no key that the zone publishes"));
  const auto name = ask(served.world, {guide_name});
  EXPECT_EQ(name.status, 3);
  EXPECT_THAT(name.err, HasSubstr("it lies in yourdomainhere.com."));
}

}  // namespace
}  // namespace lab
