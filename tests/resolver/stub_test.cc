// What a stub still has to ask (standards.md §8a): counted and named by hand, from the procedure and not from the code.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "dns/rdata.h"
#include "resolver/gather.h"

namespace {

using dns::RRType;

const dns::Address resolver_address = *dns::parse_address("127.0.0.53");

dns::Name name(std::string_view text) { return *dns::Name::parse(text); }

dns::Target target_of(std::string_view question, RRType type = RRType::a) {
  dns::Target target;
  target.name = name(question);
  target.type = type;
  target.mode = dns::Mode::stub;
  target.servers = {{name("resolver"), resolver_address}};
  target.anchors = {dns::Name{}};
  return target;
}

using Asked = std::set<std::pair<std::string, std::string>>;

Asked asked(const std::vector<dns::Ask>& asks) {
  Asked set;
  for (const dns::Ask& ask : asks) set.emplace(ask.name.print(), dns::to_text(ask.type));
  return set;
}

dns::Exchange exchange(const dns::Ask& ask, dns::Message message) {
  message.qr = true;
  message.questions = {{ask.name, ask.type, dns::RRClass::in}};
  return {ask, {}, dns::reply_of(dns::encode(message)), std::chrono::milliseconds{1}, dns::Exchange::Origin::heard};
}

dns::Evidence answered(const dns::Target& target, const std::vector<dns::Ask>& asks, const dns::Message& message = {}) {
  dns::Evidence evidence;
  evidence.target = target;
  for (const dns::Ask& ask : asks) evidence.add(exchange(ask, message));
  return evidence;
}

// Proves S-2, C-6840-6.1
TEST(Stub, AsksForAllAncestorsInOneBurst) {
  const auto target = target_of("www.example.org.");
  const auto asks = resolver::missing(target, {}, {});
  const Asked expected{{"www.example.org.", "A"},
                       {".", "DNSKEY"},
                       {"org.", "DS"},
                       {"org.", "DNSKEY"},
                       {"example.org.", "DS"},
                       {"example.org.", "DNSKEY"},
                       {"www.example.org.", "DS"},
                       {"www.example.org.", "DNSKEY"}};
  EXPECT_EQ(asked(asks), expected);
  EXPECT_LE(asks.size(), 2 * target.name.labels() + 2);  // standards.md §8a 2
  for (const dns::Ask& ask : asks) {
    EXPECT_EQ(ask.manner.recursion, dns::Manner::Recursion::desired);
    EXPECT_TRUE(ask.manner.checking_disabled);  // RFC 6840 §5.9
    EXPECT_EQ(ask.manner.extension, dns::Manner::Extension::edns_do);
    EXPECT_EQ(ask.manner.udp_size, 1232);
  }
}

TEST(Stub, IsContentOnceAllIsAnswered) {
  const auto target = target_of("www.example.org.");
  const auto asks = resolver::missing(target, {}, {});
  EXPECT_TRUE(resolver::missing(target, answered(target, asks), {}).empty());
}

// Proves S-1
TEST(Stub, BeginsAtTheDeepestAnchor) {
  auto target = target_of("www.example.org.");
  target.anchors = {dns::Name{}, name("example.org.")};
  EXPECT_EQ(asked(resolver::missing(target, {}, {})), (Asked{{"www.example.org.", "A"},
                                                             {"example.org.", "DNSKEY"},
                                                             {"www.example.org.", "DS"},
                                                             {"www.example.org.", "DNSKEY"}}));
}

TEST(Stub, DsIsAskedOfTheParentsSide) {
  EXPECT_EQ(asked(resolver::missing(target_of("example.org.", RRType::ds), {}, {})),
            (Asked{{"example.org.", "DS"}, {".", "DNSKEY"}, {"org.", "DS"}, {"org.", "DNSKEY"}}));
  EXPECT_EQ(asked(resolver::missing(target_of(".", RRType::ds), {}, {})), (Asked{{".", "DS"}, {".", "DNSKEY"}}));
}

TEST(Stub, DeepNamesLearnTheSignerFirst) {
  const auto target = target_of("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.", RRType::ptr);
  const auto first = resolver::missing(target, {}, {});
  EXPECT_EQ(first.size(), 2U);  // the question, and the root's keys
  dns::Message signed_answer;
  dns::Rrsig rrsig;
  rrsig.covered = RRType::ptr;
  rrsig.signer = name("8.b.d.0.1.0.0.2.ip6.arpa.");
  rrsig.signature = {1};
  signed_answer.answer = {{target.name, RRType::rrsig, dns::RRClass::in, 1, dns::write(rrsig)}};
  const auto second = resolver::missing(target, answered(target, first, signed_answer), {});
  EXPECT_EQ(second.size(),
            2 * rrsig.signer.labels());  // DS and DNSKEY for every name down to the signer, and no further
}

TEST(Stub, FollowsAnAliasWithABurstOfItsOwn) {
  const auto target = target_of("a.example.");
  const auto asks = resolver::missing(target, {}, {});
  dns::Evidence evidence = answered(target, asks);
  dns::Message alias;
  const dns::Name other = name("b.other.");
  alias.answer = {{target.name, RRType::cname, dns::RRClass::in, 60, {other.wire().begin(), other.wire().end()}}};
  std::ranges::replace_if(
      evidence.exchanges, [&](const auto& e) { return e.ask.name == target.name && e.ask.type == RRType::a; },
      exchange({resolver_address, target.name, RRType::a, asks.front().manner}, alias));
  EXPECT_EQ(
      asked(resolver::missing(target, evidence, {})),
      (Asked{{"b.other.", "A"}, {"other.", "DS"}, {"other.", "DNSKEY"}, {"b.other.", "DS"}, {"b.other.", "DNSKEY"}}));
}

TEST(Stub, ALoopOfAliasesEnds) {
  const auto target = target_of("a.example.");
  dns::Message alias;
  alias.answer = {
      {target.name, RRType::cname, dns::RRClass::in, 60, {target.name.wire().begin(), target.name.wire().end()}}};
  const auto asks = resolver::missing(target, {}, {});
  EXPECT_TRUE(resolver::missing(target, answered(target, asks, alias), {}).empty());
}

// Proves C-4035-4.1, S-10
TEST(Ladder, TruncationGoesToTcp) {
  const auto target = target_of(".", RRType::dnskey);
  const auto asks = resolver::missing(target, {}, {});
  dns::Message cut;
  cut.tc = true;
  const auto next = resolver::missing(target, answered(target, asks, cut), {});
  ASSERT_EQ(next.size(), 1U);
  EXPECT_EQ(next.front().manner.transport, dns::Manner::Transport::tcp);
}

// Proves S-10
TEST(Ladder, SilenceIsAskedAgainAndByTcpMeanwhile) {
  const auto target = target_of(".", RRType::dnskey);
  dns::Evidence evidence;
  evidence.target = target;
  const auto first = resolver::missing(target, {}, {});
  evidence.add(
      {first.front(), {}, dns::Silence::timeout, std::chrono::milliseconds{400}, dns::Exchange::Origin::heard});
  const auto next = resolver::missing(target, evidence, {});
  ASSERT_EQ(next.size(), 3U);
  const auto is = [&](dns::Manner::Transport transport, int attempt) {
    return std::ranges::any_of(
        next, [&](const dns::Ask& ask) { return ask.manner.transport == transport && ask.manner.attempt == attempt; });
  };
  EXPECT_TRUE(is(dns::Manner::Transport::udp, 1));
  EXPECT_TRUE(is(dns::Manner::Transport::tcp, 0));
  // RFC 9715 §3.2: the answer may be too long for the way.
  EXPECT_EQ(std::ranges::count(next, 512, [](const dns::Ask& ask) { return ask.manner.udp_size; }), 1);
}

TEST(Ladder, SilenceEnds) {
  const auto target = target_of("www.example.org.");
  dns::Evidence evidence;
  evidence.target = target;
  for (int round = 0; round < 10; ++round) {
    const auto asks = resolver::missing(target, evidence, {});
    if (asks.empty()) return;
    for (const dns::Ask& ask : asks)
      evidence.add({ask, {}, dns::Silence::timeout, std::chrono::milliseconds{400}, dns::Exchange::Origin::heard});
  }
  FAIL() << "a silent server is asked for ever";
}

TEST(Ladder, AServerThatChokesOnEdnsIsAskedWithout) {
  const auto target = target_of(".", RRType::dnskey);
  const auto asks = resolver::missing(target, {}, {});
  dns::Message refusal;
  refusal.rcode = dns::Rcode::formerr;
  const auto next = resolver::missing(target, answered(target, asks, refusal), {});
  ASSERT_EQ(next.size(), 1U);
  EXPECT_EQ(next.front().manner.extension, dns::Manner::Extension::none);
}

}  // namespace
