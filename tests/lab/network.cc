#include "tests/lab/network.h"

#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <random>
#include <stdexcept>
#include <thread>

#include "tests/lab/socket.h"

namespace lab {
namespace {

// Root in a user namespace of its own is what lets a plain user have a network namespace.
bool unshare_network() {
  const auto uid = ::geteuid();
  const auto gid = ::getegid();
  if (uid == 0) return ::unshare(CLONE_NEWNET) == 0;
  if (::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) return false;
  std::ofstream("/proc/self/setgroups") << "deny";
  std::ofstream("/proc/self/uid_map") << "0 " << uid << " 1";
  std::ofstream("/proc/self/gid_map") << "0 " << gid << " 1";
  return true;
}

bool configure(const char* interface, unsigned long request, const std::string& address) {
  const Socket socket(SOCK_DGRAM);
  ifreq wish{};
  std::strncpy(wish.ifr_name, interface, IFNAMSIZ - 1);
  if (request == SIOCSIFFLAGS) {
    wish.ifr_flags = IFF_UP;
  } else {
    const auto at = socket_address(address, 0);
    std::memcpy(&wish.ifr_addr, &at, sizeof at);
  }
  return ::ioctl(socket.fd(), request, &wish) == 0;
}

// Once for the process: a second namespace would lose the servers of the first.
void enter_own_network() {
  static const bool entered = unshare_network() && configure("lo", SIOCSIFFLAGS, "");
  static_cast<void>(entered);
}

bool is_free(const std::string& address, std::uint16_t port) {
  const auto at = socket_address(address, port);
  return Socket(SOCK_DGRAM).bind(at) && Socket(SOCK_STREAM).bind(at);
}

// RD=0, one question: ZONE SOA IN.
std::string soa_query(std::string_view zone) {
  std::string query("\x54\x57\0\0\0\1\0\0\0\0\0\0", 12);
  while (!zone.empty() && zone != ".") {
    const auto label = zone.substr(0, zone.find('.'));
    query += static_cast<char>(label.size());
    query += label;
    zone.remove_prefix(std::min(zone.size(), label.size() + 1));
  }
  return query + std::string("\0\0\6\0\1", 5);
}

bool is_wanted(std::string_view reply, Wanted wanted) {
  if (reply.size() < 12 || reply.substr(0, 2) != "\x54\x57") return false;
  if (wanted == Wanted::any_reply) return true;
  const auto flags = static_cast<unsigned char>(reply[2]);
  const auto rcode = static_cast<unsigned char>(reply[3]) & 0x0fU;
  return (flags & 0x04U) != 0 && rcode == 0;
}

bool ask_once(const Endpoint& server, const std::string& query, Wanted wanted) {
  const Socket socket(SOCK_DGRAM);
  if (!socket.connect(socket_address(server.address, server.port))) return false;
  if (::send(socket.fd(), query.data(), query.size(), 0) < 0) return false;
  pollfd watched{socket.fd(), POLLIN, 0};
  if (::poll(&watched, 1, 200) <= 0) return false;
  std::array<char, 4096> reply{};
  const auto got = ::recv(socket.fd(), reply.data(), reply.size(), 0);
  return got > 0 && is_wanted({reply.data(), static_cast<std::size_t>(got)}, wanted);
}

}  // namespace

Network::Network(unsigned addresses) {
  enter_own_network();
  const auto pid = static_cast<unsigned>(::getpid());
  std::random_device random;
  const std::string prefix = "127." + std::to_string(64 + (pid >> 8U) % 128) + "." + std::to_string(pid % 256) + ".";
  for (unsigned last = 1; last <= addresses; ++last) {
    free_.push_back(prefix + std::to_string(last));
    on_interface_ = configure(("lo:" + std::to_string(last)).c_str(), SIOCSIFADDR, free_.back()) && on_interface_;
  }
  for (int tries = 0; tries < 200 && port_ == 0; ++tries) {
    // Below the range that Linux gives to outgoing sockets (32768 and up), so that none of them takes it meanwhile.
    const auto port = static_cast<std::uint16_t>(10'000 + random() % 20'000);
    bool all_free = true;
    for (const auto& address : free_) {
      all_free = all_free && is_free(address, port) && is_free(address, static_cast<std::uint16_t>(port + 1));
    }
    if (all_free) port_ = port;
  }
  if (port_ == 0) throw std::runtime_error("no free port on " + prefix + "x");
}

std::string Network::take() {
  if (free_.empty()) throw std::runtime_error("no address left");
  auto first = free_.front();
  free_.erase(free_.begin());
  return first;
}

bool answers(const Endpoint& server, std::string_view zone, Wanted wanted, std::chrono::milliseconds limit) {
  const auto query = soa_query(zone);
  const auto until = std::chrono::steady_clock::now() + limit;
  while (std::chrono::steady_clock::now() < until) {
    if (ask_once(server, query, wanted)) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds{10});  // between two questions, not instead of one
  }
  return false;
}

}  // namespace lab
