// Policy: every choice a validator is free to make, and every bound on its work. A value: no globals.
// It judges nothing itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dns/codes.h"
#include "dns/name.h"
#include "dns/time.h"

namespace validator {

// Bounds on the work for one name on the way (one node of the query graph); standards.md §9. A spent bound is a finding
// and never secure.
struct Bounds {
  // Time-weighted: one unit is about one P-256 verification (tech.md §2: P-384 11, Ed448 4, RSA and Ed25519 1 to 2).
  std::uint32_t signature_units = 64;
  std::uint32_t failed_signatures = 16;
  std::uint32_t signatures_per_set = 8;
  std::uint32_t keys_per_tag = 4;  // keys that share algorithm and tag (KeyTrap, CVE-2023-50387)
  std::uint32_t ds_considered = 16;
  std::uint32_t digest_failures = 4;  // per key tag
  std::uint32_t nsec3_records = 12;
  std::uint32_t nsec3_hash_units = 64;  // times (labels + 2): one unit is one SHA-1 block (CVE-2023-50868)
  std::uint32_t nsec_records = 32;
  std::uint32_t aliases = 12;
  std::uint32_t zones = 130;
};

// RFC 7646: from local configuration only.
struct NegativeAnchor {
  dns::Name name;
  std::string reason;
  dns::Time until{};
};

struct Policy {
  enum class Sha1 : std::uint8_t { insecure, accepted } sha1 = Sha1::insecure;  // algorithms 5 and 7, RFC 9905 §2
  std::optional<std::vector<dns::Algorithm>> only_algorithms;  // --algorithms: pretend that only these work
  std::optional<std::vector<dns::Digest>> only_digests;        // --digests
  std::uint16_t max_iterations = 50;                           // RFC 9276 §3.2; above: insecure
  enum class Completeness : std::uint8_t {
    any_path,
    every_algorithm
  } completeness = Completeness::any_path;  // RFC 6840 §5.11
  enum class WhatIf : std::uint8_t { no, assumed_ds } what_if = WhatIf::no;
  enum class Crypto : std::uint8_t { checked, structure_only } crypto = Crypto::checked;  // +nocrypto: never secure
  std::vector<NegativeAnchor> negative_anchors;
  Bounds bounds;
  dns::Seconds warning_window{3 * 86400};  // chain-breaks-soon

  // True if a DS or key of this kind can lead to secure; else it counts as absent (RFC 4035 §5.2, RFC 6840 §5.2).
  bool accepts(dns::Algorithm algorithm) const;
  bool accepts(dns::Digest digest) const;
};

}  // namespace validator
