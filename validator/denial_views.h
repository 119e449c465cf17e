// NSEC and NSEC3 records as two views that answer the same questions: what matches a name, what covers it, what
// encloses it. They prove nothing: validator/denial.cc puts proofs together from the answers. For its files alone.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "validator/denial.h"

namespace validator {

// What the proofs need to know of a usable record, whatever its kind.
struct DenialRecord {
  std::size_t set = 0;  // index of its DenialSet
  std::vector<dns::RRType> types;
  bool opt_out = false;
  bool delegation = false, dname = false;  // then it has no say about names below its own (RFC 6840 §4.1)

  bool has(dns::RRType type) const;
  bool is_nxname() const;  // RFC 9824 §3.1: this name does not exist
};

struct NsecRecord : DenialRecord {
  dns::Name owner;  // as it was signed: the wildcard's own name where the record was made from one
  dns::Name next;
  std::optional<dns::Name> expanded;  // the owner it was sent with, if made from a wildcard
};

using NameHash = std::array<std::uint8_t, 20>;  // SHA-1, the only one defined (RFC 9157 §2)

struct Nsec3Record : DenialRecord {
  NameHash owner{}, next{};
};

// A record that leaves no room for the name between its two ends.
struct Cover {
  enum class Kind : std::uint8_t {
    none,
    absent,              // the name does not exist
    empty_non_terminal,  // the name has no data, and names below it (NSEC only)
    barred,              // covered by a record that has no say there
  };
  Kind kind = Kind::none;
  const DenialRecord* record = nullptr;
};

// The longest ancestor of a name that exists, and the proof that nothing below it leads to the name.
struct Encloser {
  std::optional<dns::Name> name;  // none: not proven, see `problem`
  dns::Name next_closer;
  std::vector<const DenialRecord*> records;  // what it rests on; the last one covers the next closer name
  Problem problem;

  bool opt_out() const { return !records.empty() && records.back()->opt_out; }
};

// RFC 4034 §4, RFC 4035 §5.4.
class NsecView {
 public:
  static constexpr std::string_view form = "nsec";
  NsecView(const dns::Name& zone, const std::vector<NsecRecord>& records) : zone_(zone), records_(records) {}

  const DenialRecord* matching(const dns::Name& name) const;
  Cover covering(const dns::Name& name) const;
  Encloser closest_encloser(const dns::Name& name) const;
  // Nothing proves `name` to exist without the type asked for; `encloser`: that it does not exist at all, if that was
  // proven.
  Problem no_such_name(const dns::Name& name, dns::RRType type, const Encloser& encloser) const;
  // The words of denial-made-online, if the record was made for a question about `name`.
  std::optional<std::string_view> made_online(const DenialRecord& record, const dns::Name& name) const;
  dns::Name owner(const DenialRecord& record, const dns::Name& name) const;

 private:
  const NsecRecord& whole(const DenialRecord& record) const;
  std::optional<Problem> misused_wildcard(const dns::Name& name) const;

  const dns::Name& zone_;
  const std::vector<NsecRecord>& records_;
};

// Hashes already computed for one Denial, and what may still be spent on them.
struct Hashing {
  Nsec3Hash hash;
  Work* work = nullptr;
  dns::Bytes salt;
  std::uint16_t iterations = 0;
  std::unordered_map<dns::Name, NameHash> known;
  bool spent = false;  // once true no proof by NSEC3 holds

  // nullopt: the bound is spent, or `hash` gave no SHA-1 value. `labels`: of the name that the proof is about.
  std::optional<NameHash> of(const dns::Name& name, std::size_t labels);
};

// RFC 5155 §8.
class Nsec3View {
 public:
  static constexpr std::string_view form = "nsec3";
  Nsec3View(const dns::Name& zone, const std::vector<Nsec3Record>& records, Hashing& hashing, std::size_t labels)
      : zone_(zone), records_(records), hashing_(hashing), labels_(labels) {}

  const DenialRecord* matching(const dns::Name& name) const;
  Cover covering(const dns::Name& name) const;
  Encloser closest_encloser(const dns::Name& name) const;
  Problem no_such_name(const dns::Name& name, dns::RRType type, const Encloser& encloser) const;
  std::optional<std::string_view> made_online(const DenialRecord& record, const dns::Name& name) const;
  dns::Name owner(const DenialRecord&, const dns::Name& name) const { return name; }

 private:
  const dns::Name& zone_;
  const std::vector<Nsec3Record>& records_;
  Hashing& hashing_;
  std::size_t labels_;
};

// What reading one DenialSet gave. A set without record is not used; one with a problem and a record is.
template <class Record>
struct RecordRead {
  std::optional<Record> record;
  std::optional<Problem> problem;
};
RecordRead<NsecRecord> read_nsec_set(const DenialSet& set, const dns::Name& zone);
RecordRead<Nsec3Record> read_nsec3_set(const DenialSet& set, const dns::Name& zone);

// Each record gets the types of the other too: neither of two that disagree can deny what the other has.
void share_types(DenialRecord& left, DenialRecord& right);

// Puts records into an order that does not depend on the order of evidence.
template <class Record>
void settle(std::vector<Record>& records) {
  std::ranges::sort(records, [](const Record& left, const Record& right) {
    if (left.owner != right.owner) return left.owner < right.owner;
    if (left.next != right.next) return left.next < right.next;
    return left.set < right.set;
  });
  for (std::size_t i = 1; i < records.size(); ++i)
    if (records[i - 1].owner == records[i].owner) share_types(records[i - 1], records[i]);
  for (std::size_t i = records.size(); i-- > 1;)
    if (records[i - 1].owner == records[i].owner) share_types(records[i - 1], records[i]);
}

// denial-beyond-authority: `record`, at `owner`, is a delegation or DNAME. Requires: it is one of the two.
Problem beyond_authority(const DenialRecord& record, const dns::Name& owner);
// The part of reading that is the same for both kinds: the types and what follows from them.
void take_types(DenialRecord& record, const dns::TypeBitmap& types);
// The bitmap's flaw as a problem; a bitmap that cannot be read to its end can hide a type.
std::optional<Problem> bitmap_problem(const dns::TypeBitmap& types);
bool is_readable(const dns::TypeBitmap& types);

}  // namespace validator
