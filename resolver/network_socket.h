// Sockets for the network Source: opened non-blocking and bound, a look at the routes, TCP's frames, numbers hard to
// guess. It sends no question and reads no message.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <optional>

#include "dns/address.h"
#include "dns/bytes.h"

namespace resolver {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};
SocketAddress socket_address(const dns::Address& address);

// A non-blocking socket, bound to `bind` if that is given and of this family. Returns: -1 with errno set if there is
// none.
int open_socket(int family, int type, const std::optional<dns::Address>& bind);

// Whether this machine has a way to send there at all. Nothing is sent.
enum class Route : std::uint8_t { there, missing };
Route route_to(const dns::Address& address, const std::optional<dns::Address>& bind);

// Splits a stream into messages by their two octets of length (RFC 1035 §4.2.2).
class Frames {
 public:
  void add(dns::View octets) { octets_.insert(octets_.end(), octets.begin(), octets.end()); }
  std::optional<dns::View> next();  // the next whole message; valid until the next call of add
  void clear() { octets_.clear(), at_ = 0; }

 private:
  dns::Bytes octets_;
  std::size_t at_ = 0;
};

// Ids from the kernel's generator (RFC 5452 §9.2), fetched 128 at a time.
class Ids {
 public:
  enum class State : std::uint8_t { good, no_randomness };
  State fill();
  std::uint16_t next();

 private:
  std::array<std::uint16_t, 128> ids_{};
  std::size_t left_ = 0;
};

}  // namespace resolver
