#include <algorithm>
#include <set>

#include "dns/signals.h"
#include "validator/audit.h"
#include "validator/delegation.h"

namespace validator {
namespace {

using dns::RRType;
using dns::SignedRRset;

// What one zone asks its parent to copy (RFC 7477), and whether the parent may do it (RFC 9975 §3.2).
class ZoneSync {
 public:
  ZoneSync(Draft& draft, ZoneId id) : draft_(draft), id_(id), name_(draft.chain.zones[id].name) {}

  void run() {
    if (name_.is_root()) return;
    std::set<std::vector<dns::Bytes>> distinct;
    std::set<dns::Address> who;
    const SignedRRset* found = nullptr;
    for (const Heard& heard : draft_.facts.to(name_, RRType::csync)) {
      if (!heard.usable()) continue;
      const SignedRRset* set = heard.in_answer(name_, RRType::csync);
      distinct.insert(set == nullptr ? std::vector<dns::Bytes>{} : set->set.rdatas);
      who.insert(heard.servers.begin(), heard.servers.end());
      if (set != nullptr && found == nullptr) found = set;
    }
    if (found == nullptr) return;
    if (distinct.size() > 1 && draft_.chain.mode == dns::Mode::walk)
      return unusable("differs", draft_.servers(id_, {who.begin(), who.end()}));
    judge(*found);
  }

 private:
  void judge(const SignedRRset& set) {
    if (set.set.rdatas.size() != 1) return;  // RFC 7477 §2.1: one, or it is not acted upon
    const auto csync = dns::read_csync(set.set.rdatas.front());
    if (!csync) return;
    if (!is_secure(set)) return unusable("unsigned", {});
    // RFC 7477 §3.2: what a parent does not know to copy ends the whole request.
    const auto may_copy = [](RRType type) { return type == RRType::a || type == RRType::aaaa || type == RRType::ns; };
    if (csync->types.types.empty() || !std::ranges::all_of(csync->types.types, may_copy)) return unusable("types", {});
    if (waits_for_serial(*csync)) return unusable("serial", {});
    find(Code::csync_present, {{"flags", std::uint64_t{csync->flags}}, {"types", csync->types.types}}, {});
  }

  // RFC 7477 §3: without a secure answer nothing is done.
  bool is_secure(const SignedRRset& set) {
    if (draft_.chain.zones[id_].security != Security::secure) return false;
    Bench bench = draft_.bench();
    return judge_with(set, name_, published_keys(draft_.chain, id_), bench).good.has_value();
  }

  // RFC 7477 §2.1.1.2.2: with soaminimum set the zone's serial has to be the given one or a later.
  bool waits_for_serial(const dns::Csync& csync) const {
    if ((csync.flags & dns::Csync::soa_minimum_flag) == 0) return false;
    return std::ranges::any_of(serials_of(draft_.facts, name_),
                               [&](const auto& each) { return dns::before({each.second}, {csync.serial}); });
  }

  void unusable(std::string_view reason, const ServerSet& servers) {
    find(Code::csync_unusable, {{"reason", std::string(reason)}}, servers);
  }
  void find(Code code, std::vector<Detail> details, const ServerSet& servers) {
    draft_.find(code, zone_subject(name_), std::move(details), id_, servers);
  }

  Draft& draft_;
  ZoneId id_;
  dns::Name name_;
};

}  // namespace

void csync_findings(Draft& draft) {
  for (ZoneId id = 0; id < draft.chain.zones.size(); ++id) ZoneSync(draft, id).run();
}

}  // namespace validator
