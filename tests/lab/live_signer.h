// Name servers that sign what they serve: BIND with a dnssec-policy, Knot with automatic signing, PowerDNS at the
// moment of each question. Keys are made by the server's own tool before the start, so that the parent can have the DS.
// It judges nothing; that BIND and Knot have finished, BIND's dnssec-verify says.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/lab/world.h"

namespace lab {

// ldns and bind_tools sign a file once, by ldns-signzone and dnssec-signzone: no servers.
enum class ZoneSigner { ldns, bind_tools, bind, knot, powerdns };
enum class ZoneDenial { nsec, nsec3, nsec3_opt_out, nsec3_narrow };

struct SignedZone {
  std::string name;
  std::string algorithm;  // by the mnemonic of RFC 9904
  ZoneDenial denial = ZoneDenial::nsec;
};

[[nodiscard]] bool is_live(ZoneSigner kind);

// Programs that it needs.
[[nodiscard]] std::vector<std::string> programs_of(ZoneSigner kind);

// Returns: whether the signer can do this algorithm with this denial (BIND and PowerDNS refuse algorithm 5 with NSEC3,
// as RFC 5155 §2 has it; narrow is PowerDNS's alone).
[[nodiscard]] bool can(ZoneSigner kind, std::string_view algorithm, ZoneDenial denial);

// Requires: is_live(kind).
class SigningServer {
 public:
  SigningServer(ZoneSigner kind, std::filesystem::path folder);

  // For ZoneRecipe::by_hand: makes the zone's key. `file` is the unsigned zone, and is what the server will read.
  [[nodiscard]] HandMade adopt(const SignedZone& zone, const std::filesystem::path& file);

  // Returns when all adopted zones are signed. Throws std::runtime_error with the server's log if one is not within 30
  // s.
  void start(const Endpoint& at);

 private:
  struct Adopted {
    SignedZone zone;
    std::filesystem::path file;
  };

  std::string adopt_bind(const SignedZone& zone);
  std::string adopt_knot(const SignedZone& zone);
  std::string adopt_powerdns(const SignedZone& zone);
  [[nodiscard]] Command configure(const Endpoint& at) const;
  [[nodiscard]] Command configure_bind(const Endpoint& at) const;
  [[nodiscard]] Command configure_knot(const Endpoint& at) const;
  [[nodiscard]] Command configure_powerdns(const Endpoint& at) const;
  void await(const Adopted& one, const Endpoint& at) const;

  ZoneSigner kind_;
  std::filesystem::path folder_;
  std::vector<Adopted> zones_;
  std::optional<Daemon> daemon_;
};

}  // namespace lab
