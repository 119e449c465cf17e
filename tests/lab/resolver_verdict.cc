#include "tests/lab/resolver_verdict.h"

#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <stdexcept>
#include <string_view>

namespace lab {
namespace {

void put16(std::string& out, std::uint16_t value) {
  out += static_cast<char>(value >> 8U);
  out += static_cast<char>(value & 0xffU);
}

// RD and AD set (RFC 6840 §5.7: the asker wants to see AD), CD clear: the resolver is to judge.
std::string query(std::uint16_t id, std::string_view name, std::uint16_t type) {
  std::string text;
  put16(text, id);
  text += std::string("\x01\x20\0\1\0\0\0\0\0\0", 10);
  while (!name.empty() && name != ".") {
    const auto label = name.substr(0, name.find('.'));
    text += static_cast<char>(label.size());
    text += label;
    name.remove_prefix(label.size() + 1);
  }
  text += '\0';
  put16(text, type);
  put16(text, 1);
  return text;
}

Verdict verdict_of(const std::array<unsigned char, 4096>& reply) {
  const auto rcode = reply[3] & 0x0fU;
  if (rcode == 2) return Verdict::bogus;
  if (rcode != 0 && rcode != 3) return Verdict::none;
  return (reply[3] & 0x20U) != 0 ? Verdict::secure : Verdict::insecure;
}

}  // namespace

ResolverVerdict::ResolverVerdict(const Endpoint& resolver) : socket_(SOCK_DGRAM) {
  if (!socket_.connect(socket_address(resolver.address, resolver.port))) throw std::runtime_error("cannot connect");
}

Verdict ResolverVerdict::ask(const std::string& name, std::uint16_t type, std::chrono::milliseconds limit) {
  const auto text = query(++id_, name, type);
  if (::send(socket_.fd(), text.data(), text.size(), 0) < 0) return Verdict::none;
  pollfd watched{socket_.fd(), POLLIN, 0};
  while (::poll(&watched, 1, static_cast<int>(limit.count())) > 0) {
    std::array<unsigned char, 4096> reply{};
    const auto got = ::recv(socket_.fd(), reply.data(), reply.size(), 0);
    if (got < 12) continue;
    if (reply[0] == static_cast<unsigned char>(text[0]) && reply[1] == static_cast<unsigned char>(text[1]))
      return verdict_of(reply);  // else: a late answer to a question before
  }
  return Verdict::none;
}

}  // namespace lab
