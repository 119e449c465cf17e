// Work: what one name on the way has cost so far, against the Policy's bounds (KeyTrap CVE-2023-50387, NSEC3
// CVE-2023-50868). It stops nobody: callers ask before they spend.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "dns/codes.h"
#include "validator/policy.h"

namespace validator {

class Work {
 public:
  explicit Work(const Bounds& bounds) : bounds_(bounds) {}

  // Which bound a request ran into; the words of `work-budget-spent`.
  enum class Bound : std::uint8_t { signatures, failures, tag_collisions, digests, nsec3_hashes };

  // Each asks for leave to spend; false: the bound is spent, and `spent()` says which was first.
  bool may_verify(std::uint32_t units);
  void failed();  // one verification did not succeed
  bool may_hash(std::uint32_t units, std::size_t labels);
  bool may_try_keys(std::size_t colliding);
  bool may_digest_again(std::size_t failures_of_this_tag);
  // One set had more signatures than are tried for a set, and none held: told, but no end for the name's other sets.
  void left_untried() { untried_ = true; }
  bool is_untried() const { return untried_; }

  std::optional<Bound> spent() const { return spent_; }
  std::uint64_t spent_count() const { return spent_count_; }
  std::uint64_t limit() const { return limit_; }
  const Bounds& bounds() const { return bounds_; }

 private:
  bool refuse(Bound bound, std::uint64_t spent, std::uint64_t limit);

  Bounds bounds_;
  std::uint32_t units_ = 0, failures_ = 0, hash_units_ = 0;
  bool untried_ = false;
  std::optional<Bound> spent_;
  std::uint64_t spent_count_ = 0, limit_ = 0;
};
std::string_view to_text(Work::Bound bound);

}  // namespace validator
