#include <algorithm>
#include <set>

#include "report/json.h"
#include "report/json_writer.h"
#include "report/reading.h"

namespace report {

using namespace validator;

namespace {

void put_question(JsonWriter& out, const Chain& chain);
void put_verdict(JsonWriter& out, const Chain& chain);
void put_zone(JsonWriter& out, const Chain& chain);
void put_numbers(JsonWriter& out, const Chain& chain);

}  // namespace

// Columns in a fixed order, every one always there (cli.md §7).
std::string ndjson(const Chain& chain, int shard) {
  JsonWriter out(JsonWriter::Layout::one_line);
  out.object([&] {
    out.put("schema_version", schema_version);
    put_question(out, chain);
    put_verdict(out, chain);
    put_zone(out, chain);
    put_numbers(out, chain);
    out.put("shard", shard);
  });
  return out.take();
}

namespace {

void put_question(JsonWriter& out, const Chain& chain) {
  out.put("name", chain.name);
  out.put("type", chain.type);
  out.put("epoch", dns::print_rfc3339(chain.now).substr(0, 10));
  out.put("now", chain.now);
}

std::vector<std::string_view> slugs_of(const Chain& chain) {
  std::vector<std::string_view> slugs;
  for (const auto& each : chain.findings) {
    const auto slug = to_text(each.code);
    if (std::ranges::find(slugs, slug) == slugs.end()) slugs.push_back(slug);
  }
  return slugs;
}

void put_verdict(JsonWriter& out, const Chain& chain) {
  out.put("verdict", to_text(chain.verdict));
  chain.blame ? out.put("blame_zone", chain.blame->zone) : out.null("blame_zone");
  chain.blame ? out.put("blame_party", to_text(chain.blame->party)) : out.null("blame_party");
  const auto* cause = first_cause(chain);
  cause != nullptr ? out.put("cause", to_text(cause->code)) : out.null("cause");
  out.put("slugs", slugs_of(chain));
  if (!chain.forecast.verdict_next) return out.null("breaks_at"), out.null("remaining_s");
  out.put("breaks_at", chain.forecast.breaks_at);
  out.put("remaining_s", std::int64_t{(chain.forecast.breaks_at - chain.now).count()});
}

void put_zone(JsonWriter& out, const Chain& chain) {
  std::set<std::uint32_t> algorithms, digests;
  for (const auto& each : chain.nodes) {
    if (const auto* key = std::get_if<KeyNode>(&each.body)) algorithms.insert(dns::number(key->key.algorithm));
    if (const auto* ds = std::get_if<DsNode>(&each.body)) {
      for (const auto digest : ds->digest_types) digests.insert(dns::number(digest));
    }
  }
  const auto id = own_zone(chain);
  const auto* zone = id ? &chain.zones[*id] : nullptr;
  zone != nullptr ? out.put("zone", zone->name) : out.null("zone");
  out.put("zones", std::uint64_t{chain.zones.size()});
  out.put("key_algorithms", algorithms);
  out.put("digest_types", digests);
  const auto denial = zone != nullptr ? denial_kind(zone->denial) : "";
  denial.empty() ? out.null("denial") : out.put("denial", denial);
  zone != nullptr && zone->nsec3 ? out.put("nsec3_iterations", zone->nsec3->iterations) : out.null("nsec3_iterations");
}

void put_numbers(JsonWriter& out, const Chain& chain) {
  const auto zone = zone_in_question(chain);
  const auto counts = count(chain);
  out.put("servers", std::uint64_t{zone ? chain.zones[*zone].servers.size() : 0});
  out.put("servers_bad", std::uint64_t{zone ? bad_servers(chain, *zone) : 0});
  out.put("errors", std::uint64_t{counts.errors});
  out.put("warnings", std::uint64_t{counts.warnings});
  out.put("notices", std::uint64_t{counts.notices});
  out.put("queries", chain.stats.queries);
  out.put("elapsed_ms", std::int64_t{chain.stats.elapsed.count()});
}

}  // namespace
}  // namespace report
