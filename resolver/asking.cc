#include "resolver/asking.h"

#include <algorithm>
#include <bit>
#include <cassert>

namespace resolver {
namespace {

constexpr std::size_t client_octets = 8, least_full = 16, most_full = 40;  // RFC 7873 §4

std::uint64_t little_endian(dns::View octets) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < octets.size(); ++i) word |= std::uint64_t{octets[i]} << (8 * i);
  return word;
}

struct SipState {
  std::uint64_t a, b, c, d;

  void round() {
    a += b, b = std::rotl(b, 13) ^ a, a = std::rotl(a, 32);
    c += d, d = std::rotl(d, 16) ^ c;
    a += d, d = std::rotl(d, 21) ^ a;
    c += b, b = std::rotl(b, 17) ^ c, c = std::rotl(c, 32);
  }
  void absorb(std::uint64_t word) {
    d ^= word;
    round(), round();
    a ^= word;
  }
};

dns::View octets_of(const dns::Address& address) {
  return dns::View(address.octets.data(), address.family == dns::Address::Family::ipv4 ? 4 : 16);
}

bool is_letter(std::uint8_t octet) { return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z'); }
bool is_upper(std::uint8_t octet) { return octet <= 'Z'; }
constexpr std::uint8_t case_bit = 0x20;

}  // namespace

dns::Ask ask_to(const dns::Target& target, const dns::Address& server, const dns::Name& name, dns::RRType type) {
  dns::Ask ask;
  ask.server = server;
  ask.name = name;
  ask.type = type;
  ask.manner.transport = target.habit.transport;
  ask.manner.udp_size = target.habit.udp_size;
  if (target.habit.nsid) ask.manner.options.push_back({dns::EdnsOption::nsid, {}});
  if (target.habit.cookie && !target.chance.empty())
    ask.manner.options.push_back({dns::EdnsOption::cookie, client_cookie(target, server)});
  return ask;
}

dns::Bytes client_cookie(const dns::Target& target, const dns::Address& server) {
  const std::uint64_t hash = siphash(target.chance, octets_of(server));
  dns::Bytes cookie;
  for (std::size_t i = 0; i < client_octets; ++i) cookie.push_back(static_cast<std::uint8_t>(hash >> (8 * i)));
  return cookie;
}

const dns::EdnsOption* find_option(const std::vector<dns::EdnsOption>& options, std::uint16_t code) {
  const auto found = std::ranges::find(options, code, &dns::EdnsOption::code);
  return found == options.end() ? nullptr : &*found;
}

std::optional<dns::Bytes> full_cookie(const dns::Message& reply, const dns::Ask& ask) {
  const auto* ours = find_option(ask.manner.options, dns::EdnsOption::cookie);
  const auto* theirs = reply.edns ? find_option(reply.edns->options, dns::EdnsOption::cookie) : nullptr;
  if (ours == nullptr || theirs == nullptr || ours->data.size() < client_octets) return std::nullopt;
  if (theirs->data.size() < least_full || theirs->data.size() > most_full) return std::nullopt;
  if (!std::equal(ours->data.begin(), ours->data.begin() + client_octets, theirs->data.begin())) return std::nullopt;
  return theirs->data;
}

dns::Name in_mixed_case(const dns::Target& target, const dns::Address& server, const dns::Name& name) {
  const dns::Name lowered = name.lowered();
  dns::Bytes seed(lowered.wire().begin(), lowered.wire().end());
  const auto where = octets_of(server);
  seed.insert(seed.end(), where.begin(), where.end());
  const std::uint64_t coins = siphash(target.chance, seed);
  dns::Bytes wire(name.wire().begin(), name.wire().end());
  std::vector<std::uint8_t*> letters;  // an octet of length is below every letter
  for (std::uint8_t& octet : wire)
    if (is_letter(octet)) letters.push_back(&octet);
  for (std::size_t i = 0; i < letters.size(); ++i)
    if ((coins >> (i % 64) & 1) != 0) *letters[i] ^= case_bit;
  const auto upper = [](const std::uint8_t* octet) { return is_upper(*octet); };
  const bool mixed = std::ranges::any_of(letters, upper) && !std::ranges::all_of(letters, upper);
  if (!letters.empty() && !mixed && letters.size() > 1) *letters.front() ^= case_bit;
  if (std::ranges::equal(wire, name.wire()) && !letters.empty()) *letters.back() ^= case_bit;
  return dns::Name::from_wire(wire).value_or(name);
}

std::uint64_t siphash(dns::View key, dns::View data) {
  assert(key.size() == 16);
  const std::uint64_t first = little_endian(key.first(8)), second = little_endian(key.subspan(8, 8));
  SipState state{first ^ 0x736f6d6570736575, second ^ 0x646f72616e646f6d, first ^ 0x6c7967656e657261,
                 second ^ 0x7465646279746573};
  const std::size_t whole = data.size() / 8 * 8;
  for (std::size_t at = 0; at < whole; at += 8) state.absorb(little_endian(data.subspan(at, 8)));
  state.absorb(little_endian(data.subspan(whole)) | std::uint64_t{data.size() & 0xff} << 56);
  state.c ^= 0xff;
  for (int i = 0; i < 4; ++i) state.round();
  return state.a ^ state.b ^ state.c ^ state.d;
}

}  // namespace resolver
