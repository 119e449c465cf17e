// From parent to child in a signed world: DS sets, keys, anchors, and words that come from the wrong side.
#include <gtest/gtest.h>

#include "dns/canonical.h"
#include "tests/worlds/signed_world.h"

namespace signed_world {
namespace {

using dns::Algorithm;
using dns::Digest;
using validator::Security;

constexpr std::string_view www = "www.z.test. 300 A 192.0.2.1";

Record changed(Record ds, auto change) {
  auto data = dns::read_ds(ds.rdata).value();
  change(data);
  ds.rdata = dns::write(data);
  return ds;
}

struct Child : World {
  Child() { reply("www.z.test.", RRType::a, sign(www)); }
  Record ds(Digest type = Digest::sha256) { return zone("z.test.").ds(type); }
  Record wrong_digest(Digest type) {
    return changed(ds(type), [](dns::Ds& data) { data.digest.back() ^= 1; });
  }
  Record of_algorithm(unsigned number) {
    return changed(ds(), [&](dns::Ds& data) { data.algorithm = Algorithm{static_cast<std::uint8_t>(number)}; });
  }
  Record of_digest(unsigned number) {
    return changed(ds(), [&](dns::Ds& data) { data.digest_type = Digest{static_cast<std::uint8_t>(number)}; });
  }
  Security with(const Records& set) {
    reply("z.test.", RRType::ds, sign(set));
    return judge("www.z.test.", RRType::a).verdict;
  }
};

// Proves C-4035-5.2, C-6840-5.2, C-6840-5.3, C-4509-3, C-digest-1, C-digest-2, C-digest-4, S-6a
TEST(DsSet, WhatItLeadsTo) {
  Child world;
  EXPECT_EQ(world.with({world.ds()}), Security::secure);
  EXPECT_EQ(world.with({world.ds(Digest::sha384)}), Security::secure);
  EXPECT_EQ(world.with({world.ds(Digest::sha1)}), Security::secure);
  EXPECT_EQ(world.with({world.wrong_digest(Digest::sha256)}), Security::bogus);
  EXPECT_EQ(world.with({world.wrong_digest(Digest::sha256), world.ds(Digest::sha1)}), Security::bogus)
      << "SHA-1 does not count beside SHA-256";
  EXPECT_EQ(world.with({world.wrong_digest(Digest::sha384), world.ds(Digest::sha1)}), Security::bogus);
  EXPECT_EQ(world.with({world.wrong_digest(Digest::sha1), world.ds()}), Security::secure);
  EXPECT_EQ(world.with({world.wrong_digest(Digest::sha256), world.ds(Digest::sha384)}), Security::secure)
      << "between the two no one is ignored";
  EXPECT_EQ(world.with({world.of_algorithm(8), world.ds(Digest::sha1)}), Security::secure)
      << "SHA-256 for another algorithm says nothing of this one";
  for (const unsigned unknown : {1U, 3U, 6U, 12U, 17U, 23U, 99U, 252U, 253U, 254U}) {
    EXPECT_EQ(world.with({world.of_algorithm(unknown)}), Security::insecure) << "algorithm " << unknown;
    EXPECT_EQ(world.with({world.of_algorithm(unknown), world.ds()}), Security::secure) << "algorithm " << unknown;
    EXPECT_EQ(world.with({world.of_algorithm(unknown), world.wrong_digest(Digest::sha256)}), Security::bogus);
  }
  for (const unsigned unknown : {0U, 3U, 5U, 6U, 7U, 128U, 253U, 254U, 255U}) {
    EXPECT_EQ(world.with({world.of_digest(unknown)}), Security::insecure) << "digest type " << unknown;
    EXPECT_EQ(world.with({world.of_digest(unknown), world.ds()}), Security::secure) << "digest type " << unknown;
    EXPECT_EQ(world.with({world.of_digest(unknown), world.ds(Digest::sha1)}), Security::secure)
        << "an unknown digest does not push SHA-1 aside: " << unknown;
  }
}

// Proves C-4034-5.1.4, C-4034-5.2
TEST(DsSet, EveryFieldHasToFitTheKey) {
  Child world;
  const auto with = [&](auto change) { return world.with({changed(world.ds(), change)}); };
  EXPECT_EQ(with([](dns::Ds&) {}), Security::secure);
  EXPECT_EQ(with([](dns::Ds& ds) { ++ds.tag; }), Security::bogus);
  EXPECT_EQ(with([](dns::Ds& ds) { ds.algorithm = Algorithm::ecdsap384sha384; }), Security::bogus);
  EXPECT_EQ(with([](dns::Ds& ds) { ds.digest.pop_back(); }), Security::bogus) << "a digest cut short";
  EXPECT_EQ(with([](dns::Ds& ds) { ds.digest.push_back(0); }), Security::bogus) << "a digest too long";
  EXPECT_EQ(with([](dns::Ds& ds) { ds.digest.clear(); }), Security::bogus) << "no digest";
  EXPECT_EQ(with([](dns::Ds& ds) { ds.digest_type = Digest::sha384; }), Security::bogus) << "of another type";
}

// Proves C-4035-2.1
TEST(DsSet, TheKeyItNamesHasToSignTheKeys) {
  Child world;
  auto& zone = world.zone("z.test.");
  zone.keys.push_back(make_key(Algorithm::ecdsap256sha256, 256));
  const auto keys_by = [&](std::size_t key) {
    world.reply("z.test.", RRType::dnskey, world.sign(zone.key_set(), {.key = key}));
    return world.judge("www.z.test.", RRType::a).verdict;
  };
  EXPECT_EQ(keys_by(0), Security::secure);
  EXPECT_EQ(keys_by(1), Security::bogus) << "only the key that no DS names has signed";
  world.reply("z.test.", RRType::dnskey, zone.key_set());
  EXPECT_EQ(world.judge("www.z.test.", RRType::a).verdict, Security::bogus) << "nobody has";
  const Zone alone{zone.name, {zone.keys[1]}};
  world.reply("z.test.", RRType::dnskey, world.sign(alone.key_set(), {.key = 0}));
  EXPECT_EQ(world.judge("www.z.test.", RRType::a).verdict, Security::bogus) << "the key has signed but is not there";
}

// Proves C-6840-5.11, C-4035-2.2
TEST(DsSet, OneAlgorithmThatWorksSuffices) {
  Child world;
  const Records both{world.of_algorithm(14), world.ds()};
  EXPECT_EQ(world.with(both), Security::secure);
  world.policy.completeness = validator::Policy::Completeness::every_algorithm;
  EXPECT_EQ(world.with(both), Security::bogus) << "asked for, every algorithm has to work";
  EXPECT_EQ(world.with({world.ds()}), Security::secure);
}

// Proves C-4035-3.1.4.1, C-4035-2.3, S-6b
TEST(DsSet, IsTheParentsToSay) {
  Child world;
  world.reply("z.test.", RRType::ds, world.sign(Records{world.ds()}, {.zone = name("z.test.")}));
  EXPECT_EQ(world.judge("www.z.test.", RRType::a).verdict, Security::bogus) << "DS signed by the child";

  const auto from_child = world.soa("z.test.") + world.sign("z.test. 300 NSEC www.z.test. NS SOA RRSIG NSEC DNSKEY");
  world.reply("z.test.", RRType::ds, {}, from_child);
  Security verdict = world.judge("www.z.test.", RRType::a).verdict;
  EXPECT_TRUE(verdict == Security::bogus || verdict == Security::indeterminate) << "the child denies its own DS";

  world.also("z.test.", RRType::ds, world.sign(Records{world.ds()}));
  EXPECT_EQ(world.judge("www.z.test.", RRType::a).verdict, Security::secure) << "the parent has spoken as well";

  // The parent's key over a list with SOA: what no parent has at a cut.
  world.reply("z.test.", RRType::ds, {},
              world.soa("test.") + world.sign("z.test. 300 NSEC zz.test. NS SOA RRSIG NSEC", {.zone = name("test.")}));
  EXPECT_EQ(world.judge("www.z.test.", RRType::a).verdict, Security::bogus);
}

// Proves C-6840-4.4, C-4035-5.2, S-6b
TEST(DsSet, ItsAbsenceIsProvenByADelegationsRecord) {
  Child world;
  world.reply("www.z.test.", RRType::a, World::plain(www));
  const auto denied = [&](const Records& proof) {
    world.reply("z.test.", RRType::ds, {}, world.soa("test.") + proof);
    return world.judge("www.z.test.", RRType::a).verdict;
  };
  const auto listed = [&](std::string_view types) {
    return world.sign("z.test. 300 NSEC zz.test. " + std::string(types), {.zone = name("test.")});
  };
  EXPECT_EQ(denied(listed("NS RRSIG NSEC")), Security::insecure);
  EXPECT_EQ(denied(listed("NS DS RRSIG NSEC")), Security::bogus) << "a DS is there";
  const auto below = world.sign("www.z.test. 300 NSEC zz.test. A RRSIG NSEC", {.zone = name("test.")});
  world.reply("www.z.test.", RRType::ds, {}, world.soa("test.") + below);
  EXPECT_EQ(denied(listed("A RRSIG NSEC")), Security::bogus) << "no cut, so the parent itself would have to sign";
  EXPECT_EQ(denied(World::plain("z.test. 300 NSEC zz.test. NS RRSIG NSEC")), Security::bogus) << "unsigned";
  EXPECT_EQ(denied({}), Security::bogus) << "no proof";
}

// Proves CVE-2025-59023, CVE-2025-59024, CVE-2026-52690, S-6f
TEST(DsSet, NobodyCanTakeItAwayUnsigned) {
  Child world;
  const auto referral = World::plain("z.test. 300 NS ns.evil.test.");
  world.reply("www.z.test.", RRType::a, World::plain("www.z.test. 300 A 203.0.113.66"));
  world.reply("z.test.", RRType::ds, {}, referral);
  Security verdict = world.judge("www.z.test.", RRType::a).verdict;
  EXPECT_TRUE(verdict == Security::bogus || verdict == Security::indeterminate) << "a delegation without proof";
  world.also("z.test.", RRType::ds, world.sign(Records{world.ds()}));
  EXPECT_EQ(world.judge("www.z.test.", RRType::a).verdict, Security::bogus) << "the forgery beside the truth";

  Child plain;  // as from a server without EDNS: data, and no signature
  plain.reply("www.z.test.", RRType::a, World::plain(www));
  EXPECT_EQ(plain.judge("www.z.test.", RRType::a).verdict, Security::bogus);
  plain.reply("z.test.", RRType::dnskey, plain.zone("z.test.").key_set());
  EXPECT_EQ(plain.judge("www.z.test.", RRType::a).verdict, Security::bogus);
  plain.reply("z.test.", RRType::ds, {});
  verdict = plain.judge("www.z.test.", RRType::a).verdict;
  EXPECT_TRUE(verdict == Security::bogus || verdict == Security::indeterminate);
}

// Proves C-6840-5.10, S-1, S-5
TEST(NestedAnchors, TheDeepestDecides) {
  Child world;
  const auto anchor = [&](std::string_view zone, const Record& ds) {
    return trustanchor::Anchor{name(zone), dns::read_ds(ds.rdata).value(), "the test", "", {}, {}};
  };
  // test. is not signed: its DS is denied by the root.
  world.reply("test.", RRType::ds, {},
              world.soa(".") + world.sign("test. 300 NSEC u. NS RRSIG NSEC", {.zone = name(".")}));
  EXPECT_EQ(world.judge("www.z.test.", RRType::a).verdict, Security::insecure);
  world.anchors.anchors.push_back(anchor("z.test.", world.ds()));
  EXPECT_EQ(world.judge("www.z.test.", RRType::a).verdict, Security::secure) << "an anchor below an insecure parent";
  world.reply("z.test.", RRType::ds, {}, World::plain("z.test. 300 SOA . . 1 1 1 1 1"));
  EXPECT_NE(world.judge("z.test.", RRType::ds).verdict, Security::secure) << "an anchor says nothing of its own DS";

  Child other;
  other.anchors.anchors.push_back(anchor("z.test.", other.wrong_digest(Digest::sha256)));
  EXPECT_EQ(other.judge("www.z.test.", RRType::a).verdict, Security::bogus) << "the root's would lead to secure";
  other.anchors.anchors.erase(other.anchors.anchors.begin());
  other.add("y.test.");
  other.reply("www.y.test.", RRType::a, other.sign("www.y.test. 300 A 192.0.2.1"));
  EXPECT_EQ(other.judge("www.y.test.", RRType::a).verdict, Security::indeterminate) << "no anchor at or above";
}

// Proves C-5011-2.1, S-5
TEST(AnchorAsKey, CountsUnlessRevoked) {
  for (const unsigned flags : {257U, 257U | 128U, 256U, 1U}) {
    Child world;
    // The anchor's key signs the keys alone, as a KSK does; the rest is by a key that nobody revoked.
    world.zone(".").keys.push_back(make_key(Algorithm::ecdsap256sha256, 256));
    world.reply("test.", RRType::ds, world.sign(Records{world.zone("test.").ds()}, {.key = 1}));
    auto& key = world.zone(".").keys[0].dnskey;
    key.flags = static_cast<std::uint16_t>(flags);
    world.anchors.anchors = {{name("."), key, "the test", "", {}, {}}};
    const bool counts = flags == 257U || flags == 256U;
    EXPECT_EQ(world.judge("www.z.test.", RRType::a).verdict, counts ? Security::secure : Security::bogus) << flags;
  }
}

// Proves C-7646
TEST(NegativeAnchor, HoldsForASubtreeAndForATime) {
  Child world;
  world.reply("www.z.test.", RRType::a, World::plain(www));
  EXPECT_EQ(world.judge("www.z.test.", RRType::a).verdict, Security::bogus);
  world.policy.negative_anchors = {{name("z.test."), "rolled badly", world.now + dns::Seconds{1}}};
  const auto chain = world.judge("www.z.test.", RRType::a);
  EXPECT_EQ(chain.verdict, Security::insecure);
  EXPECT_TRUE(has(chain, "insecure-by-local-rule"));
  world.policy.negative_anchors.front().until = world.now;
  EXPECT_EQ(world.judge("www.z.test.", RRType::a).verdict, Security::bogus) << "its time is over";
  world.policy.negative_anchors = {{name("y.test."), "another", world.now + dns::Seconds{1}}};
  EXPECT_EQ(world.judge("www.z.test.", RRType::a).verdict, Security::bogus) << "another subtree";
}

// Proves S-8
TEST(Insecure, NothingBelowIsSecureAndIslandsAreTold) {
  Child world;
  world.reply("z.test.", RRType::ds, {},
              world.soa("test.") + world.sign("z.test. 300 NSEC zz.test. NS RRSIG NSEC", {.zone = name("test.")}));
  const auto chain = world.judge("www.z.test.", RRType::a);
  EXPECT_EQ(chain.verdict, Security::insecure) << "signed, and nobody vouches for the keys";
  EXPECT_TRUE(has(chain, "island-of-security"));
  world.reply("www.z.test.", RRType::a, world.sign(www, {.octets = Stamp::Octets::broken}));
  EXPECT_EQ(world.judge("www.z.test.", RRType::a).verdict, Security::insecure) << "nor is it bogus";
  world.add("k.z.test.");
  world.reply("k.z.test.", RRType::a, world.sign("k.z.test. 300 A 192.0.2.1"));
  EXPECT_EQ(world.judge("k.z.test.", RRType::a).verdict, Security::insecure)
      << "a DS below an island vouches for nobody";
}

// Proves S-6c, S-6d
TEST(NoCut, WhereANameDoesNotExistOrIsAnAlias) {
  Child world;
  const auto gone = world.soa("z.test.") + world.sign("f.z.test. 300 NSEC h.z.test. A RRSIG NSEC") +
                    world.sign("z.test. 300 NSEC a.z.test. NS SOA RRSIG NSEC");
  world.reply("gone.z.test.", RRType::ds, {}, gone, dns::Rcode::nxdomain);
  world.reply("www.gone.z.test.", RRType::a, {}, gone, dns::Rcode::nxdomain);
  EXPECT_EQ(world.judge("www.gone.z.test.", RRType::a).verdict, Security::secure);
  world.reply("www.gone.z.test.", RRType::a, World::plain("www.gone.z.test. 300 A 203.0.113.1"));
  EXPECT_EQ(world.judge("www.gone.z.test.", RRType::a).verdict, Security::bogus) << "data below what does not exist";

  world.reply("c.z.test.", RRType::ds, world.sign("c.z.test. 300 CNAME www.z.test."));
  world.reply("x.c.z.test.", RRType::a, world.sign("x.c.z.test. 300 A 192.0.2.1"));
  EXPECT_EQ(world.judge("x.c.z.test.", RRType::a).verdict, Security::secure) << "names below an alias may exist";
  world.reply("x.c.z.test.", RRType::a, World::plain("x.c.z.test. 300 A 192.0.2.1"));
  EXPECT_EQ(world.judge("x.c.z.test.", RRType::a).verdict, Security::bogus);
}

// Proves C-4033-5, S-9
TEST(Verdict, IsOneOfFour) {
  Child world;
  EXPECT_EQ(world.verdict("www.z.test.", RRType::a), "secure");
  EXPECT_EQ(validator::to_text(world.with({world.of_algorithm(99)})), "insecure");
  EXPECT_EQ(validator::to_text(world.with({world.wrong_digest(Digest::sha256)})), "bogus");
  world.with({world.ds()});
  world.silent("www.z.test.", RRType::a);
  EXPECT_EQ(validator::to_text(world.judge("www.z.test.", RRType::a).verdict), "indeterminate") << "nobody answered";
  using enum Security;
  const Security order[] = {secure, insecure, indeterminate, bogus};
  for (std::size_t left = 0; left < 4; ++left)
    for (std::size_t right = 0; right < 4; ++right)
      EXPECT_EQ(validator::worse(order[left], order[right]), order[std::max(left, right)]);
}

}  // namespace
}  // namespace signed_world
