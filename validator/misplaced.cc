#include <algorithm>
#include <set>

#include "dns/canonical.h"
#include "dns/text.h"
#include "validator/audit.h"

namespace validator {
namespace {

using dns::RRType;
using dns::SignedRRset;

bool is_cds(RRType type) { return type == RRType::cds || type == RRType::cdnskey; }

// The list was made for one question and says what suits it (RFC 9824 §3.1): no word on what the name has.
bool is_made_online(const dns::Name& owner, const dns::Nsec& nsec) {
  return nsec.next.is_below(owner) && nsec.next.labels() == owner.labels() + 1 && nsec.next.label(0).size() == 1 &&
         nsec.next.label(0)[0] == 0;
}

// Records of one reply that stand where they mean nothing: seen themselves, or listed by a proof.
class Misplaced {
 public:
  Misplaced(Draft& draft, const Heard& heard) : draft_(draft), heard_(heard) {}

  void run() {
    for (const SignedRRset& set : heard_.answer)
      if (!set.set.rdatas.empty()) shown(set);
    for (const auto* section : {&heard_.answer, &heard_.authority})
      for (const SignedRRset& set : *section) {
        if (set.set.rdatas.empty()) continue;
        if (set.set.type == RRType::nsec) listed(set);
        if (set.set.type == RRType::nsec3) listed_by_hash(set);
      }
  }

 private:
  void shown(const SignedRRset& set) {
    const auto signer = signer_of(set);
    if (!signer) return;
    const bool from_above = set.set.owner.is_below(*signer) && is_own_data(set, *signer);
    if (set.set.type == RRType::ds) {
      // RFC 4035 §2.4: not at the apex of the child, whose own signature then is over it.
      if (*signer == set.set.owner) return misplaced_ds("child-apex", set.set.owner, *signer);
      if (from_above && has_data_from(*signer, set.set.owner)) misplaced_ds("no-delegation", set.set.owner, *signer);
    }
    if (is_cds(set.set.type) && from_above) misplaced_ds("cds", set.set.owner, *signer);  // RFC 7344 §4.1
    if (set.set.type == RRType::dnskey && from_above) misplaced_key(set.set.owner, *signer);
  }

  // The zone itself has other data there: then the name is not delegated (RFC 4035 §2.4).
  bool has_data_from(const dns::Name& zone, const dns::Name& owner) const {
    for (const auto& [question, replies] : draft_.facts.all()) {
      if (!(question.first == owner)) continue;
      for (const Heard& heard : replies)
        for (const SignedRRset& set : heard.answer)
          if (set.set.owner == owner && set.set.type != RRType::ds && set.set.type != RRType::nsec &&
              is_own_data(set, zone))
            return true;
    }
    return false;
  }

  void listed(const SignedRRset& set) {
    const auto signer = signer_of(set);
    const auto nsec = dns::read_nsec(set.set.rdatas.front());
    if (!signer || !nsec || !is_own_data(set, *signer) || is_made_online(set.set.owner, *nsec)) return;
    at(set.set.owner, nsec->types, *signer);
  }

  // Of whose name the hash is, only an apex says by its list; of other names those asked for are tried.
  void listed_by_hash(const SignedRRset& set) {
    const auto signer = signer_of(set);
    const auto nsec3 = dns::read_nsec3(set.set.rdatas.front());
    if (!signer || !nsec3 || nsec3->iterations > draft_.policy.max_iterations) return;
    const auto& types = nsec3->types;
    if (types.has(RRType::soa)) return at(*signer, types, *signer);
    const bool ds = types.has(RRType::ds) && !types.has(RRType::ns);
    if (!ds && !types.has(RRType::cds) && !types.has(RRType::cdnskey) && !types.has(RRType::dnskey)) return;
    std::set<dns::Name> asked;
    for (const auto& [question, replies] : draft_.facts.all())
      if (question.first.is_below(*signer)) asked.insert(question.first);
    for (const dns::Name& name : asked)
      if (is_hash_of(name, set.set.owner, *nsec3)) at(name, types, *signer);
  }

  bool is_hash_of(const dns::Name& name, const dns::Name& owner, const dns::Nsec3& nsec3) {
    const auto hash = draft_.verifier.nsec3_hash(name.lowered().wire(), nsec3.salt, nsec3.iterations);
    return owner.parent().prepend(dns::encode_base32hex(hash)) == owner;
  }

  void at(const dns::Name& owner, const dns::TypeBitmap& types, const dns::Name& zone) {
    const bool apex = owner == zone;
    if (types.has(RRType::ds) && apex) misplaced_ds("child-apex", owner, zone);
    if (types.has(RRType::ds) && !apex && !types.has(RRType::ns)) misplaced_ds("no-delegation", owner, zone);
    if ((types.has(RRType::cds) || types.has(RRType::cdnskey)) && !apex) misplaced_ds("cds", owner, zone);
    if (types.has(RRType::dnskey) && !apex) misplaced_key(owner, zone);
  }

  void misplaced_ds(std::string_view which, const dns::Name& owner, const dns::Name& signer) {
    if (const auto zone = zone_named(draft_.chain, signer))
      draft_.find(Code::ds_misplaced, delegation_subject(owner), {{"which", std::string(which)}, {"name", owner}},
                  *zone, draft_.servers(*zone, heard_.servers));
  }

  // RFC 4035 §5.3.1: keys are those of the apex; in an insecure zone keys are nobody's affair (findings.md §1 rule 5).
  void misplaced_key(const dns::Name& owner, const dns::Name& signer) {
    const auto zone = zone_named(draft_.chain, signer);
    if (!zone || draft_.chain.zones[*zone].security == Security::insecure) return;
    draft_.find(Code::key_below_apex, zone_subject(signer), {{"name", owner}}, *zone,
                draft_.servers(*zone, heard_.servers));
  }

  Draft& draft_;
  const Heard& heard_;
};

}  // namespace

void misplaced_findings(Draft& draft) {
  for (const auto& [question, replies] : draft.facts.all())
    for (const Heard& heard : replies)
      if (heard.usable()) Misplaced(draft, heard).run();
}

}  // namespace validator
