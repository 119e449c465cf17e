#include <algorithm>
#include <map>
#include <set>

#include "validator/audit.h"

namespace validator {
namespace {

constexpr dns::Seconds skew{300};  // clocks of people's machines are off by minutes
constexpr dns::Seconds short_period{3 * 86400}, long_period{90 * 86400};
constexpr dns::Seconds together{3600};
constexpr std::size_t least_sets = 3;  // two sets signed in one run always end together
constexpr dns::Ttl long_ds_ttl = 86400;

// One good signature of a secure zone, whatever it is drawn to.
struct Hold {
  const Link* link;
  dns::Rrsig rrsig;
  dns::Name owner;
  dns::RRType type;
  dns::Ttl ttl = 0;
};

// Owner and TTL of the set that a node stands for.
std::pair<dns::Name, dns::Ttl> set_of(const Draft& draft, const Link& link) {
  const Node& node = draft.chain.nodes[link.to];
  if (const auto* set = std::get_if<RRsetNode>(&node.body)) return {set->set.owner, set->set.ttl};
  if (const auto* ds = std::get_if<DsNode>(&node.body)) return {ds->owner, ds->ttl};
  if (const auto* denial = std::get_if<DenialNode>(&node.body)) {
    for (const dns::RRset& record : denial->records)
      if (record.type == link.covers) return {record.owner, record.ttl};
    return {denial->name, 0};
  }
  return {draft.chain.zones[node.zone].name, 0};
}

class ZoneTimes {
 public:
  ZoneTimes(Draft& draft, ZoneId id) : draft_(draft), id_(id), name_(draft.chain.zones[id].name) {
    std::set<dns::Bytes> seen;
    for (const Link& link : draft.chain.links) {
      if (link.kind != LinkKind::signs || !link.ok || !link.rrsig || draft.chain.nodes[link.from].zone != id) continue;
      if (!seen.insert(link.rrsig->signature).second) continue;
      const auto [owner, ttl] = set_of(draft, link);
      holds_.push_back({&link, *link.rrsig, owner, link.covers, ttl});
    }
  }

  void run() {
    for (const Hold& hold : holds_) {
      outlived(hold);
      near_the_edge(hold);
    }
    period();
    refresh();
    same_end();
    soa_expire();
  }

 private:
  dns::Seconds left(const Hold& hold) const { return hold.link->expires - draft_.now; }

  // RFC 6781 §4.4.1: caches may keep what has expired.
  void outlived(const Hold& hold) {
    if (hold.ttl == 0 || left(hold).count() >= hold.ttl) return;
    find(Code::ttl_outlives_signature, rrset_subject(hold.owner, hold.type),
         {{"ttl", std::uint64_t{hold.ttl}}, {"remaining", std::int64_t{left(hold).count()}}}, hold.link->servers);
  }

  void near_the_edge(const Hold& hold) {
    const dns::Seconds age = draft_.now - hold.link->inception;
    const auto note = [&](const char* edge, dns::Seconds offset) {
      const dns::RRset set{hold.owner, hold.type, dns::RRClass::in, hold.ttl, hold.ttl, {}};
      find(Code::signature_within_clock_skew, signature_subject(set, hold.rrsig),
           {{"edge", std::string(edge)}, {"offset", std::int64_t{offset.count()}}}, hold.link->servers);
    };
    if (left(hold) < skew) note("expiration", left(hold));
    // Signers that leave no room at the front sign "now": within the first minutes after signing that is seen by few.
    if (age < skew && hold.link->expires - hold.link->inception > skew) note("inception", age);
  }

  // The shortest and the longest of the zone speak for it (RFC 6781 §4.4.2).
  void period() {
    if (holds_.empty()) return;
    const auto span = [](const Hold& hold) { return hold.link->expires - hold.link->inception; };
    const auto [least, most] = std::ranges::minmax(holds_, {}, span);
    if (span(least) < short_period)
      find(Code::signature_period_odd, zone_subject(name_),
           {{"which", std::string("short")}, {"period", std::int64_t{span(least).count()}}}, {});
    if (span(most) > long_period)
      find(Code::signature_period_odd, zone_subject(name_),
           {{"which", std::string("long")}, {"period", std::int64_t{span(most).count()}}}, {});
  }

  // The zone's newest signature has used up more of its time than the default of any common signer lets it (BIND 64 %,
  // Knot 50 %, OpenDNSSEC 79 %, ldns from cron 50 %): the signer stands still (RFC 6781 §4.4.2.2).
  void refresh() {
    if (holds_.empty()) return;
    const Hold& newest = *std::ranges::max_element(holds_, {}, [](const Hold& hold) { return hold.link->inception; });
    const dns::Seconds age = draft_.now - newest.link->inception;
    const dns::Seconds usual = (newest.link->expires - newest.link->inception) * 5 / 6;
    if (age <= usual) return;
    find(
        Code::signature_refresh_missed, zone_subject(name_),
        {{"age", std::int64_t{age.count()}}, {"usual", std::int64_t{usual.count()}}, {"expires", newest.link->expires}},
        {});
  }

  void same_end() {
    if (holds_.size() < least_sets) return;
    const auto [first, last] = std::ranges::minmax(holds_, {}, [](const Hold& hold) { return hold.link->expires; });
    if (last.link->expires - first.link->expires > together) return;
    find(Code::signatures_expire_together, zone_subject(name_),
         {{"first", first.link->expires}, {"last", last.link->expires}, {"total", count(holds_.size())}}, {});
  }

  // A secondary that lost its primary would go on serving what has expired (RFC 6781 §4.4.1).
  void soa_expire() {
    if (holds_.empty()) return;
    const auto soa = soa_of();
    if (!soa) return;
    const Hold& first = *std::ranges::min_element(holds_, {}, [](const Hold& hold) { return hold.link->expires; });
    if (left(first).count() >= soa->expire) return;
    find(Code::signature_shorter_than_soa_expire, zone_subject(name_),
         {{"remaining", std::int64_t{left(first).count()}}, {"soa_expire", std::uint64_t{soa->expire}}}, {});
  }

  std::optional<dns::Soa> soa_of() const {
    for (const Heard& heard : draft_.facts.to(name_, dns::RRType::soa))
      if (const auto* set = heard.in_answer(name_, dns::RRType::soa)) return dns::read_soa(set->set.rdatas.front());
    return std::nullopt;
  }

  void find(Code code, Subject subject, std::vector<Detail> details, const ServerSet& servers) {
    draft_.find(code, std::move(subject), std::move(details), id_, servers);
  }

  Draft& draft_;
  ZoneId id_;
  dns::Name name_;
  std::vector<Hold> holds_;
};

void long_ds(Draft& draft) {
  std::set<dns::Name> told;
  for (const Node& node : std::vector<Node>(draft.chain.nodes)) {
    const auto* ds = std::get_if<DsNode>(&node.body);
    if (ds == nullptr || ds->ttl <= long_ds_ttl || !told.insert(ds->owner).second) continue;
    draft.find(Code::ds_ttl_long, delegation_subject(ds->owner),
               {{"ttl", std::uint64_t{ds->ttl}}, {"limit", std::uint64_t{long_ds_ttl}}}, node.zone, node.servers,
               Blame{draft.chain.zones[node.zone].name, Party::parent});
  }
}

}  // namespace

void time_findings(Draft& draft) {
  for (ZoneId id = 0; id < draft.chain.zones.size(); ++id)
    if (draft.chain.zones[id].security == Security::secure) ZoneTimes(draft, id).run();
  long_ds(draft);
}

}  // namespace validator
