#include "tests/lab/liar.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <list>
#include <map>
#include <stdexcept>
#include <thread>

#include "tests/lab/socket.h"

namespace lab {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int patience_ms = 2000;  // with the real server, which is on loopback
constexpr std::size_t header = 12;

bool readable(int fd) {
  pollfd watched{fd, POLLIN, 0};
  return ::poll(&watched, 1, patience_ms) > 0;
}

std::string receive(int fd) {
  std::array<char, 65536> octets{};
  const auto got = ::recv(fd, octets.data(), octets.size(), 0);
  return got > 0 ? std::string(octets.data(), static_cast<std::size_t>(got)) : std::string();
}

// Two octets of length before each message (RFC 1035 §4.2.2).
std::string framed(const std::string& message) {
  return std::string{static_cast<char>(message.size() >> 8U), static_cast<char>(message.size() & 0xffU)} + message;
}

std::string take_message(std::string& stream) {
  if (stream.size() < 2) return {};
  const auto length = static_cast<std::size_t>(static_cast<unsigned char>(stream[0])) << 8U |
                      static_cast<std::size_t>(static_cast<unsigned char>(stream[1]));
  if (stream.size() < length + 2) return {};
  auto message = stream.substr(2, length);
  stream.erase(0, length + 2);
  return message;
}

std::string ask_by_udp(const sockaddr_in& server, const std::string& query) {
  const Socket socket(SOCK_DGRAM);
  if (!socket.connect(server)) return {};
  static_cast<void>(::send(socket.fd(), query.data(), query.size(), MSG_NOSIGNAL));
  return readable(socket.fd()) ? receive(socket.fd()) : std::string();
}

std::string ask_by_tcp(const sockaddr_in& server, const std::string& query) {
  const Socket socket(SOCK_STREAM);
  if (!socket.connect(server)) return {};
  const auto octets = framed(query);
  static_cast<void>(::send(socket.fd(), octets.data(), octets.size(), MSG_NOSIGNAL));
  std::string stream;
  while (readable(socket.fd())) {
    const auto more = receive(socket.fd());
    if (more.empty()) return {};
    stream += more;
    if (auto message = take_message(stream); !message.empty()) return message;
  }
  return {};
}

std::string name_asked(const std::string& query) {
  std::string name;
  std::size_t at = header;
  while (at < query.size() && query[at] != 0) {
    const auto length = static_cast<unsigned char>(query[at]);
    name += query.substr(at + 1, length) + ".";
    at += length + 1U;
  }
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name.empty() ? "." : name;
}

}  // namespace

