// The audit's findings, each planted alone in a recorded chain that has none of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/audit/planted.h"

namespace planted {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using validator::Security;

constexpr const char *com = "com.", *zone = "yourdomainhere.com.", *www = "www.yourdomainhere.com.";

std::vector<std::string> found(const Recorded& recorded, std::string_view slug) {
  const Recorded unchanged;
  EXPECT_THAT(sentences(unchanged.judge(), slug), IsEmpty()) << "before anything was planted";
  return sentences(recorded.judge(), slug);
}

dns::Record txt(std::string_view owner, dns::RRClass rrclass = dns::RRClass::in) {
  return {name(owner), RRType::txt, rrclass, 60, {1, 'x'}, {}};
}

dns::Record signature(std::string_view owner, RRType covered, std::string_view signer) {
  const dns::Rrsig rrsig{covered, dns::Algorithm::ecdsap256sha256, 2, 60, {1}, {0}, 1, name(signer), dns::Bytes(64)};
  return {name(owner), RRType::rrsig, dns::RRClass::in, 60, dns::write(rrsig), {}};
}

TEST(AaFlagWrong, MissingOnOneAnswer) {
  Recorded recorded;
  recorded.change(zone, www, RRType::a, [](Message& m) { m.aa = false; });
  EXPECT_THAT(found(recorded, "aa-flag-wrong"), ElementsAre(HasSubstr("A")));
}

TEST(AaFlagWrong, SetOnAReferral) {
  Recorded recorded;
  recorded.change(com, www, RRType::a, [](Message& m) { m.aa = true; });
  EXPECT_THAT(found(recorded, "aa-flag-wrong"), SizeIs(1));
  EXPECT_THAT(sentences(recorded.judge(), "key-unused"), IsEmpty())
      << "com.'s ZSK was not seen at work, and that is all";
}

TEST(QueryCase, NotEchoed) {
  Recorded recorded;
  recorded.change(zone, www, RRType::a, [](Message& m) { m.questions[0].name = name("WWW.yourdomainhere.com."); });
  EXPECT_THAT(found(recorded, "query-case-not-echoed"), SizeIs(1));
  EXPECT_EQ(recorded.judge().verdict, Security::secure);
}

TEST(ForeignClass, InEachSection) {
  Recorded recorded;
  recorded.change(zone, www, RRType::a, [](Message& m) {
    m.additional.push_back(txt("version.bind.", dns::RRClass{3}));
    m.answer.push_back(txt(www, dns::RRClass{3}));
  });
  EXPECT_THAT(found(recorded, "foreign-class-data"),
              testing::UnorderedElementsAre(HasSubstr("answer"), HasSubstr("additional")));
}

TEST(EdnsIrregular, EachWay) {
  Recorded no_opt;
  no_opt.change(zone, www, RRType::a, [](Message& m) { m.edns.reset(); });
  EXPECT_THAT(found(no_opt, "edns-irregular"), SizeIs(1));
  Recorded version;
  version.change(zone, www, RRType::a, [](Message& m) { m.edns->version = 1; });
  EXPECT_THAT(found(version, "edns-irregular"), SizeIs(1));
  Recorded flags;
  flags.change(zone, www, RRType::a, [](Message& m) { m.edns->flags |= 0x4000; });
  EXPECT_THAT(found(flags, "edns-irregular"), SizeIs(1));
  Recorded unasked;
  for (Exchange& exchange : unasked.evidence.exchanges)
    if (exchange.ask.name == name(www)) {
      Exchange plain = exchange;
      plain.ask.manner.extension = dns::Manner::Extension::none;
      unasked.evidence.exchanges.push_back(plain);
      break;
    }
  EXPECT_THAT(found(unasked, "edns-irregular"), SizeIs(1));
}

TEST(ServerLosesDnssec, FailsOnEdnsAndAnswersWithout) {
  Recorded recorded;
  std::vector<Exchange> without;
  for (Exchange* exchange : recorded.second_server(zone)) {
    without.push_back(*exchange);
    without.back().ask.manner.extension = dns::Manner::Extension::none;
    change(without.back(), [](Message& m) { m.edns.reset(); });
    change(*exchange, [](Message& m) {
      m.rcode = dns::Rcode::formerr;
      m.answer.clear(), m.authority.clear(), m.additional.clear(), m.edns.reset();
    });
  }
  std::ranges::move(without, std::back_inserter(recorded.evidence.exchanges));
  EXPECT_THAT(found(recorded, "server-loses-dnssec"), ElementsAre(HasSubstr("asked with EDNS, it returns an error")));
}

TEST(ServerLosesDnssec, IgnoresEdns) {
  Recorded recorded;
  for (Exchange* exchange : recorded.second_server(zone))
    change(*exchange, [](Message& m) {
      m.edns.reset();
      for (auto* section : {&m.answer, &m.authority})
        std::erase_if(*section, [](const dns::Record& record) { return record.type == RRType::rrsig; });
    });
  EXPECT_THAT(found(recorded, "server-loses-dnssec"), ElementsAre(HasSubstr("it ignores that")));
}

TEST(AnswerNeedsTcp, WhenUdpIsCutShort) {
  Recorded recorded;
  for (std::size_t i = 0; i < recorded.evidence.exchanges.size(); ++i) {
    Exchange& exchange = recorded.evidence.exchanges[i];
    if (!(exchange.ask.name == name(zone)) || exchange.ask.type != RRType::dnskey) continue;
    Exchange by_tcp = exchange;
    by_tcp.ask.manner.transport = dns::Manner::Transport::tcp;
    change(exchange, [](Message& m) { m.tc = true, m.answer.clear(); });
    recorded.evidence.exchanges.push_back(std::move(by_tcp));
    break;
  }
  EXPECT_THAT(found(recorded, "answer-needs-tcp"), ElementsAre(HasSubstr("DNSKEY")));
  EXPECT_EQ(recorded.judge().verdict, Security::secure);
}

TEST(DataDiffers, AtTheSameSerial) {
  Recorded recorded;
  for (Exchange* exchange : recorded.second_server(zone))
    if (exchange->ask.name == name(www))
      change(*exchange, [](Message& m) { m.answer.front().rdata = {192, 0, 2, 99}; });
  EXPECT_THAT(found(recorded, "data-differs-at-same-serial"), ElementsAre(HasSubstr(" A ")));
  Recorded equal;
  equal.second_server(zone);
  EXPECT_THAT(found(equal, "data-differs-at-same-serial"), IsEmpty());
}

TEST(Alias, WithOtherData) {
  Recorded recorded;
  recorded.change(zone, www, RRType::a, [](Message& m) {
    m.answer.push_back({name(www), RRType::cname, dns::RRClass::in, 60, dns::Bytes{1, 'x', 0}, {}});
  });
  EXPECT_THAT(found(recorded, "alias-with-other-data"), ElementsAre(HasSubstr("A")));
}

TEST(NsecTtl, MustBeTheLesserOfTheSoas) {
  Recorded recorded;
  const auto made_up = recorded.evidence.target.made_up + "." + zone;
  recorded.change(zone, made_up, RRType::a, [](Message& m) {
    for (dns::Record& record : m.authority) {
      auto soa = record.type == RRType::soa ? dns::read_soa(record.rdata) : std::nullopt;
      if (!soa) continue;
      soa->minimum = 17;
      record.rdata = dns::write(*soa);
    }
  });
  EXPECT_THAT(found(recorded, "nsec-ttl-wrong"), ElementsAre(HasSubstr("17")));
}

TEST(Delegation, NsOrGlueSignedByTheParent) {
  Recorded recorded;
  recorded.change(com, www, RRType::a, [](Message& m) { m.authority.push_back(signature(zone, RRType::ns, com)); });
  EXPECT_THAT(found(recorded, "non-authoritative-data-signed"), SizeIs(1));
  Recorded by_child;
  by_child.change(com, www, RRType::a, [](Message& m) { m.authority.push_back(signature(zone, RRType::ns, zone)); });
  EXPECT_THAT(found(by_child, "non-authoritative-data-signed"), IsEmpty());
}

TEST(Nsec3param, AbsentOrOther) {
  Recorded absent;
  absent.change(zone, zone, RRType::nsec3param, [](Message& m) { m.answer.clear(); });
  EXPECT_THAT(found(absent, "nsec3param-mismatch"), ElementsAre(HasSubstr("is missing")));
  Recorded differs;
  differs.change(zone, zone, RRType::nsec3param, [](Message& m) { m.answer.front().rdata[3] ^= 1; });
  EXPECT_THAT(found(differs, "nsec3param-mismatch"), ElementsAre(HasSubstr("does not describe")));
}

TEST(Glue, MissingInsideTheChild) {
  Recorded recorded;
  recorded.change(com, www, RRType::a, [](Message& m) { m.additional.clear(); });
  EXPECT_THAT(found(recorded, "glue-missing"), testing::Not(IsEmpty()));
}

TEST(ServerAddress, PrivateInAPublicTree) {
  Recorded recorded;
  for (auto& server : recorded.evidence.target.servers) server.address.octets = {8, 8, 8, 8};
  EXPECT_THAT(found(recorded, "server-address-private"), testing::Not(IsEmpty()));
}

TEST(Ipv4, NoServerHasIt) {
  Recorded recorded;
  const dns::Bytes v6{0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7};
  dns::Address leaf;
  for (const Exchange& exchange : recorded.evidence.exchanges)
    if (exchange.ask.name == name(zone) && exchange.ask.type == RRType::dnskey) leaf = exchange.ask.server;
  for (Exchange& exchange : recorded.evidence.exchanges) {
    if (!(exchange.ask.server == leaf)) continue;
    exchange.ask.server.family = dns::Address::Family::ipv6;
    std::ranges::copy(v6, exchange.ask.server.octets.begin());
  }
  recorded.change(com, www, RRType::a, [&](Message& m) {
    for (dns::Record& record : m.additional) record.type = RRType::aaaa, record.rdata = v6;
  });
  EXPECT_THAT(found(recorded, "no-ipv4-server"), ElementsAre(HasSubstr(zone)));
}

TEST(Parent, ServersRefertoDifferentSets) {
  Recorded recorded;
  for (Exchange* exchange : recorded.second_server(com))
    if (exchange->ask.name == name(www))
      change(*exchange, [](Message& m) {
        for (dns::Record& record : m.authority)
          if (record.type == RRType::ns) record.rdata = dns::Bytes{2, 'n', 's', 0};
      });
  EXPECT_THAT(found(recorded, "parent-servers-disagree"), ElementsAre(HasSubstr("NS")));
  Recorded equal;
  equal.second_server(com);
  EXPECT_THAT(found(equal, "parent-servers-disagree"), IsEmpty());
}

}  // namespace
}  // namespace planted
