#include "dns/canonical.h"

#include <algorithm>

#include "dns/shape.h"

namespace dns {

std::vector<Bytes> canonical_rdatas(RRType type, std::span<const Bytes> rdatas) {
  std::vector<Bytes> canonical;
  canonical.reserve(rdatas.size());
  for (const Bytes& rdata : rdatas) canonical.push_back(canonical_rdata(type, rdata));
  std::ranges::sort(canonical, octets_less);
  const auto repeats = std::ranges::unique(canonical);
  canonical.erase(repeats.begin(), repeats.end());
  return canonical;
}

Bytes signed_data(const Rrsig& rrsig, const RRset& set) {
  const Name owner = signed_owner(set.owner, rrsig.labels).lowered();
  Writer writer;
  writer.put(write_unsigned(rrsig));
  for (const Bytes& rdata : canonical_rdatas(set.type, set.rdatas)) {
    writer.put(owner.wire());
    writer.u16(number(set.type));
    writer.u16(number(set.rrclass));
    writer.u32(rrsig.original_ttl);  // RFC 4034 §3.1.4
    writer.u16(static_cast<std::uint16_t>(rdata.size()));
    writer.put(rdata);
  }
  return writer.take();
}

Name signed_owner(const Name& owner, std::uint8_t labels) {
  if (labels >= rrsig_labels(owner)) return owner;
  return owner.ancestor(labels).wildcard().value_or(owner);
}

std::size_t rrsig_labels(const Name& owner) { return owner.labels() - (owner.is_wildcard() ? 1 : 0); }

Bytes ds_input(const Name& owner, const Dnskey& key) {
  Writer writer;
  writer.put(owner.lowered().wire());
  writer.put(write(key));
  return writer.take();
}

}  // namespace dns
