#include "trustanchor/anchors.h"

#include <algorithm>
#include <array>

#include "dns/text.h"

namespace trustanchor {
namespace {

struct BuiltIn {
  std::string_view id, from, until;  // RFC 9718 §2; "" = open
  dns::KeyTag tag;
  dns::Algorithm algorithm;
  dns::Digest digest_type;
  std::string_view digest;
};

// anchors.md §1. KSK-2010 judges recordings of its time: its validity keeps it out of everything later.
constexpr std::array root_keys = std::to_array<BuiltIn>({
    {"Klajeyz", "2017-02-02T00:00:00Z", "", 20326, dns::Algorithm::rsasha256, dns::Digest::sha256,
     "e06d44b80b8f1d39a95c0b0d7c65d08458e880409bbc683457104237c7f8ec8d"},
    {"Kmyv6jo", "2024-07-18T00:00:00Z", "", 38696, dns::Algorithm::rsasha256, dns::Digest::sha256,
     "683d2d0acb8c9b712a1948b27f741219298d0a450d612c483af444a4c0fb2b16"},
    {"Kjqmt7v", "2010-07-15T00:00:00Z", "2019-01-11T00:00:00Z", 19036, dns::Algorithm::rsasha256, dns::Digest::sha256,
     "49aac11d7b6f6446702e54a1607371607a1a41855200fd2ce1cdde32f24e8fb5"},
});

}  // namespace

dns::KeyTag Anchor::tag() const {
  if (const auto* ds = std::get_if<dns::Ds>(&key)) return ds->tag;
  return std::get<dns::Dnskey>(key).tag();
}

dns::Algorithm Anchor::algorithm() const {
  return std::visit([](const auto& form) { return form.algorithm; }, key);
}

bool Anchor::counts_at(dns::Time now) const {
  if (state != State::valid && state != State::missing) return false;  // RFC 5011 §4.3
  return (!valid_from || *valid_from <= now) && (!valid_until || now < *valid_until);
}

std::optional<dns::Name> Anchors::closest_zone(const dns::Name& name, dns::Time now) const {
  std::optional<dns::Name> closest;
  for (const Anchor& anchor : anchors) {
    if (!anchor.counts_at(now) || !name.is_at_or_below(anchor.zone)) continue;
    if (!closest || anchor.zone.is_below(*closest)) closest = anchor.zone;
  }
  return closest;
}

std::vector<Anchor> Anchors::of(const dns::Name& zone, dns::Time now) const {
  std::vector<Anchor> found;
  std::ranges::copy_if(anchors, std::back_inserter(found),
                       [&](const Anchor& anchor) { return anchor.zone == zone && anchor.counts_at(now); });
  return found;
}

std::vector<dns::Name> Anchors::zones() const {
  std::vector<dns::Name> zones;
  for (const Anchor& anchor : anchors) zones.push_back(anchor.zone);
  std::ranges::sort(zones);
  const auto repeats = std::ranges::unique(zones);
  zones.erase(repeats.begin(), repeats.end());
  return zones;
}

Anchors built_in() {
  Anchors table;
  table.source = "built-in";
  for (const BuiltIn& row : root_keys) {
    dns::Ds ds{row.tag, row.algorithm, row.digest_type, dns::decode_hex(row.digest).value()};
    Anchor anchor{{}, std::move(ds), table.source, std::string(row.id), dns::parse_time(row.from), {}};
    if (!row.until.empty()) anchor.valid_until = dns::parse_time(row.until);
    table.anchors.push_back(std::move(anchor));
  }
  return table;
}

std::string_view tables_date() { return "2026-11-24"; }

}  // namespace trustanchor
