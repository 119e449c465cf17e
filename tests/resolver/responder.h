// Responder: a scripted server on a loopback address, by UDP and TCP at one port, for tests of the network Source.
// It knows no zones: what comes back is the script's.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "dns/address.h"
#include "dns/evidence.h"

namespace tests {

// One thing to do about a query, in order.
struct Act {
  enum class Kind : std::uint8_t {
    send,             // octets as one datagram, or one frame
    send_other_port,  // octets as a datagram from another port
    send_by_octets,   // TCP: the frame octet by octet
    close,            // TCP: end of stream
    reset,            // TCP: RST
  } kind = Kind::send;
  dns::Bytes octets;
};

struct Heard {
  dns::Bytes query;
  dns::Manner::Transport transport{};
  std::size_t number = 0;  // of the query, from 0, per Responder
  std::size_t on_connection = 0;
};

using Script = std::function<std::vector<Act>(const Heard&)>;

class Responder {
 public:
  explicit Responder(Script script, const std::string& address = "127.0.0.1");
  ~Responder();
  Responder(const Responder&) = delete;
  Responder& operator=(const Responder&) = delete;

  dns::Address address() const { return address_; }
  std::size_t queries() const { return count_; }

 private:
  struct Connection;
  void run();
  void answer_datagram();
  bool answer_stream(Connection& connection);

  Script script_;
  dns::Address address_;
  int udp_ = -1, tcp_ = -1, other_ = -1, wake_ = -1;
  std::atomic<std::size_t> count_ = 0;
  std::thread thread_;
};

// A port of `address` at which nobody listens, kept closed as long as this lives (a bound UDP socket would swallow, so:
// both are bound and closed again; nobody else here binds by number).
dns::Address closed_port(const std::string& address);

}  // namespace tests
