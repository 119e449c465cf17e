// Any zone of few labels, any of its denial records, also expanded from wildcards, and those of its parent and child
// among them: nothing they prove about any name is untrue.
#include <cstdio>

#include "dns/canonical.h"
#include "tests/fuzz/choices.h"
#include "tests/fuzz/fuzz.h"
#include "tests/worlds/denial_universe.h"

namespace {

using namespace denial_model;
using enum dns::RRType;

using fuzz::Choices;

Name any_name(Choices& choices, const Name& zone) {
  static constexpr std::array<std::string_view, 6> labels{"a", "b", "*", "B", "c", "!"};
  Name at = zone;
  for (std::size_t left = 1 + choices.below(4); left > 0; --left) at = at.prepend(labels[choices.below(6)]).value();
  return at;
}

const std::array<Types, 9> kinds{Types{a},      Types{cname},        Types{ns},
                                 Types{ns, ds}, Types{a, dname},     Types{a, txt, ds},
                                 Types{dname},  Types{ns, a, dname}, Types{cname, txt}};

Zone any_zone(Choices& choices, const Name& apex) {
  Zone zone{apex, {{apex, {soa, ns, dnskey}}}};
  if (choices.below(16) == 1) zone.nodes[apex].insert(dname);
  for (std::size_t left = choices.below(6); left > 0; --left) {
    const Name at = any_name(choices, apex);
    Types types = kinds[choices.below(kinds.size())];
    if (at.is_wildcard()) types.erase(dname);  // RFC 4592 §4.4: no truth is known of it
    if (!types.empty()) zone.nodes[at] = std::move(types);
  }
  return zone;
}

Chain any_chain(Choices& choices, const Zone& zone, std::uint64_t seed) {
  const std::size_t kind = choices.below(4);
  if (kind == 0) return nsec_chain(zone);
  const OptOut opt_out = kind == 1 ? OptOut::none : kind == 2 ? OptOut::where_needed : OptOut::everywhere;
  return nsec3_chain(zone, {[seed](const Name& at) { return mixed_hash(at.wire(), seed); }, opt_out, 0, {}});
}

// A record as a server makes it from a wildcard: its own, sent with another name, and signed all the same (RFC 4035
// §5.3.2).
void expand(Choices& choices, DenialSet& set) {
  if (!set.set.owner.is_wildcard() || choices.below(2) == 0) return;
  set.set.owner = any_name(choices, set.set.owner.parent());
}

std::vector<DenialSet> any_sets(Choices& choices, const Zone& zone, const Chain& chain) {
  std::vector<DenialSet> sets;
  for (std::size_t left = choices.below(6); left > 0; --left) {
    sets.push_back(chain.sets[choices.below(chain.sets.size())]);
    expand(choices, sets.back());
  }
  for (std::size_t left = choices.below(3); left > 0; --left) {
    const Name other_apex = choices.below(2) == 0 ? zone.apex.parent() : any_name(choices, zone.apex);
    const Zone other = any_zone(choices, other_apex);
    const Chain theirs = any_chain(choices, other, 1);
    sets.push_back(theirs.sets[choices.below(theirs.sets.size())]);
  }
  return sets;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Choices choices(data, size);
  const Zone zone = any_zone(choices, name("example"));
  const std::uint64_t seed = choices.below(256);
  const Chain chain = any_chain(choices, zone, seed);
  Universe universe{{},
                    {a, ns, ds, cname, dname, txt},
                    [seed](dns::View octets, dns::View, std::uint16_t) {
                      const Hash hash = mixed_hash(octets, seed);
                      return dns::Bytes(hash.begin(), hash.end());
                    },
                    4};
  const auto sets = any_sets(choices, zone, chain);
  for (const auto& [owner, types] : zone.nodes) universe.queries.push_back(owner);
  for (int i = 0; i < 4; ++i) universe.queries.push_back(any_name(choices, zone.apex));

  Tally tally;
  check_sets(tally, universe, zone, chain, sets);
  for (const std::string& example : tally.examples) std::fprintf(stderr, "%s\n", example.c_str());
  fuzz::require(tally.falsehoods == 0);
  return 0;
}
