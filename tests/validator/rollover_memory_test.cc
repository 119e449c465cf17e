// When a step is safe, against caches that know nothing of mixes: they ask when they ask and keep what they got. Random
// histories of DS, keys and signatures; the instant named is the first from which on none of them fails.
#include "validator/rollover_memory.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <random>

namespace validator {
namespace {

using dns::Seconds;
using dns::Time;

constexpr int part_ttl = 7;
constexpr auto p256 = dns::Algorithm::ecdsap256sha256;

Time at(int second) { return Time{Seconds{1'000'000 + second}}; }

// A story: the state of the zone from each second on.
struct Story {
  std::vector<std::pair<int, RolloverState>> turns;
  const RolloverState& state(int second) const {
    std::size_t i = 0;
    while (i + 1 < turns.size() && turns[i + 1].first <= second) ++i;
    return turns[i].second;
  }
};

// As seen by somebody who looks at every second.
RolloverMemory memory_of(const Story& story, std::size_t keys, int now) {
  RolloverMemory memory;
  memory.algorithms.assign(keys, p256);
  memory.now = at(now);
  const auto take = [&](auto& list, auto part, int ttl) {
    for (int second = story.turns.front().first; second <= now; ++second) {
      const auto copy = part(story.state(second));
      if (!list.empty() && list.back().copy == copy) continue;
      const bool begins = list.empty();
      if (!begins) list.back().gone = at(second);
      list.push_back({copy, Seconds{ttl}, begins ? std::nullopt : std::optional(at(second)), {}, false});
    }
  };
  take(memory.ds, [](const RolloverState& s) { return s.ds; }, part_ttl);
  take(memory.keys, [](const RolloverState& s) { return s.keys; }, part_ttl - 2);
  take(memory.data, [](const RolloverState& s) { return s.data; }, part_ttl - 1);
  return memory;
}

// Whether any cache fails from `from` on. What was asked for within a second is kept into the second its TTL later.
bool any_cache_fails(const Story& story, std::size_t keys, int from, int until) {
  const std::vector<dns::Algorithm> algorithms(keys, p256);
  for (int now = from; now <= until; ++now)
    for (int ds = now - part_ttl; ds <= now; ++ds)
      for (int key = now - part_ttl + 2; key <= now; ++key)
        for (int data = now - part_ttl + 1; data <= now; ++data) {
          const auto& d = story.state(ds);
          const auto &k = story.state(key), &s = story.state(data);
          if (d.ds == 0) continue;
          const auto entry = d.ds & k.keys.published & k.keys.signing;
          if (entry == 0 || (s.data & k.keys.published) == 0) return true;
        }
  return false;
}

class RolloverMemoryTest : public testing::Test {
 protected:
  RolloverState random_state() {
    RolloverState state;
    const auto some = [&] { return std::uniform_int_distribution<KeySet>(1, 7)(random_); };
    state.keys.published = some() | some();
    state.keys.signing = some() & state.keys.published;
    if (state.keys.signing == 0) state.keys.signing = state.keys.published;
    state.ds = std::uniform_int_distribution<int>(0, 9)(random_) == 0 ? 0 : some();
    state.data = some();
    return state;
  }
  bool works(const RolloverState& state) { return holds(state, {p256, p256, p256}, MixRule::working); }
  RolloverState working_state() {
    for (;;)
      if (const auto state = random_state(); works(state)) return state;
  }
  std::mt19937 random_{7583};
};

// RFC 7583 §3: the next step, and not before when.
TEST_F(RolloverMemoryTest, TheMomentNamedIsTheFirstAtWhichNoCacheFails) {
  const int wanted = std::getenv("TRUSTWALK_SOAK") != nullptr ? 20'000 : 2'000;
  int safe = 0, never = 0, waited = 0;
  while (safe < wanted) {
    Story story{{{0, working_state()}, {20, working_state()}}};
    const auto after = working_state();
    if (any_cache_fails(story, 3, 20, 40)) continue;  // a mistake before: another test's
    const auto found = not_before(memory_of(story, 3, 20), after, MixRule::working);
    const auto with_step = [&](int second) {
      auto more = story;
      more.turns.push_back({second, after});
      return more;
    };
    if (!found) {
      ++never;
      // Beside what servers show now it fails however late it is taken.
      EXPECT_TRUE(any_cache_fails(with_step(60), 3, 60, 80));
      continue;
    }
    ++safe;
    const int second = static_cast<int>((found->at - at(0)).count());
    ASSERT_FALSE(any_cache_fails(with_step(second), 3, second, second + 20)) << second;
    if (second == 20) continue;
    ++waited;
    ASSERT_TRUE(any_cache_fails(with_step(second - 1), 3, second - 1, second + 20)) << second;
  }
  EXPECT_GT(never, wanted / 20);
  EXPECT_GT(waited, wanted / 20);
}

TEST_F(RolloverMemoryTest, AMistakeIsNamedExactlyWhileSomeCacheFails) {
  int mistakes = 0;
  for (int i = 0; i < 3'000; ++i) {
    Story story{{{0, working_state()}, {20, working_state()}}};
    for (int now = 20; now < 32; ++now) {
      const bool fails = any_cache_fails(story, 3, now, now);
      const auto found = early_steps(memory_of(story, 3, now));
      ASSERT_EQ(!found.empty(), fails) << now;
      if (found.empty()) continue;
      ++mistakes;
      // The last of them ends when the last cache has forgotten.
      auto until = found.front().until;
      for (const auto& one : found) until = std::max(until, one.until);
      const int end = static_cast<int>((until - at(0)).count());
      ASSERT_TRUE(any_cache_fails(story, 3, end - 1, end - 1));
      ASSERT_FALSE(any_cache_fails(story, 3, end, end + 10));
    }
  }
  EXPECT_GT(mistakes, 1'000);
}

// The guide to which part is blamed: RFC 7583 §3.3.1, a DS exchanged while caches hold the DNSKEY set before.
TEST(RolloverMemory, ADsExchangedTooEarly) {
  constexpr KeySet old_ksk = 1, new_ksk = 2, zsk = 4;
  const RolloverState one{old_ksk, {old_ksk | zsk, old_ksk}, zsk};
  const RolloverState two{old_ksk, {old_ksk | new_ksk | zsk, old_ksk | new_ksk}, zsk};
  const RolloverState three{new_ksk, two.keys, zsk};
  const Story story{{{0, one}, {20, two}, {22, three}}};
  const auto found = early_steps(memory_of(story, 3, 23));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].part, Part::ds);
  EXPECT_EQ(found[0].held, Part::keys);
  EXPECT_EQ(found[0].at, at(22));
  EXPECT_EQ(found[0].until, at(20 + part_ttl - 2));
}

// RFC 6781 §4.1.4: the signatures of a new algorithm come first, in every cache; old validators insist.
TEST(RolloverMemory, AnAlgorithmsKeysWaitForItsSignatures) {
  constexpr KeySet ksk = 1, zsk = 2, new_ksk = 4, new_zsk = 8;
  RolloverMemory memory;
  memory.algorithms = {p256, p256, dns::Algorithm::ed25519, dns::Algorithm::ed25519};
  memory.ds = {{ksk, Seconds{9}, {}, {}, false}};
  memory.keys = {{{ksk | zsk, ksk}, Seconds{9}, {}, {}, false}};
  memory.data = {{zsk, Seconds{5}, {}, at(20), false}, {zsk | new_zsk, Seconds{5}, at(20), {}, false}};
  memory.now = at(21);
  const RolloverState after{ksk, {ksk | zsk | new_ksk | new_zsk, ksk | new_ksk}, zsk | new_zsk};
  EXPECT_EQ(not_before(memory, after, MixRule::cautious)->at, at(25));
  EXPECT_EQ(not_before(memory, after, MixRule::working)->at, at(20));
  // The DS of the new algorithm before the new signatures are everywhere breaks for both.
  const RolloverState early{new_ksk, after.keys, after.data};
  memory.keys.push_back({after.keys, Seconds{9}, at(21), {}, false});
  memory.keys.front().gone = at(21);
  EXPECT_EQ(not_before(memory, early, MixRule::working)->at, at(30));
}

}  // namespace
}  // namespace validator
