// Sets that are found plain and verified together hold, and no others, where each judged by itself does: the same
// verdict, counts and times, of thousands of zones whose signatures are nearly right.
#include <gtest/gtest.h>

#include <random>

#include "tests/validator/odd_zone.h"

namespace validator {
namespace {

TEST(ZonePlain, sets_hold_as_each_by_itself) {
  const p256::Signer signer, second;
  std::mt19937 random(20261125);
  std::uint64_t holding = 0, faults = 0;
  for (int i = 0; i < 300; ++i) {
    dns::Bytes octets(100 + random() % 400);
    for (auto& octet : octets) octet = static_cast<std::uint8_t>(random());
    const odd::OddZone zone(fuzz::Choices(octets.data(), octets.size()), signer, second);
    const ZoneStore store = zone.store();
    Distrust distrust{false};
    KeyTables tables(i % 2 == 0 ? KeyTables::Use::when_it_pays : KeyTables::Use::never, P256Table::make, distrust);
    const auto together = odd::judged(store, &tables), one_by_one = odd::judged(store, nullptr);
    ASSERT_TRUE(odd::is_same(together, one_by_one)) << i;
    holding += together.freshness.next.size();
    for (const auto& [code, count] : together.counts) faults += count;
  }
  // Neither all good nor all bad, or nothing would have been compared.
  EXPECT_GT(holding, 500U);
  EXPECT_GT(faults, 500U);
}

}  // namespace
}  // namespace validator
