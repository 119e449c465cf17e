// Canonical order against an implementation so plain that it can be seen to be right, over every name of a small world.
#include <algorithm>
#include <compare>
#include <vector>

#include "dns/name.h"
#include "tests/dns/given.h"

namespace dns {
namespace {

using Label = std::vector<unsigned>;
using Labels = std::vector<Label>;  // rightmost first, folded

Labels plain_form(const std::vector<Bytes>& labels) {
  Labels form;
  for (auto label = labels.rbegin(); label != labels.rend(); ++label) {
    Label folded;
    for (const unsigned octet : *label) folded.push_back(octet >= 65 && octet <= 90 ? octet + 32 : octet);
    form.push_back(folded);
  }
  return form;
}

struct Case {
  Name name;
  Labels form;
};

Case make(const std::vector<Bytes>& labels) {
  Bytes wire;
  for (const Bytes& label : labels) {
    wire.push_back(static_cast<std::uint8_t>(label.size()));
    wire.insert(wire.end(), label.begin(), label.end());
  }
  wire.push_back(0);
  const auto read = Name::from_wire(wire);
  EXPECT_TRUE(read);
  return {read.value_or(Name{}), plain_form(labels)};
}

// The root; all of one and of two octets; two labels of one octet each; three labels of a smaller alphabet.
std::vector<Case> small_world() {
  const Bytes alphabet{0x00, '*', '-', '.', '0', 'A', 'Z', '\\', 'a', 'z', 0x80, 0xff};
  const Bytes few{0x00, '*', 'A', 'a', 'b'};
  std::vector<Case> cases{make({})};
  for (const auto a : alphabet) {
    cases.push_back(make({{a}}));
    for (const auto b : alphabet) {
      cases.push_back(make({{a, b}}));
      cases.push_back(make({{a}, {b}}));
    }
  }
  for (const auto a : few)
    for (const auto b : few)
      for (const auto c : few) cases.push_back(make({{a}, {b}, {c}}));
  return cases;
}

std::weak_ordering plain_order(const Labels& left, const Labels& right) {
  return std::lexicographical_compare_three_way(
      left.begin(), left.end(), right.begin(), right.end(), [](const Label& a, const Label& b) -> std::weak_ordering {
        return std::lexicographical_compare_three_way(a.begin(), a.end(), b.begin(), b.end());
      });
}

bool begins_with(const Labels& form, const Labels& front) {
  return form.size() >= front.size() && std::equal(front.begin(), front.end(), form.begin());
}

// Proves C-4034-6.1
TEST(NameOrder, all_pairs_of_a_small_world) {
  const auto world = small_world();
  for (const Case& left : world) {
    for (const Case& right : world) {
      const auto wanted = plain_order(left.form, right.form);
      ASSERT_EQ(left.name <=> right.name, wanted) << left.name.print() << ' ' << right.name.print();
      ASSERT_EQ(left.name == right.name, wanted == 0) << left.name.print() << ' ' << right.name.print();
      ASSERT_EQ(left.name.is_at_or_below(right.name), begins_with(left.form, right.form))
          << left.name.print() << ' ' << right.name.print();
    }
  }
}

TEST(NameOrder, common_ancestors_of_a_small_world) {
  const auto world = small_world();
  for (const Case& left : world) {
    for (const Case& right : world) {
      const auto [end, other] = std::ranges::mismatch(left.form, right.form);
      const auto shared = static_cast<std::size_t>(end - left.form.begin());
      const Name common = left.name.common_ancestor(right.name);
      ASSERT_EQ(common.labels(), shared) << left.name.print() << ' ' << right.name.print();
      ASSERT_TRUE(common.same_octets(left.name.ancestor(shared)));
    }
  }
}

TEST(NameOrder, text_of_a_small_world_returns) {
  for (const Case& test : small_world()) {
    const auto again = Name::parse(test.name.print());
    ASSERT_TRUE(again) << test.name.print();
    ASSERT_TRUE(again->same_octets(test.name)) << test.name.print();
    ASSERT_EQ(std::hash<Name>{}(test.name), std::hash<Name>{}(test.name.lowered()));
  }
}

// The example of RFC 4034 §6.1.
// Proves C-4034-6.1
TEST(NameOrder, example_of_rfc_4034) {
  const std::vector<std::string_view> sorted = {"example.",           "a.example.",      "yljkjljk.a.example.",
                                                "Z.a.example.",       "zABC.a.EXAMPLE.", "z.example.",
                                                R"(\001.z.example.)", "*.z.example.",    R"(\200.z.example.)"};
  for (std::size_t i = 0; i < sorted.size(); ++i)
    for (std::size_t j = 0; j < sorted.size(); ++j)
      EXPECT_EQ(name(sorted[i]) <=> name(sorted[j]), std::weak_ordering(i <=> j)) << sorted[i] << ' ' << sorted[j];
}

}  // namespace
}  // namespace dns
