#include "dns/address.h"

#include <arpa/inet.h>

#include <algorithm>

namespace dns {
namespace {

struct Range {
  std::uint32_t base;
  int bits;
};

constexpr std::array<Range, 10> special_ranges{{{0x00000000, 8},    // this network
                                                {0x0a000000, 8},    // private
                                                {0x64400000, 10},   // shared
                                                {0x7f000000, 8},    // loopback
                                                {0xa9fe0000, 16},   // link local
                                                {0xac100000, 12},   // private
                                                {0xc0000000, 24},   // IETF assignments
                                                {0xc0a80000, 16},   // private
                                                {0xc6120000, 15},   // benchmarks
                                                {0xe0000000, 3}}};  // multicast, reserved, broadcast

bool within(std::uint32_t address, const Range& range) { return (address ^ range.base) >> (32 - range.bits) == 0; }

std::uint32_t number_at(const Address& address, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | address.octets[at + i];
  return value;
}

bool is_zero(const Address& address, std::size_t from, std::size_t to) {
  return std::all_of(address.octets.begin() + static_cast<std::ptrdiff_t>(from),
                     address.octets.begin() + static_cast<std::ptrdiff_t>(to), [](auto octet) { return octet == 0; });
}

bool is_mapped(const Address& address) {
  return is_zero(address, 0, 10) && address.octets[10] == 0xff && address.octets[11] == 0xff;
}

// The IPv4 address that is meant: itself, or the one mapped into IPv6.
std::optional<std::uint32_t> as_ipv4(const Address& address) {
  if (address.family == Address::Family::ipv4) return number_at(address, 0);
  if (is_mapped(address)) return number_at(address, 12);
  return std::nullopt;
}

}  // namespace

std::optional<Address> parse_address(std::string_view text, std::uint16_t port) {
  if (text.contains('\0')) return std::nullopt;  // inet_pton would not see what follows
  const std::string copy(text);
  Address address;
  address.port = port;
  if (inet_pton(AF_INET, copy.c_str(), address.octets.data()) == 1) return address;
  address.family = Address::Family::ipv6;
  if (inet_pton(AF_INET6, copy.c_str(), address.octets.data()) == 1) return address;
  return std::nullopt;
}

std::string print(const Address& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const int family = address.family == Address::Family::ipv4 ? AF_INET : AF_INET6;
  inet_ntop(family, address.octets.data(), text.data(), text.size());
  return text.data();
}

std::string print_with_port(const Address& address) { return print(address) + '#' + std::to_string(address.port); }

bool is_special(const Address& address) {
  if (const auto ipv4 = as_ipv4(address))
    return std::ranges::any_of(special_ranges, [&](const Range& range) { return within(*ipv4, range); });
  const std::uint8_t first = address.octets[0];
  if (is_zero(address, 0, 15) && address.octets[15] <= 1) return true;
  return (first & 0xfe) == 0xfc || (first == 0xfe && (address.octets[1] & 0xc0) == 0x80) || first == 0xff;
}

bool is_unusable(const Address& address) {
  if (const auto ipv4 = as_ipv4(address)) return *ipv4 >> 24 == 0 || *ipv4 >> 28 >= 0xe;
  return is_zero(address, 0, 16) || address.octets[0] == 0xff;
}

}  // namespace dns
