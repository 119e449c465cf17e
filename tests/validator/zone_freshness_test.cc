// How fresh a zone is, by times counted by hand.
#include "validator/zone_freshness.h"

#include <gtest/gtest.h>

namespace validator {
namespace {

using namespace std::chrono_literals;

constexpr dns::Time now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}};

SetsJudgement sets_of(const std::vector<std::pair<dns::Time, dns::Time>>& signatures) {
  SetsJudgement sets{dns::Name()};
  for (const auto& [begin, end] : signatures) {
    sets.begins.push_back(dns::timestamp(begin).value);
    sets.expires.push_back(dns::timestamp(end).value);
  }
  return sets;
}

Freshness of(const std::vector<std::pair<dns::Time, dns::Time>>& signatures, dns::Time at) {
  auto sets = sets_of(signatures);
  return freshness_of(sets, at);
}

TEST(ZoneFreshness, OfNothingSaysNothing) {
  const auto fresh = of({}, now);
  EXPECT_FALSE(fresh.first || fresh.median || fresh.last || fresh.rhythm);
  EXPECT_TRUE(fresh.bins.empty());
}

TEST(ZoneFreshness, OfOneBatchHasNoRhythm) {
  const auto fresh = of({{now - 24h, now + 13 * 24h}, {now - 24h + 59min, now + 13 * 24h}}, now);
  EXPECT_EQ(fresh.batches, 1U);
  EXPECT_FALSE(fresh.rhythm);
  EXPECT_EQ(fresh.first, now + 13 * 24h);
  EXPECT_EQ(fresh.bins, (std::vector<EndBin>{{now + 13 * 24h, 2}}));
  EXPECT_EQ(fresh.bin_width, 1h);
}

// Five runs of the signer, three days apart, each for 14 days.
TEST(ZoneFreshness, OfFiveBatchesTellsTheirRhythmMedianAndEnds) {
  std::vector<std::pair<dns::Time, dns::Time>> signatures;
  for (int run = 4; run >= 0; --run) {
    const dns::Time begin = now - run * 72h;
    for (int i = 0; i <= run; ++i) signatures.emplace_back(begin + i * 1min, begin + i * 1min + 14 * 24h);
  }
  const auto fresh = of(signatures, now);
  EXPECT_EQ(fresh.batches, 5U);
  EXPECT_EQ(fresh.rhythm, 72h);
  EXPECT_EQ(fresh.lifetime, 14 * 24h);
  EXPECT_EQ(fresh.oldest_inception, now - 4 * 72h);
  EXPECT_EQ(fresh.newest_inception, now);
  // Ends: 5 on the 26th, 4 on the 29th, 3, 2, 1; the eighth of 15 is the third of the four.
  EXPECT_EQ(fresh.first, now + 48h);
  EXPECT_EQ(fresh.median, now + 5 * 24h + 2min);
  EXPECT_EQ(fresh.last, now + 14 * 24h);
  EXPECT_EQ(fresh.bin_width, 24h);
  ASSERT_EQ(fresh.bins.size(), 13U);
  const std::uint64_t counts[] = {5, 0, 0, 4, 0, 0, 3, 0, 0, 2, 0, 0, 1};
  for (std::size_t i = 0; i < 13; ++i) {
    EXPECT_EQ(fresh.bins[i].from, now + (2 + static_cast<int>(i)) * 24h);
    EXPECT_EQ(fresh.bins[i].sets, counts[i]) << i;
  }
}

// RFC 4034 §3.1.5: beyond 2106 the numbers begin anew, and their order is that of serial numbers.
TEST(ZoneFreshness, PassesTheEndOfTheThirtyTwoBits) {
  const dns::Time end{dns::Seconds{std::int64_t{1} << 32}};
  const auto fresh = of({{end - 10 * 24h, end - 24h}, {end - 10 * 24h, end + 24h}}, end - 2 * 24h);
  EXPECT_EQ(fresh.first, end - 24h);
  EXPECT_EQ(fresh.last, end + 24h);
  EXPECT_EQ(fresh.lifetime, 11 * 24h);
}

}  // namespace
}  // namespace validator
