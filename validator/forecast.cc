#include "validator/forecast.h"

#include <algorithm>
#include <map>
#include <set>

namespace validator {
namespace {

constexpr dns::Seconds horizon{10LL * 365 * 86400};

// The instants at which a signature that holds now ceases to.
std::vector<dns::Time> expiries(const Chain& chain) {
  std::set<dns::Time> instants;
  for (const Link& link : chain.links)
    if (link.kind == LinkKind::signs && link.ok && link.expires >= chain.now && link.expires < chain.now + horizon)
      instants.insert(link.expires);
  return {instants.begin(), instants.end()};
}

std::optional<LinkId> link_ending(const Chain& chain, dns::Time instant) {
  for (LinkId id = 0; id < chain.links.size(); ++id)
    if (chain.links[id].kind == LinkKind::signs && chain.links[id].ok && chain.links[id].expires == instant) return id;
  return std::nullopt;
}

// For each zone: the first of its secured nodes to lose its last good signature.
std::vector<ZoneForecast> zone_by_zone(const Chain& chain) {
  std::map<NodeId, dns::Time> holds_until;
  for (const Link& link : chain.links)
    if (link.kind == LinkKind::signs && link.ok) {
      auto& until = holds_until[link.to];
      until = std::max(until, link.expires);
    }
  std::map<ZoneId, dns::Time> breaks;
  for (const auto& [node, until] : holds_until) {
    const auto [at, is_new] = breaks.try_emplace(chain.nodes[node].zone, until);
    if (!is_new) at->second = std::min(at->second, until);
  }
  std::vector<ZoneForecast> forecasts;
  for (const auto& [zone, at] : breaks) forecasts.push_back({zone, at});
  return forecasts;
}

}  // namespace

Forecast forecast(const Chain& chain, const JudgeAt& judge_at, int looks) {
  Forecast result;
  result.per_zone = zone_by_zone(chain);
  for (const dns::Time instant : expiries(chain)) {
    if (looks-- == 0) break;
    const Chain later = judge_at(instant + dns::Seconds{1});
    if (later.verdict == chain.verdict) continue;
    result.verdict_next = later.verdict;
    result.breaks_at = instant;
    if (!later.causes.empty()) result.first_code = later.findings[later.causes.front()].code;
    result.link = link_ending(chain, instant);
    if (result.link) result.node = chain.links[*result.link].to;
    if (result.node) result.zone = chain.nodes[*result.node].zone;
    break;
  }
  return result;
}

}  // namespace validator
