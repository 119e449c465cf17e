#include "tests/lab/relay.h"

#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <queue>
#include <stdexcept>
#include <string>
#include <thread>

#include "tests/lab/socket.h"

namespace lab {
namespace {

using Clock = std::chrono::steady_clock;
using Moment = Clock::time_point;

struct Event {
  Moment due;
  long order;
  std::function<void()> act;
};

struct Later {
  bool operator()(const Event& a, const Event& b) const {
    return std::pair(a.due, a.order) > std::pair(b.due, b.order);
  }
};

int message_id(std::string_view message) {
  if (message.size() < 2) return -1;
  return static_cast<unsigned char>(message[0]) << 8 | static_cast<unsigned char>(message[1]);
}

std::string read_datagram(int fd, sockaddr_in* from) {
  std::array<char, 65536> octets{};
  socklen_t length = sizeof *from;
  const auto got = ::recvfrom(fd, octets.data(), octets.size(), MSG_DONTWAIT, reinterpret_cast<sockaddr*>(from),
                              from != nullptr ? &length : nullptr);
  return got > 0 ? std::string(octets.data(), static_cast<std::size_t>(got)) : std::string();
}

// Takes the whole messages (RFC 1035 §4.2.2: two octets of length before each) off the front of `stream`.
std::vector<std::string> take_messages(std::string& stream) {
  std::vector<std::string> messages;
  while (stream.size() >= 2) {
    const auto length = static_cast<std::size_t>(message_id(stream));
    if (stream.size() < length + 2) break;
    messages.push_back(stream.substr(2, length));
    stream.erase(0, length + 2);
  }
  return messages;
}

void send_framed(int fd, const std::string& message) {
  std::string framed{static_cast<char>(message.size() >> 8), static_cast<char>(message.size() & 0xff)};
  framed += message;
  // Loopback buffers are far larger than a DNS message: a short write means that the other side is gone.
  static_cast<void>(::send(fd, framed.data(), framed.size(), MSG_NOSIGNAL));
}

}  // namespace

class Relay::Loop {
 public:
  Loop(const std::vector<Hop>& hops, std::chrono::milliseconds round_trip)
      : half_(std::chrono::duration_cast<std::chrono::microseconds>(round_trip) / 2),
        wake_(Socket::adopt(::eventfd(0, EFD_CLOEXEC))) {
    for (const auto& hop : hops) {
      const auto front = socket_address(hop.front.address, hop.front.port);
      const auto behind = socket_address(hop.behind.address, hop.behind.port);
      listeners_.push_back({Socket(SOCK_DGRAM), Socket(SOCK_STREAM), behind});
      auto& listener = listeners_.back();
      const int on = 1;
      ::setsockopt(listener.tcp.fd(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
      if (!listener.udp.bind(front) || !listener.tcp.bind(front) || ::listen(listener.tcp.fd(), 64) != 0) {
        throw std::runtime_error("relay cannot listen on " + hop.front.address);
      }
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

  Traffic take() {
    const std::lock_guard lock(mutex_);
    delivered_ = 0;
    ++epoch_;
    return std::exchange(traffic_, {});
  }

 private:
  struct Listener {
    Socket udp;
    Socket tcp;
    sockaddr_in behind;
  };
  // The wire of one client socket: its datagrams go on from a socket of their own, so that replies find back.
  struct Flow {
    Socket behind{SOCK_DGRAM};
    int front = -1;
    sockaddr_in client{};
    std::map<int, int> rounds{};  // id -> the round its query belongs to
  };
  struct Connection {
    Socket client{SOCK_STREAM};
    Socket behind{SOCK_STREAM};
    Moment open{};        // when a real wire would have carried the third step of the handshake
    int opened_in = 0;    // the round that the handshake was
    std::string asked{};  // octets read, not yet a whole message
    std::string answered{};
    std::map<int, int> rounds{};
    bool over = false;
  };

  void work() {
    while (!stop_) {
      auto watched = watch();
      ::poll(watched.data(), watched.size(), wait_ms());
      for (const auto& one : watched) {
        if (one.revents != 0) read_from(one.fd);
      }
      run_due();
      connections_.remove_if([](const auto& connection) { return connection->over; });
    }
  }

  std::vector<pollfd> watch() const {
    std::vector<pollfd> all{{wake_.fd(), POLLIN, 0}};
    for (const auto& listener : listeners_) {
      all.push_back({listener.udp.fd(), POLLIN, 0});
      all.push_back({listener.tcp.fd(), POLLIN, 0});
    }
    for (const auto& flow : flows_) all.push_back({flow->behind.fd(), POLLIN, 0});
    for (const auto& connection : connections_) {
      all.push_back({connection->client.fd(), POLLIN, 0});
      all.push_back({connection->behind.fd(), POLLIN, 0});
    }
    return all;
  }

  int wait_ms() const {
    if (events_.empty()) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(events_.top().due - Clock::now()).count();
    return static_cast<int>(std::max<long>(left, 0));
  }

  void run_due() {
    while (!events_.empty() && events_.top().due <= Clock::now()) {
      const auto act = events_.top().act;
      events_.pop();
      act();
    }
  }

  void later(Moment due, std::function<void()> act) { events_.push({due, ++order_, std::move(act)}); }

  void read_from(int fd) {
    for (const auto& listener : listeners_) {
      if (fd == listener.udp.fd()) return read_query(listener);
      if (fd == listener.tcp.fd()) return accept_one(listener);
    }
    for (const auto& flow : flows_) {
      if (fd == flow->behind.fd()) return read_reply(flow);
    }
    for (const auto& connection : connections_) {
      if (fd == connection->client.fd()) return read_asked(connection);
      if (fd == connection->behind.fd()) return read_answered(connection);
    }
  }

  void read_query(const Listener& listener) {
    sockaddr_in client{};
    const auto query = read_datagram(listener.udp.fd(), &client);
    if (query.empty()) return;
    const auto flow = flow_of(listener, client);
    flow->rounds[message_id(query)] = begin_exchange(0);
    later(Clock::now() + half_,
          [flow, query] { static_cast<void>(::send(flow->behind.fd(), query.data(), query.size(), 0)); });
  }

  void read_reply(const std::shared_ptr<Flow>& flow) {
    const auto reply = read_datagram(flow->behind.fd(), nullptr);
    if (reply.empty()) return;
    const int round = flow->rounds[message_id(reply)];
    later(Clock::now() + half_, [this, flow, reply, round, epoch = epoch_.load()] {
      ::sendto(flow->front, reply.data(), reply.size(), 0, reinterpret_cast<const sockaddr*>(&flow->client),
               sizeof flow->client);
      end_exchange(round, epoch);
    });
  }

  std::shared_ptr<Flow> flow_of(const Listener& listener, const sockaddr_in& client) {
    for (const auto& flow : flows_) {
      if (flow->front == listener.udp.fd() && flow->client.sin_port == client.sin_port &&
          flow->client.sin_addr.s_addr == client.sin_addr.s_addr)
        return flow;
    }
    auto flow = std::make_shared<Flow>();
    flow->front = listener.udp.fd();
    flow->client = client;
    static_cast<void>(flow->behind.connect(listener.behind));
    flows_.push_back(flow);
    return flow;
  }

  void accept_one(const Listener& listener) {
    const int fd = ::accept4(listener.tcp.fd(), nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) return;
    auto connection = std::make_shared<Connection>();
    connection->client = Socket::adopt(fd);
    if (!connection->behind.connect(listener.behind)) return;
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    connection->opened_in = begin_connection();
    connection->open = Clock::now() + 2 * half_;
    connections_.push_back(connection);
  }

  void read_asked(const std::shared_ptr<Connection>& connection) {
    if (!read_stream(connection->client.fd(), connection->asked)) return close_later(connection);
    for (auto& query : take_messages(connection->asked)) {
      connection->rounds[message_id(query)] = begin_exchange(connection->opened_in);
      later(std::max(Clock::now(), connection->open) + half_,
            [connection, query = std::move(query)] { send_framed(connection->behind.fd(), query); });
    }
  }

  void read_answered(const std::shared_ptr<Connection>& connection) {
    if (!read_stream(connection->behind.fd(), connection->answered)) return close_later(connection);
    for (auto& reply : take_messages(connection->answered)) {
      const int round = connection->rounds[message_id(reply)];
      later(Clock::now() + half_, [this, connection, reply = std::move(reply), round, epoch = epoch_.load()] {
        send_framed(connection->client.fd(), reply);
        end_exchange(round, epoch);
      });
    }
  }

  static bool read_stream(int fd, std::string& into) {
    std::array<char, 65536> octets{};
    const auto got = ::recv(fd, octets.data(), octets.size(), MSG_DONTWAIT);
    if (got > 0) into.append(octets.data(), static_cast<std::size_t>(got));
    return got > 0;
  }

  // What is still on the wire arrives before the end does.
  void close_later(const std::shared_ptr<Connection>& connection) {
    later(Clock::now() + half_, [] {});
    connection->over = true;
  }

  // Returns: the round of an exchange that begins now; `after` is a round known to be over by then (a handshake).
  int begin_exchange(int after) {
    const std::lock_guard lock(mutex_);
    const int round = std::max(delivered_, after) + 1;
    traffic_.rounds = std::max(traffic_.rounds, round);
    ++traffic_.queries;
    return round;
  }

  int begin_connection() {
    const std::lock_guard lock(mutex_);
    return delivered_ + 1;
  }

  void end_exchange(int round, int epoch) {
    const std::lock_guard lock(mutex_);
    if (epoch == epoch_) delivered_ = std::max(delivered_, round);
  }

  std::chrono::microseconds half_;
  Socket wake_;
  std::vector<Listener> listeners_;
  std::vector<std::shared_ptr<Flow>> flows_;
  std::list<std::shared_ptr<Connection>> connections_;
  std::priority_queue<Event, std::vector<Event>, Later> events_;
  long order_ = 0;
  std::mutex mutex_;
  Traffic traffic_;
  int delivered_ = 0;  // the deepest round of which a reply has reached a client
  std::atomic<int> epoch_ = 0;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

Relay::Relay(const std::vector<Hop>& hops, std::chrono::milliseconds round_trip)
    : loop_(std::make_unique<Loop>(hops, round_trip)) {}

Relay::~Relay() = default;

Traffic Relay::take() { return loop_->take(); }

// A full queue makes the kernel drop further connection requests, as if nobody were there.
Silence::Silence(const Endpoint& at) {
  const auto address = socket_address(at.address, at.port);
  const int udp = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  const int tcp = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockets_ = {udp, tcp};
  const auto* where = reinterpret_cast<const sockaddr*>(&address);
  if (::bind(udp, where, sizeof address) != 0 || ::bind(tcp, where, sizeof address) != 0 || ::listen(tcp, 0) != 0) {
    throw std::runtime_error("cannot be silent on " + at.address);
  }
  for (int i = 0; i < 3; ++i) {
    sockets_.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    static_cast<void>(::connect(sockets_.back(), where, sizeof address));
  }
}

Silence::~Silence() {
  for (const int socket : sockets_) ::close(socket);
}

}  // namespace lab
