// Answers in a signed world: aliases, wildcards, denials, and the lengths and depths that names can have.
#include <gtest/gtest.h>

#include "resolver/network_rules.h"
#include "tests/worlds/signed_world.h"

namespace signed_world {
namespace {

using validator::Security;

Security verdict_of(const World& world, std::string_view owner, RRType type = RRType::a) {
  return world.judge(owner, type).verdict;
}

const std::string_view covers_w = "v.z.test. 300 NSEC x.z.test. A RRSIG NSEC";

// Proves C-6840-4.2
TEST(AnyAnswer, EverySetThatCameIsValidated) {
  World world;
  const auto a = world.sign("www.z.test. 300 A 192.0.2.1"), txt = world.sign("www.z.test. 300 TXT text");
  world.reply("www.z.test.", RRType::any, a + txt);
  EXPECT_EQ(verdict_of(world, "www.z.test.", RRType::any), Security::secure);
  world.reply("www.z.test.", RRType::any, a);
  EXPECT_EQ(verdict_of(world, "www.z.test.", RRType::any), Security::secure) << "what did not come is no fault";
  world.reply("www.z.test.", RRType::any, a + world.sign("www.z.test. 300 HINFO RFC8482 \"\""));
  EXPECT_EQ(verdict_of(world, "www.z.test.", RRType::any), Security::secure) << "RFC 8482";
  world.reply("www.z.test.", RRType::any, a + World::plain("www.z.test. 300 TXT text"));
  EXPECT_EQ(verdict_of(world, "www.z.test.", RRType::any), Security::bogus) << "one set without signature";
  world.reply("www.z.test.", RRType::any, a + world.sign("www.z.test. 300 TXT t", {.octets = Stamp::Octets::broken}));
  EXPECT_EQ(verdict_of(world, "www.z.test.", RRType::any), Security::bogus) << "one set with a bad one";
}

// Proves C-4035-2.2b
TEST(Signatures, GiveNoTrustWhereNobodySigns) {
  World world;
  const auto rrsig = world.sign("www.z.test. 300 A 192.0.2.1").back();
  world.reply("www.z.test.", RRType::rrsig, {rrsig});
  EXPECT_NE(verdict_of(world, "www.z.test.", RRType::rrsig), Security::secure) << "signatures are not signed";
  world.reply("z.test.", RRType::ns, world.sign("z.test. 300 NS ns.z.test.", {.zone = name("test.")}));
  EXPECT_EQ(verdict_of(world, "z.test.", RRType::ns), Security::bogus) << "the parent's NS set, signed by the parent";
  world.reply("ns.z.test.", RRType::a, world.sign("ns.z.test. 300 A 192.0.2.9", {.zone = name("test.")}));
  EXPECT_EQ(verdict_of(world, "ns.z.test."), Security::bogus) << "glue, signed by the parent";
}

// Proves CVE-2025-40778, S-3
TEST(Answer, RecordsThatNobodyAskedForAreNothing) {
  World world;
  const auto honest = world.sign("www.z.test. 300 A 192.0.2.1");
  world.reply("www.z.test.", RRType::a,
              World::plain("evil.test. 300 A 203.0.113.1\nz.test. 300 NS ns.evil.test.") + honest,
              World::plain("test. 300 NS ns.evil.test."));
  const auto chain = world.judge("www.z.test.", RRType::a);
  EXPECT_EQ(chain.verdict, Security::secure);
  ASSERT_EQ(chain.answer.records.size(), 1U);
  EXPECT_EQ(chain.answer.records[0].set.owner, name("www.z.test."));
  world.reply("www.z.test.", RRType::a, World::plain("evil.test. 300 A 203.0.113.1"));
  EXPECT_EQ(verdict_of(world, "www.z.test."), Security::bogus) << "and no answer either";
}

// Proves C-6672-5.3, S-6e
TEST(Dname, IsSignedAndItsCnameComputed) {
  World world;
  const auto dname = world.sign("d.z.test. 300 DNAME t.z.test.");
  world.reply("x.t.z.test.", RRType::a, world.sign("x.t.z.test. 300 A 192.0.2.1"));
  world.reply("x.d.z.test.", RRType::a, dname + World::plain("x.d.z.test. 300 CNAME x.t.z.test."));
  EXPECT_EQ(verdict_of(world, "x.d.z.test."), Security::secure) << "the CNAME is not signed";
  world.reply("x.d.z.test.", RRType::a, dname);
  EXPECT_EQ(verdict_of(world, "x.d.z.test."), Security::secure) << "nor is it needed";
  world.reply("x.d.z.test.", RRType::a, dname + World::plain("x.d.z.test. 300 CNAME evil.test."));
  const auto forged = world.judge("x.d.z.test.", RRType::a);
  EXPECT_EQ(forged.verdict, Security::bogus);
  EXPECT_TRUE(has(forged, "dname-cname-wrong"));
  world.reply("x.d.z.test.", RRType::a,
              World::plain("d.z.test. 300 DNAME t.z.test.\nx.d.z.test. 300 CNAME x.t.z.test."));
  EXPECT_EQ(verdict_of(world, "x.d.z.test."), Security::bogus) << "a DNAME without signature";
  // Asked for, the CNAME is itself the answer, as true as the DNAME.
  const auto made = World::plain("x.d.z.test. 300 CNAME x.t.z.test.");
  const auto asked_for = [&](const Records& answer, dns::Rcode rcode = dns::Rcode::noerror) {
    world.reply("x.d.z.test.", RRType::cname, answer, {}, rcode);
    return world.judge("x.d.z.test.", RRType::cname);
  };
  const auto chain_of_cname = asked_for(dname + made);
  EXPECT_EQ(chain_of_cname.verdict, Security::secure);
  ASSERT_FALSE(chain_of_cname.answer.records.empty());
  EXPECT_EQ(chain_of_cname.answer.records.back().set.type, RRType::cname);
  EXPECT_EQ(asked_for(made).verdict, Security::bogus) << "without the DNAME";
  EXPECT_EQ(asked_for(dname + World::plain("x.d.z.test. 300 CNAME evil.test.")).verdict, Security::bogus);
  EXPECT_EQ(asked_for(World::plain("d.z.test. 300 DNAME t.z.test.") + made).verdict, Security::bogus);
  EXPECT_NE(asked_for(dname + made, dns::Rcode::nxdomain).verdict, Security::secure) << "who denied x.t.z.test.?";
  // 253 octets and the DNAME's target is longer: no name can be made (RFC 6672 §2.2).
  const std::string label(63, 'l');
  const std::string deep = label + "." + label + "." + label + ".d.z.test.";
  const std::string target = label + ".z.test.";
  world.reply(deep, RRType::a, world.sign("d.z.test. 300 DNAME " + target), {}, dns::Rcode::yxdomain);
  const auto chain = world.judge(deep, RRType::a);
  EXPECT_EQ(chain.verdict, Security::secure);
  EXPECT_EQ(chain.answer.rcode, dns::Rcode::yxdomain);
}

// Proves CVE-2026-52686, C-4592, CVE-2026-46582, C-4035-5.3.4
TEST(WildcardAlias, NeedsTheSameProofAsData) {
  World world;
  world.reply("t.z.test.", RRType::a, world.sign("t.z.test. 300 A 192.0.2.1"));
  const auto cname = world.sign("w.z.test. 300 CNAME t.z.test.", {.labels = 2});
  world.reply("w.z.test.", RRType::a, cname, world.sign(covers_w));
  EXPECT_EQ(verdict_of(world, "w.z.test."), Security::secure);
  world.reply("w.z.test.", RRType::a, cname);
  EXPECT_EQ(verdict_of(world, "w.z.test."), Security::bogus) << "no proof";
  world.reply("w.z.test.", RRType::a, cname, World::plain(covers_w));
  EXPECT_EQ(verdict_of(world, "w.z.test."), Security::bogus) << "an unsigned one";
  world.reply("w.z.test.", RRType::a, cname, world.sign("w.z.test. 300 NSEC x.z.test. TXT RRSIG NSEC"));
  EXPECT_EQ(verdict_of(world, "w.z.test."), Security::bogus) << "the name itself exists: a replay";
  world.reply("w.z.test.", RRType::a, cname, world.sign("z.test. 300 NSEC x.z.test. NS SOA RRSIG NSEC"));
  EXPECT_EQ(verdict_of(world, "w.z.test."), Security::bogus) << "the wildcard is denied as well: a replay";

  const auto dname = world.sign("w.z.test. 300 DNAME t.z.test.", {.labels = 2});
  world.reply("x.w.z.test.", RRType::a, dname);
  EXPECT_EQ(verdict_of(world, "x.w.z.test."), Security::bogus) << "a wildcard DNAME without proof";
}

// Proves C-6604, S-9, S-7
TEST(Alias, TheVerdictIsTheWorstOfItsLinks) {
  World world;
  world.add("b.test.");
  world.reply("n.test.", RRType::ds, {}, world.soa("test.") + world.sign("n.test. 300 NSEC o.test. NS RRSIG NSEC"));
  world.reply("www.n.test.", RRType::a, World::plain("www.n.test. 300 A 192.0.2.1"));
  world.reply("www.b.test.", RRType::a, world.sign("www.b.test. 300 A 192.0.2.1", {.octets = Stamp::Octets::broken}));
  world.reply("www.z.test.", RRType::a, world.sign("www.z.test. 300 A 192.0.2.1"));
  const auto to = [&](std::string_view target, const Stamp& stamp = {}) {
    world.reply("al.z.test.", RRType::a, world.sign("al.z.test. 300 CNAME " + std::string(target), stamp));
    return verdict_of(world, "al.z.test.");
  };
  EXPECT_EQ(to("www.z.test."), Security::secure);
  EXPECT_EQ(to("www.n.test."), Security::insecure);
  EXPECT_EQ(to("www.b.test."), Security::bogus);
  EXPECT_EQ(to("www.z.test.", {.octets = Stamp::Octets::broken}), Security::bogus);
  EXPECT_EQ(to("www.n.test.", {.octets = Stamp::Octets::broken}), Security::bogus)
      << "a bad alias into an insecure zone";
  EXPECT_EQ(to("al.z.test."), Security::indeterminate) << "to itself";

  // The RCODE is that of the target: an NXDOMAIN is proven for it, not for the alias.
  const auto none =
      world.soa("z.test.") + world.sign(covers_w) + world.sign("z.test. 300 NSEC a.z.test. NS SOA RRSIG NSEC");
  world.reply("w.z.test.", RRType::a, {}, none, dns::Rcode::nxdomain);
  EXPECT_EQ(to("w.z.test."), Security::secure);
  EXPECT_EQ(world.judge("al.z.test.", RRType::a).answer.rcode, dns::Rcode::nxdomain);
  world.reply("w.z.test.", RRType::a, {}, world.soa("z.test.") + world.sign(covers_w), dns::Rcode::nxdomain);
  EXPECT_EQ(to("w.z.test."), Security::bogus) << "the wildcard is not denied";
}

// Proves C-9824, C-4035-5.4, C-2308-8020
TEST(Denial, ByNsecInASignedWorld) {
  World world;
  const auto deny = [&](const Records& proof, dns::Rcode rcode) {
    world.reply("w.z.test.", RRType::a, {}, world.soa("z.test.") + proof, rcode);
    return verdict_of(world, "w.z.test.");
  };
  const auto apex = world.sign("z.test. 300 NSEC a.z.test. NS SOA RRSIG NSEC");
  EXPECT_EQ(deny(world.sign(covers_w) + apex, dns::Rcode::nxdomain), Security::secure);
  EXPECT_EQ(deny(world.sign(covers_w, {.octets = Stamp::Octets::broken}) + apex, dns::Rcode::nxdomain),
            Security::bogus);
  EXPECT_EQ(deny(world.sign("w.z.test. 300 NSEC x.z.test. TXT RRSIG NSEC"), dns::Rcode::noerror), Security::secure);
  EXPECT_EQ(deny(world.sign("w.z.test. 300 NSEC x.z.test. TXT RRSIG NSEC"), dns::Rcode::nxdomain), Security::bogus);
  EXPECT_EQ(deny(world.sign("w.z.test. 300 NSEC \\000.w.z.test. RRSIG NSEC NXNAME"), dns::Rcode::nxdomain),
            Security::secure);
  EXPECT_EQ(deny(world.sign("w.z.test. 300 NSEC \\000.w.z.test. RRSIG NSEC NXNAME"), dns::Rcode::noerror),
            Security::secure);
  EXPECT_EQ(deny(world.sign("v.z.test. 300 NSEC x.test. A RRSIG NSEC") + apex, dns::Rcode::nxdomain), Security::bogus)
      << "next outside the zone";

  // The negative TTL is the least of what it rests on.
  world.reply("w.z.test.", RRType::a, {},
              world.soa("z.test.") + world.sign("w.z.test. 77 NSEC x.z.test. TXT RRSIG NSEC"));
  EXPECT_EQ(world.judge("w.z.test.", RRType::a).answer.ttl, 77U);
}

// Proves C-6840-4.1, C-nsec-wild, C-nsec-next, CVE-2026-13321, CVE-2017-15107, CVE-2026-52688
TEST(Denial, NsecThatIsSomebodyElses) {
  World world;
  const auto deny = [&](std::string_view owner, const Records& proof, dns::Rcode rcode) {
    world.reply(owner, RRType::a, {}, world.soa("z.test.") + proof, rcode);
    return verdict_of(world, owner);
  };
  const auto apex = world.sign("z.test. 300 NSEC a.z.test. NS SOA RRSIG NSEC");
  // A delegation's own record, from the parent's side, for a name below it.
  EXPECT_EQ(deny("x.w.z.test.", world.sign("w.z.test. 300 NSEC y.z.test. NS RRSIG NSEC") + apex, dns::Rcode::nxdomain),
            Security::bogus);
  EXPECT_EQ(deny("w.z.test.", world.sign("w.z.test. 300 NSEC y.z.test. NS RRSIG NSEC"), dns::Rcode::noerror),
            Security::bogus)
      << "nor is it an answer for the name's own data";
  EXPECT_EQ(
      deny("x.w.z.test.", world.sign("w.z.test. 300 NSEC y.z.test. DNAME RRSIG NSEC") + apex, dns::Rcode::nxdomain),
      Security::bogus);
  // The wildcard's record, sent as that of w.z.test.: it says nothing of the name, and covers from the wildcard only.
  const auto wildcards = [&](std::string_view next) {
    return world.sign("w.z.test. 300 NSEC " + std::string(next) + " TXT RRSIG NSEC", {.labels = 2});
  };
  EXPECT_EQ(deny("w.z.test.", wildcards("a.z.test."), dns::Rcode::noerror), Security::bogus);
  EXPECT_EQ(deny("x.z.test.", wildcards("a.z.test.") + apex, dns::Rcode::nxdomain), Security::bogus);
  EXPECT_EQ(deny("w.z.test.", wildcards("z.z.test."), dns::Rcode::noerror), Security::secure)
      << "no name between the wildcard and z, and no A at the wildcard";
  // Made from a wildcard above the zone.
  EXPECT_EQ(
      deny("w.z.test.", world.sign("w.z.test. 300 NSEC z.z.test. TXT RRSIG NSEC", {.labels = 1}), dns::Rcode::noerror),
      Security::bogus);
  EXPECT_EQ(deny("w.z.test.", world.sign("v.z.test. 300 NSEC zz.test. A RRSIG NSEC") + apex, dns::Rcode::nxdomain),
            Security::bogus)
      << "next outside the zone";
  EXPECT_EQ(deny("w.z.test.", world.sign("w.z.test. 300 NSEC x.z.test. TXT RRSIG NSEC", {.zone = name("test.")}),
                 dns::Rcode::noerror),
            Security::bogus)
      << "the parent's key";
}

// Proves C-5155-loc, C-5155-3.1.2, C-5155-8.6, C-5155-9.2, CVE-2026-10723, CVE-2026-33278
TEST(Denial, Nsec3InASignedWorld) {
  World world;
  const auto at = [&](std::string_view zone, std::string_view owner, std::string_view head) {
    return world.nsec3_at(zone, owner, head, "NS SOA RRSIG");
  };
  const auto deny = [&](const Records& proof) {
    world.reply("w.z.test.", RRType::a, {}, world.soa("z.test.") + proof, dns::Rcode::nxdomain);
    return verdict_of(world, "w.z.test.");
  };
  const std::string_view plain = "1 0 0 -", opt_out = "1 1 0 -";
  const auto wildcard = world.nsec3_over("z.test.", "*.z.test.", plain);
  const auto name_covered = world.nsec3_over("z.test.", "w.z.test.", plain);
  const auto apex = at("z.test.", "z.test.", plain);
  EXPECT_EQ(deny(apex + name_covered + wildcard), Security::secure);
  EXPECT_EQ(deny(apex + wildcard), Security::bogus) << "the name is not covered";
  EXPECT_EQ(deny(apex + name_covered), Security::bogus) << "the wildcard is not covered";
  EXPECT_EQ(deny(name_covered + wildcard), Security::bogus) << "no closest encloser";
  EXPECT_EQ(deny(apex + world.nsec3_over("z.test.", "w.z.test.", opt_out) + wildcard), Security::insecure);
  EXPECT_EQ(deny(apex + world.nsec3_over("z.test.", "w.z.test.", "1 0 1 -") + wildcard), Security::bogus)
      << "other iterations";
  EXPECT_EQ(deny(apex + world.nsec3_over("z.test.", "w.z.test.", "1 0 0 aa") + wildcard), Security::bogus)
      << "another salt";
  EXPECT_EQ(deny(apex + world.nsec3_over("z.test.", "w.z.test.", "1 2 0 -") + wildcard), Security::bogus)
      << "an unknown flag";

  EXPECT_EQ(deny(apex + name_covered + wildcard + world.nsec3_over("z.test.", "w.z.test.", "1 0 1 -")), Security::bogus)
      << "a whole proof, and one record that does not agree with it";

  // The child's apex has the hash that the parent's closest encloser would have; its key is not the parent's.
  world.add("c.z.test.");
  const auto childs = world.nsec3_at("c.z.test.", "z.test.", plain, "NS SOA RRSIG");
  EXPECT_EQ(deny(childs + name_covered + wildcard), Security::bogus);
  auto moved = world.nsec3_at("c.z.test.", "z.test.", plain, "NS SOA RRSIG", {.zone = name("z.test.")});
  EXPECT_EQ(deny(moved + name_covered + wildcard), Security::bogus) << "two labels below, though by the right key";
}

// Proves C-9276-3.1, C-5155-8.4
TEST(Denial, ByNsec3TellsIterationsAndSalt) {
  World world;
  const auto chain_with = [&](const std::string& head) {
    world.reply("w.z.test.", RRType::a, {},
                world.soa("z.test.") + world.nsec3_at("z.test.", "z.test.", head, "NS SOA RRSIG") +
                    world.nsec3_over("z.test.", "w.z.test.", head) + world.nsec3_over("z.test.", "*.z.test.", head),
                dns::Rcode::nxdomain);
    return world.judge("w.z.test.", RRType::a);
  };
  const auto plain = chain_with("1 0 0 -"), some = chain_with("1 0 3 -"), salted = chain_with("1 0 0 aabb");
  EXPECT_EQ(plain.verdict, Security::secure);
  EXPECT_FALSE(has(plain, "nsec3-iterations-nonzero") || has(plain, "nsec3-salt-present"));
  EXPECT_EQ(some.verdict, Security::secure);
  EXPECT_TRUE(has(some, "nsec3-iterations-nonzero"));
  EXPECT_EQ(salted.verdict, Security::secure);
  EXPECT_TRUE(has(salted, "nsec3-salt-present"));
}

// Proves L-names, S-2, S-6b
TEST(Names, LongAndDeepOnesAreJudgedLikeOthers) {
  World world;
  std::string deep;
  for (int i = 0; i < 20; ++i) deep += "l" + std::to_string(i) + ".";
  deep += "z.test.";
  world.reply(deep, RRType::a, world.sign(deep + " 300 A 192.0.2.1"));
  EXPECT_EQ(verdict_of(world, deep), Security::secure) << "20 levels below the zone";
  world.reply(deep, RRType::a, world.sign(deep + " 300 A 192.0.2.1", {.octets = Stamp::Octets::broken}));
  EXPECT_EQ(verdict_of(world, deep), Security::bogus);

  // 255 octets: z.test. has 8, three labels of 64 make 200, one of 55 makes the rest.
  const std::string l(63, 'x');
  const std::string longest = std::string(54, 'y') + "." + l + "." + l + "." + l + ".z.test.";
  ASSERT_EQ(name(longest).size(), dns::Name::max_octets);
  world.reply(longest, RRType::a, world.sign(longest + " 300 A 192.0.2.1"));
  EXPECT_EQ(verdict_of(world, longest), Security::secure);
  world.reply(longest, RRType::a, World::plain(longest + " 300 A 192.0.2.1"));
  EXPECT_EQ(verdict_of(world, longest), Security::bogus);

  for (const std::string_view zone : {"arpa.", "ip6.arpa.", "8.b.d.0.1.0.0.2.ip6.arpa."}) world.add(zone);
  std::string reverse = "1";
  for (int i = 0; i < 23; ++i) reverse += ".0";
  reverse += ".8.b.d.0.1.0.0.2.ip6.arpa.";
  ASSERT_EQ(name(reverse).labels(), 34U);
  world.reply(reverse, RRType::ptr, world.sign(reverse + " 300 PTR www.z.test."));
  EXPECT_EQ(verdict_of(world, reverse, RRType::ptr), Security::secure);
}

// Proves C-4035-3.1.4.1, S-1
TEST(DsAtAnApex, IsAnsweredByTheParent) {
  World world;
  EXPECT_EQ(verdict_of(world, "z.test.", RRType::ds), Security::secure);
  world.reply("z.test.", RRType::ds, world.sign(Records{world.zone("z.test.").ds()}, {.zone = name("z.test.")}));
  EXPECT_EQ(verdict_of(world, "z.test.", RRType::ds), Security::bogus) << "by the child's key";
  world.reply(".", RRType::ds, {}, world.soa(".") + world.sign(". 300 NSEC test. NS SOA RRSIG NSEC DNSKEY"));
  EXPECT_EQ(verdict_of(world, ".", RRType::ds), Security::secure) << "the root has none, and says so itself";
}

// Proves S-4
TEST(Forwarder, ThatStripsSignaturesProvesNothing) {
  World world;
  world.reply(".", RRType::dnskey, world.zone(".").key_set());
  const auto chain = world.judge("www.z.test.", RRType::a);
  EXPECT_EQ(chain.verdict, Security::indeterminate);
  EXPECT_TRUE(has(chain, "forwarder-strips-dnssec"));
}

// Proves C-6975, CVE-2026-41292, CVE-2026-42944, C-8914
TEST(EdnsOptions, NeitherSentNorTrusted) {
  dns::Ask ask;
  ask.name = name("www.z.test.");
  ask.type = RRType::a;
  const auto query = dns::decode(resolver::query_octets(ask, 7));
  ASSERT_TRUE(query && query->edns);
  EXPECT_TRUE(query->edns->options.empty()) << "no DAU, DHU, N3U, nor anything else";

  dns::Message flood;
  flood.qr = true;
  flood.questions = {{ask.name, ask.type, dns::RRClass::in}};
  flood.answer = World().sign("www.z.test. 300 A 192.0.2.1");
  dns::Edns edns{1232, 0, dns::Edns::do_flag, {}};
  for (std::uint16_t i = 0; i < 15'000; ++i)
    edns.options.push_back({std::array<std::uint16_t, 6>{3, 10, 12, 5, 6, 15}[i % 6], {}});  // NSID, cookie, padding …
  flood.edns = edns;
  const auto octets = dns::encode(flood);
  ASSERT_LT(octets.size(), 65536U);
  const auto heard = dns::decode(octets);
  ASSERT_TRUE(heard && heard->edns);
  EXPECT_EQ(heard->edns->options.size(), 15'000U);
  EXPECT_EQ(heard->answer, flood.answer) << "the records are what they would be without";
  EXPECT_TRUE(heard->extended_errors().empty()) << "an option too short for its code says nothing";
}

}  // namespace
}  // namespace signed_world
