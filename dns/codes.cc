#include "dns/codes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <ranges>
#include <utility>

#include "dns/bytes.h"

namespace dns {
namespace {

template <class Code>
using Word = std::pair<Code, std::string_view>;

// clang-format off: tables, dense
using enum RRType;
constexpr auto rrtypes = std::to_array<Word<RRType>>({
    {a, "A"}, {ns, "NS"}, {md, "MD"}, {mf, "MF"}, {cname, "CNAME"}, {soa, "SOA"}, {mb, "MB"}, {mg, "MG"}, {mr, "MR"},
    {null, "NULL"}, {wks, "WKS"}, {ptr, "PTR"}, {hinfo, "HINFO"}, {minfo, "MINFO"}, {mx, "MX"}, {txt, "TXT"}, {rp, "RP"},
    {afsdb, "AFSDB"}, {x25, "X25"}, {isdn, "ISDN"}, {rt, "RT"}, {nsap, "NSAP"}, {nsap_ptr, "NSAP-PTR"}, {sig, "SIG"},
    {key, "KEY"}, {px, "PX"}, {gpos, "GPOS"}, {aaaa, "AAAA"}, {loc, "LOC"}, {nxt, "NXT"}, {eid, "EID"},
    {nimloc, "NIMLOC"}, {srv, "SRV"}, {atma, "ATMA"}, {naptr, "NAPTR"}, {kx, "KX"}, {cert, "CERT"}, {a6, "A6"},
    {dname, "DNAME"}, {sink, "SINK"}, {opt, "OPT"}, {apl, "APL"}, {ds, "DS"}, {sshfp, "SSHFP"}, {ipseckey, "IPSECKEY"},
    {rrsig, "RRSIG"}, {nsec, "NSEC"}, {dnskey, "DNSKEY"}, {dhcid, "DHCID"}, {nsec3, "NSEC3"}, {nsec3param, "NSEC3PARAM"},
    {tlsa, "TLSA"}, {smimea, "SMIMEA"}, {hip, "HIP"}, {ninfo, "NINFO"}, {rkey, "RKEY"}, {talink, "TALINK"}, {cds, "CDS"},
    {cdnskey, "CDNSKEY"}, {openpgpkey, "OPENPGPKEY"}, {csync, "CSYNC"}, {zonemd, "ZONEMD"}, {svcb, "SVCB"},
    {https, "HTTPS"}, {dsync, "DSYNC"}, {spf, "SPF"}, {nid, "NID"}, {l32, "L32"}, {l64, "L64"}, {lp, "LP"},
    {eui48, "EUI48"}, {eui64, "EUI64"}, {nxname, "NXNAME"}, {tkey, "TKEY"}, {tsig, "TSIG"}, {ixfr, "IXFR"},
    {axfr, "AXFR"}, {mailb, "MAILB"}, {maila, "MAILA"}, {RRType::any, "ANY"}, {uri, "URI"}, {caa, "CAA"}, {avc, "AVC"},
    {doa, "DOA"}, {amtrelay, "AMTRELAY"}, {resinfo, "RESINFO"}, {wallet, "WALLET"}, {ta, "TA"}, {dlv, "DLV"},
});

constexpr auto rrclasses = std::to_array<Word<RRClass>>(
    {{RRClass::in, "IN"}, {RRClass::ch, "CH"}, {RRClass::hs, "HS"}, {RRClass::none, "NONE"}, {RRClass::any, "ANY"}});

constexpr auto rcodes = std::to_array<Word<Rcode>>({
    {Rcode::noerror, "NOERROR"}, {Rcode::formerr, "FORMERR"}, {Rcode::servfail, "SERVFAIL"},
    {Rcode::nxdomain, "NXDOMAIN"}, {Rcode::notimp, "NOTIMP"}, {Rcode::refused, "REFUSED"}, {Rcode::yxdomain, "YXDOMAIN"},
    {Rcode::yxrrset, "YXRRSET"}, {Rcode::nxrrset, "NXRRSET"}, {Rcode::notauth, "NOTAUTH"}, {Rcode::notzone, "NOTZONE"},
    {Rcode::badvers, "BADVERS"}, {Rcode::badkey, "BADKEY"}, {Rcode::badtime, "BADTIME"}, {Rcode::badmode, "BADMODE"},
    {Rcode::badname, "BADNAME"}, {Rcode::badalg, "BADALG"}, {Rcode::badtrunc, "BADTRUNC"}, {Rcode::badcookie, "BADCOOKIE"},
});

// Where a code has several words, the first is written and all are read.
constexpr auto algorithms = std::to_array<Word<Algorithm>>({
    {Algorithm::rsamd5, "RSAMD5"}, {Algorithm::dh, "DH"}, {Algorithm::dsa, "DSA"}, {Algorithm::rsasha1, "RSASHA1"},
    {Algorithm::dsa_nsec3_sha1, "DSA-NSEC3-SHA1"}, {Algorithm::rsasha1_nsec3_sha1, "RSASHA1-NSEC3-SHA1"},
    {Algorithm::rsasha256, "RSASHA256"}, {Algorithm::rsasha512, "RSASHA512"}, {Algorithm::ecc_gost, "ECC-GOST"},
    {Algorithm::ecdsap256sha256, "ECDSAP256SHA256"}, {Algorithm::ecdsap384sha384, "ECDSAP384SHA384"},
    {Algorithm::ed25519, "ED25519"}, {Algorithm::ed448, "ED448"}, {Algorithm::sm2sm3, "SM2SM3"},
    {Algorithm::mldsa44, "ML-DSA-44"}, {Algorithm::ecc_gost12, "ECC-GOST12"}, {Algorithm::indirect, "INDIRECT"},
    {Algorithm::privatedns, "PRIVATEDNS"}, {Algorithm::privateoid, "PRIVATEOID"}, {Algorithm::dsa_nsec3_sha1, "NSEC3DSA"},
    {Algorithm::rsasha1_nsec3_sha1, "NSEC3RSASHA1"}, {Algorithm::ecc_gost, "ECCGOST"}, {Algorithm::mldsa44, "MLDSA44"},
});

constexpr auto digests = std::to_array<Word<Digest>>({
    {Digest::null, "NULL"}, {Digest::sha1, "SHA-1"}, {Digest::sha256, "SHA-256"}, {Digest::gost94, "GOST R 34.11-94"},
    {Digest::sha384, "SHA-384"}, {Digest::gost12, "GOST R 34.11-2012"}, {Digest::sm3, "SM3"},
    {Digest::sha1, "SHA1"}, {Digest::sha256, "SHA256"}, {Digest::sha384, "SHA384"}, {Digest::gost94, "GOST"},
});

constexpr auto ede_names = std::to_array<std::string_view>({
    "Other Error", "Unsupported DNSKEY Algorithm", "Unsupported DS Digest Type", "Stale Answer", "Forged Answer",
    "DNSSEC Indeterminate", "DNSSEC Bogus", "Signature Expired", "Signature Not Yet Valid", "DNSKEY Missing",
    "RRSIGs Missing", "No Zone Key Bit Set", "NSEC Missing", "Cached Error", "Not Ready", "Blocked", "Censored",
    "Filtered", "Prohibited", "Stale NXDOMAIN Answer", "Not Authoritative", "Not Supported", "No Reachable Authority",
    "Network Error", "Invalid Data", "Signature Expired before Valid", "Too Early", "Unsupported NSEC3 Iterations Value",
    "Unable to conform to policy", "Synthesized", "Invalid Query Type", "Rate Limited", "Over Quota",
    "Negative Trust Anchor", "New Delegation Only", "Blocked by Upstream DNS Server",
});
// clang-format on

// Of two words in any case, the first of all letters tells most apart.
bool same_word(std::string_view left, std::string_view right) {
  if (left.size() != right.size()) return false;
  if (!left.empty() && ((left.front() ^ right.front()) & ~('a' - 'A')) != 0) return false;
  return std::ranges::equal(left, right, [](char a, char b) {
    return lower(static_cast<std::uint8_t>(a)) == lower(static_cast<std::uint8_t>(b));
  });
}

template <class Code, std::size_t N>
std::optional<std::string_view> word_of(const std::array<Word<Code>, N>& table, Code code) {
  const auto found = std::ranges::find(table, code, &Word<Code>::first);
  if (found == table.end()) return std::nullopt;
  return found->second;
}

template <class Code, std::size_t N>
std::string word_or(const std::array<Word<Code>, N>& table, Code code, std::string_view prefix) {
  if (const auto word = word_of(table, code)) return std::string(*word);
  return std::string(prefix) + std::to_string(std::to_underlying(code));
}

template <class Code>
std::optional<Code> parse_number(std::string_view text) {
  std::underlying_type_t<Code> value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return Code{value};
}

template <class Code, std::size_t N>
std::optional<Code> parse_word(const std::array<Word<Code>, N>& table, std::string_view text, std::string_view prefix) {
  for (const auto& [code, word] : table)
    if (same_word(word, text)) return code;
  if (text.size() <= prefix.size() || !same_word(text.substr(0, prefix.size()), prefix)) return std::nullopt;
  return parse_number<Code>(text.substr(prefix.size()));
}

}  // namespace

std::string to_text(RRType type) { return word_or(rrtypes, type, "TYPE"); }
std::string to_text(RRClass rrclass) { return word_or(rrclasses, rrclass, "CLASS"); }
std::string to_text(Rcode rcode) { return word_or(rcodes, rcode, "RCODE"); }
std::string to_text(Algorithm algorithm) { return word_or(algorithms, algorithm, ""); }
std::string to_text(Digest digest) { return word_or(digests, digest, ""); }

std::string ede_name(int code) {
  if (code < 0 || static_cast<std::size_t>(code) >= ede_names.size()) return {};
  return std::string(ede_names[static_cast<std::size_t>(code)]);
}

std::optional<RRType> parse_rrtype(std::string_view text) { return parse_word(rrtypes, text, "TYPE"); }
std::optional<RRClass> parse_rrclass(std::string_view text) { return parse_word(rrclasses, text, "CLASS"); }
std::optional<Algorithm> parse_algorithm(std::string_view text) { return parse_word(algorithms, text, ""); }
std::optional<Digest> parse_digest(std::string_view text) { return parse_word(digests, text, ""); }

bool is_meta(RRType type) {
  // 128-255 are query and meta types (RFC 6895 §3.1); OPT is the exception with a low number.
  return type == opt || (number(type) >= 128 && number(type) <= 255);
}

}  // namespace dns
