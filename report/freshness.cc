#include "report/freshness.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "report/reading.h"

namespace report {

using namespace validator;

namespace {

bool is_good_signature(const Link& link) { return link.kind == LinkKind::signs && link.ok; }
std::optional<Ending> verdict_ending(const Chain& chain, Scope scope);
std::optional<Ending> server_ending(const Chain& chain, Scope scope);
ServerSet unless_all(const Chain& chain, LinkId link, const ServerSet& servers);

}  // namespace

std::optional<Ending> first_ending(const Chain& chain, Scope scope) {
  auto verdict = verdict_ending(chain, scope), server = server_ending(chain, scope);
  if (!verdict) return server;
  return server && server->at < verdict->at ? server : verdict;
}

std::optional<std::chrono::seconds> signature_age(const Chain& chain, ZoneId zone) {
  std::optional<dns::Time> newest;
  for (const auto& link : chain.links) {
    if (is_good_signature(link) && chain.nodes[link.to].zone == zone)
      newest = std::max(newest.value_or(link.inception), link.inception);
  }
  if (!newest) return std::nullopt;
  return chain.now - *newest;
}

namespace {

// The serials as the finding about them has them: none if all servers have the same.
const Serials* differing_serials(const Chain& chain, ZoneId zone) {
  for (const auto& finding : chain.findings) {
    if (finding.code != Code::serials_differ || !(finding.zone == chain.zones[zone].name)) continue;
    if (const auto* value = detail(finding, "serials")) return std::get_if<Serials>(value);
  }
  return nullptr;
}

bool is_behind(const Serials& serials, const dns::Address& address) {
  const auto mine = serials.find(address);
  return mine != serials.end() &&
         std::ranges::any_of(serials, [&](const auto& other) { return dns::before({mine->second}, {other.second}); });
}

}  // namespace

std::optional<Lag> worst_lag(const Chain& chain, ZoneId zone) {
  const auto* serials = differing_serials(chain, zone);
  if (serials == nullptr) return std::nullopt;
  std::map<std::string, std::map<ServerId, dns::Time>> newest;  // of each set, at each server
  for (const auto& link : chain.links) {
    if (link.kind != LinkKind::signs || chain.nodes[link.to].zone != zone) continue;
    for (const auto server : link.servers) {
      const auto [at, is_new] = newest[signature_text(chain, link)].try_emplace(server, link.inception);
      if (!is_new) at->second = std::max(at->second, link.inception);
    }
  }
  std::optional<Lag> worst;
  for (const auto& [set, servers] : newest) {
    const auto best = std::ranges::max_element(servers, {}, [](const auto& each) { return each.second; })->second;
    for (const auto& [server, inception] : servers) {
      if (!is_behind(*serials, chain.servers[server].address)) continue;
      const Lag lag{server, best - inception};
      if (!worst || lag.behind > worst->behind) worst = lag;
    }
  }
  return worst;
}

namespace {

std::optional<Ending> verdict_ending(const Chain& chain, Scope scope) {
  const auto& forecast = chain.forecast;
  if (scope == Scope::chain) {
    if (!forecast.verdict_next) return std::nullopt;
    return Ending{forecast.breaks_at, forecast.link, {}};
  }
  const auto own = own_zone(chain);
  const auto found = std::ranges::find_if(forecast.per_zone, [&](const auto& each) { return own == each.zone; });
  if (found == forecast.per_zone.end()) return std::nullopt;
  Ending ending{found->breaks_at, std::nullopt, {}};
  for (LinkId id = 0; id < chain.links.size() && !ending.link; ++id) {
    const auto& link = chain.links[id];
    if (is_good_signature(link) && link.expires == ending.at && own == chain.nodes[link.to].zone) ending.link = id;
  }
  return ending;
}

// Servers that already are bad have been told of: they count in servers_bad (cli.md §5).
std::set<ServerId> already_bad(const Chain& chain) {
  std::set<ServerId> bad;
  for (const auto& finding : chain.findings) {
    if (row(finding.code).severity == Severity::error && row(finding.code).breaks != Breaks::no)
      bad.insert(finding.servers.begin(), finding.servers.end());
  }
  return bad;
}

struct Hold {
  dns::Time until{};
  LinkId link = 0;
};

std::optional<Ending> server_ending(const Chain& chain, Scope scope) {
  const auto own = own_zone(chain);
  const auto bad = already_bad(chain);
  std::map<std::pair<NodeId, ServerId>, Hold> holds;  // any one good signature carries a node, so the last one counts
  for (LinkId id = 0; id < chain.links.size(); ++id) {
    const auto& link = chain.links[id];
    const auto& node = chain.nodes[link.to];
    if (!is_good_signature(link) || node.security != Security::secure || link.expires < chain.now) continue;
    if (scope == Scope::own_zone && own != node.zone) continue;
    for (const auto server : link.servers) {
      if (bad.contains(server)) continue;
      auto& hold = holds.try_emplace({link.to, server}, Hold{link.expires, id}).first->second;
      if (link.expires > hold.until) hold = {link.expires, id};
    }
  }
  if (holds.empty()) return std::nullopt;
  const auto first = std::ranges::min_element(holds, {}, [](const auto& each) { return each.second.until; })->second;
  ServerSet servers;
  for (const auto& [where, hold] : holds) {
    if (hold.until == first.until && hold.link == first.link) servers.push_back(where.second);
  }
  return Ending{first.until, first.link, unless_all(chain, first.link, std::move(servers))};
}

ServerSet unless_all(const Chain& chain, LinkId link, const ServerSet& servers) {
  const auto& all = chain.zones[chain.nodes[chain.links[link].to].zone].servers;
  return servers.size() < all.size() ? servers : ServerSet{};
}

}  // namespace
}  // namespace report
