// A zone checked before it is published, by the very lines of docs/zone/: a broken update is refused, by NSD's verifier
// and by the step before the reload of NSD, BIND and Knot, and the old zone stays; the next sound one comes in.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/lab/network.h"
#include "tests/lab/require.h"
#include "tests/lab/server_config.h"
#include "tests/lab/signer.h"
#include "tests/lab/subject.h"

namespace lab {
namespace {

using std::filesystem::path;
using testing::HasSubstr;

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

// The block after <!-- run: WHAT --> of a page.
std::string block_of(const std::string& page, const std::string& what) {
  const auto text = read_file(path(TRUSTWALK_SOURCE_DIR) / "docs" / "zone" / page);
  const auto mark = text.find("<!-- run: " + what + " -->\n```\n");
  if (mark == std::string::npos) throw std::runtime_error(page + " has no block " + what);
  const auto from = text.find("```\n", mark) + 4;
  return text.substr(from, text.find("```", from) - from);
}

struct Server {
  std::string page, program;
  std::string file;  // the zone's, as the page calls it
  std::function<Command(const std::string& config)> command;
  std::function<std::string(const Endpoint& at, const path& folder)> config;
  Command control;  // what the page's control program is called with here
};

std::string nsd_config(const Endpoint& at, const path& folder) {
  return nsd_server(at, folder) +
         fmt::format("remote-control:\n  control-enable: yes\n  control-interface: \"{}/control\"\n", folder.string());
}

std::string nsd_primary(const Endpoint& at, const path& folder) {
  return nsd_config(at, folder) +
         "zone:\n  name: example.org\n  zonefile: example.org.zone.signed\n  provide-xfr: 127.0.0.0/8 NOKEY\n";
}

std::string bind_primary(const Endpoint& at, const path& folder) {
  return fmt::format(
      "key control {{ algorithm hmac-sha256; secret \"c2VjcmV0\"; }};\n"
      "controls {{ inet {0} port {1} allow {{ any; }} keys {{ control; }}; }};\n"
      "options {{\n{2}  recursion no; dnssec-validation no; allow-transfer {{ key transfer; }};\n}};\n"
      "key transfer {{ algorithm hmac-sha256; secret \"c2VjcmV0\"; }};\n"
      "zone example.org {{ type primary; file \"example.org.signed\"; }};\n",
      at.address, at.port + 1, bind_options(at, folder));
}

std::string knot_primary(const Endpoint& at, const path& folder) {
  return knot_server(at, folder) +
         fmt::format(
             "key:\n  - id: transfer\n    algorithm: hmac-sha256\n    secret: c2VjcmV0\n"
             "acl:\n  - id: transfer\n    key: transfer\n    action: transfer\n"
             "zone:\n  - domain: example.org\n    storage: \"{}\"\n    file: example.org.zone\n    acl: transfer\n"
             "    semantic-checks: off\n    journal-content: none\n    zonefile-sync: -1\n    zonefile-load: whole\n",
             folder.string());
}

class Publishing : public testing::Test {
 protected:
  void SetUp() override {
    require({"nsd", "nsd-control", "named", "rndc", "knotd", "knotc", "dig", "ldns-keygen", "ldns-signzone"});
    if (IsSkipped() || HasFatalFailure()) return;
    keys_ = make_keys(signing_, "example.org.", folder_.path());
    make_folder("bin");
    wrap("trustwalk", {TRUSTWALK_BINARY});
  }

  path make_folder(const std::string& name) const {
    std::filesystem::create_directories(folder_.path() / name);
    return folder_.path() / name;
  }

  // What a page calls by name, called so that it reaches this test's servers.
  void wrap(const std::string& name, const Command& command) const {
    std::string text = "#!/bin/sh\nexec";
    for (const auto& word : command) text += " '" + word + "'";
    const auto file = folder_.path() / "bin" / name;
    write_file(file, text + " \"$@\"\n");
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
  }

