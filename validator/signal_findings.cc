#include <algorithm>
#include <set>

#include "dns/reply.h"
#include "dns/signals.h"
#include "validator/audit.h"
#include "validator/walk.h"

namespace validator {
namespace {

using dns::RRType;
using Rdatas = std::set<dns::Bytes>;

// A set that stands aside of the question: judged like the question, in a Chain of its own that nobody reads further.
struct Aside {
  Security security = Security::indeterminate;
  dns::Name zone;  // that answered
  Rdatas rdatas;
};

Aside look_aside(const Draft& draft, const dns::Name& name, RRType type) {
  Draft other(draft.facts, draft.anchors, draft.policy, draft.now, draft.verifier);
  Walk walk(other);
  const Position position = walk.descend(name, type);
  if (other.chain.zones.empty()) return {};
  const AnswerJudgement word = judge_answer(other, position, name, type);
  Aside aside{word.security, other.chain.zones[position.zone].name, {}};
  for (const dns::SignedRRset& set : word.records)
    if (set.set.owner == name && set.set.type == type)
      aside.rdatas.insert(set.set.rdatas.begin(), set.set.rdatas.end());
  return aside;
}

// Do the name servers outside one zone vouch for its first DS? (RFC 9615 §4.2)
class Bootstrap {
 public:
  Bootstrap(Draft& draft, ZoneId id) : draft_(draft), id_(id), name_(draft.chain.zones[id].name) {}

  void run() {
    if (name_.is_root() || has_ds()) return;
    for (const RRType type : types) at_apex_.push_back(apex(type));
    if (std::ranges::all_of(at_apex_, &Rdatas::empty)) return;
    std::uint64_t good = 0;
    std::vector<std::pair<dns::Name, std::string_view>> bad;
    bool any = false;
    for (const dns::Name& ns : outside()) {
      const auto reason = fault(ns);
      if (!reason) return;  // nobody asked
      any = any || *reason != "missing";
      if (reason->empty())
        ++good;
      else
        bad.emplace_back(ns, *reason);
    }
    if (!any) return;  // CDS without bootstrapping: nothing is promised
    if (bad.empty()) find(Code::bootstrap_signal_present, {{"count", good}});
    for (const auto& [ns, reason] : bad)
      find(Code::bootstrap_signal_unusable, {{"ns", ns}, {"reason", std::string(reason)}});
  }

 private:
  static constexpr std::array types{RRType::cds, RRType::cdnskey};

  bool has_ds() const {
    const auto shows = [&](const Heard& heard) {
      return heard.in_answer(name_, RRType::ds) != nullptr || heard.in_authority(name_, RRType::ds) != nullptr;
    };
    return std::ranges::any_of(draft_.facts.to(name_, RRType::ds), shows) ||
           std::ranges::any_of(draft_.facts.referrals_to(name_), [&](const Heard* heard) { return shows(*heard); });
  }

  Rdatas apex(RRType type) const {
    Rdatas rdatas;
    for (const Heard& heard : draft_.facts.to(name_, type))
      if (const auto* set = heard.in_answer(name_, type)) rdatas.insert(set->set.rdatas.begin(), set->set.rdatas.end());
    return rdatas;
  }

  // RFC 9615 §4.2: of the servers in the delegation, those whose names are not the zone's own.
  std::set<dns::Name> outside() const {
    std::set<dns::Name> names;
    for (const Heard* heard : draft_.facts.referrals_to(name_))
      for (const dns::Name& ns : dns::name_servers(*heard->message, name_))
        if (!ns.is_at_or_below(name_)) names.insert(ns);
    return names;
  }

  // "": vouches; nullopt: was not asked.
  std::optional<std::string_view> fault(const dns::Name& ns) const {
    const auto signal = dns::signal_name(name_, ns);
    if (!signal) return "missing";
    bool there = false, secure = true, cut = false, equal = true;
    for (std::size_t i = 0; i < types.size(); ++i) {
      if (draft_.facts.asked(*signal, types[i]).empty()) return std::nullopt;
      const Aside aside = look_aside(draft_, *signal, types[i]);
      equal = equal && aside.rdatas == at_apex_[i];
      if (aside.rdatas.empty()) continue;
      there = true;
      secure = secure && aside.security == Security::secure;
      cut = cut || aside.zone.labels() > ns.labels() + 1;  // below _signal.<ns> nobody else may speak
    }
    if (!there) return "missing";
    if (!secure) return "insecure";
    if (cut) return "cut";
    return equal ? "" : "differs";
  }

  void find(Code code, std::vector<Detail> details) {
    draft_.find(code, zone_subject(name_), std::move(details), id_, {});
  }

  Draft& draft_;
  ZoneId id_;
  dns::Name name_;
  std::vector<Rdatas> at_apex_;
};

std::string scheme_of(const dns::Dsync& dsync) {
  const std::string scheme = dsync.scheme == dns::Dsync::notify ? "NOTIFY" : "scheme " + std::to_string(dsync.scheme);
  return scheme + " for " + dns::to_text(dsync.type) + ", port " + std::to_string(dsync.port);
}

// RFC 9859 §4.1: what is said of this child comes before what is said of all.
void announcements(Draft& draft, ZoneId id) {
  const Zone zone = draft.chain.zones[id];
  if (!zone.parent) return;
  const dns::Name parent = draft.chain.zones[*zone.parent].name;
  for (const auto& name : {dns::announcement_name(zone.name, parent), dns::common_announcement_name(parent)}) {
    if (!name || draft.facts.asked(*name, RRType::dsync).empty()) continue;
    const Aside aside = look_aside(draft, *name, RRType::dsync);
    if (aside.security == Security::bogus || aside.security == Security::indeterminate || aside.rdatas.empty())
      continue;
    for (const dns::Bytes& rdata : aside.rdatas)
      if (const auto dsync = dns::read_dsync(rdata))
        draft.find(Code::dsync_present, zone_subject(zone.name),
                   {{"scheme", scheme_of(*dsync)}, {"target", dsync->target}}, id, {}, Blame{parent, Party::parent});
    return;
  }
}

}  // namespace

void signal_findings(Draft& draft) {
  if (draft.chain.mode != dns::Mode::walk) return;  // a resolver was not asked
  for (ZoneId id = 0; id < draft.chain.zones.size(); ++id) {
    Bootstrap(draft, id).run();
    announcements(draft, id);
  }
}

}  // namespace validator
