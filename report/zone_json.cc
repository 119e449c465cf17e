#include <algorithm>

#include "report/json.h"
#include "report/json_finding.h"
#include "report/json_writer.h"
#include "report/reading.h"
#include "report/zone.h"

namespace report {

using namespace validator;

namespace {

void put_zone(JsonWriter& out, const ZoneJudgement& zone) {
  out.put("name", zone.chain.name);
  out.put("serial", zone.serial);
  out.put("trusted_by", zone.trusted_by);
  const auto kind = denial_kind(zone.chain.zones.front().denial);
  kind.empty() ? out.null("denial") : out.put("denial", kind);
  out.key("keys");
  out.array(zone.keys, [&](const dns::Dnskey& key) {
    out.object([&] {
      out.put("tag", key.tag());
      out.put("algorithm", key.algorithm);
      out.put("flags", key.flags);
    });
  });
}

void put_totals(JsonWriter& out, const ZoneCounts& totals) {
  out.put("names", totals.names);
  out.put("empty_names", totals.empty_names);
  out.put("records", totals.records);
  out.put("sets", totals.sets);
  out.put("signatures", totals.signatures);
  out.put("denials", totals.denials);
  out.put("delegations", totals.delegations);
  out.put("secure_delegations", totals.secure_delegations);
}

void put_freshness(JsonWriter& out, const Freshness& fresh) {
  out.put("first_expires_at", fresh.first);
  out.put("median_expires_at", fresh.median);
  out.put("last_expires_at", fresh.last);
  fresh.first ? out.put("newest_inception_at", fresh.newest_inception) : out.null("newest_inception_at");
  fresh.first ? out.put("oldest_inception_at", fresh.oldest_inception) : out.null("oldest_inception_at");
  fresh.first ? out.put("lifetime_s", std::int64_t{fresh.lifetime.count()}) : out.null("lifetime_s");
  out.put("batches", fresh.batches);
  fresh.rhythm ? out.put("rhythm_s", std::int64_t{fresh.rhythm->count()}) : out.null("rhythm_s");
  out.key("ends");
  out.object([&] {
    fresh.first ? out.put("width_s", std::int64_t{fresh.bin_width.count()}) : out.null("width_s");
    out.key("bins");
    out.array(fresh.bins, [&](const EndBin& bin) {
      out.object([&] {
        out.put("from_at", bin.from);
        out.put("sets", bin.sets);
      });
    });
  });
  out.key("next");
  out.array(fresh.next, [&](const Expiry& one) {
    out.object([&] {
      out.put("owner", one.name);
      out.put("type", one.type);
      out.put("tag", one.tag);
      out.put("expires", one.expires);
    });
  });
}

}  // namespace

std::string zone_json(const ZoneJudgement& zone, ZoneJson form) {
  const Chain& chain = zone.chain;
  JsonWriter out(form == ZoneJson::line ? JsonWriter::Layout::one_line : JsonWriter::Layout::pretty);
  out.object([&] {
    out.put("schema_version", schema_version);
    out.key("zone");
    out.object([&] { put_zone(out, zone); });
    out.put("now", chain.now);
    out.put("verdict", to_text(chain.verdict));
    out.key("causes");
    out.array(chain.causes, [&](std::size_t index) { out.value(std::uint64_t{index}); });
    put_blame(out, chain.blame);
    out.key("totals");
    out.object([&] { put_totals(out, zone.totals); });
    out.key("freshness");
    out.object([&] { put_freshness(out, zone.freshness); });
    out.key("counts");
    out.object([&] {
      for (const auto& [code, count] : zone.counts) out.put(to_text(code), count);
    });
    out.key("findings");
    out.array(chain.findings, [&](const Finding& each) { put_finding(out, chain, each); });
  });
  return out.take();
}

}  // namespace report
