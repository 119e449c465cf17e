// `check --full` of a healthy chain of three zones, every server 50 ms away, beside `dnsviz probe -A | dnsviz grok` on
// the same wire in the same run: wall time, processor time, questions. Prints a table and the ratios; it judges none.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "tests/lab/relay.h"
#include "tests/lab/require.h"
#include "tests/lab/server.h"
#include "tests/lab/subject.h"

namespace lab {
namespace {

constexpr std::chrono::milliseconds round_trip{50};
constexpr int turns = 5;
const std::string question = "www.example.com.";

struct Best {
  double wall_s = 1e9, cpu_s = 1e9;  // the least of the turns: everything else on the machine only adds
  int rounds = 0, queries = 0, status = -1;
};

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

void measure(Relay& relay, const Command& command, Best& best) {
  static_cast<void>(relay.take());
  const auto outcome = run(command, {.limit = std::chrono::seconds{120}});
  const auto traffic = relay.take();
  best.wall_s = std::min(best.wall_s, outcome.wall_s);
  best.cpu_s = std::min(best.cpu_s, outcome.cpu_s);
  best.rounds = traffic.rounds;
  best.queries = traffic.queries;
  best.status = outcome.status;
}

void print(const std::string& who, const Best& best) {
  fmt::print("  {:<36}{:>8.0f} ms{:>9.1f} ms{:>8}{:>9}{:>8}\n", who, best.wall_s * 1e3, best.cpu_s * 1e3, best.rounds,
             best.queries, best.status);
}

int all() {
  if (const auto lacking = missing({"nsd", "dnsviz", "ldns-keygen", "ldns-signzone"}); !lacking.empty()) {
    fmt::print("beside_dnsviz: {}\n", lacking);
    return everything_is_required() ? 1 : 0;
  }
  const Folder folder("beside-dnsviz");
  Network network(8);
  auto world = build(tree(), network, folder.path());
  world.port = network.port_behind();
  const Servers servers(world, ServerKind::nsd);
  std::vector<Hop> hops;
  for (const auto& [place, address] : world.addresses) hops.push_back({{address, 53}, {address, world.port}});
  Relay relay(hops, round_trip);
  const std::string run_dnsviz = std::string(TRUSTWALK_SOURCE_DIR) + "/tests/lab/run_dnsviz.py";
  const auto python = [&](const std::string& command) { return "/usr/bin/python3 " + run_dnsviz + " " + command; };
  // One type, as ours: without -R dnsviz asks for more.
  const Command theirs{"sh", "-c",
                       python("probe -4 -A -a . -R A -x .:ns1=" + world.address_of(".") + " " + question) + " | " +
                           python("grok -P -t " + world.key_anchor.string() + " > /dev/null")};
  const Command ours{TRUSTWALK_BINARY, "check",   "--full",    question, "A", "-k",
                     world.anchors,    "--hints", world.hints, "-p",     "53"};
  Best mine, dnsviz;
  for (int i = 0; i < turns; ++i) {
    measure(relay, ours, mine);
    measure(relay, theirs, dnsviz);
  }
  fmt::print(
      "check --full of three zones, every server {} ms away; least of {} turns\n  {:<36}{:>11}{:>12}{:>8}{:>9}{:>8}\n",
      round_trip.count(), turns, "", "wall", "CPU", "rounds", "queries", "status");
  print("trustwalk check --full", mine);
  print("dnsviz probe -A | dnsviz grok", dnsviz);
  fmt::print("  wall time 1/{:.1f} (aim 1/10), processor time 1/{:.0f} (aim 1/50)\n", dnsviz.wall_s / mine.wall_s,
             dnsviz.cpu_s / mine.cpu_s);
  return mine.status == 0 && dnsviz.status == 0 ? 0 : 1;
}

}  // namespace
}  // namespace lab

int main() {
  try {
    return lab::all();
  } catch (const std::exception& error) {
    fmt::print(stderr, "beside_dnsviz: {}\n", error.what());
    return 3;
  }
}
