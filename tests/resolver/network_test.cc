#include "resolver/network.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/resolver/responder.h"

namespace {

using namespace std::chrono_literals;
using dns::Ask;
using dns::Bytes;
using dns::Exchange;
using dns::Manner;
using dns::Message;
using dns::Name;
using dns::Rcode;
using dns::RRType;
using dns::Silence;
using resolver::Clock;
using resolver::NetworkOptions;
using tests::Act;
using tests::Heard;
using tests::Responder;
using Kind = tests::Act::Kind;
using Transport = dns::Manner::Transport;
using Extension = dns::Manner::Extension;

Name name_of(const std::string& text) { return Name::parse(text).value(); }

Message answer_to(const Bytes& query) {
  Message message = dns::decode(query).value();
  message.qr = true;
  message.answer = {{message.questions.at(0).name, RRType::a, dns::RRClass::in, 300, {192, 0, 2, 1}}};
  return message;
}

Act send(const Message& message) { return {Kind::send, dns::encode(message)}; }

Ask ask_of(const dns::Address& server, const std::string& name = "www.example.", Transport transport = Transport::udp) {
  Ask ask;
  ask.server = server;
  ask.name = name_of(name);
  ask.type = RRType::a;
  ask.manner.transport = transport;
  return ask;
}

NetworkOptions loopback_options() {
  NetworkOptions options;
  options.private_destinations = true;
  options.timeout = 5000ms;
  options.attempts = 1;
  return options;
}

std::unique_ptr<resolver::Source> network(const NetworkOptions& options) {
  return std::move(resolver::open_network(options).value());
}

// All outcomes, until nothing is under way.
std::vector<Exchange> all_of(resolver::Source& source) {
  std::vector<Exchange> all;
  const auto deadline = Clock::now() + 60s;
  for (auto heard = source.wait(deadline); !heard.empty(); heard = source.wait(deadline))
    all.insert(all.end(), heard.begin(), heard.end());
  return all;
}

std::string describe(const dns::Outcome& outcome) {
  if (const auto* silence = std::get_if<Silence>(&outcome)) return std::string(dns::to_text(*silence));
  const auto& reply = std::get<dns::Reply>(outcome);
  if (!reply.message) return "unreadable";
  const Message& message = *reply.message;
  return dns::to_text(message.rcode) + " " + std::to_string(message.questions.size()) + "/" +
         std::to_string(message.answer.size()) + (message.tc ? " tc" : "") + (message.edns ? " opt" : "");
}

// --- one server, one behaviour a row ---

struct Behaviour {
  const char* label;
  Transport transport;
  std::vector<Act> (*script)(const Heard&);
  const char* expected;  // of describe()
  std::size_t queries;   // that reach the server
};

std::vector<Act> no_opt_formerr(const Heard& heard) {
  Message message = answer_to(heard.query);
  message.rcode = Rcode::formerr;
  message.answer.clear();
  message.edns.reset();
  return {send(message)};
}

std::vector<Act> with_rcode(const Heard& heard, Rcode rcode) {
  Message message = answer_to(heard.query);
  message.rcode = rcode;
  message.answer.clear();
  return {send(message)};
}

std::vector<Act> without_question(const Heard& heard) {
  Message message = answer_to(heard.query);
  message.rcode = Rcode::formerr;
  message.questions.clear();
  message.answer.clear();
  message.edns.reset();
  return {send(message)};
}

std::vector<Act> wrong_then_right(const Heard& heard, void (*spoil)(Message&)) {
  Message wrong = answer_to(heard.query);
  wrong.answer.clear();
  spoil(wrong);
  return {send(wrong), send(answer_to(heard.query))};
}

Message with_records(const Bytes& query, std::size_t count) {
  Message message = answer_to(query);
  const dns::Record record = message.answer.front();
  message.answer.assign(count, record);
  return message;
}

const Behaviour behaviours[] = {
    {"answer", Transport::udp, [](const Heard& h) -> std::vector<Act> { return {send(answer_to(h.query))}; },
     "NOERROR 1/1 opt", 1},
    {"answer by TCP", Transport::tcp, [](const Heard& h) -> std::vector<Act> { return {send(answer_to(h.query))}; },
     "NOERROR 1/1 opt", 1},
    {"SERVFAIL is an answer", Transport::udp, [](const Heard& h) { return with_rcode(h, Rcode::servfail); },
     "SERVFAIL 1/0 opt", 1},
    {"NOTIMP is an answer", Transport::udp, [](const Heard& h) { return with_rcode(h, Rcode::notimp); },
     "NOTIMP 1/0 opt", 1},
    {"REFUSED is an answer", Transport::udp, [](const Heard& h) { return with_rcode(h, Rcode::refused); },
     "REFUSED 1/0 opt", 1},
    {"FORMERR with OPT", Transport::udp, [](const Heard& h) { return with_rcode(h, Rcode::formerr); },
     "FORMERR 1/0 opt", 1},
    {"FORMERR without OPT is not asked again behind our back", Transport::udp, no_opt_formerr, "FORMERR 1/0", 1},
    {"FORMERR without OPT by TCP", Transport::tcp, no_opt_formerr, "FORMERR 1/0", 1},
    {"FORMERR without a question", Transport::udp, without_question, "FORMERR 0/0", 1},
    {"FORMERR without a question by TCP", Transport::tcp, without_question, "FORMERR 0/0", 1},
    {"wrong id first", Transport::udp,
     [](const Heard& h) { return wrong_then_right(h, [](Message& m) { m.id ^= 1; }); }, "NOERROR 1/1 opt", 1},
    {"wrong name first", Transport::udp,
     [](const Heard& h) {
       return wrong_then_right(h, [](Message& m) { m.questions[0].name = name_of("www.example.net."); });
     },
     "NOERROR 1/1 opt", 1},
    {"wrong type first", Transport::udp,
     [](const Heard& h) { return wrong_then_right(h, [](Message& m) { m.questions[0].type = RRType::aaaa; }); },
     "NOERROR 1/1 opt", 1},
    {"wrong class first", Transport::udp,
     [](const Heard& h) { return wrong_then_right(h, [](Message& m) { m.questions[0].rrclass = dns::RRClass::ch; }); },
     "NOERROR 1/1 opt", 1},
    {"wrong name first by TCP", Transport::tcp,
     [](const Heard& h) {
       return wrong_then_right(h, [](Message& m) { m.questions[0].name = name_of("www.example.net."); });
     },
     "NOERROR 1/1 opt", 1},
    {"other letter case is the same name", Transport::udp,
     [](const Heard& h) -> std::vector<Act> {
       Message m = answer_to(h.query);
       m.questions[0].name = name_of("wWw.ExAmPlE.");
       return {send(m)};
     },
     "NOERROR 1/1 opt", 1},
    {"another port first", Transport::udp,
     [](const Heard& h) -> std::vector<Act> {
       Message m = answer_to(h.query);
       m.answer.clear();
       return {{Kind::send_other_port, dns::encode(m)}, send(answer_to(h.query))};
     },
     "NOERROR 1/1 opt", 1},
    {"noise, an empty datagram, half a header first", Transport::udp,
     [](const Heard& h) -> std::vector<Act> {
       return {{Kind::send, {1, 2, 3}},
               {Kind::send, {}},
               {Kind::send, Bytes(h.query.begin(), h.query.begin() + 7)},
               send(answer_to(h.query))};
     },
     "NOERROR 1/1 opt", 1},
    {"noise frames first", Transport::tcp,
     [](const Heard& h) -> std::vector<Act> {
       return {{Kind::send, {1, 2, 3}}, {Kind::send, {}}, send(answer_to(h.query))};
     },
     "NOERROR 1/1 opt", 1},
    {"counts that lie", Transport::udp,
     [](const Heard& h) -> std::vector<Act> {
       Bytes octets = dns::encode(answer_to(h.query));
       octets[7] = 9;
       return {{Kind::send, octets}};
     },
     "unreadable", 1},
    {"truncated", Transport::udp,
     [](const Heard& h) -> std::vector<Act> {
       Message m = answer_to(h.query);
       m.tc = true;
       m.answer.clear();
       return {send(m)};
     },
     "NOERROR 1/0 tc opt", 1},
    {"larger than was asked for", Transport::udp,
     [](const Heard& h) -> std::vector<Act> { return {send(with_records(h.query, 100))}; }, "NOERROR 1/100 opt", 1},
    {"larger than c-ares can hold", Transport::udp,
     [](const Heard& h) -> std::vector<Act> { return {send(with_records(h.query, 800))}; }, "NOERROR 1/800 opt", 1},
    {"64 kB by TCP", Transport::tcp,
     [](const Heard& h) -> std::vector<Act> { return {send(with_records(h.query, 2000))}; }, "NOERROR 1/2000 opt", 1},
    {"TCP octet by octet", Transport::tcp,
     [](const Heard& h) -> std::vector<Act> {
       return {{Kind::send_by_octets, dns::encode(with_records(h.query, 20))}};
     },
     "NOERROR 1/20 opt", 1},
    {"TCP end of stream instead of an answer", Transport::tcp,
     [](const Heard&) -> std::vector<Act> { return {{Kind::close, {}}}; }, "reset", 1},
    {"TCP reset instead of an answer", Transport::tcp,
     [](const Heard&) -> std::vector<Act> { return {{Kind::reset, {}}}; }, "reset", 1},
    {"our own query comes back", Transport::udp,
     [](const Heard& h) -> std::vector<Act> { return {{Kind::send, h.query}}; }, "NOERROR 1/0 opt", 1},
};

TEST(Network, one_behaviour_of_one_server) {
  for (const Behaviour& row : behaviours) {
    SCOPED_TRACE(row.label);
    Responder server(row.script);
    const auto source = network(loopback_options());
    const Ask ask = ask_of(server.address(), "www.example.", row.transport);
    source->send(ask);
    const auto heard = all_of(*source);
    ASSERT_EQ(heard.size(), 1U);
    EXPECT_EQ(heard[0].ask, ask);
    EXPECT_EQ(describe(heard[0].outcome), row.expected);
    EXPECT_EQ(server.queries(), row.queries);
  }
}

TEST(Network, a_server_that_says_nothing_is_a_timeout) {
  for (const Transport transport : {Transport::udp, Transport::tcp}) {
    Responder server([](const Heard&) { return std::vector<Act>{}; });
    auto options = loopback_options();
    options.timeout = 50ms;
    const auto source = network(options);
    source->send(ask_of(server.address(), "www.example.", transport));
    const auto heard = all_of(*source);
    ASSERT_EQ(heard.size(), 1U);
    EXPECT_EQ(describe(heard[0].outcome), "timeout");
    EXPECT_FALSE(heard[0].sent.empty());
  }
}

TEST(Network, a_reply_that_comes_too_late_answers_nothing) {
  // The answer to the first question comes when the second is asked, after the first one's time.
  Bytes first;
  Responder server([&first](const Heard& heard) -> std::vector<Act> {
    if (heard.number == 0) {
      first = heard.query;
      return {};
    }
    return {send(answer_to(first)), send(answer_to(heard.query))};
  });
  auto options = loopback_options();
  options.timeout = 50ms;
  const auto source = network(options);
  source->send(ask_of(server.address(), "one.example."));
  EXPECT_EQ(describe(all_of(*source).at(0).outcome), "timeout");
  source->send(ask_of(server.address(), "two.example."));
  const auto heard = all_of(*source);
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard[0].ask.name, name_of("two.example."));
  EXPECT_NE(heard[0].message(), nullptr);
}

