#include "report/json.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/json_finding.h"
#include "report/json_writer.h"
#include "report/reading.h"
#include "validator/events.h"

namespace report {

using namespace validator;

namespace {

class Document {
 public:
  explicit Document(JsonWriter& out) : out_(out) {}
  void chain(const Chain& chain);

 private:
  void head(const Chain& chain);
  void answer(const Answer& answer);
  void forecast(const Chain& chain);
  void event(const Event& event);
  void zone(ZoneId zone_id, const Zone& zone);
  void server(ServerId server_id, const Server& server);
  void node(NodeId node_id, const Node& node);
  void body(const AnchorNode& anchor);
  void body(const KeyNode& node);
  void body(const DsNode& ds);
  void body(const RRsetNode& rrset);
  void body(const DenialNode& denial);
  void link(const Link& link);
  void stats(const Stats& stats);

  template <class Value>
  void value(const Value& what) {
    out_.value(what);
  }
  template <class Value>
  void put(std::string_view name, const Value& what) {
    out_.put(name, what);
  }
  void null(std::string_view name) { out_.null(name); }
  void flag(std::string_view name, bool is_set) { out_.flag(name, is_set); }
  void id(std::string_view name, char letter, std::uint32_t number) { put(name, fmt::format("{}{}", letter, number)); }
  void ids(std::string_view name, char letter, const std::vector<std::uint32_t>& numbers);
  template <class List, class Write>
  void array(std::string_view name, const List& list, Write write) {
    out_.key(name);
    out_.array(list, write);
  }

