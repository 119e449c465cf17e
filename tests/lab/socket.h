// The few socket calls that network.cc and relay.cc share.
// It knows IPv4 only: the laboratory lives on loopback.
#pragma once

#include <netinet/in.h>

#include <cstdint>
#include <string>
#include <utility>

namespace lab {

class Socket {
 public:
  explicit Socket(int kind);  // SOCK_DGRAM or SOCK_STREAM, with flags
  ~Socket();
  Socket(Socket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Socket& operator=(Socket&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  // Takes over an open descriptor.
  [[nodiscard]] static Socket adopt(int fd);
  [[nodiscard]] int fd() const { return fd_; }
  [[nodiscard]] bool bind(const sockaddr_in& at) const;
  [[nodiscard]] bool connect(const sockaddr_in& to) const;

 private:
  Socket() = default;
  int fd_ = -1;
};

// Throws std::runtime_error if `address` is no IPv4 address.
[[nodiscard]] sockaddr_in socket_address(const std::string& address, std::uint16_t port);

}  // namespace lab
