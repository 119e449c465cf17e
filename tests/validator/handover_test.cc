// Which keys go to the parent, and what the parent's DS are worth. Each case has one key or one DS that is not as
// usual.
#include "validator/handover.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dns/text.h"
#include "tests/worlds/signed_world.h"
#include "validator/delegation.h"

namespace signed_world {
namespace {

using dns::Algorithm;
using testing::ElementsAre;
using validator::Handover;
using validator::KeyFit;
using validator::Security;

// z.test. with the keys given, its DNSKEY set signed by those at `by`.
Handover seen(World& world, const std::vector<std::size_t>& by, const Stamp& stamp = {}) {
  const auto set = world.zone("z.test.").key_set();
  Records answer = set;
  for (const std::size_t key : by) {
    Stamp one = stamp;
    one.key = key;
    answer.push_back(world.sign(set, one).back());
  }
  world.reply("z.test.", RRType::dnskey, answer);
  const auto evidence = world.evidence("z.test.", RRType::dnskey);
  const auto chain = world.judge("z.test.", RRType::dnskey);
  return validator::handover(evidence, chain, world.policy, world.verifier()).value();
}

std::vector<KeyFit> fits(const Handover& handover) {
  std::vector<KeyFit> all;
  for (const auto& one : handover.keys) all.push_back(one.fit);
  return all;
}

void add_key(World& world, std::uint16_t flags, Algorithm algorithm = Algorithm::ecdsap256sha256) {
  world.zone("z.test.").keys.push_back(make_key(algorithm, flags));
}

TEST(Handover, TheUsualPair) {
  World world;
  add_key(world, 256);
  const auto handover = seen(world, {0});
  EXPECT_THAT(fits(handover), ElementsAre(KeyFit::entry, KeyFit::no_sep));
  EXPECT_EQ(handover.keys[0].key, world.zone("z.test.").keys[0].dnskey);
  EXPECT_EQ(handover.zone_security, Security::secure);
  EXPECT_EQ(handover.parent_security, Security::secure);
  ASSERT_TRUE(handover.parent);
  ASSERT_EQ(handover.parent->size(), 1U);
  EXPECT_TRUE(handover.parent->front().leads);
  EXPECT_FALSE(handover.is_broken());
}

TEST(Handover, EachKindThatIsHeldBack) {
  World world;
  add_key(world, 257);                      // standby
  add_key(world, 257 | 128);                // revoked
  add_key(world, 1);                        // no zone key
  add_key(world, 257, Algorithm::rsasha1);  // RFC 9905 §2
  add_key(world, 257);
  world.zone("z.test.").keys.back().dnskey.protocol = 2;
  add_key(world, 257);
  world.zone("z.test.").keys.back().dnskey.key.pop_back();
  EXPECT_THAT(fits(seen(world, {0})), ElementsAre(KeyFit::entry, KeyFit::silent, KeyFit::revoked, KeyFit::not_zone_key,
                                                  KeyFit::wrong_protocol, KeyFit::outdated, KeyFit::malformed));
}

TEST(Handover, ASignatureThatIsOverIsNone) {
  World world;
  const auto past = dns::Timestamp{static_cast<std::uint32_t>(World::default_now.time_since_epoch().count() - 10)};
  EXPECT_THAT(fits(seen(world, {0}, {.expiration = past})), ElementsAre(KeyFit::silent));
  EXPECT_THAT(fits(seen(world, {0}, {.octets = Stamp::Octets::broken})), ElementsAre(KeyFit::silent));
}

TEST(Handover, DsOfAnotherKeyLeadsNowhere) {
  World world;
  add_key(world, 257);
  const auto ds = world.zone("z.test.").ds(dns::Digest::sha256, 1);
  world.zone("z.test.").keys.pop_back();
  world.reply("z.test.", RRType::ds, world.sign({ds}));
  const auto handover = seen(world, {0});
  EXPECT_THAT(fits(handover), ElementsAre(KeyFit::entry));
  EXPECT_TRUE(handover.is_broken());
  EXPECT_FALSE(handover.parent->front().key);
}

TEST(Handover, DsOfASilentKeyLeadsNowhere) {
  World world;
  add_key(world, 257);
  world.reply("z.test.", RRType::ds, world.sign({world.zone("z.test.").ds(dns::Digest::sha256, 1)}));
  const auto handover = seen(world, {0});
  EXPECT_TRUE(handover.is_broken());
  EXPECT_TRUE(handover.parent->front().key) << "it is published";
  world.reply("z.test.", RRType::ds,
              world.sign({world.zone("z.test.").ds(dns::Digest::sha256, 1), world.zone("z.test.").ds()}));
  EXPECT_FALSE(seen(world, {0}).is_broken()) << "one that leads is enough (RFC 4035 §5.2)";
}

TEST(Handover, NameWithinAZoneIsNone) {
  World world;
  world.reply("www.z.test.", RRType::dnskey, {}, world.soa("z.test."));
  const auto evidence = world.evidence("www.z.test.", RRType::dnskey);
  const auto chain = world.judge("www.z.test.", RRType::dnskey);
  EXPECT_FALSE(validator::handover(evidence, chain, world.policy, world.verifier()));
}

TEST(Handover, FilesBesideTheLivingZone) {
  World world;
  add_key(world, 257);
  add_key(world, 256);
  const auto& keys = world.zone("z.test.").keys;
  const auto all = dns::group(keys.empty() ? Records{} : world.zone("z.test.").key_set()).front();
  auto files = validator::handover(all, world.policy, world.now, world.verifier());
  EXPECT_THAT(fits(files), ElementsAre(KeyFit::alone, KeyFit::alone, KeyFit::no_sep));
  World living;
  living.zone("z.test.").keys = {keys[0]};
  const auto found = beside(files, seen(living, {0}));
  EXPECT_THAT(fits(found), ElementsAre(KeyFit::entry, KeyFit::absent, KeyFit::no_sep));
  EXPECT_EQ(found.keys[1].key, keys[1].dnskey);
}

// RFC 4509 §2.3: the example's key and its digest.
TEST(Handover, DsOfRfc4509) {
  const auto key = dns::parse_record(
      "dskey.example.com. 86400 IN DNSKEY 256 3 5 AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxe"
      "YCmZDRD99WYwYqUSdjMmmAphXdvxegXd/M5+X7OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw==");
  ASSERT_TRUE(key);
  validator::Verifier verifier;
  const std::vector<dns::Digest> types{dns::Digest::sha256};
  const auto ds = validator::ds_of(key->owner, *dns::read_dnskey(key->rdata), types, verifier);
  ASSERT_EQ(ds.size(), 1U);
  EXPECT_EQ(ds[0].tag, 60485);
  EXPECT_EQ(dns::encode_hex(ds[0].digest), "d4b7d520e7bb5f0f67674a0cceb1e3e0614b93c4f9e99b8383f6a1e4469da50a");
}

}  // namespace
}  // namespace signed_world