  enum class Sound { yes, no };
  void write_zone(const path& file, unsigned serial, Sound sound) const {
    write_file(folder_.path() / "plain",
               fmt::format("$ORIGIN example.org.\n$TTL 300\n@ SOA ns mail {} 7200 3600 604800 300\n@ NS ns\n"
                           "ns A 192.0.2.1\nwww A 192.0.2.2\n",
                           serial));
    auto zone = sign(signing_, "example.org.", "plain", {keys_.ksk, keys_.zsk}, folder_.path());
    if (sound == Sound::no) zone.change("www.example.org.", "A", "192.0.2.99");
    zone.write(file);
  }

  Outcome shell(std::string commands, const path& in) const {
    write_file(folder_.path() / "step", "PATH=" + (folder_.path() / "bin").string() + ":$PATH\n" + commands);
    return run({"/bin/sh", (folder_.path() / "step").string()}, {.limit = std::chrono::seconds{30}, .folder = in});
  }

  // An independent word about what is served.
  std::string serial() const {
    const auto heard = run({"dig", "+short", "+tries=1", "+time=2", "-p", std::to_string(at_.port), "@" + at_.address,
                            "example.org", "SOA"});
    std::istringstream words(heard.out);
    std::string word, found;
    for (int i = 0; i < 3 && words >> word; ++i) found = word;
    return found;
  }

  bool serves(unsigned wanted) const {
    return until([&] { return serial() == std::to_string(wanted); });
  }

  static bool until(const std::function<bool()>& is_so) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{30};
    while (std::chrono::steady_clock::now() < end) {
      if (is_so()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds{50});  // between two questions
    }
    return false;
  }

