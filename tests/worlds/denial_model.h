// A slow and plain model of a zone, of what is true in it (RFC 1034 §4.3.2, RFC 4592 §3.3.1), and of what its server
// sends to prove it (RFC 4035 §3.1.3, RFC 5155 §7.2). It shares no code with validator/denial and knows nothing of
// signatures.
#pragma once

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "dns/canonical.h"
#include "dns/rdata.h"
#include "dns/text.h"
#include "validator/denial.h"

namespace denial_model {

using dns::Name;
using dns::RRType;
using validator::DenialSet;
using Types = std::set<RRType>;

inline Name name(std::string_view text) { return Name::parse(text).value(); }

struct Zone {
  Name apex;
  std::map<Name, Types> nodes;  // the apex among them

  bool is_delegation(const Name& at) const {
    const auto node = nodes.find(at);
    return at != apex && node != nodes.end() && node->second.contains(RRType::ns);
  }
  // What lies below a delegation or a DNAME is not there.
  bool is_occluded(const Name& at) const {
    for (Name above = at; above != apex;) {
      above = above.parent();
      const auto node = nodes.find(above);
      if (is_delegation(above) || (node != nodes.end() && node->second.contains(RRType::dname))) return true;
    }
    return false;
  }
  bool exists(const Name& at) const {
    return std::ranges::any_of(
        nodes, [&](const auto& node) { return node.first.is_at_or_below(at) && !is_occluded(node.first); });
  }
  Name closest_encloser(const Name& at) const {
    Name encloser = at;
    while (!exists(encloser)) encloser = encloser.parent();
    return encloser;
  }
  Types types(const Name& at) const {
    const auto node = nodes.find(at);
    return node == nodes.end() ? Types{} : node->second;
  }
};

enum class Truth { elsewhere, answer, alias, nodata, nxdomain, undefined };  // elsewhere: referral or DNAME

struct Lookup {
  Truth truth{};
  std::optional<Name> wildcard;  // that the answer, or the lack of one, comes from
};

inline Truth at_node(const Types& types, RRType type) {
  if (types.contains(type)) return Truth::answer;
  return types.contains(RRType::cname) ? Truth::alias : Truth::nodata;
}

inline Lookup look_up(const Zone& zone, const Name& at, RRType type) {
  // RFC 4035 §3.1.4.1: at a cut the parent answers for DS, and for that alone.
  if (zone.is_occluded(at) || (zone.is_delegation(at) && type != RRType::ds)) return {Truth::elsewhere, {}};
  if (at == zone.apex && type == RRType::ds) return {Truth::elsewhere, {}};
  if (zone.exists(at)) return {at_node(zone.types(at), type), {}};
  const Name wildcard = zone.closest_encloser(at).wildcard().value();
  if (!zone.exists(wildcard)) return {Truth::nxdomain, {}};
  if (zone.is_delegation(wildcard)) return {Truth::undefined, wildcard};  // RFC 4592 §4.2
  return {at_node(zone.types(wildcard), type), wildcard};
}

// The denial records of a zone, and how its server finds those it needs.
struct Chain {
  std::vector<DenialSet> sets;
  std::function<std::optional<std::size_t>(const Name&)> matching;
  std::function<std::size_t(const Name&)> covering;
  std::vector<bool> opt_out;
  enum class Kind { nsec, nsec3 } kind{};
};

inline DenialSet set_of(const Name& zone, const Name& owner, RRType type, dns::Bytes rdata) {
  DenialSet made;
  made.set.owner = owner;
  made.set.type = type;
  made.set.rdatas = {std::move(rdata)};
  made.signer = zone;
  made.rrsig_labels = static_cast<std::uint8_t>(dns::rrsig_labels(owner));
  return made;
}

inline DenialSet nsec(const Name& zone, const Name& owner, const Name& next, Types types) {
  types.insert({RRType::rrsig, RRType::nsec});
  return set_of(zone, owner, RRType::nsec, dns::write(dns::Nsec{next, {{types.begin(), types.end()}, {}}}));
}

inline Chain nsec_chain(const Zone& zone) {
  std::vector<Name> owners;
  for (const auto& [owner, types] : zone.nodes)
    if (!zone.is_occluded(owner)) owners.push_back(owner);
  Chain chain;
  for (std::size_t i = 0; i < owners.size(); ++i)
    chain.sets.push_back(nsec(zone.apex, owners[i], owners[(i + 1) % owners.size()], zone.types(owners[i])));
  chain.opt_out.assign(owners.size(), false);
  chain.matching = [owners](const Name& at) -> std::optional<std::size_t> {
    for (std::size_t i = 0; i < owners.size(); ++i)
      if (owners[i] == at) return i;
    return std::nullopt;
  };
  chain.covering = [owners](const Name& at) {
    std::size_t last = 0;
    for (std::size_t i = 0; i < owners.size(); ++i)
      if (owners[i] < at) last = i;
    return last;
  };
  return chain;
}

using Hash = std::array<std::uint8_t, 20>;
using HashOf = std::function<Hash(const Name&)>;

enum class OptOut { none, where_needed, everywhere };

struct Nsec3Choice {
  HashOf hash;
  OptOut opt_out = OptOut::none;
  std::uint16_t iterations = 0;
  dns::Bytes salt;
};

inline Name hash_owner(const Name& zone, const Hash& hash) { return zone.prepend(dns::encode_base32hex(hash)).value(); }

inline DenialSet nsec3(const Name& zone, const Hash& owner, const Hash& next, const Types& types,
                       const Nsec3Choice& choice, std::uint8_t flags) {
  const dns::Nsec3 record{
      1, flags, choice.iterations, choice.salt, {next.begin(), next.end()}, {{types.begin(), types.end()}, {}}};
  return set_of(zone, hash_owner(zone, owner), RRType::nsec3, dns::write(record));
}

// RFC 5155 §7.1: every name with data and every empty non-terminal, with opt-out less what only unsigned delegations
// need.
inline std::set<Name> nsec3_names(const Zone& zone, OptOut opt_out) {
  std::set<Name> names;
  for (const auto& [owner, types] : zone.nodes) {
    if (zone.is_occluded(owner)) continue;
    if (opt_out != OptOut::none && zone.is_delegation(owner) && !types.contains(RRType::ds)) continue;
    for (Name at = owner; names.insert(at).second && at != zone.apex;) at = at.parent();
  }
  return names;
}

inline Types nsec3_types(const Zone& zone, const Name& at) {
  Types types = zone.types(at);
  const bool unsigned_delegation = zone.is_delegation(at) && !types.contains(RRType::ds);
  if (!types.empty() && !unsigned_delegation) types.insert(RRType::rrsig);
  return types;
}

inline Chain nsec3_chain(const Zone& zone, const Nsec3Choice& choice) {
  std::map<Hash, Name> ring;
  for (const Name& at : nsec3_names(zone, choice.opt_out)) ring.emplace(choice.hash(at), at);
  std::vector<Hash> owners;
  for (const auto& [hash, at] : ring) owners.push_back(hash);
  const auto before = [owners](const Hash& hash) {
    const auto above = std::ranges::lower_bound(owners, hash);
    return static_cast<std::size_t>((above == owners.begin() ? owners.end() : above) - owners.begin()) - 1;
  };

  Chain chain;
  chain.kind = Chain::Kind::nsec3;
  chain.opt_out.assign(owners.size(), choice.opt_out == OptOut::everywhere);
  if (choice.opt_out == OptOut::where_needed)
    for (const Name& left_out : nsec3_names(zone, OptOut::none))
      if (!ring.contains(choice.hash(left_out))) chain.opt_out[before(choice.hash(left_out))] = true;
  for (std::size_t i = 0; i < owners.size(); ++i)
    chain.sets.push_back(nsec3(zone.apex, owners[i], owners[(i + 1) % owners.size()],
                               nsec3_types(zone, ring.at(owners[i])), choice, chain.opt_out[i] ? 1 : 0));
  chain.matching = [owners, hash = choice.hash](const Name& at) -> std::optional<std::size_t> {
    const auto found = std::ranges::find(owners, hash(at));
    if (found == owners.end()) return std::nullopt;
    return static_cast<std::size_t>(found - owners.begin());
  };
  chain.covering = [before, hash = choice.hash](const Name& at) { return before(hash(at)); };
  return chain;
}

// A chain whose records are made when a name is asked about (`told`): its server hides what is not asked for.
struct Made {
  std::map<Name, std::size_t> matching, covering;
};

template <class Match, class Cover>
Chain made_chain(const Zone& zone, const std::vector<Name>& told, Chain::Kind kind, Match match, Cover cover) {
  Chain chain;
  chain.kind = kind;
  auto made = std::make_shared<Made>();
  const auto put = [&](std::map<Name, std::size_t>& known, const Name& at, auto make) {
    if (!known.emplace(at, chain.sets.size()).second) return;
    chain.sets.push_back(make(at));
  };
  for (const Name& asked : told) {
    if (zone.is_occluded(asked)) continue;
    if (zone.exists(asked)) {
      put(made->matching, asked, match);
      continue;
    }
    // The closest encloser, its wildcard, and what would stand right below it on the way to the name.
    const Name encloser = zone.closest_encloser(asked), wildcard = encloser.wildcard().value();
    put(made->matching, encloser, match);
    if (zone.exists(wildcard))
      put(made->matching, wildcard, match);
    else
      put(made->covering, wildcard, cover);
    put(made->covering, asked.ancestor(encloser.labels() + 1), cover);
  }
  chain.opt_out.assign(chain.sets.size(), false);
  chain.matching = [made](const Name& at) -> std::optional<std::size_t> {
    const auto found = made->matching.find(at);
    if (found == made->matching.end()) return std::nullopt;
    return found->second;
  };
  chain.covering = [made, zone](const Name& at) {
    return made->covering.at(at.ancestor(zone.closest_encloser(at).labels() + 1));
  };
  return chain;
}

// RFC 4470 §3, RFC 4471 §3.1.2: nothing exists between the two but the name itself and what would lie below it.
inline Name just_before(const Name& at) {
  dns::Bytes label(at.label(0).begin(), at.label(0).end());
  --label.back();  // no label here ends in a zero, or one above an upper-case letter
  label.resize(63, 0xff);
  return at.parent().prepend(label).value();
}
inline Name behind_subtree(const Name& at) {
  dns::Bytes label(at.label(0).begin(), at.label(0).end());
  label.push_back(0);
  return at.parent().prepend(label).value();
}

// White lies: an existing name's record reaches no further than itself; a name that does not exist is covered by a
// record around the next closer name. (Around a longer name it would hide whether what lies between exists, and with it
// the wildcard that applies: then no validator could know.)
inline Chain white_lies_chain(const Zone& zone, const std::vector<Name>& told) {
  static constexpr std::array<std::uint8_t, 1> zero{0};
  return made_chain(
      zone, told, Chain::Kind::nsec,
      [&](const Name& at) { return nsec(zone.apex, at, at.prepend(dns::View(zero)).value(), zone.types(at)); },
      [&](const Name& at) { return nsec(zone.apex, just_before(at), behind_subtree(at), {}); });
}

inline Hash step(Hash hash, int by) {
  for (std::size_t i = hash.size(); i-- > 0;) {
    hash[i] = static_cast<std::uint8_t>(hash[i] + by);
    if (hash[i] != (by > 0 ? 0 : 0xff)) break;
  }
  return hash;
}

// The same with NSEC3: one step of the hash to each side (RFC 7129 §B).
inline Chain narrow_chain(const Zone& zone, const std::vector<Name>& told, const Nsec3Choice& choice) {
  return made_chain(
      zone, told, Chain::Kind::nsec3,
      [&](const Name& at) {
        const Hash hash = choice.hash(at);
        return nsec3(zone.apex, hash, step(hash, 1), nsec3_types(zone, at), choice, 0);
      },
      [&](const Name& at) {
        const Hash hash = choice.hash(at);
        return nsec3(zone.apex, step(hash, -1), step(hash, 1), {}, choice, 0);
      });
}

// What a server sends, and whether an opt-out span is in it.
struct Sent {
  std::set<std::size_t> records;
  bool rests_on_opt_out = false;
};

inline void add(Sent& sent, const Chain& chain, const Name& at) {
  const auto match = chain.matching(at);
  sent.records.insert(match ? *match : chain.covering(at));
}

// RFC 5155 §7.2.1: the closest encloser that the chain knows, and what covers the next closer name.
inline Name add_encloser(Sent& sent, const Zone& zone, const Chain& chain, const Name& at) {
  if (chain.kind == Chain::Kind::nsec) {
    sent.records.insert(chain.covering(at));
    return zone.closest_encloser(at);
  }
  Name encloser = at.parent();
  while (!chain.matching(encloser)) encloser = encloser.parent();
  sent.records.insert(*chain.matching(encloser));
  const std::size_t cover = chain.covering(at.ancestor(encloser.labels() + 1));
  sent.records.insert(cover);
  sent.rests_on_opt_out = chain.opt_out[cover];
  return encloser;
}

// For a name that does not exist: with what stands, or does not stand, at the wildcard.
inline Sent send_nxdomain(const Zone& zone, const Chain& chain, const Name& at) {
  Sent sent;
  const Name wildcard = add_encloser(sent, zone, chain, at).wildcard().value();
  add(sent, chain, wildcard);
  if (!chain.matching(wildcard) && chain.opt_out[chain.covering(wildcard)]) sent.rests_on_opt_out = true;
  return sent;
}

inline Sent send_nodata(const Zone& zone, const Chain& chain, const Name& at) {
  Sent sent;
  if (const auto match = chain.matching(at)) return {{*match}, false};
  if (chain.kind == Chain::Kind::nsec && zone.exists(at)) return {{chain.covering(at)}, false};
  const Name wildcard = add_encloser(sent, zone, chain, at).wildcard().value();
  if (zone.exists(at)) return sent;
  add(sent, chain, wildcard);
  if (!chain.matching(wildcard) && chain.opt_out[chain.covering(wildcard)]) sent.rests_on_opt_out = true;
  return sent;
}

// RFC 5155 §7.2.6, RFC 4035 §3.1.3.3. `labels` of the wildcard's parent.
inline Sent send_wildcard_answer(const Chain& chain, const Name& at, std::size_t labels) {
  const std::size_t cover = chain.covering(chain.kind == Chain::Kind::nsec ? at : at.ancestor(labels + 1));
  return {{cover}, chain.opt_out[cover]};
}

// A hash for tests: 20 octets, well mixed (the finalizer of splitmix64), a different order of names for each seed.
inline Hash mixed_hash(dns::View octets, std::uint64_t seed) {
  std::uint64_t state = seed * 0x9e3779b97f4a7c15U + 0x1234567U;
  for (const std::uint8_t octet : octets) state = (state ^ dns::lower(octet)) * 0x100000001b3U;
  Hash hash{};
  for (std::size_t i = 0; i < hash.size(); ++i) {
    state += 0x9e3779b97f4a7c15U;
    std::uint64_t word = state;
    word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9U;
    word = (word ^ (word >> 27)) * 0x94d049bb133111ebU;
    hash[i] = static_cast<std::uint8_t>(word >> 56);
  }
  return hash;
}

// RFC 9824: one record for every question, made for its name alone.
inline DenialSet compact(const Zone& zone, const Name& at) {
  static constexpr std::array<std::uint8_t, 1> zero{0};
  Types types;
  if (zone.exists(at)) {
    types = zone.types(at);
  } else {
    const Name wildcard = zone.closest_encloser(at).wildcard().value();
    types = zone.exists(wildcard) ? zone.types(wildcard) : Types{RRType::nxname};
  }
  return nsec(zone.apex, at, at.prepend(dns::View(zero)).value(), types);
}

}  // namespace denial_model
