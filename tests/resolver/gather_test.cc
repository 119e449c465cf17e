#include "resolver/gather.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>

namespace {

using namespace std::chrono_literals;
using dns::Ask;
using dns::Evidence;
using dns::Exchange;
using resolver::Clock;
using resolver::Limits;

Ask ask(int number) {
  Ask made;
  made.name = dns::Name::parse("n" + std::to_string(number) + ".example.").value();
  made.type = dns::RRType::a;
  return made;
}

Exchange exchange_of(const Ask& made) {
  Exchange exchange;
  exchange.ask = made;
  exchange.outcome = dns::Silence::timeout;
  return exchange;
}

// Gives batches as a test wants them; never waits.
class Scripted final : public resolver::Source {
 public:
  void send(const Ask& made) override {
    sent.push_back(made);
    open.push_back(made);
  }
  std::vector<Exchange> wait(Clock::time_point) override {
    ++waits;
    std::vector<Exchange> heard;
    if (!extra.empty()) heard.push_back(exchange_of(std::exchange(extra, {}).front()));
    while (!open.empty() && heard.size() < batch && answered < answers) {
      heard.push_back(exchange_of(open.front()));
      open.pop_front();
      ++answered;
    }
    return heard;
  }

  std::vector<Ask> sent;
  std::deque<Ask> open;
  std::vector<Ask> extra;  // handed out first, though this gathering did not ask
  std::size_t batch = 100, answers = 1000, answered = 0, waits = 0;
};

// A chain: n0, then n1 when n0 is known, up to `length`.
resolver::Missing chain(int length) {
  return [length](const dns::Target&, const Evidence& seen, const Limits&) {
    const int known = static_cast<int>(seen.exchanges.size());
    return known < length ? std::vector<Ask>{ask(known)} : std::vector<Ask>{};
  };
}

// All of n0 … n(count-1) at once, those still under way named again each time.
resolver::Missing burst(int count) {
  return [count](const dns::Target&, const Evidence& seen, const Limits&) {
    std::vector<Ask> asks;
    for (int i = 0; i < count; ++i)
      if (seen.find(ask(i)) == nullptr) asks.push_back(ask(i));
    return asks;
  };
}

struct Row {
  const char* label;
  resolver::Missing rule;
  std::size_t batch, answers;
  std::size_t limit;
  std::size_t exchanges, cut_short;
  Evidence::Limit why;
  int rounds;
};

// Proves L-exchanges, L-deadline
TEST(Gather, ends_when_nothing_is_missing_or_a_limit_is_met) {
  const auto none = Evidence::Limit::none, count = Evidence::Limit::count, deadline = Evidence::Limit::deadline;
  const Row rows[] = {
      {"nothing to ask", chain(0), 9, 99, 10, 0, 0, none, 0},
      {"one after the other: a round each", chain(4), 9, 99, 10, 4, 0, none, 4},
      {"all at once: one round", burst(4), 9, 99, 10, 4, 0, none, 1},
      {"all at once, heard one by one: still one round", burst(4), 1, 99, 10, 4, 0, none, 1},
      {"more than the limit at once", burst(6), 9, 99, 4, 4, 2, count, 1},
      {"limit met on the way", chain(6), 9, 99, 4, 4, 1, count, 4},
      {"exactly the limit", burst(4), 9, 99, 4, 4, 0, none, 1},
      {"no limit left at all", burst(2), 9, 99, 0, 0, 2, count, 0},
      {"the source falls silent", burst(4), 1, 3, 10, 3, 1, deadline, 1},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.label);
    Scripted source;
    source.batch = row.batch;
    source.answers = row.answers;
    Limits limits;
    limits.exchanges = row.limit;
    const Evidence evidence = resolver::gather_by(row.rule, {}, source, limits);
    EXPECT_EQ(evidence.exchanges.size(), row.exchanges);
    EXPECT_EQ(evidence.cut_short.size(), row.cut_short);
    EXPECT_EQ(evidence.limit, row.why);
    EXPECT_EQ(evidence.rounds, row.rounds);
    EXPECT_LE(source.sent.size(), row.limit);
    std::ranges::sort(source.sent);
    EXPECT_EQ(std::ranges::adjacent_find(source.sent), source.sent.end()) << "an ask was sent twice";
  }
}

TEST(Gather, stops_though_asks_are_under_way_that_nobody_misses_any_more) {
  Scripted source;
  source.batch = 1;
  const auto rule = [](const dns::Target&, const Evidence& seen, const Limits&) {
    return seen.exchanges.empty() ? std::vector<Ask>{ask(0), ask(1)} : std::vector<Ask>{};
  };
  const Evidence evidence = resolver::gather_by(rule, {}, source, {});
  EXPECT_EQ(evidence.exchanges.size(), 1U);
  EXPECT_TRUE(evidence.cut_short.empty());
  EXPECT_EQ(source.waits, 1U);
}

TEST(Gather, what_another_gathering_left_under_way_is_not_evidence) {
  Scripted source;
  source.extra = {ask(77)};
  source.batch = 1;
  const Evidence evidence = resolver::gather_by(chain(2), {}, source, {});
  ASSERT_EQ(evidence.exchanges.size(), 2U);
  EXPECT_EQ(evidence.find(ask(77)), nullptr);
}

TEST(Gather, an_ask_named_twice_is_sent_once) {
  Scripted source;
  const auto rule = [](const dns::Target&, const Evidence& seen, const Limits&) {
    return seen.exchanges.empty() ? std::vector<Ask>{ask(0), ask(0)} : std::vector<Ask>{};
  };
  resolver::gather_by(rule, {}, source, {});
  EXPECT_EQ(source.sent.size(), 1U);
}

// Proves L-deadline
TEST(Gather, a_source_that_never_tires_cannot_outrun_the_deadline) {
  Scripted source;
  source.answers = std::size_t{1} << 40;
  Limits limits;
  limits.deadline = 20ms;
  limits.exchanges = std::size_t{1} << 40;
  const auto endless = [](const dns::Target&, const Evidence& seen, const Limits&) {
    return std::vector<Ask>{ask(static_cast<int>(seen.exchanges.size()))};
  };
  const Evidence evidence = resolver::gather_by(endless, {}, source, limits);
  EXPECT_EQ(evidence.limit, Evidence::Limit::deadline);
  EXPECT_EQ(evidence.cut_short.size(), 1U);
}

TEST(Gather, the_target_and_the_start_are_part_of_the_evidence) {
  Scripted source;
  dns::Target target;
  target.name = dns::Name::parse("www.example.").value();
  target.made_up = "xyz";
  const Evidence evidence = resolver::gather_by(chain(1), target, source, {});
  EXPECT_EQ(evidence.target.name, target.name);
  EXPECT_EQ(evidence.target.made_up, "xyz");
}

}  // namespace
