#include "tests/resolver/responder.h"

#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <list>
#include <stdexcept>

#include "resolver/network_socket.h"

namespace tests {
namespace {

using Transport = dns::Manner::Transport;

std::uint16_t port_of(int socket) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&storage), &size);
  const auto* in4 = reinterpret_cast<const sockaddr_in*>(&storage);
  const auto* in6 = reinterpret_cast<const sockaddr_in6*>(&storage);
  return ntohs(storage.ss_family == AF_INET ? in4->sin_port : in6->sin6_port);
}

int bound(const dns::Address& address, int type) {
  const auto at = resolver::socket_address(address);
  const int made = ::socket(at.storage.ss_family, type | SOCK_CLOEXEC, 0);
  if (made >= 0 && ::bind(made, at.get(), at.size) == 0) return made;
  ::close(made);
  return -1;
}

struct Pair {
  int udp, tcp;
  dns::Address address;
};

// Both transports at one port; the kernel picks it for UDP, so that TCP may find it taken.
Pair bind_both(const std::string& text) {
  for (int turn = 0; turn < 100; ++turn) {
    dns::Address address = dns::parse_address(text, 0).value();
    const int udp = bound(address, SOCK_DGRAM);
    address.port = port_of(udp);
    const int tcp = bound(address, SOCK_STREAM);
    if (tcp >= 0) return {udp, tcp, address};
    ::close(udp);
  }
  throw std::runtime_error("no port free at " + text);
}

void send_all(int socket, dns::View octets) {
  while (!octets.empty()) {
    const ssize_t sent = ::send(socket, octets.data(), octets.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    octets = octets.subspan(static_cast<std::size_t>(sent));
  }
}

dns::Bytes framed(dns::View message) {
  dns::Writer writer;
  writer.u16(static_cast<std::uint16_t>(message.size()));
  writer.put(message);
  return writer.take();
}

void reset(int socket) {
  const linger at_once{1, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

}  // namespace

struct Responder::Connection {
  int socket;
  resolver::Frames frames;
  std::size_t queries = 0;
};

Responder::Responder(Script script, const std::string& address) : script_(std::move(script)) {
  const Pair pair = bind_both(address);
  udp_ = pair.udp;
  tcp_ = pair.tcp;
  address_ = pair.address;
  dns::Address elsewhere = address_;
  elsewhere.port = 0;
  other_ = bound(elsewhere, SOCK_DGRAM);
  ::listen(tcp_, 64);
  wake_ = ::eventfd(0, EFD_CLOEXEC);
  thread_ = std::thread([this] { run(); });
}

Responder::~Responder() {
  const std::uint64_t one = 1;
  if (::write(wake_, &one, sizeof one) == sizeof one) thread_.join();
  for (const int socket : {udp_, tcp_, other_, wake_}) ::close(socket);
}

void Responder::run() {
  std::list<Connection> connections;
  for (;;) {
    std::vector<pollfd> polled{{wake_, POLLIN, 0}, {udp_, POLLIN, 0}, {tcp_, POLLIN, 0}};
    for (const Connection& connection : connections) polled.push_back({connection.socket, POLLIN, 0});
    ::poll(polled.data(), polled.size(), -1);
    if (polled[0].revents != 0) break;
    if (polled[1].revents != 0) answer_datagram();
    std::size_t at = 3;
    for (auto connection = connections.begin(); connection != connections.end() && at < polled.size(); ++at) {
      if (polled[at].revents == 0 || answer_stream(*connection)) {
        ++connection;
        continue;
      }
      ::close(connection->socket);
      connection = connections.erase(connection);
    }
    if (polled[2].revents != 0) {
      const int accepted = ::accept4(tcp_, nullptr, nullptr, SOCK_CLOEXEC);
      const int on = 1;
      ::setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      if (accepted >= 0) connections.push_back({accepted, {}, 0});
    }
  }
  for (const Connection& connection : connections) ::close(connection.socket);
}

void Responder::answer_datagram() {
  std::array<std::uint8_t, 4096> buffer{};
  sockaddr_storage from{};
  socklen_t size = sizeof from;
  const ssize_t count = ::recvfrom(udp_, buffer.data(), buffer.size(), 0, reinterpret_cast<sockaddr*>(&from), &size);
  if (count < 0) return;
  const Heard heard{{buffer.begin(), buffer.begin() + count}, Transport::udp, count_++, 0};
  for (const Act& act : script_(heard)) {
    const int socket = act.kind == Act::Kind::send_other_port ? other_ : udp_;
    ::sendto(socket, act.octets.data(), act.octets.size(), 0, reinterpret_cast<const sockaddr*>(&from), size);
  }
}

// Returns: false if the connection is over.
bool Responder::answer_stream(Connection& connection) {
  std::array<std::uint8_t, 4096> buffer{};
  const ssize_t count = ::recv(connection.socket, buffer.data(), buffer.size(), 0);
  if (count <= 0) return false;
  connection.frames.add(dns::View(buffer).first(static_cast<std::size_t>(count)));
  while (const auto query = connection.frames.next()) {
    const Heard heard{{query->begin(), query->end()}, Transport::tcp, count_++, connection.queries++};
    for (const Act& act : script_(heard)) {
      const dns::Bytes frame = framed(act.octets);
      switch (act.kind) {
        case Act::Kind::send: send_all(connection.socket, frame); break;
        case Act::Kind::send_by_octets:
          for (std::size_t i = 0; i < frame.size(); ++i) send_all(connection.socket, dns::View(frame).subspan(i, 1));
          break;
        case Act::Kind::reset: reset(connection.socket); return false;
        case Act::Kind::close: return false;
        case Act::Kind::send_other_port: break;
      }
    }
  }
  return true;
}

dns::Address closed_port(const std::string& address) {
  const Pair pair = bind_both(address);
  ::close(pair.udp);
  ::close(pair.tcp);
  return pair.address;
}

}  // namespace tests