struct Nowhere {
  const char* label;
  const char* address;  // "closed": a port nobody listens at
  Transport transport;
  bool private_destinations;
  const char* expected;
};

const Nowhere nowhere[] = {
    {"closed UDP port", "closed", Transport::udp, true, "refused"},
    {"closed TCP port", "closed", Transport::tcp, true, "refused"},
    {"loopback where only public servers may be asked", "127.0.0.1", Transport::udp, false, "not-asked"},
    {"private where only public servers may be asked", "10.1.2.3", Transport::tcp, false, "not-asked"},
    {"this network", "0.0.0.0", Transport::udp, true, "not-asked"},
    {"multicast", "224.0.0.251", Transport::udp, true, "not-asked"},
    {"broadcast", "255.255.255.255", Transport::udp, true, "not-asked"},
    {"unspecified", "::", Transport::udp, true, "not-asked"},
    {"unspecified, mapped", "::ffff:0.0.0.0", Transport::udp, true, "not-asked"},
    {"multicast 6", "ff02::fb", Transport::udp, true, "not-asked"},
};

TEST(Network, where_nobody_answers_or_may_be_asked) {
  for (const Nowhere& row : nowhere) {
    SCOPED_TRACE(row.label);
    auto options = loopback_options();
    options.private_destinations = row.private_destinations;
    const auto source = network(options);
    const bool closed = std::string_view(row.address) == "closed";
    source->send(ask_of(closed ? tests::closed_port("127.0.0.1") : dns::parse_address(row.address).value(),
                        "a.example.", row.transport));
    const auto heard = all_of(*source);
    ASSERT_EQ(heard.size(), 1U);
    EXPECT_EQ(describe(heard[0].outcome), row.expected);
  }
}

