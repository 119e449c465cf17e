// `trustwalk preflight` on the guide's worlds: its own mistakes are named before anything is uploaded, and rollovers
// get the order and the waits that RFC 6781 §4.1 and RFC 7583 §3 give them. The keys and zones are ldns's and BIND's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <fstream>
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

const std::vector<std::string> needed{"nsd", "ldns-keygen", "ldns-signzone", "ldns-key2ds", "ldns-read-zone"};

class Preflight : public testing::Test {
 protected:
  void SetUp() override { require(needed); }
};

// A state of the guide, served by NSD, and the signer's folder beside it.
struct Served {
  explicit Served(const std::string& state)
      : folder(state), world(build_guide_world(state, network, folder.path())), servers(world, ServerKind::nsd) {}

  // The zone as it is served now, signed or not.
  fs::path file() const { return std::ranges::find(world.zones, std::string(guide_zone), &ZoneBuilt::name)->file; }
  fs::path unsigned_file() const {
    const auto path = world.folder / "unsigned";
    std::istringstream lines(must({"ldns-read-zone", "-s", file().string()}).out);
    std::ofstream out(path);
    for (std::string line; std::getline(lines, line);)
      if (line.find("DNSKEY") == std::string::npos && line.find("NSEC3PARAM") == std::string::npos) out << line << '\n';
    return path;
  }
  // Base names of key files with these flags, oldest first.
  std::vector<std::string> keys(const std::string& flags) const {
    std::vector<std::string> names;
    for (const auto& path : key_files(world, flags)) names.push_back(path.stem().string());
    return names;
  }
  std::string new_key(bool ksk) const {
    Command command{"ldns-keygen", "-a", "ECDSAP256SHA256"};
    if (ksk) command.emplace_back("-k");
    command.emplace_back("yourdomainhere.com");
    const auto out = must(command, {.folder = world.folder}).out;
    return out.substr(0, out.find('\n'));
  }
  // The unsigned zone signed by these keys, in a file of its own.
  std::string sign(const std::vector<std::string>& by, const std::string& to,
                   const std::vector<std::string>& more = {}) const {
    Command command{"ldns-signzone", "-n", "-f", to};
    command.insert(command.end(), more.begin(), more.end());
    command.push_back(unsigned_file().string());
    command.insert(command.end(), by.begin(), by.end());
    must(command, {.folder = world.folder});
    return (world.folder / to).string();
  }
  std::string key_file(const std::string& base) const { return (world.folder / (base + ".key")).string(); }
  static std::string tag(const std::string& base) {
    return std::to_string(std::stoi(base.substr(base.rfind('+') + 1)));
  }

  Outcome ask(Command words) const {
    Command command{TRUSTWALK_BINARY, "preflight"};
    command.insert(command.end(), words.begin(), words.end());
    for (const auto& word : {std::string("--hints"), world.hints.string(), std::string("-p"),
                             std::to_string(world.port), std::string("-k"), world.anchors.string()})
      command.push_back(word);
    return run(command);
  }
  Json json(Command words) const {
    words.insert(words.end(), {"--format", "json"});
    const auto outcome = ask(words);
    EXPECT_EQ(outcome.err, "");
    return read_json(outcome.out);
  }

  Folder folder;
  Network network{8};
  World world;
  Servers servers;
};

std::size_t steps_of(const Json& json) {
  std::size_t count = 0;
  while (json.contains("/steps/" + std::to_string(count))) ++count;
  return count;
}

TEST_F(Preflight, TheFirstDsOfAnIsland) {
  const Served served("guide-island");
  const auto ksk = served.keys("257").at(0);
  const auto page = served.ask({guide_zone, "--ds", served.key_file(ksk)});
  EXPECT_EQ(page.status, 0) << page.out << page.err;
  EXPECT_THAT(page.out, HasSubstr("yourdomainhere.com.: SAFE NOW\n"));
  EXPECT_THAT(page.out, HasSubstr("  now     insecure"));
  EXPECT_THAT(page.out, HasSubstr("  then    secure\n"));
}

TEST_F(Preflight, ADsForTheZskOnlyIsRefusedOrNamed) {
  const Served served("guide-island");
  const auto zsk = served.keys("256").at(0);
  const auto refused = served.ask({guide_zone, "--ds", served.key_file(zsk)});
  EXPECT_EQ(refused.status, 3);
  EXPECT_THAT(refused.err, HasSubstr("a ZSK gets no DS"));
  // By its fields it can be forced on us, as -f forces ldns-key2ds; this ZSK does not sign the DNSKEY set.
  const auto line = must({"ldns-key2ds", "-n", "-f", "-2", served.key_file(zsk)}).out;
  const auto page = served.ask({guide_zone, "--ds", line.substr(line.find("DS\t") + 3)});
  EXPECT_EQ(page.status, 11) << page.out << page.err;
  EXPECT_THAT(page.out, HasSubstr("WOULD BREAK"));
  EXPECT_THAT(page.out, HasSubstr("entry-key-not-signing"));
}

