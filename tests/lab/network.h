// Loopback addresses and a port that nobody else uses, and the question whether a server is up.
// Its DNS is a fixed query written by hand: it must not depend on the code under test.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lab {

struct Endpoint {
  std::string address;
  std::uint16_t port = 0;
};

// Addresses 127.x.y.z of this process and one port free on all of them, for UDP and TCP: a walk takes only one port.
// The first one moves the process into a network namespace of its own, where the kernel lets it (as root, or by a user
// namespace): nothing else is there, and the addresses can be given to an interface, without which BIND does not
// listen.
class Network {
 public:
  explicit Network(unsigned addresses);

  // Returns: whether the addresses belong to an interface. Without, any 127.x still works for all servers but BIND's.
  [[nodiscard]] bool on_interface() const { return on_interface_; }

  // Returns: the next address not handed out yet. Throws std::runtime_error when all are gone.
  [[nodiscard]] std::string take();
  [[nodiscard]] std::uint16_t port() const { return port_; }
  // A second port, as free as the first: for servers that stand behind a relay.
  [[nodiscard]] std::uint16_t port_behind() const { return static_cast<std::uint16_t>(port_ + 1); }

 private:
  std::vector<std::string> free_;
  std::uint16_t port_ = 0;
  bool on_interface_ = true;
};

enum class Wanted { authority, any_reply };

// Asks `server` for the SOA of `zone` until it answers NOERROR with AA (or, any_reply, at all). Returns: whether it did
// in time.
[[nodiscard]] bool answers(const Endpoint& server, std::string_view zone, Wanted wanted,
                           std::chrono::milliseconds limit);

}  // namespace lab
