// Address: an IPv4 or IPv6 address with a port, in text and octets.
// It opens no socket.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dns {

struct Address {
  enum class Family : std::uint8_t { ipv4, ipv6 };
  Family family = Family::ipv4;
  std::array<std::uint8_t, 16> octets{};  // IPv4: the first four
  std::uint16_t port = 53;

  friend auto operator<=>(const Address&, const Address&) = default;
};

std::optional<Address> parse_address(std::string_view text, std::uint16_t port = 53);  // no port in the text
std::string print(const Address& address);            // without the port; IPv6 as RFC 5952
std::string print_with_port(const Address& address);  // "127.0.0.1#53", as dig writes it

// The ranges in which no public server can be (RFC 6890 §2.2): 0/8, 10/8, 100.64/10, 127/8, 169.254/16, 172.16/12,
// 192.0.0/24, 192.168/16, 198.18/15, 224/3; ::/128, ::1, fc00::/7, fe80::/10, ff00::/8, and IPv4 mapped ones of those.
bool is_special(const Address& address);
// Never a destination, whatever the root hints: 0/8, ::, multicast, 240/4 with broadcast (standards.md §8b.5).
bool is_unusable(const Address& address);

}  // namespace dns
