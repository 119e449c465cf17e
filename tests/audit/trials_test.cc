// What servers do with options, cookies and long answers, each planted in the recorded chain.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/audit/planted.h"

namespace planted {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* zone = "yourdomainhere.com.";
const dns::Bytes client{1, 2, 3, 4, 5, 6, 7, 8};

// The exchange of the zone's SOA by UDP, once more with `options`.
Exchange& trial(Recorded& recorded, std::vector<dns::EdnsOption> options) {
  for (const Exchange& exchange : recorded.evidence.exchanges) {
    if (!(exchange.ask.name == name(zone)) || exchange.ask.type != RRType::soa) continue;
    if (exchange.ask.manner.transport != dns::Manner::Transport::udp || !exchange.ask.manner.options.empty()) continue;
    Exchange copy = exchange;
    copy.ask.manner.options = std::move(options);
    copy.ask.manner.attempt = 0;
    recorded.evidence.exchanges.push_back(std::move(copy));
    return recorded.evidence.exchanges.back();
  }
  throw std::logic_error("no SOA in the recording");
}

Exchange& cookie_trial(Recorded& recorded, dns::Bytes sent, const std::optional<dns::Bytes>& given) {
  Exchange& exchange = trial(recorded, {{dns::EdnsOption::cookie, std::move(sent)}});
  if (given) change(exchange, [&](Message& m) { m.edns->options.push_back({dns::EdnsOption::cookie, *given}); });
  return exchange;
}

dns::Bytes with_server_part(std::size_t octets) {
  dns::Bytes cookie = client;
  cookie.resize(octets, 9);
  return cookie;
}

TEST(EdnsOptionFails, WithAnErrorWhereThePlainQuestionIsAnswered) {
  Recorded recorded;
  change(trial(recorded, {{100, {}}}), [](Message& m) { m.rcode = dns::Rcode::formerr, m.answer.clear(); });
  EXPECT_THAT(sentences(recorded.judge(), "edns-option-fails"), ElementsAre(HasSubstr("option 100")));
  EXPECT_THAT(sentences(recorded.judge(), "rcode-unexpected"), IsEmpty()) << "that is all that is wrong";
  EXPECT_EQ(recorded.judge().verdict, validator::Security::secure);
}

TEST(EdnsOptionFails, WithSilenceOnlyTheSecondTime) {
  Recorded recorded;
  trial(recorded, {{100, {}}}).outcome = dns::Silence::timeout;
  EXPECT_THAT(sentences(recorded.judge(), "edns-option-fails"), IsEmpty()) << "a datagram may be lost";
  Exchange& second = trial(recorded, {{100, {}}});
  second.ask.manner.attempt = 1;
  second.outcome = dns::Silence::timeout;
  EXPECT_THAT(sentences(recorded.judge(), "edns-option-fails"), SizeIs(1));
}

TEST(EdnsOptionFails, NotByBadcookie) {  // RFC 7873 §5.2.3
  Recorded recorded;
  change(cookie_trial(recorded, client, with_server_part(24)), [](Message& m) { m.rcode = dns::Rcode::badcookie; });
  EXPECT_THAT(sentences(recorded.judge(), "edns-option-fails"), IsEmpty());
}

TEST(Cookie, SoundOnesSayNothing) {
  Recorded recorded;
  cookie_trial(recorded, client, with_server_part(16));
  cookie_trial(recorded, with_server_part(16), with_server_part(40));
  EXPECT_THAT(sentences(recorded.judge(), "cookie-wrong"), IsEmpty());
  EXPECT_THAT(sentences(recorded.judge(), "cookie-support-uneven"), IsEmpty());
}

// RFC 7873 §4: 8 octets, or 16 to 40.
TEST(Cookie, OfIllegalLength) {
  for (const std::size_t octets : {9U, 15U, 41U}) {
    Recorded recorded;
    cookie_trial(recorded, client, with_server_part(octets));
    EXPECT_THAT(sentences(recorded.judge(), "cookie-wrong"), ElementsAre(HasSubstr(std::to_string(octets))));
  }
}

TEST(Cookie, WithOurPartChanged) {
  Recorded recorded;
  auto theirs = with_server_part(16);
  theirs[7] ^= 1;
  cookie_trial(recorded, client, theirs);
  EXPECT_THAT(sentences(recorded.judge(), "cookie-wrong"), SizeIs(1));
}

TEST(Cookie, Unevenly) {
  Recorded unasked;
  change(trial(unasked, {}), [](Message& m) { m.edns->options.push_back({dns::EdnsOption::cookie, client}); });
  unasked.evidence.exchanges.back().ask.manner.attempt = 1;
  EXPECT_THAT(sentences(unasked.judge(), "cookie-support-uneven"), SizeIs(1));
  Recorded gone;
  cookie_trial(gone, client, with_server_part(16));
  cookie_trial(gone, with_server_part(16), std::nullopt);
  EXPECT_THAT(sentences(gone.judge(), "cookie-support-uneven"), ElementsAre(HasSubstr("missing now")));
  Recorded half;
  cookie_trial(half, client, with_server_part(16));
  cookie_trial(half, with_server_part(16), client);
  EXPECT_THAT(sentences(half.judge(), "cookie-support-uneven"), SizeIs(1));
}

// The zone's keys: silence by UDP, `tries` times, and by TCP what the recording has.
Recorded lost_keys(std::uint8_t tries) {
  Recorded recorded;
  for (std::size_t i = 0; i < recorded.evidence.exchanges.size(); ++i) {
    const Exchange whole = recorded.evidence.exchanges[i];
    if (!(whole.ask.name == name(zone)) || whole.ask.type != RRType::dnskey) continue;
    if (whole.ask.manner.transport != dns::Manner::Transport::udp) continue;
    recorded.evidence.exchanges[i].outcome = dns::Silence::timeout;
    Exchange by_tcp = whole;
    by_tcp.ask.manner.transport = dns::Manner::Transport::tcp;
    change(by_tcp, [](Message& m) {
      m.additional.push_back({name("x."), RRType::txt, dns::RRClass::in, 60, dns::Bytes(600, 0), {}});
    });
    recorded.evidence.exchanges.push_back(by_tcp);
    for (std::uint8_t attempt = 1; attempt < tries; ++attempt) {
      recorded.evidence.exchanges.push_back(recorded.evidence.exchanges[i]);
      recorded.evidence.exchanges.back().ask.manner.attempt = attempt;
    }
    break;
  }
  return recorded;
}

TEST(LargeAnswer, LostTwiceWhileOthersArrive) {
  EXPECT_THAT(sentences(lost_keys(1).judge(), "large-answer-lost"), IsEmpty()) << "once is chance";
  EXPECT_THAT(sentences(lost_keys(2).judge(), "large-answer-lost"), SizeIs(1));
  Recorded small = lost_keys(2);
  Exchange cut = small.evidence.exchanges.back();
  cut.ask.manner.udp_size = 512;
  Message message;
  message.qr = message.tc = true;
  message.questions = {{cut.ask.name, cut.ask.type, dns::RRClass::in}};
  message.edns = dns::Edns{1232, 0, dns::Edns::do_flag, {}};
  cut.outcome = dns::reply_of(dns::encode(message));
  small.evidence.exchanges.push_back(cut);
  EXPECT_THAT(sentences(small.judge(), "large-answer-lost"), ElementsAre(HasSubstr("512 octets")));
  EXPECT_EQ(small.judge().verdict, validator::Security::secure);
}

TEST(Nsid, StandsBesideTheServer) {
  Recorded recorded;
  change(trial(recorded, {{dns::EdnsOption::nsid, {}}}),
         [](Message& m) { m.edns->options.push_back({dns::EdnsOption::nsid, {'n', '1'}}); });
  const auto chain = recorded.judge();
  EXPECT_THAT(chain.servers, testing::Contains(testing::Field(&validator::Server::nsid, dns::Bytes{'n', '1'})));
}

}  // namespace
}  // namespace planted
