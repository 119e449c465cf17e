// How long caches hold what a remedy replaces: TTLs that the test sets, and 300 s of RFC 9520 §3.2.
#include "validator/caches.h"

#include <gtest/gtest.h>

#include "tests/worlds/signed_world.h"
#include "validator/finding.h"

namespace signed_world {
namespace {

dns::Timestamp before(const World& world, std::int64_t seconds) {
  return dns::Timestamp{static_cast<std::uint32_t>(world.now.time_since_epoch().count() - seconds)};
}

// What is said of the first finding with this code; the test fails where there is none.
std::optional<validator::CacheHold> held(const validator::Chain& chain, validator::Code code) {
  for (const auto& finding : chain.findings)
    if (finding.code == code) return validator::held_after(chain, finding);
  ADD_FAILURE() << "no such finding";
  return std::nullopt;
}

// With its causes, which World::judge leaves out.
validator::Chain analyzed(const World& world) {
  return validator::analyze(world.evidence("www.z.test.", RRType::a), world.anchors, world.policy, world.now,
                            world.verifier());
}

TEST(Caches, OfASignatureThatRanOutNothingIsKeptButTheFailure) {
  World world;
  world.reply("www.z.test.", RRType::a, world.sign("www.z.test. 7200 A 192.0.2.1", {.expiration = before(world, 60)}));
  const auto hold = held(world.judge("www.z.test.", RRType::a), validator::Code::signature_expired);
  EXPECT_EQ(hold, validator::CacheHold{.longest = dns::Seconds{300}}) << "not the 7200 of the set: it is never cached";
}

TEST(Caches, ADsThatFitsNoKeyIsHeldForItsTtl) {
  World world;
  auto stranger = world.zone("z.test.").ds();
  stranger.rdata[0] ^= 1;  // another key's tag
  stranger.ttl = 86400;
  world.reply("z.test.", RRType::ds, world.sign({stranger}));
  const auto chain = analyzed(world);
  ASSERT_EQ(chain.verdict, validator::Security::bogus);
  const auto hold = validator::held_after(chain, chain.findings.at(chain.causes.at(0)));
  EXPECT_EQ(hold, (validator::CacheHold{dns::Seconds{86400}, name("z.test."), RRType::ds}));
}

TEST(Caches, WhatIsLeftOfATtlIsNotWhatOthersHold) {
  World world;
  auto stranger = world.zone("z.test.").ds();
  stranger.rdata[0] ^= 1;
  stranger.ttl = 86400;
  auto through_a_resolver = world.sign({stranger});
  for (auto& record : through_a_resolver) record.ttl = 17;  // the resolver's own copy is nearly over
  world.reply("z.test.", RRType::ds, through_a_resolver);
  const auto chain = analyzed(world);
  const auto hold = validator::held_after(chain, chain.findings.at(chain.causes.at(0)));
  ASSERT_TRUE(hold);
  EXPECT_EQ(hold->longest, dns::Seconds{86400}) << "the original TTL of the signature (RFC 4034 §3.1.4)";
}

TEST(Caches, AKeyThatComesBackWaitsForTheOldKeySet) {
  World world;
  auto& zone = world.zone("z.test.");
  zone.keys.push_back(make_key(dns::Algorithm::ecdsap256sha256, 256));
  auto without = zone.key_set(5400);
  without.pop_back();  // the second key signs the data and is not published
  world.reply("z.test.", RRType::dnskey, world.sign(without));
  world.reply("www.z.test.", RRType::a, world.sign("www.z.test. 300 A 192.0.2.1", {.key = 1}));
  const auto hold = held(world.judge("www.z.test.", RRType::a), validator::Code::signing_key_missing);
  EXPECT_EQ(hold, (validator::CacheHold{dns::Seconds{5400}, name("z.test."), RRType::dnskey}));
}

TEST(Caches, NothingIsHeldWhereNothingFailsOrIsReplaced) {
  World world;  // through one resolver, with keys that sign everything: there are notices
  const auto chain = world.judge("www.z.test.", RRType::a);
  std::size_t looked_at = 0;
  for (const auto& finding : chain.findings) {
    const auto& about = validator::row(finding.code);
    if (about.remedy != validator::Remedy::none || about.breaks != validator::Breaks::no) continue;
    ++looked_at;
    EXPECT_FALSE(validator::held_after(chain, finding)) << about.slug;
  }
  EXPECT_GT(looked_at, 0U);
}

}  // namespace
}  // namespace signed_world
