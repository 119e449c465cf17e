#include "validator/rollover_look.h"

#include <algorithm>

#include "dns/canonical.h"
#include "validator/audit.h"
#include "validator/delegation.h"
#include "validator/facts.h"

namespace validator {
namespace {

using dns::RRType;

dns::Seconds ttl_of(const dns::SignedRRset& set) {
  dns::Ttl longest = std::max(set.set.ttl, set.set.ttl_max);
  for (const auto& record : set.signatures)
    if (const auto rrsig = dns::read_rrsig(record.rdata)) longest = std::max(longest, rrsig->original_ttl);
  return dns::Seconds{longest};
}

// How long a cache may keep that there is nothing: RFC 2308 §5, and never less than the proof's own records live.
dns::Seconds ttl_of_nothing(const Heard& heard) {
  dns::Seconds longest{0};
  for (const auto& set : heard.authority)
    if (set.set.type != RRType::ns) longest = std::max(longest, ttl_of(set));
  return longest;
}

// A walk has one port for all servers, and files name them without it.
dns::Address portless(dns::Address address) {
  address.port = 0;
  return address;
}

class Looking {
 public:
  Looking(const dns::Name& zone, const Policy& policy, dns::Time seen, Verifier& verifier)
      : zone_(zone), policy_(policy), verifier_(verifier) {
    policy_.sha1 = Policy::Sha1::accepted;  // what a key does is asked, not whether its algorithm is still liked
    look_.first = look_.last = seen;
  }

  std::optional<RolloverLook> run(std::span<const dns::Evidence> evidence) {
    std::vector<Facts> all;
    for (const auto& one : evidence) all.emplace_back(one);
    for (const auto& facts : all) collect_keys(facts);
    for (const auto& facts : all) {
      parent(facts);
      keys(facts);
      data(facts);
    }
    for (const auto& facts : all) silence(facts);
    for (const auto& one : evidence)
      for (const auto& exchange : one.exchanges) look_.asked.push_back(portless(exchange.ask.server));
    std::ranges::sort(look_.asked);
    for (auto& [server, data] : look_.data) std::ranges::sort(data.signers);
    if (look_.parent.empty() || look_.keys.empty()) return std::nullopt;
    return look_;
  }

 private:
  void collect_keys(const Facts& facts) {
    for (const Heard& heard : facts.to(zone_, RRType::dnskey))
      if (const auto* set = heard.in_answer(zone_, RRType::dnskey))
        for (auto& key : read_keys(set->set))
          if (std::ranges::find(published_, key) == published_.end() && published_.size() < most_rolled_keys)
            published_.push_back(std::move(key));
  }

  void parent(const Facts& facts) {
    const auto put = [&](const Heard& heard, const dns::SignedRRset* set) {
      DsLook look{{}, set != nullptr ? ttl_of(*set) : ttl_of_nothing(heard)};
      if (set != nullptr) look.ds = read_ds_set(set->set);
      std::ranges::sort(look.ds, {}, [](const dns::Ds& ds) { return dns::write(ds); });
      for (const auto& server : heard.servers) look_.parent[portless(server)] = look;
    };
    for (const Heard* heard : facts.referrals_to(zone_)) put(*heard, heard->in_authority(zone_, RRType::ds));
    for (const Heard& heard : facts.to(zone_, RRType::ds)) {
      if (!heard.message->aa) continue;
      const auto* set = heard.in_answer(zone_, RRType::ds);
      const auto* soa = heard.soa();
      // A server of the zone itself knows nothing of its DS, and says so with the zone's own SOA.
      if (set != nullptr || (heard.usable() && soa != nullptr && soa->set.owner != zone_)) put(heard, set);
    }
  }

  void keys(const Facts& facts) {
    for (const Heard& heard : facts.to(zone_, RRType::dnskey)) {
      if (!heard.message->aa || !heard.usable()) continue;
      const auto* set = heard.in_answer(zone_, RRType::dnskey);
      KeysLook look{{}, {}, set != nullptr ? ttl_of(*set) : ttl_of_nothing(heard)};
      if (set != nullptr) look.published = read_keys(set->set);
      std::ranges::sort(look.published, {}, [](const dns::Dnskey& key) { return dns::write(key); });
      if (set != nullptr) look.signing = signers(*set, look.published);
      for (const auto& server : heard.servers) look_.keys[portless(server)] = look;
    }
    for (const Heard& heard : facts.to(zone_, RRType::cds)) {
      const auto* set = heard.in_answer(zone_, RRType::cds);
      if (set == nullptr || !heard.message->aa) continue;
      look_.cds = read_ds_set(set->set);
    }
  }

  void data(const Facts& facts) {
    for (const auto& [question, replies] : facts.all())
      for (const Heard& heard : replies) {
        if (!heard.message->aa) continue;
        for (const auto* section : {&heard.answer, &heard.authority})
          for (const auto& set : *section)
            if (is_data(set)) add(heard, set);
      }
  }

