#include "validator/zone_sets.h"

#include <algorithm>
#include <memory>

#include "dns/canonical.h"
#include "validator/draft.h"
#include "validator/signature_findings.h"
#include "validator/zone_plain.h"
#include "validator/zone_work.h"

namespace validator {
namespace {

using dns::RRType;
using Entry = ZoneStore::Entry;
using NameId = ZoneStore::NameId;

constexpr std::size_t share = 2048;  // names judged by one thread in one go
constexpr std::size_t next_listed = 10;

std::uint16_t covered_by(dns::View rrsig) {
  return rrsig.size() < 2 ? std::uint16_t{0} : static_cast<std::uint16_t>(rrsig[0] << 8 | rrsig[1]);
}

// They are sorted by their data, which begins with the type covered.
std::span<const Entry> signatures_over(const ZoneStore& store, NameId id, RRType type) {
  const auto all = store.at(id, RRType::rrsig);
  const auto [first, last] = std::ranges::equal_range(
      all, dns::number(type), {}, [&](const Entry& entry) { return covered_by(store.data(entry)); });
  return {first, last};
}

void count(const ZoneMap& map, NameId id, ZoneCounts& totals) {
  const ZoneStore& store = map.store();
  if (map.is_named(id)) ++totals.names;
  for (const RRType type : {RRType::nsec, RRType::nsec3}) totals.denials += store.at(id, type).size();
  totals.signatures += store.at(id, RRType::rrsig).size();
  if (map.role(id) != Role::delegation) return;
  ++totals.delegations;
  if (store.has(id, RRType::ds)) ++totals.secure_delegations;
}

class Sets {
 public:
  // `plain`: none, or what has looked at the names.
  Sets(const ZoneCheck& check, const ZoneKeys& keys, Verifier& verifier, PlainSets* plain, SetsJudgement& result)
      : check_(check),
        keys_(keys),
        map_(check.map),
        store_(check.store()),
        verifier_(verifier),
        plain_(plain),
        result_(result) {}

  void at(NameId id) {
    count(map_, id, result_.totals);
    if (map_.role(id) == Role::outside || map_.role(id) == Role::behind) return;
    const auto entries = store_.at(id);
    for (std::size_t i = 0; i < entries.size();) {
      const RRType type = entries[i].type;
      while (i < entries.size() && entries[i].type == type) ++i;
      const bool is_key_set = map_.role(id) == Role::apex && type == RRType::dnskey;
      if (!map_.is_signed(id, type) || is_key_set) continue;
      const Holding* holding = plain_ != nullptr ? plain_->holding(id, type) : nullptr;
      holding != nullptr ? hold(*holding, id, type) : judge(id, type);
    }
    stray_signatures(id);
  }

 private:
  void hold(const Holding& by, NameId id, RRType type) {
    ++result_.totals.sets;
    result_.hold(by, store_, id, type, check_.now);
  }

  void judge(NameId id, RRType type) {
    const dns::SignedRRset heard = signed_set(store_, id, type);
    Bench bench{check_.policy, check_.now, verifier_, Work(check_.policy.bounds), Bench::Depth::all};
    const JudgedSet judged = keys_.trusted != nullptr ? judge_set(heard, *keys_.trusted, bench)
                                                      : judge_with(heard, map_.apex(), keys_.published, bench);
    ++result_.totals.sets;
    // One by one: a spurious NSEC that nobody signed is told as that.
    if (heard.signatures.empty() && map_.role(id) != Role::bare)
      find(Code::signature_missing, rrset_subject(heard.set.owner, type), {});
    for (const JudgedSignature& signature : judged.signatures)
      if (auto fault = fault_of(signature, judged, heard.set, map_.apex(), bench))
        find(fault->code, std::move(fault->subject), std::move(fault->details));
    spent(bench.work, rrset_subject(heard.set.owner, type));
    set_checks(check_, heard, judged, keys_, result_.ledger);
    if (const auto* good = judged.good_signature()) {
      as_if_expanded(*good, heard.set);
      result_.hold({good->rrsig.expiration, good->rrsig.inception, good->rrsig.tag}, store_, id, type, check_.now);
    }
  }

  // What was made from a wildcard has no place in a zone: no server will prove that the name itself does not exist.
  void as_if_expanded(const JudgedSignature& good, const dns::RRset& set) {
    if (is_wildcard_expansion(good.rrsig, set.owner))
      find(Code::wildcard_proof_missing, denial_subject(set.owner, set.type, Wanted::wildcard_answer),
           {{"wildcard", dns::signed_owner(set.owner, good.rrsig.labels)}});
  }

