// What a follower of keys (RFC 5011) is shown of key sets signed in memory: by the right key, by others, by none, by
// revoked ones, and differently by different servers. The step that it leads to is the witness that counts.
#include "validator/sighting.h"

#include <gtest/gtest.h>

#include "tests/worlds/signed_world.h"

namespace signed_world {
namespace {

using dns::Algorithm;
using trustanchor::Sighting;
using trustanchor::State;
using Kind = trustanchor::Event::Kind;

constexpr dns::Seconds day{86400};

// The root has key 0, the anchor, and as many more as a test wants.
struct Root : World {
  Root() { point = trustanchor::trust_point(name("."), anchors.anchors, now); }

  std::size_t add_key(std::uint16_t flags = 257) {
    keys().push_back(make_key(Algorithm::ecdsap256sha256, flags));
    return keys().size() - 1;
  }
  std::deque<Key>::size_type count() { return keys().size(); }
  std::vector<Key>& keys() { return zone(".").keys; }
  void revoke(std::size_t key) { keys()[key].dnskey.flags |= dns::Dnskey::revoke_flag; }

  // The set of these keys, signed by those.
  Records set(std::initializer_list<std::size_t> published, std::initializer_list<Stamp> signers) {
    Records keys_only;
    for (const std::size_t key : published) keys_only.push_back(zone(".").key_set(172800)[key]);
    Records all = keys_only;
    for (const Stamp& stamp : signers) all.push_back(sign(keys_only, stamp).back());
    return all;
  }
  void says(const Records& records) { reply(".", RRType::dnskey, records); }
  void another_says(const Records& records) { also(".", RRType::dnskey, records); }

  Sighting seen() { return validator::sighting(evidence(".", RRType::dnskey), point, policy, now, verifier()); }
  trustanchor::Step step() { return trustanchor::step(point, seen(), now); }
  std::optional<State> state_after(std::size_t key) {
    const auto after = step().after;
    const auto ds = dns::read_ds(zone(".").ds(dns::Digest::sha256, key).rdata).value();
    dns::Dnskey plain = keys()[key].dnskey;
    plain.flags = static_cast<std::uint16_t>(plain.flags & ~dns::Dnskey::revoke_flag);
    for (const auto& managed : after.keys) {
      if (const auto* as_key = std::get_if<dns::Dnskey>(&managed.key); as_key != nullptr && *as_key == plain)
        return managed.state;
      if (const auto* as_ds = std::get_if<dns::Ds>(&managed.key); as_ds != nullptr && *as_ds == ds)
        return managed.state;
    }
    return std::nullopt;
  }
  bool changes_nothing() {
    const auto taken = step();
    return taken.after.keys == point.keys && taken.events.size() == 1 &&
           (taken.events[0].kind == Kind::unvalidated || taken.events[0].kind == Kind::silent);
  }

