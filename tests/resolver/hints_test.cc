#include "resolver/hints.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>

namespace {

std::string print(const std::vector<dns::NamedServer>& servers) {
  std::string text;
  for (const auto& server : servers) text += server.name.print() + " " + dns::print_with_port(server.address) + "; ";
  return text;
}

TEST(Hints, thirteen_names_with_two_addresses_each) {
  const auto hints = resolver::built_in_hints(5353);
  std::set<dns::Name> names;
  std::set<dns::Address> addresses;
  std::size_t ipv6 = 0;
  for (const auto& server : hints) {
    names.insert(server.name);
    addresses.insert(server.address);
    ipv6 += server.address.family == dns::Address::Family::ipv6 ? 1 : 0;
    EXPECT_FALSE(dns::is_special(server.address)) << dns::print(server.address);
    EXPECT_EQ(server.address.port, 5353);
  }
  EXPECT_EQ(hints.size(), 26U);
  EXPECT_EQ(names.size(), 13U);
  EXPECT_EQ(addresses.size(), 26U);
  EXPECT_EQ(ipv6, 13U);
}

TEST(Hints, built_in_are_those_of_the_system) {
  std::ifstream file("/usr/share/dns/root.hints");
  if (!file) GTEST_SKIP() << "dns-root-data is not installed";
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto read = resolver::read_hints(text, "root.hints", 53);
  ASSERT_TRUE(read.has_value()) << read.error();
  EXPECT_TRUE(*read == resolver::built_in_hints(53)) << print(*read);
}

struct HintsRow {
  const char* label;
  const char* text;
  const char* expected;  // the servers, or "!" and what the error contains
};

const HintsRow hints_rows[] = {
    {"one", ". NS ns.test.\nns.test. A 127.0.0.1\n", "ns.test. 127.0.0.1#5300; "},
    {"both families, TTL and class", ". 3600 IN NS ns.test.\nns.test. 60 IN A 127.0.0.1\nns.test. IN 60 AAAA ::1\n",
     "ns.test. 127.0.0.1#5300; ns.test. ::1#5300; "},
    {"in the order of the NS records", ". NS b.test.\n. NS a.test.\na.test. A 127.0.0.1\nb.test. A 127.0.0.2\n",
     "b.test. 127.0.0.2#5300; a.test. 127.0.0.1#5300; "},
    {"letter case does not matter", ". NS NS.test.\nns.TEST. A 127.0.0.1\n", "NS.test. 127.0.0.1#5300; "},
    {"an address without its NS is not a root server", ". NS ns.test.\nns.test. A 127.0.0.1\nother.test. A 127.0.0.9\n",
     "ns.test. 127.0.0.1#5300; "},
    {"NS of another zone is not a hint", "test. NS ns.test.\nns.test. A 127.0.0.1\n", "!no name server of the root"},
    {"no address", ". NS ns.test.\n", "!no name server of the root"},
    {"empty", "", "!no name server of the root"},
    {"a bad line", ". NS ns.test.\nns.test. A 1.2.3\n", "!hints:2:"},
};

TEST(Hints, of_a_file) {
  for (const HintsRow& row : hints_rows) {
    SCOPED_TRACE(row.label);
    const auto read = resolver::read_hints(row.text, "hints", 5300);
    if (row.expected[0] != '!') {
      ASSERT_TRUE(read.has_value()) << read.error();
      EXPECT_EQ(print(*read), row.expected);
    } else {
      ASSERT_FALSE(read.has_value());
      EXPECT_NE(read.error().find(row.expected + 1), std::string::npos) << read.error();
    }
  }
}

struct ResolvRow {
  const char* label;
  const char* text;
  const char* expected;
};

const ResolvRow resolv_rows[] = {
    {"empty means this machine", "", ". 127.0.0.1#53; "},
    {"only unreadable lines", "nameserver\nnameserver x\nnameserver fe80::1%eth0\nsearch example\n",
     ". 127.0.0.1#53; "},
    {"two", "# comment\nsearch example.\nnameserver 192.0.2.1\nnameserver 2001:db8::1\n",
     ". 192.0.2.1#53; . 2001:db8::1#53; "},
    {"tabs, trailing words, no last newline", "nameserver\t192.0.2.1 # main\nnameserver 192.0.2.2",
     ". 192.0.2.1#53; . 192.0.2.2#53; "},
    {"CR LF", "nameserver 192.0.2.1\r\n", ". 192.0.2.1#53; "},
    {"commented out", ";nameserver 192.0.2.1\n#nameserver 192.0.2.2\nnameserver 192.0.2.3\n", ". 192.0.2.3#53; "},
    {"a repeat counts once", "nameserver 192.0.2.1\nnameserver 192.0.2.1\n", ". 192.0.2.1#53; "},
    {"three at most, as resolv.conf(5) says",
     "nameserver 192.0.2.1\nnameserver 192.0.2.2\nnameserver 192.0.2.3\nnameserver 192.0.2.4\n",
     ". 192.0.2.1#53; . 192.0.2.2#53; . 192.0.2.3#53; "},
    {"unspecified is this machine", "nameserver 0.0.0.0\nnameserver ::\n", ". 127.0.0.1#53; . ::1#53; "},
};

TEST(Hints, of_resolv_conf) {
  for (const ResolvRow& row : resolv_rows) {
    SCOPED_TRACE(row.label);
    EXPECT_EQ(print(resolver::read_resolv_conf(row.text, 53)), row.expected);
  }
}

}  // namespace
