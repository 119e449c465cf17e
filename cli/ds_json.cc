#include "cli/ds_page.h"
#include "dns/text.h"
#include "report/json_writer.h"

namespace cli {
namespace {

using Writer = report::JsonWriter;

void put_key(Writer& out, const dns::Dnskey& key, validator::KeyFit fit) {
  out.put("tag", key.tag());
  out.put("flags", key.flags);
  out.put("protocol", std::uint16_t{key.protocol});
  out.put("algorithm", key.algorithm);
  out.put("public_key", dns::encode_base64(key.key));
  out.put("fit", to_text(fit));
  out.put("reason", reason_of(fit));
}

void put_ds(Writer& out, const dns::Ds& ds) {
  out.put("tag", ds.tag);
  out.put("algorithm", ds.algorithm);
  out.put("digest_type", ds.digest_type);
  out.put("digest", dns::encode_hex(ds.digest));
}

void put_offer(Writer& out, const DsPage::Offer& offer) {
  out.object([&] {
    put_key(out, offer.key, offer.fit);
    out.key("ds");
    out.array(offer.ds, [&](const dns::Ds& ds) { out.object([&] { put_ds(out, ds); }); });
  });
}

void put_parent(Writer& out, const validator::ParentDs& one) {
  out.object([&] {
    put_ds(out, one.ds);
    out.put("key_tag", one.key ? std::optional(one.key->tag()) : std::nullopt);
    out.flag("leads", one.leads);
  });
}

}  // namespace

std::string ds_json(const DsPage& page) {
  Writer out(Writer::Layout::pretty);
  out.object([&] {
    out.put("schema_version", std::string_view("1.0"));
    out.put("zone", page.handover.zone);
    out.put("source", page.source);
    out.put("security", validator::to_text(page.handover.zone_security));
    out.key("offered");
    out.array(page.offers, [&](const auto& offer) { put_offer(out, offer); });
    out.key("held_back");
    out.array(page.held_back, [&](const auto& one) { out.object([&] { put_key(out, one.key, one.fit); }); });
    if (!page.handover.parent) return out.null("parent");
    out.key("parent");
    out.object([&] {
      out.put("security", validator::to_text(page.handover.parent_security));
      out.flag("broken", page.handover.is_broken());
      out.key("ds");
      out.array(*page.handover.parent, [&](const auto& one) { put_parent(out, one); });
    });
  });
  return out.take();
}

}  // namespace cli
