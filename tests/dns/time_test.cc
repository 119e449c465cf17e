#include "dns/time.h"

#include "tests/dns/given.h"

namespace dns {
namespace {

using namespace std::chrono_literals;

constexpr Time at(std::int64_t seconds) { return Time{Seconds{seconds}}; }

struct Order {
  std::uint32_t left, right;
  bool left_first, right_first;
};
// RFC 1982 §3.2 with 32 bits; the rows about 0xffffffff are the night of 7 February 2106.
constexpr Order orders[] = {
    {0, 0, false, false},
    {0, 1, true, false},
    {0xffffffff, 0, true, false},
    {0xffffffff, 1, true, false},
    {0xfffffff0, 0x10, true, false},
    {0, 0x7fffffff, true, false},
    {0, 0x80000000, false, false},  // undefined: neither is before the other
    {0, 0x80000001, false, true},
    {0x7fffffff, 0x80000000, true, false},  // 19 January 2038
    {1, 0x80000001, false, false},
    {0x80000000, 0, false, false},
    {0xffffffff, 0x7fffffff, false, false},
    {0xffffffff, 0x7ffffffe, true, false},
};

// Proves C-4034-3.1.5
TEST(Timestamp, serial_order) {
  for (const auto& [left, right, left_first, right_first] : orders) {
    EXPECT_EQ(before(Timestamp{left}, Timestamp{right}), left_first) << left << ' ' << right;
    EXPECT_EQ(before(Timestamp{right}, Timestamp{left}), right_first) << left << ' ' << right;
  }
}

// Proves C-4034-3.1.5
TEST(Timestamp, distance) {
  EXPECT_EQ(distance({5}, {5}), 0s);
  EXPECT_EQ(distance({5}, {7}), 2s);
  EXPECT_EQ(distance({7}, {5}), -2s);
  EXPECT_EQ(distance({0xffffffff}, {1}), 2s);
  EXPECT_EQ(distance({1}, {0xffffffff}), -2s);
  EXPECT_EQ(distance({0}, {0x80000000}), Seconds{0x80000000});
  EXPECT_EQ(distance({0}, {0x80000001}), -Seconds{0x7fffffff});
}

TEST(Timestamp, nearest_instant) {
  constexpr std::int64_t era = 0x100000000;
  EXPECT_EQ(nearest({1'000}, at(900)), at(1'000));
  EXPECT_EQ(nearest({16}, at(era - 16)), at(era + 16)) << "2106, seen from just before";
  EXPECT_EQ(nearest({0xfffffff0}, at(era + 16)), at(era - 16)) << "2106, seen from just after";
  EXPECT_EQ(nearest({0x80000000}, at(0x7fffffff)), at(0x80000000)) << "2038";
  EXPECT_EQ(timestamp(at(era + 5)), Timestamp{5});
}

struct Text {
  std::string_view text;
  std::int64_t seconds;
};
// date -u -d "…" +%s
constexpr Text texts[] = {
    {"1970-01-01T00:00:00Z", 0},
    {"2026-11-24T03:11:00Z", 1795489860},
    {"2026-11-24T03:11Z", 1795489860},
    {"2026-11-24 03:11", 1795489860},
    {"2026-11-24", 1795478400},
    {"20261124031100", 1795489860},
    {"1795489860", 1795489860},
    {"2000-02-29T23:59:59Z", 951868799},
    {"2038-01-19T03:14:08Z", 2147483648},
    {"2106-02-07T06:28:16Z", 4294967296},
    {"9999-12-31T23:59:59Z", 253402300799},
    {"0", 0},
};

TEST(Time, text) {
  for (const auto& [text, seconds] : texts) EXPECT_EQ(parse_time(text), at(seconds)) << text;
  for (const std::string_view text : {"", "-1", "2026-13-01", "2026-02-29", "2026-00-10", "2026-11-24T24:00:00Z",
                                      "2026-11-24T03:60Z", "2026-11-24T03:11:00Zx", "2026-11-24T", "2026-11-2", "x",
                                      "20260229000000", "+5", "2026--1-24", "99999999999999999999", "1.5"})
    EXPECT_FALSE(parse_time(text)) << text;
  EXPECT_EQ(parse_time("20261124"), at(20261124)) << "digits alone are seconds";
  EXPECT_EQ(print_rfc3339(at(1795489860)), "2026-11-24T03:11:00Z");
  EXPECT_EQ(print_rfc3339(at(-1)), "1969-12-31T23:59:59Z");
  EXPECT_EQ(print_rfc3339(at(253402300799)), "9999-12-31T23:59:59Z");
}

// RFC 4034 §3.2, its example, and both ends of the field.
TEST(Timestamp, text_of_zone_files) {
  EXPECT_EQ(print_compact({1048354263}), "20030322173103");
  EXPECT_EQ(print_compact({0}), "19700101000000");
  EXPECT_EQ(print_compact({0xffffffff}), "21060207062815");
  EXPECT_EQ(parse_timestamp("20030322173103"), Timestamp{1048354263});
  EXPECT_EQ(parse_timestamp("1048354263"), Timestamp{1048354263});
  EXPECT_EQ(parse_timestamp("0"), Timestamp{0});
  EXPECT_EQ(parse_timestamp("4294967295"), Timestamp{0xffffffff});
  for (const std::string_view text : {"", "-1", "4294967296", "2003032217310", "200303221731033", "20031322173103",
                                      "20030322243103", "2003032217310x"})
    EXPECT_FALSE(parse_timestamp(text)) << text;
  for (std::uint64_t value = 0; value <= 0xffffffff; value += 86'399'999) {
    const Timestamp stamp{static_cast<std::uint32_t>(value)};
    EXPECT_EQ(parse_timestamp(print_compact(stamp)), stamp);
  }
}

TEST(Duration, two_largest_units) {
  EXPECT_EQ(print_duration(0s), "0s");
  EXPECT_EQ(print_duration(42s), "42s");
  EXPECT_EQ(print_duration(60s), "1m");
  EXPECT_EQ(print_duration(3h + 5min + 7s), "3h 5m");
  EXPECT_EQ(print_duration(12 * 24h + 4h + 59min), "12d 4h");
  EXPECT_EQ(print_duration(-90s), "-1m 30s");
}

}  // namespace
}  // namespace dns