  void spent(const Work& work, Subject subject) {
    if (!work.spent()) return;
    find(Code::work_budget_spent, std::move(subject),
         {{"which", std::string(to_text(*work.spent()))}, {"spent", work.spent_count()}, {"limit", work.limit()}});
  }

  // Signatures over what is not there, or over what the zone has no say about (RFC 4035 §2.2).
  void stray_signatures(NameId id) {
    const auto all = store_.at(id, RRType::rrsig);
    for (std::size_t i = 0; i < all.size();) {
      const RRType covered{covered_by(store_.data(all[i]))};
      while (i < all.size() && RRType{covered_by(store_.data(all[i]))} == covered) ++i;
      const bool is_there = store_.has(id, covered);
      if (is_there && map_.is_signed(id, covered)) continue;
      find(is_there ? Code::non_authoritative_data_signed : Code::signature_orphaned,
           rrset_subject(store_.name(id), covered), {{"type", covered}});
    }
  }

  void find(Code code, Subject subject, std::vector<Detail> details) {
    result_.ledger.add(code, std::move(subject), std::move(details));
  }

  const ZoneCheck& check_;
  const ZoneKeys& keys_;
  const ZoneMap& map_;
  const ZoneStore& store_;
  Verifier& verifier_;
  PlainSets* plain_;
  SetsJudgement& result_;
};

// One thread's part of the work: what it verifies with.
class SetsWork {
 public:
  SetsWork(const ZoneCheck& check, const ZoneKeys& keys, const PlainRules* rules, KeyTables* tables)
      : check_(check), keys_(keys) {
    if (rules != nullptr) plain_.emplace(check, *rules, verifier_, *tables);
  }
  SetsWork(const SetsWork&) = delete;
  SetsWork& operator=(const SetsWork&) = delete;

  void judge(std::size_t from, std::size_t to, SetsJudgement& result) {
    Sets sets(check_, keys_, verifier_, plain_ ? &*plain_ : nullptr, result);
    for (std::size_t id = from; id < to; ++id) {
      const std::size_t end = std::min(to, id + PlainSets::names_at_once);
      if (plain_ && (id - from) % PlainSets::names_at_once == 0)
        plain_->look(static_cast<NameId>(id), static_cast<NameId>(end));
      sets.at(static_cast<NameId>(id));
    }
  }

