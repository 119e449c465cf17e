// P256Table: ECDSA on P-256 (RFC 6605, algorithm 13) by tables of multiples, three times as fast as EVP once a key's
// table is made. It neither decides when a table pays nor whether its answers can be relied on: crypto_tables does,
// with EVP as the reference. Everything here is public data, so nothing runs in constant time.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "dns/bytes.h"

namespace validator {

// What one thread computes with. Not thread-safe.
class P256Work {
 public:
  static constexpr std::size_t at_once = 64;  // signatures that share one inversion

  P256Work();
  ~P256Work();
  P256Work(P256Work&&) noexcept;
  P256Work& operator=(P256Work&&) noexcept;

 private:
  friend class P256Table;
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

// One key's table, 156 kB. Unchanged once made, so threads may share it, each with its own P256Work.
class P256Table {
 public:
  static constexpr std::size_t key_octets = 64, signature_octets = 64;  // RFC 6605 §4

  static bool is_available();  // false: this OpenSSL lacks the functions, and `make` makes nothing

  // nullptr: no point on the curve, or a table that does not agree with plain multiplication. Costs as much as some 400
  // verifications by EVP.
  static std::shared_ptr<const P256Table> make(dns::View key);
  ~P256Table();
  P256Table(const P256Table&) = delete;
  P256Table& operator=(const P256Table&) = delete;

  struct Signed {
    std::array<std::uint8_t, 32> digest;
    dns::View signature;
  };
  enum class Answer : std::uint8_t { good, bad, failed };  // failed: it could not be computed
  // Requires: answers.size() == all.size().
  void check(std::span<const Signed> all, std::span<Answer> answers, P256Work& work) const;

 private:
  struct Parts;
  explicit P256Table(std::unique_ptr<Parts> parts);
  void check_some(std::span<const Signed> some, std::span<Answer> answers, P256Work& work) const;
  std::unique_ptr<Parts> parts_;
};

}  // namespace validator