TEST(Network, a_closed_port_is_refused_again_and_again) {
  const auto source = network(loopback_options());
  const auto address = tests::closed_port("127.0.0.1");
  for (int i = 0; i < 5; ++i) {
    source->send(ask_of(address, "a" + std::to_string(i) + ".example."));
    const auto heard = all_of(*source);
    ASSERT_EQ(heard.size(), 1U);
    EXPECT_EQ(describe(heard[0].outcome), "refused");
  }
}

TEST(Network, all_questions_of_a_burst_to_a_closed_port_are_refused) {
  for (const Transport transport : {Transport::udp, Transport::tcp}) {
    const auto source = network(loopback_options());
    const auto address = tests::closed_port("127.0.0.1");
    for (int i = 0; i < 20; ++i) source->send(ask_of(address, "a" + std::to_string(i) + ".example.", transport));
    const auto heard = all_of(*source);
    EXPECT_EQ(heard.size(), 20U);
    for (const Exchange& exchange : heard) EXPECT_EQ(describe(exchange.outcome), "refused");
  }
}

// Proves C-4035-4.1, C-4035-4.9, C-6840-5.6, C-6840-5.7-8, C-6840-5.9, C-9715
TEST(Network, the_octets_sent_say_what_the_manner_says) {
  struct Row {
    const char* label;
    Manner manner;
    bool rd, cd;
    const char* edns;
  };
  const auto manner = [](Manner::Recursion recursion, Extension extension, bool cd, std::uint16_t size) {
    Manner made;
    made.recursion = recursion;
    made.extension = extension;
    made.checking_disabled = cd;
    made.udp_size = size;
    return made;
  };
  const Row rows[] = {
      {"default", Manner{}, false, true, "1232 do"},
      {"to a resolver", manner(Manner::Recursion::desired, Extension::edns_do, true, 1232), true, true, "1232 do"},
      {"no CD, size", manner(Manner::Recursion::desired, Extension::edns_do, false, 4096), true, false, "4096 do"},
      {"EDNS without DO", manner(Manner::Recursion::not_desired, Extension::edns_plain, true, 512), false, true, "512"},
      {"no EDNS", manner(Manner::Recursion::not_desired, Extension::none, false, 512), false, false, "none"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.label);
    Responder server([](const Heard& heard) -> std::vector<Act> { return {send(answer_to(heard.query))}; });
    const auto source = network(loopback_options());
    Ask ask = ask_of(server.address());
    ask.manner = row.manner;
    source->send(ask);
    const auto heard = all_of(*source);
    ASSERT_EQ(heard.size(), 1U);
    ASSERT_TRUE(dns::decode(heard[0].sent));
    const Message query = *dns::decode(heard[0].sent);
    EXPECT_EQ(query.rd, row.rd);
    EXPECT_EQ(query.cd, row.cd);
    EXPECT_FALSE(query.qr || query.ad || query.aa || query.tc);
    ASSERT_EQ(query.questions.size(), 1U);
    EXPECT_EQ(query.questions[0].name, ask.name);
    const std::string edns =
        query.edns ? std::to_string(query.edns->udp_size) + (query.edns->dnssec_ok() ? " do" : "") : "none";
    EXPECT_EQ(edns, row.edns);
    const auto& reply = std::get<dns::Reply>(heard[0].outcome);
    EXPECT_EQ(reply.message->id, query.id);
  }
}

