// Shape: one row per RR type that says where the fields of its data are, names above all.
// It gives the fields no meaning; rdata.h does, for the types DNSSEC needs.
#pragma once

#include <expected>
#include <string_view>

#include "dns/bytes.h"
#include "dns/codes.h"

namespace dns {

// One letter a field, in wire order:
//   b u8 · w u16 · d u32 · a algorithm (u8) · g digest type (u8) · t RR type (u16) · i timestamp (u32) · l TTL (u32)
//   n name · 4 IPv4 · 6 IPv6 · s character-string · S character-strings to the end (at least one)
//   h length octet + octets as hex ("-" if none) · H length octet + octets as base32hex
//   X hex to the end · B base64 to the end · T type bitmap to the end · r opaque to the end · P A6 prefix and suffix
struct Shape {
  RRType type;
  std::string_view fields;
  enum class Case : std::uint8_t { kept, lowered } names;  // in canonical form: RFC 4034 §6.2 with RFC 6840 §5.1
  enum class Compression : std::uint8_t { allowed, forbidden } compression;  // RFC 3597 §4: only RFC 1035 types may
};

const Shape& shape(RRType type);  // types not in the table are opaque: "r"

// The data of one record as it stands in a message, names decompressed; `compressed` tells of a forbidden compression.
struct RdataRead {
  Bytes rdata;
  enum class Compressed : std::uint8_t { no, yes } forbidden_compression = Compressed::no;
};
// Reads `length` octets at `reader`. Error: the octets do not have the type's shape, or end early or late.
std::expected<RdataRead, Fault> read_rdata(Reader& reader, RRType type, std::size_t length);

// True if uncompressed `rdata` has the shape of its type, to the last octet.
bool fits_shape(RRType type, View rdata);

// `rdata` with embedded names lowered where the type's row says so (RFC 4034 §6.2); what has not the shape is left
// alone.
Bytes canonical_rdata(RRType type, View rdata);

}  // namespace dns
