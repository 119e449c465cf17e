#include "tests/lab/socket.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace lab {

Socket::Socket(int kind) : fd_(::socket(AF_INET, kind | SOCK_CLOEXEC, 0)) {}

Socket::~Socket() {
  if (fd_ >= 0) ::close(fd_);
}

Socket Socket::adopt(int fd) {
  Socket socket;
  socket.fd_ = fd;
  return socket;
}

bool Socket::bind(const sockaddr_in& at) const {
  return ::bind(fd_, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0;
}

bool Socket::connect(const sockaddr_in& to) const {
  return ::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
}

sockaddr_in socket_address(const std::string& address, std::uint16_t port) {
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  if (::inet_pton(AF_INET, address.c_str(), &to.sin_addr) != 1) throw std::runtime_error("no IPv4 address: " + address);
  return to;
}

}  // namespace lab
