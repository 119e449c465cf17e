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
std::optional<Bytes> decode(std::string_view text, unsigned bits, const Values& values) {
  Bytes octets;
  octets.reserve(text.size() * bits / 8);
  std::uint32_t held = 0;
  unsigned count = 0;
  for (const char digit : text) {
    const std::uint8_t value = values[static_cast<std::uint8_t>(digit)];
    if (value == no_digit) return std::nullopt;
    held = held << bits | value;
    count += bits;
    if (count < 8) continue;
    count -= 8;
    octets.push_back(static_cast<std::uint8_t>(held >> count));
    held &= (1U << count) - 1;
  }
  if (count >= bits || held != 0) return std::nullopt;
  return octets;
}

}  // namespace

std::string encode_hex(View octets) { return encode(octets, 4, hex_digits); }
std::optional<Bytes> decode_hex(std::string_view text) { return decode(text, 4, hex_values); }

std::string encode_base32hex(View octets) { return encode(octets, 5, base32hex_digits); }
std::optional<Bytes> decode_base32hex(std::string_view text) { return decode(text, 5, base32hex_values); }

std::string encode_base64(View octets) {
  std::string text = encode(octets, 6, base64_digits);
  text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

std::optional<Bytes> decode_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  return decode(text, 6, base64_values);
}

}  // namespace dns
