#include "dns/codes.h"

#include "dns/address.h"
#include "dns/time.h"
#include "tests/dns/given.h"

namespace dns {
namespace {

TEST(Codes, every_type_and_class_returns_from_its_text) {
  for (unsigned value = 0; value <= 0xffff; ++value) {
    const auto type = RRType{static_cast<std::uint16_t>(value)};
    ASSERT_EQ(parse_rrtype(to_text(type)), type) << to_text(type);
    ASSERT_EQ(parse_rrtype("type" + std::to_string(value)), type);
    const auto rrclass = RRClass{static_cast<std::uint16_t>(value)};
    ASSERT_EQ(parse_rrclass(to_text(rrclass)), rrclass) << to_text(rrclass);
  }
}

TEST(Codes, every_algorithm_and_digest_returns_from_its_text) {
  for (unsigned value = 0; value <= 0xff; ++value) {
    const auto algorithm = Algorithm{static_cast<std::uint8_t>(value)};
    ASSERT_EQ(parse_algorithm(to_text(algorithm)), algorithm) << to_text(algorithm);
    ASSERT_EQ(parse_algorithm(std::to_string(value)), algorithm);
    const auto digest = Digest{static_cast<std::uint8_t>(value)};
    ASSERT_EQ(parse_digest(to_text(digest)), digest) << to_text(digest);
    ASSERT_EQ(parse_digest(std::to_string(value)), digest);
  }
}

// Numbers of the IANA registries.
// Proves C-6725
TEST(Codes, numbers) {
  struct Case {
    std::string_view text;
    unsigned number;
  };
  for (const auto& [text, value] :
       {Case{"A", 1},       {"NS", 2},     {"SOA", 6},   {"MX", 15},      {"TXT", 16},   {"AAAA", 28},   {"SRV", 33},
        {"DNAME", 39},      {"OPT", 41},   {"DS", 43},   {"RRSIG", 46},   {"NSEC", 47},  {"DNSKEY", 48}, {"NSEC3", 50},
        {"NSEC3PARAM", 51}, {"TLSA", 52},  {"CDS", 59},  {"CDNSKEY", 60}, {"CSYNC", 62}, {"ZONEMD", 63}, {"SVCB", 64},
        {"HTTPS", 65},      {"DSYNC", 66}, {"ANY", 255}, {"CAA", 257},    {"DLV", 32769}})
    EXPECT_EQ(number(parse_rrtype(text).value()), value) << text;
  for (const auto& [text, value] : {Case{"RSASHA1", 5},
                                    {"rsasha256", 8},
                                    {"RSASHA512", 10},
                                    {"ECDSAP256SHA256", 13},
                                    {"ECDSAP384SHA384", 14},
                                    {"ED25519", 15},
                                    {"ED448", 16},
                                    {"NSEC3RSASHA1", 7}})
    EXPECT_EQ(number(parse_algorithm(text).value()), value) << text;
  for (const auto& [text, value] : {Case{"SHA-1", 1}, {"SHA256", 2}, {"sha-384", 4}})
    EXPECT_EQ(number(parse_digest(text).value()), value) << text;
}

TEST(Codes, what_is_no_code) {
  for (const std::string_view text : {"", "TYPE", "TYPE65536", "TYPE-1", "TYPE1x", "TYPE 1", "1", "A ", "NOSUCH"})
    EXPECT_FALSE(parse_rrtype(text)) << text;
  for (const std::string_view text : {"", "256", "-1", "RSA", "8 "}) EXPECT_FALSE(parse_algorithm(text)) << text;
  for (const std::string_view text : {"", "CLASS", "CLASS65536", "I", "1"}) EXPECT_FALSE(parse_rrclass(text)) << text;
}

TEST(Codes, extended_errors) {
  EXPECT_EQ(ede_name(6), "DNSSEC Bogus");    // RFC 8914 §4.7
  EXPECT_EQ(ede_name(9), "DNSKEY Missing");  // §4.10
  EXPECT_EQ(ede_name(24), "Invalid Data");   // §4.25
  EXPECT_EQ(ede_name(27), "Unsupported NSEC3 Iterations Value");
  EXPECT_EQ(ede_name(-1), "");
  EXPECT_EQ(ede_name(49152), "");
}

// RFC 6895 §3.1, and OPT.
TEST(Codes, types_that_are_no_data) {
  for (const RRType type :
       {RRType::opt, RRType::tkey, RRType::tsig, RRType::ixfr, RRType::axfr, RRType::any, RRType{128}, RRType{200}})
    EXPECT_TRUE(is_meta(type)) << to_text(type);
  for (const RRType type : {RRType::a, RRType::ds, RRType{127}, RRType{256}, RRType::caa, RRType::dlv, RRType{0}})
    EXPECT_FALSE(is_meta(type)) << to_text(type);
}

struct Range {
  std::string_view address;
  bool special, unusable;
};
// First and last of each range, and their neighbours outside (RFC 6890 §2.2).
constexpr Range ranges[] = {
    {"0.0.0.0", true, true},
    {"0.255.255.255", true, true},
    {"1.0.0.0", false, false},
    {"9.255.255.255", false, false},
    {"10.0.0.0", true, false},
    {"10.255.255.255", true, false},
    {"11.0.0.0", false, false},
    {"100.63.255.255", false, false},
    {"100.64.0.0", true, false},
    {"100.127.255.255", true, false},
    {"100.128.0.0", false, false},
    {"126.255.255.255", false, false},
    {"127.0.0.0", true, false},
    {"127.255.255.255", true, false},
    {"128.0.0.0", false, false},
    {"169.253.255.255", false, false},
    {"169.254.0.0", true, false},
    {"169.254.255.255", true, false},
    {"169.255.0.0", false, false},
    {"172.15.255.255", false, false},
    {"172.16.0.0", true, false},
    {"172.31.255.255", true, false},
    {"172.32.0.0", false, false},
    {"191.255.255.255", false, false},
    {"192.0.0.0", true, false},
    {"192.0.0.255", true, false},
    {"192.0.1.0", false, false},
    {"192.167.255.255", false, false},
    {"192.168.0.0", true, false},
    {"192.168.255.255", true, false},
    {"192.169.0.0", false, false},
    {"198.17.255.255", false, false},
    {"198.18.0.0", true, false},
    {"198.19.255.255", true, false},
    {"198.20.0.0", false, false},
    {"223.255.255.255", false, false},
    {"224.0.0.0", true, true},
    {"239.255.255.255", true, true},
    {"240.0.0.0", true, true},
    {"255.255.255.255", true, true},
    {"::", true, true},
    {"::1", true, false},
    {"::2", false, false},
    {"fbff::1", false, false},
    {"fc00::1", true, false},
    {"fdff::1", true, false},
    {"fe00::1", false, false},
    {"fe7f::1", false, false},
    {"fe80::1", true, false},
    {"febf::1", true, false},
    {"fec0::1", false, false},
    {"ff00::1", true, true},
    {"ffff::1", true, true},
    {"2001:500:2::c", false, false},
    {"::ffff:127.0.0.1", true, false},
    {"::ffff:198.41.0.4", false, false},
    {"::ffff:224.0.0.1", true, true},
    {"198.41.0.4", false, false},
};

TEST(Address, special_ranges) {
  for (const auto& [text, special, unusable] : ranges) {
    const auto address = parse_address(text);
    ASSERT_TRUE(address) << text;
    EXPECT_EQ(is_special(*address), special) << text;
    EXPECT_EQ(is_unusable(*address), unusable) << text;
  }
}

TEST(Address, text) {
  struct Case {
    std::string_view text, printed;
  };
  for (const auto& [text, printed] : {Case{"192.0.2.1", "192.0.2.1"},
                                      {"2001:DB8:0:0:0:0:0:1", "2001:db8::1"},           // RFC 5952 §4.2, §4.3
                                      {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},  // §4.2.2
                                      {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},           // §4.2.3
                                      {"::ffff:192.0.2.1", "::ffff:192.0.2.1"},          // §5
                                      {"::", "::"}}) {
    const auto address = parse_address(text, 5300);
    ASSERT_TRUE(address) << text;
    EXPECT_EQ(print(*address), printed);
    EXPECT_EQ(print_with_port(*address), std::string(printed) + "#5300");
  }
  constexpr std::string_view no_addresses[] = {
      "",        "1.2.3", "1.2.3.4.5",  "1.2.3.256", "1.2.3.4 ",        " 1.2.3.4",  "::g",
      "1::2::3", "[::1]", "fe80::1%lo", "a.",        {"1.2.3.4\0x", 9}, {"::1\0", 4}};
  for (const std::string_view text : no_addresses) EXPECT_FALSE(parse_address(text)) << text;
}

}  // namespace
}  // namespace dns
