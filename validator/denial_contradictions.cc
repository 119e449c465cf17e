#include <algorithm>
#include <map>
#include <set>

#include "dns/canonical.h"
#include "validator/audit.h"
#include "validator/cut.h"
#include "validator/denial_views.h"

namespace validator {
namespace {

using dns::RRType;
using dns::SignedRRset;

// Of the records that one server sends about one zone: those that deny against what it serves.
class ServerWords {
 public:
  ServerWords(Draft& draft, ZoneId zone, const dns::Address& address)
      : draft_(draft),
        zone_(zone),
        name_(draft.chain.zones[zone].name),
        servers_(draft.servers(zone, {address})),
        bench_(draft.bench()) {
    for (const auto& [question, replies] : draft.facts.all())
      for (const Heard& heard : replies)
        if (std::ranges::binary_search(heard.servers, address)) read(question, heard);
  }

  void run() {
    std::vector<NsecRecord> nsecs;
    std::vector<Nsec3Record> nsec3s;
    read_proofs(nsecs, nsec3s);
    if (!nsecs.empty()) compare(NsecView(name_, nsecs));
    if (!nsec3s.empty()) compare(Nsec3View(name_, nsec3s, hashing_, name_.labels()));
    above_names();
  }

 private:
  void read(const Question& question, const Heard& heard) {
    if (!heard.usable() || !heard.message->aa || !question.first.is_at_or_below(name_)) return;
    for (const SignedRRset& set : heard.answer)
      if (is_own_data(set, name_)) served_[set.set.owner].insert(set.set.type);
    for (const SignedRRset& set : heard.authority) {
      const bool is_proof = set.set.type == RRType::nsec || set.set.type == RRType::nsec3;
      if (is_proof && is_own_data(set, name_) && !set.set.rdatas.empty() && proofs_.size() < most_proofs)
        proofs_.push_back(&set);
    }
    // A DS question about a child that is served here too may be answered from above its cut: that is no word on names.
    const bool of_child = question.second == RRType::ds && seen_as_zone(draft_.facts, question.first);
    if (heard.message->rcode == dns::Rcode::nxdomain && heard.message->answer.empty() && !of_child)
      denied_.emplace(question.first, question.second);
  }

  // Only records that this zone has signed, and that are readable; of NSEC3 those of one set of parameters.
  void read_proofs(std::vector<NsecRecord>& nsecs, std::vector<Nsec3Record>& nsec3s) {
    for (std::size_t i = 0; i < proofs_.size(); ++i) {
      const dns::RRset& set = proofs_[i]->set;
      const DenialSet denial{set, name_, static_cast<std::uint8_t>(dns::rrsig_labels(set.owner))};
      if (set.type == RRType::nsec) {
        auto read = read_nsec_set(denial, name_);
        if (!read.record) continue;
        read.record->set = i;
        nsecs.push_back(*std::move(read.record));
        continue;
      }
      const auto nsec3 = dns::read_nsec3(set.rdatas.front());
      auto read = read_nsec3_set(denial, name_);
      if (!read.record || !nsec3 || nsec3->iterations > draft_.policy.max_iterations) continue;
      if (nsec3s.empty()) take_parameters(*nsec3);
      if (nsec3->salt != hashing_.salt || nsec3->iterations != hashing_.iterations) continue;
      read.record->set = i;
      nsec3s.push_back(*std::move(read.record));
    }
  }

  void take_parameters(const dns::Nsec3& nsec3) {
    hashing_.hash = hash_of(draft_);
    hashing_.work = &bench_.work;
    hashing_.salt = nsec3.salt;
    hashing_.iterations = nsec3.iterations;
  }

  template <class View>
  void compare(const View& view) {
    for (const auto& [owner, types] : served_) {
      denied_name(view, owner, *types.begin());
      if (const DenialRecord* record = view.matching(owner)) omitted_types(*record, owner, types);
    }
  }

  // RFC 4035 §2.3: nothing that exists lies between the two names of an NSEC; resolvers that reuse proofs (RFC 8198)
  // lose the name.
  template <class View>
  void denied_name(const View& view, const dns::Name& owner, RRType type) {
    const Cover cover = view.covering(owner);
    if (cover.kind != Cover::Kind::absent || !holds(*cover.record)) return;
    draft_.find(Code::existing_name_denied, rrset_subject(owner, type), {{"name", owner}}, zone_, servers_);
  }

  // RFC 4035 §2.3: the list has every type of the name.
  void omitted_types(const DenialRecord& record, const dns::Name& owner, const std::set<RRType>& types) {
    std::vector<RRType> omitted;
    for (const RRType type : types)
      if (type != RRType::nsec && type != RRType::rrsig && !record.has(type)) omitted.push_back(type);
    if (omitted.empty() || !holds(record)) return;
    draft_.find(Code::bitmap_contradicts_data, rrset_subject(owner, proofs_[record.set]->set.type),
                {{"which", std::string("omits")}, {"types", omitted}}, zone_, servers_);
  }

  // What does not verify is nobody's word, and told elsewhere.
  bool holds(const DenialRecord& record) {
    const auto keys = published_keys(draft_.chain, zone_);
    return judge_with(*proofs_[record.set], name_, keys, bench_).good.has_value();
  }

  // RFC 8020 §2: below a name that does not exist there is nothing.
  void above_names() {
    for (const auto& [owner, type] : denied_) {
      const auto below = std::ranges::find_if(served_, [&](const auto& each) { return each.first.is_below(owner); });
      if (below == served_.end()) continue;
      draft_.find(Code::nxdomain_above_names, denial_subject(owner, type, Wanted::nxdomain),
                  {{"which", std::string(served_.contains(owner) ? "data" : "empty")}, {"name", below->first}}, zone_,
                  servers_);
    }
  }

  static constexpr std::size_t most_proofs = 64;

  Draft& draft_;
  ZoneId zone_;
  dns::Name name_;
  ServerSet servers_;
  Bench bench_;
  Hashing hashing_;
  std::map<dns::Name, std::set<RRType>> served_;
  std::vector<const SignedRRset*> proofs_;
  std::map<dns::Name, RRType> denied_;  // by NXDOMAIN, with a type asked for
};

}  // namespace

void contradiction_findings(Draft& draft) {
  if (draft.chain.mode != dns::Mode::walk) return;  // a cache holds words of different servers and hours
  for (ZoneId id = 0; id < draft.chain.zones.size(); ++id) {
    if (draft.chain.zones[id].security == Security::insecure) continue;
    for (const dns::Address& address : draft.facts.asked(draft.chain.zones[id].name, RRType::dnskey))
      ServerWords(draft, id, address).run();
  }
}

}  // namespace validator
