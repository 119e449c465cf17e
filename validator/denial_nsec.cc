// The view over NSEC records (RFC 4034 §4, RFC 4035 §5.4).
#include <algorithm>

#include "dns/canonical.h"
#include "validator/denial_views.h"

namespace validator {
namespace {

using dns::Name;
using dns::RRType;

constexpr std::array<std::uint8_t, 1> zero_label{0};

// True if `name` lies between owner and next, in the order of RFC 4034 §6.1.
bool spans(const Name& owner, const Name& next, const Name& name, const Name& zone) {
  if (!(owner < name)) return false;
  if (next == zone) return true;  // RFC 4034 §4.1.1: the last record leads back to the apex
  return name < next;             // and no other record leads backwards: such a one covers nothing
}

// RFC 6840 §4.1: what lies below a delegation is the child's to deny, what lies below a DNAME does not lie in the zone.
bool is_barred(const NsecRecord& record, const Name& name) {
  return (record.delegation || record.dname) && name.is_below(record.owner);
}

Name encloser_of(const NsecRecord& record, const Name& name) {
  const Name before = name.common_ancestor(record.owner);
  const Name after = name.common_ancestor(record.next);
  return before.labels() >= after.labels() ? before : after;
}

// The name right after `name`, if nothing may exist between them (RFC 9824 §3.1).
bool follows_at_once(const Name& next, const Name& name) {
  const auto successor = name.prepend(dns::View(zero_label));
  return successor && next == *successor;
}

// The name after `name` and all that lies below it: its first label made longer by a zero octet (RFC 4470 §3).
bool follows_its_subtree(const Name& next, const Name& name) {
  if (name.is_root() || next.labels() != name.labels() || !(next.parent() == name.parent())) return false;
  const dns::View first = name.label(0), longer = next.label(0);
  return longer.size() == first.size() + 1 && longer.back() == 0 &&
         std::ranges::equal(longer.first(first.size()), first,
                            [](auto left, auto right) { return dns::lower(left) == dns::lower(right); });
}

Problem outside_zone(const Name& next) { return {Code::nsec_next_outside_zone, {{"next", next}}}; }

Problem malformed(std::string reason) { return {Code::nsec_bitmap_malformed, {{"reason", std::move(reason)}}}; }

}  // namespace

const NsecRecord& NsecView::whole(const DenialRecord& record) const { return static_cast<const NsecRecord&>(record); }

Name NsecView::owner(const DenialRecord& record, const Name&) const { return whole(record).owner; }

const DenialRecord* NsecView::matching(const Name& name) const {
  const auto found = std::ranges::find(records_, name, &NsecRecord::owner);
  return found == records_.end() ? nullptr : &*found;
}

Cover NsecView::covering(const Name& name) const {
  Cover cover;
  if (matching(name) != nullptr) return cover;
  for (const NsecRecord& record : records_) {
    // A compact record leaves no room for anything, and its own name may not exist.
    if (record.is_nxname() || !spans(record.owner, record.next, name, zone_)) continue;
    if (is_barred(record, name)) {
      cover = {Cover::Kind::barred, &record};
      continue;
    }
    // RFC 4592 §2.2.2: a name with names below it exists.
    return {record.next.is_below(name) ? Cover::Kind::empty_non_terminal : Cover::Kind::absent, &record};
  }
  return cover;
}

Encloser NsecView::closest_encloser(const Name& name) const {
  Encloser result;
  const Cover cover = covering(name);
  switch (cover.kind) {
    case Cover::Kind::absent: {
      // The neighbours of a name in canonical order share with it every ancestor that exists.
      result.name = encloser_of(whole(*cover.record), name);
      result.next_closer = name.ancestor(result.name->labels() + 1);
      result.records = {cover.record};
      return result;
    }
    case Cover::Kind::barred:
      result.problem = beyond_authority(*cover.record, whole(*cover.record).owner);
      return result;
    case Cover::Kind::empty_non_terminal:
    case Cover::Kind::none: break;
  }
  result.problem =
      misused_wildcard(name).value_or(Problem{Code::name_not_denied, {{"form", std::string(form)}, {"name", name}}});
  return result;
}

Problem NsecView::no_such_name(const Name& name, RRType, const Encloser& encloser) const {
  if (encloser.name)
    return {Code::nodata_name_denied, {{"name", name}, {"next", whole(*encloser.records.back()).next}}};
  if (encloser.problem.code == Code::denial_beyond_authority) return encloser.problem;
  return misused_wildcard(name).value_or(Problem{Code::nodata_record_missing, {}});
}

// standards.md C-nsec-wild: somebody wants to use, at the name it was sent with, a record that belongs to the wildcard.
std::optional<Problem> NsecView::misused_wildcard(const Name& name) const {
  for (const NsecRecord& record : records_) {
    if (!record.expanded) continue;
    if (*record.expanded == name || spans(*record.expanded, record.next, name, zone_))
      return Problem{Code::denial_beyond_authority, {{"which", std::string("wildcard")}, {"name", *record.expanded}}};
  }
  return std::nullopt;
}

std::optional<std::string_view> NsecView::made_online(const DenialRecord& record, const Name& name) const {
  const NsecRecord& nsec = whole(record);
  if (nsec.owner == name && follows_at_once(nsec.next, name))
    return nsec.is_nxname() ? "compact-nxname" : "compact-plain";
  if (nsec.owner != name && (follows_at_once(nsec.next, name) || follows_its_subtree(nsec.next, name)))
    return "white-lies";
  return std::nullopt;
}

RecordRead<NsecRecord> read_nsec_set(const DenialSet& set, const Name& zone) {
  if (!(set.signer == zone)) return {std::nullopt, Problem{Code::signature_signer_foreign, {{"signer", set.signer}}}};
  const auto nsec = set.set.rdatas.empty() ? std::nullopt : dns::read_nsec(set.set.rdatas.front());
  if (!nsec) return {std::nullopt, malformed("length")};
  if (set.set.rdatas.size() > 1)  // two ways to go on from one name
    return {std::nullopt, Problem{Code::denial_chain_broken,
                                  {{"reason", std::string("overlap")}, {"next", nsec->next}, {"name", set.set.owner}}}};

  NsecRecord record;
  record.owner = dns::signed_owner(set.set.owner, set.rrsig_labels);
  record.next = nsec->next;
  if (!(record.owner == set.set.owner)) record.expanded = set.set.owner;
  if (!record.owner.is_at_or_below(zone) || !record.next.is_at_or_below(zone))
    return {std::nullopt, outside_zone(record.next)};
  if (!is_readable(nsec->types)) return {std::nullopt, bitmap_problem(nsec->types)};
  take_types(record, nsec->types);

  std::optional<Problem> problem = bitmap_problem(nsec->types);
  if (!problem && (!record.has(RRType::nsec) || !record.has(RRType::rrsig))) problem = malformed("own-types");
  if (!(record.owner < record.next) && !(record.next == zone))
    problem = Problem{Code::denial_chain_broken,
                      {{"reason", std::string("not-closed")}, {"next", record.next}, {"name", record.owner}}};
  return {std::move(record), std::move(problem)};
}

}  // namespace validator
