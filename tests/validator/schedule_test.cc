// Orders of a change against two witnesses: orders worked out by hand (RFC 6781 §4.1, RFC 7583), and a simulation of
// caches with clocks of their own that knows nothing of mixes: it keeps what it fetched until its TTL ends.
#include "validator/schedule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

namespace validator {
namespace {

using dns::Seconds;
using Kind = Schedule::Kind;

// A zone as far as a chain depends on it: keys are numbers.
struct State {
  std::set<int> ds;       // keys that the parent points at; none: unsigned
  std::set<int> keys;     // published
  std::set<int> entries;  // of these sign the DNSKEY set
  std::set<int> data;     // sign the rest

  bool operator==(const State&) const = default;
};

// RFC 4035 §5.2 and §5.3, in sets: without DS anything holds; else a DS meets a key that signs the keys, and one of
// these signed the data.
bool validates(const std::set<int>& ds, const State& keys, const std::set<int>& data) {
  const auto meet = [](const std::set<int>& left, const std::set<int>& right) {
    return std::ranges::any_of(left, [&](int one) { return right.contains(one); });
  };
  if (ds.empty()) return true;
  std::set<int> entering;
  for (const int key : keys.entries)
    if (keys.keys.contains(key)) entering.insert(key);
  return meet(ds, entering) && meet(data, keys.keys);
}

Mix mix(std::initializer_list<Part> parts) { return Mix(std::span(parts.begin(), parts.size())); }

Mix changed_between(const State& old, const State& now) {
  std::vector<Part> parts;
  if (old.ds != now.ds) parts.push_back(Part::ds);
  if (old.keys != now.keys || old.entries != now.entries) parts.push_back(Part::keys);
  if (old.data != now.data) parts.push_back(Part::data);
  return Mix(parts);
}

Schedule schedule_of(const State& old, const State& now, const Holds& kept) {
  return schedule(changed_between(old, now), kept, [&](Mix held) {
    return validates((held.has(Part::ds) ? now : old).ds, held.has(Part::keys) ? now : old,
                     (held.has(Part::data) ? now : old).data);
  });
}

constexpr Holds kept{Seconds{86400}, Seconds{3600}, Seconds{300}};

// "keys; +3600 ds": the steps and the waits before them.
std::string print(const Schedule& plan) {
  std::string text;
  for (const auto& step : plan.steps) {
    if (!text.empty()) text += "; ";
    if (step.wait.count() > 0) text += "+" + std::to_string(step.wait.count()) + " ";
    for (const Part part : all_parts)
      if (step.parts.has(part)) text += std::string(to_text(part)) + " ";
    text.pop_back();
  }
  return text;
}

TEST(Schedule, ADsBesideTheOldOneIsSafeAtOnce) {
  const State old{{1}, {1, 2}, {1, 2}, {1}};
  auto now = old;
  now.ds = {1, 2};
  const auto plan = schedule_of(old, now, kept);
  EXPECT_EQ(plan.kind, Kind::at_once);
  EXPECT_EQ(print(plan), "ds");
  EXPECT_EQ(plan.settled, Seconds{86400});
}

// RFC 7583 §3.3.1 (double-KSK): the DS follows when no cache holds the DNSKEY set without the new key.
TEST(Schedule, ANewKskIsPublishedBeforeItsDs) {
  const State old{{1}, {1, 3}, {1}, {3}}, now{{2}, {1, 2, 3}, {1, 2}, {3}};
  const auto plan = schedule_of(old, now, kept);
  EXPECT_EQ(plan.kind, Kind::in_steps);
  EXPECT_EQ(print(plan), "keys; +3600 ds");
  EXPECT_EQ(plan.settled, Seconds{86400});
  EXPECT_THAT(plan.failing, testing::ElementsAre(mix({Part::ds})));
}

// RFC 7583 §3.2.1 (pre-publication) cannot be one change of keys and data: old keys with new data fail, and the
// DNSKEY set must come first.
TEST(Schedule, ANewZskIsPublishedBeforeItSigns) {
  const State old{{1}, {1, 2}, {1}, {2}}, now{{1}, {1, 2, 3}, {1}, {3}};
  EXPECT_EQ(print(schedule_of(old, now, kept)), "keys; +3600 data");
}

TEST(Schedule, AnOldZskIsTakenOutAfterTheDataIsSignedAnew) {
  const State old{{1}, {1, 2, 3}, {1}, {2}}, now{{1}, {1, 3}, {1}, {3}};
  EXPECT_EQ(print(schedule_of(old, now, kept)), "data; +300 keys");
}

// The DS goes first and signatures last (RFC 6781 §4.4 to unsigned).
TEST(Schedule, GoingInsecureBeginsAtTheParent) {
  const State old{{1}, {1}, {1}, {1}}, now{{}, {}, {}, {}};
  EXPECT_EQ(print(schedule_of(old, now, kept)), "ds; +86400 keys data");
}

TEST(Schedule, GoingSecureEndsAtTheParent) {
  const State old{{}, {}, {}, {}}, now{{1}, {1}, {1}, {1}};
  EXPECT_EQ(print(schedule_of(old, now, kept)), "keys data; +3600 ds");
}

TEST(Schedule, AnExchangeOfEverythingIsNeverSafe) {
  const State old{{1}, {1}, {1}, {1}}, now{{2}, {2}, {2}, {2}};
  const auto plan = schedule_of(old, now, kept);
  EXPECT_EQ(plan.kind, Kind::never);
  EXPECT_THAT(plan.steps, testing::IsEmpty());
  EXPECT_EQ(plan.failing.size(), 6U) << "all but the wholly old and the wholly new";
}

TEST(Schedule, WhatIsBrokenIsRepairedAtOnce) {
  const State old{{2}, {1}, {1}, {1}}, now{{1}, {1}, {1}, {1}};
  EXPECT_EQ(schedule_of(old, now, kept).kind, Kind::repairs);
  EXPECT_EQ(schedule_of(now, old, kept).kind, Kind::fails);
  EXPECT_EQ(schedule_of(now, old, kept).steps.size(), 0U);
}

// ---- The simulation -----------------------------------------------------------------------------------------------

using Time = std::int64_t;

// What the world publishes from when on; the first is there since ever.
using History = std::vector<std::pair<Time, State>>;

const State& published(const History& history, Time at) {
  const State* last = &history.front().second;
  for (const auto& [since, state] : history)
    if (since <= at) last = &state;
  return *last;
}

// A resolver keeps each of the three for its TTL, from fetches at times of its own.
class Cache {
 public:
  Cache(const History& history, const Holds& ttls, std::mt19937_64& random) : history_(history) {
    for (std::size_t part = 0; part < ttls.size(); ++part) {
      ttl_[part] = ttls[part].count();
      fetched_[part] = -std::uniform_int_distribution<Time>(0, ttl_[part])(random);
    }
  }

