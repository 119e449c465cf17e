#include "report/prometheus.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>

#include "report/freshness.h"
#include "report/metric_family.h"
#include "report/reading.h"

namespace report {

using namespace validator;

namespace {

// A family and where its samples come from, in the order of cli.md §8.
struct Source {
  std::string_view name;
  MetricKind kind;
  std::string_view unit, help;
  void (*collect)(const Chain& chain, MetricFamily& family);
};
extern const std::array<Source, 18> sources;

}  // namespace

std::string prometheus(const std::vector<Chain>& chains, Exposition exposition) {
  std::string text;
  for (const auto& source : sources) {
    MetricFamily family(source.name, source.kind, source.unit, source.help);
    for (const auto& chain : chains) source.collect(chain, family);
    text += exposition == Exposition::prometheus ? family.prometheus_text() : family.openmetrics_text();
  }
  return exposition == Exposition::prometheus ? text : text + "# EOF\n";
}

namespace {

// zone, name, type; and the resolver, where several were asked the same.
Labels common(const Chain& chain) {
  const auto own = own_zone(chain);
  Labels labels{{"zone", own ? typed(chain.zones[*own].name) : ""},
                {"name", typed(chain.name)},
                {"type", dns::to_text(chain.type)}};
  const auto resolver = std::ranges::find_if(chain.servers, [](const Server& server) { return !server.zone; });
  if (chain.mode == dns::Mode::stub && resolver != chain.servers.end())
    labels.emplace_back("resolver", dns::print(resolver->address));
  return labels;
}

Labels with(Labels labels, const Labels& more) {
  labels.insert(labels.end(), more.begin(), more.end());
  return labels;
}

Labels at_zone(const Chain& chain, const Zone& zone) { return with(common(chain), {{"at_zone", typed(zone.name)}}); }

double seconds(dns::Time time) { return static_cast<double>(time.time_since_epoch().count()); }

void status(const Chain& chain, MetricFamily& family) {
  for (const auto each : {Security::secure, Security::insecure, Security::bogus, Security::indeterminate}) {
    family.add(with(common(chain), {{"dnssec_chain_status", std::string(to_text(each))}}),
               chain.verdict == each ? 1 : 0);
  }
}

void break_time(const Chain& chain, MetricFamily& family) {
  family.add(common(chain),
             chain.forecast.verdict_next ? seconds(chain.forecast.breaks_at) : std::numeric_limits<double>::infinity());
}

void fault(const Chain& chain, MetricFamily& family) {
  const auto* cause = first_cause(chain);
  if (cause == nullptr) return;
  family.add(with(common(chain), {{"at_zone", typed(cause->blame.zone)},
                                  {"party", std::string(to_text(cause->blame.party))},
                                  {"slug", std::string(to_text(cause->code))}}),
             1);
}

void findings(const Chain& chain, MetricFamily& family) {
  const auto counts = count(chain);
  const std::pair<Severity, std::size_t> all[] = {
      {Severity::error, counts.errors}, {Severity::warning, counts.warnings}, {Severity::notice, counts.notices}};
  for (const auto& [severity, number] : all) {
    family.add(with(common(chain), {{"severity", std::string(to_text(severity))}}), static_cast<double>(number));
  }
}

// Of the name's own zone, for each type covered and each server: the least or the greatest time.
template <dns::Time Link::* time>
void signature_times(const Chain& chain, MetricFamily& family, bool (*better)(dns::Time, dns::Time)) {
  const auto own = own_zone(chain);
  std::map<std::pair<std::string, std::string>, dns::Time> times;
  for (const auto& link : chain.links) {
    if (link.kind != LinkKind::signs || own != chain.nodes[link.to].zone) continue;
    for (const auto id : link.servers) {
      const std::pair key{std::string(dns::to_text(link.covers)), dns::print(chain.servers[id].address)};
      const auto [at, is_new] = times.try_emplace(key, link.*time);
      if (!is_new && better(link.*time, at->second)) at->second = link.*time;
    }
  }
  for (const auto& [key, at] : times) {
    family.add(with(common(chain), {{"covered", key.first}, {"server", key.second}}), seconds(at));
  }
}

void expirations(const Chain& chain, MetricFamily& family) {
  signature_times<&Link::expires>(chain, family, [](dns::Time one, dns::Time other) { return one < other; });
}

void inceptions(const Chain& chain, MetricFamily& family) {
  signature_times<&Link::inception>(chain, family, [](dns::Time one, dns::Time other) { return one > other; });
}

void age(const Chain& chain, MetricFamily& family) {
  const auto own = own_zone(chain);
  const auto age = own ? signature_age(chain, *own) : std::nullopt;
  if (age) family.add(common(chain), static_cast<double>(age->count()));
}

bool vouches(const Chain& chain, NodeId from) {
  return std::ranges::any_of(
      chain.links, [&](const Link& link) { return link.kind == LinkKind::vouches && link.from == from && link.ok; });
}

void ds_matches(const Chain& chain, MetricFamily& family) {
  for (const auto& zone : chain.zones) {
    if (zone.name.is_root()) continue;
    int matches = 0;
    for (NodeId id = 0; id < chain.nodes.size(); ++id) {
      const auto* ds = std::get_if<DsNode>(&chain.nodes[id].body);
      if (ds != nullptr && ds->owner == zone.name && vouches(chain, id)) ++matches;
    }
    family.add(at_zone(chain, zone), matches);
  }
}

void keys(const Chain& chain, MetricFamily& family) {
  const auto own = own_zone(chain);
  for (const auto& node : chain.nodes) {
    const auto* key = std::get_if<KeyNode>(&node.body);
    if (key == nullptr || !key->published || own != node.zone) continue;
    family.add(with(common(chain), {{"tag", std::to_string(key->tag)},
                                    {"algorithm", std::to_string(dns::number(key->key.algorithm))},
                                    {"flags", std::to_string(key->key.flags)},
                                    {"bits", std::to_string(key->bits)}}),
               1);
  }
}

void servers(const Chain& chain, MetricFamily& family) {
  for (const auto& zone : chain.zones) {
    if (!zone.servers.empty()) family.add(at_zone(chain, zone), static_cast<double>(zone.servers.size()));
  }
}

void servers_bad(const Chain& chain, MetricFamily& family) {
  for (ZoneId id = 0; id < chain.zones.size(); ++id) {
    const auto& zone = chain.zones[id];
    if (!zone.servers.empty()) family.add(at_zone(chain, zone), static_cast<double>(bad_servers(chain, id)));
  }
}

// The share of the servers whose serial is known that have the newest one.
double agreement_ratio(const Chain& chain, const Zone& zone) {
  for (const auto& finding : chain.findings) {
    if (finding.code != Code::serials_differ || !(finding.zone == zone.name)) continue;
    const auto* value = detail(finding, "serials");
    const auto* serials = value == nullptr ? nullptr : std::get_if<Serials>(value);
    if (serials == nullptr || serials->empty()) continue;
    const auto newest = std::ranges::count_if(*serials, [&](const auto& mine) {
      return std::ranges::none_of(*serials,
                                  [&](const auto& other) { return dns::before({mine.second}, {other.second}); });
    });
    return static_cast<double>(newest) / static_cast<double>(serials->size());
  }
  return 1;
}

void agreement(const Chain& chain, MetricFamily& family) {
  for (const auto& zone : chain.zones) {
    if (!zone.servers.empty()) family.add(at_zone(chain, zone), agreement_ratio(chain, zone));
  }
}

void iterations(const Chain& chain, MetricFamily& family) {
  for (const auto& zone : chain.zones) {
    if (zone.nsec3) family.add(at_zone(chain, zone), zone.nsec3->iterations);
  }
}

Labels anchor_labels(const Chain& chain, const AnchorNode& anchor) {
  return with(common(chain), {{"tag", std::to_string(anchor.tag)},
                              {"algorithm", std::to_string(dns::number(anchor.algorithm))},
                              {"source", printable(anchor.source)}});
}

template <bool used>
void anchors(const Chain& chain, MetricFamily& family) {
  for (const auto& node : chain.nodes) {
    const auto* anchor = std::get_if<AnchorNode>(&node.body);
    if (anchor != nullptr) family.add(anchor_labels(chain, *anchor), used && !anchor->used ? 0 : 1);
  }
}

void success(const Chain& chain, MetricFamily& family) {
  const bool ours = chain.blame && chain.blame->party == Party::here && chain.verdict != Security::secure;
  family.add(common(chain), ours ? 0 : 1);
}

void duration(const Chain& chain, MetricFamily& family) {
  family.add(common(chain), static_cast<double>(chain.stats.elapsed.count()) / 1000);
}

void queries(const Chain& chain, MetricFamily& family) {
  family.add(common(chain), static_cast<double>(chain.stats.queries));
}

using enum MetricKind;
const std::array<Source, 18> sources{{
    {"dnssec_chain_status", stateset, "", "Verdict over the chain of trust, 1 for the current one.", status},
    {"dnssec_chain_break_timestamp_seconds", gauge, "seconds",
     "When the verdict will turn, by the signatures now seen.", break_time},
    {"dnssec_fault_info", info, "", "The first cause, and whose it is, while there is one.", fault},
    {"dnssec_findings", gauge, "", "Findings that are no consequence of another.", findings},
    {"dnssec_rrsig_expiration_timestamp_seconds", gauge, "seconds",
     "Earliest expiration of the signatures of a type at a server.", expirations},
    {"dnssec_rrsig_inception_timestamp_seconds", gauge, "seconds",
     "Latest inception of the signatures of a type at a server.", inceptions},
    {"dnssec_signature_age_seconds", gauge, "seconds", "Since the newest inception in the zone.", age},
    {"dnssec_ds_matches", gauge, "", "DS that match a key of the zone and are used, by key.", ds_matches},
    {"dnssec_dnskey_info", info, "", "Keys that the zone publishes.", keys},
    {"dnssec_servers", gauge, "", "Addresses of the zone's name servers.", servers},
    {"dnssec_servers_bad", gauge, "", "Those that are silent or named by an error.", servers_bad},
    {"dnssec_server_agreement_ratio", gauge, "ratio", "Share of the zone's servers that have its newest serial.",
     agreement},
    {"dnssec_nsec3_iterations", gauge, "", "Further iterations of the zone's NSEC3 hashes.", iterations},
    {"dnssec_trust_anchor_info", info, "", "Trust anchors at hand.", anchors<false>},
    {"dnssec_trust_anchor_used", gauge, "", "Whether the anchor's key signs the zone's keys.", anchors<true>},
    {"probe_success", gauge, "", "Whether the check came to a verdict that is not our own failure.", success},
    {"probe_duration_seconds", gauge, "seconds", "How long the questions took.", duration},
    {"probe_dns_queries", gauge, "", "Questions sent.", queries},
}};

}  // namespace
}  // namespace report
