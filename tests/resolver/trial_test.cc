// The trials of a server: what is drawn, what is asked at once, and what only after an answer.
#include "resolver/trial.h"

#include <gtest/gtest.h>

#include "dns/text.h"
#include "resolver/asking.h"
#include "resolver/recording.h"

namespace {

dns::Bytes hex(std::string_view text) { return dns::decode_hex(text).value(); }
dns::Name name(std::string_view text) { return dns::Name::parse(text).value(); }

dns::Bytes octets_of(std::uint64_t word) {
  dns::Bytes octets;
  for (int i = 0; i < 8; ++i) octets.push_back(static_cast<std::uint8_t>(word >> (8 * i)));
  return octets;
}

dns::Target target() {
  dns::Target made;
  made.effort = dns::Effort::full;
  made.chance = hex("000102030405060708090a0b0c0d0e0f");
  return made;
}

const dns::Address server = dns::parse_address("192.0.2.1", 53).value();

// The example of the SipHash paper, appendix A.
TEST(SipHash, IsTheOneOfThePaper) {
  dns::Bytes data;
  for (std::uint8_t i = 0; i < 15; ++i) data.push_back(i);
  EXPECT_EQ(resolver::siphash(hex("000102030405060708090a0b0c0d0e0f"), data), 0xa129ca6149be45e5U);
}

// RFC 9018 §A.1: the hash of a server cookie over client cookie, version, time and client address.
TEST(SipHash, MakesTheServerCookieOfRfc9018) {
  const auto data = hex("2464c4abcf10c957010000005cf79f11c6336464");
  EXPECT_EQ(octets_of(resolver::siphash(hex("e5e973e5a6b2a43f48e7dc849e37bfcf"), data)), hex("1f8130c3eee29480"));
}

TEST(Asking, CookiesAreOursAloneForEachServer) {
  const auto other = dns::parse_address("192.0.2.2", 53).value();
  EXPECT_EQ(resolver::client_cookie(target(), server).size(), 8U);
  EXPECT_EQ(resolver::client_cookie(target(), server), resolver::client_cookie(target(), server));
  EXPECT_NE(resolver::client_cookie(target(), server), resolver::client_cookie(target(), other));
}

TEST(Asking, MixedCaseIsTheSameNameInOtherLetters) {
  for (const char* text : {"example.org.", "de.", "a.", "xn--abc-0x1.example.", "UPPER.EXAMPLE."}) {
    const auto mixed = resolver::in_mixed_case(target(), server, name(text));
    EXPECT_EQ(mixed, name(text));
    EXPECT_FALSE(mixed.same_octets(name(text))) << text;
  }
  EXPECT_TRUE(resolver::in_mixed_case(target(), server, {}).is_root());
}

// What a server says to the trials so far asked, until no more come. Returns: codes of the options, trial by trial.
using Says = dns::Outcome (*)(const dns::Ask&);
std::vector<std::string> trials(Says says) {
  dns::Evidence seen;
  seen.target = target();
  const auto plain = resolver::ask_to(seen.target, server, name("example.org."), dns::RRType::soa);
  dns::Message answer;
  answer.qr = true;
  answer.questions = {{plain.name, plain.type, dns::RRClass::in}};
  seen.add({plain, {}, dns::reply_of(dns::encode(answer)), {}, {}});
  std::vector<std::string> asked;
  for (int round = 0; round < 10; ++round) {
    const resolver::Seen view(seen, resolver::Limits{});
    const auto asks = resolver::option_trials(seen.target, server, name("example.org."), view);
    if (asks.empty()) return asked;
    std::string line;
    for (const auto& ask : asks) {
      for (const auto& option : ask.manner.options)
        line += std::to_string(option.code) + (option.data.size() > 8 ? "full " : " ");
      line += ask.manner.attempt > 0 ? "again; " : "; ";
    }
    asked.push_back(line);
    for (const auto& ask : asks) seen.add({ask, {}, says(ask), {}, {}});
  }
  asked.push_back("no end");
  return asked;
}

dns::Outcome reply(const dns::Ask& ask, dns::Rcode rcode) {
  dns::Message message;
  message.qr = true;
  message.rcode = rcode;
  message.questions = {{ask.name, ask.type, dns::RRClass::in}};
  message.edns = dns::Edns{1232, 0, 0, {}};
  for (auto option : ask.manner.options) {
    if (option.code != dns::EdnsOption::cookie) continue;
    option.data.resize(16, 7);
    message.edns->options.push_back(option);
  }
  return dns::reply_of(dns::encode(message));
}

using Lines = std::vector<std::string>;

TEST(Trials, AllAtOnceAndTheCookieGivenBack) {
  EXPECT_EQ(trials([](const dns::Ask& ask) { return reply(ask, dns::Rcode::noerror); }),
            (Lines{"3 10 ; 100 ; ", "10full ; "}));
}

TEST(Trials, AServerThatRefusesOptionsIsAskedEachAlone) {
  EXPECT_EQ(trials([](const dns::Ask& ask) { return reply(ask, dns::Rcode::formerr); }),
            (Lines{"3 10 ; 100 ; ", "3 ; 10 ; "}));
}

TEST(Trials, SilenceIsTriedTwice) {
  EXPECT_EQ(trials([](const dns::Ask&) -> dns::Outcome { return dns::Silence::timeout; }),
            (Lines{"3 10 ; 100 ; ", "3 10 again; 100 again; ", "3 ; 10 ; ", "3 again; 10 again; "}));
}

TEST(Trials, NoneWithoutChance) {
  dns::Evidence seen;
  const resolver::Limits limits;
  const resolver::Seen view(seen, limits);
  EXPECT_TRUE(resolver::option_trials({}, server, name("example.org."), view).empty());
}

// With one try a question a refused stream is no last one: the datagram may still be answered.
TEST(Seen, ARefusedStreamDoesNotEndTheWaitForADatagram) {
  dns::Evidence seen;
  seen.target = target();
  const auto datagram = resolver::ask_to(seen.target, server, name("example.org."), dns::RRType::soa);
  auto stream = datagram;
  stream.manner.transport = dns::Manner::Transport::tcp;
  const resolver::Limits limits{.retries = 0};
  seen.add({stream, {}, dns::Silence::refused, {}, {}});
  EXPECT_FALSE(resolver::Seen(seen, limits).is_dead(server));
  EXPECT_EQ(resolver::climb(datagram, resolver::Seen(seen, limits)).open, std::vector{datagram});
  seen.add({datagram, {}, dns::Silence::timeout, {}, {}});
  EXPECT_TRUE(resolver::Seen(seen, limits).is_dead(server));
}

TEST(Recording, KeepsWhatWasDrawnAndWanted) {
  resolver::Recording recording;
  dns::Target& made = recording.evidence.target;
  made = target();
  made.habit = {dns::Manner::Transport::tcp, 4096, true, true};
  made.elsewhere = {{name("b."), server}};
  dns::Ask ask = resolver::ask_to(made, server, name("eXample."), dns::RRType::a);
  recording.evidence.exchanges.push_back({ask, {}, dns::Silence::timeout, {}, {}});
  const auto read = resolver::read_recording(resolver::write_recording(recording));
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(read->evidence.target.chance, made.chance);
  EXPECT_EQ(read->evidence.target.habit, made.habit);
  EXPECT_EQ(read->evidence.target.elsewhere, made.elsewhere);
  EXPECT_EQ(read->evidence.exchanges.at(0).ask, ask);
  EXPECT_TRUE(read->evidence.exchanges.at(0).ask.name.same_octets(ask.name));
}

}  // namespace