TEST_F(Preflight, TheKskOfTheMisspeltName) {
  const Served served("guide-island");
  const auto out =
      must({"ldns-keygen", "-k", "-a", "ECDSAP256SHA256", "yourdomainehere.com"}, {.folder = served.world.folder}).out;
  const auto misspelt = out.substr(0, out.find('\n'));
  const auto refused = served.ask({guide_zone, "--ds", served.key_file(misspelt)});
  EXPECT_EQ(refused.status, 3);
  EXPECT_THAT(refused.err, HasSubstr("yourdomainehere.com., not of yourdomainhere.com."));
  const auto line = must({"ldns-key2ds", "-n", "-2", served.key_file(misspelt)}).out;
  const auto page = served.ask({guide_zone, "--ds", line.substr(line.find("DS\t") + 3)});
  EXPECT_EQ(page.status, 11);
  EXPECT_THAT(page.out, HasSubstr("WOULD BREAK"));
  EXPECT_THAT(page.out, HasSubstr("ds-matches-no-key"));
}

TEST_F(Preflight, AZoneEditedWithoutSigning) {
  const Served served("guide-secure");
  auto zone = ZoneText::read(served.file());
  zone.change(guide_name, "A", "192.0.2.81");
  const auto edited = served.world.folder / "edited";
  zone.write(edited);
  const auto page = served.ask({guide_name, "--zone", edited.string()});
  EXPECT_EQ(page.status, 11) << page.out << page.err;
  EXPECT_THAT(page.out, HasSubstr("WOULD BREAK"));
  EXPECT_THAT(page.out, HasSubstr("signature-incorrect"));
  // Not asked for by name, it is found all the same: the file is verified whole.
  const auto whole = served.ask({guide_zone, "--zone", edited.string()});
  EXPECT_EQ(whole.status, 11) << whole.out << whole.err;
  EXPECT_THAT(whole.out, HasSubstr("WOULD BREAK"));
  EXPECT_THAT(whole.out, HasSubstr("signature-incorrect"));
}

TEST_F(Preflight, AZoneWhoseSignaturesRanOutWhileItWaited) {
  const Served served("guide-secure");
  const auto waited = served.sign({served.keys("257").at(0), served.keys("256").at(0)}, "waited",
                                  {"-i", "20260101000000", "-e", "20260201000000"});
  const auto page = served.ask({guide_zone, "--zone", waited});
  EXPECT_EQ(page.status, 11) << page.out << page.err;
  EXPECT_THAT(page.out, HasSubstr("WOULD BREAK"));
  EXPECT_THAT(page.out, HasSubstr("expired"));
}

// Double-KSK, RFC 7583 §3.3.1: publish, wait the DNSKEY TTL, exchange the DS.
TEST_F(Preflight, ANewKskAndItsDsTogetherGetAnOrder) {
  const Served served("guide-secure");
  const auto old = served.keys("257").at(0), zsk = served.keys("256").at(0);
  const auto fresh = served.new_key(true);
  const auto both = served.sign({old, fresh, zsk}, "both");
  const auto result = served.json({guide_zone, "--keys", both, "--ds", served.key_file(fresh), "--remove-ds",
                                   Served::tag(old), "--remove-ds", Served::tag(zsk)});
  EXPECT_EQ(text_at(result, "/outcome"), "in-steps");
  EXPECT_EQ(text_at(result, "/verdict_now"), "secure");
  EXPECT_EQ(text_at(result, "/verdict_then"), "secure");
  EXPECT_EQ(text_at(result, "/worst"), "bogus");
  ASSERT_EQ(steps_of(result), 2U);
  EXPECT_EQ(text_at(result, "/steps/0/parts/0"), "keys");
  EXPECT_EQ(text_at(result, "/steps/1/parts/0"), "ds");
  EXPECT_EQ(text_at(result, "/steps/1/wait_s"), text_at(result, "/kept_s/keys"));
  EXPECT_EQ(text_at(result, "/settled_s"), text_at(result, "/kept_s/ds"));
  // The same as a calendar and as a picture: two steps, the second the old key set's TTL after the first.
  const std::time_t begin = std::time(nullptr) + 3600, then = begin + std::stoi(text_at(result, "/steps/1/wait_s"));
  const auto utc = [](std::time_t time, const char* form) {
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), form, std::gmtime(&time));
    return std::string(text.data());
  };
  Command words{guide_zone,
                "--keys",
                both,
                "--ds",
                served.key_file(fresh),
                "--remove-ds",
                Served::tag(old),
                "--remove-ds",
                Served::tag(zsk),
                "--at",
                std::to_string(begin),
                "--format",
                "ics"};
  const auto calendar = served.ask(words).out;
  std::vector<std::string> starts;
  std::istringstream lines(calendar);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with("DTSTART:")) starts.push_back(line);
  EXPECT_EQ(starts, (std::vector{utc(begin, "DTSTART:%Y%m%dT%H%M%SZ\r"), utc(then, "DTSTART:%Y%m%dT%H%M%SZ\r")}));
  words.back() = "timeline";
  EXPECT_THAT(served.ask(words).out, HasSubstr("old DNSKEY set: served until " + utc(begin, "%Y-%m-%dT%H:%M:%SZ")));
}

