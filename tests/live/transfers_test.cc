// `trustwalk zone @server NAME` against real NSD, BIND and Knot: the zone that comes is the zone that they were given,
// with and without TSIG; keys that are not theirs are refused in one line.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/lab/json.h"
#include "tests/lab/network.h"
#include "tests/lab/require.h"
#include "tests/lab/server_config.h"
#include "tests/lab/signer.h"
#include "tests/lab/subject.h"

namespace lab {
namespace {

using std::filesystem::path;
using testing::HasSubstr;

struct Hmac {
  std::string name;
  std::string secret;
};
const std::vector<Hmac> hmacs{{"hmac-sha256", "c2VjcmV0LW9mLTMyLW9jdGV0cy1mb3ItdGhlLXRlc3Q="},
                              {"hmac-sha512", "YW5vdGhlciBzZWNyZXQsIHdoaWNoIGlzIGxvbmdlciB0aGFuIHRoZSBmaXJzdA=="},
                              {"hmac-sha384", "YSB0aGlyZA=="},
                              {"hmac-sha224", "YSBmb3VydGg="},
                              {"hmac-sha1", "YSBmaWZ0aA=="},
                              {"hmac-md5", "YSBzaXh0aA=="}};

struct Peer {
  std::string program;
  std::function<Command(const std::string& config)> command;
  std::function<std::string(const Endpoint& at, const path& folder)> config;
};

// open.example to everybody, NAME.example (hmac-….example) to the key of that name.
std::string nsd_config(const Endpoint& at, const path& folder) {
  std::string text = nsd_server(at, folder) +
                     "remote-control:\n  control-enable: no\n"
                     "zone:\n  name: open.example\n  zonefile: open\n  provide-xfr: 127.0.0.0/8 NOKEY\n";
  for (const auto& [name, secret] : hmacs)
    text += fmt::format(
        "key:\n  name: {0}\n  algorithm: {0}\n  secret: \"{1}\"\nzone:\n  name: {0}.example\n  zonefile: {0}\n"
        "  provide-xfr: 127.0.0.0/8 {0}\n",
        name, secret);
  return text;
}

std::string bind_config(const Endpoint& at, const path& folder) {
  std::string text = fmt::format(
      "controls {{ }};\noptions {{\n{}  recursion no; dnssec-validation no; allow-transfer {{ none; }};\n}};\n"
      "zone open.example {{ type primary; file \"open\"; allow-transfer {{ any; }}; }};\n",
      bind_options(at, folder));
  for (const auto& [name, secret] : hmacs)
    text += fmt::format(
        "key {0} {{ algorithm {0}; secret \"{1}\"; }};\n"
        "zone {0}.example {{ type primary; file \"{0}\"; allow-transfer {{ key {0}; }}; }};\n",
        name, secret);
  return text;
}

std::string knot_config(const Endpoint& at, const path& folder) {
  std::string keys = "key:\n", rules = "acl:\n  - id: open\n    address: 127.0.0.0/8\n    action: transfer\n",
              zones = "zone:\n  - domain: open.example\n    file: open\n    acl: open\n";
  for (const auto& [name, secret] : hmacs) {
    keys += fmt::format("  - id: {0}\n    algorithm: {0}\n    secret: {1}\n", name, secret);
    rules += fmt::format("  - id: {0}\n    key: {0}\n    action: transfer\n", name);
    zones += fmt::format("  - domain: {0}.example\n    file: {0}\n    acl: {0}\n", name);
  }
  return knot_server(at, folder) +
         fmt::format(
             "template:\n  - id: default\n    storage: \"{}\"\n    semantic-checks: off\n"
             "    journal-content: none\n    zonefile-sync: -1\n",
             folder.string()) +
         keys + rules + zones;
}

const std::vector<Peer> peers{
    {"nsd", [](const std::string& config) { return Command{"nsd", "-d", "-c", config}; }, nsd_config},
    {"named", [](const std::string& config) { return Command{"named", "-g", "-n", "1", "-c", config}; }, bind_config},
    {"knotd", [](const std::string& config) { return Command{"knotd", "-c", config}; }, knot_config},
};

// The zones' names differ by as many letters as the file has, so one signed zone cannot serve all: only open.example is
// signed and large; the others show that the key is right.
class Transfers : public testing::Test {
 protected:
  void SetUp() override { require({"nsd", "named", "knotd", "ldns-keygen", "ldns-signzone"}); }

