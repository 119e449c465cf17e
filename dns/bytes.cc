#include "dns/bytes.h"

#include <algorithm>

namespace dns {

std::string_view to_text(Fault fault) {
  switch (fault) {
    case Fault::too_short: return "short";
    case Fault::bad_name: return "name";
    case Fault::bad_count: return "count";
    case Fault::bad_rdata: return "rdata";
    case Fault::trailing: return "trailing";
    case Fault::compressed: return "compressed";
  }
  return "other";
}

std::optional<std::uint8_t> Reader::u8() {
  if (left() < 1) return std::nullopt;
  return octets_[at_++];
}

std::optional<std::uint16_t> Reader::u16() {
  if (left() < 2) return std::nullopt;
  const auto value = static_cast<std::uint16_t>(octets_[at_] << 8 | octets_[at_ + 1]);
  at_ += 2;
  return value;
}

std::optional<std::uint32_t> Reader::u32() {
  if (left() < 4) return std::nullopt;
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | octets_[at_ + i];
  at_ += 4;
  return value;
}

std::optional<View> Reader::take(std::size_t count) {
  if (left() < count) return std::nullopt;
  const View taken = octets_.subspan(at_, count);
  at_ += count;
  return taken;
}

View Reader::rest() {
  const View taken = octets_.subspan(at_);
  at_ = octets_.size();
  return taken;
}

void Writer::u16(std::uint16_t value) {
  u8(static_cast<std::uint8_t>(value >> 8));
  u8(static_cast<std::uint8_t>(value & 0xff));
}

void Writer::u32(std::uint32_t value) {
  u16(static_cast<std::uint16_t>(value >> 16));
  u16(static_cast<std::uint16_t>(value & 0xffff));
}

void Writer::put_u16_at(std::size_t at, std::uint16_t value) {
  octets_[at] = static_cast<std::uint8_t>(value >> 8);
  octets_[at + 1] = static_cast<std::uint8_t>(value & 0xff);
}

bool octets_less(View left, View right) {
  return std::lexicographical_compare(left.begin(), left.end(), right.begin(), right.end());
}

bool octets_equal(View left, View right) { return std::ranges::equal(left, right); }

}  // namespace dns
