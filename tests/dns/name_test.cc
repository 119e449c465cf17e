#include "dns/name.h"

#include <unordered_set>

#include "tests/dns/given.h"

namespace dns {
namespace {

std::string repeat(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

struct Good {
  std::string_view text, wire, printed;
};
constexpr Good goods[] = {
    {".", "00", "."},
    {"a", "0161 00", "a."},
    {"a.", "0161 00", "a."},
    {"Example.COM.", "07 4578616d706c65 03 434f4d 00", "Example.COM."},
    {R"(a\.b.c)", "03612e62 0163 00", R"(a\.b.c.)"},
    {R"(\046.)", "012e 00", R"(\..)"},
    {R"(\000\255.)", "0200ff 00", R"(\000\255.)"},
    {R"(a\\.b)", "02615c 0162 00", R"(a\\.b.)"},
    {R"(\a\b)", "026162 00", "ab."},
    {R"(a\032b)", "03612062 00", R"(a\032b.)"},
    {"a b", "03612062 00", R"(a\032b.)"},
    {R"(\@\$\"\;\(\))", "06402422 3b2829 00", R"(\@\$\"\;\(\).)"},
    {"*.a", "012a 0161 00", "*.a."},
    {"_25._tcp", "035f3235 045f746370 00", "_25._tcp."},
    {"\xc3\xa9", "02c3a9 00", R"(\195\169.)"},
    {R"(\065)", "0141 00", "A."},
};

TEST(Name, text_both_ways) {
  for (const auto& [text, wire, printed] : goods) {
    const auto parsed = Name::parse(text);
    ASSERT_TRUE(parsed) << text;
    EXPECT_TRUE(octets_equal(parsed->wire(), octets(wire))) << text;
    EXPECT_EQ(parsed->print(), printed);
    EXPECT_TRUE(Name::parse(printed)->same_octets(*parsed)) << printed;
  }
}

struct Bad {
  std::string text;
  NameFault fault;
};
const Bad bads[] = {
    {"", NameFault::empty},
    {"..", NameFault::empty_label},
    {".a", NameFault::empty_label},
    {"a..b", NameFault::empty_label},
    {"a..", NameFault::empty_label},
    {"a\\", NameFault::bad_escape},
    {R"(a\256)", NameFault::bad_escape},
    {R"(a\25)", NameFault::bad_escape},
    {R"(a\2)", NameFault::bad_escape},
    {R"(a\1x2)", NameFault::bad_escape},
    {R"(a\12x)", NameFault::bad_escape},
    {repeat("a", 64), NameFault::long_label},
    {repeat("\\097", 64), NameFault::long_label},
    {"b." + repeat("a", 64) + ".c", NameFault::long_label},
    {repeat("a.", 128), NameFault::long_name},
    {repeat("a.", 127) + "a", NameFault::long_name},
    {repeat(repeat("a", 63) + ".", 4), NameFault::long_name},
    {repeat(repeat("a", 63) + ".", 3) + repeat("a", 62), NameFault::long_name},
};

// Proves C-1035
TEST(Name, what_is_no_name) {
  for (const auto& [text, fault] : bads) {
    const auto parsed = Name::parse(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error(), fault) << text;
  }
}

// Proves C-1035, L-names
TEST(Name, longest_label_and_longest_name) {
  const Name label = name(repeat("a", 63));
  EXPECT_EQ(label.size(), 65U);
  for (const std::string dot : {"", "."}) {
    const auto longest = Name::parse(repeat(repeat("a", 63) + ".", 3) + repeat("b", 61) + dot);  // 3 * 64 + 62 + 1
    ASSERT_TRUE(longest);
    EXPECT_EQ(longest->size(), 255U);
    EXPECT_EQ(longest->labels(), 4U);
    const auto most_labels = Name::parse(repeat("a.", 126) + "a" + dot);
    ASSERT_TRUE(most_labels);
    EXPECT_EQ(most_labels->size(), 255U);
    EXPECT_EQ(most_labels->labels(), 127U);
    EXPECT_EQ(*Name::parse(most_labels->print()), *most_labels);
    EXPECT_EQ(most_labels->ancestor(126).size(), 253U);
  }
}

// Proves C-1035
TEST(Name, wire_form_must_fill_its_octets) {
  EXPECT_TRUE(Name::from_wire(octets("00")));
  EXPECT_TRUE(Name::from_wire(octets("0161 00")));
  for (const std::string_view wire :
       {"", "01", "0161", "0161 00 00", "00 00", "4061 00", "8061 00", "c000", "0161 c000", "40"})
    EXPECT_FALSE(Name::from_wire(octets(wire))) << wire;
  Bytes longest;
  for (int i = 0; i < 127; ++i) longest.insert(longest.end(), {1, 'a'});
  longest.push_back(0);
  EXPECT_TRUE(Name::from_wire(longest));
  longest.insert(longest.begin(), {1, 'a'});
  EXPECT_FALSE(Name::from_wire(longest));
  Bytes label(64, 'a');
  label[0] = 63;
  label.push_back(0);
  EXPECT_TRUE(Name::from_wire(label));
  label[0] = 64;
  label.insert(label.begin() + 1, 'a');
  EXPECT_FALSE(Name::from_wire(label));
}

struct Pointer {
  std::string_view octets;
  std::size_t at;
  std::string_view name;  // "" = unreadable
  std::size_t after;      // where the reader then stands
  bool compressed;
};
constexpr Pointer pointers[] = {
    {"0161 00", 0, "a.", 3, false},
    {"0161 00 0162 c000", 3, "b.a.", 7, true},
    {"0161 00 c000", 3, "a.", 5, true},
    {"00 c000 c001 c003", 5, ".", 7, true},  // a chain of pointers
    {"0161 c000", 0, "", 0, false},          // to itself
    {"0161 c002", 0, "", 0, false},          // to the pointer
    {"c000", 0, "", 0, false},
    {"c002 00", 0, "", 0, false},               // forward
    {"0161 c005 00 0162 00", 0, "", 0, false},  // forward
    {"0161 c004 0162 c000", 4, "", 0, false},   // two that point at each other
    {"c0", 0, "", 0, false},                    // cut pointer
    {"0161", 0, "", 0, false},
    {"0561", 0, "", 0, false},
    {"00 0161 c0ff", 1, "", 0, false},               // beyond the octets
    {"0161 0162 00 0163 c002", 5, "c.b.", 9, true},  // into the middle of a name
    {"0161 0162 00 0163 c001", 5, "", 0, false},     // into a label: 61 is no length
    {"0361 00 00 0162 c001", 4, "", 0, false},
    {"0000 ff", 1, ".", 2, false},
};

// Proves C-1035
TEST(Name, compression_pointers) {
  for (const Pointer& test : pointers) {
    const Bytes bytes = octets(test.octets);
    Reader reader(bytes, test.at);
    const auto read = Name::read(reader);
    ASSERT_EQ(read.has_value(), !test.name.empty()) << test.octets;
    if (!read) continue;
    EXPECT_EQ(read->name.print(), test.name) << test.octets;
    EXPECT_EQ(read->compressed, test.compressed) << test.octets;
    EXPECT_EQ(reader.at(), test.after) << test.octets;
  }
}

// A name longer than 255 octets only after its pointers are followed.
// Proves C-1035, L-names
TEST(Name, compression_does_not_stretch_a_name) {
  Bytes bytes;
  for (int i = 0; i < 100; ++i) bytes.insert(bytes.end(), {1, 'a'});
  bytes.push_back(0);  // 201 octets
  const std::size_t second = bytes.size();
  for (int i = 0; i < 28; ++i) bytes.insert(bytes.end(), {1, 'b'});
  bytes.insert(bytes.end(), {0xc0, 0});
  Reader reader(bytes, second);
  EXPECT_FALSE(Name::read(reader));
  Reader shorter(bytes, second + 2);  // 54 + 201 = 255
  const auto read = Name::read(shorter);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->name.size(), 255U);
}

// CVE-2024-8508 and kin: every name of a message at the end of a long chain costs time and says nothing.
// Proves CVE-2024-8508
TEST(Name, chains_of_pointers_are_cut) {
  Bytes bytes{0};
  const auto add = [&](std::size_t to) {
    bytes.push_back(static_cast<std::uint8_t>(0xc0 | to >> 8));
    bytes.push_back(static_cast<std::uint8_t>(to & 0xff));
  };
  add(0);
  for (std::size_t at = 1; bytes.size() < 2000; at += 2) add(at);
  Reader few(bytes, 1 + 2 * 100);
  EXPECT_TRUE(Name::read(few));
  Reader many(bytes, 1 + 2 * 200);
  EXPECT_FALSE(Name::read(many));
}

struct Family {
  std::string_view name, other, common;
  bool at_or_below;
};
constexpr Family families[] = {
    {".", ".", ".", true},
    {"a.", ".", ".", true},
    {".", "a.", ".", false},
    {"a.b.", "b.", "b.", true},
    {"a.B.", "b.", "b.", true},
    {"b.", "a.b.", "b.", false},
    {"victim.", "tim.", ".", false},  // the text ends so, the labels do not
    {"vic.tim.", "tim.", "tim.", true},
    {R"(vic\.tim.)", "tim.", ".", false},  // one label with a dot in it
    {R"(x.vic\.tim.)", R"(vic\.tim.)", "vic\\.tim.", true},
    {R"(\003tim.)", "tim.", ".", false},  // the wire form ends so: 04 03 "tim" 00
    {R"(a\003tim.)", "tim.", ".", false},
    {"a.example.", "b.example.", "example.", false},
    {"example.com.", "example.org.", ".", false},
    {"a.b.c.d.", "x.b.c.d.", "b.c.d.", false},
};

TEST(Name, ancestry_goes_by_label) {
  for (const auto& test : families) {
    const Name one = name(test.name);
    const Name other = name(test.other);
    EXPECT_EQ(one.is_at_or_below(other), test.at_or_below) << test.name << ' ' << test.other;
    EXPECT_EQ(one.is_below(other), test.at_or_below && one != other) << test.name << ' ' << test.other;
    EXPECT_EQ(one.common_ancestor(other), name(test.common)) << test.name << ' ' << test.other;
    EXPECT_EQ(other.common_ancestor(one), name(test.common)) << test.name << ' ' << test.other;
  }
}

TEST(Name, parts) {
  const Name www = name("www.Example.com.");
  EXPECT_EQ(www.labels(), 3U);
  EXPECT_TRUE(octets_equal(www.label(1), octets_of("Example")));
  EXPECT_EQ(www.parent(), name("example.com"));
  EXPECT_EQ(www.ancestor(0), Name{});
  EXPECT_EQ(www.ancestor(1), name("com"));
  EXPECT_TRUE(www.ancestor(3).same_octets(www));
  EXPECT_EQ(www.ancestor(9), www);
  EXPECT_TRUE(Name{}.parent().is_root());
  EXPECT_EQ(Name{}.labels(), 0U);
  EXPECT_EQ(www.lowered().print(), "www.example.com.");
  EXPECT_TRUE(name("*.a").is_wildcard());
  EXPECT_TRUE(name("*").is_wildcard());
  EXPECT_FALSE(name("**.a").is_wildcard());
  EXPECT_FALSE(name("a.*").is_wildcard());
  EXPECT_FALSE(Name{}.is_wildcard());
}

TEST(Name, joining) {
  const Name com = name("com");
  EXPECT_EQ(com.prepend("a"), name("a.com"));
  EXPECT_EQ(com.prepend("a.b")->print(), R"(a\.b.com.)");
  EXPECT_EQ(com.wildcard(), name("*.com"));
  EXPECT_FALSE(com.prepend(""));
  EXPECT_FALSE(com.prepend(repeat("a", 64)));
  EXPECT_EQ(com.under(name("a.b")), name("a.b.com"));
  EXPECT_EQ(com.under(Name{}), com);
  EXPECT_EQ(Name{}.under(com), com);
  EXPECT_EQ(name("a.b.com").replace_suffix(com, name("x.org")), name("a.b.x.org"));
  EXPECT_EQ(com.replace_suffix(com, name("x.org")), name("x.org"));
  EXPECT_EQ(com.replace_suffix(Name{}, name("x.org")), name("com.x.org"));

  const Name longest = name(repeat("a.", 127));
  const Name shorter = name(repeat("a.", 126));  // 253 octets
  EXPECT_FALSE(longest.prepend("a"));
  EXPECT_FALSE(longest.wildcard());
  EXPECT_TRUE(shorter.prepend("a"));
  EXPECT_FALSE(shorter.prepend("ab"));
  EXPECT_FALSE(shorter.under(name("ab")));
  EXPECT_TRUE(shorter.under(name("a")));
  EXPECT_FALSE(name("a.com").replace_suffix(com, longest));  // RFC 6672 §2.2: YXDOMAIN
}

TEST(Name, equal_names_have_equal_hashes) {
  const std::hash<Name> hash;
  EXPECT_EQ(hash(name("Example.COM")), hash(name("eXAMPLE.com")));
  std::unordered_set<Name> names{name("a"), name("A"), name("b"), name("a.b")};
  EXPECT_EQ(names.size(), 3U);
}

// A–Z fold and nothing else does: '@' and '[' stand next to the letters, 0xe0 is no letter here.
TEST(Name, folding_is_ascii_only) {
  EXPECT_EQ(name("AZ"), name("az"));
  EXPECT_NE(name("\\@"), name("`"));
  EXPECT_NE(name("["), name("{"));
  EXPECT_NE(name("\\192"), name("\\224"));
}

}  // namespace
}  // namespace dns
