#include "validator/zone_plain.h"

#include <algorithm>
#include <array>

#include "dns/canonical.h"

namespace validator {
namespace {

using dns::RRType;
using dns::View;
using Entry = ZoneStore::Entry;
using Entries = std::span<const Entry>;
using NameId = ZoneStore::NameId;

std::uint16_t covered_by(View rrsig) { return dns::Reader(rrsig).u16().value_or(0); }

template <std::unsigned_integral Number>
void append(dns::Bytes& octets, Number number) {
  for (std::size_t shift = sizeof(Number) * 8; shift > 0; shift -= 8)
    octets.push_back(static_cast<std::uint8_t>(number >> (shift - 8)));
}

void append(dns::Bytes& octets, View more) { octets.insert(octets.end(), more.begin(), more.end()); }

}  // namespace

// Trusted keys alone: whose signatures count for nothing gets no table at our expense, and makes nothing plain.
PlainRules::PlainRules(const ZoneCheck& check, const ZoneKeys& keys)
    : check_(check), zone_keys_(keys), apex_(check.map.apex().lowered()) {
  if (keys.trusted == nullptr || check.policy.crypto != Policy::Crypto::checked) return;
  const auto trusted = keys.trusted->keys();
  for (const dns::Dnskey& key : trusted) {
    const auto alike = [&](const dns::Dnskey& other) {
      return other.algorithm == key.algorithm && other.tag() == key.tag();
    };
    const bool is_usable = key.is_zone_key() && key.protocol == 3 && !key.is_revoked();  // RFC 4034 §2.1, RFC 5011 §2.1
    if (is_usable && check.policy.accepts(key.algorithm) && std::ranges::count_if(trusted, alike) == 1)
      keys_.push_back({key, key.tag(), 0});
  }
  count_signatures();
}

// To break_even of each key: more makes no difference.
void PlainRules::count_signatures() {
  std::size_t open = keys_.size();
  Head head;
  for (const Entry& entry : check_.store().entries()) {
    if (open == 0) return;
    if (entry.type != RRType::rrsig || !read(check_.store().data(entry), head)) continue;
    if (head.fields.labels > check_.store().labels(entry.name)) continue;
    if (++keys_[head.key].expected == KeyTables::break_even) --open;
  }
}

bool PlainRules::read(View rrsig, Head& head) const {
  dns::Reader reader(rrsig);
  const auto covered = reader.u16();
  const auto algorithm = reader.u8(), labels = reader.u8();
  const auto original_ttl = reader.u32(), expiration = reader.u32(), inception = reader.u32();
  const auto tag = reader.u16();
  const auto signer = reader.take(apex_.size());
  // A name ends with the root's zero, so that nothing else begins with the octets of a whole name.
  if (!covered || !algorithm || !labels || !original_ttl || !expiration || !inception || !tag || !signer ||
      !dns::octets_equal(*signer, apex_.wire()))
    return false;
  const auto key = std::ranges::find_if(
      keys_, [&](const Key& each) { return each.tag == *tag && each.dnskey.algorithm == dns::Algorithm{*algorithm}; });
  if (key == keys_.end()) return false;
  head.key = static_cast<std::size_t>(key - keys_.begin());
  head.size = reader.at();
  head.fields.covered = RRType{*covered};
  head.fields.algorithm = dns::Algorithm{*algorithm};
  head.fields.labels = *labels;
  head.fields.original_ttl = *original_ttl;
  head.fields.expiration = dns::Timestamp{*expiration};
  head.fields.inception = dns::Timestamp{*inception};
  head.fields.tag = *tag;
  return state_in_time(head.fields, check_.now) == SignatureState::good;
}

bool PlainRules::fit(Entries set, Entries signatures, std::span<const Head> heads) const {
  const dns::Ttl ttl = set.front().ttl;
  const auto has_ttl = [&](const Entry& entry) { return entry.ttl == ttl; };
  if (!std::ranges::all_of(set, has_ttl) || !std::ranges::all_of(signatures, has_ttl)) return false;
  const RRType type = set.front().type;
  const bool is_denial = type == RRType::nsec || type == RRType::nsec3;
  if (is_denial && zone_keys_.is_denial_ttl_known && ttl != zone_keys_.denial_ttl) return false;
  for (const Head& head : heads) {
    if (head.fields.original_ttl < ttl) return false;
    if (dns::distance(dns::timestamp(check_.now), head.fields.expiration).count() < ttl) return false;
  }
  return std::ranges::all_of(zone_keys_.due, [&](dns::Algorithm algorithm) {
    return std::ranges::any_of(heads, [&](const Head& head) { return head.fields.algorithm == algorithm; });
  });
}

void PlainSets::look(NameId from, NameId to) {
  sets_.clear();
  octets_.clear();
  next_ = 0;
  for (auto& asked : asked_) asked.clear();
  if (rules_.keys().empty()) return;
  for (auto id = from; id < to && octets_.size() < most_octets; ++id) look_at(id);
  verify();
}

void PlainSets::look_at(NameId id) {
  const ZoneMap& map = check_.map;
  const Role role = map.role(id);
  if (role == Role::outside || role == Role::behind || role == Role::beneath) return;
  const auto entries = check_.store().at(id);
  auto signatures = check_.store().at(id, RRType::rrsig);
  if (signatures.empty()) return;
  owner_ = check_.store().name(id);
  owner_labels_ = dns::rrsig_labels(owner_);
  for (std::size_t i = 0; i < entries.size();) {
    const std::size_t from = i;
    const RRType type = entries[i].type;
    while (i < entries.size() && entries[i].type == type) ++i;
    // Signatures are sorted by their data, which begins with the type covered.
    const auto covered = [&](const Entry& entry) { return covered_by(check_.store().data(entry)); };
    while (!signatures.empty() && covered(signatures.front()) < dns::number(type)) signatures = signatures.subspan(1);
    std::size_t count = 0;
    while (count < signatures.size() && covered(signatures[count]) == dns::number(type)) ++count;
    const bool is_key_set = role == Role::apex && type == RRType::dnskey;
    if (map.is_signed(id, type) && !is_key_set) look_at(entries.subspan(from, i - from), signatures.first(count));
    signatures = signatures.subspan(count);
  }
}

void PlainSets::look_at(Entries set, Entries signatures) {
  if (signatures.empty() || signatures.size() > most_signatures) return;
  std::array<PlainRules::Head, most_signatures> all;
  const auto heads = std::span(all).first(signatures.size());
  for (std::size_t i = 0; i < signatures.size(); ++i) {
    if (!rules_.read(check_.store().data(signatures[i]), heads[i])) return;
    // No wildcard's (RFC 4035 §5.3.4), and the signer's own labels among them.
    if (heads[i].fields.labels != owner_labels_ || owner_labels_ < check_.map.apex().labels()) return;
  }
  if (!rules_.fit(set, signatures, heads) || !is_bounded(set, heads)) return;
  if (has_repeats(set) || has_repeats(signatures)) return;
  const dns::Rrsig* longest = nullptr;
  for (std::size_t i = 0; i < signatures.size(); ++i) {
    const View rrsig = check_.store().data(signatures[i]);
    const std::size_t from = octets_.size();
    put_signed(set, rrsig, heads[i]);
    asked_[heads[i].key].push_back({sets_.size(), from, octets_.size(), rrsig.subspan(heads[i].size)});
    const dns::Rrsig& fields = heads[i].fields;
    if (longest == nullptr || dns::before(longest->expiration, fields.expiration)) longest = &fields;
  }
  sets_.push_back({set.front().name, set.front().type, true, {longest->expiration, longest->inception, longest->tag}});
}

// Within the bounds for one set, none of which a plain set comes near.
bool PlainSets::is_bounded(Entries set, std::span<const PlainRules::Head> heads) const {
  const Bounds& bounds = check_.policy.bounds;
  std::uint32_t units = 0;
  for (const auto& head : heads) units += cost_units(head.fields.algorithm);
  std::size_t octets = 0;
  for (const Entry& entry : set) octets += entry.length + dns::Name::max_octets;
  return heads.size() <= bounds.signatures_per_set && units <= bounds.signature_units && octets <= most_octets;
}

bool PlainSets::has_repeats(Entries entries) const {
  for (std::size_t i = 1; i < entries.size(); ++i)
    if (check_.store().is_repeat(entries[i - 1], entries[i])) return true;
  return false;
}

// RFC 4034 §3.1.8.1. Owner, data and signer are in canonical form here, and the data in canonical order.
void PlainSets::put_signed(Entries set, View rrsig, const PlainRules::Head& head) {
  append(octets_, rrsig.first(head.size));
  for (const Entry& entry : set) {
    append(octets_, owner_.wire());
    append(octets_, dns::number(entry.type));
    append(octets_, dns::number(dns::RRClass::in));
    append(octets_, head.fields.original_ttl);
    append(octets_, entry.length);
    append(octets_, check_.store().data(entry));
  }
}

void PlainSets::verify() {
  for (std::size_t key = 0; key < asked_.size(); ++key) {
    together_.clear();
    for (const Asked& asked : asked_[key])
      together_.push_back({View(octets_).subspan(asked.from, asked.to - asked.from), asked.signature});
    const auto& its = rules_.keys()[key];
    const auto checks = bulk_.verify(its.dnskey, together_, its.expected);
    for (std::size_t i = 0; i < checks.size(); ++i)
      if (checks[i] != SignatureCheck::good) sets_[asked_[key][i].set].holds = false;
  }
}

const Holding* PlainSets::holding(NameId id, RRType type) {
  const auto is_before = [&](const Set& set) { return set.id < id || (set.id == id && set.type < type); };
  while (next_ < sets_.size() && is_before(sets_[next_])) ++next_;
  if (next_ == sets_.size()) return nullptr;
  const Set& set = sets_[next_];
  return set.id == id && set.type == type && set.holds ? &set.holding : nullptr;
}

}  // namespace validator