 private:
  const ZoneCheck& check_;
  const ZoneKeys& keys_;
  Verifier verifier_{Verifier::Memo::none};
  std::optional<PlainSets> plain_;
};

// TTLs within a set, and of the set and its signatures (RFC 2181 §5.2, RFC 4034 §3, §3.1.4).
void ttl_checks(const dns::SignedRRset& set, const JudgedSet& judged, ZoneLedger& ledger) {
  const Subject subject = rrset_subject(set.set.owner, set.set.type);
  const auto differ = [&](const char* which, dns::Ttl ttl, dns::Ttl expected) {
    ledger.add(Code::ttls_differ, subject,
               {{"which", std::string(which)}, {"ttl", std::uint64_t{ttl}}, {"expected_ttl", std::uint64_t{expected}}});
  };
  const auto above = [&](const char* which, dns::Ttl ttl, dns::Ttl original) {
    ledger.add(Code::ttl_above_original, subject,
               {{"which", std::string(which)}, {"ttl", std::uint64_t{ttl}}, {"original_ttl", std::uint64_t{original}}});
  };
  if (set.set.ttl != set.set.ttl_max) differ("set", set.set.ttl_max, set.set.ttl);
  for (const JudgedSignature& signature : judged.signatures) {
    if (signature.state == SignatureState::unreadable) continue;
    const dns::Ttl original = signature.rrsig.original_ttl;
    if (set.set.ttl_max > original)
      return above("rrset", set.set.ttl_max, original);  // the cause of a difference, where there is one
    if (signature.ttl > original) return above("rrsig", signature.ttl, original);
    if (signature.ttl < set.set.ttl || signature.ttl > set.set.ttl_max)
      return differ("signature", signature.ttl, set.set.ttl);
  }
}

}  // namespace

dns::SignedRRset signed_set(const ZoneStore& store, NameId id, RRType type) {
  dns::SignedRRset set;
  set.set.owner = store.name(id);
  set.set.type = type;
  const auto entries = store.at(id, type);
  if (!entries.empty()) {
    const auto [least, most] = std::ranges::minmax(entries, {}, &Entry::ttl);
    set.set.ttl = least.ttl;
    set.set.ttl_max = most.ttl;
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (i > 0 && store.is_repeat(entries[i - 1], entries[i])) continue;
    const dns::View data = store.data(entries[i]);
    set.set.rdatas.emplace_back(data.begin(), data.end());
  }
  const auto signatures = signatures_over(store, id, type);
  for (std::size_t i = 0; i < signatures.size(); ++i) {
    if (i > 0 && store.is_repeat(signatures[i - 1], signatures[i])) continue;
    const dns::View data = store.data(signatures[i]);
    set.signatures.push_back(
        {set.set.owner, RRType::rrsig, dns::RRClass::in, signatures[i].ttl, {data.begin(), data.end()}});
  }
  return set;
}

void set_checks(const ZoneCheck& check, const dns::SignedRRset& set, const JudgedSet& judged, const ZoneKeys& keys,
                ZoneLedger& ledger) {
  ttl_checks(set, judged, ledger);
  const bool is_denial = set.set.type == RRType::nsec || set.set.type == RRType::nsec3;
  if (is_denial && keys.is_denial_ttl_known && set.set.ttl != keys.denial_ttl)
    ledger.add(Code::nsec_ttl_wrong, rrset_subject(set.set.owner, set.set.type),
               {{"ttl", std::uint64_t{set.set.ttl}}, {"expected_ttl", std::uint64_t{keys.denial_ttl}}});
  for (const dns::Algorithm algorithm : keys.due) {
    const bool is_there = std::ranges::any_of(judged.signatures, [&](const JudgedSignature& signature) {
      return signature.rrsig.algorithm == algorithm && signature.state != SignatureState::unreadable;
    });
    if (is_there || judged.signatures.empty()) continue;
    ledger.add(Code::signature_missing_for_algorithm, rrset_subject(set.set.owner, set.set.type),
               {{"algorithm", std::uint64_t{dns::number(algorithm)}}, {"which", std::string(keys.announced_by)}});
  }
  if (const auto* good = judged.good_signature()) {
    const auto left = dns::distance(dns::timestamp(check.now), good->rrsig.expiration).count();
    if (left < set.set.ttl)  // RFC 6781 §4.4.1: caches may keep what has expired
      ledger.add(Code::ttl_outlives_signature, rrset_subject(set.set.owner, set.set.type),
                 {{"ttl", std::uint64_t{set.set.ttl}}, {"remaining", std::int64_t{left}}});
  }
}

void SetsJudgement::hold(const Holding& by, const ZoneStore& store, NameId id, RRType type, dns::Time now) {
  const dns::Time end = dns::nearest(by.expiration, now);
  const dns::Time begin = dns::nearest(by.inception, now);
  begins.push_back(by.inception.value);
  expires.push_back(by.expiration.value);
  if (!newest || newest->begins < begin) newest = {end, begin, store.name(id), type, by.tag};
  if (next.size() == next_listed && end >= next.back().expires) return;
  const auto place = std::ranges::upper_bound(next, end, {}, &Expiry::expires);
  next.insert(place, {end, begin, store.name(id), type, by.tag});
  if (next.size() > next_listed) next.pop_back();
}

void SetsJudgement::append(SetsJudgement&& later) {
  ledger.append(later.ledger);
  totals.names += later.totals.names;
  totals.sets += later.totals.sets;
  totals.signatures += later.totals.signatures;
  totals.delegations += later.totals.delegations;
  totals.secure_delegations += later.totals.secure_delegations;
  totals.denials += later.totals.denials;
  begins.insert(begins.end(), later.begins.begin(), later.begins.end());
  expires.insert(expires.end(), later.expires.begin(), later.expires.end());
  next.insert(next.end(), later.next.begin(), later.next.end());
  std::ranges::stable_sort(next, {}, &Expiry::expires);
  if (next.size() > next_listed) next.resize(next_listed);
  if (later.newest && (!newest || newest->begins < later.newest->begins)) newest = std::move(later.newest);
}

SetsJudgement count_sets(const ZoneCheck& check) {
  SetsJudgement all(check.map.apex());
  for (NameId id = 0; id < check.store().names(); ++id) count(check.map, id, all.totals);
  return all;
}

SetsJudgement judge_sets(const ZoneCheck& check, const ZoneKeys& keys, unsigned jobs, KeyTables* tables) {
  const std::size_t names = check.store().names();
  std::vector<SetsJudgement> shares((names + share - 1) / share, SetsJudgement(check.map.apex()));
  std::optional<PlainRules> rules;
  if (tables) rules.emplace(check, keys);
  work_through(names, share, jobs, [&] {
    return [&, work = std::make_unique<SetsWork>(check, keys, rules ? &*rules : nullptr, tables)](
               std::size_t from, std::size_t to) { work->judge(from, to, shares[from / share]); };
  });
  // Anew, by EVP alone, with verifiers that remember nothing.
  if (tables && tables->in_doubt()) return judge_sets(check, keys, jobs, nullptr);
  SetsJudgement all(check.map.apex());
  for (SetsJudgement& one : shares) all.append(std::move(one));
  return all;
}

}  // namespace validator