// Both keys exchanged in one go: only with both DS at the parent for a while (double-DS, RFC 6781 §4.1.2), and only
// for the keys; the data must be signed by a key that caches know.
TEST_F(Preflight, ACskExchangedNeedsBothDs) {
  const Served served("guide-secure");
  const auto old = served.keys("257").at(0), zsk = served.keys("256").at(0);
  const auto fresh = served.new_key(true);
  const auto exchanged = served.sign({fresh, zsk}, "exchanged");  // the same ZSK, another KSK
  const auto result = served.json({guide_zone, "--keys", exchanged, "--ds", served.key_file(fresh), "--remove-ds",
                                   Served::tag(old), "--remove-ds", Served::tag(zsk)});
  EXPECT_EQ(text_at(result, "/outcome"), "never");
  ASSERT_EQ(steps_of(result), 3U);
  EXPECT_EQ(text_at(result, "/steps/0/both_ds"), "true");
  EXPECT_EQ(text_at(result, "/steps/1/parts/0"), "keys");
  EXPECT_EQ(text_at(result, "/steps/1/wait_s"), text_at(result, "/kept_s/ds"));
  EXPECT_EQ(text_at(result, "/steps/2/wait_s"), text_at(result, "/kept_s/keys"));
  // All keys new, and all signatures: no order of ours avoids old data with new keys.
  const auto other = served.sign({fresh, served.new_key(false)}, "other");
  const auto never = served.ask({guide_zone, "--zone", other, "--ds", served.key_file(fresh), "--remove-ds",
                                 Served::tag(old), "--remove-ds", Served::tag(zsk)});
  EXPECT_EQ(never.status, 11);
  EXPECT_THAT(never.out, HasSubstr("NEVER SAFE"));
}

// RFC 6781 §4.4.2.2 and every manual: the DS first, the signatures when no cache holds it any more.
TEST_F(Preflight, GoingInsecureBeginsAtTheParent) {
  const Served served("guide-secure");
  const auto result = served.json({guide_zone, "--unsigned", "--remove-ds", Served::tag(served.keys("257").at(0)),
                                   "--remove-ds", Served::tag(served.keys("256").at(0))});
  EXPECT_EQ(text_at(result, "/outcome"), "in-steps");
  EXPECT_EQ(text_at(result, "/verdict_then"), "insecure");
  ASSERT_EQ(steps_of(result), 2U);
  EXPECT_EQ(text_at(result, "/steps/0/parts/0"), "ds");
  EXPECT_EQ(text_at(result, "/steps/1/wait_s"), text_at(result, "/kept_s/ds"));
  const auto at_once = served.ask({guide_zone, "--unsigned"});
  EXPECT_EQ(at_once.status, 11) << "signatures gone while the DS stands";
  EXPECT_THAT(at_once.out, HasSubstr("WOULD BREAK"));
}

TEST_F(Preflight, WhatIsBrokenIsRepaired) {
  const Served served("guide-removed-key");
  const auto published = served.keys("257").at(1);
  const auto page = served.ask({guide_zone, "--ds", served.key_file(published)});
  EXPECT_EQ(page.status, 0) << page.out << page.err;
  EXPECT_THAT(page.out, HasSubstr("BROKEN NOW, and the change repairs it"));
  EXPECT_THAT(page.out, HasSubstr("ds-matches-no-key"));
}

TEST_F(Preflight, PlansThatMakeNoSense) {
  const Served served("guide-secure");
  const auto ksk = served.keys("257").at(0);
  const auto fails = [&](const Command& words, int status, const char* why) {
    const auto outcome = served.ask(words);
    EXPECT_EQ(outcome.status, status) << outcome.out;
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, HasSubstr(why));
    EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << outcome.err;
  };
  fails({guide_zone}, 2, "what would change?");
  fails({guide_zone, "--ds", served.key_file(ksk)}, 3, "nothing would change");
  fails({guide_zone, "--remove-ds", "1"}, 3, "the parent has no such DS");
  fails({guide_zone, "--cds"}, 3, "no CDS records");
  fails({guide_zone, "--cds", "--remove-ds", "1"}, 3, "--cds is what the zone asks of its parent");
  fails({guide_zone, "--ds", "12345 13"}, 3, "--ds '12345 13'");
  fails({guide_zone, "--zone", served.unsigned_file().string(), "--unsigned"}, 3, "--unsigned");
  fails({guide_zone, "--keys", served.key_file(ksk)}, 3, "a DNSKEY set without signature");
  fails({guide_zone, "--zone", "/nonexistent"}, 3, "/nonexistent");
}

}  // namespace
}  // namespace lab
