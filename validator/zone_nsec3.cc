#include <algorithm>
#include <optional>
#include <string>

#include "dns/canonical.h"
#include "validator/denial_views.h"
#include "validator/draft.h"
#include "validator/zone_hashes.h"
#include "validator/zone_map.h"

namespace validator {
namespace {

using dns::Name;
using dns::Nsec3param;
using dns::RRType;
using NameId = ZoneStore::NameId;

constexpr std::uint8_t sha1_hash = 1;
constexpr std::size_t most_chains = 4;  // one, or two while the parameters change (RFC 5155 §10.4)

bool is_of(const dns::Nsec3& record, const Nsec3param& chain) {
  return record.hash == chain.hash && record.iterations == chain.iterations && record.salt == chain.salt;
}

// One record of a chain, as far as the next one needs it.
struct Link3 {
  NameId id = 0;
  NameHash owner{}, next{};
  bool opt_out = false;
};

// One chain: records in the order of hashes beside the names in the order of their hashes.
class Nsec3Chain {
 public:
  Nsec3Chain(const ZoneCheck& check, const Nsec3param& chain, std::vector<HashedName> names, ZoneLedger& ledger)
      : check_(check),
        map_(check.map),
        store_(check.store()),
        chain_(chain),
        names_(std::move(names)),
        ledger_(ledger) {}

  void run() {
    for (NameId id = 0; id < store_.names(); ++id)
      if (store_.has(id, RRType::nsec3) && map_.role(id) != Role::outside) record(id);
    while (at_ < names_.size()) unmatched(names_[at_++]);
    judge_before_first();
    if (first_ && last_) leads(*last_, first_->owner, true);
    if (any_opt_out_) ledger_.add(Code::nsec3_opt_out, zone_subject(map_.apex()), {{"which", std::string("chain")}});
  }

 private:
  void note(Code code, const Name& name) { ledger_.add(code, zone_subject(map_.apex()), {{"name", name}}); }

  void record(NameId id) {
    DenialSet set{{store_.name(id), RRType::nsec3, dns::RRClass::in, 0, 0, {}}, map_.apex(), 0};
    set.rrsig_labels = static_cast<std::uint8_t>(dns::rrsig_labels(set.set.owner));
    for (const auto& entry : store_.at(id, RRType::nsec3)) {
      const auto nsec3 = dns::read_nsec3(store_.data(entry));
      if (nsec3 && !is_of(*nsec3, chain_)) continue;  // of another chain, or told as mixed
      const dns::View data = store_.data(entry);
      if (set.set.rdatas.empty() || !dns::octets_equal(set.set.rdatas.back(), data))
        set.set.rdatas.emplace_back(data.begin(), data.end());
    }
    if (set.set.rdatas.empty()) return;
    auto read = read_nsec3_set(set, map_.apex());
    if (read.problem)
      ledger_.add(read.problem->code, rrset_subject(set.set.owner, RRType::nsec3), std::move(read.problem->details));
    if (read.record) place({id, read.record->owner, read.record->next, read.record->opt_out}, read.record->types);
  }

  void place(const Link3& link, const std::vector<RRType>& types) {
    while (at_ < names_.size() && names_[at_].hash < link.owner) unmatched(names_[at_++]);
    any_opt_out_ = any_opt_out_ || link.opt_out;
    if (at_ >= names_.size() || names_[at_].hash != link.owner) {
      note(Code::nsec_surplus, store_.name(link.id));
      surplus_.push_back(link);
      return;
    }
    const HashedName& name = names_[at_++];
    if (!name.is_behind) bitmap_check(check_, name_of(store_, name), types_of(name), types, RRType::nsec3, ledger_);
    if (last_) leads(*last_, link.owner, false);
    if (!first_) first_ = link;
    last_ = link;
    gone_.clear();
    surplus_.clear();
  }

  std::vector<RRType> types_of(const HashedName& name) const {
    return name.is_empty ? std::vector<RRType>{} : map_.types(name.id);
  }

  // A name without record. Whether it may be so is known when the span it lies in is: at its beginning.
  void unmatched(const HashedName& name) {
    if (!first_) {
      before_first_.push_back(name);
      return;
    }
    judge_unmatched(name, last_->opt_out);
  }

  void judge_unmatched(const HashedName& name, bool in_opt_out) {
    if (name.is_behind || (name.may_lack && in_opt_out)) return;  // RFC 5155 §7.1
    note(Code::nsec_missing_at_name, name_of(store_, name));
    gone_.push_back(name.hash);
  }

  // Those before the first record lie in the span of the last one.
  void judge_before_first() {
    for (const HashedName& name : before_first_) judge_unmatched(name, last_ && last_->opt_out);
  }

