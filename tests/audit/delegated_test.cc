// Delegations, keys and providers that are not as they should be, each planted alone in a sound tree.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/audit/served.h"

namespace served {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using validator::Security;

void forget(Copy& copy, std::string_view owner) {
  copy.before = [at = name(owner)](Records& records) {
    std::erase_if(records, [&](const Record& record) { return record.owner.is_at_or_below(at); });
  };
}

// z.test. is served by the servers of test., and test. knows nothing of it.
TEST(DelegationAbsent, ServedAndNotDelegated) {
  Tree tree;
  tree.unhost("z.test.");
  tree.host("z.test.", 2);
  EXPECT_THAT(slugs(tree.judge()), testing::Not(Contains("delegation-absent"))) << "served by both, and delegated";
  forget(tree.zone("test."), "z.test.");
  const auto chain = tree.judge();
  EXPECT_EQ(chain.verdict, Security::bogus);
  EXPECT_THAT(causes(chain), ElementsAre("delegation-absent"));
  EXPECT_THAT(sentences(chain, "delegation-absent"), ElementsAre(HasSubstr("z.test.")));
  EXPECT_EQ(chain.blame, (validator::Blame{name("z.test."), validator::Party::registrar}));
}

TEST(DelegationAbsent, TheNameExistsAndIsNotDelegated) {
  Tree tree;
  tree.unhost("z.test.");
  tree.host("z.test.", 2);
  forget(tree.zone("test."), "z.test.");
  tree.zone("test.").data += "z.test. 300 TXT \"moved\"\n";
  tree.zone("test.").before = [](Records& records) {
    std::erase_if(records, [](const Record& record) {
      return record.owner.is_at_or_below(name("z.test.")) && record.type != RRType::txt;
    });
  };
  EXPECT_THAT(causes(tree.judge()), ElementsAre("delegation-absent"));
}

TEST(DelegationAbsent, BelowAnInsecureZone) {
  Tree tree;
  tree.unhost("z.test.");
  tree.host("z.test.", 2);
  tree.zone("z.test.").signing = tree.zone("test.").signing = Copy::Signing::no;
  tree.zone(".").before = [](Records& records) {
    std::erase_if(records, [](const Record& record) { return record.type == RRType::ds; });
  };
  EXPECT_THAT(slugs(tree.judge()), testing::Not(Contains("delegation-absent"))) << "an unsigned child, delegated";
  forget(tree.zone("test."), "z.test.");
  const auto chain = tree.judge();
  EXPECT_EQ(chain.verdict, Security::insecure);
  EXPECT_THAT(slugs(chain), Contains("delegation-absent"));
}

// z.test. has one name server more, whose name is not its own.
validator::Chain with_server(std::string_view ns, std::string_view at_sibling = "") {
  Tree tree;
  tree.zone("test.").data += "z.test. 3600 NS " + std::string(ns) + "\n";
  tree.zone("z.test.").data += "z.test. 3600 NS " + std::string(ns) + "\n";
  tree.zone("sibling.test.").data += at_sibling;
  return tree.judge();
}

TEST(NsWithoutAddress, EachReason) {
  const auto reason = [](const validator::Chain& chain) { return sentences(chain, "ns-without-address"); };
  EXPECT_THAT(reason(with_server("ns2.sibling.test.", "ns2.sibling.test. 300 A 192.0.2.3\n")), IsEmpty());
  EXPECT_THAT(reason(with_server("ns2.sibling.test.", "ns2.sibling.test. 300 AAAA 2001:db8::1\n")), IsEmpty());
  const auto absent = with_server("ns2.sibling.test.");
  EXPECT_EQ(absent.verdict, Security::secure);
  EXPECT_THAT(reason(absent), ElementsAre(AllOf(HasSubstr("ns2.sibling.test. of z.test."), HasSubstr("not exist"))));
  EXPECT_THAT(causes(absent), ElementsAre("ns-without-address"));
  EXPECT_THAT(reason(with_server("ns2.sibling.test.", "ns2.sibling.test. 300 TXT x\n")),
              ElementsAre(HasSubstr("no address")));
  EXPECT_THAT(reason(with_server("ns2.sibling.test.", "ns2.sibling.test. 300 CNAME ns.sibling.test.\n")),
              ElementsAre(HasSubstr("alias")));
}

TEST(NsWithoutAddress, TheOnlyServerHasNone) {
  Tree tree;
  for (const char* zone : {"test.", "z.test."})
    tree.zone(zone).before = [](Records& records) {
      for (Record& record : records)
        if (record.type == RRType::ns && record.owner == name("z.test.")) {
          const Name ns = name("gone.sibling.test.");
          record.rdata = {ns.wire().begin(), ns.wire().end()};
        }
    };
  const auto chain = tree.judge();
  EXPECT_EQ(chain.verdict, Security::indeterminate);
  EXPECT_THAT(causes(chain), ElementsAre("ns-without-address"));
}

TEST(Glue, OtherThanTheChildsOwn) {
  Tree tree;
  tree.zone("test.").before = [](Records& records) {
    for (Record& record : records)
      if (record.owner == name("ns.z.test.")) record.rdata.back() = 13;
  };
  tree.host("z.test.", 13);
  const auto chain = tree.judge();
  EXPECT_EQ(chain.verdict, Security::secure);
  EXPECT_THAT(sentences(chain, "glue-differs"),
              ElementsAre(AllOf(HasSubstr("missing at the parent: ns.z.test. 192.0.2.3"),
                                HasSubstr("only there: ns.z.test. 192.0.2.13"))));
}

TEST(Ds, AtANameThatIsNotDelegated) {
  Tree tree;
  auto& zone = tree.zone("z.test.");
  zone.data += "www.z.test. 300 DS 12345 13 2 " + std::string(64, 'A') + "\n";
  const auto chain = tree.judge("www.z.test.", RRType::txt);
  EXPECT_EQ(chain.verdict, Security::secure);
  EXPECT_THAT(sentences(chain, "ds-misplaced"), ElementsAre(HasSubstr("a DS without a delegation at www.z.test.")));
}

TEST(Ds, AtTheChildsOwnApex) {
  Tree tree;
  tree.zone("z.test.").data += "z.test. 300 DS 12345 13 2 " + std::string(64, 'A') + "\n";
  const auto chain = tree.judge();
  EXPECT_EQ(chain.verdict, Security::secure);
  EXPECT_THAT(sentences(chain, "ds-misplaced"), ElementsAre(HasSubstr("in the child's own apex at z.test.")));
}

TEST(Cds, BelowTheApex) {
  Tree tree;
  tree.zone("z.test.").data += "www.z.test. 300 CDS 12345 13 2 " + std::string(64, 'A') + "\n";
  EXPECT_THAT(sentences(tree.judge("www.z.test.", RRType::txt), "ds-misplaced"),
              ElementsAre(HasSubstr("below the apex at www.z.test.")));
}

TEST(Key, BelowTheApex) {
  Tree tree;
  tree.zone("z.test.").data += "www.z.test. 300 DNSKEY 257 3 13 " + std::string(86, 'A') + "==\n";
  const auto chain = tree.judge("www.z.test.", RRType::txt);
  EXPECT_EQ(chain.verdict, Security::secure);
  EXPECT_THAT(sentences(chain, "key-below-apex"),
              ElementsAre(HasSubstr("DNSKEY at www.z.test., below the apex of z.test.")));
}

TEST(ZskMissing, OnlyTheKeySetIsSigned) {
  Tree tree;
  tree.zone("z.test.").data_signers.clear();
  const auto chain = tree.judge();
  EXPECT_NE(chain.verdict, Security::secure);
  EXPECT_THAT(causes(chain), ElementsAre("zsk-missing"));
  EXPECT_THAT(consequences(chain, "zsk-missing"), Contains("signature-missing"));
  EXPECT_EQ(chain.blame, (validator::Blame{name("z.test."), validator::Party::child}));
}

TEST(ZskMissing, OneSetWithoutSignatureIsItsOwnCause) {
  Tree tree;
  tree.zone("z.test.").after = [](Records& records) {
    std::erase_if(records, [](const Record& record) {
      return record.owner == name("www.z.test.") && record.type == RRType::rrsig;
    });
  };
  const auto chain = tree.judge();
  EXPECT_NE(chain.verdict, Security::secure);
  EXPECT_THAT(causes(chain), ElementsAre("signature-missing"));
}

// z.test. with two providers: a second copy at 192.0.2.13, with keys of its own unless a test shares them.
struct TwoProviders : Tree {
  TwoProviders() {
    const std::string more = "z.test. 3600 NS ns2.z.test.\nns2.z.test. 3600 A 192.0.2.13\n";
    zone("z.test.").data += more;
    zone("test.").data += more;
    add("z.test.", 13).data = zone("z.test.").data;
    zone("test.").data += second().ds();
  }
  Copy& first() { return zone("z.test.", 0); }
  Copy& second() { return zone("z.test.", 1); }
  void share(std::size_t key) {
    first().published_besides.push_back(second().keys[key].dnskey);
    second().published_besides.push_back(first().keys[key].dnskey);
  }
};

TEST(MultiSigner, KeysNotShared) {
  TwoProviders tree;
  const auto chain = tree.judge();
  EXPECT_THAT(sentences(chain, "multi-signer-keys-not-shared"),
              ElementsAre(AllOf(HasSubstr(std::to_string(tree.first().keys[1].dnskey.tag())),
                                HasSubstr(std::to_string(tree.second().keys[1].dnskey.tag())))));
  EXPECT_THAT(sentences(chain, "multi-signer-present"), IsEmpty());
  EXPECT_THAT(causes(chain), ElementsAre("multi-signer-keys-not-shared"));
  EXPECT_THAT(consequences(chain, "multi-signer-keys-not-shared"), Contains("key-missing-on-servers"));
}

// RFC 8901 §2.1.2: each its own KSK, and all ZSKs in both sets.
TEST(MultiSigner, OwnKsk) {
  TwoProviders tree;
  tree.share(0);
  tree.share(1);
  const auto chain = tree.judge();
  EXPECT_EQ(chain.verdict, Security::secure);
  EXPECT_THAT(sentences(chain, "multi-signer-present"), ElementsAre(HasSubstr("model 2")));
  EXPECT_THAT(sentences(chain, "multi-signer-keys-not-shared"), IsEmpty());
  EXPECT_THAT(causes(chain), IsEmpty());
}

// RFC 8901 §2.1.1: one KSK, whose owner signs both sets.
TEST(MultiSigner, SharedKsk) {
  TwoProviders tree;
  tree.share(1);
  tree.second().keys[0] = tree.first().keys[0];
  const auto chain = tree.judge();
  EXPECT_EQ(chain.verdict, Security::secure);
  EXPECT_THAT(sentences(chain, "multi-signer-present"), ElementsAre(HasSubstr("model 1")));
  EXPECT_THAT(sentences(chain, "multi-signer-keys-not-shared"), IsEmpty());
}

TEST(MultiSigner, TwoServersOfOneSignerAreNone) {
  TwoProviders tree;
  tree.second().keys = tree.first().keys;
  const auto chain = tree.judge();
  EXPECT_THAT(sentences(chain, "multi-signer-present"), IsEmpty());
  EXPECT_THAT(sentences(chain, "multi-signer-keys-not-shared"), IsEmpty());
}

}  // namespace
}  // namespace served
