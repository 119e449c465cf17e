// The walk against zone file Sources that answer like authoritative servers: rounds, dead servers, co-hosted zones,
// loops.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "dns/text.h"
#include "resolver/gather.h"

namespace {

using dns::RRType;

dns::Name name(std::string_view text) { return *dns::Name::parse(text); }
dns::Address address(std::string_view text) { return *dns::parse_address(text); }

// A world in a table: address and question to reply; everything else is silence. Replies come one round trip after the
// ask.
class Table : public resolver::Source {
 public:
  using Responder = std::function<std::optional<dns::Message>(const dns::Ask&)>;
  explicit Table(Responder responder) : responder_(std::move(responder)) {}

  void send(const dns::Ask& ask) override { waiting_.push_back(ask); }

  std::vector<dns::Exchange> wait(resolver::Clock::time_point) override {
    std::vector<dns::Exchange> heard;
    for (const dns::Ask& ask : std::exchange(waiting_, {})) {
      sent.push_back(ask);
      auto message = responder_(ask);
      dns::Exchange exchange{
          ask, {}, dns::Silence::timeout, std::chrono::milliseconds{1}, dns::Exchange::Origin::heard};
      if (message) {
        message->qr = true;
        message->questions = {{ask.name, ask.type, dns::RRClass::in}};
        exchange.outcome = dns::reply_of(dns::encode(*message));
      }
      heard.push_back(std::move(exchange));
    }
    return heard;
  }

  std::vector<dns::Ask> sent;

