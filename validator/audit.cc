#include "validator/audit.h"

#include <algorithm>

#include "dns/canonical.h"

namespace validator {

std::optional<dns::Name> signer_of(const dns::SignedRRset& set) {
  for (const dns::Record& record : set.signatures)
    if (const auto rrsig = dns::read_rrsig(record.rdata)) return rrsig->signer;
  return std::nullopt;
}

bool is_own_data(const dns::SignedRRset& set, const dns::Name& zone) {
  return std::ranges::any_of(set.signatures, [&](const dns::Record& record) {
    const auto rrsig = dns::read_rrsig(record.rdata);
    return rrsig && rrsig->signer == zone && rrsig->labels == dns::rrsig_labels(set.set.owner);
  });
}

std::optional<ZoneId> zone_named(const Chain& chain, const dns::Name& name) {
  const auto found = std::ranges::find(chain.zones, name, &Zone::name);
  if (found == chain.zones.end()) return std::nullopt;
  return static_cast<ZoneId>(found - chain.zones.begin());
}

std::vector<dns::Dnskey> published_keys(const Chain& chain, ZoneId zone) {
  std::vector<dns::Dnskey> keys;
  for (const Node& node : chain.nodes) {
    const auto* key = std::get_if<KeyNode>(&node.body);
    if (key != nullptr && node.zone == zone && key->published) keys.push_back(key->key);
  }
  return keys;
}

}  // namespace validator