  // RFC 5155 §3.1.7: to the next hash, the last one back to the first. What lacks a record, or has one too many, is
  // told as that.
  void leads(const Link3& from, const NameHash& due, bool is_last) {
    NameHash next = from.next;
    for (const Link3& surplus : surplus_)
      if (surplus.owner == next) next = surplus.next;
    if (next == due || std::ranges::find(gone_, next) != gone_.end()) return;
    const bool is_short = from.owner < next && (is_last || next < due);
    const char* reason = is_last ? "not-closed" : is_short ? "gap" : "overlap";
    const Name owner = store_.name(from.id);
    ledger_.add(Code::denial_chain_broken, rrset_subject(owner, RRType::nsec3),
                {{"reason", std::string(reason)}, {"name", owner}});
  }

  const ZoneCheck& check_;
  const ZoneMap& map_;
  const ZoneStore& store_;
  const Nsec3param& chain_;
  std::vector<HashedName> names_;
  ZoneLedger& ledger_;
  std::size_t at_ = 0;
  std::optional<Link3> first_, last_;
  std::vector<Link3> surplus_;  // since the last record
  std::vector<NameHash> gone_;  // names without record since then
  std::vector<HashedName> before_first_;
  bool any_opt_out_ = false;
};

class Nsec3Chains {
 public:
  Nsec3Chains(const ZoneCheck& check, unsigned jobs, ZoneLedger& ledger)
      : check_(check), map_(check.map), store_(check.store()), jobs_(jobs), ledger_(ledger) {}

  void run() {
    choose();
    strangers();
    for (const Nsec3param& chain : chains_) {
      parameters(chain);
      if (chain.iterations > check_.policy.max_iterations) continue;  // RFC 9276 §3.2: not looked at by anybody
      Nsec3Chain(check_, chain, hashed_names(map_, chain, jobs_), ledger_).run();
    }
  }

 private:
  Subject zone() const { return zone_subject(map_.apex()); }

  template <class Visit>
  void each_record(Visit visit) const {
    for (const auto& entry : store_.entries())
      if (entry.type == RRType::nsec3 && map_.role(entry.name) != Role::outside)
        if (const auto nsec3 = dns::read_nsec3(store_.data(entry)))
          if (!visit(entry, *nsec3)) return;
  }

  // What the NSEC3PARAM set announces and the records bear out (RFC 5155 §4).
  void choose() {
    std::vector<Nsec3param> announced;
    for (const auto& entry : store_.at(map_.apex_id(), RRType::nsec3param))
      if (const auto param = dns::read_nsec3param(store_.data(entry)); param && param->flags == 0)
        if (param->hash == sha1_hash && announced.size() < most_chains) announced.push_back(*param);
    std::optional<Nsec3param> first;
    each_record([&](const auto&, const dns::Nsec3& record) {
      if (record.hash != sha1_hash) return true;
      if (!first) first = Nsec3param{record.hash, 0, record.iterations, record.salt};
      for (const Nsec3param& param : announced)
        if (is_of(record, param) && std::ranges::find(chains_, param) == chains_.end()) chains_.push_back(param);
      return chains_.size() < announced.size() || announced.empty();
    });
    const auto mismatch = [&](const char* reason) {
      ledger_.add(Code::nsec3param_mismatch, zone(), {{"reason", std::string(reason)}});
    };
    if (announced.empty()) mismatch("absent");
    if (!announced.empty() && chains_.size() < announced.size()) mismatch("differs");
    if (chains_.empty() && first) chains_.push_back(*first);
    if (chains_.empty() && !announced.empty()) chains_.push_back(announced.front());
  }

  // Records of no chain: hash values that nobody knows, or parameters that nobody announces.
  void strangers() {
    each_record([&](const auto& entry, const dns::Nsec3& record) {
      if (std::ranges::any_of(chains_, [&](const Nsec3param& chain) { return is_of(record, chain); })) return true;
      const Name owner = store_.name(entry.name);
      if (record.hash != sha1_hash)
        ledger_.add(Code::nsec3_ignored, rrset_subject(owner, RRType::nsec3),
                    {{"reason", std::string("hash")}, {"hash", std::uint64_t{record.hash}}});
      else
        ledger_.add(Code::nsec3_parameters_mixed, rrset_subject(owner, RRType::nsec3),
                    {{"iterations", std::uint64_t{record.iterations}}});
      return true;
    });
  }

  // RFC 9276 §3.1.
  void parameters(const Nsec3param& chain) {
    if (chain.iterations > check_.policy.max_iterations) {
      auto problem = iterations_above_limits(chain.iterations);
      ledger_.add(problem.code, zone(), std::move(problem.details));
    } else if (chain.iterations > 0)
      ledger_.add(Code::nsec3_iterations_nonzero, zone(), {{"iterations", std::uint64_t{chain.iterations}}});
    if (!chain.salt.empty()) ledger_.add(Code::nsec3_salt_present, zone(), {{"octets", count(chain.salt.size())}});
  }

  const ZoneCheck& check_;
  const ZoneMap& map_;
  const ZoneStore& store_;
  unsigned jobs_;
  ZoneLedger& ledger_;
  std::vector<Nsec3param> chains_;
};

}  // namespace

void nsec3_checks(const ZoneCheck& check, unsigned jobs, ZoneLedger& ledger) { Nsec3Chains(check, jobs, ledger).run(); }

}  // namespace validator
