// Small words of the dns tests: octets from hex, names from text, files.
// They take what is written in a test for right: a mistake in it stops the test.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "dns/bytes.h"
#include "dns/name.h"

namespace dns {

// "00 0a" in any grouping; read here and not by decode_hex, which is under test.
inline Bytes octets(std::string_view hex) {
  Bytes bytes;
  int digits = 0;
  for (const char c : hex) {
    if (c == ' ' || c == '\n') continue;
    const auto value = static_cast<std::uint8_t>(c >= 'a' ? c - 'a' + 10 : c >= 'A' ? c - 'A' + 10 : c - '0');
    if (digits++ % 2 == 0)
      bytes.push_back(static_cast<std::uint8_t>(value << 4));
    else
      bytes.back() = static_cast<std::uint8_t>(bytes.back() | value);
  }
  EXPECT_EQ(digits % 2, 0) << hex;
  return bytes;
}

inline Bytes octets_of(std::string_view text) { return {text.begin(), text.end()}; }

inline Name name(std::string_view text) {
  const auto parsed = Name::parse(text);
  EXPECT_TRUE(parsed) << text;
  return parsed.value_or(Name{});
}

// "" where the file cannot be read.
inline std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A fixed sequence of numbers (xorshift64*), the same on every machine.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return state_ * 0x2545f4914f6cdd1d;
  }
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() >> 32) % bound; }

 private:
  std::uint64_t state_;
};

}  // namespace dns