class Liar::Loop {
 public:
  Loop(const std::vector<Hop>& hops, LieAbout lie_about)
      : lie_about_(std::move(lie_about)), wake_(Socket::adopt(::eventfd(0, EFD_CLOEXEC))) {
    for (const auto& hop : hops) {
      const auto front = socket_address(hop.front.address, hop.front.port);
      listeners_.push_back({Socket(SOCK_DGRAM), Socket(SOCK_STREAM),
                            socket_address(hop.behind.address, hop.behind.port), hop.front.port});
      auto& listener = listeners_.back();
      const int on = 1;
      ::setsockopt(listener.tcp.fd(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
      if (!listener.udp.bind(front) || !listener.tcp.bind(front) || ::listen(listener.tcp.fd(), 64) != 0)
        throw std::runtime_error("cannot lie on " + hop.front.address);
    }
    thread_ = std::thread([this] { work(); });
  }

  ~Loop() {
    stop_ = true;
    const std::uint64_t one = 1;
    static_cast<void>(!::write(wake_.fd(), &one, sizeof one));
    thread_.join();
  }

  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

 private:
  struct Listener {
    Socket udp, tcp;
    sockaddr_in behind;
    std::uint16_t port;
  };
  struct Connection {
    Socket client;
    sockaddr_in behind{};
    std::string heard{};
    std::string unsaid{};  // of what is said octet by octet
    Clock::time_point next{};
    bool over = false;
  };

  void work() {
    while (!stop_) {
      std::vector<pollfd> watched{{wake_.fd(), POLLIN, 0}};
      for (const auto& listener : listeners_)
        for (const int fd : {listener.udp.fd(), listener.tcp.fd()}) watched.push_back({fd, POLLIN, 0});
      for (const auto& connection : connections_) watched.push_back({connection.client.fd(), POLLIN, 0});
      ::poll(watched.data(), watched.size(), tick_ms());
      for (const auto& one : watched)
        if (one.revents != 0) read_from(one.fd);
      drip();
      connections_.remove_if([](const Connection& connection) { return connection.over; });
    }
  }

  int tick_ms() const {
    return std::ranges::any_of(connections_, [](const Connection& one) { return !one.unsaid.empty(); }) ? 100 : -1;
  }

  void read_from(int fd) {
    for (const auto& listener : listeners_) {
      if (fd == listener.udp.fd()) return datagram(listener);
      if (fd == listener.tcp.fd()) {
        const int client = ::accept4(fd, nullptr, nullptr, SOCK_CLOEXEC);
        if (client >= 0) connections_.push_back({Socket::adopt(client), listener.behind});
        return;
      }
    }
    for (auto& connection : connections_)
      if (fd == connection.client.fd()) return stream(connection);
  }

  std::vector<std::string> words_for(const Lie* lie, const std::string& query, const std::string& reply) const {
    if (reply.empty()) return {};
    return lie == nullptr || !lie->say ? std::vector<std::string>{reply} : lie->say(query, reply);
  }

  void datagram(const Listener& listener) {
    std::array<char, 65536> octets{};
    sockaddr_in client{};
    socklen_t length = sizeof client;
    const auto got = ::recvfrom(listener.udp.fd(), octets.data(), octets.size(), MSG_DONTWAIT,
                                reinterpret_cast<sockaddr*>(&client), &length);
    if (got < static_cast<ssize_t>(header)) return;
    const std::string query(octets.data(), static_cast<std::size_t>(got));
    const Lie* lie = lie_about_(name_asked(query));
    const Socket other(SOCK_DGRAM);
    const bool elsewhere = lie != nullptr && !lie->from.empty();
    if (elsewhere && !other.bind(socket_address(lie->from, listener.port))) return;
    const int from = elsewhere ? other.fd() : listener.udp.fd();
    for (const auto& word : words_for(lie, query, ask_by_udp(listener.behind, query)))
      ::sendto(from, word.data(), word.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&client), length);
  }

  void stream(Connection& connection) {
    const auto more = receive(connection.client.fd());
    if (more.empty()) {
      connection.over = true;
      return;
    }
    connection.heard += more;
    for (std::string query; !(query = take_message(connection.heard)).empty() && !connection.over;)
      if (query.size() >= header) answer(connection, query);
  }

  void answer(Connection& connection, const std::string& query) {
    const Lie* lie = lie_about_(name_asked(query));
    const auto manner = lie == nullptr ? Lie::Stream::says_so : lie->stream;
    if (manner == Lie::Stream::silent) return;
    if (manner == Lie::Stream::reset) {
      const linger at_once{1, 0};
      ::setsockopt(connection.client.fd(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
      connection.over = true;
      return;
    }
    const auto reply = ask_by_tcp(connection.behind, query);
    if (manner == Lie::Stream::dribble) {
      connection.unsaid += framed(reply);
      return;
    }
    for (const auto& word : words_for(lie, query, reply)) {
      const auto octets = framed(word);
      static_cast<void>(::send(connection.client.fd(), octets.data(), octets.size(), MSG_NOSIGNAL));
    }
  }

  // An octet each second to whoever waits for more.
  void drip() {
    const auto now = Clock::now();
    for (auto& connection : connections_) {
      if (connection.unsaid.empty() || now < connection.next) continue;
      if (::send(connection.client.fd(), connection.unsaid.data(), 1, MSG_NOSIGNAL) < 0) connection.over = true;
      connection.unsaid.erase(0, 1);
      connection.next = now + std::chrono::seconds{1};
    }
  }

  LieAbout lie_about_;
  Socket wake_;
  std::vector<Listener> listeners_;
  std::list<Connection> connections_;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

Liar::Liar(const std::vector<Hop>& hops, LieAbout lie_about)
    : loop_(std::make_unique<Loop>(hops, std::move(lie_about))) {}

Liar::~Liar() = default;

}  // namespace lab
