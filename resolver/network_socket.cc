#include "resolver/network_socket.h"

#include <errno.h>
#include <sys/random.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

namespace resolver {

SocketAddress socket_address(const dns::Address& address) {
  SocketAddress result;
  if (address.family == dns::Address::Family::ipv4) {
    sockaddr_in in{};
    in.sin_family = AF_INET;
    in.sin_port = htons(address.port);
    std::memcpy(&in.sin_addr, address.octets.data(), sizeof in.sin_addr);
    std::memcpy(&result.storage, &in, sizeof in);
    result.size = sizeof in;
  } else {
    sockaddr_in6 in{};
    in.sin6_family = AF_INET6;
    in.sin6_port = htons(address.port);
    std::memcpy(&in.sin6_addr, address.octets.data(), sizeof in.sin6_addr);
    std::memcpy(&result.storage, &in, sizeof in);
    result.size = sizeof in;
  }
  return result;
}

int open_socket(int family, int type, const std::optional<dns::Address>& bind) {
  const int opened = ::socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (opened < 0 || !bind) return opened;
  const SocketAddress from = socket_address(*bind);
  if (from.storage.ss_family != family) return opened;
  const int on = 1;  // a fixed port serves several servers at once: every socket is connected to another
  if (bind->port != 0) ::setsockopt(opened, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (::bind(opened, from.get(), from.size) == 0) return opened;
  const int error = errno;
  ::close(opened);
  errno = error;
  return -1;
}

Route route_to(const dns::Address& address, const std::optional<dns::Address>& bind) {
  const SocketAddress to = socket_address(address);
  std::optional<dns::Address> from = bind;
  if (from) from->port = 0;  // the fixed port may be in use; routes do not depend on it
  const int opened = open_socket(to.storage.ss_family, SOCK_DGRAM, from);
  if (opened < 0) return Route::missing;
  const bool connected = ::connect(opened, to.get(), to.size) == 0;
  ::close(opened);
  return connected ? Route::there : Route::missing;
}

std::optional<dns::View> Frames::next() {
  const dns::View left = dns::View(octets_).subspan(at_);
  if (left.size() >= 2) {
    const std::size_t length = static_cast<std::size_t>(left[0] << 8 | left[1]);
    if (left.size() >= 2 + length) {
      at_ += 2 + length;
      return left.subspan(2, length);
    }
  }
  octets_.erase(octets_.begin(), octets_.begin() + static_cast<std::ptrdiff_t>(at_));
  at_ = 0;
  return std::nullopt;
}

Ids::State Ids::fill() {
  const std::size_t size = sizeof ids_;
  if (::getrandom(ids_.data(), size, 0) != static_cast<ssize_t>(size)) return State::no_randomness;
  left_ = ids_.size();
  return State::good;
}

std::uint16_t Ids::next() {
  // It worked when the network was opened; to go on with ids that can be guessed would be worse than to stop.
  if (left_ == 0 && fill() == State::no_randomness) std::abort();
  return ids_[--left_];
}

}  // namespace resolver