  Folder folder_{"publishing"};
  Signing signing_{.tool = Tool::ldns};
  KeyPair keys_;
  Endpoint at_;
};

TEST_F(Publishing, NsdRefusesABrokenUpdateAndKeepsTheOldZone) {
  Network network(2);
  const auto primary = make_folder("primary"), secondary = make_folder("secondary");
  const Endpoint from{network.take(), network.port()};
  at_ = {network.take(), network.port()};
  write_file(primary / "nsd.conf",
             nsd_primary(from, primary) + fmt::format("  notify: {}@{} NOKEY\n", at_.address, at_.port));
  auto verify = block_of("nsd.md", "verify");
  replace_all(verify, "/usr/bin/trustwalk", TRUSTWALK_BINARY);
  write_file(secondary / "nsd.conf",
             nsd_config(at_, secondary) + verify +
                 fmt::format("  ip-address: {}\n  port: {}\n", at_.address, at_.port + 1) +
                 fmt::format("zone:\n  name: example.org\n  zonefile: zone\n  request-xfr: AXFR {}@{} NOKEY\n"
                             "  allow-notify: 127.0.0.0/8 NOKEY\n",
                             from.address, from.port));
  const auto zone = primary / "example.org.zone.signed";
  write_zone(zone, 1, Sound::yes);
  Daemon first({"nsd", "-d", "-c", (primary / "nsd.conf").string()}, primary);
  ASSERT_TRUE(answers(from, "example.org.", Wanted::authority, std::chrono::seconds{20})) << first.log();
  Daemon second({"nsd", "-d", "-V", "2", "-c", (secondary / "nsd.conf").string()}, secondary);
  ASSERT_TRUE(serves(1)) << second.log();
  const auto update = [&] { must({"nsd-control", "-c", (primary / "nsd.conf").string(), "reload"}); };

  write_zone(zone, 2, Sound::no);
  update();
  EXPECT_TRUE(until([&] { return second.log().contains("continuing with old database"); })) << second.log();
  EXPECT_THAT(second.log(), HasSubstr("exited with 11"));
  EXPECT_THAT(second.log(), HasSubstr("www.example.org. A by key"));
  EXPECT_EQ(serial(), "1");

  write_zone(zone, 3, Sound::yes);
  update();
  EXPECT_TRUE(serves(3)) << second.log();
}

TEST_F(Publishing, TheStepBeforeTheReloadKeepsABrokenZoneAwayFromNsdBindAndKnot) {
  const std::vector<Server> servers{
      {"nsd.md",
       "nsd",
       "example.org.zone.signed",
       [](const std::string& config) { return Command{"nsd", "-d", "-c", config}; },
       nsd_primary,
       {find_program("nsd-control"), "-c", "CONFIG"}},
      {"bind.md",
       "named",
       "example.org.signed",
       [](const std::string& config) { return Command{"named", "-g", "-n", "1", "-c", config}; },
       bind_primary,
       {find_program("rndc"), "-s", "ADDRESS", "-p", "CONTROL", "-k", "KEY"}},
      {"knot.md",
       "knotd",
       "example.org.zone",
       [](const std::string& config) { return Command{"knotd", "-c", config}; },
       knot_primary,
       {find_program("knotc"), "-c", "CONFIG"}},
  };
  Network network(3);
  for (const auto& server : servers) {
    at_ = {network.take(), network.port()};
    const auto folder = make_folder(server.program);
    const auto config = (folder / "server.conf").string();
    write_file(config, server.config(at_, folder));
    const std::string key = "key \"control\" { algorithm hmac-sha256; secret \"c2VjcmV0\"; };\n";
    write_file(folder / "control.key", key);
    auto control = server.control;
    for (auto& word : control) {
      replace_all(word, "CONFIG", config);
      replace_all(word, "ADDRESS", at_.address);
      replace_all(word, "CONTROL", std::to_string(at_.port + 1));
      replace_all(word, "KEY", (folder / "control.key").string());
    }
    wrap(path(control[0]).filename().string(), control);
    const auto publish = block_of(server.page, "publish");
    write_zone(folder / server.file, 1, Sound::yes);
    Daemon daemon(server.command(config), folder);
    ASSERT_TRUE(serves(1)) << server.program << daemon.log();

    write_zone(folder / (server.file + ".new"), 2, Sound::no);
    EXPECT_EQ(shell(publish, folder).status, 11) << server.program;
    EXPECT_EQ(serial(), "1") << server.program;
    EXPECT_TRUE(std::filesystem::exists(folder / (server.file + ".new"))) << server.program;

    write_zone(folder / (server.file + ".new"), 3, Sound::yes);
    const auto done = shell(publish, folder);
    EXPECT_EQ(done.status, 0) << server.program << done.out << done.err;
    EXPECT_TRUE(serves(3)) << server.program << daemon.log();

    if (server.program == "nsd") continue;  // its page has no such block
    write_file(folder / "transfer.key", "key \"transfer\" { algorithm hmac-sha256; secret \"c2VjcmV0\"; };\n");
    auto ask = block_of(server.page, "signed");
    replace_all(ask, "@127.0.0.1", fmt::format("@{}#{}", at_.address, at_.port));
    replace_all(ask, ask.substr(ask.find("/etc/"), ask.find('\n') - ask.find("/etc/")),
                (folder / "transfer.key").string());
    const auto asked = shell(ask, folder);
    EXPECT_EQ(asked.status, 0) << server.program << asked.out << asked.err;
    EXPECT_THAT(asked.out, HasSubstr("example.org. 3: secure")) << server.program;
  }
}

TEST_F(Publishing, CiFailsWithOneBrokenZoneOfSeveral) {
  const auto zones = make_folder("zones");
  write_zone(zones / "a.zone", 1, Sound::yes);
  write_zone(zones / "b.zone", 1, Sound::yes);
  const auto step = block_of("ci.md", "ci");
  EXPECT_EQ(shell(step, folder_.path()).status, 0);
  write_zone(zones / "a.zone", 2, Sound::no);
  EXPECT_EQ(shell(step, folder_.path()).status, 1);
}

}  // namespace
}  // namespace lab
