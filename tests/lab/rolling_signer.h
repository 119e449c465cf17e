// Signers that roll keys themselves, on one zone each, with TTLs and safety intervals of seconds: BIND with a
// dnssec-policy, Knot with automatic signing; and PowerDNS, whose steps pdnsutil takes. What they are told, and when,
// is the test's.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tests/lab/live_signer.h"
#include "tests/lab/network.h"
#include "tests/lab/process.h"

namespace lab {

class RollingSigner {
 public:
  // Requires: is_live(kind). `ttl`: of all records of the zone.
  RollingSigner(ZoneSigner kind, const std::filesystem::path& folder, std::string zone, Endpoint at, int ttl);
  // Returns when the zone is served with signatures. Throws std::runtime_error with the log if it is not within 30 s.
  void start();
  void tell(const Command& words) const;    // rndc, knotc or pdnsutil; throws if it fails
  void try_to(const Command& words) const;  // as tell; that it fails is no error
  [[nodiscard]] std::string ask(const Command& words) const;
  [[nodiscard]] std::vector<std::string> ksks() const;  // base names of key files (BIND), or tags
  [[nodiscard]] std::vector<std::string> zsks() const;
  [[nodiscard]] std::string ds_of(const std::string& key) const;
  [[nodiscard]] const std::string& zone() const { return zone_; }
  [[nodiscard]] const std::string& address() const { return at_.address; }
  [[nodiscard]] std::string log() const { return daemon_ ? daemon_->log() : ""; }

 private:
  [[nodiscard]] Command command(const Command& words) const;
  void write_zone() const;
  Command configure_bind() const;
  Command configure_knot() const;
  Command configure_powerdns() const;
  [[nodiscard]] std::vector<std::string> keys(bool ksk) const;

  ZoneSigner kind_;
  std::filesystem::path folder_;
  std::string zone_;
  Endpoint at_;
  int ttl_;
  std::optional<Daemon> daemon_;
};

}  // namespace lab
