#include "validator/work.h"

namespace validator {

bool Work::refuse(Bound bound, std::uint64_t spent, std::uint64_t limit) {
  if (!spent_) {
    spent_ = bound;
    spent_count_ = spent;
    limit_ = limit;
  }
  return false;
}

bool Work::may_verify(std::uint32_t units) {
  if (failures_ >= bounds_.failed_signatures) return refuse(Bound::failures, failures_, bounds_.failed_signatures);
  if (units_ + units > bounds_.signature_units) return refuse(Bound::signatures, units_, bounds_.signature_units);
  units_ += units;
  return true;
}

void Work::failed() { ++failures_; }

bool Work::may_hash(std::uint32_t units, std::size_t labels) {
  const std::uint64_t limit = bounds_.nsec3_hash_units * (labels + 2);
  if (hash_units_ + std::uint64_t{units} > limit) return refuse(Bound::nsec3_hashes, hash_units_, limit);
  hash_units_ += units;
  return true;
}

bool Work::may_try_keys(std::size_t colliding) {
  if (colliding > bounds_.keys_per_tag) return refuse(Bound::tag_collisions, colliding, bounds_.keys_per_tag);
  return true;
}

bool Work::may_digest_again(std::size_t failures_of_this_tag) {
  if (failures_of_this_tag >= bounds_.digest_failures)
    return refuse(Bound::digests, failures_of_this_tag, bounds_.digest_failures);
  return true;
}

std::string_view to_text(Work::Bound bound) {
  switch (bound) {
    case Work::Bound::signatures: return "signatures";
    case Work::Bound::failures: return "failures";
    case Work::Bound::tag_collisions: return "tag-collisions";
    case Work::Bound::digests: return "digests";
    case Work::Bound::nsec3_hashes: return "nsec3-hashes";
  }
  return "signatures";
}

}  // namespace validator
