// Servers that drop, lie, loop, dribble or send what nobody can read, and zones that lead nowhere: the whole program
// over real zones comes to its end, within its memory, with the exit status of its verdict and a finding that names it.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <map>

#include "tests/lab/liar.h"
#include "tests/lab/require.h"
#include "tests/lab/server.h"
#include "tests/lab/subject.h"
#include "tests/sanitized.h"

namespace lab {
namespace {

using testing::AnyOf;
using testing::Contains;

struct Case {
  std::string name;
  Lie lie;
  std::string alone;        // what is found where nobody else serves the zone
  std::string beside;       // what is found where another server tells the truth
  std::string or_beside{};  // 64 KiB at once may be lost on loopback too
};

const std::string elsewhere = "from-elsewhere";  // its replies come from an address that the test fills in

// A reply with another id, to another question or from another address is none (RFC 5452 §9.1): its server is silent.
std::vector<Case> cases() {
  using enum Lie::Stream;
  return {
      {"drops", {words::nothing, silent}, "delegation-lame", "server-silent"},
      {"drops-and-ends", {words::nothing, says_so}, "delegation-lame", "server-silent"},
      {"other-id", {words::other_id, says_so}, "delegation-lame", "server-silent"},
      {"other-question", {words::other_question, says_so}, "delegation-lame", "server-silent"},
      {elsewhere, {{}, silent}, "delegation-lame", "server-silent"},
      {"too-late", {words::when_asked_again(), silent}, "delegation-lame", "server-silent"},
      {"three-octets", {words::three_octets, says_so}, "delegation-lame", "server-silent"},
      {"flood", {words::flood, silent}, "delegation-lame", "server-silent"},
      {"garbage", {words::garbage, says_so}, "reply-unreadable", "reply-unreadable"},
      {"very-long", {words::very_long, says_so}, "delegation-lame", "reply-unreadable", "server-silent"},
      {"resets", {words::cut_short, reset}, "truncated-without-tcp", "truncated-without-tcp"},
      {"dribbles", {words::cut_short, dribble}, "truncated-without-tcp", "truncated-without-tcp"},
      {"refers-up", {words::up, says_so}, "delegation-lame", "server-lame"},
      {"refers-around", {words::around, says_so}, "delegation-lame", "server-lame"},
      {"longer-alias", {words::longer_alias, says_so}, "signature-missing", "server-copy-bogus"},
  };
}

// What a check may take: far more than any of these needs.
constexpr std::size_t memory = 256UL << 20;
constexpr std::size_t at_once = 8;

std::string text_of(const Judgement& judgement) {
  std::string text = fmt::format("status {}, {}:", judgement.status, judgement.verdict);
  for (const auto& slug : judgement.slugs) text += " " + slug;
  return text + "\n" + judgement.outcome.err;
}

class Lies : public testing::Test {
 protected:
  void SetUp() override { require({"nsd", "ldns-keygen", "ldns-signzone"}); }

  Command check(const World& world, const std::string& name) const {
    return {"check",      name, "A", "-k", world.anchors, "--hints", world.hints, "-p", std::to_string(world.port),
            "--deadline", "20"};
  }

  // All of them, several side by side: most of the time each of them waits.
  static std::map<std::string, Judgement> judge_all(const std::map<std::string, Command>& commands) {
    std::map<std::string, Judgement> judged;
    std::map<std::string, std::future<Judgement>> running;
    const auto collect = [&] {
      judged[running.begin()->first] = running.begin()->second.get();
      running.erase(running.begin());
    };
    for (const auto& [name, command] : commands) {
      if (running.size() == at_once) collect();
      running[name] = std::async(std::launch::async, [command] {
        return judge_within({.limit = std::chrono::seconds{120}, .memory = tests::is_sanitized ? 0 : memory}, command);
      });
    }
    while (!running.empty()) collect();
    return judged;
  }