// --- idempotence and freshness ---

TEST(Network, the_same_ask_is_sent_once_and_its_outcome_handed_out_again_while_fresh) {
  struct Row {
    const char* label;
    std::vector<Act> (*script)(const Heard&);
    std::size_t queries;  // after two sends, one after the other
  };
  const Row rows[] = {
      {"TTL 300", [](const Heard& h) -> std::vector<Act> { return {send(answer_to(h.query))}; }, 1},
      {"TTL 0",
       [](const Heard& h) -> std::vector<Act> {
         Message m = answer_to(h.query);
         m.answer[0].ttl = 0;
         return {send(m)};
       },
       2},
      {"one TTL 0 among others",
       [](const Heard& h) -> std::vector<Act> {
         Message m = with_records(h.query, 3);
         m.answer[1].ttl = 0;
         return {send(m)};
       },
       2},
      {"a failure lives 5 s", [](const Heard& h) { return with_rcode(h, Rcode::servfail); }, 1},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.label);
    Responder server(row.script);
    const auto source = network(loopback_options());
    const Ask ask = ask_of(server.address());
    source->send(ask);
    source->send(ask);
    EXPECT_EQ(all_of(*source).size(), 1U);
    source->send(ask);
    const auto again = all_of(*source);
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again[0].ask, ask);
    EXPECT_EQ(server.queries(), row.queries);
  }
}