  trustanchor::TrustPoint point;
};

// Proves C-5011-2-4
TEST(Seen, TheSetThatTheAnchorSigns) {
  Root root;
  const auto entry = root.add_key(), data = root.add_key(256);
  const dns::Timestamp ends = dns::timestamp(root.now + 9 * day);
  root.says(root.set({0, entry, data}, {{.original_ttl = 7200, .expiration = ends, .key = 0}}));
  const Sighting seen = root.seen();
  ASSERT_EQ(seen.keys.size(), 3U);
  EXPECT_EQ(seen.original_ttl, 7200U);
  EXPECT_EQ(seen.expires, root.now + 9 * day);
  for (const auto& key : seen.keys) {
    const bool is_anchor = key.key == root.keys()[0].dnskey;
    EXPECT_EQ(key.signs, is_anchor);
    EXPECT_TRUE(key.usable);
    EXPECT_EQ(key.ds.size(), 3U);  // SHA-1, SHA-256, SHA-384
  }
  EXPECT_EQ(root.state_after(0), State::valid);
  EXPECT_EQ(root.state_after(entry), State::add_pend);
  EXPECT_EQ(root.state_after(data), std::nullopt) << "no SEP flag";
  // The DS that the point began with has become its key, found by its digest.
  EXPECT_TRUE(std::holds_alternative<dns::Dnskey>(root.step().after.keys[0].key));
}

TEST(Seen, NothingThatNoAnchorSigns) {
  Root root;
  const auto intruder = root.add_key();
  const auto broken = Stamp{.key = 0, .octets = Stamp::Octets::broken};
  const auto past = Stamp{.expiration = dns::timestamp(root.now - day), .key = 0};
  const auto ahead = Stamp{.inception = dns::timestamp(root.now + day), .key = 0};
  const auto foreign = Stamp{.signer = name("test."), .key = 0};
  for (const auto& records :
       {root.set({0, intruder}, {{.key = intruder}}), root.set({intruder}, {{.key = intruder}}),
        root.set({intruder}, {{.key = 0}}), root.set({0, intruder}, {}), root.set({0, intruder}, {broken}),
        root.set({0, intruder}, {past}), root.set({0, intruder}, {ahead}), root.set({0, intruder}, {foreign}),
        root.set({0, intruder}, {broken, {.key = intruder}})}) {
    root.says(records);
    EXPECT_TRUE(root.changes_nothing());
    EXPECT_EQ(root.step().events[0].kind, Kind::unvalidated);
  }
  root.says({});
  EXPECT_TRUE(root.changes_nothing());
  root.silent(".", RRType::dnskey);
  EXPECT_TRUE(root.seen().keys.empty());
  EXPECT_EQ(root.step().events[0].kind, Kind::silent);
}

// A forged set beside the good one, before or behind it, takes nothing away and adds nothing.
TEST(Seen, AForgedSetOfOneServerIsPassedOver) {
  for (const bool forged_first : {true, false}) {
    Root root;
    const auto fresh = root.add_key(), intruder = root.add_key();
    const auto good = root.set({0, fresh}, {{.key = 0}});
    const auto forged = root.set({0, intruder}, {{.key = intruder}});
    root.says(forged_first ? forged : good);
    root.another_says(forged_first ? good : forged);
    EXPECT_EQ(root.state_after(0), State::valid);
    EXPECT_EQ(root.state_after(fresh), State::add_pend);
    EXPECT_EQ(root.state_after(intruder), std::nullopt);
  }
}

TEST(Seen, OfTwoGoodSetsTheOneSignedLast) {
  for (const bool newer_first : {true, false}) {
    Root root;
    const auto fresh = root.add_key();
    const auto older = root.set({0}, {{.inception = dns::timestamp(root.now - 2 * day), .key = 0}});
    const auto newer = root.set({0, fresh}, {{.inception = dns::timestamp(root.now - day), .key = 0}});
    root.says(newer_first ? newer : older);
    root.another_says(newer_first ? older : newer);
    EXPECT_EQ(root.state_after(fresh), State::add_pend);
  }
}

// RFC 5011 §2.1: REVOKE counts by the key's own signature, whatever else signs or does not.
TEST(Seen, ARevokedKeySpeaksForItself) {
  Root root;
  const auto next = root.add_key();
  root.point.keys[0].key = root.keys()[0].dnskey;
  root.point.keys.push_back({root.keys()[next].dnskey, State::valid, root.now, 0, 0});
  root.revoke(0);
  root.says(root.set({0, next}, {{.key = next}}));
  EXPECT_EQ(root.state_after(0), State::missing) << "the flag alone is anybody's word";
  root.says(root.set({0, next}, {{.key = 0}, {.key = next}}));
  EXPECT_EQ(root.state_after(0), State::revoked);
  EXPECT_EQ(root.state_after(next), State::valid);
  root.says(root.set({0}, {{.key = 0}}));
  EXPECT_EQ(root.state_after(0), State::revoked) << "no other anchor is needed";
  EXPECT_EQ(root.state_after(next), State::valid) << "and the set is not validated by the key it revokes";
  root.says(root.set({0, next}, {{.key = 0, .octets = Stamp::Octets::broken}, {.key = next}}));
  EXPECT_EQ(root.state_after(0), State::missing);
}

TEST(Seen, ARevocationOnOneServerCounts) {
  Root root;
  const auto next = root.add_key();
  root.point.keys.push_back({root.keys()[next].dnskey, State::valid, root.now, 0, 0});
  root.says(root.set({0, next}, {{.key = next}}));
  root.revoke(0);
  root.another_says(root.set({0}, {{.inception = dns::timestamp(root.now - 9 * day), .key = 0}}));
  EXPECT_EQ(root.state_after(0), State::revoked);
  EXPECT_EQ(root.state_after(next), State::valid);
}

// Bounded work (CVE-2023-50387): what hostile signatures use up is not taken from the anchor's.
TEST(Seen, AFloodOfSignaturesHidesNothing) {
  Root root;
  const auto other = root.add_key();
  const Stamp bad{.key = other, .octets = Stamp::Octets::broken};
  root.says(root.set({0, other}, {bad, bad, bad, bad, bad, bad, bad, bad, bad, bad, bad, bad, {.key = 0}}));
  EXPECT_EQ(root.state_after(other), State::add_pend);
}

TEST(Seen, AKeyThatNobodyHereCanCheckIsNoCandidate) {
  Root root;
  const auto unknown = root.add_key(), malformed = root.add_key();
  root.keys()[unknown].dnskey.algorithm = Algorithm{17};
  root.keys()[malformed].dnskey.key.pop_back();
  root.says(root.set({0, unknown, malformed}, {{.key = 0}}));
  EXPECT_EQ(root.state_after(0), State::valid);
  EXPECT_EQ(root.state_after(unknown), std::nullopt);
  EXPECT_EQ(root.state_after(malformed), std::nullopt);
}

// Where the validator makes no trust, the step must not either.
TEST(Seen, PolicyDecides) {
  Root root;
  root.says(root.set({0}, {{.key = 0}}));
  EXPECT_FALSE(root.changes_nothing());
  root.policy.crypto = validator::Policy::Crypto::structure_only;
  EXPECT_TRUE(root.changes_nothing());
  root.policy.crypto = validator::Policy::Crypto::checked;
  root.policy.only_algorithms = {Algorithm::rsasha256};
  EXPECT_TRUE(root.changes_nothing());
  root.policy.only_algorithms.reset();
  // RFC 4509 §3: beside SHA-256 a SHA-1 digest says nothing.
  auto wrong = std::get<dns::Ds>(root.point.keys[0].key);
  wrong.digest.back() ^= 1;
  const auto sha1 = dns::read_ds(root.zone(".").ds(dns::Digest::sha1).rdata).value();
  root.point.keys = {{sha1, State::valid, root.now, 0, 0}};
  EXPECT_FALSE(root.changes_nothing());
  root.point.keys.push_back({wrong, State::valid, root.now, 0, 0});
  EXPECT_TRUE(root.changes_nothing());
}

}  // namespace
}  // namespace signed_world
