// What comes next, of worlds whose signatures end when the test says.
#include "validator/events.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/worlds/signed_world.h"

namespace signed_world {
namespace {

using Kind = validator::Event::Kind;

dns::Timestamp in(std::int64_t seconds) {
  return dns::Timestamp{static_cast<std::uint32_t>(World::default_now.time_since_epoch().count() + seconds)};
}

// "name-of-kind +SECONDS zone TYPES…": all that is at the zone z.test.
std::vector<std::string> of_z(const validator::Chain& chain, std::size_t most = 10) {
  std::vector<std::string> all;
  for (const auto& event : validator::events(chain, most)) {
    if (chain.zones[event.zone].name != name("z.test.")) continue;
    std::string text{to_text(event.kind)};
    text += " +" + std::to_string((event.at - chain.now).count());
    for (const auto type : event.types) text += " " + dns::to_text(type);
    all.push_back(text + (event.turns ? " turns" : ""));
  }
  return all;
}

// With its forecast, which World::judge leaves out.
validator::Chain analyzed(const World& world) {
  return validator::analyze(world.evidence("www.z.test.", RRType::a), world.anchors, world.policy, world.now,
                            world.verifier());
}

TEST(Events, InTheirOrderWithTheHorizonOfCaches) {
  World world;
  world.reply("www.z.test.", RRType::a, world.sign("www.z.test. 300 A 192.0.2.1", {.expiration = in(5000)}));
  world.reply("z.test.", RRType::dnskey, world.sign(world.zone("z.test.").key_set(3600), {.expiration = in(9000)}));
  const auto chain = analyzed(world);
  ASSERT_EQ(chain.verdict, validator::Security::secure);
  // 5000 - 300: a cache filled later keeps the set after its signature; so with the keys 9000 - 3600.
  EXPECT_THAT(of_z(chain), testing::ElementsAre("caches-outlive +4700 A", "signature-ends +5000 A turns",
                                                "caches-outlive +5400 DNSKEY", "signature-ends +9000 DNSKEY"));
  EXPECT_THAT(of_z(chain, 1), testing::ElementsAre("caches-outlive +4700 A")) << "the earliest, no more than asked for";
}

TEST(Events, WhatEndsTogetherIsOne) {
  World world;
  world.reply("www.z.test.", RRType::a, world.sign("www.z.test. 300 A 192.0.2.1", {.expiration = in(5000)}));
  world.reply("z.test.", RRType::dnskey, world.sign(world.zone("z.test.").key_set(300), {.expiration = in(5000)}));
  const auto chain = analyzed(world);
  EXPECT_THAT(of_z(chain),
              testing::ElementsAre("caches-outlive +4700 A DNSKEY", "signature-ends +5000 A DNSKEY turns"));
}

TEST(Events, TheLongerOfTwoSignaturesCounts) {
  World world;
  const auto set = world.sign("www.z.test. 300 A 192.0.2.1", {.expiration = in(1000)});
  world.reply("www.z.test.", RRType::a,
              set + Records{world.sign("www.z.test. 300 A 192.0.2.1", {.expiration = in(8000)}).back()});
  world.reply("z.test.", RRType::dnskey, world.sign(world.zone("z.test.").key_set(300), {.expiration = in(5000)}));
  EXPECT_THAT(of_z(analyzed(world)),
              testing::ElementsAre("caches-outlive +4700 DNSKEY", "signature-ends +5000 DNSKEY turns",
                                   "caches-outlive +7700 A", "signature-ends +8000 A"));
}

TEST(Events, WhatIsPastIsLeftOut) {
  World world;
  world.reply("www.z.test.", RRType::a, world.sign("www.z.test. 300 A 192.0.2.1", {.expiration = in(200)}));
  const auto all = of_z(analyzed(world));
  ASSERT_FALSE(all.empty());
  EXPECT_EQ(all.front(), "signature-ends +200 A turns") << "the caches' horizon was 100 seconds ago";
}

}  // namespace
}  // namespace signed_world
