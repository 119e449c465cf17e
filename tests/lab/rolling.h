// Zones that roll while they are served: a root and zones below it, each signed by ldns with the keys that a test names
// and served by NSD; the root's DS sets change on demand. Short TTLs. It knows no rollover: which step comes when is
// the test's.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/lab/network.h"
#include "tests/lab/process.h"
#include "tests/lab/world.h"

namespace lab {

// Zones on one NSD, at addresses of its own, signed and loaded anew one by one.
class RollingServer {
 public:
  RollingServer(std::filesystem::path folder, std::uint16_t port) : folder_(std::move(folder)), port_(port) {}
  void add(const std::string& zone, const std::string& address);
  void start();  // requires: a file FOLDER/ZONEsigned for each
  // Returns when the server answers with this serial. Throws std::runtime_error if it does not within 20 s.
  void load(const std::string& zone, unsigned serial);
  [[nodiscard]] std::filesystem::path file_of(const std::string& zone) const { return folder_ / (zone + "signed"); }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
  std::uint16_t port_;
  std::map<std::string, std::string> zones_;  // name -> address
  std::optional<Daemon> daemon_;
};

// What a zone is signed with: base names of key files in its server's folder.
struct RollingKeys {
  std::vector<std::string> published;  // their DNSKEY records are in the zone
  std::vector<std::string> signing;    // by their flags ldns knows what for; none: the zone is unsigned
};

class RollingZone {
 public:
  RollingZone(RollingServer& server, std::string name, std::string address, int ttl)
      : server_(&server), name_(std::move(name)), address_(std::move(address)), ttl_(ttl) {}
  // Returns: the base name of a new key's files. `flags`: "-k" or nothing.
  std::string make_key(const std::string& algorithm, bool ksk) const;
  [[nodiscard]] std::string ds_of(const std::string& key) const;  // "TAG ALG 2 DIGEST"
  void write(const RollingKeys& keys);
  void publish(const RollingKeys& keys);  // write, and served when it returns
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& address() const { return address_; }

 private:
  RollingServer* server_;
  std::string name_, address_;
  int ttl_;
  unsigned serial_ = 0;
};

// The root above them: its DS sets.
class RollingRoot {
 public:
  RollingRoot(Network& network, const std::filesystem::path& folder, int ttl);
  void delegate(const std::string& zone, const std::string& address, std::vector<std::string> ds);
  void start();
  void set_ds(const std::string& zone, std::vector<std::string> ds);  // served when it returns
  [[nodiscard]] World world() const { return world_; }                // hints and anchors, for programs that ask

 private:
  struct Child {
    std::string address;
    std::vector<std::string> ds;
  };
  void write();

  World world_;
  RollingServer server_;
  std::string address_, ksk_, zsk_;
  int ttl_;
  unsigned serial_ = 0;
  std::map<std::string, Child> children_;
};

[[nodiscard]] std::string tag_of(const std::string& key);  // "Kzone.+013+01234" -> "1234"

}  // namespace lab
