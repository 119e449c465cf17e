// Denial: what authenticated NSEC or NSEC3 records prove about a name (RFC 4035 §5.4, RFC 5155 §8), one view over both
// kinds. It checks no signature: whoever builds it has done so, and gives only records of the zone that is proving.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "dns/rdata.h"
#include "dns/record.h"
#include "validator/finding.h"
#include "validator/policy.h"
#include "validator/work.h"

namespace validator {

// One authenticated NSEC or NSEC3 RRset.
struct DenialSet {
  dns::RRset set;
  dns::Name signer;
  // The labels field of its good signature: fewer than the owner's means "made from a wildcard": such a record proves
  // nothing at the expanded owner, only at the wildcard's own name (standards.md C-nsec-wild).
  std::uint8_t rrsig_labels = 0;
};

// IH(salt, canonical name, iterations) of RFC 5155 §5: Verifier::nsec3_hash, or a plain implementation in tests.
using Nsec3Hash = std::function<dns::Bytes(dns::View name, dns::View salt, std::uint16_t iterations)>;

// A rule broken on the way, to become a Finding at the denial's subject.
struct Problem {
  Code code{};
  std::vector<Detail> details;
  friend bool operator==(const Problem&, const Problem&) = default;
};

// nsec3-iterations-above-limits, with the validators that have a lower limit.
Problem iterations_above_limits(std::uint16_t iterations);

// What was proven, and by which records.
struct Proof {
  enum class Outcome : std::uint8_t {
    proven,    // holds, by authenticated records alone
    insecure,  // holds only through an opt-out span (RFC 5155 §9.2), or iterations above the limit (RFC 9276 §3.2)
    failed,
  };
  Outcome outcome = Outcome::failed;
  std::vector<Problem>
      problems;  // why failed (first the one that decides), or notices such as nsec3-opt-out, denial-made-online
  std::vector<std::size_t> used;  // indices of the DenialSets that the proof rests on
  std::optional<dns::Name> closest_encloser, next_closer, wildcard;
};

// What the records say of a name as a possible zone cut, asked with type DS (standards.md §8a 6b).
struct CutProof {
  enum class Cut : std::uint8_t {
    insecure_delegation,  // a record at the name: NS, no DS, no SOA; or an opt-out span covers it (Proof::insecure
                          // then)
    not_a_cut,            // the name exists in this zone, or as an empty non-terminal, and is not delegated
    absent,               // the name does not exist: nothing is at or below it, wildcard or DNAME synthesis aside
    child_side,           // the matching record is the child's own apex (SOA in its bitmap): no proof
    unproven,
  };
  Cut cut = Cut::unproven;
  Proof proof;
};

class Denial {
 public:
  // `zone`: the apex whose keys signed the sets. Sets that are not its own are ignored with a problem: owner or next
  // outside the zone (CVE-2026-13321), an NSEC3 not exactly one label below it (CVE-2026-10723), foreign signer,
  // unknown hash or flags (RFC 5155 §8.1, §8.2), bad next or owner hash, mixed parameters. NSEC and NSEC3 are judged
  // apart, never mixed.
  Denial(const dns::Name& zone, std::vector<DenialSet> sets, const Policy& policy, Nsec3Hash hash, Work& work);
  ~Denial();
  Denial(Denial&&) noexcept;

  Proof prove_nxdomain(const dns::Name& name) const;  // RFC 4035 §5.4, RFC 5155 §8.4
  Proof prove_nodata(const dns::Name& name,
                     dns::RRType type) const;  // with ENT, wildcard NODATA, compact denial; §8.5 to §8.7. DS too, as an
                                               // answer; on the walk use prove_cut
  // The answer at `name` came from a wildcard: its RRSIG has `labels` labels. Nothing closer may exist (RFC 4035
  // §5.3.4, RFC 5155 §8.8).
  Proof prove_wildcard_answer(const dns::Name& name, std::uint8_t labels) const;
  CutProof prove_cut(const dns::Name& name) const;  // is there a signed delegation? RFC 4035 §5.2, RFC 5155 §8.6, §8.9

  bool empty() const;  // no usable record of either kind
  // RFC 9824: an NSEC at `name` itself whose bitmap has NXNAME says that the name does not exist.
  bool says_nxname(const dns::Name& name) const;
  const std::vector<Problem>& problems() const;       // found while reading the sets
  std::optional<dns::Nsec3param> parameters() const;  // of the NSEC3 records in use
  bool has_opt_out() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace validator
