// The data of the record types that DNSSEC is made of, read once from their octets.
// No judgement: a key of impossible length is still a key here.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <vector>

#include "dns/bytes.h"
#include "dns/codes.h"
#include "dns/name.h"
#include "dns/time.h"

namespace dns {

// RFC 4034 §4.1.2. Order and zero octets are kept as flaws, so that a check can name them.
struct TypeBitmap {
  enum class Flaw : std::uint8_t { none, order, length, zeros, pseudo };
  std::vector<RRType> types;  // ascending
  Flaw flaw = Flaw::none;     // the first one met

  bool has(RRType type) const;
  friend bool operator==(const TypeBitmap&, const TypeBitmap&) = default;
};
TypeBitmap read_bitmap(View octets);
Bytes write_bitmap(std::span<const RRType> types);  // any order, repeats allowed

// RFC 4034 §2, also CDNSKEY (RFC 7344 §3.2).
struct Dnskey {
  static constexpr std::uint16_t zone_flag = 0x0100, revoke_flag = 0x0080, sep_flag = 0x0001;
  std::uint16_t flags = 0;
  std::uint8_t protocol = 3;
  Algorithm algorithm{};
  Bytes key;

  bool is_zone_key() const { return (flags & zone_flag) != 0; }
  bool is_revoked() const { return (flags & revoke_flag) != 0; }  // RFC 5011 §3
  bool is_sep() const { return (flags & sep_flag) != 0; }
  KeyTag tag() const;  // RFC 4034 §B, with §B.1 for algorithm 1
  friend bool operator==(const Dnskey&, const Dnskey&) = default;
};

// RFC 4034 §5, also CDS (RFC 7344 §3.1).
struct Ds {
  KeyTag tag = 0;
  Algorithm algorithm{};
  Digest digest_type{};
  Bytes digest;
  friend bool operator==(const Ds&, const Ds&) = default;
};

// RFC 4034 §3.
struct Rrsig {
  RRType covered{};
  Algorithm algorithm{};
  std::uint8_t labels = 0;
  Ttl original_ttl = 0;
  Timestamp expiration, inception;
  KeyTag tag = 0;
  Name signer;
  Bytes signature;
  friend bool operator==(const Rrsig&, const Rrsig&) = default;
};

struct Nsec {  // RFC 4034 §4
  Name next;
  TypeBitmap types;
  friend bool operator==(const Nsec&, const Nsec&) = default;
};

struct Nsec3 {  // RFC 5155 §3
  static constexpr std::uint8_t opt_out_flag = 0x01;
  std::uint8_t hash = 0, flags = 0;
  std::uint16_t iterations = 0;
  Bytes salt, next;
  TypeBitmap types;
  bool opt_out() const { return (flags & opt_out_flag) != 0; }
  friend bool operator==(const Nsec3&, const Nsec3&) = default;
};

struct Nsec3param {  // RFC 5155 §4
  std::uint8_t hash = 0, flags = 0;
  std::uint16_t iterations = 0;
  Bytes salt;
  friend bool operator==(const Nsec3param&, const Nsec3param&) = default;
};

struct Soa {  // RFC 1035 §3.3.13
  Name mname, rname;
  std::uint32_t serial = 0, refresh = 0, retry = 0, expire = 0, minimum = 0;
  friend bool operator==(const Soa&, const Soa&) = default;
};

// Each reads uncompressed rdata that it must fill exactly; nullopt: not of this form.
std::optional<Dnskey> read_dnskey(View rdata);
std::optional<Ds> read_ds(View rdata);
std::optional<Rrsig> read_rrsig(View rdata);
std::optional<Nsec> read_nsec(View rdata);
std::optional<Nsec3> read_nsec3(View rdata);
std::optional<Nsec3param> read_nsec3param(View rdata);
std::optional<Soa> read_soa(View rdata);
std::optional<Name> read_target(View rdata);  // NS, CNAME, DNAME, PTR: the one name

Bytes write(const Dnskey& key);
Bytes write(const Ds& ds);
Bytes write(const Rrsig& rrsig);
Bytes write(const Nsec& nsec);
Bytes write(const Nsec3& nsec3);
Bytes write(const Nsec3param& param);
Bytes write(const Soa& soa);

// Octets without the signature and with the signer in lower case: the head of what is signed (RFC 4034 §3.1.8.1).
Bytes write_unsigned(const Rrsig& rrsig);

}  // namespace dns
