// Keys, signatures and DS records made by real tools: ldnsutils or BIND's dnssec-keygen and dnssec-signzone.
// It does not decide what goes into a zone or a parent; world.h does.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/lab/zone_text.h"

namespace lab {

enum class Tool { none, ldns, bind };
enum class Denial { nsec, nsec3, nsec3_opt_out };

struct Signing {
  Tool tool = Tool::ldns;
  std::string algorithm = "ECDSAP256SHA256";  // by the mnemonic of RFC 9904; each tool's own spelling is found here
  Denial denial = Denial::nsec;
  unsigned iterations = 0;
  std::string salt = "-";
  std::chrono::seconds begins = -std::chrono::hours{1};  // from now
  std::chrono::seconds ends = std::chrono::hours{24 * 20};
};

struct KeyPair {
  std::string ksk;  // base names, as both tools use them
  std::string zsk;
};

// Requires: `zone` absolute; the key files are put into `folder`.
[[nodiscard]] KeyPair make_keys(const Signing& signing, const std::string& zone, const std::filesystem::path& folder);

// One key. `tool` must not be none.
enum class Role { entry, data };
[[nodiscard]] std::string make_key(const Signing& signing, const std::string& zone, Role role,
                                   const std::filesystem::path& folder);

// Signs folder/`file` with the keys (base names). Returns: the signed zone.
[[nodiscard]] ZoneText sign(const Signing& signing, const std::string& zone, const std::string& file,
                            const std::vector<std::string>& keys, const std::filesystem::path& folder);

// Returns: the data of the DS ("TAG ALG TYPE HEX") of folder/`key`.key, one for each digest type (1, 2, 4).
[[nodiscard]] std::vector<std::string> ds_of(const Signing& signing, const std::string& key,
                                             const std::vector<int>& digests, const std::filesystem::path& folder);

}  // namespace lab
