// Record and RRset: what stands in a zone or a message, octets first.
// Meaning of the data is in rdata.h; trust in it is the validator's.
#pragma once

#include <span>
#include <vector>

#include "dns/bytes.h"
#include "dns/codes.h"
#include "dns/name.h"

namespace dns {

struct Record {
  Name owner;
  RRType type{};
  RRClass rrclass = RRClass::in;
  Ttl ttl = 0;
  Bytes rdata;  // names decompressed; as heard where the data has not its type's shape
  enum class Form : std::uint8_t { good, bad } form = Form::good;

  friend bool operator==(const Record&, const Record&) = default;
};

// All records of one owner, type and class. The data is in canonical order without repeats (RFC 4034 §6.3).
struct RRset {
  Name owner;
  RRType type{};
  RRClass rrclass = RRClass::in;
  Ttl ttl = 0;      // the least that was heard (RFC 2181 §5.2)
  Ttl ttl_max = 0;  // the greatest: differs from `ttl` only in a faulty set
  std::vector<Bytes> rdatas;

  friend bool operator==(const RRset&, const RRset&) = default;
};

// An RRset and the RRSIG records that came for it: same owner and class, type covered equal to its type.
struct SignedRRset {
  RRset set;
  std::vector<Record> signatures;  // of type RRSIG, in the order heard, repeats dropped

  friend bool operator==(const SignedRRset&, const SignedRRset&) = default;
};

// Groups records by owner, type and class, in order of first appearance; RRSIG records go to the set they cover.
// Signatures that cover nothing present form a SignedRRset with an empty set. Records of bad form are left out.
std::vector<SignedRRset> group(std::span<const Record> records);

}  // namespace dns
