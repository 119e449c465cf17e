// Keys, delegations and raw records of the HTML report, as a registrar or a zone file takes them.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "dns/text.h"
#include "report/html_parts.h"
#include "report/picture_words.h"
#include "report/reading.h"

namespace report {

using namespace validator;

namespace {

std::vector<std::string> key_rows(const Chain& chain, ZoneId zone);
std::string to_paste(const Chain& chain, ZoneId zone, const Style& style);
std::vector<std::string> record_lines(const Chain& chain, ZoneId zone);

// Zones of all chains, each of them once: chain and zone.
std::vector<std::pair<const Chain*, ZoneId>> all_zones(const Chains& chains) {
  std::vector<std::pair<const Chain*, ZoneId>> out;
  std::set<std::string> seen;
  for (const auto& chain : chains) {
    for (ZoneId id = 0; id < chain.zones.size(); ++id) {
      if (seen.insert(chain.zones[id].name.lowered().print()).second) out.emplace_back(&chain, id);
    }
  }
  return out;
}

}  // namespace

std::string html_keys(const Chains& chains, const Style& style) {
  std::string out;
  const auto zones = all_zones(chains);
  const auto most = std::min(zones.size(), most_zones);
  for (std::size_t i = 0; i < most; ++i) {
    const auto& [chain, zone] = zones[i];
    const auto rows = key_rows(*chain, zone);
    if (rows.empty()) continue;
    const auto shown = std::min(rows.size(), most_keys);
    const auto name = escaped(chain->zones[zone].name.print());
    std::string table = fmt::format(
        "<table>\n<caption>{}</caption>\n<thead><tr><th scope=\"col\">Record</th><th scope=\"col\">Tag</th>"
        "<th scope=\"col\">Algorithm</th><th scope=\"col\">What</th><th "
        "scope=\"col\">State</th></tr></thead>\n<tbody>\n",
        name);
    for (std::size_t k = 0; k < shown; ++k) table += rows[k];
    out += html_wide("Keys of " + name, table + "</tbody></table>\n") + html_more(rows.size() - shown, "record");
    out += to_paste(*chain, zone, style);
  }
  return out + html_more(zones.size() - most, "zone");
}

std::string html_records(const Chains& chains) {
  std::vector<std::pair<std::string, std::vector<std::string>>> folds;
  for (const auto& chain : chains) {
    for (ZoneId zone = 0; zone < chain.zones.size(); ++zone) {
      const auto name = chain.zones[zone].name.print();
      auto fold = std::ranges::find(folds, name, &std::pair<std::string, std::vector<std::string>>::first);
      if (fold == folds.end()) fold = folds.insert(folds.end(), {name, {}});
      for (auto& line : record_lines(chain, zone)) {
        if (std::ranges::find(fold->second, line) == fold->second.end()) fold->second.push_back(std::move(line));
      }
    }
  }
  std::string out;
  std::size_t zones = 0;
  for (const auto& [name, lines] : folds) {
    if (lines.empty() || ++zones > most_zones) continue;
    const auto most = std::min(lines.size(), most_lines);
    out += fmt::format("<details><summary><b>{}</b> <span class=\"dim\">{}</span></summary>\n<pre tabindex=\"0\">",
                       escaped(name), plural(lines.size(), "record"));
    for (std::size_t i = 0; i < most; ++i) out += escaped(lines[i]) + "\n";
    out += fmt::format("</pre>{}</details>\n", html_more(lines.size() - most, "record"));
  }
  return out + html_more(zones > most_zones ? zones - most_zones : 0, "zone");
}

namespace {

std::string table_row(std::string_view kind, dns::KeyTag tag, const std::string& algorithm, const std::string& what,
                      Security security, std::string_view unless = "") {
  return fmt::format(
      "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td><span class=\"state "
      "{}\">{}</span></td></tr>\n",
      kind, tag, escaped(algorithm), escaped(what), unless.empty() ? tone_class(security) : to_text(Tone::absent),
      unless.empty() ? to_text(security) : unless);
}

std::string words_of(const KeyNode& key) {
  return fmt::format("{} bits{}{}{}", key.bits, key.key.is_sep() ? ", key signing (SEP)" : ", zone signing",
                     key.key.is_revoked() ? ", revoked" : "", key.signs ? "" : ", signs nothing");
}

std::vector<std::string> key_rows(const Chain& chain, ZoneId zone) {
  std::vector<std::string> rows;
  const auto add = [&](std::string row) {
    if (std::ranges::find(rows, row) == rows.end()) rows.push_back(std::move(row));
  };
  const auto& name = chain.zones[zone].name;
  for (const auto& node : chain.nodes) {
    if (const auto* anchor = std::get_if<AnchorNode>(&node.body); anchor != nullptr && node.zone == zone)
      add(table_row("trust anchor", anchor->tag, numbered(anchor->algorithm), "from " + printable(anchor->source),
                    node.security, anchor->used ? "" : "unused"));
    if (const auto* ds = std::get_if<DsNode>(&node.body); ds != nullptr && ds->owner == name) {
      std::string digests;
      for (const auto digest : ds->digest_types) digests += (digests.empty() ? "" : ", ") + numbered(digest);
      add(table_row("DS", ds->tag, numbered(ds->algorithm), fmt::format("{}; TTL {}", digests, ds->ttl),
                    node.security));
    }
  }
  for (const auto& node : chain.nodes) {
    const auto* key = std::get_if<KeyNode>(&node.body);
    if (key == nullptr || node.zone != zone) continue;
    add(table_row("DNSKEY", key->tag, numbered(key->key.algorithm),
                  key->published ? words_of(*key) : "named by a DS or a signature", node.security,
                  key->published ? "" : "not published"));
  }
  return rows;
}

// Of the keys that a DS may name; the root has no parent.
std::string to_paste(const Chain& chain, ZoneId zone, const Style& style) {
  const auto& name = chain.zones[zone].name;
  if (style.helpers.ds_of == nullptr || name.is_root()) return "";
  std::string lines;
  std::size_t count = 0;
  std::set<dns::Bytes> seen;
  for (const auto& node : chain.nodes) {
    const auto* key = std::get_if<KeyNode>(&node.body);
    if (key == nullptr || node.zone != zone || !key->published || !key->key.is_sep() || key->key.is_revoked()) continue;
    if (!seen.insert(dns::write(key->key)).second || ++count > most_keys) continue;
    for (const auto& ds : style.helpers.ds_of(name, key->key)) {
      lines +=
          escaped(fmt::format("{} IN DS {}", name.print(), dns::print_rdata(dns::RRType::ds, dns::write(ds)))) + "\n";
    }
  }
  if (lines.empty()) return "";
  return fmt::format(
      "<details><summary>DS of {} to hand to the parent</summary>\n<pre tabindex=\"0\">{}</pre></details>\n",
      escaped(name.print()), lines);
}

void add_set(std::vector<std::string>& lines, const dns::RRset& set) {
  for (const auto& rdata : set.rdatas)
    lines.push_back(dns::print(
        dns::Record{.owner = set.owner, .type = set.type, .rrclass = set.rrclass, .ttl = set.ttl, .rdata = rdata}));
}

std::vector<std::string> record_lines(const Chain& chain, ZoneId zone) {
  std::vector<std::string> lines;
  const auto& name = chain.zones[zone].name;
  for (const auto& node : chain.nodes) {
    if (node.zone != zone) continue;
    if (const auto* key = std::get_if<KeyNode>(&node.body); key != nullptr && key->published)
      lines.push_back(
          fmt::format("{} IN DNSKEY {}", name.print(), dns::print_rdata(dns::RRType::dnskey, dns::write(key->key))));
    if (const auto* rrset = std::get_if<RRsetNode>(&node.body)) add_set(lines, rrset->set);
    if (const auto* denial = std::get_if<DenialNode>(&node.body)) {
      for (const auto& set : denial->records) add_set(lines, set);
    }
  }
  for (const auto& link : chain.links) {
    if (link.kind != LinkKind::signs || !link.rrsig || chain.nodes[link.to].zone != zone) continue;
    lines.push_back(fmt::format("{} {} IN RRSIG {}", owner_of(chain, link).print(), link.rrsig->original_ttl,
                                dns::print_rdata(dns::RRType::rrsig, dns::write(*link.rrsig))));
  }
  return lines;
}

}  // namespace
}  // namespace report
