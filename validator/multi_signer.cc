#include <algorithm>
#include <map>
#include <set>

#include "validator/audit.h"
#include "validator/delegation.h"

namespace validator {
namespace {

using Keys = std::set<KeyId>;

KeyId id_of(const dns::Dnskey& key) { return {key.tag(), key.algorithm, key.flags}; }

// What one server of the zone publishes, and what it signs with.
struct Provider {
  Keys published, signing, key_signing;  // data, and the DNSKEY set
  std::uint32_t serial = 0;
  std::optional<dns::Timestamp> inception;  // of the SOA's youngest signature
};

Keys only_in(const Keys& left, const Keys& right) {
  Keys keys;
  std::ranges::set_difference(left, right, std::inserter(keys, keys.end()));
  return keys;
}

// A copy behind another: what it lacks is on its way (RFC 1034 §4.3.5).
bool is_behind(const Provider& left, const Provider& right) {
  if (!dns::before({left.serial}, {right.serial})) return false;
  return !left.inception || !right.inception || dns::before(*left.inception, *right.inception);
}

// One zone's servers, each by its own keys (RFC 8901).
class Providers {
 public:
  Providers(Draft& draft, ZoneId id) : draft_(draft), id_(id), name_(draft.chain.zones[id].name) {}

  void run() {
    for (const auto& [address, provider] : read()) {
      if (provider.published.empty() || provider.signing.empty()) continue;  // its own keys do not hold: another matter
      providers_[address] = provider;
    }
    Keys unshared;
    bool apart = false, shared_ksk = true;
    std::set<dns::Address> who;
    for (const auto& [left_address, left] : providers_)
      for (const auto& [right_address, right] : providers_) {
        if (only_in(left.signing, right.signing).empty() || only_in(right.signing, left.signing).empty()) continue;
        if (is_behind(left, right) || is_behind(right, left)) continue;
        apart = true;
        if (std::ranges::none_of(left.key_signing, [&](const KeyId& key) { return right.key_signing.contains(key); }))
          shared_ksk = false;
        const Keys lacking = only_in(left.signing, right.published);
        if (lacking.empty()) continue;
        unshared.insert(lacking.begin(), lacking.end());
        who.insert({left_address, right_address});
      }
    if (!unshared.empty()) return not_shared(unshared, who);
    if (apart)
      draft_.find(Code::multi_signer_present, zone_subject(name_),
                  {{"mode", std::string(shared_ksk ? "shared-ksk" : "own-ksk")}}, id_, all());
  }

 private:
  // RFC 8901 §2.1.2: each provider's DNSKEY set has the ZSKs of all.
  void not_shared(const Keys& keys, const std::set<dns::Address>& who) {
    draft_.find(Code::multi_signer_keys_not_shared, zone_subject(name_),
                {{"keys", std::vector<KeyId>(keys.begin(), keys.end())}}, id_,
                draft_.servers(id_, {who.begin(), who.end()}));
  }

  std::map<dns::Address, Provider> read() {
    std::map<dns::Address, Provider> providers;
    std::map<dns::Address, std::vector<dns::Dnskey>> keys;
    for (const Heard& heard : draft_.facts.to(name_, dns::RRType::dnskey)) {
      const auto* set = heard.in_answer(name_, dns::RRType::dnskey);
      if (set == nullptr || !heard.message->aa) continue;
      const auto published = read_keys(set->set);
      for (const dns::Address& address : heard.servers) {
        keys[address] = published;
        for (const dns::Dnskey& key : published) providers[address].published.insert(id_of(key));
        providers[address].key_signing = signers(*set, published);
      }
    }
    for (const Heard& heard : draft_.facts.to(name_, dns::RRType::soa)) {
      const auto* set = heard.in_answer(name_, dns::RRType::soa);
      const auto soa = set == nullptr ? std::nullopt : dns::read_soa(set->set.rdatas.front());
      if (!soa || !heard.message->aa) continue;
      for (const dns::Address& address : heard.servers) {
        Provider& provider = providers[address];
        provider.signing = signers(*set, keys[address]);
        provider.serial = soa->serial;
        for (const dns::Record& record : set->signatures)
          if (const auto rrsig = dns::read_rrsig(record.rdata))
            if (!provider.inception || dns::before(*provider.inception, rrsig->inception))
              provider.inception = rrsig->inception;
      }
    }
    return providers;
  }

  // The keys that made a good signature over the set.
  Keys signers(const dns::SignedRRset& set, const std::vector<dns::Dnskey>& keys) {
    Bench bench = draft_.bench();
    bench.depth = Bench::Depth::all;
    Keys good;
    for (const JudgedSignature& signature : judge_with(set, name_, keys, bench).signatures)
      if (signature.state == SignatureState::good && signature.key) good.insert(id_of(*signature.key));
    return good;
  }

  ServerSet all() {
    std::vector<dns::Address> addresses;
    for (const auto& [address, provider] : providers_) addresses.push_back(address);
    return draft_.servers(id_, addresses);
  }

  Draft& draft_;
  ZoneId id_;
  dns::Name name_;
  std::map<dns::Address, Provider> providers_;
};

}  // namespace

void multi_signer_findings(Draft& draft) {
  if (draft.chain.mode != dns::Mode::walk) return;  // one resolver speaks for all servers
  for (ZoneId id = 0; id < draft.chain.zones.size(); ++id) Providers(draft, id).run();
}

}  // namespace validator
