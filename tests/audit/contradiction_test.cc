// Zones whose servers contradict their own proofs or pad them, each planted alone in a sound tree.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/audit/served.h"

namespace served {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using validator::Security;

// What the tree shows while nothing is planted: two facts, no fault. So none of the rows of these tests is raised in
// it.
TEST(Sound, ATreeWithoutFaultHasNoCauseAndNoError) {
  const auto chain = Tree().judge();
  EXPECT_EQ(chain.verdict, Security::secure);
  EXPECT_THAT(causes(chain), IsEmpty());
  EXPECT_THAT(slugs(chain), testing::UnorderedElementsAre("zone-walkable", "signatures-expire-together"));
}

void change_nsec(Records& records, std::string_view owner, const std::function<void(dns::Nsec&)>& how) {
  for (Record& record : records) {
    if (record.type != RRType::nsec || !(record.owner == name(owner))) continue;
    auto nsec = dns::read_nsec(record.rdata).value();
    how(nsec);
    record.rdata = dns::write(nsec);
  }
}

// The made-up name lies between ns. and www., so the server sends the record of ns., which says that nothing follows
// it.
TEST(ExistingName, DeniedByTheServerThatHasIt) {
  Tree tree;
  tree.zone("z.test.").unsigned_yet = [](Records& records) {
    change_nsec(records, "ns.z.test.", [](dns::Nsec& nsec) { nsec.next = name("z.test."); });
  };
  const auto chain = tree.judge();
  EXPECT_EQ(chain.verdict, Security::secure);
  EXPECT_THAT(sentences(chain, "existing-name-denied"), ElementsAre(HasSubstr("covers www.z.test.,")));
  EXPECT_THAT(causes(chain), ElementsAre("existing-name-denied"));
}

TEST(ExistingName, ARecordThatNobodySignedIsNoProof) {
  Tree tree;
  tree.zone("z.test.").after = [](Records& records) {
    change_nsec(records, "ns.z.test.", [](dns::Nsec& nsec) { nsec.next = name("z.test."); });
  };
  EXPECT_THAT(sentences(tree.judge(), "existing-name-denied"), IsEmpty());
}

// The list of the apex is sent with the answer for a type that nobody has.
TEST(Bitmap, OmitsTypesThatTheServerServes) {
  Tree tree;
  tree.zone("z.test.").unsigned_yet = [](Records& records) {
    change_nsec(records, "z.test.", [](dns::Nsec& nsec) { std::erase(nsec.types.types, RRType::ns); });
  };
  const auto chain = tree.judge();
  EXPECT_EQ(chain.verdict, Security::secure);
  EXPECT_THAT(sentences(chain, "bitmap-contradicts-data"),
              ElementsAre(HasSubstr("z.test. omits types that exist: NS")));
}

TEST(Nxdomain, AboveANameThatTheServerServes) {
  Tree tree;
  tree.zone("z.test.").data += "host.empty.z.test. 300 A 192.0.2.81\n";
  auto evidence = tree.evidence("host.empty.z.test.");
  EXPECT_THAT(sentences(tree.judge(evidence), "nxdomain-above-names"), IsEmpty());
  change(evidence, "empty.z.test.", RRType::a, [](dns::Message& m) { m.rcode = dns::Rcode::nxdomain; });
  const auto chain = tree.judge(evidence);
  EXPECT_EQ(chain.verdict, Security::secure);
  EXPECT_THAT(sentences(chain, "nxdomain-above-names"),
              ElementsAre(HasSubstr("above host.empty.z.test., though that is an existing name without data")));
}

// In an insecure zone nothing is said of proofs (findings.md §1, raising rule 5).
TEST(Nxdomain, InAnInsecureZoneIsNotSpokenOf) {
  Tree tree;
  tree.zone("z.test.").signing = Copy::Signing::no;
  tree.zone("z.test.").data += "host.empty.z.test. 300 A 192.0.2.81\n";
  tree.zone("test.").before = [](Records& records) {
    std::erase_if(records, [](const Record& r) { return r.type == RRType::ds && r.owner == name("z.test."); });
  };
  auto evidence = tree.evidence("host.empty.z.test.");
  change(evidence, "empty.z.test.", RRType::a, [](dns::Message& m) { m.rcode = dns::Rcode::nxdomain; });
  const auto chain = tree.judge(evidence);
  EXPECT_EQ(chain.verdict, Security::insecure);
  EXPECT_THAT(sentences(chain, "nxdomain-above-names"), IsEmpty());
}

// Three records are the most that a proof needs (RFC 5155 §7.2.6), one signature for each key (two here) all that a set
// can have; twice as much is let pass.
TEST(AnswerPadded, WithDenialRecords) {
  const auto with = [](int records) {
    Tree tree;
    auto evidence = tree.evidence();
    change(evidence, "vqkx7.z.test.", RRType::a, [&](dns::Message& m) {
      std::erase_if(m.authority, [](const Record& r) { return r.type == RRType::nsec; });
      for (int i = 0; i < records; ++i) {
        const dns::Nsec nsec{name("z.test."), {{RRType::a}, {}}};
        m.authority.push_back(
            {name("n" + std::to_string(i) + ".z.test."), RRType::nsec, dns::RRClass::in, 300, dns::write(nsec), {}});
      }
    });
    return sentences(tree.judge(evidence), "answer-padded");
  };
  EXPECT_THAT(with(6), IsEmpty());
  EXPECT_THAT(with(7), ElementsAre(HasSubstr("holds 7 denial records")));
}

TEST(AnswerPadded, WithSignatures) {
  const auto with = [](int more) {
    Tree tree;
    auto evidence = tree.evidence();
    change(evidence, "www.z.test.", RRType::a, [&](dns::Message& m) {
      const auto found = std::ranges::find(m.answer, RRType::rrsig, &Record::type);
      if (found == m.answer.end()) return;
      const Record first = *found;
      for (int i = 0; i < more; ++i) {
        Record record = first;
        record.rdata.back() = static_cast<std::uint8_t>(record.rdata.back() + i + 1);
        m.answer.push_back(record);
      }
    });
    return sentences(tree.judge(evidence), "answer-padded");
  };
  EXPECT_THAT(with(3), IsEmpty());
  EXPECT_THAT(with(4), ElementsAre(HasSubstr("holds 5 ")));
}

}  // namespace
}  // namespace served
