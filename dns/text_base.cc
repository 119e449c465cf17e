#include <algorithm>
#include <array>

#include "dns/text.h"

namespace dns {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base32hex_digits = "0123456789abcdefghijklmnopqrstuv";
constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::uint8_t no_digit = 0xff;
using Values = std::array<std::uint8_t, 256>;

enum class Letters : std::uint8_t { exact, any_case };

constexpr Values values_of(std::string_view digits, Letters letters) {
  Values values{};
  values.fill(no_digit);
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const char digit = digits[i];
    values[static_cast<std::uint8_t>(digit)] = static_cast<std::uint8_t>(i);
    if (letters == Letters::any_case && digit >= 'a' && digit <= 'z')
      values[static_cast<std::uint8_t>(digit - 'a' + 'A')] = static_cast<std::uint8_t>(i);
  }
  return values;
}

constexpr Values hex_values = values_of(hex_digits, Letters::any_case);
constexpr Values base32hex_values = values_of(base32hex_digits, Letters::any_case);
constexpr Values base64_values = values_of(base64_digits, Letters::exact);

// Digits of `bits` bits each, the last one filled with zero bits.
std::string encode(View octets, unsigned bits, std::string_view digits) {
  std::string text;
  text.reserve((octets.size() * 8 + bits - 1) / bits);
  std::uint32_t held = 0;
  unsigned count = 0;
  for (const std::uint8_t octet : octets) {
    held = held << 8 | octet;
    for (count += 8; count >= bits; count -= bits) text += digits[held >> (count - bits) & ((1U << bits) - 1)];
    held &= (1U << count) - 1;
  }
  if (count > 0) text += digits[held << (bits - count) & ((1U << bits) - 1)];
  return text;
}

// Refuses what `encode` would not have written: a foreign digit, a digit too many, bits set that belong to no octet.
template <unsigned bits>
std::optional<Bytes> decode(std::string_view text, const Values& values) {
  Bytes octets(text.size() * bits / 8);
  std::uint8_t* to = octets.data();
  std::uint64_t held = 0;
  unsigned count = 0;
  std::uint8_t all = 0;  // of the values: only a foreign one has the highest bit
  for (const char digit : text) {
    const std::uint8_t value = values[static_cast<std::uint8_t>(digit)];
    all |= value;
    held = held << bits | value;
    count += bits;
    if (count < 8) continue;
    count -= 8;
    *to++ = static_cast<std::uint8_t>(held >> count);
  }
  held &= (1U << count) - 1;
  if ((all & 0x80U) != 0 || count >= bits || held != 0) return std::nullopt;
  return octets;
}

}  // namespace

std::string encode_hex(View octets) { return encode(octets, 4, hex_digits); }
std::optional<Bytes> decode_hex(std::string_view text) { return decode<4>(text, hex_values); }

std::string encode_base32hex(View octets) { return encode(octets, 5, base32hex_digits); }
std::optional<Bytes> decode_base32hex(std::string_view text) { return decode<5>(text, base32hex_values); }

std::string encode_base64(View octets) {
  std::string text = encode(octets, 6, base64_digits);
  text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

std::optional<Bytes> decode_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  // Four digits are three octets: most of a zone is read here.
  Bytes octets(text.size() * 6 / 8);
  std::uint8_t* to = octets.data();
  std::uint8_t all = 0;  // only a foreign digit has the highest bit
  const auto digit = [&](std::size_t at) -> std::uint32_t {
    const std::uint8_t value = base64_values[static_cast<std::uint8_t>(text.data()[at])];
    all |= value;
    return value;
  };
  std::size_t at = 0;
  for (; at + 4 <= text.size(); at += 4) {
    const std::uint32_t four = digit(at) << 18 | digit(at + 1) << 12 | digit(at + 2) << 6 | digit(at + 3);
    *to++ = static_cast<std::uint8_t>(four >> 16);
    *to++ = static_cast<std::uint8_t>(four >> 8);
    *to++ = static_cast<std::uint8_t>(four);
  }
  const auto last = decode<6>(text.substr(at), base64_values);
  if ((all & 0x80U) != 0 || !last) return std::nullopt;
  std::ranges::copy(*last, to);
  return octets;
}

}  // namespace dns