  JsonWriter& out_;
};

}  // namespace

std::string json(const std::vector<Chain>& chains) {
  JsonWriter out(JsonWriter::Layout::pretty);
  Document document(out);
  if (chains.size() != 1) out.open_array();
  for (const auto& chain : chains) document.chain(chain);
  if (chains.size() != 1) out.close_array();
  return out.take();
}

namespace {

void Document::chain(const Chain& chain) {
  out_.open_object();
  head(chain);
  answer(chain.answer);
  forecast(chain);
  std::uint32_t zone_id = 0, server_id = 0, node_id = 0;
  array("zones", chain.zones, [&](const Zone& each) { zone(zone_id++, each); });
  array("servers", chain.servers, [&](const Server& each) { server(server_id++, each); });
  array("nodes", chain.nodes, [&](const Node& each) { node(node_id++, each); });
  array("links", chain.links, [&](const Link& each) { link(each); });
  array("findings", chain.findings, [&](const Finding& each) { put_finding(out_, chain, each); });
  stats(chain.stats);
  out_.close_object();
}

void Document::head(const Chain& chain) {
  put("schema_version", schema_version);
  out_.key("tool");
  out_.open_object();
  put("name", std::string_view{"trustwalk"});
  put("version", std::string_view{TRUSTWALK_VERSION});
  put("tables", tables_date);
  out_.close_object();
  out_.key("target");
  out_.open_object();
  put("name", chain.name);
  put("type", chain.type);
  put("mode", std::string_view{chain.mode == dns::Mode::walk ? "walk" : "stub"});
  out_.close_object();
  put("now", chain.now);
  put("verdict", to_text(chain.verdict));
  put("ede", ede_of(chain));
  array("causes", chain.causes, [&](std::size_t index) { value(std::uint64_t{index}); });
  put_blame(out_, chain.blame);
}

void Document::answer(const Answer& answer) {
  out_.key("answer");
  out_.open_object();
  put("rcode", dns::to_text(answer.rcode));
  put("security", to_text(answer.security));
  put("ttl_s", answer.ttl);
  ids("rrsets", 'n', answer.rrsets);
  out_.close_object();
}

void Document::forecast(const Chain& chain) {
  const auto& forecast = chain.forecast;
  out_.key("forecast");
  out_.open_object();
  if (forecast.verdict_next) {
    put("verdict_next", to_text(*forecast.verdict_next));
    put("breaks_at", forecast.breaks_at);
    put("remaining_s", std::int64_t{(forecast.breaks_at - chain.now).count()});
  } else {
    null("verdict_next"), null("breaks_at"), null("remaining_s");
  }
  forecast.first_code ? put("first_code", to_text(*forecast.first_code)) : null("first_code");
  forecast.node ? id("node", 'n', *forecast.node) : null("node");
  forecast.zone ? id("zone", 'z', *forecast.zone) : null("zone");
  array("per_zone", forecast.per_zone, [&](const ZoneForecast& each) {
    out_.open_object();
    id("zone", 'z', each.zone);
    put("breaks_at", each.breaks_at);
    out_.close_object();
  });
  array("events", events(chain), [&](const Event& each) { event(each); });
  out_.close_object();
}

void Document::event(const Event& event) {
  out_.open_object();
  put("happens_at", event.at);
  put("kind", to_text(event.kind));
  id("zone", 'z', event.zone);
  array("types", event.types, [&](dns::RRType type) { out_.value(dns::to_text(type)); });
  put("sets", event.sets);
  out_.flag("turns", event.turns);
  const auto& milestone = event.milestone;
  put("tag", milestone ? std::optional(milestone->tag) : std::nullopt);
  milestone ? put("stage", to_text(milestone->stage)) : null("stage");
  out_.close_object();
}

void Document::zone(ZoneId zone_id, const Zone& zone) {
  out_.open_object();
  id("id", 'z', zone_id);
  put("name", zone.name);
  put("security", to_text(zone.security));
  zone.parent ? id("parent", 'z', *zone.parent) : null("parent");
  zone.denial == DenialKind::unknown ? null("denial") : put("denial", denial_kind(zone.denial));
  ids("servers", 's', zone.servers);
  if (zone.nsec3) {
    out_.key("nsec3");
    out_.open_object();
    put("hash", int{zone.nsec3->hash});
    put("iterations", zone.nsec3->iterations);
    std::string salt;
    for (const auto octet : zone.nsec3->salt) salt += fmt::format("{:02x}", octet);
    put("salt", salt);
    flag("opt_out", zone.nsec3->opt_out);
    out_.close_object();
  } else {
    null("nsec3");
  }
  flag("reached", zone.reached);
  out_.close_object();
}

void Document::server(ServerId server_id, const Server& server) {
  out_.open_object();
  id("id", 's', server_id);
  server.zone ? id("zone", 'z', *server.zone) : null("zone");
  server.name.is_root() ? null("name") : put("name", server.name);
  put("address", server.address);
  if (server.rtt) {
    put("rtt_ms", std::int64_t{std::chrono::round<std::chrono::milliseconds>(*server.rtt).count()});
  } else {
    null("rtt_ms");
  }
  flag("answered", server.answered);
  server.nsid.empty() ? null("nsid") : put("nsid", nsid_text(server.nsid));
  out_.close_object();
}

void Document::node(NodeId node_id, const Node& node) {
  static constexpr std::string_view kinds[] = {"anchor", "key", "ds", "rrset", "denial"};
  out_.open_object();
  id("id", 'n', node_id);
  put("kind", kinds[node.body.index()]);
  id("zone", 'z', node.zone);
  std::visit([&](const auto& each) { body(each); }, node.body);
  put("security", to_text(node.security));
  ids("servers", 's', node.servers);
  out_.close_object();
}

void Document::body(const AnchorNode& anchor) {
  put("tag", anchor.tag);
  put("algorithm", anchor.algorithm);
  put("digest_type", anchor.digest_type);
  put("source", anchor.source);
  flag("used", anchor.used);
}

void Document::body(const KeyNode& node) {
  put("tag", node.tag);
  put("algorithm", node.key.algorithm);
  put("flags", node.key.flags);
  put("bits", node.bits);
  flag("published", node.published);
  flag("signs", node.signs);
}

void Document::body(const DsNode& ds) {
  put("owner", ds.owner);
  put("tag", ds.tag);
  put("algorithm", ds.algorithm);
  put("digest_types", ds.digest_types);
  put("ttl_s", ds.ttl);
  flag("assumed", ds.assumed);
}

void Document::body(const RRsetNode& rrset) {
  put("owner", rrset.set.owner);
  put("type", rrset.set.type);
  put("ttl_s", rrset.set.ttl);
  put("records", std::uint64_t{rrset.set.rdatas.size()});
  put("wildcard", rrset.wildcard);
  flag("synthesized", rrset.synthesized);
}

void Document::body(const DenialNode& denial) {
  put("owner", denial.name);
  put("type", denial.type);
  put("wanted", to_text(denial.wanted));
  flag("opt_out", denial.opt_out);
  array("proof", denial.records, [&](const dns::RRset& set) {
    out_.open_object();
    put("owner", set.owner);
    put("type", set.type);
    put("ttl_s", set.ttl);
    out_.close_object();
  });
}

void Document::link(const Link& link) {
  static constexpr std::string_view kinds[] = {"signs", "vouches", "denies", "aliases"};
  out_.open_object();
  put("kind", kinds[static_cast<std::size_t>(link.kind)]);
  id("from", 'n', link.from);
  id("to", 'n', link.to);
  if (link.kind == LinkKind::signs) put("covers", link.covers);
  flag("ok", link.ok);
  if (!link.ok) link.finding ? put("finding", std::uint64_t{*link.finding}) : null("finding");
  if (link.kind == LinkKind::signs) {
    put("inception", link.inception);
    put("expires", link.expires);
    ids("servers", 's', link.servers);
  }
  out_.close_object();
}

void Document::stats(const Stats& stats) {
  out_.key("stats");
  out_.open_object();
  put("queries", stats.queries);
  put("rounds", stats.rounds);
  put("elapsed_ms", std::int64_t{stats.elapsed.count()});
  put("signatures_checked", stats.signatures_checked);
  put("budget_spent", stats.budget_spent);
  out_.close_object();
}

void Document::ids(std::string_view name, char letter, const std::vector<std::uint32_t>& numbers) {
  array(name, numbers, [&](std::uint32_t number) { out_.value(fmt::format("{}{}", letter, number)); });
}

}  // namespace
}  // namespace report
