#include "resolver/network_rules.h"

#include <errno.h>
#include <gtest/gtest.h>

#include "resolver/network_socket.h"

namespace {

using namespace std::chrono_literals;
using dns::Bytes;
using dns::Message;
using dns::Silence;
using resolver::Fit;
using std::chrono::milliseconds;

TEST(Shares, attempts_divide_the_timeout) {
  struct Row {
    int attempts;
    std::vector<int> shares;  // of 2000 ms; three attempts: tech.md §3 and cli.md §2
  };
  const Row rows[] = {{1, {2000}}, {2, {800, 1200}}, {3, {400, 600, 1000}}, {4, {222, 333, 555, 888}}};
  for (const Row& row : rows) {
    milliseconds sum{0};
    for (int i = 0; i < row.attempts; ++i) {
      EXPECT_EQ(resolver::share_of(2000ms, row.attempts, i), milliseconds(row.shares[static_cast<std::size_t>(i)]));
      sum += resolver::share_of(2000ms, row.attempts, i);
    }
    EXPECT_LE(sum, 2000ms);
  }
}

TEST(Shares, odd_arguments_still_give_some_time) {
  EXPECT_EQ(resolver::share_of(2000ms, 3, 7), 1000ms);
  EXPECT_EQ(resolver::share_of(2000ms, 0, 0), 2000ms);
  EXPECT_EQ(resolver::share_of(0ms, 3, 0), 1ms);
  EXPECT_GT(resolver::share_of(2000ms, 255, 0), 0ms);
}

Message message_with(std::initializer_list<dns::Ttl> ttls) {
  Message message;
  message.qr = true;
  for (const dns::Ttl ttl : ttls) message.answer.push_back({{}, dns::RRType::a, dns::RRClass::in, ttl, {192, 0, 2, 1}});
  return message;
}

dns::Outcome outcome_of(const Message& message) { return dns::reply_of(dns::encode(message)); }

// Proves C-6840-3.1
TEST(Lifetime, least_ttl_within_an_hour_and_five_seconds_for_failures) {
  Message servfail = message_with({300});
  servfail.rcode = dns::Rcode::servfail;
  Message truncated = message_with({300});
  truncated.tc = true;
  Message nxdomain = message_with({});
  nxdomain.rcode = dns::Rcode::nxdomain;
  nxdomain.authority = message_with({900, 60}).answer;
  Message high = message_with({0x80000000});  // RFC 2181 §8: counts as 0
  struct Row {
    const char* label;
    dns::Outcome outcome;
    std::chrono::seconds expected;
  };
  const Row rows[] = {
      {"one record", outcome_of(message_with({300})), 300s},
      {"least of several", outcome_of(message_with({300, 30, 3000})), 30s},
      {"never above an hour", outcome_of(message_with({86400})), 3600s},
      {"zero", outcome_of(message_with({300, 0})), 0s},
      {"top bit", outcome_of(high), 0s},
      {"authority counts", outcome_of(nxdomain), 60s},
      {"no records at all", outcome_of(message_with({})), 5s},
      {"SERVFAIL", outcome_of(servfail), 5s},
      {"truncated", outcome_of(truncated), 5s},
      {"unreadable", dns::reply_of({1, 2, 3}), 5s},
      {"silence", Silence::timeout, 5s},
  };
  for (const Row& row : rows) EXPECT_EQ(resolver::lifetime(row.outcome), row.expected) << row.label;
}

// Proves CVE-2026-42389
TEST(Fit, of_replies_to_a_query) {
  dns::Ask ask;
  ask.name = dns::Name::parse("www.example.").value();
  ask.type = dns::RRType::a;
  const Bytes query = resolver::query_octets(ask, 0x1234);
  const auto reply = [&](void (*change)(Message&)) {
    Message message = dns::decode(query).value();
    message.qr = true;
    change(message);
    return dns::encode(message);
  };
  struct Row {
    const char* label;
    Bytes octets;
    Fit expected;
  };
  const Row rows[] = {
      {"the answer", reply([](Message&) {}), Fit::plain},
      {"other letter case", reply([](Message& m) { m.questions[0].name = dns::Name::parse("WWW.example.").value(); }),
       Fit::plain},
      {"other id", reply([](Message& m) { m.id = 0x1235; }), Fit::foreign},
      {"other name", reply([](Message& m) { m.questions[0].name = dns::Name::parse("ww.example.").value(); }),
       Fit::foreign},
      {"other type", reply([](Message& m) { m.questions[0].type = dns::RRType::ns; }), Fit::foreign},
      {"other class", reply([](Message& m) { m.questions[0].rrclass = dns::RRClass::ch; }), Fit::foreign},
      {"no question", reply([](Message& m) { m.questions.clear(); }), Fit::awkward},
      {"two questions", reply([](Message& m) { m.questions.push_back(m.questions[0]); }), Fit::awkward},
      {"FORMERR", reply([](Message& m) { m.rcode = dns::Rcode::formerr; }), Fit::awkward},
      {"FORMERR to another question", reply([](Message& m) {
         m.rcode = dns::Rcode::formerr;
         m.questions[0].type = dns::RRType::ns;
       }),
       Fit::foreign},
      {"header only, question promised", Bytes(query.begin(), query.begin() + 12), Fit::foreign},
      {"less than a header", Bytes(query.begin(), query.begin() + 11), Fit::foreign},
      {"nothing", {}, Fit::foreign},
  };
  for (const Row& row : rows) EXPECT_EQ(resolver::fit(row.octets, query), row.expected) << row.label;
}

TEST(Silence, of_errno) {
  struct Row {
    int error;
    Silence expected;
  };
  const Row rows[] = {{ECONNREFUSED, Silence::refused},
                      {ECONNRESET, Silence::reset},
                      {EPIPE, Silence::reset},
                      {0, Silence::reset},
                      {EHOSTUNREACH, Silence::host_unreachable},
                      {ENETUNREACH, Silence::net_unreachable},
                      {EAFNOSUPPORT, Silence::family_unreachable},
                      {EPERM, Silence::not_asked},
                      {EMFILE, Silence::not_asked},
                      {ETIMEDOUT, Silence::timeout}};
  for (const Row& row : rows) EXPECT_EQ(resolver::silence_of(row.error), row.expected) << row.error;
}

TEST(Frames, come_out_whole_however_they_come_in) {
  const Bytes stream{0, 3, 1, 2, 3, 0, 0, 0, 1, 9};
  for (std::size_t step = 1; step <= stream.size(); ++step) {
    resolver::Frames frames;
    std::vector<Bytes> messages;
    for (std::size_t at = 0; at < stream.size(); at += step) {
      frames.add(dns::View(stream).subspan(at, std::min(step, stream.size() - at)));
      while (const auto message = frames.next()) messages.emplace_back(message->begin(), message->end());
    }
    EXPECT_EQ(messages, (std::vector<Bytes>{{1, 2, 3}, {}, {9}})) << step;
  }
}

// Proves CVE-2025-40780
TEST(Ids, do_not_come_in_an_order) {
  resolver::Ids ids;
  std::size_t repeats = 0, ascending = 0;
  std::uint16_t last = ids.next();
  for (int i = 0; i < 1000; ++i) {
    const std::uint16_t next = ids.next();
    repeats += next == last ? 1 : 0;
    ascending += next > last ? 1 : 0;
    last = next;
  }
  EXPECT_LT(repeats, 10U);
  EXPECT_GT(ascending, 300U);
  EXPECT_LT(ascending, 700U);
}

}  // namespace