  // DNSKEY, CDS and CDNSKEY are the entry keys' to sign (RFC 7344 §4.1); a DS at the apex is the parent's.
  bool is_data(const dns::SignedRRset& set) const {
    const auto type = set.set.type;
    if (set.set.rdatas.empty() || type == RRType::dnskey || type == RRType::cds || type == RRType::cdnskey)
      return false;
    if (type == RRType::ds && set.set.owner == zone_) return false;
    if (set.signatures.empty()) return type == RRType::soa && set.set.owner == zone_;
    return signer_of(set) == zone_;
  }

  void add(const Heard& heard, const dns::SignedRRset& set) {
    const auto by = signers(set, published_);
    for (const auto& server : heard.servers) {
      auto& look = look_.data[portless(server)];
      look.ttl = std::max(look.ttl, ttl_of(set));
      if (std::ranges::find(look.signers, by) == look.signers.end()) look.signers.push_back(by);
    }
  }

  // A signature by a key that nobody publishes cannot be checked, and counts by its word.
  std::vector<KeyName> signers(const dns::SignedRRset& set, const std::vector<dns::Dnskey>& keys) {
    std::vector<KeyName> names;
    Bench bench{policy_, look_.first, verifier_, Work(policy_.bounds), Bench::Depth::all};
    for (const auto& one : judge_with(set, zone_, keys, bench).signatures) {
      const bool counts = one.state == SignatureState::good || one.state == SignatureState::key_missing;
      if (counts) names.push_back({one.rrsig.tag, one.rrsig.algorithm});
    }
    std::ranges::sort(names);
    const auto repeats = std::ranges::unique(names);
    names.erase(repeats.begin(), repeats.end());
    return names;
  }

  void silence(const Facts& facts) {
    for (const auto& asked : facts.asked(zone_, RRType::dnskey))
      if (const auto server = portless(asked); !look_.keys.contains(server)) note(server);
    for (const auto& asked : facts.asked(zone_, RRType::soa))
      if (const auto server = portless(asked); look_.keys.contains(server) && !look_.data.contains(server))
        note(server);
  }
  void note(const dns::Address& server) {
    const auto at = std::ranges::lower_bound(look_.silent, server);
    if (at == look_.silent.end() || *at != server) look_.silent.insert(at, server);
  }

  const dns::Name& zone_;
  Policy policy_;
  Verifier& verifier_;
  std::vector<dns::Dnskey> published_;
  RolloverLook look_;
};

// Keys of all looks, and which of them a DS or a signature means.
class Roster {
 public:
  Roster(const dns::Name& zone, Verifier& verifier) : zone_(zone), verifier_(verifier) {}

  std::optional<std::string> add(const dns::Dnskey& key) {
    const KeyName name{key.tag(), key.algorithm};
    const auto known = std::ranges::find(keys, name, &RolledKey::name);
    if (known == keys.end())
      keys.push_back({name, key});
    else if (*known->key != key)
      return "two keys of tag " + std::to_string(name.tag) + ": their signatures cannot be told apart";
    return std::nullopt;
  }
  std::size_t of(const KeyName& name) { return find(name, false); }
  std::size_t of(const dns::Ds& ds) {
    const auto known = std::ranges::find(keys, KeyName{ds.tag, ds.algorithm}, &RolledKey::name);
    if (known == keys.end() || !known->key) return find({ds.tag, ds.algorithm}, false);
    const bool fits = verifier_.digest(ds.digest_type, dns::ds_input(zone_, *known->key)) == ds.digest;
    return find(known->name, !fits);
  }

  std::vector<RolledKey> keys;

 private:
  std::size_t find(const KeyName& name, bool strange) {
    for (std::size_t i = 0; i < keys.size(); ++i)
      if (keys[i].name == name && keys[i].strange == strange) return i;
    keys.push_back({name, std::nullopt, strange});
    return keys.size() - 1;
  }

  const dns::Name& zone_;
  Verifier& verifier_;
};

KeySet bit(std::size_t index) { return index < most_rolled_keys ? KeySet{1} << index : 0; }

// Copies shown at one look, into the runs in which each was served.
template <class Copy>
void take(std::vector<Kept<Copy>>& runs, const std::vector<std::pair<Copy, dns::Seconds>>& shown, dns::Time at,
          bool begins) {
  for (auto& run : runs) {
    const bool there = std::ranges::any_of(shown, [&](const auto& one) { return one.first == run.copy; });
    if (!run.gone && !there) run.gone = at;
  }
  for (const auto& [copy, ttl] : shown) {
    const auto known = std::ranges::find_if(runs, [&](const auto& run) { return run.copy == copy && !run.gone; });
    if (known == runs.end())
      runs.push_back({copy, ttl, begins ? std::nullopt : std::optional(at)});
    else
      known->ttl = std::max(known->ttl, ttl);
  }
}

class Telling {
 public:
  Telling(const dns::Name& zone, dns::Seconds longest_ttl, Verifier& verifier)
      : roster_(zone, verifier), longest_ttl_(longest_ttl) {}

