#include "resolver/network.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <deque>
#include <list>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "resolver/network_channel.h"
#include "resolver/network_rules.h"
#include "resolver/network_socket.h"

namespace resolver {
namespace {

using dns::Address;
using dns::Ask;
using dns::Exchange;
using dns::Outcome;
using dns::Silence;
using std::chrono::milliseconds;
using TimePoint = Clock::time_point;
using Transport = dns::Manner::Transport;
using Channels = std::list<std::unique_ptr<Channel>>;

constexpr std::size_t known_most = 20'000;  // outcomes kept for asks that come again
constexpr int turns_most = 32;              // of polling for more, once something is there

struct Hash {
  std::size_t operator()(const Ask& ask) const noexcept;
};

// An ask from its send on.
struct Known {
  enum class State : std::uint8_t { under_way, done } state = State::under_way;
  Exchange exchange;
  TimePoint fresh_until{};
};

struct Span {
  TimePoint start, deadline;
};

struct Waiting {
  Known* known;
  std::optional<Span> span;  // of its first try, if the connection closed under it
};

struct Lane {  // one server by one transport
  Address server;
  Transport transport{};
  std::optional<Channels::iterator> current;
  std::size_t in_flight = 0;
  std::deque<Waiting> waiting;
};

struct Flight {
  Known* known;
  Lane* lane;
  Channel* channel;
  Span span;
};

class Network final : public Source {
 public:
  explicit Network(const NetworkOptions& options) : options_(options) {}
  ~Network() override;
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  std::expected<void, std::string> open();
  void send(const Ask& ask) override;
  std::vector<Exchange> wait(TimePoint deadline) override;

 private:
  std::optional<Silence> forbidden(const Address& server);
  bool family_missing(const Address& server);
  void fill(Lane& lane);
  void start(Lane& lane, const Waiting& waiting);
  Channel* channel_for(Lane& lane);
  bool make_room();

  bool poll_once(TimePoint until);
  void take_arrivals();
  void take(Arrival arrival);
  Flight land(Ticket ticket);
  void finish(Known& known, Outcome outcome);
  void expire();
  void start_waiting();
  void forget_old();

