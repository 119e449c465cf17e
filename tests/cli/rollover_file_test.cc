// The file of `rollover --state` keeps what it is given, and refuses what is none of its lines.
#include "cli/rollover_file.h"

#include <gtest/gtest.h>

#include "dns/text.h"

namespace cli {
namespace {

using validator::RolloverLook;

const dns::Name zone = *dns::Name::parse("example.org.");

RolloverLook a_look() {
  RolloverLook look;
  look.first = *dns::parse_time("2026-11-24T03:11:00Z");
  look.last = *dns::parse_time("2026-11-24T03:12:00Z");
  const auto server = *dns::parse_address("192.0.2.1", 0), six = *dns::parse_address("2001:db8::1", 0);
  const dns::Ds ds{12345, dns::Algorithm::ecdsap256sha256, dns::Digest::sha256, dns::Bytes(32, 7)};
  look.parent[server] = {{ds}, dns::Seconds{3600}};
  look.parent[six] = {{}, dns::Seconds{60}};
  const dns::Dnskey key{257, 3, dns::Algorithm::ecdsap256sha256, dns::Bytes(64, 9)};
  look.keys[server] = {{key}, {{key.tag(), key.algorithm}}, dns::Seconds{3600}};
  look.data[server] = {{{}, {{1, dns::Algorithm::ed25519}, {2, dns::Algorithm::ed25519}}}, dns::Seconds{300}};
  look.cds = {ds};
  look.silent = {six};
  return look;
}

TEST(RolloverFile, KeepsWhatItIsGiven) {
  auto second = a_look();
  second.first = second.last = second.last + dns::Seconds{5};
  second.cds.reset();
  const auto text = write_looks(zone, {a_look(), second});
  const auto read = read_looks(text, "f", zone);
  ASSERT_TRUE(read) << read.error();
  ASSERT_EQ(read->size(), 2U);
  EXPECT_TRUE((*read)[0].same_as(a_look()));
  EXPECT_TRUE((*read)[1].same_as(second));
  EXPECT_EQ((*read)[0].last, a_look().last);
  EXPECT_EQ(write_looks(zone, *read), text);
}

TEST(RolloverFile, RefusesWhatIsNoneOfItsLines) {
  const auto text = write_looks(zone, {a_look()});
  EXPECT_FALSE(read_looks(text, "f", *dns::Name::parse("example.net.")));
  EXPECT_FALSE(read_looks("hello\n", "f", zone));
  EXPECT_TRUE(read_looks("", "f", zone));
  // Cut off anywhere but between two lines it is refused, and never read past its end.
  for (std::size_t length = 1; length < text.size(); ++length)
    EXPECT_EQ(read_looks(text.substr(0, length), "f", zone).has_value(), text[length - 1] == '\n') << length;
  for (const std::string line :
       {"look x y", "look 2020-01-01T00:00:00Z 2019-01-01T00:00:00Z", "parent 192.0.2.1", "parent x 3600",
        "parent 192.0.2.1 99999999999", "keys 192.0.2.1 60 12345", "keys 192.0.2.1 60 70000/13", "by 1/300", "ds 1 2 3",
        "key 257 3", "silent nobody", "cds x", "hello"})
    EXPECT_FALSE(read_looks(text + line + "\n", "f", zone)) << line;
}

TEST(RolloverFile, IsBounded) {
  std::vector<RolloverLook> looks;
  for (int i = 0; i < 1100; ++i) {
    auto look = a_look();
    look.first = look.last = a_look().last + dns::Seconds{i};
    looks.push_back(look);
  }
  const auto read = read_looks(write_looks(zone, looks), "f", zone);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->size(), most_looks);
  EXPECT_EQ(read->back().last, looks.back().last);
}

}  // namespace
}  // namespace cli