  // Asked at `now`: does its answer validate from what it holds?
  bool validates_at(Time now) {
    for (std::size_t part = 0; part < ttl_.size(); ++part)
      if (now > fetched_[part] + ttl_[part]) fetched_[part] = now;
    return validates(published(history_, fetched_[0]).ds, published(history_, fetched_[1]),
                     published(history_, fetched_[2]).data);
  }

 private:
  const History& history_;
  std::array<Time, 3> ttl_{}, fetched_{};
};

State moved(State state, Mix parts, const State& now) {
  if (parts.has(Part::ds)) state.ds = now.ds;
  if (parts.has(Part::keys)) state.keys = now.keys, state.entries = now.entries;
  if (parts.has(Part::data)) state.data = now.data;
  return state;
}

// Steps that change several parts change them one after the other within an instant: a cache may fetch between.
History carried_out(const State& old, const State& now, const std::vector<Step>& steps, std::mt19937_64& random) {
  History history{{0, old}};
  State state = old;
  Time at = 0;
  for (const auto& step : steps) {
    at += step.wait.count() + 1 + std::uniform_int_distribution<Time>(0, 50)(random);
    auto order = std::vector<Part>(all_parts.begin(), all_parts.end());
    std::ranges::shuffle(order, random);
    for (const Part part : order) {
      if (!step.parts.has(part)) continue;
      state = moved(state, mix({part}), now);
      history.emplace_back(at, state);
      at += std::uniform_int_distribution<Time>(0, 20)(random);
    }
  }
  return history;
}

// Of many caches, does any fail at any time?
bool any_fails(const History& history, const Holds& ttls, int caches, std::mt19937_64& random) {
  Time last = history.back().first;
  for (const auto& ttl : ttls) last += ttl.count();
  for (int i = 0; i < caches; ++i) {
    Cache cache(history, ttls, random);
    const auto busy = std::uniform_int_distribution<Time>(1, 40)(random);
    for (Time now = 0; now <= last; now += std::uniform_int_distribution<Time>(1, busy)(random))
      if (!cache.validates_at(now)) return true;
  }
  return false;
}

std::set<int> some_of(std::mt19937_64& random, const std::set<int>& all, bool may_be_none) {
  for (;;) {
    std::set<int> some;
    for (const int one : all)
      if (random() % 2 == 0) some.insert(one);
    if (may_be_none || !some.empty()) return some;
  }
}

State some_state(std::mt19937_64& random) {
  State state;
  state.keys = some_of(random, {1, 2, 3}, false);
  state.entries = some_of(random, state.keys, false);
  state.data = some_of(random, state.keys, false);
  state.ds = random() % 6 == 0 ? std::set<int>{} : some_of(random, state.entries, false);
  return state;
}

// The thirteen orders in which three parts can change (fewer where fewer do), with waits beyond every TTL.
std::vector<std::vector<Step>> all_orders(Mix changed) {
  std::vector<std::vector<Step>> all;
  const auto go_on = [&](auto& self, Mix done, const std::vector<Step>& steps) -> void {
    if (done == changed) return all.push_back(steps);
    for (const Mix step : mixes_of(changed)) {
      const bool is_new = std::ranges::none_of(all_parts, [&](Part p) { return step.has(p) && done.has(p); });
      if (step == Mix() || !is_new) continue;
      auto more = steps;
      more.push_back({step, Seconds{1000}});
      self(self, done.with(step), more);
    }
  };
  go_on(go_on, Mix(), {});
  return all;
}

TEST(ScheduleSimulated, WhatIsCalledSafeIsSafeForEveryCacheAndWhatIsNotFailsForSome) {
  const bool soak = std::getenv("TRUSTWALK_SOAK") != nullptr;
  const int rollovers = soak ? 100'000 : 10'000;
  std::mt19937_64 random(20261124);
  std::array<int, 5> kinds{};
  for (int i = 0; i < rollovers; ++i) {
    const State old = some_state(random), now = some_state(random);
    if (old == now) continue;
    Holds ttls;
    for (auto& ttl : ttls) ttl = Seconds{std::uniform_int_distribution<Time>(30, 120)(random)};
    const auto plan = schedule_of(old, now, ttls);
    ++kinds[static_cast<std::size_t>(plan.kind)];
    ASSERT_NE(plan.kind, Kind::fails) << "both states hold by themselves";
    ASSERT_NE(plan.kind, Kind::repairs);
    if (plan.kind != Kind::never) {
      const auto history = carried_out(old, now, plan.steps, random);
      ASSERT_FALSE(any_fails(history, ttls, 8, random)) << "rollover " << i << ": " << print(plan);
    }
    if (plan.kind == Kind::never && i % 16 == 0)
      for (const auto& order : all_orders(changed_between(old, now))) {
        bool failed = false;
        for (int tries = 0; tries < 40 && !failed; ++tries)
          failed = any_fails(carried_out(old, now, order, random), ttls, 50, random);
        ASSERT_TRUE(failed) << "rollover " << i << ": an order that no cache minds";
      }
    if (plan.kind == Kind::in_steps && i % 16 == 0) {
      const std::vector<Step> together{{changed_between(old, now), Seconds{0}}};
      bool failed = false;
      for (int tries = 0; tries < 40 && !failed; ++tries)
        failed = any_fails(carried_out(old, now, together, random), ttls, 50, random);
      ASSERT_TRUE(failed) << "rollover " << i << ": all at once would have done";
    }
  }
  for (const Kind kind : {Kind::at_once, Kind::in_steps, Kind::never})
    EXPECT_GT(kinds[static_cast<std::size_t>(kind)], rollovers / 50) << to_text(kind);
}

// A wait that is shorter by more than the distance of fetches is found out: the simulation can fail.
TEST(ScheduleSimulated, AWaitTooShortIsFoundOut) {
  std::mt19937_64 random(7);
  const State old{{1}, {1, 3}, {1}, {3}}, now{{2}, {1, 2, 3}, {1, 2}, {3}};
  const Holds ttls{Seconds{100}, Seconds{100}, Seconds{100}};
  auto plan = schedule_of(old, now, ttls);
  ASSERT_EQ(print(plan), "keys; +100 ds");
  plan.steps[1].wait = Seconds{20};
  bool failed = false;
  for (int tries = 0; tries < 100 && !failed; ++tries)
    failed = any_fails(carried_out(old, now, plan.steps, random), ttls, 50, random);
  EXPECT_TRUE(failed);
}

}  // namespace
}  // namespace validator
