// Every zone of a small universe (design.md §7.3): no set of its records proves a falsehood, no honest proof is
// refused.
#include "tests/worlds/denial_universe.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "tests/sanitized.h"

namespace denial_model {
namespace {

using enum RRType;

const std::array<Types, 5> kinds{Types{a}, Types{cname}, Types{ns}, Types{ns, ds}, Types{a, dname}};

bool is_soak() { return std::getenv("TRUSTWALK_SOAK") != nullptr; }

std::vector<Name> names(std::string_view list) {
  std::vector<Name> all;
  while (!list.empty()) {
    const auto end = std::min(list.find(' '), list.size());
    all.push_back(name(list.substr(0, end)));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return all;
}

// Where the zones' names are: siblings, wildcards, names below and above each other and below a wildcard.
const std::string_view owners =
    "a.example b.example *.example b.a.example *.a.example a.b.a.example *.b.a.example a.*.example";
const std::string_view queries =
    "example a.example b.example *.example b.a.example *.a.example a.b.a.example *.b.a.example a.*.example "
    "0.example c.example c.a.example c.b.a.example c.c.a.example a.b.example *.b.example c.c.example aa.example "
    "c.a.b.a.example "
    "*.a.*.example b.*.example";

Universe universe() { return {names(queries), {a, ns, ds, cname, dname, txt}, {}, 4}; }

// Calls `visit` with every zone that has data at `most` of the owners or fewer, at each of every kind.
template <class Visit>
void each_zone(const std::vector<Name>& places, std::size_t most, Visit visit) {
  Zone zone{name("example"), {{name("example"), {soa, ns, dnskey}}}};
  const auto fill = [&](auto& self, std::size_t from) -> void {
    visit(zone);
    if (zone.nodes.size() > most) return;
    for (std::size_t i = from; i < places.size(); ++i)
      for (const Types& kind : kinds) {
        // Delegations of a wildcard are no delegation, and no wildcard answer (RFC 4592 §4.2, §4.4): truth has no say
        // there.
        if (places[i].is_wildcard() && kind.contains(dname)) continue;
        zone.nodes[places[i]] = kind;
        self(self, i + 1);
        zone.nodes.erase(places[i]);
      }
  };
  fill(fill, 0);
}

void expect_clean(const Tally& tally, std::string_view what) {
  std::cout << "  " << what << ": " << tally.zones << " universes, " << tally.sets << " sets of records, "
            << tally.proofs << " proofs tried; false " << tally.falsehoods << ", missed " << tally.missed << "\n";
  EXPECT_GT(tally.zones, 0U);
  EXPECT_EQ(tally.falsehoods, 0U);
  EXPECT_EQ(tally.missed, 0U);
  for (const std::string& example : tally.examples) ADD_FAILURE() << example;
}

Nsec3Choice mixed(std::uint64_t seed, OptOut opt_out) {
  return {[seed](const Name& at) { return mixed_hash(at.wire(), seed); }, opt_out, 0, {}};
}

validator::Nsec3Hash hash_of(std::uint64_t seed) {
  return [seed](dns::View octets, dns::View, std::uint16_t) {
    const Hash hash = mixed_hash(octets, seed);
    return dns::Bytes(hash.begin(), hash.end());
  };
}

// Proves C-4035-5.4, C-4592, C-6840-4.1
TEST(DenialUniverse, Nsec) {
  Tally tally;
  const Universe all = universe();
  each_zone(names(owners), is_soak() ? 3 : 2,
            [&](const Zone& zone) { check_chain(tally, all, zone, nsec_chain(zone)); });
  expect_clean(tally, "NSEC");
}

// Proves C-5155-8.4, C-5155-8.5, C-5155-8.6, C-5155-8.7, C-5155-8.8, C-5155-9.2
TEST(DenialUniverse, Nsec3) {
  for (const OptOut opt_out : {OptOut::none, OptOut::where_needed, OptOut::everywhere}) {
    Tally tally;
    Universe all = universe();
    std::uint64_t seed = 0;
    each_zone(names(owners), is_soak() ? 3 : 2, [&](const Zone& zone) {
      ++seed;
      // Without an unsigned delegation nothing is left out, and the chain is that of the first round but for a flag.
      const bool leaves_out = std::ranges::any_of(
          zone.nodes, [&](const auto& node) { return zone.is_delegation(node.first) && !node.second.contains(ds); });
      if (opt_out != OptOut::none && !leaves_out && !is_soak()) return;
      all.hash = hash_of(seed);
      check_chain(tally, all, zone, nsec3_chain(zone, mixed(seed, opt_out)));
    });
    expect_clean(tally, opt_out == OptOut::none           ? "NSEC3"
                        : opt_out == OptOut::where_needed ? "NSEC3, opt-out where needed"
                                                          : "NSEC3, opt-out");
  }
}

// Hashing puts the names into any order whatever: here into each.
// Proves C-5155-wrap
TEST(DenialUniverse, Nsec3InEveryOrderOfHashes) {
  const std::vector<Name> places = names("a.example *.example b.a.example");
  std::vector<Name> order = names("*.a.example *.example a.example b.a.example c.example");
  Universe all{names("example a.example *.example b.a.example *.a.example c.example"), {a, ds, cname}, {}, 4};
  Tally tally;
  std::size_t turn = 0;
  do {
    ++turn;  // where the ring begins, that is which record wraps around
    std::map<Name, Hash> hashes;
    for (std::size_t i = 0; i < order.size(); ++i)
      hashes[order[i]].front() = static_cast<std::uint8_t>((i + turn) % (order.size() + 1) * 32);
    hashes[name("example")].front() = static_cast<std::uint8_t>((order.size() + turn) % (order.size() + 1) * 32);
    const HashOf hash = [&](const Name& at) {
      const auto known = hashes.find(at);
      return known == hashes.end() ? mixed_hash(at.wire(), turn) : known->second;
    };
    all.hash = [&](dns::View octets, dns::View, std::uint16_t) {
      const Hash made = hash(Name::from_wire(octets).value());
      return dns::Bytes(made.begin(), made.end());
    };
    for (const OptOut opt_out : {OptOut::none, OptOut::where_needed}) {
      if (!is_soak() && (turn % 2 == 0) == (opt_out == OptOut::none)) continue;
      each_zone(places, is_soak() ? 3 : 2,
                [&](const Zone& zone) { check_chain(tally, all, zone, nsec3_chain(zone, {hash, opt_out, 0, {}})); });
    }
  } while (std::ranges::next_permutation(order).found);
  expect_clean(tally, "NSEC3, every order");
}

// Made per question: around each name that is not there a record that reaches no other name (RFC 4470, and with NSEC3
// RFC 7129 §B). A proof by NSEC rests on two records at most, one by NSEC3 on three.
TEST(DenialUniverse, WhiteLies) {
  Tally tally;
  Universe all = universe();
  all.largest_set = 2;
  each_zone(names(owners),
            is_soak()             ? 3
            : tests::is_sanitized ? 1
                                  : 2,
            [&](const Zone& zone) { check_chain(tally, all, zone, white_lies_chain(zone, all.queries)); });
  expect_clean(tally, "white lies");
}

TEST(DenialUniverse, Narrow) {
  Tally tally;
  Universe all = universe();
  all.largest_set = 3;
  std::uint64_t seed = 0;
  each_zone(names(owners), is_soak() ? 2 : 1, [&](const Zone& zone) {
    all.hash = hash_of(++seed);
    check_chain(tally, all, zone, narrow_chain(zone, all.queries, mixed(seed, OptOut::none)));
  });
  expect_clean(tally, "narrow NSEC3");
}

// Proves C-9824
TEST(DenialUniverse, Compact) {
  Tally tally;
  Universe all = universe();
  all.largest_set = 2;
  each_zone(names(owners), is_soak() ? 2 : 1, [&](const Zone& zone) { check_compact(tally, all, zone); });
  expect_clean(tally, "compact");
}

}  // namespace
}  // namespace denial_model
