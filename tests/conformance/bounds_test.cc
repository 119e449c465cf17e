// Every bound on work (standards §9): counted, never passed, and what runs into it is told and never secure.
#include <gtest/gtest.h>

#include "dns/canonical.h"
#include "tests/worlds/attacks.h"

namespace signed_world {
namespace {

using dns::Algorithm;
using validator::Security;

constexpr std::string_view www = "www.z.test. 300 A 192.0.2.1";

std::uint64_t cost_of(const World& world, std::string_view owner, RRType type) {
  const auto before = world.verifier().checks_made();
  (void)world.judge(owner, type);
  return world.verifier().checks_made() - before;
}

// Signatures over `www`, all different, none good.
Records broken_signatures(const World& world, std::size_t count) {
  Records all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(world.sign(www, {.octets = Stamp::Octets::broken}).back());
  return all;
}

// Proves CVE-2023-50387, L-keys-per-tag
TEST(Bounds, KeyTrapCostsNoMoreThanItsBounds) {
  const World world = key_trap(500, 500);
  const auto chain = world.judge("www.z.test.", RRType::a);
  EXPECT_EQ(chain.verdict, Security::bogus);
  EXPECT_TRUE(has(chain, "work-budget-spent"));
  // Three key sets and two DS sets with one signature each, the proof of no cut, and 16 failures at most in each of the
  // two judgements.
  World again = key_trap(500, 500);
  EXPECT_LE(cost_of(again, "www.z.test.", RRType::a), 6U + 2 * 16U);

  // 4 colliding keys are tried, a fifth is not.
  for (const std::size_t colliding : {3U, 4U}) {
    World small = key_trap(colliding, 0);
    small.reply("www.z.test.", RRType::a, small.sign(www, {.key = 1}));
    const auto judged = small.judge("www.z.test.", RRType::a);
    EXPECT_EQ(judged.verdict, colliding < 4 ? Security::secure : Security::bogus) << colliding;
    EXPECT_EQ(has(judged, "work-budget-spent"), colliding >= 4) << colliding;
  }
}

// Proves CVE-2023-50387, L-digest-failures
TEST(Bounds, KeyTrapAtTheEntryOfAZone) {
  const World world = key_trap_at_entry(250, 250);
  const auto before = world.verifier().checks_made();
  const auto chain = world.judge("www.z.test.", RRType::a);
  EXPECT_EQ(chain.verdict, Security::bogus);
  EXPECT_TRUE(has(chain, "work-budget-spent"));
  EXPECT_LE(world.verifier().checks_made() - before, 6U + 16U);
}

// Proves CVE-2025-8677, L-failed-signatures
TEST(Bounds, MalformedKeysCountAsFailures) {
  const World world = malformed_keys(300, 300);
  const auto chain = world.judge("www.z.test.", RRType::a);
  EXPECT_EQ(chain.verdict, Security::bogus);
  EXPECT_TRUE(has(chain, "work-budget-spent"));
}

// Proves L-signatures-per-set
TEST(Bounds, EightSignaturesOfASetAreTried) {
  World world;
  const auto good = world.sign(www);
  for (const std::size_t bad : {7U, 8U}) {
    auto answer = World::plain(www) + broken_signatures(world, bad);
    answer.push_back(good.back());
    world.reply("www.z.test.", RRType::a, answer);
    const auto chain = world.judge("www.z.test.", RRType::a);
    EXPECT_EQ(chain.verdict, bad < 8 ? Security::secure : Security::bogus) << bad;
    EXPECT_TRUE(has(chain, bad < 8 ? "signature-spare-bad" : "signature-incorrect")) << bad << word(chain);
    EXPECT_EQ(has(chain, "work-budget-spent"), bad >= 8) << bad;
  }
}

// Proves L-failed-signatures, L-any
TEST(Bounds, SixteenFailuresAreTheEnd) {
  World world;
  Records answer;
  for (int type = 65000; type < 65017; ++type) {
    const std::string set = "www.z.test. 300 TYPE" + std::to_string(type) + " \\# 1 00";
    answer = std::move(answer) + world.sign(set, {.octets = Stamp::Octets::broken});
  }
  world.reply("www.z.test.", RRType::any, answer);
  EXPECT_EQ(cost_of(world, "www.z.test.", RRType::any), 6U + 16U);
  const auto chain = world.judge("www.z.test.", RRType::any);
  EXPECT_EQ(chain.verdict, Security::bogus);
  EXPECT_TRUE(has(chain, "work-budget-spent"));
}

// Proves L-signature-units, L-any
TEST(Bounds, SixtyFourUnitsAreTheEnd) {
  for (const int sets : {64, 65}) {
    World world;  // P-256: one unit each
    Records answer;
    for (int type = 65000; type < 65000 + sets; ++type)
      answer = std::move(answer) + world.sign("www.z.test. 300 TYPE" + std::to_string(type) + " \\# 1 00");
    world.reply("www.z.test.", RRType::any, answer);
    const auto chain = world.judge("www.z.test.", RRType::any);
    EXPECT_EQ(chain.verdict, sets == 64 ? Security::secure : Security::bogus) << sets;
    EXPECT_EQ(has(chain, "work-budget-spent"), sets != 64) << sets;
    EXPECT_EQ(world.verifier().checks_made(), 6U + 64U);
  }
}

// Proves L-ds-considered
TEST(Bounds, SixteenDsRecordsAreLookedAt) {
  for (const int spare : {15, 16}) {
    World world;
    world.reply("www.z.test.", RRType::a, world.sign(www));
    const Record good = world.zone("z.test.").ds();
    Records set;
    for (int i = 0; i < spare; ++i) {  // in the order of a set they come first: their tags are the least
      auto other = dns::read_ds(good.rdata).value();
      other.tag = static_cast<dns::KeyTag>(i);
      set.push_back(good);
      set.back().rdata = dns::write(other);
    }
    set.push_back(good);
    world.reply("z.test.", RRType::ds, world.sign(set));
    const auto chain = world.judge("www.z.test.", RRType::a);
    EXPECT_EQ(chain.verdict, spare < 16 ? Security::secure : Security::bogus) << spare;
    EXPECT_EQ(has(chain, "work-budget-spent"), spare >= 16) << spare;
  }
}

// Proves L-digest-failures
TEST(Bounds, FourDigestsThatFailAreTheEndOfADs) {
  for (const std::size_t colliding : {3U, 4U}) {
    World world;
    world.reply("www.z.test.", RRType::a, world.sign(www));
    auto& zone = world.zone("z.test.");
    while (zone.keys[0].dnskey.key[0] == 0) zone.keys[0] = make_key(Algorithm::ecdsap256sha256);
    world.reply("www.z.test.", RRType::a, world.sign(www));
    Records set = zone.key_set();
    for (std::size_t i = 0; i < colliding; ++i) {  // they begin with 00, so they come first in the set
      dns::Dnskey other = zone.keys[0].dnskey;
      other.key[0] = 0;
      other.key[1] = static_cast<std::uint8_t>(i);
      set.push_back(set.front());
      set.back().rdata = dns::write(with_tag(other, zone.keys[0].dnskey.tag(), 2));
    }
    world.reply("z.test.", RRType::dnskey, world.sign(set));
    const auto chain = world.judge("www.z.test.", RRType::a);
    EXPECT_EQ(chain.verdict, colliding < 4 ? Security::secure : Security::bogus) << colliding;
    EXPECT_EQ(has(chain, "work-budget-spent"), colliding >= 4) << colliding;
  }
}

// Proves CVE-2023-50868, CVE-2026-1519, C-9276-3.2, L-nsec3-iterations
TEST(Bounds, ManyIterationsAreInsecureOnceTheirSignatureHolds) {
  const World honest = many_iterations(2500);
  const auto chain = honest.judge("w.z.test.", RRType::a);
  EXPECT_EQ(chain.verdict, Security::insecure);
  EXPECT_TRUE(has(chain, "nsec3-iterations-above-limits"));
  EXPECT_EQ(many_iterations(50).judge("w.z.test.", RRType::a).verdict, Security::secure);
  EXPECT_EQ(many_iterations(51).judge("w.z.test.", RRType::a).verdict, Security::insecure);
  const World forged = many_iterations(2500, {.octets = Stamp::Octets::broken});
  EXPECT_EQ(forged.judge("w.z.test.", RRType::a).verdict, Security::bogus) << "the signature is looked at first";

  // The same in the proof that a delegation is insecure.
  for (const auto octets : {Stamp::Octets::good, Stamp::Octets::broken}) {
    World world;
    world.reply("www.z.test.", RRType::a, World::plain(www));
    world.reply("z.test.", RRType::ds, {},
                world.soa("test.") + world.nsec3_at("test.", "z.test.", "1 0 2500 -", "NS", {.octets = octets}));
    EXPECT_EQ(world.judge("www.z.test.", RRType::a).verdict,
              octets == Stamp::Octets::good ? Security::insecure : Security::bogus);
  }
}

// Proves CVE-2026-3104
TEST(Bounds, AFloodOfSignaturesOverADenial) {
  World world;
  const std::string_view nsec = "w.z.test. 300 NSEC x.z.test. TXT RRSIG NSEC";
  Records flood = World::plain(nsec);
  for (int i = 0; i < 300; ++i) flood.push_back(world.sign(nsec, {.octets = Stamp::Octets::broken}).back());
  flood.push_back(world.sign(nsec).back());
  world.reply("w.z.test.", RRType::a, {}, world.soa("z.test.") + flood);
  EXPECT_LE(cost_of(world, "w.z.test.", RRType::a), 6U + 16U);
  EXPECT_EQ(world.judge("w.z.test.", RRType::a).verdict, Security::bogus);
}

// Proves L-aliases
TEST(Bounds, TwelveNamesOfAChainOfAliases) {
  for (const int aliases : {11, 12}) {
    World world;
    const auto at = [](int i) { return "a" + std::to_string(i) + ".z.test."; };
    for (int i = 0; i < aliases; ++i) world.reply(at(i), RRType::a, world.sign(at(i) + " 300 CNAME " + at(i + 1)));
    world.reply(at(aliases), RRType::a, world.sign(at(aliases) + " 300 A 192.0.2.1"));
    const auto chain = world.judge("a0.z.test.", RRType::a);
    EXPECT_EQ(chain.verdict, aliases < 12 ? Security::secure : Security::indeterminate) << aliases;
    EXPECT_EQ(has(chain, "validator-limits-exceeded"), aliases >= 12) << aliases;
  }
}

// Proves L-zones
TEST(Bounds, ZonesOnTheWay) {
  World world;
  world.reply("www.z.test.", RRType::a, world.sign(www));
  world.policy.bounds.zones = 3;
  EXPECT_EQ(world.judge("www.z.test.", RRType::a).verdict, Security::secure);
  world.policy.bounds.zones = 2;
  const auto chain = world.judge("www.z.test.", RRType::a);
  EXPECT_EQ(chain.verdict, Security::indeterminate);
  EXPECT_FALSE(chain.findings.empty());
  world.reply("z.test.", RRType::ds, {},
              world.soa("test.") + world.sign("z.test. 300 NSEC zz.test. NS RRSIG NSEC", {.zone = name("test.")}));
  EXPECT_NE(world.judge("www.z.test.", RRType::a).verdict, Security::secure) << "nor if the zone beyond is insecure";
}

// Proves L-variants
TEST(Bounds, EightWordsOnOneQuestion) {
  for (const int lies : {7, 8}) {
    World world;
    for (int i = 0; i < lies; ++i)
      world.also("www.z.test.", RRType::a, World::plain("www.z.test. 300 A 203.0.113." + std::to_string(i)));
    world.also("www.z.test.", RRType::a, world.sign(www));
    const auto chain = world.judge("www.z.test.", RRType::a);
    EXPECT_EQ(chain.verdict, lies < 8 ? Security::secure : Security::bogus) << lies;
    EXPECT_TRUE(has(chain, "signature-missing"));
  }
}

}  // namespace
}  // namespace signed_world
