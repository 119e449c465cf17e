// Reader and Writer: the only code that indexes wire data.
// They know octets and lengths, not what the octets mean.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dns {

using Bytes = std::vector<std::uint8_t>;
using View = std::span<const std::uint8_t>;

// Why octets could not be read as what they claim to be; the words are those of `reply-unreadable` (findings.md §2.2).
enum class Fault : std::uint8_t { too_short, bad_name, bad_count, bad_rdata, trailing, compressed };
std::string_view to_text(Fault fault);  // "short", "name", "count", "rdata", "trailing", "compressed"

// A cursor over octets that never leaves them. Every read says by nullopt that too little was left.
class Reader {
 public:
  explicit Reader(View octets, std::size_t at = 0) : octets_(octets), at_(at <= octets.size() ? at : octets.size()) {}

  std::optional<std::uint8_t> u8();
  std::optional<std::uint16_t> u16();
  std::optional<std::uint32_t> u32();
  std::optional<View> take(std::size_t count);
  View rest();  // takes all that is left

  std::size_t at() const { return at_; }
  std::size_t left() const { return octets_.size() - at_; }
  bool done() const { return left() == 0; }
  View whole() const { return octets_; }
  void move_to(std::size_t at) { at_ = at <= octets_.size() ? at : octets_.size(); }

 private:
  View octets_;
  std::size_t at_;
};

// Appends big-endian numbers and octets.
class Writer {
 public:
  void u8(std::uint8_t value) { octets_.push_back(value); }
  void u16(std::uint16_t value);
  void u32(std::uint32_t value);
  void put(View octets) { octets_.insert(octets_.end(), octets.begin(), octets.end()); }
  void put_u16_at(std::size_t at, std::uint16_t value);  // Requires: at + 2 <= size().
  std::size_t size() const { return octets_.size(); }
  Bytes take() { return std::move(octets_); }
  View view() const { return octets_; }

 private:
  Bytes octets_;
};

// Shorter first where one is the other's beginning: "absent octet sorts first" (RFC 4034 §6.3).
bool octets_less(View left, View right);
bool octets_equal(View left, View right);

constexpr std::uint8_t lower(std::uint8_t octet) {
  return octet >= 'A' && octet <= 'Z' ? static_cast<std::uint8_t>(octet + ('a' - 'A')) : octet;
}

}  // namespace dns