TEST(Network, another_attempt_is_another_ask) {
  Responder server([](const Heard& heard) -> std::vector<Act> {
    if (heard.number == 0) return {};
    return {send(answer_to(heard.query))};
  });
  auto options = loopback_options();
  options.timeout = 200ms;
  options.attempts = 3;
  const auto source = network(options);
  Ask ask = ask_of(server.address());
  source->send(ask);
  EXPECT_EQ(describe(all_of(*source).at(0).outcome), "timeout");
  ask.manner.attempt = 1;
  source->send(ask);
  EXPECT_EQ(describe(all_of(*source).at(0).outcome), "NOERROR 1/1 opt");
}

// --- many at once ---

TEST(Network, many_questions_to_several_servers_each_get_their_own_answer) {
  const auto script = [](const Heard& heard) -> std::vector<Act> { return {send(answer_to(heard.query))}; };
  std::vector<std::unique_ptr<Responder>> servers;
  for (const char* address : {"127.0.0.1", "127.0.0.2", "127.0.0.3", "127.1.2.3"})
    servers.push_back(std::make_unique<Responder>(script, address));
  auto options = loopback_options();
  options.timeout = 20'000ms;
  options.channels = 3;  // fewer than lanes: channels are taken in turn
  const auto source = network(options);
  constexpr std::size_t each = 300;
  std::set<Ask> asked;
  for (std::size_t i = 0; i < each; ++i) {
    for (const auto& server : servers) {
      const auto transport = i % 3 == 0 ? Transport::tcp : Transport::udp;
      asked.insert(ask_of(server->address(), "n" + std::to_string(i) + ".example.", transport));
    }
  }
  for (const Ask& ask : asked) source->send(ask);
  const auto heard = all_of(*source);
  EXPECT_EQ(heard.size(), asked.size());
  std::set<std::uint16_t> ids;
  for (const Exchange& exchange : heard) {
    EXPECT_EQ(asked.erase(exchange.ask), 1U);
    ASSERT_NE(exchange.message(), nullptr) << describe(exchange.outcome);
    EXPECT_EQ(exchange.message()->answer.at(0).owner, exchange.ask.name);
    ids.insert(exchange.message()->id);
  }
  EXPECT_GT(ids.size(), each) << "ids repeat more than chance allows";
}

TEST(Network, no_more_than_the_cap_is_in_flight_to_one_server) {
  Responder server([](const Heard&) { return std::vector<Act>{}; });
  auto options = loopback_options();
  options.in_flight_per_server = 8;
  const auto source = network(options);
  for (int i = 0; i < 50; ++i) source->send(ask_of(server.address(), "n" + std::to_string(i) + ".example."));
  EXPECT_TRUE(source->wait(Clock::now() + 100ms).empty());
  EXPECT_LE(server.queries(), 8U);
}

TEST(Network, the_deadline_holds_with_thousands_under_way) {
  Responder server([](const Heard&) { return std::vector<Act>{}; });
  const auto source = network(loopback_options());
  for (int i = 0; i < 3000; ++i) source->send(ask_of(server.address(), "n" + std::to_string(i) + ".example."));
  EXPECT_TRUE(source->wait(Clock::now() + 20ms).empty());
  EXPECT_TRUE(source->wait(Clock::now() - 1s).empty());
}

