// Round trips, wall time and processor time of one cold validated lookup, next to the other validators on the same
// wire; and what a dead name server costs `check`. Prints a table; ends with 1 if a promise of ours is not kept.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "tests/lab/peer.h"
#include "tests/lab/relay.h"
#include "tests/lab/require.h"
#include "tests/lab/server.h"
#include "tests/lab/subject.h"

namespace lab {
namespace {

constexpr std::chrono::milliseconds round_trip{50};
constexpr int turns = 60;
const std::string question = "www.example.com.";

struct Row {
  std::string who;
  Command command;
};

bool kept = true;

void promise(bool holds, const std::string& what) {
  fmt::print("  {}  {}\n", holds ? "kept  " : "BROKEN", what);
  kept = kept && holds;
}

std::vector<ZoneRecipe> tree() {
  std::vector<ZoneRecipe> zones(3);
  zones[0].name = ".";
  zones[0].signing.algorithm = "RSASHA256";
  zones[1].name = "com.";
  zones[1].signing.denial = Denial::nsec3;
  zones[2].name = "example.com.";
  zones[2].body = "www A 192.0.2.80\n";
  return zones;
}

World behind(World world, const Network& network) {
  world.port = network.port_behind();
  return world;
}

std::vector<Hop> hops_to_all(const World& world, const Network& network) {
  std::vector<Hop> hops;
  for (const auto& [place, address] : world.addresses)
    hops.push_back({{address, network.port()}, {address, network.port_behind()}});
  return hops;
}

Command resolve(const World& world, Command how) {
  Command words{TRUSTWALK_BINARY, "resolve", question, "A", "-k", world.anchors};
  words.insert(words.end(), how.begin(), how.end());
  return words;
}

Command walk(const World& world) { return {"+walk", "--hints", world.hints, "-p", std::to_string(world.port)}; }

std::string at(const Endpoint& server) { return fmt::format("@{}#{}", server.address, server.port); }

// libunbound on its own way down: stub zones, because its root hints know no port.
Command unbound_walking(const World& world) {
  std::string text = fmt::format(
      "server:\n  do-not-query-localhost: no\n  do-ip6: no\n  username: \"\"\n  chroot: \"\"\n  directory: \"{}\"\n"
      "  trust-anchor-file: \"{}\"\n  trust-anchor-signaling: no\n  use-syslog: no\n",
      world.folder.string(), world.key_anchor.string());
  for (const auto& zone : world.zones) {
    text += fmt::format("stub-zone:\n  name: \"{}\"\n  stub-addr: {}@{}\n", zone.name, world.address_of(zone.name),
                        world.port);
  }
  const auto config = world.folder / "walking.conf";
  write_file(config, text);
  return {"unbound-host", "-C", config.string(), "-v", "-t", "A", question};
}

Traffic measure(Relay& relay, const Row& row) {
  static_cast<void>(relay.take());
  const auto outcome = run(row.command, {.limit = std::chrono::seconds{30}});
  const auto traffic = relay.take();
  fmt::print("  {:<28}{:>7}{:>9}{:>9.0f} ms{:>8.1f}{:>9.1f} ms{:>8}\n", row.who, traffic.rounds, traffic.queries,
             outcome.wall_s * 1e3, outcome.wall_s / std::chrono::duration<double>(round_trip).count(),
             outcome.cpu_s * 1e3, outcome.status);
  return traffic;
}

void head(const std::string& title) {
  fmt::print("\n{}\n  {:<28}{:>7}{:>9}{:>12}{:>8}{:>12}{:>8}\n", title, "", "rounds", "queries", "wall", "/RTT", "CPU",
             "status");
}

std::vector<Row> peers(const World& world, const Endpoint& forwarder) {
  std::vector<Row> rows{{"delv", delv_command(world, forwarder, question, "A")},
                        {"unbound-host", unbound_host_command(world, forwarder, question, "A")},
                        {"drill -S", drill_command(world, forwarder, question, "A")}};
  if (!find_program("getdns_query").empty()) {
    rows.push_back(
        {"getdns_query",
         {"getdns_query", "-s", "-f", world.key_anchor.string(),
          fmt::format("@{}@{}", forwarder.address, forwarder.port), "+dnssec_return_status", question, "A"}});
  }
  return rows;
}

void through_a_forwarder(const World& world, Network& network) {
  const Resolver resolver(behind(world, network), ResolverKind::unbound, network.take());
  const Endpoint front{resolver.at().address, network.port()};
  static_cast<void>(
      run(drill_command(world, resolver.at(), question, "A")));  // the forwarder's own cache is warm for all alike
  Relay relay({{front, resolver.at()}}, round_trip);
  head(fmt::format("one cold lookup through a forwarder, {} ms away", round_trip.count()));
  const auto ours = measure(relay, {"trustwalk resolve", resolve(world, {at(front)})});
  for (const auto& row : peers(world, front)) measure(relay, row);
  promise(ours.rounds == 1, "one round trip through a forwarder");
}

void from_the_hints(const World& world, const Network& network) {
  Relay relay(hops_to_all(world, network), round_trip);
  head(fmt::format("one cold lookup from the root hints, every server {} ms away", round_trip.count()));
  const auto ours = measure(relay, {"trustwalk resolve +walk", resolve(world, walk(world))});
  measure(relay, {"libunbound (unbound-host)", unbound_walking(world)});
  promise(ours.rounds == 3, "three round trips from the hints");
}

// The least of many runs, in turns: everything else on the machine only adds, and adds to both alike.
std::pair<double, double> least_cpu(const Command& one, const Command& other) {
  std::pair least{1e9, 1e9};
  for (int i = 0; i < turns; ++i) {
    least.first = std::min(least.first, run(one).cpu_s);
    least.second = std::min(least.second, run(other).cpu_s);
  }
  return least;
}

void processor_time(const World& world, Network& network) {
  const Resolver resolver(behind(world, network), ResolverKind::unbound, network.take());
  const auto drill = drill_command(world, resolver.at(), question, "A");
  static_cast<void>(run(drill));
  const auto [ours, theirs] = least_cpu(resolve(world, {at(resolver.at())}), drill);
  fmt::print(
      "\nprocessor time of one cold lookup, process start included, least of {} runs each\n  {:<28}{:>9.2f} ms\n  "
      "{:<28}{:>9.2f} ms\n",
      turns, "trustwalk resolve", ours * 1e3, "drill -S", theirs * 1e3);
  promise(ours <= theirs, "at most drill -S's");
}

void dead_server(Network& network, const std::filesystem::path& folder) {
  auto zones = tree();
  const auto dead = network.take();
  zones[2].dead_servers = {dead};
  const auto world = build(zones, network, folder);
  const Servers servers(world, ServerKind::nsd);
  const Silence silence({dead, world.port});
  const auto judgement =
      judge({"check", question, "A", "-k", world.anchors, "--hints", world.hints, "-p", std::to_string(world.port)});
  fmt::print("\ncheck with one dead name server of two: {:.2f} s, {}, status {}\n", judgement.outcome.wall_s,
             judgement.verdict, judgement.status);
  promise(judgement.outcome.wall_s < 3.0, "below 3 s");
  promise(judgement.verdict == "secure" && judgement.has("server-silent"),
          "secure all the same, and the dead server is reported");
}

int all() {
  if (const auto lacking = missing({"nsd", "unbound", "delv", "drill", "unbound-host", "ldns-keygen", "ldns-signzone"});
      !lacking.empty()) {
    fmt::print("rounds: {}\n", lacking);
    return everything_is_required() ? 1 : 0;
  }
  const Folder folder("rounds");
  Network network(12);
  const auto world = build(tree(), network, folder.path());
  {
    const Servers servers(behind(world, network), ServerKind::nsd);
    through_a_forwarder(world, network);
    from_the_hints(world, network);
    processor_time(world, network);
  }
  std::filesystem::create_directories(folder.path() / "dead");
  dead_server(network, folder.path() / "dead");
  return kept ? 0 : 1;
}

}  // namespace
}  // namespace lab

int main() {
  try {
    return lab::all();
  } catch (const std::exception& error) {
    fmt::print(stderr, "rounds: {}\n", error.what());
    return 3;
  }
}
