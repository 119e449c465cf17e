#include "tests/resolver/speaker.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

#include "resolver/network_socket.h"

namespace tests {

bool Line::say_octets(dns::View octets) const {
  while (!octets.empty()) {
    const auto sent = ::send(descriptor_, octets.data(), octets.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    octets = octets.subspan(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Line::say(dns::View message) const {
  dns::Writer frame;
  frame.u16(static_cast<std::uint16_t>(message.size()));
  frame.put(message);
  return say_octets(frame.view());
}

dns::Bytes Line::hear() const {
  resolver::Frames frames;
  std::array<std::uint8_t, 4096> room{};
  for (;;) {
    const auto got = ::recv(descriptor_, room.data(), room.size(), 0);
    if (got <= 0) return {};
    frames.add(dns::View(room).first(static_cast<std::size_t>(got)));
    if (const auto message = frames.next()) return {message->begin(), message->end()};
  }
}

bool Line::is_alone_after(int milliseconds) const {
  pollfd waiting{descriptor_, POLLIN | POLLRDHUP, 0};
  return ::poll(&waiting, 1, milliseconds) > 0;
}

void Line::reset() const {
  const linger at_once{1, 0};
  ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

Speaker::Speaker(std::function<void(const Line&)> script, const std::string& address) : script_(std::move(script)) {
  address_ = dns::parse_address(address, 0).value();
  const auto at = resolver::socket_address(address_);
  listening_ = ::socket(at.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  wake_ = ::eventfd(0, EFD_CLOEXEC);
  if (::bind(listening_, at.get(), at.size) != 0 || ::listen(listening_, 8) != 0)
    throw std::runtime_error("no socket at " + address);
  sockaddr_storage bound{};
  socklen_t size = sizeof bound;
  ::getsockname(listening_, reinterpret_cast<sockaddr*>(&bound), &size);
  address_.port = ntohs(reinterpret_cast<sockaddr_in*>(&bound)->sin_port);  // at the same place in both families
  thread_ = std::thread([this] { run(); });
}

Speaker::~Speaker() {
  const std::uint64_t one = 1;
  if (::write(wake_, &one, sizeof one) < 0) std::terminate();
  thread_.join();
  ::close(listening_);
  ::close(wake_);
}

void Speaker::run() {
  for (;;) {
    std::array<pollfd, 2> waiting{pollfd{listening_, POLLIN, 0}, pollfd{wake_, POLLIN, 0}};
    ::poll(waiting.data(), waiting.size(), -1);
    if (waiting[1].revents != 0) return;
    const int connection = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) continue;
    script_(Line(connection));
    ::close(connection);
  }
}

}  // namespace tests
