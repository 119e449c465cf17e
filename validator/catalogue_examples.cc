#include <array>

#include "validator/catalogue_text.h"

namespace validator {
namespace {

struct Example {
  std::string_view name;
  std::string_view text;
};

// Names of RFC 2606, addresses of RFC 5737.
constexpr auto examples = std::to_array<Example>({
    {"zone", "example.com."},
    {"name", "www.example.com."},
    {"type", "A"},
    {"tag", "12345"},
    {"algorithm", "13 ECDSAP256SHA256"},
    {"digest", "2 SHA-256"},
    {"signer", "example.net."},
    {"server", "ns1.example.com. (192.0.2.1)"},
    {"next", "zzz.example.net."},
    {"encloser", "example.com."},
    {"next_closer", "www.example.com."},
    {"wildcard", "*.example.com."},
    {"target", "www.example.net."},
    {"expected_target", "www.example.org."},
    {"ns", "ns1.example.com."},
    {"soa_owner", "example.net."},
    {"types", "NS, SOA"},
    {"expires", "2026-11-22T00:00:00Z"},
    {"inception", "2026-12-01T00:00:00Z"},
    {"breaks_at", "2026-11-26T04:11:00Z"},
    {"since", "2026-11-01T00:00:00Z"},
    {"until", "2026-12-01T00:00:00Z"},
    {"first", "2026-11-20T00:00:00Z"},
    {"last", "2026-11-20T00:40:00Z"},
    {"next_step_at", "2026-12-01T00:00:00Z"},
    {"ttl", "2 days"},
    {"original_ttl", "1 hour"},
    {"expected_ttl", "1 hour"},
    {"remaining", "2 days"},
    {"period", "2 days"},
    {"age", "12 days"},
    {"usual", "7 days"},
    {"offset", "3 minutes"},
    {"waited", "2 seconds"},
    {"soa_expire", "14 days"},
    {"count", "3"},
    {"total", "14"},
    {"expired", "9"},
    {"limit", "16"},
    {"tries", "3"},
    {"labels", "4"},
    {"expected_labels", "3"},
    {"iterations", "200"},
    {"spent", "16"},
    {"octets", "1452"},
    {"expected_octets", "64"},
    {"works_octets", "1232"},
    {"bits", "512"},
    {"minimum_bits", "1024"},
    {"exponent", "3"},
    {"tags", "20326"},
    {"published", "20326, 38696"},
    {"signing", "38696"},
    {"revoked", "20326"},
    {"algorithms", "12 ECC-GOST"},
    {"digests", "3 GOST R 34.11-94"},
    {"stronger", "2 SHA-256"},
    {"keys", "54321 (13 ECDSAP256SHA256)"},
    {"ds", "12345 (13 ECDSAP256SHA256, 2 SHA-256)"},
    {"add", "54321 (13 ECDSAP256SHA256, 2 SHA-256)"},
    {"remove", "12345 (13 ECDSAP256SHA256, 2 SHA-256)"},
    {"serial", "2026111001"},
    {"newest_serial", "2026112301"},
    {"serials", "192.0.2.1 has 2026112301, 192.0.2.2 has 2026112201"},
    {"address", "10.0.0.1"},
    {"missing", "ns1.example.com. 192.0.2.1"},
    {"extra", "ns9.example.com. 192.0.2.9"},
    {"rcode", "SERVFAIL"},
    {"ede", "6 DNSSEC Bogus"},
    {"flags", "257"},
    {"hash", "2"},
    {"option", "65001"},
    {"first_code", "signature-expired"},
    {"their_verdict", "bogus"},
    {"verdict_after", "secure"},
    {"verdicts", "BIND insecure, unbound insecure"},
    {"text", "no valid signature found"},
    {"file", "root.key"},
    {"validator", "unbound"},
    {"expected", "13"},
    {"found", "8"},
    {"scheme", "SIMPLE"},
});

struct Special {
  Code code;
  std::string_view name;
  std::string_view text;  // empty: this row's example has no such value
};

// Where the common example would not fit the row.
constexpr auto specials = std::to_array<Special>({
    {Code::forwarder_strips_dnssec, "name", "."},
    {Code::forwarder_alters_answer, "ede", "15 Blocked"},
    {Code::forwarder_alters_answer, "text", "blocked by policy"},
    {Code::insecure_by_local_rule, "text", "their keys are lost"},
    {Code::anchor_unusable, "algorithms", ""},
    {Code::anchor_unusable, "digests", ""},
    {Code::anchor_not_signing, "published", "38696"},
    {Code::anchor_outdated, "tags", "38696"},
    {Code::root_key_roll, "published", "20326, 38696"},
    {Code::root_key_roll, "revoked", ""},
    {Code::server_loses_dnssec, "rcode", ""},
    {Code::edns_irregular, "rcode", ""},
    {Code::edns_irregular, "flags", ""},
    {Code::udp_answer_large, "limit", "1232"},
    {Code::cookie_wrong, "octets", "8"},
    {Code::parent_servers_disagree, "type", "DS"},
    {Code::ds_answered_from_wrong_side, "soa_owner", ""},
    {Code::ds_mistyped, "expected", "12345"},
    {Code::ds_mistyped, "found", "12354"},
    {Code::ds_spare_wrong, "digest", "4 SHA-384"},
    {Code::ds_sha1_only, "ds", "12345 (13 ECDSAP256SHA256, 1 SHA-1)"},
    {Code::ds_digest_forbidden, "digest", "3 GOST R 34.11-94"},
    {Code::ds_unsupported, "digest", "5 GOST R 34.11-2012"},
    {Code::ds_ttl_long, "limit", "1 day"},
    {Code::key_malformed, "octets", "0"},
    {Code::rsa_size_illegal, "algorithm", "10 RSASHA512"},
    {Code::rsa_size_short, "algorithm", "8 RSASHA256"},
    {Code::rsa_size_short, "bits", "1024"},
    {Code::rsa_size_short, "minimum_bits", "2048"},
    {Code::rsa_exponent_illegal, "algorithm", "8 RSASHA256"},
    {Code::rsa_exponent_illegal, "exponent", "4"},
    {Code::rsa_exponent_unusual, "algorithm", "8 RSASHA256"},
    {Code::algorithm_forbidden, "algorithm", "1 RSAMD5"},
    {Code::algorithm_sha1, "algorithm", "7 RSASHA1-NSEC3-SHA1"},
    {Code::algorithm_discouraged, "algorithm", "10 RSASHA512"},
    {Code::algorithm_unsupported, "algorithm", "253 PRIVATEDNS"},
    {Code::algorithm_experimental, "algorithm", "18 ML-DSA-44"},
    {Code::signature_malformed, "octets", "63"},
    {Code::non_authoritative_data_signed, "type", "NS"},
    {Code::denied_type_listed, "types", "A"},
    {Code::ds_denial_unfit, "types", "A"},
    {Code::nsec3_ignored, "flags", ""},
    {Code::nsec3_iterations_nonzero, "iterations", "10"},
    {Code::nsec3_salt_present, "octets", "8"},
    {Code::nsec3_opt_out, "next_closer", ""},
    {Code::zone_walkable, "next", "apple.example.com."},
    {Code::zone_walkable, "count", ""},
    {Code::nxdomain_contradicted, "type", "MX"},
    {Code::denial_soa_wrong, "soa_owner", ""},
    {Code::alias_with_other_data, "types", "MX, TXT"},
    {Code::dname_cname_wrong, "target", ""},
    {Code::dname_cname_ttl_odd, "ttl", "0 seconds"},
    {Code::answer_padded, "count", "120"},
    {Code::validator_limits_exceeded, "count", "20"},
    {Code::ttl_outlives_signature, "remaining", "3 hours"},
    {Code::cds_servers_disagree, "type", "CDS"},
    {Code::cds_signed_by_wrong_key, "type", "CDS"},
    {Code::cds_differs_from_ds, "type", "CDS"},
    {Code::cds_would_break, "type", "CDS"},
    {Code::cds_would_break, "first_code", "ds-matches-no-key"},
    {Code::cds_would_break, "verdict_after", "bogus"},
    {Code::cds_delete_requested, "type", "CDS"},
    {Code::cds_delete_wrong, "type", "CDS"},
    {Code::bootstrap_signal_unusable, "ns", "ns1.example.net."},
    {Code::csync_present, "types", "NS, A, AAAA"},
    {Code::csync_present, "flags", "3"},
    {Code::zone_apex_incomplete, "count", ""},
    {Code::out_of_zone_data, "name", "www.example.net."},
    {Code::zone_signatures_early, "first", "2026-11-24T01:00:00Z"},
    {Code::zone_signatures_early, "last", "2026-11-24T02:00:00Z"},
    {Code::zone_denial_broken, "first_code", "name-not-denied"},
    {Code::parent_denial_bogus, "first_code", "signature-incorrect"},
});

}  // namespace

std::vector<Filling> example_values(const Row& row) {
  std::vector<Filling> values;
  for (const auto& special : specials) {
    if (special.code == row.code) values.emplace_back(special.name, special.text);
  }
  for (const auto& parameter : parameters(row)) {
    const auto words = words_of(parameter);
    if (!words.empty()) values.emplace_back(parameter.name, in_words(row.code, parameter.name, words.front()));
  }
  for (const auto& example : examples) values.emplace_back(example.name, example.text);
  return values;
}

}  // namespace validator