TEST(Network, nothing_under_way_ends_the_wait_at_once) {
  const auto source = network(loopback_options());
  EXPECT_TRUE(source->wait(Clock::now() + 1h).empty());
}

// Proves CVE-2025-40780
TEST(Network, source_ports_change_now_and_then) {
  Responder server([](const Heard& heard) -> std::vector<Act> { return {send(answer_to(heard.query))}; });
  const auto source = network(loopback_options());
  for (int i = 0; i < 1000; ++i) source->send(ask_of(server.address(), "n" + std::to_string(i) + ".example."));
  const auto heard = all_of(*source);
  EXPECT_EQ(heard.size(), 1000U);
  for (const Exchange& exchange : heard) EXPECT_NE(exchange.message(), nullptr);
}

// --- TCP connections ---

TEST(Network, questions_share_a_connection) {
  std::atomic<std::size_t> most = 0;
  Responder server([&most](const Heard& heard) -> std::vector<Act> {
    most = std::max<std::size_t>(most, heard.on_connection + 1);
    return {send(answer_to(heard.query))};
  });
  const auto source = network(loopback_options());
  for (int i = 0; i < 10; ++i)
    source->send(ask_of(server.address(), "n" + std::to_string(i) + ".example.", Transport::tcp));
  EXPECT_EQ(all_of(*source).size(), 10U);
  EXPECT_EQ(most, 10U);
}

TEST(Network, a_server_that_closes_after_each_answer_still_answers_all) {
  Responder server(
      [](const Heard& heard) -> std::vector<Act> { return {send(answer_to(heard.query)), {Kind::close, {}}}; });
  const auto source = network(loopback_options());
  for (int i = 0; i < 10; ++i)
    source->send(ask_of(server.address(), "n" + std::to_string(i) + ".example.", Transport::tcp));
  const auto heard = all_of(*source);
  ASSERT_EQ(heard.size(), 10U);
  for (const Exchange& exchange : heard) EXPECT_NE(exchange.message(), nullptr) << describe(exchange.outcome);
}

TEST(Network, a_connection_closed_while_idle_is_opened_again) {
  Responder server(
      [](const Heard& heard) -> std::vector<Act> { return {send(answer_to(heard.query)), {Kind::close, {}}}; });
  const auto source = network(loopback_options());
  for (int i = 0; i < 3; ++i) {
    source->send(ask_of(server.address(), "n" + std::to_string(i) + ".example.", Transport::tcp));
    const auto heard = all_of(*source);
    ASSERT_EQ(heard.size(), 1U);
    EXPECT_NE(heard[0].message(), nullptr) << describe(heard[0].outcome);
  }
}

TEST(Network, answers_in_another_order_find_their_questions) {
  std::vector<Bytes> kept;
  Responder server([&kept](const Heard& heard) {
    std::vector<Act> acts;
    kept.push_back(heard.query);
    if (kept.size() == 5)
      for (auto query = kept.rbegin(); query != kept.rend(); ++query) acts.push_back(send(answer_to(*query)));
    return acts;
  });
  const auto source = network(loopback_options());
  for (int i = 0; i < 5; ++i)
    source->send(ask_of(server.address(), "n" + std::to_string(i) + ".example.", Transport::tcp));
  const auto heard = all_of(*source);
  ASSERT_EQ(heard.size(), 5U);
  for (const Exchange& exchange : heard) EXPECT_NE(exchange.message(), nullptr);
}

// --- opening ---

TEST(Network, an_address_that_is_not_ours_cannot_be_bound) {
  auto options = loopback_options();
  options.bind = dns::parse_address("192.0.2.1", 0);
  const auto opened = resolver::open_network(options);
  ASSERT_FALSE(opened.has_value());
  EXPECT_NE(opened.error().find("192.0.2.1"), std::string::npos);
}

TEST(Network, asks_go_out_from_the_bound_address) {
  Responder server([](const Heard& heard) -> std::vector<Act> { return {send(answer_to(heard.query))}; });
  for (const Transport transport : {Transport::udp, Transport::tcp}) {
    auto options = loopback_options();
    options.bind = dns::parse_address("127.0.0.77", 0);
    const auto source = network(options);
    source->send(ask_of(server.address(), "www.example.", transport));
    EXPECT_NE(all_of(*source).at(0).message(), nullptr);
  }
}

}  // namespace
