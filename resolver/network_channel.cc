#include "resolver/network_channel.h"

#include <ares.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

namespace resolver {
namespace {

using dns::Silence;
using dns::View;
using std::chrono::milliseconds;
using Transport = dns::Manner::Transport;

// c-ares opens sockets, sends, and tells of broken connections. Replies are read below before c-ares sees them: it
// would drop some, and send others again with the last 11 octets cut off (tech.md §3).
constexpr int common_flags =
    ARES_FLAG_STAYOPEN | ARES_FLAG_NOCHECKRESP | ARES_FLAG_IGNTC | ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES;
constexpr int receive_octets = 4096;  // c-ares's buffer for one datagram
constexpr std::size_t queries_per_port = 128;
constexpr std::size_t datagrams_per_event = 256;  // before the other sockets have their turn

ares_addr_port_node server_node(const dns::Address& server) {
  ares_addr_port_node node{};
  node.udp_port = node.tcp_port = server.port;
  if (server.family == dns::Address::Family::ipv4) {
    node.family = AF_INET;
    ::memcpy(&node.addr.addr4, server.octets.data(), 4);
  } else {
    node.family = AF_INET6;
    ::memcpy(&node.addr.addr6, server.octets.data(), 16);
  }
  return node;
}

}  // namespace

struct Channel::Held {
  Channel* channel;
  std::uint16_t id;
  Ticket ticket;
};

struct Channel::Hooks {
  static ares_socket_t socket(int family, int type, int protocol, void* data);
  static int close(ares_socket_t socket, void* data);
  static int connect(ares_socket_t socket, const sockaddr* to, ares_socklen_t size, void* data);
  static ares_ssize_t receive(ares_socket_t socket, void* out, size_t size, int flags, sockaddr* from,
                              ares_socklen_t* from_size, void* data);
  static ares_ssize_t send(ares_socket_t socket, const iovec* parts, int count, void* data);
  static void state(void* data, ares_socket_t socket, int readable, int writable);
  static void end(void* data, int status, int timeouts, unsigned char* reply, int size);
  static constexpr ares_socket_functions functions{socket, close, connect, receive, send};
};

std::unique_ptr<Channel> Channel::open(const dns::Address& server, Transport transport, Shared& shared) {
  std::unique_ptr<Channel> channel(new Channel(server, transport, shared));
  if (!channel->start()) return nullptr;
  return channel;
}

Channel::~Channel() {
  open_.clear();
  if (ares_ != nullptr) ares_destroy(ares_);
}

// Every option is given, so that c-ares reads no file of the system.
bool Channel::start() {
  std::array<char, 2> lookups{'b', 0};
  std::array<char, 10> no_file{"/dev/null"};
  ares_options options{};
  // Over TCP the EDNS flag would only bring the trap of a FORMERR without OPT.
  options.flags = common_flags | (transport_ == Transport::tcp ? ARES_FLAG_USEVC : ARES_FLAG_EDNS);
  options.timeout = static_cast<int>(std::clamp<std::int64_t>(shared_.timeout.count(), 1, 600'000)) + 500;
  options.tries = 1;
  options.ndots = 1;
  options.lookups = lookups.data();
  options.ednspsz = receive_octets;
  options.resolvconf_path = no_file.data();
  options.sock_state_cb = Hooks::state;
  options.sock_state_cb_data = this;
  constexpr int given = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_NDOTS | ARES_OPT_LOOKUPS |
                        ARES_OPT_EDNSPSZ | ARES_OPT_RESOLVCONF | ARES_OPT_SOCK_STATE_CB | ARES_OPT_SERVERS |
                        ARES_OPT_DOMAINS | ARES_OPT_SORTLIST | ARES_OPT_NOROTATE;
  if (ares_init_options(&ares_, &options, given) != ARES_SUCCESS) return false;
  ares_set_socket_functions(ares_, &Hooks::functions, this);
  auto node = server_node(server_);
  return ares_set_servers_ports(ares_, &node) == ARES_SUCCESS;
}

dns::Bytes Channel::send(const dns::Ask& ask, Ticket ticket) {
  std::uint16_t id = shared_.ids.next();
  while (open_.contains(id)) id = shared_.ids.next();
  dns::Bytes octets = query_octets(ask, id);
  open_.emplace(id, Open{ticket, octets});
  ++queries_;
  ++held_;
  // c-ares calls `end` exactly once for it, perhaps before ares_send returns.
  ares_send(ares_, octets.data(), static_cast<int>(octets.size()), Hooks::end, new Held{this, id, ticket});
  if (earlier_error_ != 0) fail_earlier(id);
  return octets;
}

void Channel::fail_earlier(std::uint16_t id) {
  const Silence why = silence_of(std::exchange(earlier_error_, 0));
  for (const auto& [other, open] : open_)
    if (other != id) arrive(open.ticket, why);
  std::erase_if(open_, [id](const auto& entry) { return entry.first != id; });
}

void Channel::forget(View sent) {
  if (const auto id = id_of(sent)) open_.erase(*id);
}

bool Channel::worn() const { return transport_ == Transport::udp && queries_ >= queries_per_port; }

// What was settled without c-ares stays in it until its own timeout, which it looks at only when called.
void Channel::sweep(Clock::time_point now) {
  if (held_ == open_.size() || now - swept_ < milliseconds(100)) return;
  swept_ = now;
  ares_process_fd(ares_, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
}

// c-ares reads once a call when the socket functions are ours, hence the loop.
void Channel::process(std::uint32_t events) {
  const int socket = socket_;
  if (socket < 0) return;
  const bool readable = (events & ~static_cast<std::uint32_t>(EPOLLOUT)) != 0;
  bool writable = (events & (EPOLLOUT | EPOLLERR | EPOLLHUP)) != 0;
  for (std::size_t turn = 0; turn < datagrams_per_event || !passed_.empty(); ++turn) {
    drained_ = true;
    ares_process_fd(ares_, readable ? socket : ARES_SOCKET_BAD, writable ? socket : ARES_SOCKET_BAD);
    writable = false;
    if (drained_ || socket_ != socket) return;
  }
}

// The next datagram that c-ares may see. Returns: its size, or -1 with errno.
std::ptrdiff_t Channel::receive_datagram(View& for_cares) {
  for (std::size_t turn = 0; turn < datagrams_per_event; ++turn) {
    const ssize_t count = ::recv(socket_, shared_.buffer.get(), largest_message, 0);
    if (count < 0) {
      if (errno != EAGAIN && errno != EWOULDBLOCK) error_ = errno;
      return -1;
    }
    const View message = View(shared_.buffer.get(), static_cast<std::size_t>(count));
    // c-ares takes an empty datagram as the end of the server.
    if (message.empty() || offer(message) != Fit::plain || count > receive_octets) continue;
    for_cares = message;
    return count;
  }
  errno = EAGAIN;
  return -1;
}

// Fills passed_. Returns: its size, 0 at the end of the stream, or -1 with errno.
std::ptrdiff_t Channel::receive_stream() {
  const ssize_t count = ::recv(socket_, shared_.buffer.get(), largest_message, 0);
  if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return -1;
  if (count <= 0) {
    error_ = count == 0 ? 0 : errno;
    return count;
  }
  frames_.add(View(shared_.buffer.get(), static_cast<std::size_t>(count)));
  while (const auto message = frames_.next()) {
    if (offer(*message) != Fit::plain) continue;
    passed_.push_back(static_cast<std::uint8_t>(message->size() >> 8));
    passed_.push_back(static_cast<std::uint8_t>(message->size() & 0xff));
    passed_.insert(passed_.end(), message->begin(), message->end());
  }
  if (!passed_.empty()) return static_cast<std::ptrdiff_t>(passed_.size());
  errno = EAGAIN;
  return -1;
}

// Makes `message` the arrival of the question it answers, if it answers one.
Fit Channel::offer(View message) {
  const auto id = id_of(message);
  const auto found = id ? open_.find(*id) : open_.end();
  if (found == open_.end()) return Fit::foreign;
  const Fit result = fit(message, found->second.sent);
  if (result == Fit::foreign) return result;
  ++replies_;
  const Ticket ticket = found->second.ticket;
  open_.erase(found);
  arrive(ticket, dns::Bytes(message.begin(), message.end()));
  return result;
}

void Channel::arrive(Ticket ticket, std::variant<dns::Bytes, Silence, Closed> what) {
  shared_.arrivals.push_back({ticket, Clock::now(), std::move(what)});
}

// --- what c-ares calls ---

void Channel::Hooks::end(void* data, int status, int, unsigned char*, int) {
  const std::unique_ptr<Held> held(static_cast<Held*>(data));
  Channel& channel = *held->channel;
  --channel.held_;
  const auto found = channel.open_.find(held->id);
  if (found == channel.open_.end() || found->second.ticket != held->ticket) return;  // settled before
  channel.open_.erase(found);
  const Silence why = status == ARES_ECONNREFUSED ? silence_of(channel.error_) : Silence::timeout;
  if (channel.transport_ == Transport::tcp && why == Silence::reset && channel.replies_ > 0)
    channel.arrive(held->ticket, Closed{});
  else
    channel.arrive(held->ticket, why);
}

ares_socket_t Channel::Hooks::socket(int family, int type, int, void* data) {
  Channel& channel = *static_cast<Channel*>(data);
  channel.socket_ = open_socket(family, type, channel.shared_.bind);
  channel.error_ = channel.socket_ < 0 ? errno : 0;
  channel.registered_ = false;
  channel.replies_ = 0;
  channel.frames_.clear();
  channel.passed_.clear();
  return channel.socket_;
}

int Channel::Hooks::close(ares_socket_t socket, void* data) {
  static_cast<Channel*>(data)->socket_ = -1;
  return ::close(socket);
}

int Channel::Hooks::connect(ares_socket_t socket, const sockaddr* to, ares_socklen_t size, void* data) {
  const int result = ::connect(socket, to, size);
  if (result < 0 && errno != EINPROGRESS) static_cast<Channel*>(data)->error_ = errno;
  return result;
}

ares_ssize_t Channel::Hooks::receive(ares_socket_t, void* out, size_t size, int, sockaddr* from,
                                     ares_socklen_t* from_size, void* data) {
  Channel& channel = *static_cast<Channel*>(data);
  const bool stream = channel.transport_ == Transport::tcp;
  View octets;
  if (!stream || channel.passed_.empty()) {
    const auto count = stream ? channel.receive_stream() : channel.receive_datagram(octets);
    if (count <= 0) return count;
  }
  if (stream) octets = channel.passed_;
  const std::size_t count = std::min(size, octets.size());
  ::memcpy(out, octets.data(), count);
  if (stream)
    channel.passed_.erase(channel.passed_.begin(), channel.passed_.begin() + static_cast<std::ptrdiff_t>(count));
  channel.drained_ = false;
  if (from != nullptr && from_size != nullptr) {  // the socket is connected: the kernel has compared the address
    const SocketAddress server = socket_address(channel.server_);
    *from_size = std::min(*from_size, server.size);
    ::memcpy(from, &server.storage, *from_size);
  }
  return static_cast<ares_ssize_t>(count);
}

// For c-ares a full buffer is a broken server; it only needs a moment's patience. And what ICMP says of datagrams that
// went before is told once, to whichever call comes next: it would fail this question, and leave those to time out.
ares_ssize_t Channel::Hooks::send(ares_socket_t socket, const iovec* parts, int count, void* data) {
  Channel& channel = *static_cast<Channel*>(data);
  msghdr message{};
  message.msg_iov = const_cast<iovec*>(parts);
  message.msg_iovlen = static_cast<std::size_t>(count);
  for (int turn = 0;; ++turn) {
    const ssize_t sent = ::sendmsg(socket, &message, MSG_NOSIGNAL);
    if (sent >= 0) return sent;
    const bool full = errno == EAGAIN || errno == EWOULDBLOCK;
    if (!full) channel.error_ = errno;
    if (channel.transport_ == Transport::tcp || turn == 3) return -1;
    pollfd room{socket, POLLOUT, 0};
    if (full)
      ::poll(&room, 1, 10);
    else if (channel.open_.size() > 1 && channel.earlier_error_ == 0)
      channel.earlier_error_ = errno;
    else
      return -1;
  }
}

void Channel::Hooks::state(void* data, ares_socket_t socket, int readable, int writable) {
  Channel& channel = *static_cast<Channel*>(data);
  const bool wanted = readable != 0 || writable != 0;
  if (!wanted && !channel.registered_) return;
  epoll_event event{};
  if (readable != 0) event.events |= EPOLLIN;
  if (writable != 0) event.events |= EPOLLOUT;
  event.data.ptr = &channel;
  const int change = !wanted ? EPOLL_CTL_DEL : channel.registered_ ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
  ::epoll_ctl(channel.shared_.epoll, change, socket, &event);
  channel.registered_ = wanted;
}

}  // namespace resolver