 private:
  Responder responder_;
  std::vector<dns::Ask> waiting_;
};

std::vector<dns::Record> records(std::string_view text) {
  auto parsed = dns::parse_zone(text);
  EXPECT_TRUE(parsed.has_value());
  return parsed ? *parsed : std::vector<dns::Record>{};
}

dns::Message referral(std::string_view authority, std::string_view glue) {
  dns::Message message;
  message.authority = records(authority);
  message.additional = records(glue);
  return message;
}

dns::Message answer(std::string_view text) {
  dns::Message message;
  message.aa = true;
  message.answer = records(text);
  return message;
}

constexpr std::string_view ds = " 60 IN DS 1 13 2 e06d44b80b8f1d39a95c0b0d7c65d08458e880409bbc683457104237c7f8ec8d\n";
constexpr std::string_view sig = " 60 IN RRSIG A 13 3 60 20270101000000 20260101000000 1 example.org. AAAA\n";

dns::Target target_of(std::string_view question, dns::Effort effort = dns::Effort::quick) {
  dns::Target target;
  target.name = name(question);
  target.effort = effort;
  target.servers = {{name("ns.root."), address("127.1.0.1")}};
  return target;
}

std::optional<dns::Message> three_levels(const dns::Ask& ask) {
  const std::string server = dns::print(ask.server);
  if (ask.type == RRType::dnskey || ask.type == RRType::soa || ask.type == RRType::ns) return answer("");
  if (server == "127.1.0.1")
    return referral("org. 60 IN NS ns.org.\norg." + std::string(ds), "ns.org. 60 IN A 127.1.0.2\n");
  if (server == "127.1.0.2")
    return referral(
        "example.org. 60 IN NS ns.example.org.\nexample.org. 60 IN NS ns2.example.org.\nexample.org." + std::string(ds),
        "ns.example.org. 60 IN A 127.1.0.3\nns2.example.org. 60 IN A 127.1.0.4\n");
  if (server == "127.1.0.3") return answer("www.example.org. 60 IN A 192.0.2.1\nwww.example.org." + std::string(sig));
  return std::nullopt;
}

TEST(Walk, ThreeLevelsTakeThreeRounds) {
  Table source(three_levels);
  const auto evidence = resolver::gather(target_of("www.example.org."), source, {}, {});
  EXPECT_EQ(evidence.rounds, 3);  // DNSKEY is asked beside the referral
  EXPECT_EQ(evidence.exchanges.size(), 6U);
  EXPECT_EQ(evidence.limit, dns::Evidence::Limit::none);
  for (const dns::Ask& ask : source.sent) EXPECT_EQ(ask.manner.recursion, dns::Manner::Recursion::not_desired);
}

TEST(Walk, FullEffortAsksEveryServerAndOutlivesADeadOne) {
  Table source(three_levels);
  const auto evidence = resolver::gather(target_of("www.example.org.", dns::Effort::full), source, {}, {});
  std::set<std::string> asked;
  std::size_t to_dead = 0;
  for (const dns::Ask& ask : source.sent) {
    asked.insert(dns::print(ask.server));
    if (dns::print(ask.server) == "127.1.0.4") ++to_dead;
  }
  EXPECT_TRUE(asked.contains("127.1.0.4"));
  EXPECT_EQ(evidence.limit, dns::Evidence::Limit::none);
  EXPECT_LE(evidence.rounds, 3 + 4);  // the dead server's further tries, nothing waits for them one by one
  EXPECT_LE(to_dead, 5U * 5U);
}

TEST(Walk, ANameServerWithoutGlueIsLookedUp) {
  Table source([](const dns::Ask& ask) -> std::optional<dns::Message> {
    if (ask.type == RRType::dnskey || ask.type == RRType::ds) return answer("");
    const std::string server = dns::print(ask.server);
    if (server == "127.1.0.1" && ask.name == name("ns.elsewhere.")) return answer("ns.elsewhere. 60 IN A 127.1.0.9\n");
    if (server == "127.1.0.1") return referral("org. 60 IN NS ns.elsewhere.\n", "");
    if (server == "127.1.0.9") return answer("www.org. 60 IN A 192.0.2.1\n");
    return std::nullopt;
  });
  const auto evidence = resolver::gather(target_of("www.org."), source, {}, {});
  const bool found = std::ranges::any_of(evidence.exchanges, [](const dns::Exchange& exchange) {
    return dns::print(exchange.ask.server) == "127.1.0.9" && exchange.message() != nullptr &&
           !exchange.message()->answer.empty();
  });
  EXPECT_TRUE(found);
}

// Proves CVE-2022-3204
TEST(Walk, NameServersThatNeedEachOtherEnd) {
  Table source([](const dns::Ask& ask) -> std::optional<dns::Message> {
    if (ask.name.is_at_or_below(name("a."))) return referral("a. 60 IN NS ns.b.\n", "");
    if (ask.name.is_at_or_below(name("b."))) return referral("b. 60 IN NS ns.a.\n", "");
    return answer("");
  });
  const auto evidence = resolver::gather(target_of("www.a."), source, {}, {});
  EXPECT_EQ(evidence.limit, dns::Evidence::Limit::none);
  EXPECT_LT(evidence.exchanges.size(), 100U);
}

// Proves L-name-servers, CVE-2022-3204
TEST(Walk, AReferralOfManyNamesIsBounded) {  // NXNSAttack
  std::string many;
  for (int i = 0; i < 200; ++i) many += "org. 60 IN NS ns" + std::to_string(i) + ".victim.\n";
  Table source([&](const dns::Ask& ask) -> std::optional<dns::Message> {
    if (ask.name.is_at_or_below(name("org."))) return referral(many, "");
    return referral("victim. 60 IN NS ns.victim.\n", "");
  });
  const auto evidence = resolver::gather(target_of("www.org.", dns::Effort::full), source, {}, {});
  EXPECT_LT(evidence.exchanges.size(), 200U);
}

// Proves CVE-2026-50251
TEST(Walk, AddressesThatNobodyMayAskAreLeftOut) {  // CVE-2026-50251
  auto target = target_of("www.org.");
  target.servers = {{name("ns.root."), address("198.51.100.1")}};
  Table source([](const dns::Ask& ask) -> std::optional<dns::Message> {
    if (ask.type == RRType::dnskey || ask.type == RRType::ds) return answer("");
    return referral("org. 60 IN NS ns.org.\n",
                    "ns.org. 60 IN A 127.0.0.1\nns.org. 60 IN A 0.0.0.0\nns.org. 60 IN A 10.0.0.1\n");
  });
  (void)resolver::gather(target, source, {}, {});
  for (const dns::Ask& ask : source.sent) EXPECT_EQ(dns::print(ask.server), "198.51.100.1");
}

}  // namespace
