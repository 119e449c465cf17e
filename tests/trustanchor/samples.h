// The root's two keys as text, and a digest function that knows their digests: what readers of anchors are fed in
// tests. No hash is computed here: trustanchor/ gets SHA-2 from outside.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "dns/text.h"
#include "trustanchor/anchors.h"

namespace samples {

// Both from root.key of Debian's dns-root-data 2024071801, the digests from its root.ds.
inline constexpr std::string_view key_2017 =
    "AwEAAaz/tAm8yTn4Mfeh5eyI96WSVexTBAvkMgJzkKTOiW1vkIbzxeF3+/4RgWOq7HrxRixHlFlExOLAJr5emLvN7SWXgnLh4+B5xQlNVz8Og8kv"
    "ArMtNROxVQuCaSnIDdD5LKyWbRd2n9WGe2R8PzgCmr3EgVLrjyBxWezF0jLHwVN8efS3rCj/EWgvIWgb9tarpVUDK/b58Da+sqqls3eNbuv7pr+e"
    "oZG+SrDK6nWeL3c6H5Apxz7LjVc1uTIdsIXxuOLYA4/ilBmSVIzuDWfdRUfhHdY6+cn8HFRm+2hM8AnXGXws9555KrUB5qihylGa8subX2Nn6UwN"
    "R1AkUTV74bU=";
inline constexpr std::string_view key_2024 =
    "AwEAAa96jeuknZlaeSrvyAJj6ZHv28hhOKkx3rLGXVaC6rXTsDc449/cidltpkyGwCJNnOAlFNKF2jBosZBU5eeHspaQWOmOElZsjICMQMC3aeHb"
    "GiShvZsx4wMYSjH8e7Vrhbu6irwCzVBApESjbUdpWWmEnhathWu1jo+siFUiRAAxm9qyJNg/wOZqqzL/dL/q8PkcRU5oUKEpUge71M3ej2/7CPqp"
    "dVwuMoTvoB+ZOT4YeGyxMvHmbrxlFzGOHOijtzN+u1TQNatX2XBuzZNQ1K+s2CXkPIZo7s6JgZyvaBevYtxPvYLw4z9mR7K2vaF18UYH9Z9GNUUe"
    "ayffKC73PYc=";
inline constexpr std::string_view digest_2017 = "E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D";
inline constexpr std::string_view digest_2024 = "683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16";

inline std::string ds_2017() { return ". IN DS 20326 8 2 " + std::string(digest_2017); }
inline std::string ds_2024() { return ". IN DS 38696 8 2 " + std::string(digest_2024); }
inline std::string dnskey_2017() { return ". IN DNSKEY 257 3 8 " + std::string(key_2017); }
inline std::string dnskey_2024() { return ". IN DNSKEY 257 3 8 " + std::string(key_2024); }

// SHA-256 of the two keys' DS input; of all else zeros, which fit nothing. No other digest type.
inline std::optional<dns::Bytes> digest(dns::Digest type, dns::View data) {
  if (type != dns::Digest::sha256) return std::nullopt;
  for (const auto& [key, digest] : {std::pair(key_2017, digest_2017), std::pair(key_2024, digest_2024)}) {
    const dns::Bytes octets = dns::decode_base64(key).value();
    const dns::Bytes head = {0, 1, 1, 3, 8};  // the root's name, flags 257, protocol 3, algorithm 8
    if (data.size() == head.size() + octets.size() && std::ranges::equal(data.first(head.size()), head) &&
        std::ranges::equal(data.subspan(head.size()), octets))
      return dns::decode_hex(digest);
  }
  return dns::Bytes(32, 0);
}

}  // namespace samples
