// Files of dnsviz probe: every part of the format that evidence can say is read, in all three versions, and nothing in
// them can do harm. The files are written here by hand, after dnsviz 0.9.4 itself.
#include "resolver/dnsviz.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dns/text.h"

namespace {

using dns::Exchange;
using dns::Manner;
using dns::Silence;
using testing::HasSubstr;

dns::Name name_of(std::string_view text) { return dns::Name::parse(text).value(); }

std::string message(std::string_view name, dns::RRType type) {
  dns::Message message;
  message.id = 77;
  message.qr = message.aa = true;
  message.questions = {{name_of(name), type}};
  return dns::encode_base64(dns::encode(message));
}

std::string query(std::string_view name, std::string_view type, std::string_view response,
                  std::string_view options = R"("flags":0,"edns_version":0,"edns_max_udp_payload":4096,)"
                                             R"("edns_flags":32768,"edns_options":[],"tcp":false)") {
  return fmt::format(
      R"({{"qname":"{}","qclass":"IN","qtype":"{}","options":{{{}}},"responses":{{"192.0.2.53":{{"192.0.2.1":{}}}}}}})",
      name, type, options, response);
}

std::string file(std::string_view queries, std::string_view version = "1.2", std::string_view meta = "") {
  return fmt::format(
      R"({{"example.":{{"type":"authoritative","stub":false,"analysis_start":"2026-11-24 03:11:00 UTC",)"
      R"("analysis_end":"2026-11-24 03:11:02.25 UTC","explicit_delegation":false,)"
      R"("auth_ns_ip_mapping":{{"ns1.example.":["192.0.2.53"]}},"nxdomain_name":"zq9.example.","queries":{}}},)"
      R"("_meta._dnsviz.":{{"version":{},"names":["example."]{}}}}})",
      queries, version, meta);
}

resolver::Recording read(const std::string& text) {
  auto recording = resolver::read_any_recording(text);
  EXPECT_TRUE(recording) << recording.error() << "\n" << text;
  return recording ? std::move(*recording) : resolver::Recording{};
}

const std::string answered = fmt::format(R"({{"message":"{}","msg_size":25,"time_elapsed":7,"history":[]}})",
                                         message("example.", dns::RRType::soa));

TEST(Dnsviz, AQueryBecomesAnExchange) {
  const auto recording = read(file("[" + query("example.", "SOA", answered) + "]"));
  const auto& evidence = recording.evidence;
  ASSERT_EQ(evidence.exchanges.size(), 1U);
  const Exchange& exchange = evidence.exchanges[0];
  EXPECT_EQ(dns::print_with_port(exchange.ask.server), "192.0.2.53#53");
  EXPECT_EQ(exchange.ask.name, name_of("example."));
  EXPECT_EQ(exchange.ask.type, dns::RRType::soa);
  EXPECT_EQ(exchange.ask.manner, (Manner{Manner::Transport::udp, Manner::Recursion::not_desired,
                                         Manner::Extension::edns_do, false, 4096, 0}));
  EXPECT_EQ(exchange.rtt, std::chrono::milliseconds(7));
  ASSERT_NE(exchange.message(), nullptr);
  EXPECT_TRUE(exchange.message()->aa);
  // Judged at the end of the probe, when all of it had been heard.
  EXPECT_EQ(dns::print_rfc3339(evidence.started), "2026-11-24T03:11:02Z");
  EXPECT_EQ(evidence.target.mode, dns::Mode::walk);
  EXPECT_EQ(evidence.target.type, dns::RRType::soa);
  EXPECT_EQ(evidence.target.made_up, "zq9");
  ASSERT_EQ(evidence.target.servers.size(), 1U);
  EXPECT_EQ(evidence.target.servers[0].name, name_of("ns1.example."));
}

TEST(Dnsviz, MannerIsReadFromTheOptions) {
  const auto recording = read(file(
      "[" +
      query("example.", "A", R"({"message":null,"error":"TIMEOUT","time_elapsed":1,"history":[]})",
            R"("flags":272,"edns_version":-1,"edns_max_udp_payload":0,"edns_flags":0,"edns_options":[],"tcp":true)") +
      "," +
      query("example.", "A", R"({"message":null,"error":"TIMEOUT","time_elapsed":1,"history":[]})",
            R"("flags":0,"edns_version":1,"edns_max_udp_payload":512,"edns_flags":0,"edns_options":[],"tcp":false)") +
      "]"));
  ASSERT_EQ(recording.evidence.exchanges.size(), 1U) << "a question with another version of EDNS is none of ours";
  EXPECT_EQ(recording.evidence.exchanges[0].ask.manner,
            (Manner{Manner::Transport::tcp, Manner::Recursion::desired, Manner::Extension::none, true, 1232, 0}));
}

struct SilenceRow {
  std::string_view error;
  Silence silence;
};

TEST(Dnsviz, EverySilenceHasItsReason) {
  for (const auto& [error, silence] : {SilenceRow{R"("error":"TIMEOUT")", Silence::timeout},
                                       {R"("error":"NETWORK_ERROR","errno":"ECONNREFUSED")", Silence::refused},
                                       {R"("error":"NETWORK_ERROR","errno":111)", Silence::refused},
                                       {R"("error":"NETWORK_ERROR","errno":"EHOSTUNREACH")", Silence::host_unreachable},
                                       {R"("error":"NETWORK_ERROR","errno":"ENETUNREACH")", Silence::net_unreachable},
                                       {R"("error":"NETWORK_ERROR","errno":"ECONNRESET")", Silence::reset},
                                       {R"("error":"NETWORK_ERROR")", Silence::host_unreachable}}) {
    const auto response = fmt::format(R"({{"message":null,{},"time_elapsed":1,"history":[]}})", error);
    const auto recording = read(file("[" + query("example.", "A", response) + "]"));
    ASSERT_EQ(recording.evidence.exchanges.size(), 1U);
    EXPECT_EQ(std::get<Silence>(recording.evidence.exchanges[0].outcome), silence) << error;
  }
}

TEST(Dnsviz, AHistoryIsAttemptsOfTheirOwn) {
  const auto response = fmt::format(
      R"({{"message":"{}","time_elapsed":7,"history":[{{"time_elapsed":900,"cause":"TIMEOUT","action":"NO_CHANGE"}},)"
      R"({{"time_elapsed":900,"cause":"TIMEOUT","action":"CHANGE_UDP_MAX_PAYLOAD","action_arg":512}},)"
      R"({{"time_elapsed":5,"cause":"TC","action":"USE_TCP"}}]}})",
      message("example.", dns::RRType::a));
  const auto recording = read(file("[" + query("example.", "A", response) + "]"));
  const auto& exchanges = recording.evidence.exchanges;
  ASSERT_EQ(exchanges.size(), 3U);
  EXPECT_EQ(std::get<Silence>(exchanges[0].outcome), Silence::timeout);
  EXPECT_EQ(exchanges[0].ask.manner.attempt, 0);
  EXPECT_EQ(exchanges[1].ask.manner.attempt, 1);
  EXPECT_EQ(exchanges[1].rtt, std::chrono::milliseconds(900));
  EXPECT_EQ(exchanges[2].ask.manner.transport, Manner::Transport::tcp);
  EXPECT_EQ(exchanges[2].ask.manner.udp_size, 512);
  EXPECT_NE(exchanges[2].message(), nullptr);
}

// 1.0 had queries by name, seconds with a fraction, and errors by number.
TEST(Dnsviz, TheOldVersionIsRead) {
  const auto response =
      fmt::format(R"({{"message":"{}","response_time":0.25,"history":[{{"response_time":1.5,"cause":"NETWORK_ERROR",)"
                  R"("cause_arg":111,"action":"USE_TCP"}}]}})",
                  message("example.", dns::RRType::a));
  const auto recording = read(file(R"({"example./IN/A":[)" + query("example.", "A", response) + "]}", "1.0"));
  ASSERT_EQ(recording.evidence.exchanges.size(), 2U);
  EXPECT_EQ(std::get<Silence>(recording.evidence.exchanges[0].outcome), Silence::refused);
  EXPECT_NE(recording.evidence.exchanges[1].message(), nullptr);
}

TEST(Dnsviz, TypesAreThoseOfACheck) {
  std::string queries;
  for (const char* type : {"SOA", "NS", "DNSKEY", "DS", "TXT", "AAAA", "A"})
    queries += (queries.empty() ? "" : ",") + query("example.", type, answered);
  const auto recording = read(file("[" + queries + "]"));
  EXPECT_EQ(recording.evidence.target.type, dns::RRType::a);
  ASSERT_EQ(recording.further.size(), 2U);
  EXPECT_EQ(recording.further[0].type, dns::RRType::aaaa);
  EXPECT_EQ(recording.further[1].type, dns::RRType::soa);
}

TEST(Dnsviz, WhatIsWrongIsSaidInOneLine) {
  const std::pair<std::string, std::string> rows[] = {
      {file("[]", "2.0"), "no version between"},
      {file("[]", "1.3"), "no version between"},
      {file("[]"), "nothing was asked"},
      {file("7"), "nothing was asked"},
      {file("[" + query("exa..mple.", "A", answered) + "]"), "not a domain name"},
      {file("[" + query("example.", "NONSENSE", answered) + "]"), "not a record type"},
      {file("[" + query("example.", "A", "{}") + "]"), "no \"message\""},
      {file("[" + query("example.", "A", R"({"message":"!"})") + "]"), "no message in base64"},
      {file("[" + query("example.", "A", R"({"message":null,"error":"OTHER"})") + "]"), "unknown \"error\""},
      {R"({"_meta._dnsviz.":{"version":1.2,"names":["example."]}})", "nothing is in it on"},
      {R"({"_meta._dnsviz.":{"version":1.2,"names":[]}})", "needs names"},
      {R"({"_meta._dnsviz.":7})", "is not an object"},
      {R"({"x..":{},"_meta._dnsviz.":{}})", "is not a domain name"},
      {R"(["_meta._dnsviz."])", "not an object"},
      {R"({"_meta._dnsviz.")", "byte"},
      {std::string(100, '[') + "\"_meta._dnsviz.\"", "nested too deeply"},
      {R"({"a":1})", "is not trustwalk evidence"}};
  for (const auto& [text, says] : rows) {
    const auto recording = resolver::read_any_recording(text);
    ASSERT_FALSE(recording) << text;
    EXPECT_THAT(recording.error(), HasSubstr(says)) << text;
    EXPECT_THAT(recording.error(), testing::Not(HasSubstr("\n")));
  }
}

// Memory is bounded by what is kept: one name's object at a time, and so many names, values and exchanges.
TEST(Dnsviz, TooMuchIsRefused) {
  std::string many = "[" + query("example.", "A", answered);
  for (int i = 0; i < 20'000; ++i) many += "," + query("example.", "A", answered);
  auto recording = resolver::read_any_recording(file(many + "]"));
  ASSERT_FALSE(recording);
  EXPECT_THAT(recording.error(), HasSubstr("too many values"));
  std::string names = "{";
  for (int i = 0; i < 1'100; ++i) {
    names += fmt::format(R"("n{}.":{{"type":"cache","stub":true,"analysis_end":"2026-11-24 03:11:00 UTC"}},)", i);
  }
  recording = resolver::read_any_recording(names + R"("_meta._dnsviz.":{"version":1.2,"names":["n1."]}})");
  ASSERT_FALSE(recording);
  EXPECT_THAT(recording.error(), HasSubstr("more than 1"));
}

}  // namespace
