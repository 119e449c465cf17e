// A private tree of zones, signed by real tools, from its root down: zone files, root hints, and the anchor of its
// root. It starts no server (server.h) and asks no question.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tests/lab/network.h"
#include "tests/lab/process.h"
#include "tests/lab/signer.h"
#include "tests/lab/zone_text.h"

namespace lab {

// What the parent is given: the DS of the entry key, of every key (the guide's way), nothing, or what `by_hand` makes
// of them.
struct DsPlan {
  enum class Which { entry_key, every_key, none } which = Which::entry_key;
  std::vector<int> digests{2};
  std::function<std::vector<std::string>(std::vector<std::string>)> by_hand{};
};

// A zone made by other means than the recipe's: the file to serve and the DS data for its parent.
struct HandMade {
  std::filesystem::path served;
  std::vector<std::string> ds;
};

struct ZoneRecipe {
  std::string name;    // absolute, lower case; "." is the root
  std::string body{};  // master-file lines after SOA, NS and the server's own address; owners relative to the zone
  Signing signing{};
  DsPlan ds{};
  std::function<void(ZoneText&)> damage{};  // the one break, done to the signed zone
  // In place of signing, ds and damage: gets the folder and the name of the unsigned file in it.
  std::function<HandMade(const std::filesystem::path&, const std::string&)> by_hand{};
  std::string place{};  // zones of one place share an address and a server; empty = by depth: root, tld, leaf, leaf4…
  std::vector<std::string> dead_servers{};  // further name servers (ns2…) at addresses where nobody listens
  std::vector<std::string> sign_with{};     // base names of keys in the world's folder, in place of new ones
  std::string ttl = "300";
};

struct ZoneBuilt {
  std::string name;
  std::string place;
  std::filesystem::path file;
};

struct World {
  std::filesystem::path folder;
  std::uint16_t port = 0;
  std::vector<ZoneBuilt> zones;                  // root first
  std::map<std::string, std::string> addresses;  // place -> 127.x.y.z
  std::filesystem::path hints;
  std::filesystem::path anchors;      // DS and DNSKEY forms of the root's entry key, zone-file format
  std::filesystem::path key_anchor;   // the DNSKEY alone: drill and delv want it
  std::filesystem::path bind_anchor;  // trust-anchors { … static-key … }

  [[nodiscard]] std::string address_of(std::string_view zone) const;
};

// Requires: a recipe for "."; every other zone lies below another.
[[nodiscard]] World build(const std::vector<ZoneRecipe>& recipes, Network& network,
                          const std::filesystem::path& folder);

}  // namespace lab
