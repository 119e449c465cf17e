#include "tests/lab/server.h"

#include <fmt/format.h>

#include <set>
#include <stdexcept>

#include "tests/lab/server_config.h"

namespace lab {
namespace {

using std::filesystem::path;

constexpr std::chrono::seconds start_limit{20};

std::vector<ZoneBuilt> zones_at(const World& world, const std::string& place) {
  std::vector<ZoneBuilt> found;
  for (const auto& zone : world.zones) {
    if (zone.place == place) found.push_back(zone);
  }
  return found;
}

// No control channel: nobody else is to reach it.
std::string nsd_config(const World& world, const std::string& place, const path& folder) {
  std::string text =
      nsd_server({world.addresses.at(place), world.port}, folder) + "remote-control:\n  control-enable: no\n";
  for (const auto& zone : zones_at(world, place)) {
    text += fmt::format("zone:\n  name: \"{}\"\n  zonefile: \"{}\"\n", bare(zone.name), zone.file.string());
  }
  return text;
}

std::string named_options(const World& world, const std::string& address, const path& folder) {
  return fmt::format("controls {{ }};\noptions {{\n{}  port {};\n  max-cache-size 32m;\n",
                     bind_options({address, world.port}, folder), world.port);
}

std::string named_config(const World& world, const std::string& place, const path& folder) {
  std::string text =
      named_options(world, world.addresses.at(place), folder) + "  recursion no;\n  dnssec-validation no;\n};\n";
  for (const auto& zone : zones_at(world, place)) {
    text += fmt::format("zone \"{}\" {{ type primary; file \"{}\"; check-names ignore; check-integrity no; }};\n",
                        bare(zone.name), zone.file.string());
  }
  return text;
}

std::string knot_config(const World& world, const std::string& place, const path& folder) {
  std::string text = knot_server({world.addresses.at(place), world.port}, folder) + fmt::format(R"(template:
  - id: default
    storage: "{}"
    semantic-checks: off
    journal-content: none
    zonefile-sync: -1
zone:
)",
                                                                                                folder.string());
  for (const auto& zone : zones_at(world, place)) {
    text += fmt::format("  - domain: {}\n    file: \"{}\"\n", zone.name, zone.file.string());
  }
  return text;
}

Command server_command(const World& world, ServerKind kind, const std::string& place, const path& folder) {
  const auto config = (folder / "server.conf").string();
  switch (kind) {
    case ServerKind::nsd: write_file(config, nsd_config(world, place, folder)); return {"nsd", "-d", "-c", config};
    case ServerKind::bind:
      write_file(config, named_config(world, place, folder));
      return {"named", "-g", "-n", "1", "-c", config};
    case ServerKind::knot: write_file(config, knot_config(world, place, folder)); return {"knotd", "-c", config};
  }
  throw std::logic_error("no such server");
}

// Stub zones name the port of every server; with plain root hints unbound would ask port 53 only.
std::string unbound_config(const World& world, const Endpoint& at, const path& folder) {
  std::string text = fmt::format(R"(server:
  interface: {0}
  port: {1}
  username: ""
  chroot: ""
  directory: "{2}"
  pidfile: ""
  use-syslog: no
  verbosity: 1
  num-threads: 1
  do-not-query-localhost: no
  do-ip6: no
  access-control: 127.0.0.0/8 allow
  module-config: "validator iterator"
  trust-anchor-file: "{3}"
  trust-anchor-signaling: no
  ede: yes
remote-control:
  control-enable: no
)",
                                 at.address, at.port, folder.string(), world.key_anchor.string());
  for (const auto& zone : world.zones) {
    text += fmt::format("stub-zone:\n  name: \"{}\"\n  stub-addr: {}@{}\n", zone.name, world.address_of(zone.name),
                        world.port);
  }
  return text;
}

std::string recursor_config(const World& world, const Endpoint& at, const path& folder) {
  return named_options(world, at.address, folder) +
         "  recursion yes;\n  dnssec-validation yes;\n  allow-query { any; };\n};\n" +
         fmt::format("zone \".\" {{ type hint; file \"{}\"; }};\n", world.hints.string()) +
         read_file(world.bind_anchor);
}

path make_folder(const path& folder) {
  std::filesystem::create_directories(folder);
  return folder;
}

Daemon start_resolver(const World& world, ResolverKind kind, const Endpoint& at) {
  const auto folder = make_folder(world.folder / ("resolver-" + at.address));
  const auto config = (folder / "resolver.conf").string();
  if (kind == ResolverKind::unbound) {
    write_file(config, unbound_config(world, at, folder));
    return Daemon({"unbound", "-d", "-c", config}, folder);
  }
  write_file(config, recursor_config(world, at, folder));
  return Daemon({"named", "-g", "-n", "1", "-c", config}, folder);
}

}  // namespace

std::string_view program_of(ServerKind kind) {
  switch (kind) {
    case ServerKind::nsd: return "nsd";
    case ServerKind::bind: return "named";
    case ServerKind::knot: return "knotd";
  }
  return "";
}

Servers::Servers(const World& world, ServerKind kind) {
  std::set<std::string> places;
  for (const auto& zone : world.zones) places.insert(zone.place);
  for (const auto& place : places) {
    const auto folder = make_folder(world.folder / (std::string(program_of(kind)) + "-" + place));
    running_.push_back({place, Daemon(server_command(world, kind, place, folder), folder)});
  }
  for (const auto& zone : world.zones) {
    if (answers({world.address_of(zone.name), world.port}, zone.name, Wanted::authority, start_limit)) continue;
    for (const auto& one : running_) {
      if (one.place == zone.place) throw std::runtime_error("no answer for " + zone.name + "\n" + one.daemon.log());
    }
  }
}

Servers::~Servers() {
  for (auto& one : running_) one.daemon.ask_to_stop();
}

void Servers::stop(std::string_view place) {
  for (auto& one : running_) {
    if (one.place == place) one.daemon.stop();
  }
}

Resolver::Resolver(const World& world, ResolverKind kind, const std::string& address)
    : at_{address, world.port}, daemon_(start_resolver(world, kind, at_)) {
  if (!answers(at_, ".", Wanted::any_reply, start_limit)) throw std::runtime_error("no answer\n" + daemon_.log());
}

}  // namespace lab