  void make_zones(const std::filesystem::path& folder) {
    std::string text =
        "$ORIGIN open.example.\n$TTL 300\n@ SOA ns mail 7 7200 3600 604800 300\n@ NS ns\nns A 192.0.2.1\n";
    for (int i = 0; i < 600; ++i) text += fmt::format("host{} A 192.0.2.{}\n", i, i % 256);
    write_file(folder / "plain", text);
    const Signing signing{.tool = Tool::ldns, .denial = Denial::nsec3};
    const auto keys = make_keys(signing, "open.example.", folder);
    sign(signing, "open.example.", "plain", {keys.ksk, keys.zsk}, folder).write(folder / "open");
    for (const auto& [name, secret] : hmacs)
      write_file(folder / name, "@ 300 SOA ns mail 7 7200 3600 604800 300\n@ 300 NS ns\nns 300 A 192.0.2.1\n");
  }

  Outcome ask(const std::string& zone, const Command& words) const {
    Command command{TRUSTWALK_BINARY, "zone", fmt::format("@{}#{}", at_.address, at_.port), zone};
    command.insert(command.end(), words.begin(), words.end());
    return run(command);
  }

  void refused(const std::string& what, const Outcome& outcome) const {
    EXPECT_EQ(outcome.status, 12) << what << outcome.out << outcome.err;
    EXPECT_EQ(outcome.out, "") << what;
    EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << what << outcome.err;
  }

  // The first line is all that old cores read, and no more than 512 octets of it.
  void probe(const Peer& peer, const std::string& zone, const Command& words, int status, const std::string& begins) {
    Command command{TRUSTWALK_BINARY, "probe", "-H", zone, "--axfr", "-s", fmt::format("{}#{}", at_.address, at_.port)};
    command.insert(command.end(), words.begin(), words.end());
    const auto outcome = run(command);
    EXPECT_EQ(outcome.status, status) << peer.program << outcome.out << outcome.err;
    EXPECT_EQ(outcome.out.substr(0, begins.size()), begins) << peer.program;
    EXPECT_LT(outcome.out.find('\n'), 512U);
    EXPECT_THAT(outcome.out, HasSubstr(" | 'expiry'="));
  }

  void try_all(const Peer& peer, const std::filesystem::path& folder) {
    const auto file = run({TRUSTWALK_BINARY, "zone", (folder / "open").string(), "--format", "json"});
    const auto live = ask("open.example", {"--format", "json"});
    ASSERT_EQ(live.status, 0) << peer.program << live.out << live.err;
    const auto totals = [](const std::string& text) { return text.substr(text.find("\"totals\""), 400); };
    EXPECT_EQ(totals(live.out).substr(0, totals(live.out).find('}')),
              totals(file.out).substr(0, totals(file.out).find('}')));
    for (const auto& hmac : hmacs) {
      const auto good = ask(hmac.name + ".example", {"-y", fmt::format("{0}:{0}:{1}", hmac.name, hmac.secret)});
      EXPECT_EQ(good.status, 10) << peer.program << hmac.name << good.out << good.err;  // unsigned, and there
    }
    const auto& [name, secret] = hmacs[0];
    write_file(folder / "key", fmt::format("key \"{0}\" {{ algorithm {0}; secret \"{1}\"; }};\n", name, secret));
    EXPECT_EQ(ask(name + ".example", {"--tsig-file", (folder / "key").string()}).status, 10) << peer.program << name;
    refused(peer.program + " no key: ", ask(name + ".example", {}));
    refused(peer.program + " other secret: ", ask(name + ".example", {"-y", fmt::format("{0}:{0}:AAAA", name)}));
    refused(peer.program + " other key: ", ask(name + ".example", {"-y", name + ":nobody:AAAA"}));
    refused(peer.program + " no such zone: ", ask("none.example", {}));
    probe(peer, "open.example", {"-w", "3d:"}, 0, "DNSSEC OK - open.example secure as a whole zone, holds ");
    probe(peer, "open.example", {"-w", "99d:"}, 1, "DNSSEC WARNING - open.example breaks in ");
    probe(peer, name + ".example", {}, 2, "DNSSEC CRITICAL - " + name + ".example not judged: AXFR ");
  }

  Endpoint at_;
};

TEST_F(Transfers, BringTheWholeZoneFromNsdBindAndKnotWithAndWithoutTsig) {
  const Folder folder("transfers");
  make_zones(folder.path());
  Network network(3);
  for (const auto& peer : peers) {
    at_ = {network.take(), network.port()};
    const auto config = (folder.path() / (peer.program + ".conf")).string();
    write_file(config, peer.config(at_, folder.path()));
    Daemon daemon(peer.command(config), folder.path());
    ASSERT_TRUE(answers(at_, "open.example.", Wanted::authority, std::chrono::seconds{20})) << daemon.log();
    try_all(peer, folder.path());
  }
}

}  // namespace
}  // namespace lab
