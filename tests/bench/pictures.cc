// What a picture costs: a chain of sixty nodes in six zones, from Chain to octets in this process. The whole process is
// measured by pictures.py.
#include <benchmark/benchmark.h>

#include "report/dot.h"
#include "report/html.h"
#include "report/picture.h"
#include "report/svg.h"
#include "report/timeline.h"

namespace {

using namespace validator;

// Six zones below each other; in each a KSK, a ZSK, two more keys, two DS for the next zone and four sets: ten nodes.
Chain sixty_nodes() {
  constexpr int zones = 6;
  Chain chain;
  chain.now = dns::Time{dns::Seconds{1'795'500'000}};
  chain.verdict = Security::secure;
  std::vector<dns::Name> names(zones);
  for (int i = 1; i < zones; ++i)
    names[static_cast<std::size_t>(i)] = *dns::Name::parse(std::string(static_cast<std::size_t>(i), 'z') + ".example.");
  chain.name = names.back();
  chain.type = dns::RRType::a;
  std::vector<NodeId> ds_above;
  for (ZoneId zone = 0; zone < zones; ++zone) {
    chain.zones.push_back({.name = names[zone], .security = Security::secure});
    if (zone > 0) chain.zones.back().parent = zone - 1;
    const auto add = [&](NodeBody body) {
      chain.nodes.push_back({zone, Security::secure, std::move(body), {}});
      return static_cast<NodeId>(chain.nodes.size() - 1);
    };
    const auto link = [&](LinkKind kind, NodeId from, NodeId to, dns::RRType covers = {}) {
      Link& made = chain.links.emplace_back();
      made.kind = kind;
      made.from = from;
      made.to = to;
      made.ok = true;
      made.covers = covers;
      made.inception = chain.now - dns::Seconds{86'400};
      made.expires = chain.now + dns::Seconds{1'000'000};
    };
    std::vector<NodeId> keys;
    for (int i = 0; i < 4; ++i) {
      KeyNode key;
      key.key.flags = i == 0 ? 257 : 256;
      key.key.algorithm = dns::Algorithm::ecdsap256sha256;
      key.tag = static_cast<dns::KeyTag>(1000 * (zone + 1) + static_cast<ZoneId>(i));
      key.bits = 256;
      key.signs = true;
      keys.push_back(add(key));
    }
    for (const auto key : keys) link(LinkKind::signs, keys[0], key, dns::RRType::dnskey);
    for (const auto ds : ds_above) link(LinkKind::vouches, ds, keys[0]);
    ds_above.clear();
    if (zone + 1 < zones) {
      for (int i = 0; i < 2; ++i) {
        DsNode ds;
        ds.owner = names[zone + 1];
        ds.tag = static_cast<dns::KeyTag>(1000 * (zone + 2) + static_cast<ZoneId>(i));
        ds.algorithm = dns::Algorithm::ecdsap256sha256;
        ds.digest_types = {dns::Digest::sha256};
        ds_above.push_back(add(ds));
        link(LinkKind::signs, keys[1], ds_above.back(), dns::RRType::ds);
      }
    }
    for (const auto type :
         {dns::RRType::a, dns::RRType::aaaa, dns::RRType::mx, dns::RRType::txt, dns::RRType::soa, dns::RRType::ns}) {
      if (zone + 1 < zones && (type == dns::RRType::soa || type == dns::RRType::ns)) continue;
      RRsetNode set;
      set.set.owner = names[zone];
      set.set.type = type;
      link(LinkKind::signs, keys[2], add(set), type);
    }
  }
  return chain;
}

report::Style everything() {
  report::Style style;
  style.probes = report::Style::Probes::all;  // nothing folded: sixty nodes are drawn
  return style;
}

void svg_of_sixty_nodes(benchmark::State& state) {
  const std::vector chains{sixty_nodes()};
  for (auto _ : state) benchmark::DoNotOptimize(report::svg(report::picture(chains, everything())));
  state.counters["nodes"] = static_cast<double>(report::picture(chains, everything()).items.size());
}
BENCHMARK(svg_of_sixty_nodes)->Unit(benchmark::kMillisecond);

void picture_and_dot_without_layout(benchmark::State& state) {
  const std::vector chains{sixty_nodes()};
  for (auto _ : state) benchmark::DoNotOptimize(report::dot(report::picture(chains, everything())));
}
BENCHMARK(picture_and_dot_without_layout)->Unit(benchmark::kMillisecond);

void timeline_of_sixty_nodes(benchmark::State& state) {
  const std::vector chains{sixty_nodes()};
  for (auto _ : state) benchmark::DoNotOptimize(report::draw(report::timeline(chains)));
}
BENCHMARK(timeline_of_sixty_nodes)->Unit(benchmark::kMillisecond);

void html_of_sixty_nodes(benchmark::State& state) {
  const std::vector chains{sixty_nodes()};
  for (auto _ : state) benchmark::DoNotOptimize(report::html(chains, everything()));
}
BENCHMARK(html_of_sixty_nodes)->Unit(benchmark::kMillisecond);

}  // namespace
