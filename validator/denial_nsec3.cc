// The view over NSEC3 records (RFC 5155 §8), and the hashing it has to pay for.
#include <algorithm>

#include "dns/canonical.h"
#include "dns/text.h"
#include "validator/denial_views.h"

namespace validator {
namespace {

using dns::Name;
using dns::RRType;

constexpr std::uint8_t sha1_hash = 1;  // RFC 5155 §11
constexpr std::size_t hash_label_octets = 32;

// SHA-1 works on blocks of 64 octets and appends 9 of its own.
std::uint32_t blocks(std::size_t octets) { return static_cast<std::uint32_t>((octets + 8) / 64 + 1); }

std::optional<NameHash> name_hash(dns::View octets) {
  NameHash hash{};
  if (octets.size() != hash.size()) return std::nullopt;
  std::ranges::copy(octets, hash.begin());
  return hash;
}

// RFC 5155 §3: the hash in the first label of the owner.
std::optional<NameHash> owner_hash(const Name& owner) {
  const dns::View label = owner.label(0);
  if (label.size() != hash_label_octets) return std::nullopt;
  const auto octets =
      dns::decode_base32hex(std::string_view(reinterpret_cast<const char*>(label.data()), label.size()));
  if (!octets) return std::nullopt;
  return name_hash(*octets);
}

// RFC 5155 §8.3; the last record spans the end of the hash order, a record alone in its zone all but itself.
bool spans(const Nsec3Record& record, const NameHash& hash) {
  if (record.owner < record.next) return record.owner < hash && hash < record.next;
  return record.owner < hash || hash < record.next;
}

// What is left between two hashes, if it is at most one step on either side of a name: made for it alone (RFC 7129 §B).
bool is_narrow(const Nsec3Record& record) {
  NameHash after = record.owner;
  for (int step = 0; step < 2; ++step) {
    for (std::size_t i = after.size(); i-- > 0;)
      if (++after[i] != 0) break;
    if (after == record.next) return true;
  }
  return false;
}

Problem ignored(std::string reason) { return {Code::nsec3_ignored, {{"reason", std::move(reason)}}}; }

Problem ignored(std::string reason, std::string_view field, std::uint64_t value) {
  return {Code::nsec3_ignored, {{"reason", std::move(reason)}, {field, value}}};
}

}  // namespace

std::optional<NameHash> Hashing::of(const Name& name, std::size_t labels) {
  if (spent) return std::nullopt;
  if (const auto found = known.find(name); found != known.end()) return found->second;
  // CVE-2023-50868. The first round hashes the name, each further one the hash before it, all with the salt (RFC 5155
  // §5).
  const std::uint32_t units = blocks(name.size() + salt.size()) +
                              static_cast<std::uint32_t>(iterations) * blocks(NameHash{}.size() + salt.size());
  if (!work->may_hash(units, labels)) {
    spent = true;
    return std::nullopt;
  }
  const auto result = name_hash(hash(name.lowered().wire(), salt, iterations));
  if (result) known.emplace(name, *result);
  return result;
}

const DenialRecord* Nsec3View::matching(const Name& name) const {
  const auto hash = hashing_.of(name, labels_);
  if (!hash) return nullptr;
  const auto found = std::ranges::find(records_, *hash, &Nsec3Record::owner);
  return found == records_.end() ? nullptr : &*found;
}

Cover Nsec3View::covering(const Name& name) const {
  const auto hash = hashing_.of(name, labels_);
  if (!hash || std::ranges::find(records_, *hash, &Nsec3Record::owner) != records_.end()) return {};
  const Nsec3Record* found = nullptr;
  for (const Nsec3Record& record : records_) {
    if (!spans(record, *hash)) continue;
    if (found == nullptr || found->opt_out) found = &record;  // one without opt-out says more
  }
  if (found == nullptr) return {};
  return {Cover::Kind::absent, found};
}

// RFC 5155 §8.3, from the name upwards.
Encloser Nsec3View::closest_encloser(const Name& name) const {
  Encloser result;
  for (std::size_t labels = name.labels(); labels-- > zone_.labels();) {
    const Name ancestor = name.ancestor(labels);
    const DenialRecord* match = matching(ancestor);
    if (match == nullptr || match->is_nxname()) continue;
    if (match->delegation || match->dname) {  // RFC 5155 §8.3, last paragraph
      result.problem = beyond_authority(*match, ancestor);
      return result;
    }
    result.next_closer = name.ancestor(labels + 1);
    const Cover cover = covering(result.next_closer);
    if (cover.record == nullptr) {
      result.problem = {Code::name_not_denied, {{"form", std::string(form)}, {"name", result.next_closer}}};
      return result;
    }
    result.name = ancestor;
    result.records = {match, cover.record};
    return result;
  }
  result.problem = {Code::closest_encloser_unproven, {{"name", name}}};
  return result;
}

Problem Nsec3View::no_such_name(const Name&, RRType type, const Encloser& encloser) const {
  if (encloser.problem.code == Code::denial_beyond_authority && !encloser.name) return encloser.problem;
  if (encloser.name && type == RRType::ds)  // RFC 5155 §8.6
    return {Code::opt_out_needed, {{"next_closer", encloser.next_closer}}};
  return {Code::nodata_record_missing, {}};
}

std::optional<std::string_view> Nsec3View::made_online(const DenialRecord& record, const Name&) const {
  if (is_narrow(static_cast<const Nsec3Record&>(record))) return "narrow-nsec3";
  return std::nullopt;
}

RecordRead<Nsec3Record> read_nsec3_set(const DenialSet& set, const Name& zone) {
  const Name& owner = set.set.owner;
  // CVE-2026-10723: the same hash one zone further down is another name's.
  if (!(set.signer == zone) || owner.labels() != zone.labels() + 1 || !owner.is_below(zone))
    return {std::nullopt, Problem{Code::nsec3_from_other_zone, {{"signer", set.signer}}}};
  if (set.rrsig_labels < dns::rrsig_labels(owner))  // a wildcard can be made to match every hash
    return {std::nullopt,
            Problem{Code::denial_beyond_authority, {{"which", std::string("wildcard")}, {"name", owner}}}};
  const auto nsec3 = set.set.rdatas.empty() ? std::nullopt : dns::read_nsec3(set.set.rdatas.front());
  if (!nsec3) return {std::nullopt, ignored("next")};
  if (nsec3->hash != sha1_hash) return {std::nullopt, ignored("hash", "hash", nsec3->hash)};  // RFC 5155 §8.1
  if ((nsec3->flags & ~dns::Nsec3::opt_out_flag) != 0)                                        // RFC 5155 §8.2
    return {std::nullopt, ignored("flags", "flags", nsec3->flags)};
  const auto from = owner_hash(owner);
  const auto to = name_hash(nsec3->next);
  if (!from) return {std::nullopt, ignored("owner")};
  if (!to) return {std::nullopt, ignored("next")};
  if (set.set.rdatas.size() > 1)
    return {std::nullopt, Problem{Code::denial_chain_broken, {{"reason", std::string("overlap")}, {"name", owner}}}};
  if (!is_readable(nsec3->types)) return {std::nullopt, bitmap_problem(nsec3->types)};

  Nsec3Record record;
  record.owner = *from;
  record.next = *to;
  record.opt_out = nsec3->opt_out();
  take_types(record, nsec3->types);
  return {std::move(record), bitmap_problem(nsec3->types)};
}

}  // namespace validator
