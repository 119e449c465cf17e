// Findings on keys, algorithms and requests to the parent, in signed worlds made in memory.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/worlds/signed_world.h"

namespace signed_world {
namespace {

using dns::Algorithm;
using validator::Security;

validator::Chain judged(World& world) {
  world.reply("www.z.test.", RRType::a, world.sign("www.z.test. 300 A 192.0.2.1"));
  return world.judge("www.z.test.", RRType::a);
}

// DNSKEY set of z.test. with all its keys, signed by those given.
void publish(World& world, const std::vector<std::size_t>& by) {
  const auto set = world.zone("z.test.").key_set();
  Records answer = set;
  for (const std::size_t key : by) answer.push_back(world.sign(set, {.key = key}).back());
  world.reply("z.test.", RRType::dnskey, answer);
}

Record ds_record(const dns::Ds& ds, RRType type) {
  return {name("z.test."), type, dns::RRClass::in, 300, dns::write(ds), {}};
}
Record key_record(const dns::Dnskey& key) {
  return {name("z.test."), RRType::cdnskey, dns::RRClass::in, 300, dns::write(key), {}};
}
dns::Ds ds_of(World& world, std::size_t key = 0) {
  return *dns::read_ds(world.zone("z.test.").ds(dns::Digest::sha256, key).rdata);
}
void ask(World& world, RRType type, const Records& records, const Stamp& stamp = {}) {
  world.reply("z.test.", type, world.sign(records, stamp));
}

TEST(KeyRoles, OneKeyForAll) {
  World world;
  EXPECT_TRUE(has(judged(world), "key-roles-unusual"));
}

TEST(KeyRoles, TheUsualPairIsNotSpokenOf) {
  World world;
  world.zone("z.test.").keys.push_back(make_key(Algorithm::ecdsap256sha256, 256));
  publish(world, {0});
  world.reply("www.z.test.", RRType::a, world.sign("www.z.test. 300 A 192.0.2.1", {.key = 1}));
  const auto chain = world.judge("www.z.test.", RRType::a);
  EXPECT_EQ(chain.verdict, Security::secure);
  for (const auto& finding : chain.findings) {
    if (validator::row(finding.code).slug == "key-roles-unusual") {
      EXPECT_NE(finding.zone, name("z.test."));
    }
  }
  EXPECT_FALSE(has(chain, "key-unused"));
}

TEST(KeyUnused, SignsNothingAndHasNoDs) {
  World world;
  world.zone("z.test.").keys.push_back(make_key(Algorithm::ecdsap256sha256, 256));
  publish(world, {0});
  const auto chain = judged(world);
  EXPECT_EQ(chain.verdict, Security::secure);
  EXPECT_TRUE(has(chain, "key-unused"));
  World single;
  EXPECT_FALSE(has(judged(single), "key-unused"));
}

TEST(KeyReused, UnderOtherFlags) {
  World world;
  auto twin = world.zone("z.test.").keys[0];
  twin.dnskey.flags = 256;
  world.zone("z.test.").keys.push_back(twin);
  publish(world, {0});
  EXPECT_TRUE(has(judged(world), "key-reused"));
  World single;
  EXPECT_FALSE(has(judged(single), "key-reused"));
}

TEST(SignatureMissingForAlgorithm, OfTheDnskeySet) {
  World world;
  world.zone("z.test.").keys.push_back(make_key(Algorithm::ed25519, 257));
  publish(world, {0, 1});
  const auto chain = judged(world);
  EXPECT_EQ(chain.verdict, Security::secure) << "one algorithm is enough to validate (RFC 6840 §5.11)";
  EXPECT_TRUE(has(chain, "signature-missing-for-algorithm"));
  const auto a = world.sign("www.z.test. 300 A 192.0.2.1", {.key = 1});
  world.reply("www.z.test.", RRType::a, world.sign("www.z.test. 300 A 192.0.2.1") + Records{a.back()});
  EXPECT_FALSE(has(world.judge("www.z.test.", RRType::a), "signature-missing-for-algorithm"));
}

TEST(Cds, EqualToTheDsIsNothing) {
  World world;
  ask(world, RRType::cds, {ds_record(ds_of(world), RRType::cds)});
  ask(world, RRType::cdnskey, {key_record(world.zone("z.test.").keys[0].dnskey)});
  const auto chain = judged(world);
  for (const char* slug : {"cds-differs-from-ds", "cds-would-break", "cds-cdnskey-disagree", "cds-signed-by-wrong-key",
                           "cds-servers-disagree", "cds-delete-requested", "cds-delete-wrong"})
    EXPECT_FALSE(has(chain, slug)) << slug;
}

TEST(Cds, AskingForAWorkingKey) {
  World world;
  world.zone("z.test.").keys.push_back(make_key(Algorithm::ecdsap256sha256, 257));
  publish(world, {0, 1});
  ask(world, RRType::cds, {ds_record(ds_of(world, 1), RRType::cds)});
  const auto chain = judged(world);
  EXPECT_TRUE(has(chain, "cds-differs-from-ds"));
  EXPECT_FALSE(has(chain, "cds-would-break"));
}

TEST(Cds, AskingForAKeyThatDoesNotSign) {
  World world;
  world.zone("z.test.").keys.push_back(make_key(Algorithm::ecdsap256sha256, 257));
  publish(world, {0});
  ask(world, RRType::cds, {ds_record(ds_of(world, 1), RRType::cds)});
  const auto chain = judged(world);
  EXPECT_TRUE(has(chain, "cds-would-break"));
  EXPECT_FALSE(has(chain, "cds-differs-from-ds"));
}

TEST(Cds, CdnskeyOfAnotherKey) {
  World world;
  world.zone("z.test.").keys.push_back(make_key(Algorithm::ecdsap256sha256, 257));
  publish(world, {0, 1});
  ask(world, RRType::cds, {ds_record(ds_of(world, 0), RRType::cds)});
  ask(world, RRType::cdnskey, {key_record(world.zone("z.test.").keys[1].dnskey)});
  EXPECT_TRUE(has(judged(world), "cds-cdnskey-disagree"));
}

TEST(Cds, SignedByAKeyWithoutDs) {
  World world;
  world.zone("z.test.").keys.push_back(make_key(Algorithm::ecdsap256sha256, 256));
  publish(world, {0});
  ask(world, RRType::cds, {ds_record(ds_of(world), RRType::cds)}, {.key = 1});
  EXPECT_TRUE(has(judged(world), "cds-signed-by-wrong-key"));
}

TEST(Cds, RequestToRemoveTheDs) {
  World world;
  const dns::Ds nothing{0, Algorithm{0}, dns::Digest{0}, {0}};  // "0 0 0 00", RFC 8078 §4
  ask(world, RRType::cds, {ds_record(nothing, RRType::cds)});
  const auto chain = judged(world);
  EXPECT_TRUE(has(chain, "cds-delete-requested"));
  EXPECT_FALSE(has(chain, "cds-would-break"));
  ask(world, RRType::cds, {ds_record(nothing, RRType::cds), ds_record(ds_of(world), RRType::cds)});
  EXPECT_TRUE(has(judged(world), "cds-delete-wrong")) << "beside another record";
  ask(world, RRType::cds, {ds_record({7, Algorithm{0}, dns::Digest{0}, {0}}, RRType::cds)});
  EXPECT_TRUE(has(judged(world), "cds-delete-wrong")) << "with another tag";
  World by_key;
  ask(by_key, RRType::cdnskey, {key_record({0, 3, Algorithm{0}, {0}})});  // "0 3 0 AA=="
  EXPECT_TRUE(has(judged(by_key), "cds-delete-requested"));
}

TEST(Walkable, PlainNsecInTheZoneOfTheQuestion) {
  World world;
  world.reply("www.z.test.", RRType::a, {},
              world.soa("z.test.") + world.sign("v.z.test. 300 NSEC x.z.test. A RRSIG NSEC") +
                  world.sign("z.test. 300 NSEC b.z.test. SOA NS RRSIG NSEC DNSKEY"),
              dns::Rcode::nxdomain);
  const auto chain = world.judge("www.z.test.", RRType::a);
  EXPECT_EQ(chain.verdict, Security::secure);
  EXPECT_TRUE(has(chain, "zone-walkable"));
  World positive;
  EXPECT_FALSE(has(judged(positive), "zone-walkable"));
}

}  // namespace
}  // namespace signed_world
