#include "cli/anchors_page.h"
#include "report/json_writer.h"
#include "trustanchor/root_roll.h"
#include "validator/sentence.h"

namespace cli {
namespace {

using Writer = report::JsonWriter;

void put_anchor(Writer& out, const AnchorsPage& page, const trustanchor::Anchor& anchor) {
  const auto* ds = std::get_if<dns::Ds>(&anchor.key);
  const auto* managed = managed_key(page, anchor);
  out.object([&] {
    out.put("zone", anchor.zone);
    out.put("form", std::string_view(ds != nullptr ? "ds" : "dnskey"));
    out.put("tag", managed != nullptr ? managed->tag() : anchor.tag());
    out.put("algorithm", anchor.algorithm());
    ds != nullptr ? out.put("digest_type", ds->digest_type) : out.null("digest_type");
    out.put("id", anchor.id);
    out.put("source", anchor.source);
    out.put("valid_from_at", anchor.valid_from);
    out.put("valid_until_at", anchor.valid_until);
    out.flag("counts", anchor.counts_at(page.now));
    out.put("state", to_text(anchor.state));
    const bool waits = managed != nullptr && managed->state == trustanchor::State::add_pend;
    out.put("since_at", managed != nullptr ? std::optional(managed->since) : std::nullopt);
    out.put("accepted_from_at", waits ? std::optional(trustanchor::accepted_from(*managed)) : std::nullopt);
    out.put("sightings", waits ? std::optional(managed->sightings) : std::nullopt);
  });
}

void put_followed(Writer& out, const FollowedPoint& followed) {
  const trustanchor::TrustPoint& point = followed.point;
  out.object([&] {
    out.put("zone", point.zone);
    out.put("file", followed.file);
    out.put("last_queried_at", point.last_queried);
    out.put("last_success_at", point.last_success);
    out.put("next_query_at", point.next_query);
    out.put("failures", point.failures);
    out.flag("trusted", point.is_trusted());
  });
}

void put_milestone(Writer& out, std::string_view name, const std::optional<trustanchor::Milestone>& milestone) {
  if (!milestone) return out.null(name);
  out.key(name);
  out.object([&] {
    out.put("stage", to_text(milestone->stage));
    out.put("from_at", milestone->at);
    out.flag("planned", milestone->word == trustanchor::Milestone::Word::planned);
  });
}

void put_root_key(Writer& out, const trustanchor::RootKey& key) {
  out.object([&] {
    out.put("tag", key.tag);
    out.put("stage", to_text(key.stage()));
    put_milestone(out, "last", key.last);
    put_milestone(out, "next", key.next);
  });
}

void put_zone(Writer& out, const LiveZone& zone) {
  out.object([&] {
    out.put("zone", zone.chain.name);
    out.put("verdict", validator::to_text(zone.chain.verdict));
    out.key("anchors");
    out.array(zone.anchors, [&](const LiveZone::Key& key) {
      out.object([&] {
        out.put("tag", key.tag);
        out.put("live", to_text(key.live));
      });
    });
    out.put("unknown_tags", zone.unknown);
    out.key("findings");
    out.array(zone.chain.findings, [&](const validator::Finding& finding) {
      out.object([&] {
        out.put("slug", validator::to_text(finding.code));
        out.put("text", validator::sentence(finding));
      });
    });
  });
}

}  // namespace

std::string json_of(const AnchorsPage& page) {
  Writer out(Writer::Layout::pretty);
  const auto roots =
      is_about_the_root(page) ? trustanchor::root_keys_at(page.now) : std::vector<trustanchor::RootKey>();
  out.object([&] {
    out.put("schema_version", std::string_view("1.0"));
    out.put("now", page.now);
    out.put("source", page.anchors.source);
    out.put("tables_date", trustanchor::tables_date());
    out.key("anchors");
    out.array(page.anchors.anchors, [&](const auto& anchor) { put_anchor(out, page, anchor); });
    out.key("left_out");
    out.array(page.anchors.skipped, [&](const trustanchor::Skipped& skipped) {
      out.object([&] {
        out.put("file", skipped.file);
        out.put("text", skipped.text);
        out.put("zone", skipped.zone);
        out.put("tag", skipped.tag);
      });
    });
    out.put("notices", page.anchors.notices);
    out.key("followed");
    out.array(page.followed, [&](const auto& followed) { put_followed(out, followed); });
    out.key("root_keys");
    out.array(roots, [&](const auto& key) { put_root_key(out, key); });
    out.key("zones");
    out.array(page.zones, [&](const auto& zone) { put_zone(out, zone); });
    out.key("events");
    out.array(page.events, [&](const trustanchor::Event& event) {
      out.object([&] {
        event.tag != 0 ? out.put("tag", event.tag) : out.null("tag");
        out.put("event", slug_of(event.kind));
        out.put("text", trustanchor::to_text(event.kind));
      });
    });
  });
  return out.take();
}

}  // namespace cli
