// One signature in a signed world, one field of it after the other: which are good, and what the others are called.
#include <gtest/gtest.h>

#include "tests/worlds/signed_world.h"

namespace signed_world {
namespace {

using dns::Algorithm;
using dns::Seconds;
using dns::Timestamp;

constexpr std::string_view www = "www.z.test. 300 A 192.0.2.1";

std::string verdict_of(World& world, const Records& answer) {
  world.reply("www.z.test.", RRType::a, answer);
  return std::string(validator::to_text(world.judge("www.z.test.", RRType::a).verdict));
}

// The verdict, and with it the one finding that must be there.
void expect(World& world, const Records& answer, std::string_view verdict, std::string_view slug,
            std::string_view why) {
  world.reply("www.z.test.", RRType::a, answer);
  const auto chain = world.judge("www.z.test.", RRType::a);
  EXPECT_EQ(validator::to_text(chain.verdict), verdict) << why << ": " << word(chain);
  EXPECT_TRUE(slug.empty() || has(chain, slug)) << why << ": " << word(chain);
}

// Proves C-4034-3.1.3, C-4035-5.3.1, C-4035-4.5, C-4035-5.3.4, CVE-2026-11721, CVE-2026-44690
TEST(OneSignature, LabelsLieBetweenSignerAndOwner) {
  World world;
  const auto labels = [&](std::uint8_t count) { return world.sign(www, {.labels = count}); };
  expect(world, labels(3), "secure", "", "as many as the owner has");
  expect(world, labels(4), "bogus", "signature-labels-wrong", "more than the owner has");
  expect(world, labels(255), "bogus", "signature-labels-wrong", "many more");
  expect(world, labels(2), "bogus", "wildcard-proof-missing", "made from *.z.test., and nothing says so");
  expect(world, labels(1), "bogus", "signature-labels-wrong", "made from *.test., above the signer");
  expect(world, labels(0), "bogus", "signature-labels-wrong", "made from *., above the signer");
  world.reply("www.z.test.", RRType::a, labels(2), world.sign("v.z.test. 300 NSEC x.z.test. A RRSIG NSEC"));
  EXPECT_EQ(world.verdict("www.z.test.", RRType::a), "secure") << "the next closer name is denied";
  world.reply("www.z.test.", RRType::a, labels(1), world.sign("v.z.test. 300 NSEC x.z.test. A RRSIG NSEC"));
  EXPECT_EQ(world.judge("www.z.test.", RRType::a).verdict, validator::Security::bogus)
      << "no proof helps above the zone";
}

// Proves C-4034-3.1.5, C-4035-5.3.1
TEST(OneSignature, TimeIsSerialArithmetic) {
  constexpr std::int64_t turn = std::int64_t{1} << 32, half = std::int64_t{1} << 31;
  for (const std::int64_t second : {std::int64_t{1'795'500'000}, half - 5, half + 5, turn - 5, turn, turn + 5}) {
    World world(dns::Time{Seconds{second}});
    const auto at = [&](std::int64_t offset) { return dns::timestamp(world.now + Seconds{offset}); };
    const auto from_to = [&](std::int64_t inception, std::int64_t expiration) {
      return world.sign(www, {.inception = at(inception), .expiration = at(expiration)});
    };
    const std::string where = "at " + std::to_string(second);
    expect(world, from_to(-10, 10), "secure", "", where);
    expect(world, from_to(0, 10), "secure", "", where + " at its inception");
    expect(world, from_to(-10, 0), "secure", "", where + " at its expiration");
    expect(world, from_to(-10, -1), "bogus", "signature-expired", where);
    expect(world, from_to(1, 10), "bogus", "signature-not-yet-valid", where);
    expect(world, from_to(10, -10), "bogus", "signature-period-inverted", where);
    expect(world, from_to(-10, half - 10), "bogus", "signature-period-inverted", where + " 2^31 apart");
    expect(world, from_to(-10, half - 11), "secure", "", where + " 2^31 - 1 apart");
    expect(world, from_to(-half + 5, 3), "secure", "", where + " from 68 years ago");
  }
}

// Proves C-4035-5.3.3, C-4034-3.1.4
TEST(OneSignature, TheLeastOfFourTtls) {
  struct Row {
    dns::Ttl set, rrsig, original;
    std::int64_t left;
    dns::Ttl usable;
  };
  for (const Row& row : {Row{100, 300, 300, 300, 100}, Row{300, 100, 300, 300, 100}, Row{300, 300, 100, 300, 100},
                         Row{300, 300, 300, 100, 100}, Row{300, 300, 300, 0, 0}, Row{300, 300, 300, 300, 300}}) {
    World world;
    world.reply("www.z.test.", RRType::a,
                world.sign("www.z.test. " + std::to_string(row.set) + " A 192.0.2.1",
                           {.original_ttl = row.original,
                            .ttl = row.rrsig,
                            .expiration = dns::timestamp(world.now + Seconds{row.left})}));
    const auto chain = world.judge("www.z.test.", RRType::a);
    EXPECT_EQ(chain.verdict, validator::Security::secure);
    EXPECT_EQ(chain.answer.ttl, row.usable);
    EXPECT_EQ(has(chain, "ttl-above-original"), row.set > row.original);
  }
}

// Proves C-4035-5.3.1, C-4034-3.1.7, S-7
TEST(OneSignature, BelongsToTheZoneAndTheSet) {
  World world;
  expect(world, world.sign(www), "secure", "", "honest");
  expect(world, world.sign(www, {.signer = name("test.")}), "bogus", "signature-signer-foreign", "signer above");
  expect(world, world.sign(www, {.zone = name("test.")}), "bogus", "signature-signer-foreign", "by the parent's key");
  expect(world, world.sign(www, {.signer = name("www.z.test.")}), "bogus", "signature-signer-foreign", "signer below");
  expect(world, world.sign(www, {.signer = name("z.test.example.")}), "bogus", "signature-signer-foreign", "elsewhere");
  expect(world, world.sign(www, {.signer = name("z.test."), .zone = name("test.")}), "bogus", "signing-key-missing",
         "the parent's key under the zone's name");
  expect(world, world.sign(www, {.octets = Stamp::Octets::broken}), "bogus", "signature-incorrect", "a bit flipped");
  expect(world, world.sign(www, {.tag = dns::KeyTag{1}}), "bogus", "signing-key-missing", "another tag");
  const auto other = world.sign("www.z.test. 300 TXT \"192.0.2.1\"");
  expect(world, World::plain(www) + Records{other.back()}, "bogus", "signature-missing", "covers another type");
  const auto elsewhere = world.sign("ftp.z.test. 300 A 192.0.2.1");
  expect(world, World::plain(www) + Records{elsewhere.back()}, "bogus", "signature-missing", "at another owner");
  auto moved = elsewhere.back();
  moved.owner = name("www.z.test.");
  expect(world, World::plain(www) + Records{moved}, "bogus", "signature-incorrect", "moved from another owner");
  expect(world, World::plain("www.z.test. 300 A 192.0.2.2") + Records{world.sign(www).back()}, "bogus",
         "signature-incorrect", "other data");
  expect(world, World::plain(www), "bogus", "signature-missing", "none");
}

// Proves C-6840-5.4, C-6840-5.12, C-4035-5.5
TEST(OneSignature, OneGoodOneIsEnoughAndAllBadOnesAreTold) {
  World world;
  const auto good = world.sign(www);
  const Record broken = world.sign(www, {.octets = Stamp::Octets::broken}).back();
  const Record unknown = world.sign(www, {.tag = dns::KeyTag{1}}).back();
  const Record old = world.sign(www, {.expiration = dns::timestamp(world.now - Seconds{1})}).back();
  expect(world, World::plain(www) + Records{broken, unknown, old, good.back()}, "secure", "", "one of four");
  expect(world, World::plain(www) + Records{broken, unknown, old}, "bogus", "signature-incorrect", "none of three");
  expect(world, World::plain(www) + Records{broken, unknown, old}, "bogus", "signature-expired", "none of three");
  expect(world, World::plain(www) + Records{broken, unknown, old}, "bogus", "signing-key-missing", "none of three");
}

// Proves C-4034-2.1.1, C-4034-2.1.2, C-5011-2.1, C-6840-6.2
TEST(OneSignature, OnlyZoneKeysOfProtocolThreeThatAreNotRevokedSign) {
  struct Row {
    std::uint16_t flags;
    std::uint8_t protocol;
    std::string_view verdict;
  };
  for (const Row& row :
       {Row{256, 3, "secure"}, Row{257, 3, "secure"}, Row{258, 3, "secure"}, Row{0, 3, "bogus"}, Row{1, 3, "bogus"},
        Row{256, 2, "bogus"}, Row{256, 255, "bogus"}, Row{256 | 128, 3, "bogus"}, Row{257 | 128, 3, "bogus"}}) {
    World world;
    auto& keys = world.zone("z.test.").keys;
    keys.push_back(make_key(Algorithm::ecdsap256sha256, row.flags));
    keys.back().dnskey.protocol = row.protocol;
    EXPECT_EQ(verdict_of(world, world.sign(www, {.key = 1})), row.verdict) << row.flags << " " << int{row.protocol};
    EXPECT_EQ(verdict_of(world, world.sign(www)), "secure") << "beside it the other key still signs";
    // The same key as the one that the DS names.
    std::swap(keys[0], keys[1]);
    EXPECT_EQ(verdict_of(world, world.sign(www)), row.verdict) << "DS, " << row.flags << " " << int{row.protocol};
  }
}

// Proves C-alg-5-7, C-alg-8, C-alg-10, C-alg-13, C-alg-14, C-alg-15, C-alg-16
TEST(OneSignature, EveryAlgorithmLeadsToSecure) {
  for (const unsigned number : {5U, 7U, 8U, 10U, 13U, 14U, 15U, 16U}) {
    World world;
    world.add("a.test.", Algorithm{static_cast<std::uint8_t>(number)});
    world.reply("www.a.test.", RRType::a, world.sign("www.a.test. 300 A 192.0.2.1"));
    const bool by_sha1 = number < 8;
    EXPECT_EQ(world.judge("www.a.test.", RRType::a).verdict,
              by_sha1 ? validator::Security::insecure : validator::Security::secure)
        << number;
    world.policy.sha1 = validator::Policy::Sha1::accepted;
    EXPECT_EQ(world.verdict("www.a.test.", RRType::a).substr(0, 6), "secure") << number;
    world.reply("www.a.test.", RRType::a, world.sign("www.a.test. 300 A 192.0.2.1", {.octets = Stamp::Octets::broken}));
    EXPECT_EQ(world.judge("www.a.test.", RRType::a).verdict, validator::Security::bogus) << number;
  }
}

}  // namespace
}  // namespace signed_world