  std::expected<RolloverHistory, std::string> run(std::span<const RolloverLook> looks) {
    for (const auto& look : looks)
      for (const auto& [server, keys] : look.keys)
        for (const auto& key : keys.published)
          if (const auto fault = roster_.add(key)) return std::unexpected(*fault);
    for (const auto& look : looks) take(look);
    if (roster_.keys.size() > most_rolled_keys) return std::unexpected("more than 64 keys");
    out_.keys = roster_.keys;
    for (const auto& key : out_.keys) out_.memory.algorithms.push_back(key.name.algorithm);
    if (!looks.empty()) out_.memory.now = looks.back().last;
    if (!looks.empty() && looks.back().cds) {
      out_.cds = 0;
      for (const auto& ds : *looks.back().cds)
        if (dns::number(ds.algorithm) != 0) *out_.cds |= bit(roster_.of(ds));  // RFC 8078 §4: "0 0 0 00" asks for none
    }
    return out_;
  }

 private:
  KeySet set_of(const std::vector<KeyName>& names) {
    KeySet set = 0;
    for (const auto& name : names) set |= bit(roster_.of(name));
    return set;
  }

  void take(const RolloverLook& look) {
    RolloverState all;
    out_.servers.clear();
    std::vector<std::pair<KeySet, dns::Seconds>> ds, data;
    std::vector<std::pair<KeysCopy, dns::Seconds>> keys;
    for (const auto& [server, one] : look.parent) {
      KeySet set = 0;
      for (const auto& each : one.ds) set |= bit(roster_.of(each));
      ds.emplace_back(set, one.ttl);
      all.ds |= set;
    }
    for (const auto& [server, one] : look.keys) {
      KeysCopy copy{0, set_of(one.signing)};
      for (const auto& key : one.published) copy.published |= bit(roster_.of(KeyName{key.tag(), key.algorithm}));
      copy.signing &= copy.published;
      keys.emplace_back(copy, one.ttl);
      all.keys = {all.keys.published | copy.published, all.keys.signing | copy.signing};
      out_.servers[server].keys = copy;
    }
    auto& signers = out_.signers.emplace_back();
    dns::Seconds longest = longest_ttl_;
    for (const auto& [server, one] : look.data) longest = std::max(longest, one.ttl);
    for (const auto& [server, one] : look.data) {
      KeySet together = 0;
      for (const auto& names : one.signers) {
        const KeySet set = set_of(names);
        data.emplace_back(set, longest);
        together |= set;
      }
      all.data |= together;
      out_.servers[server].data = signers[server] = together;
    }
    const bool begins = out_.states.empty();
    validator::take(out_.memory.ds, ds, look.first, begins);
    validator::take(out_.memory.keys, keys, look.first, begins);
    validator::take(out_.memory.data, data, look.first, begins);
    out_.states.push_back(all);
    out_.times.push_back(look.first);
  }

  Roster roster_;
  dns::Seconds longest_ttl_;
  RolloverHistory out_;
};

}  // namespace

bool RolloverLook::same_as(const RolloverLook& other) const {
  return parent == other.parent && keys == other.keys && data == other.data && cds == other.cds &&
         silent == other.silent;
}

std::optional<RolloverLook> rollover_look(std::span<const dns::Evidence> evidence, const dns::Name& zone,
                                          const Policy& policy, dns::Time seen, Verifier& verifier) {
  return Looking(zone, policy, seen, verifier).run(evidence);
}

void add_look(std::vector<RolloverLook>& looks, RolloverLook look) {
  if (!looks.empty()) {
    const auto& before = looks.back();
    for (const auto& server : look.silent) {
      if (const auto known = before.keys.find(server); known != before.keys.end()) look.keys.insert(*known);
      if (const auto known = before.data.find(server); known != before.data.end()) look.data.insert(*known);
    }
    for (const auto& [server, ds] : before.parent)
      if (std::ranges::binary_search(look.asked, server)) look.parent.insert({server, ds});
    if (look.same_as(before)) {
      looks.back().last = look.last;
      return;
    }
  }
  looks.push_back(std::move(look));
}

std::expected<RolloverHistory, std::string> rollover_history(std::span<const RolloverLook> looks, const dns::Name& zone,
                                                             dns::Seconds longest_ttl, Verifier& verifier) {
  return Telling(zone, longest_ttl, verifier).run(looks);
}

}  // namespace validator
