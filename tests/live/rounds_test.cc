// How many round trips one cold lookup takes, counted on a delaying wire (no clock is looked at), and that a dead
// server is named.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/lab/relay.h"
#include "tests/lab/require.h"
#include "tests/lab/server.h"
#include "tests/lab/subject.h"

namespace lab {
namespace {

// Long against what a busy machine needs between two questions of one burst, so that a burst is counted as one round.
constexpr std::chrono::milliseconds round_trip{200};
const std::string question = "www.example.com.";

std::vector<ZoneRecipe> tree() {
  std::vector<ZoneRecipe> zones(3);
  zones[0].name = ".";
  zones[1].name = "com.";
  zones[1].signing.denial = Denial::nsec3;
  zones[2].name = "example.com.";
  zones[2].body = "www A 192.0.2.80\n";
  return zones;
}

class Rounds : public testing::Test {
 protected:
  void SetUp() override { require({"nsd", "unbound", "ldns-keygen", "ldns-signzone"}); }

  // The servers answer on the port behind the one that the relay has.
  static World behind(World world, const Network& network) {
    world.port = network.port_behind();
    return world;
  }

  Folder folder_{"rounds"};
  Network network_{12};
};

TEST_F(Rounds, OneThroughAForwarder) {
  const auto world = build(tree(), network_, folder_.path());
  const Servers servers(behind(world, network_), ServerKind::nsd);
  const Resolver resolver(behind(world, network_), ResolverKind::unbound, network_.take());
  const Endpoint front{resolver.at().address, network_.port()};
  Relay relay({{front, resolver.at()}}, round_trip);
  const auto judgement =
      judge({"resolve", question, "A", "-k", world.anchors, fmt::format("@{}#{}", front.address, front.port)});
  EXPECT_EQ(judgement.status, 0) << judgement.outcome.out << judgement.outcome.err;
  EXPECT_EQ(relay.take().rounds, 1);
}

TEST_F(Rounds, ThreeFromTheHints) {
  const auto world = build(tree(), network_, folder_.path());
  const Servers servers(behind(world, network_), ServerKind::nsd);
  std::vector<Hop> hops;
  for (const auto& [place, address] : world.addresses)
    hops.push_back({{address, network_.port()}, {address, network_.port_behind()}});
  Relay relay(hops, round_trip);
  const auto judgement = judge({"resolve", "+walk", question, "A", "-k", world.anchors, "--hints", world.hints, "-p",
                                std::to_string(world.port)});
  EXPECT_EQ(judgement.status, 0) << judgement.outcome.out << judgement.outcome.err;
  EXPECT_EQ(relay.take().rounds, 3);
}

TEST_F(Rounds, DeadServerOfTwoIsReportedAndHarmless) {
  auto zones = tree();
  const auto dead = network_.take();
  zones[2].dead_servers = {dead};
  const auto world = build(zones, network_, folder_.path());
  const Servers servers(world, ServerKind::nsd);
  const Silence silence({dead, world.port});
  const auto judgement =
      judge({"check", question, "A", "-k", world.anchors, "--hints", world.hints, "-p", std::to_string(world.port)});
  EXPECT_EQ(judgement.verdict, "secure") << judgement.outcome.out << judgement.outcome.err;
  EXPECT_EQ(judgement.status, 0);
  EXPECT_THAT(judgement.slugs, testing::Contains("server-silent")) << judgement.outcome.out;
}

}  // namespace
}  // namespace lab