  Folder folder_{"lies"};
  Network network_{16};
};

TEST_F(Lies, OfServers) {
  auto lies = cases();
  const auto second = network_.take(), other = network_.take();
  std::vector<ZoneRecipe> zones(2);
  zones[0].name = ".";
  zones[1].name = "com.";
  for (auto& each : lies) {
    if (each.name == elsewhere) each.lie.from = other;
    for (const char* suffix : {"-alone.com.", "-beside.com."}) {
      ZoneRecipe zone;
      zone.name = each.name + suffix;
      zone.body = "www A 192.0.2.80\n";
      if (zone.name.ends_with("-beside.com.")) zone.dead_servers = {second};
      zones.push_back(zone);
    }
  }
  const auto world = build(zones, network_, folder_.path());
  World behind = world;
  behind.port = network_.port_behind();
  const Servers servers(behind, ServerKind::nsd);
  const auto hop = [&](const std::string& front, const std::string& place) {
    return Hop{{front, network_.port()}, {world.addresses.at(place), network_.port_behind()}};
  };
  const Liar honest(
      {hop(world.addresses.at("root"), "root"), hop(world.addresses.at("tld"), "tld"), hop(second, "leaf")},
      [](const std::string&) { return nullptr; });
  const Liar liar({hop(world.addresses.at("leaf"), "leaf")}, [&](const std::string& name) -> const Lie* {
    for (const auto& each : lies)
      for (const char* suffix : {"-alone.com.", "-beside.com."})
        if (name == each.name + suffix || name.ends_with("." + each.name + suffix)) return &each.lie;
    return nullptr;
  });
  std::map<std::string, Command> commands;
  for (const auto& each : lies) {
    commands[each.name + " alone"] = check(world, "www." + each.name + "-alone.com.");
    commands[each.name + " beside"] = check(world, "www." + each.name + "-beside.com.");
  }
  const auto judged = judge_all(commands);
  for (const auto& each : lies) {
    const auto &alone = judged.at(each.name + " alone"), &beside = judged.at(each.name + " beside");
    SCOPED_TRACE(each.name + "\nalone: " + text_of(alone) + "\nbeside the truth: " + text_of(beside));
    EXPECT_FALSE(alone.outcome.timed_out || beside.outcome.timed_out);
    EXPECT_THAT(alone.status, AnyOf(11, 12)) << "cli.md §3: bogus, indeterminate";
    EXPECT_THAT(alone.slugs, Contains(each.alone));
    EXPECT_EQ(beside.verdict, "secure") << "one good path is enough";
    EXPECT_EQ(beside.status, 0);
    EXPECT_THAT(beside.slugs, Contains(AnyOf(each.beside, each.or_beside)));
  }
}

// Zones that lead nowhere, or nowhere soon; and a clock that is a year off.
TEST_F(Lies, OfZones) {
  std::vector<ZoneRecipe> zones(4);
  zones[0].name = ".";
  zones[1].name = "com.";
  // Each is served by the other's name server, and neither says where that is.
  zones[1].body = "one NS ns.two.com.\ntwo NS ns.one.com.\n";
  zones[2].name = "loops.com.";
  zones[2].ttl = "0";
  zones[2].body =
      "www A 192.0.2.80\nto-and-fro CNAME fro\nfro CNAME to-and-fro\nitself CNAME itself\n"
      "here DNAME there\nthere DNAME here\ndeeper DNAME down.deeper\n";
  zones[3].name = "many.com.";
  zones[3].body = "www A 192.0.2.80\n";
  const auto dead = network_.take();
  zones[3].dead_servers.assign(100, "");
  for (std::size_t i = 0; i < 100; ++i)  // nobody listens there
    zones[3].dead_servers[i] = dead.substr(0, dead.rfind('.') + 1) + std::to_string(100 + i);
  const auto world = build(zones, network_, folder_.path());
  const Servers servers(world, ServerKind::nsd);
  struct Told {
    const char* name;
    std::vector<std::string> options;
    int status;
    const char* slug;
  };
  const std::vector<Told> all = {
      {"www.one.com.", {}, 12, "ns-without-address"},
      {"www.loops.com.", {}, 0, ""},  // a TTL of 0 is a TTL
      {"to-and-fro.loops.com.", {}, 12, "alias-loop"},
      {"itself.loops.com.", {}, 12, "alias-loop"},
      {"www.here.loops.com.", {}, 12, "alias-loop"},
      {"www.deeper.loops.com.", {}, 12, "validator-limits-exceeded"},
      {"www.many.com.", {}, 0, "server-silent"},
      {"www.loops.com.", {"--at", "+365d"}, 11, "clock-suspect"},
      {"www.loops.com.", {"--at", "-365d"}, 11, "clock-suspect"},
  };
  std::map<std::string, Command> commands;
  for (const auto& each : all) {
    auto command = check(world, each.name);
    command.insert(command.end(), each.options.begin(), each.options.end());
    commands[fmt::format("{} {}", each.name, fmt::join(each.options, " "))] = command;
  }
  const auto judged = judge_all(commands);
  for (const auto& each : all) {
    const auto key = fmt::format("{} {}", each.name, fmt::join(each.options, " "));
    const auto& judgement = judged.at(key);
    SCOPED_TRACE(key + ": " + text_of(judgement));
    EXPECT_FALSE(judgement.outcome.timed_out);
    EXPECT_EQ(judgement.status, each.status);
    if (*each.slug != 0) {
      EXPECT_THAT(judgement.slugs, Contains(each.slug));
    }
  }
}

}  // namespace
}  // namespace lab
