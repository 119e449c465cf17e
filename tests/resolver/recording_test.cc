#include "resolver/recording.h"

#include <gtest/gtest.h>

#include <chrono>

namespace {

using dns::Ask;
using dns::Evidence;
using dns::Exchange;
using dns::Manner;
using dns::Name;
using dns::Silence;
using resolver::Recording;

Name name_of(const std::string& text) { return Name::parse(text).value(); }

dns::Bytes reply_octets(const Ask& ask) {
  dns::Message message;
  message.id = 4711;
  message.qr = true;
  message.questions = {{ask.name, ask.type, dns::RRClass::in}};
  message.answer = {{ask.name, dns::RRType::a, dns::RRClass::in, 300, {192, 0, 2, 1}}};
  return dns::encode(message);
}

Ask plain_ask() {
  Ask ask;
  ask.server = dns::parse_address("192.0.2.53").value();
  ask.name = name_of("www.Example.");
  ask.type = dns::RRType::a;
  return ask;
}

Ask odd_ask() {
  Ask ask;
  ask.server = dns::parse_address("2001:db8::53", 5300).value();
  ask.name = name_of("a\\.b\\000\\255\\\"c.example.");
  ask.type = dns::RRType{65534};
  ask.manner = {Manner::Transport::tcp, Manner::Recursion::desired, Manner::Extension::none, false, 512, 2};
  return ask;
}

Exchange exchange_of(const Ask& ask, dns::Outcome outcome) {
  Exchange exchange;
  exchange.ask = ask;
  exchange.outcome = std::move(outcome);
  exchange.sent = {1, 2, 3, 255};
  exchange.rtt = std::chrono::microseconds(1234);
  return exchange;
}

Recording sample() {
  Recording recording;
  recording.tool_version = "0.1.0";
  recording.anchors = {". DS 20326 8 2 E06D", ". DS 38696 8 2 683D"};
  recording.anchors_source = "built in \"2024\"";
  Evidence& evidence = recording.evidence;
  evidence.started = dns::parse_time("2026-11-24T03:11:00Z").value();
  evidence.target.name = name_of("www.Example.");
  evidence.target.mode = dns::Mode::walk;
  evidence.target.effort = dns::Effort::full;
  evidence.target.port = 5300;
  evidence.target.made_up = "x7f3";
  evidence.target.anchors = {Name(), name_of("example.")};
  evidence.target.families = {dns::Address::Family::ipv6};
  evidence.target.servers = {{name_of("a.root."), dns::parse_address("198.41.0.4").value()},
                             {name_of("b.root."), dns::parse_address("2801:1b8:10::b", 5300).value()}};
  evidence.limit = Evidence::Limit::count;
  evidence.rounds = 4;
  evidence.elapsed = std::chrono::milliseconds{184};
  evidence.cut_short = {odd_ask()};
  evidence.exchanges.push_back(exchange_of(plain_ask(), dns::reply_of(reply_octets(plain_ask()))));
  evidence.exchanges.push_back(exchange_of(odd_ask(), Silence::family_unreachable));
  Ask broken = plain_ask();
  broken.manner.attempt = 1;
  evidence.exchanges.push_back(exchange_of(broken, dns::reply_of({9, 9, 9})));
  return recording;
}

void expect_same(const Evidence& left, const Evidence& right) {
  EXPECT_EQ(left.started, right.started);
  EXPECT_TRUE(left.target.name.same_octets(right.target.name));
  EXPECT_EQ(left.target.type, right.target.type);
  EXPECT_EQ(left.target.mode, right.target.mode);
  EXPECT_EQ(left.target.effort, right.target.effort);
  EXPECT_EQ(left.target.servers, right.target.servers);
  EXPECT_EQ(left.target.anchors, right.target.anchors);
  EXPECT_EQ(left.target.port, right.target.port);
  EXPECT_EQ(left.target.made_up, right.target.made_up);
  EXPECT_EQ(left.target.families, right.target.families);
  EXPECT_EQ(left.limit, right.limit);
  EXPECT_EQ(left.rounds, right.rounds);
  EXPECT_EQ(left.elapsed, right.elapsed);
  EXPECT_EQ(left.cut_short, right.cut_short);
  ASSERT_EQ(left.exchanges.size(), right.exchanges.size());
  for (std::size_t i = 0; i < left.exchanges.size(); ++i) {
    SCOPED_TRACE(i);
    const Exchange &a = left.exchanges[i], &b = right.exchanges[i];
    EXPECT_EQ(a.ask, b.ask);
    EXPECT_TRUE(a.ask.name.same_octets(b.ask.name));
    EXPECT_EQ(a.sent, b.sent);
    EXPECT_EQ(a.rtt, b.rtt);
    EXPECT_EQ(a.origin, b.origin);
    ASSERT_EQ(a.outcome.index(), b.outcome.index());
    if (const auto* silence = std::get_if<Silence>(&a.outcome)) {
      EXPECT_EQ(*silence, std::get<Silence>(b.outcome));
    }
    if (const auto* reply = std::get_if<dns::Reply>(&a.outcome)) {
      EXPECT_EQ(reply->octets, std::get<dns::Reply>(b.outcome).octets);
      EXPECT_EQ(reply->message.has_value(), std::get<dns::Reply>(b.outcome).message.has_value());
    }
  }
}

TEST(Recording, what_was_written_is_read_again) {
  const Recording written = sample();
  const std::string text = write_recording(written);
  const auto read = resolver::read_recording(text);
  ASSERT_TRUE(read.has_value()) << read.error();
  expect_same(written.evidence, read->evidence);
  EXPECT_EQ(read->tool_version, written.tool_version);
  EXPECT_EQ(read->anchors, written.anchors);
  EXPECT_EQ(read->anchors_source, written.anchors_source);
  EXPECT_EQ(write_recording(*read), text);
}

TEST(Recording, every_silence_is_read_again) {
  for (const Silence silence : {Silence::timeout, Silence::refused, Silence::host_unreachable, Silence::net_unreachable,
                                Silence::reset, Silence::family_unreachable, Silence::not_asked}) {
    Recording recording = sample();
    recording.evidence.exchanges = {exchange_of(plain_ask(), silence)};
    const auto read = resolver::read_recording(write_recording(recording));
    ASSERT_TRUE(read.has_value()) << read.error();
    expect_same(recording.evidence, read->evidence);
  }
}

TEST(Recording, an_empty_one_is_read_again) {
  Recording recording;
  recording.evidence.started = dns::Time{};
  const auto read = resolver::read_recording(write_recording(recording));
  ASSERT_TRUE(read.has_value()) << read.error();
  expect_same(recording.evidence, read->evidence);
}

TEST(Recording, what_is_only_assumed_never_enters_a_file_nor_comes_from_one) {
  Recording recording = sample();
  recording.evidence.exchanges[0].origin = Exchange::Origin::assumed;
  std::string text = write_recording(recording);
  auto read = resolver::read_recording(text);
  ASSERT_TRUE(read.has_value()) << read.error();
  EXPECT_EQ(read->evidence.exchanges.size(), 2U);
  const std::string key = "\"rtt_us\"";
  for (const char* word : {"\"origin\":\"assumed\",", "\"origin\":1,", "\"assumed\":true,"}) {
    std::string forged = text;
    forged.insert(forged.find(key), word);
    read = resolver::read_recording(forged);
    ASSERT_TRUE(read.has_value()) << read.error();
    for (const Exchange& exchange : read->evidence.exchanges) EXPECT_EQ(exchange.origin, Exchange::Origin::heard);
  }
}

TEST(Recording, texts_that_are_not_utf8_can_still_be_written) {
  Recording recording = sample();
  recording.anchors_source = "/tmp/\xff\xfe";
  const auto read = resolver::read_recording(write_recording(recording));
  ASSERT_TRUE(read.has_value()) << read.error();
  EXPECT_EQ(read->anchors_source, "/tmp/??");
}

struct Edit {
  const char* label;
  const char* from;  // the first place in the sample's text; "" with `to` alone: the whole text
  const char* to;
  const char* expected;  // what the error says; "" = it is read all the same
};

const Edit edits[] = {
    {"not JSON", "", "hello", "byte 0: "},
    {"empty", "", "", "byte 0: "},
    {"another top", "", "[]", "the file is not an object"},
    {"empty object", "", "{}", "the file is not trustwalk evidence"},
    {"cut off", "\"exchanges\"", "\"exch", "byte "},
    {"something after the end", "]\n}\n", "]\n}\nx", "byte "},
    {"another format", "trustwalk-evidence", "dnsviz", "the file is not trustwalk evidence"},
    {"later version", "\"version\":1", "\"version\":2", "the file has version 2; this program reads version 1"},
    {"version in words", "\"version\":1", "\"version\":\"1\"", "the file has a \"version\" that is not a whole number"},
    {"no time", "\"started\"", "\"begun\"", "the file has no \"started\""},
    {"no such time", "2026-11-24T03:11:00Z", "yesterday", "the file has a \"started\" that is not a time: yesterday"},
    {"before all time", "2026-11-24T03:11:00Z", "1969-12-31T23:59:59Z", "that is not a time"},
    {"no target", "\"target\"", "\"goal\"", "the file has no \"target\""},
    {"target in words", "\"limit\":\"count\"", "\"limit\":7", "the file has a \"limit\" that is not a text"},
    {"unknown limit", "\"limit\":\"count\"", "\"limit\":\"boredom\"", "the file has an unknown \"limit\": boredom"},
    {"unknown mode", "\"walk\"", "\"run\"", "the target has an unknown \"mode\": run"},
    {"unknown family", "\"ipv6\"", "\"ipv8\"", "the target has an unknown family: ipv8"},
    {"port too high", "\"port\":5300", "\"port\":65536", "the target has a \"port\" above 65535"},
    {"negative port", "\"port\":5300", "\"port\":-1", "the target has a \"port\" that is not a whole number"},
    {"broken port", "\"port\":5300", "\"port\":53.5", "the target has a \"port\" that is not a whole number"},
    {"an anchor that is no name", "\"anchors\":[\".\"", "\"anchors\":[\"a..b\"",
     "the target has an anchor that is not a domain name: a..b"},
    {"an anchor that is no text", "\"anchors\":[\".\"", "\"anchors\":[1",
     "the target has a \"anchors\" that is not a list of texts"},
    {"server without port", "198.41.0.4#53", "198.41.0.4",
     "server 1 of the target has a \"address\" that is not ADDRESS#PORT: 198.41.0.4"},
    {"rounds below zero", "\"rounds\":4", "\"rounds\":-4", "the file has a \"rounds\" that is not a whole number"},
    {"an ask cut short", "\"cut_short\":[\n    {\"server\":\"2001:db8::53#5300\"",
     "\"cut_short\":[\n    {\"server\":\"2001:db8::53#530000\"",
     "ask 1 of cut_short has a \"server\" that is not ADDRESS#PORT"},
    {"exchange without server", "{\"server\":\"192.0.2.53#53\"", "{\"s\":\"192.0.2.53#53\"",
     "exchange 1 has no \"server\""},
    {"server that is no address", "192.0.2.53#53", "192.0.2.300#53",
     "exchange 1 has a \"server\" that is not ADDRESS#PORT: 192.0.2.300#53"},
    {"name that is none", "\"exchanges\":[\n    {\"server\":\"192.0.2.53#53\",\"name\":\"www.Example.\"",
     "\"exchanges\":[\n    {\"server\":\"192.0.2.53#53\",\"name\":\"..\"",
     "exchange 1 has a \"name\" that is not a domain name: .."},
    {"type that is none",
     "\"type\":\"TYPE65534\",\"transport\":\"tcp\",\"rd\":true,\"cd\":false,\"edns\":\"none\",\"size\":512,\"attempt\":"
     "2,",
     "\"type\":\"TYPE99999\",\"transport\":\"tcp\",\"rd\":true,\"cd\":false,\"edns\":\"none\",\"size\":512,\"attempt\":"
     "2,",
     "exchange 2 has a \"type\" that is not a record type: TYPE99999"},
    {"unknown transport", "\"transport\":\"udp\"", "\"transport\":\"quic\"",
     "exchange 1 has an unknown \"transport\": quic"},
    {"flag in words", "\"cd\":true", "\"cd\":\"yes\"", "exchange 1 has a \"cd\" that is not true or false"},
    {"attempt too high", "\"attempt\":0", "\"attempt\":256", "exchange 1 has a \"attempt\" above 255"},
    {"negative round trip", "\"rtt_us\":1234", "\"rtt_us\":-1",
     "exchange 1 has a \"rtt_us\" that is not a whole number"},
    {"sent is no base64", "\"sent\":\"AQID/w==\"", "\"sent\":\"AQID/w=\"",
     "exchange 1 has a \"sent\" that is not a message in base64: AQID/w="},
    {"neither reply nor silence", "\"silence\"", "\"quiet\"",
     "exchange 2 needs a \"reply\" or a \"silence\", and not both"},
    {"both", "\"silence\":\"family\"", "\"silence\":\"family\",\"reply\":\"\"",
     "exchange 2 needs a \"reply\" or a \"silence\", and not both"},
    {"unknown silence", "\"silence\":\"family\"", "\"silence\":\"bored\"",
     "exchange 2 has a \"silence\" that is not a known reason: bored"},
    {"the same ask twice", "\"attempt\":1", "\"attempt\":0", "exchange 3 asks what an earlier exchange asks"},
    {"an exchange that is a number", "\"exchanges\":[", "\"exchanges\":[7,", "exchange 1 is not an object"},
    {"no exchanges", "\"exchanges\":", "\"others\":", "the file has no \"exchanges\""},
    {"exchanges that are no list", "\"exchanges\":[", "\"exchanges\":{},\"others\":[",
     "the file has a \"exchanges\" that is not a list"},
    {"bad UTF-8", "built in", "built \xff", "byte "},
    {"unknown members", "\"rounds\":4", "\"rounds\":4,\"mood\":{\"a\":[1,2,{\"b\":null}]},\"x\":-1.5e3", ""},
    {"an unknown member of an exchange", "\"rtt_us\"", "\"mood\":[\"good\"],\"rtt_us\"", ""},
    {"other white space", "\n  \"limit\"", " \t\r\n\n \"limit\"", ""},
};

TEST(Recording, a_malformed_file_is_one_clear_line) {
  const std::string text = write_recording(sample());
  for (const Edit& edit : edits) {
    SCOPED_TRACE(edit.label);
    std::string edited = text;
    const std::string from = edit.from;
    if (from.empty()) {
      edited = edit.to;
    } else {
      const auto at = text.find(from);
      ASSERT_NE(at, std::string::npos) << text;
      edited.replace(at, from.size(), edit.to);
    }
    const auto read = resolver::read_recording(edited);
    if (*edit.expected == '\0') {
      EXPECT_TRUE(read.has_value()) << read.error();
      continue;
    }
    ASSERT_FALSE(read.has_value());
    EXPECT_NE(read.error().find(edit.expected), std::string::npos) << read.error();
    EXPECT_EQ(read.error().find('\n'), std::string::npos);
  }
}

std::string repeated(std::string_view text, std::size_t count) {
  std::string result;
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

TEST(Recording, size_depth_and_number_are_bounded) {
  struct Row {
    const char* label;
    std::string text;
    const char* expected;
  };
  const std::string good = write_recording(sample());
  const auto with = [&](const std::string& what) { return "{\"x\":" + what + "," + good.substr(1); };
  const Row rows[] = {
      {"deep lists", repeated("[", 1'000'000), "nested too deeply"},
      {"deep objects", repeated("{\"a\":", 100'000), "nested too deeply"},
      {"seven below the top", with(repeated("[", 7) + repeated("]", 7)), ""},
      {"eight below the top", with(repeated("[", 8) + repeated("]", 8)), "nested too deeply"},
      {"many values", with("[0" + repeated(",0", 150'000) + "]"), "too many values"},
      {"many elements", "{\"exchanges\":[" + repeated("0,", 200'000) + "0]}", "exchange 1 is not an object"},
      {"large", good + std::string((64U << 20) + 1, ' '), "larger than 64 MiB"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.label);
    const auto read = resolver::read_recording(row.text);
    EXPECT_EQ(read.has_value(), *row.expected == '\0');
    if (!read) {
      EXPECT_NE(read.error().find(row.expected), std::string::npos) << read.error();
    }
  }
}

TEST(Replay, answers_from_the_recording_and_says_not_asked_else) {
  const Recording recording = sample();
  const auto source = resolver::replay_source(recording.evidence);
  Ask unknown = plain_ask();
  unknown.name = name_of("other.example.");
  for (const Ask& ask : {odd_ask(), unknown, plain_ask()}) source->send(ask);
  const auto heard = source->wait(resolver::Clock::time_point::max());
  ASSERT_EQ(heard.size(), 3U);
  EXPECT_EQ(std::get<Silence>(heard[0].outcome), Silence::family_unreachable);
  EXPECT_EQ(std::get<Silence>(heard[1].outcome), Silence::not_asked);
  EXPECT_EQ(heard[1].ask, unknown);
  EXPECT_NE(heard[2].message(), nullptr);
  EXPECT_TRUE(source->wait(resolver::Clock::time_point::max()).empty());
}

}  // namespace
