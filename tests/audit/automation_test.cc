// What zones and parents tell each other (CSYNC, _dsboot, DSYNC), and anchors against the keys of their zone, each
// planted alone in a sound tree.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/audit/served.h"

namespace served {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using validator::Security;

void forget_ds(Tree& tree) {
  tree.zone("test.").before = [](Records& records) {
    std::erase_if(records, [](const Record& r) { return r.type == RRType::ds && r.owner == name("z.test."); });
  };
}

validator::Chain with_csync(std::string_view data) {
  Tree tree;
  tree.zone("z.test.").data += "z.test. 300 CSYNC " + std::string(data) + "\n";
  return tree.judge();
}

// The example of RFC 7477 §2.1.2 has flags 3 and the types A NS AAAA; the serial here is 1.
TEST(Csync, PresentAndUsable) {
  const auto chain = with_csync("1 3 A NS AAAA");
  EXPECT_THAT(sentences(chain, "csync-present"), ElementsAre(AllOf(HasSubstr("A, NS, AAAA"), HasSubstr("flags 3"))));
  EXPECT_THAT(sentences(chain, "csync-unusable"), IsEmpty());
}

TEST(Csync, Unusable) {
  const auto why = [](const validator::Chain& chain) {
    EXPECT_THAT(sentences(chain, "csync-present"), IsEmpty());
    return sentences(chain, "csync-unusable");
  };
  EXPECT_THAT(why(with_csync("1 1 A MX")), ElementsAre(HasSubstr("names types")));
  EXPECT_THAT(why(with_csync("2 3 NS")), ElementsAre(HasSubstr("serial")));
  EXPECT_THAT(sentences(with_csync("2 1 NS"), "csync-unusable"), IsEmpty()) << "soaminimum is not set";
  Tree insecure;
  insecure.zone("z.test.").data += "z.test. 300 CSYNC 1 1 NS\n";
  forget_ds(insecure);
  EXPECT_THAT(why(insecure.judge()), ElementsAre(HasSubstr("not signed")));
  Tree two;
  two.zone("test.").data += "z.test. 3600 NS ns2.z.test.\nns2.z.test. 3600 A 192.0.2.13\n";
  auto& second = two.add("z.test.", 13);
  second.data = two.zone("z.test.").data;
  second.keys = two.zone("z.test.").keys;
  two.zone("z.test.").data += "z.test. 300 CSYNC 1 1 NS\n";
  EXPECT_THAT(why(two.judge()), ElementsAre(HasSubstr("between servers")));
}

TEST(Dsync, OfTheChildAndOfAllChildren) {
  Tree own;
  own.zone("test.").data += "z._dsync.test. 300 DSYNC CDS NOTIFY 5359 scanner.test.\n";
  EXPECT_THAT(sentences(own.judge(), "dsync-present"),
              ElementsAre(AllOf(HasSubstr("scanner.test."), HasSubstr("NOTIFY for CDS, port 5359"))));
  Tree wildcard;
  wildcard.zone("test.").data += "*._dsync.test. 300 DSYNC CSYNC NOTIFY 53 all.test.\n";
  EXPECT_THAT(sentences(wildcard.judge(), "dsync-present"), ElementsAre(HasSubstr("NOTIFY for CSYNC, port 53")));
  EXPECT_EQ(wildcard.judge().verdict, Security::secure);
}

TEST(Dsync, UnsignedInASignedParentIsNotBelieved) {
  Tree tree;
  tree.zone("test.").data += "z._dsync.test. 300 DSYNC CDS NOTIFY 5359 scanner.test.\n";
  auto evidence = tree.evidence();
  change(evidence, "z._dsync.test.", RRType::dsync,
         [](dns::Message& m) { std::erase_if(m.answer, [](const Record& r) { return r.type == RRType::rrsig; }); });
  EXPECT_THAT(sentences(tree.judge(evidence), "dsync-present"), IsEmpty());
}

// z.test., without DS, served by ns.sibling.test. alone; its CDS stands at the apex, and where a test says so.
struct Unsigned : Tree {
  Unsigned() {
    for (const char* each : {"test.", "z.test."}) {
      auto& data = zone(each).data;
      const std::string own = "z.test. 3600 NS ns.z.test.\n", other = "z.test. 3600 NS ns.sibling.test.\n";
      data.replace(data.find(own), own.size(), other);
    }
    host("z.test.", 4);
    forget_ds(*this);
    const auto ds = zone("z.test.").ds();
    cds = ds.substr(ds.find(" DS ") + 4);
    zone("z.test.").data += "z.test. 300 CDS " + cds;
  }
  std::string cds;
  static constexpr std::string_view signal = "_dsboot.z.test._signal.ns.sibling.test. 300 CDS ";
};

TEST(Bootstrap, EveryOutsideServerVouches) {
  Unsigned tree;
  tree.zone("sibling.test.").data += std::string(tree.signal) + tree.cds;
  const auto chain = tree.judge();
  EXPECT_EQ(chain.verdict, Security::insecure);
  EXPECT_THAT(sentences(chain, "bootstrap-signal-present"), ElementsAre(HasSubstr("all 1 outside")));
  EXPECT_THAT(sentences(chain, "bootstrap-signal-unusable"), IsEmpty());
  for (const auto& zone : chain.zones) EXPECT_NE(zone.name, name("sibling.test.")) << "the answer does not rest on it";
}

TEST(Bootstrap, WithoutAnySignalNothingIsPromised) {
  const auto chain = Unsigned().judge();
  EXPECT_THAT(sentences(chain, "bootstrap-signal-present"), IsEmpty());
  EXPECT_THAT(sentences(chain, "bootstrap-signal-unusable"), IsEmpty());
}

TEST(Bootstrap, Unusable) {
  const auto why = [](const Tree& tree) { return sentences(tree.judge(), "bootstrap-signal-unusable"); };
  Unsigned differs;
  differs.zone("sibling.test.").data += std::string(differs.signal) + "1 13 2 " + std::string(64, 'A') + "\n";
  EXPECT_THAT(why(differs), ElementsAre(HasSubstr("differs from the copy at the apex")));
  Unsigned insecure;
  insecure.zone("sibling.test.").data += std::string(insecure.signal) + insecure.cds;
  insecure.zone("test.").before = [](Records& records) {
    std::erase_if(records, [](const Record& r) { return r.type == RRType::ds; });
  };
  EXPECT_THAT(why(insecure), ElementsAre(HasSubstr("not secure")));
  Unsigned missing;  // one more server, outside too, that vouches for nothing
  missing.zone("sibling.test.").data +=
      std::string(missing.signal) + missing.cds + "ns2.sibling.test. 300 A 192.0.2.4\n";
  for (const char* each : {"test.", "z.test."}) missing.zone(each).data += "z.test. 3600 NS ns2.sibling.test.\n";
  EXPECT_THAT(why(missing), ElementsAre(AllOf(HasSubstr("under ns2.sibling.test."), HasSubstr("it is missing"))));
}

Key entry_key() { return signed_world::make_key(dns::Algorithm::ecdsap256sha256, 257); }

TEST(Anchor, Outdated) {
  Tree tree;
  tree.zone(".").keys.push_back(entry_key());
  const auto tag = std::to_string(tree.zone(".").keys[2].dnskey.tag());
  const auto chain = tree.judge();
  EXPECT_EQ(chain.verdict, Security::secure);
  EXPECT_THAT(sentences(chain, "anchor-outdated"), ElementsAre(HasSubstr(tag)));
  EXPECT_THAT(sentences(chain, "root-key-roll"), ElementsAre(HasSubstr("published and does not sign yet")));
  EXPECT_THAT(sentences(Tree().judge(), "root-key-roll"), IsEmpty());
}

TEST(Anchor, Revoked) {
  Tree tree;
  tree.zone(".").keys.push_back(entry_key());
  tree.zone(".").keys[0].dnskey.flags |= dns::Dnskey::revoke_flag;
  tree.zone(".").key_signers = {0, 2};
  const auto alone = tree.judge();
  EXPECT_NE(alone.verdict, Security::secure);
  EXPECT_THAT(causes(alone), ElementsAre("anchor-revoked"));
  EXPECT_THAT(sentences(alone, "root-key-roll"), ElementsAre(HasSubstr("being revoked")));
  const auto ds = signed_world::Zone{name("."), tree.zone(".").keys}.ds(dns::Digest::sha256, 2);
  tree.anchors.anchors.push_back({name("."), dns::read_ds(ds.rdata).value(), "the test", "", {}, {}});
  const auto with_new = tree.judge();
  EXPECT_EQ(with_new.verdict, Security::secure);
  EXPECT_THAT(sentences(with_new, "anchor-revoked"), ElementsAre(HasSubstr("revoked by its owner")));
  EXPECT_THAT(sentences(with_new, "anchor-outdated"), IsEmpty());
  tree.zone(".").key_signers = {2};
  EXPECT_THAT(sentences(tree.judge(), "anchor-revoked"), IsEmpty()) << "not signed by itself: void (RFC 5011 §2.1)";
}

TEST(Anchor, Pending) {
  Tree tree;
  tree.zone(".").keys.push_back(entry_key());
  const auto ds = signed_world::Zone{name("."), tree.zone(".").keys}.ds(dns::Digest::sha256, 2);
  trustanchor::Anchor anchor{name("."), dns::read_ds(ds.rdata).value(), "the test", "", {}, {}};
  anchor.state = trustanchor::Anchor::State::add_pend;
  anchor.pending_since = Tree::now - std::chrono::days{10};
  tree.anchors.anchors.push_back(anchor);
  const auto chain = tree.judge();
  const auto until = dns::print_rfc3339(Tree::now + std::chrono::days{20});  // 30 days in all (RFC 5011 §2.4.1)
  EXPECT_THAT(sentences(chain, "anchor-pending"), ElementsAre(HasSubstr("from " + until)));
  EXPECT_THAT(sentences(chain, "anchor-outdated"), IsEmpty());
}

}  // namespace
}  // namespace served
