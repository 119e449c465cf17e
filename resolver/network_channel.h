// Channel: one server by one transport over c-ares: questions go out, replies and failures come back as Arrivals.
// It keeps no time and never asks twice; network.cc does the first, `missing` the second.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "dns/evidence.h"
#include "resolver/network_rules.h"
#include "resolver/network_socket.h"
#include "resolver/source.h"

struct ares_channeldata;

namespace resolver {

using Ticket = std::uint64_t;  // names one question on its way

// The connection closed after it had brought other answers (RFC 7766 §6.2.3): the question may be put on a new one.
struct Closed {};

inline constexpr std::size_t largest_message = 65535;

struct Arrival {
  Ticket ticket = 0;
  Clock::time_point at;
  std::variant<dns::Bytes, dns::Silence, Closed> what;
};

// What all channels of one network share.
struct Shared {
  int epoll = -1;
  std::optional<dns::Address> bind;
  std::chrono::milliseconds timeout{2000};
  Ids ids;
  std::vector<Arrival> arrivals;
  // Not zeroed: most messages are small, and each page that nobody touches is a page fault less.
  std::unique_ptr<std::uint8_t[]> buffer = std::make_unique_for_overwrite<std::uint8_t[]>(largest_message);
};

class Channel {
 public:
  // Returns: nullptr if c-ares has none to give. Requires: `shared` outlives it.
  static std::unique_ptr<Channel> open(const dns::Address& server, dns::Manner::Transport transport, Shared& shared);
  ~Channel();
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  // Returns: the octets sent. The arrival may be there already (no socket, no route).
  dns::Bytes send(const dns::Ask& ask, Ticket ticket);
  void forget(dns::View sent);         // its time is over: no arrival will come for it
  void process(std::uint32_t events);  // of epoll; the event's data is the Channel
  void sweep(Clock::time_point now);   // lets c-ares drop, now and then, what was settled without it

  bool idle() const { return open_.empty(); }
  bool worn() const;  // its source port has been seen often enough (RFC 5452 §9.2)
  const dns::Address& server() const { return server_; }
  dns::Manner::Transport transport() const { return transport_; }

 private:
  struct Hooks;  // what c-ares calls
  struct Held;   // what c-ares holds for one query
  struct Open {
    Ticket ticket;
    dns::Bytes sent;
  };

  Channel(const dns::Address& server, dns::Manner::Transport transport, Shared& shared)
      : shared_(shared), server_(server), transport_(transport) {}
  bool start();
  std::ptrdiff_t receive_datagram(dns::View& for_cares);
  std::ptrdiff_t receive_stream();
  Fit offer(dns::View message);
  void fail_earlier(std::uint16_t id);
  void arrive(Ticket ticket, std::variant<dns::Bytes, dns::Silence, Closed> what);

  Shared& shared_;
  dns::Address server_;
  dns::Manner::Transport transport_;
  ares_channeldata* ares_ = nullptr;
  std::map<std::uint16_t, Open> open_;  // by id
  std::size_t queries_ = 0, held_ = 0;  // in its life; by c-ares, settled ones too
  Clock::time_point swept_{};

  // Of the one socket there is at a time.
  int socket_ = -1;
  int error_ = 0;          // errno of what failed last
  int earlier_error_ = 0;  // UDP: what a send was told of the datagrams before it
  std::size_t replies_ = 0;
  bool registered_ = false;  // with epoll
  bool drained_ = true;      // the last read brought c-ares nothing
  Frames frames_;            // TCP: what came
  dns::Bytes passed_;        // TCP: what c-ares may see, frames again
};

}  // namespace resolver