  NetworkOptions options_;
  Shared shared_;
  std::map<std::pair<Address, Transport>, Lane> lanes_;
  Channels channels_;  // least lately used first
  Channels retired_;   // worn ones on which replies may still come
  std::unordered_map<Ask, Known, Hash> known_;
  std::unordered_map<Ticket, Flight> flights_;
  std::set<std::pair<TimePoint, Ticket>> timers_;
  Ticket last_ticket_ = 0;
  std::set<Lane*> hungry_;  // lanes with something waiting
  std::vector<Exchange> heard_;
  std::array<std::optional<Route>, 2> routes_;  // by family
};

std::expected<void, std::string> Network::open() {
  shared_.bind = options_.bind;
  shared_.timeout = options_.timeout;
  shared_.epoll = ::epoll_create1(EPOLL_CLOEXEC);
  if (shared_.epoll < 0) return std::unexpected(std::string("no epoll: ") + ::strerror(errno));
  if (shared_.ids.fill() == Ids::State::no_randomness) return std::unexpected("this system gives no random numbers");
  if (!options_.bind) return {};
  const int family = options_.bind->family == Address::Family::ipv4 ? AF_INET : AF_INET6;
  const int probe = open_socket(family, SOCK_DGRAM, options_.bind);
  if (probe < 0)
    return std::unexpected("cannot send from " + dns::print_with_port(*options_.bind) + ": " + ::strerror(errno));
  ::close(probe);
  return {};
}

Network::~Network() {
  channels_.clear();
  retired_.clear();
  if (shared_.epoll >= 0) ::close(shared_.epoll);
}

// --- sending ---

void Network::send(const Ask& ask) {
  const auto [entry, is_new] = known_.try_emplace(ask);
  Known& known = entry->second;
  if (!is_new) {
    if (known.state == Known::State::under_way) return;
    if (Clock::now() < known.fresh_until) {
      heard_.push_back(known.exchange);
      return;
    }
    known = Known{};
  }
  known.exchange.ask = ask;
  if (const auto why = forbidden(ask.server)) return finish(known, *why);
  Lane& lane = lanes_[{ask.server, ask.manner.transport}];
  lane.server = ask.server;
  lane.transport = ask.manner.transport;
  lane.waiting.push_back({&known, std::nullopt});
  fill(lane);
}

std::optional<Silence> Network::forbidden(const Address& server) {
  if (dns::is_unusable(server) || server.port == 0) return Silence::not_asked;
  if (!dns::is_special(server))
    return family_missing(server) ? std::optional(Silence::family_unreachable) : std::nullopt;
  return options_.private_destinations ? std::nullopt : std::optional(Silence::not_asked);
}

// One look per family, with the first public address of it that is asked: the lack of a route is this machine's alone.
bool Network::family_missing(const Address& server) {
  auto& route = routes_[static_cast<std::size_t>(server.family)];
  if (!route) route = route_to(server, options_.bind);
  return *route == Route::missing;
}

// As many of the waiting as may be in flight; the rest, and all if no channel is free, waits for start_waiting.
void Network::fill(Lane& lane) {
  while (!lane.waiting.empty() && lane.in_flight < options_.in_flight_per_server && channel_for(lane) != nullptr) {
    const Waiting next = lane.waiting.front();
    lane.waiting.pop_front();
    start(lane, next);
  }
  if (lane.waiting.empty())
    hungry_.erase(&lane);
  else
    hungry_.insert(&lane);
}

// Requires: the lane has a channel.
void Network::start(Lane& lane, const Waiting& waiting) {
  Channel& channel = ***lane.current;
  Exchange& exchange = waiting.known->exchange;
  const int attempt = exchange.ask.manner.attempt;
  const auto share =
      lane.transport == Transport::tcp ? options_.timeout : share_of(options_.timeout, options_.attempts, attempt);
  const auto now = Clock::now();
  const Span span = waiting.span.value_or(Span{now, now + share});
  const Ticket ticket = ++last_ticket_;
  flights_.emplace(ticket, Flight{waiting.known, &lane, &channel, span});
  timers_.emplace(span.deadline, ticket);
  ++lane.in_flight;
  exchange.sent = channel.send(exchange.ask, ticket);
}

// Returns: nullptr if there is none to be had now.
Channel* Network::channel_for(Lane& lane) {
  if (lane.current && (**lane.current)->worn()) {
    retired_.splice(retired_.end(), channels_, *lane.current);
    lane.current.reset();
  }
  if (lane.current) {
    channels_.splice(channels_.end(), channels_, *lane.current);
    (**lane.current)->sweep(Clock::now());
    return (*lane.current)->get();
  }
  if (channels_.size() + retired_.size() >= options_.channels && !make_room()) return nullptr;
  auto channel = Channel::open(lane.server, lane.transport, shared_);
  if (channel == nullptr) return nullptr;
  lane.current = channels_.insert(channels_.end(), std::move(channel));
  return (*lane.current)->get();
}

bool Network::make_room() {
  if (std::erase_if(retired_, [](const auto& channel) { return channel->idle(); }) > 0) return true;
  const auto idle = std::ranges::find_if(channels_, [](const auto& channel) { return channel->idle(); });
  if (idle == channels_.end()) return false;
  lanes_[{(*idle)->server(), (*idle)->transport()}].current.reset();
  channels_.erase(idle);
  return true;
}

// --- hearing ---

std::vector<Exchange> Network::wait(TimePoint deadline) {
  take_arrivals();
  for (int turn = 0;; ++turn) {
    if (heard_.empty() && timers_.empty() && hungry_.empty()) return {};
    const auto soonest = timers_.empty() ? deadline : std::min(deadline, timers_.begin()->first);
    const bool more = poll_once(heard_.empty() ? soonest : TimePoint::min());
    take_arrivals();
    expire();
    start_waiting();
    const bool late = Clock::now() >= deadline;
    // All that is here is handed out together: each batch costs the caller one recomputation of what is missing. But
    // one server that never stops talking must not keep the others' answers back.
    if (late || (!heard_.empty() && (!more || turn >= turns_most))) {
      forget_old();
      return std::exchange(heard_, {});
    }
  }
}

// Returns: whether anything happened.
bool Network::poll_once(TimePoint until) {
  int timeout = 0;
  if (const auto now = Clock::now(); until > now)
    timeout = static_cast<int>(std::min<std::int64_t>(std::chrono::ceil<milliseconds>(until - now).count(), 60'000));
  std::array<epoll_event, 64> events;
  const int count = ::epoll_wait(shared_.epoll, events.data(), static_cast<int>(events.size()), timeout);
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    static_cast<Channel*>(event.data.ptr)->process(event.events);
  }
  return count > 0;
}

void Network::take_arrivals() {
  for (Arrival& arrival : std::exchange(shared_.arrivals, {})) take(std::move(arrival));
}

void Network::take(Arrival arrival) {
  if (!flights_.contains(arrival.ticket)) return;  // its time was over
  const Flight flight = land(arrival.ticket);
  if (std::holds_alternative<Closed>(arrival.what)) {
    flight.lane->waiting.push_back({flight.known, flight.span});
    hungry_.insert(flight.lane);
    return;
  }
  flight.known->exchange.rtt = std::chrono::duration_cast<std::chrono::microseconds>(arrival.at - flight.span.start);
  if (auto* octets = std::get_if<dns::Bytes>(&arrival.what))
    finish(*flight.known, dns::reply_of(std::move(*octets)));
  else
    finish(*flight.known, std::get<Silence>(arrival.what));
}

// Requires: the ticket is in flight.
Flight Network::land(Ticket ticket) {
  const auto found = flights_.find(ticket);
  const Flight flight = found->second;
  flights_.erase(found);
  timers_.erase({flight.span.deadline, ticket});
  --flight.lane->in_flight;
  return flight;
}

void Network::finish(Known& known, Outcome outcome) {
  known.exchange.outcome = std::move(outcome);
  known.state = Known::State::done;
  known.fresh_until = Clock::now() + lifetime(known.exchange.outcome);
  heard_.push_back(known.exchange);
}

void Network::expire() {
  const auto now = Clock::now();
  while (!timers_.empty() && timers_.begin()->first <= now) {
    const Flight flight = land(timers_.begin()->second);
    flight.channel->forget(flight.known->exchange.sent);
    flight.known->exchange.rtt = std::chrono::duration_cast<std::chrono::microseconds>(now - flight.span.start);
    finish(*flight.known, Silence::timeout);
  }
}

void Network::start_waiting() {
  const std::vector<Lane*> lanes(hungry_.begin(), hungry_.end());
  for (Lane* lane : lanes) fill(*lane);
  take_arrivals();
  std::erase_if(retired_, [](const auto& channel) { return channel->idle(); });
}

// Bounds memory in long runs: what is no longer fresh goes first, then all that is settled. heard_ holds copies.
void Network::forget_old() {
  if (known_.size() > known_most) {
    const auto now = Clock::now();
    const auto done = [](const auto& entry) { return entry.second.state == Known::State::done; };
    std::erase_if(known_, [&](const auto& entry) { return done(entry) && entry.second.fresh_until <= now; });
    if (known_.size() > known_most) std::erase_if(known_, done);
  }
  if (lanes_.size() > known_most)
    std::erase_if(lanes_, [](const auto& entry) {
      const Lane& lane = entry.second;
      return !lane.current && lane.in_flight == 0 && lane.waiting.empty();
    });
}

std::size_t Hash::operator()(const Ask& ask) const noexcept {
  std::size_t hash = std::hash<dns::Name>{}(ask.name);
  const auto mix = [&](std::size_t value) { hash = hash * 0x9e3779b97f4a7c15 + value; };
  for (const std::uint8_t octet : ask.server.octets) mix(octet);
  mix(ask.server.port);
  mix(dns::number(ask.type));
  mix(static_cast<std::size_t>(ask.manner.transport) << 8 | ask.manner.attempt);
  return hash;
}

}  // namespace

std::expected<std::unique_ptr<Source>, std::string> open_network(const NetworkOptions& options) {
  auto network = std::make_unique<Network>(options);
  if (auto opened = network->open(); !opened) return std::unexpected(opened.error());
  return network;
}

}  // namespace resolver
