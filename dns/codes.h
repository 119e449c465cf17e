// Code points of DNS and DNSSEC as open enums: every value of the field is legal, known or not.
// No judgement here: which algorithm is good is the validator's Policy.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dns {

// clang-format off: numbers as in their registries, dense
enum class RRType : std::uint16_t {
  a = 1, ns = 2, md = 3, mf = 4, cname = 5, soa = 6, mb = 7, mg = 8, mr = 9, null = 10, wks = 11, ptr = 12, hinfo = 13,
  minfo = 14, mx = 15, txt = 16, rp = 17, afsdb = 18, x25 = 19, isdn = 20, rt = 21, nsap = 22, nsap_ptr = 23, sig = 24,
  key = 25, px = 26, gpos = 27, aaaa = 28, loc = 29, nxt = 30, eid = 31, nimloc = 32, srv = 33, atma = 34, naptr = 35,
  kx = 36, cert = 37, a6 = 38, dname = 39, sink = 40, opt = 41, apl = 42, ds = 43, sshfp = 44, ipseckey = 45, rrsig = 46,
  nsec = 47, dnskey = 48, dhcid = 49, nsec3 = 50, nsec3param = 51, tlsa = 52, smimea = 53, hip = 55, ninfo = 56,
  rkey = 57, talink = 58, cds = 59, cdnskey = 60, openpgpkey = 61, csync = 62, zonemd = 63, svcb = 64, https = 65,
  dsync = 66, spf = 99, nid = 104, l32 = 105, l64 = 106, lp = 107, eui48 = 108, eui64 = 109, nxname = 128, tkey = 249,
  tsig = 250, ixfr = 251, axfr = 252, mailb = 253, maila = 254, any = 255, uri = 256, caa = 257, avc = 258, doa = 259,
  amtrelay = 260, resinfo = 261, wallet = 262, ta = 32768, dlv = 32769,
};

enum class RRClass : std::uint16_t { in = 1, ch = 3, hs = 4, none = 254, any = 255 };

// RCODE with the upper bits of the OPT record (RFC 6891 §6.1.3).
enum class Rcode : std::uint16_t {
  noerror = 0, formerr = 1, servfail = 2, nxdomain = 3, notimp = 4, refused = 5, yxdomain = 6, yxrrset = 7, nxrrset = 8,
  notauth = 9, notzone = 10, badvers = 16, badkey = 17, badtime = 18, badmode = 19, badname = 20, badalg = 21,
  badtrunc = 22, badcookie = 23,
};

// DNSKEY and RRSIG algorithm numbers (IANA dns-sec-alg-numbers).
enum class Algorithm : std::uint8_t {
  rsamd5 = 1, dh = 2, dsa = 3, rsasha1 = 5, dsa_nsec3_sha1 = 6, rsasha1_nsec3_sha1 = 7, rsasha256 = 8, rsasha512 = 10,
  ecc_gost = 12, ecdsap256sha256 = 13, ecdsap384sha384 = 14, ed25519 = 15, ed448 = 16, sm2sm3 = 17, mldsa44 = 18,
  ecc_gost12 = 23, indirect = 252, privatedns = 253, privateoid = 254,
};
// clang-format on

// DS digest types (IANA ds-rr-types).
enum class Digest : std::uint8_t { null = 0, sha1 = 1, sha256 = 2, gost94 = 3, sha384 = 4, gost12 = 5, sm3 = 6 };

// Text of a code: its mnemonic, or TYPE65534, CLASS7, RCODE99, and plain digits for algorithms and digests.
std::string to_text(RRType type);
std::string to_text(RRClass rrclass);
std::string to_text(Rcode rcode);
std::string to_text(Algorithm algorithm);  // "ECDSAP256SHA256"; "99" when unknown
std::string to_text(Digest digest);        // "SHA-256"
std::string ede_name(int code);            // RFC 8914 and its registry: "DNSSEC Bogus"; "" when unknown

// Text to code, letter case ignored; TYPEnnn and plain digits (algorithms) are understood.
std::optional<RRType> parse_rrtype(std::string_view text);
std::optional<RRClass> parse_rrclass(std::string_view text);
std::optional<Algorithm> parse_algorithm(std::string_view text);
std::optional<Digest> parse_digest(std::string_view text);

// Types that never stand in a zone as data: OPT, TSIG, ANY, AXFR … (RFC 6895 §3.1), and never in a type bitmap (RFC
// 4034 §4.1.2).
bool is_meta(RRType type);

using KeyTag = std::uint16_t;  // a hint, never an identity (RFC 4034 §B)
using Ttl = std::uint32_t;     // seconds

constexpr std::uint8_t number(Algorithm algorithm) { return static_cast<std::uint8_t>(algorithm); }
constexpr std::uint8_t number(Digest digest) { return static_cast<std::uint8_t>(digest); }
constexpr std::uint16_t number(RRType type) { return static_cast<std::uint16_t>(type); }
constexpr std::uint16_t number(RRClass rrclass) { return static_cast<std::uint16_t>(rrclass); }
constexpr std::uint16_t number(Rcode rcode) { return static_cast<std::uint16_t>(rcode); }

}  // namespace dns
