// The input of a fuzzer as a row of small choices; zeros once it is used up, so that short inputs mean something too.
// It knows no format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "dns/bytes.h"

namespace fuzz {

class Choices {
 public:
  Choices(const std::uint8_t* data, std::size_t size) : octets_(data, size) {}

  [[nodiscard]] bool used_up() const { return octets_.empty(); }
  std::uint8_t octet() {
    const std::uint8_t first = octets_.empty() ? std::uint8_t{0} : octets_.front();
    if (!octets_.empty()) octets_ = octets_.subspan(1);
    return first;
  }
  std::uint32_t word() { return static_cast<std::uint32_t>(octet() << 8 | octet()); }
  // Requires: limit > 0.
  std::size_t below(std::size_t limit) { return (limit > 256 ? word() : octet()) % limit; }
  dns::Bytes octets(std::size_t most) {
    const auto count = below(most + 1);
    const auto taken = octets_.first(count < octets_.size() ? count : octets_.size());
    octets_ = octets_.subspan(taken.size());
    return {taken.begin(), taken.end()};
  }

 private:
  std::span<const std::uint8_t> octets_;
};

}  // namespace fuzz
