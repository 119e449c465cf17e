#include "report/picture_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/reading.h"

namespace report {

using namespace validator;

namespace {

constexpr std::size_t columns = 40;  // of a name in the picture

std::string in_time(dns::Time time, dns::Time now);
std::string shortened(const std::string& text, std::size_t most);
std::string servers_of(const Chain& chain, const ServerSet& servers);
std::string shown_by(const Chain& chain, const Node& node);
void append(std::vector<std::string>& lines, std::vector<std::string> more) {
  std::ranges::move(more, std::back_inserter(lines));
}

}  // namespace

Tone tone_of(Security security) {
  switch (security) {
    case Security::secure: return Tone::secure;
    case Security::insecure: return Tone::insecure;
    case Security::bogus: return Tone::bogus;
    case Security::indeterminate: return Tone::unclear;
  }
  return Tone::unclear;
}

Tone tone_of(const Chain& chain, const Link& link) {
  if (link.ok) return tone_of(chain.nodes[link.from].security);
  if (link.kind == LinkKind::signs && link.expires < chain.now) return Tone::time;
  if (link.kind == LinkKind::signs && link.inception > chain.now) return Tone::time;
  if (!link.finding) return Tone::absent;
  switch (chain.findings[*link.finding].code) {
    case Code::algorithm_unsupported:
    case Code::ds_unsupported:
    case Code::delegation_algorithm_unsupported:
    case Code::delegation_digest_unsupported:
    case Code::work_budget_spent: return Tone::unclear;
    case Code::ds_without_key: return Tone::absent;
    default: return Tone::bogus;
  }
}

bool is_worse(Tone left, Tone right) {
  const auto rank = [](Tone tone) {
    switch (tone) {
      case Tone::bogus: return 5;
      case Tone::time: return 4;
      case Tone::unclear: return 3;
      case Tone::absent: return 2;
      case Tone::insecure: return 1;
      case Tone::secure:
      case Tone::notice: break;
    }
    return 0;
  };
  return rank(left) > rank(right);
}

std::string id_part(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto octet = dns::lower(static_cast<std::uint8_t>(c));
    const bool plain = (octet >= 'a' && octet <= 'z') || (octet >= '0' && octet <= '9');
    out += plain ? std::string(1, static_cast<char>(octet)) : fmt::format("_{:02x}", octet);
  }
  return out;
}

std::string ds_id(const DsNode& ds) { return fmt::format("{}-{}", ds.tag, dns::number(ds.algorithm)); }

std::vector<std::string> key_lines(const KeyNode& key) {
  const auto what = fmt::format("alg={}, id={}", dns::number(key.key.algorithm), key.tag);
  if (!key.published) return {"DNSKEY missing", what};
  return {key.key.is_revoked() ? "DNSKEY REVOKED" : "DNSKEY", fmt::format("{}, {} bits", what, key.bits)};
}

std::vector<std::string> ds_lines(const DsNode& ds) {
  std::string digests;
  for (const auto digest : ds.digest_types)
    digests += (digests.empty() ? "" : ",") + fmt::to_string(dns::number(digest));
  return {ds.assumed ? "DS (planned)" : "DS",
          fmt::format("id={}, digest{} {}", ds.tag, ds.digest_types.size() == 1 ? "" : "s", digests)};
}

std::vector<std::string> anchor_lines(const AnchorNode& anchor) {
  return {"trust anchor", fmt::format("alg={}, id={}", dns::number(anchor.algorithm), anchor.tag)};
}

std::vector<std::string> rrset_lines(const RRsetNode& rrset) {
  auto lines = pieces(rrset.set.owner.print() + " / " + dns::to_text(rrset.set.type), columns);
  if (rrset.wildcard) append(lines, pieces("from " + rrset.wildcard->print(), columns));
  if (rrset.synthesized) lines.emplace_back("made from a DNAME");
  return lines;
}

std::vector<std::string> proof_lines(const DenialNode& denial) {
  std::vector<std::string> lines{
      fmt::format("{} \u00d7 {}", denial.records.size(), dns::to_text(denial.records.front().type))};
  if (denial.opt_out) lines.emplace_back("opt-out");
  return lines;
}

std::string proposal_text(const Finding& finding) {
  const auto* type = detail(finding, "type");
  return fmt::format("{} asks for another DS", type == nullptr ? "CDS" : print(*type));
}

std::string zone_caption(const Chain& chain, ZoneId zone_id, const Helpers& helpers) {
  const auto& zone = chain.zones[zone_id];
  auto out = dns::print_rfc3339(chain.now).substr(0, 16) + "Z";
  out[10] = ' ';
  // Two lines in any case: the head of the box has room for no more.
  const auto unicode = unicode_text(zone.name, helpers);
  if (!unicode.empty()) out = fmt::format("{}\n{}", shortened(unicode, columns), out);
  if (zone.servers.empty()) return out;
  const auto bad = bad_servers(chain, zone_id);
  return fmt::format("{}{}{} of {}{}", out, unicode.empty() ? "\n" : ", ", zone.servers.size() - bad,
                     plural(zone.servers.size(), "server"), bad > 0 ? " good" : "");
}

std::string zone_tooltip(const Chain& chain, ZoneId zone_id, const Helpers& helpers) {
  const auto& zone = chain.zones[zone_id];
  const auto unicode = unicode_text(zone.name, helpers);
  auto out = fmt::format("zone {}{}: {}", zone.name.print(), unicode.empty() ? "" : fmt::format(" ({})", unicode),
                         zone.reached ? to_text(zone.security) : "not reached");
  const auto kind = denial_kind(zone.denial);
  if (!kind.empty()) out += fmt::format("\ndenial by {}", kind);
  if (zone.nsec3)
    out += fmt::format(", {} iterations{}", zone.nsec3->iterations, zone.nsec3->opt_out ? ", opt-out" : "");
  constexpr std::size_t most = 8;
  for (std::size_t i = 0; i < std::min(zone.servers.size(), most); ++i) {
    const auto& server = chain.servers[zone.servers[i]];
    out += fmt::format("\n{} {}{}", server.name.print(), dns::print(server.address), server.answered ? "" : " silent");
  }
  if (zone.servers.size() > most) out += fmt::format("\nand {} more", plural(zone.servers.size() - most, "server"));
  for (const auto& finding : chain.findings) {
    if (finding.zone == zone.name && !finding.consequence_of) {
      out += fmt::format("\n{}: {}", to_text(row(finding.code).severity), sentence(finding));
    }
  }
  return out;
}

namespace {

// At most so many characters, the last one an ellipsis if there were more.
std::string shortened(const std::string& text, std::size_t most) {
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size() && count < most; ++count)
    at += std::max<std::size_t>(utf8_length(std::string_view{text}.substr(at)), 1);
  return at < text.size() ? text.substr(0, at) + "\u2026" : text;
}

}  // namespace

std::string node_text(const Chain& chain, NodeId id) {
  const auto& node = chain.nodes[id];
  if (const auto* anchor = std::get_if<AnchorNode>(&node.body)) {
    return fmt::format("trust anchor {} {} of {} from {}", anchor->tag, numbered(anchor->algorithm),
                       chain.zones[node.zone].name.print(), printable(anchor->source));
  }
  if (const auto* key = std::get_if<KeyNode>(&node.body)) {
    return fmt::format("DNSKEY {} {} of {}, {} bits, flags {}{}{}{}", key->tag, numbered(key->key.algorithm),
                       chain.zones[node.zone].name.print(), key->bits, key->key.flags,
                       key->key.is_sep() ? " (SEP)" : "", key->key.is_revoked() ? " (revoked)" : "",
                       key->published ? (key->signs ? "" : ", signs nothing") : ", not published");
  }
  if (const auto* ds = std::get_if<DsNode>(&node.body)) {
    std::string digests;
    for (const auto digest : ds->digest_types) digests += ", " + numbered(digest);
    return fmt::format("DS {} {} of {}{}, TTL {}", ds->tag, numbered(ds->algorithm), ds->owner.print(), digests,
                       ds->ttl);
  }
  if (const auto* rrset = std::get_if<RRsetNode>(&node.body)) {
    return fmt::format("{} {}, {}, TTL {}{}", rrset->set.owner.print(), dns::to_text(rrset->set.type),
                       plural(rrset->set.rdatas.size(), "record"), rrset->set.ttl,
                       rrset->wildcard ? ", made from " + rrset->wildcard->print() : "");
  }
  const auto& denial = std::get<DenialNode>(node.body);
  auto out = denial_text(denial);
  for (const auto& record : denial.records) {
    out += fmt::format("\n{} {}", record.owner.print(), dns::to_text(record.type));
    if (record.rdatas.empty()) continue;
    if (const auto nsec = dns::read_nsec(record.rdatas.front()); nsec && record.type == dns::RRType::nsec) {
      out += fmt::format(" to {}", nsec->next.print());
    }
  }
  return denial.opt_out ? out + "\nrests on opt-out" : out;
}

std::string node_tooltip(const Chain& chain, NodeId id) {
  auto out = fmt::format("{}\n{}{}", node_text(chain, id), to_text(chain.nodes[id].security),
                         shown_by(chain, chain.nodes[id]));
  for (const auto& finding : chain.findings) {
    if (is_about(finding, chain, id))
      out += fmt::format("\n{}: {}", to_text(row(finding.code).severity), sentence(finding));
  }
  return out;
}

std::string list_tooltip(const Chain& chain, const std::vector<NodeId>& ids) {
  constexpr std::size_t most = 20;
  std::string out;
  for (std::size_t i = 0; i < std::min(ids.size(), most); ++i) out += (i == 0 ? "" : "\n") + node_text(chain, ids[i]);
  return ids.size() <= most ? out : out + fmt::format("\nand {} more", ids.size() - most);
}

std::string link_label(const Chain& chain, const Link& link) {
  if (link.ok) return "";
  std::string out;
  if (link.kind == LinkKind::signs && link.expires < chain.now) {
    out = fmt::format("expired {} ago", dns::print_duration(chain.now - link.expires));
  } else if (link.kind == LinkKind::signs && link.inception > chain.now) {
    out = fmt::format("valid in {}", dns::print_duration(link.inception - chain.now));
  } else if (link.finding) {
    out = to_text(chain.findings[*link.finding].code);
  }
  const auto servers = servers_of(chain, link.servers);
  const auto total = chain.zones[chain.nodes[link.to].zone].servers.size();
  return link.servers.empty() || link.servers.size() == total ? out : fmt::format("{}\n{}", out, servers);
}

std::string link_tooltip(const Chain& chain, const Link& link) {
  std::string out;
  if (link.kind == LinkKind::signs) {
    const auto* key = std::get_if<KeyNode>(&chain.nodes[link.from].body);
    out = fmt::format("RRSIG {} by key {}{}\nfrom {} ({})\nuntil {} ({})", dns::to_text(link.covers),
                      key == nullptr ? 0 : key->tag, key == nullptr ? "" : " " + numbered(key->key.algorithm),
                      dns::print_rfc3339(link.inception), in_time(link.inception, chain.now),
                      dns::print_rfc3339(link.expires), in_time(link.expires, chain.now));
    if (!link.servers.empty()) out += "\n" + servers_of(chain, link.servers);
  } else {
    out = link.kind == LinkKind::aliases ? "alias leads to its target" : "vouches for the key";
  }
  if (!link.ok && link.finding) out += "\n" + sentence(chain.findings[*link.finding]);
  return out;
}

bool is_about(const Finding& finding, const Chain& chain, NodeId id) {
  const auto& node = chain.nodes[id];
  const auto& subject = finding.subject;
  const auto& zone = chain.zones[node.zone].name;
  if (const auto* key = std::get_if<KeyNode>(&node.body)) {
    return subject.kind == SubjectKind::key && subject.name == zone && subject.tag == key->tag;
  }
  if (const auto* ds = std::get_if<DsNode>(&node.body)) {
    return subject.kind == SubjectKind::ds && subject.name == ds->owner && subject.tag == ds->tag;
  }
  if (const auto* rrset = std::get_if<RRsetNode>(&node.body)) {
    const bool kind = subject.kind == SubjectKind::signature || subject.kind == SubjectKind::rrset ||
                      subject.kind == SubjectKind::answer;
    return kind && subject.name == rrset->set.owner && subject.type == rrset->set.type;
  }
  if (const auto* denial = std::get_if<DenialNode>(&node.body)) {
    return subject.kind == SubjectKind::denial && subject.name == denial->name && subject.type == denial->type;
  }
  return subject.kind == SubjectKind::anchor && subject.name == zone &&
         subject.tag == std::get<AnchorNode>(node.body).tag;
}

std::string title_text(const Chain& chain, const Helpers& helpers) {
  return fmt::format("{}: {}", question_text(chain, helpers),
                     chain.verdict == Security::bogus ? "BOGUS" : to_text(chain.verdict));
}

std::vector<Note> callout(const Chain& chain, const Helpers& helpers) {
  std::vector<Note> notes{{title_text(chain, helpers), "", tone_of(chain.verdict), Note::Weight::title}};
  if (const auto* cause = first_cause(chain)) {
    const auto target = "tw-zone-" + id_part(cause->zone.print());
    const auto servers = servers_text(chain, *cause);
    const auto tone = row(cause->code).severity == Severity::error ? Tone::bogus : Tone::unclear;
    const auto paint = chain.verdict == Security::insecure ? Tone::insecure : tone;
    notes.push_back(
        {fmt::format("cause: {}{}{}", fault_text(chain, cause->blame), servers.empty() ? "" : ", ", servers), target,
         paint});
    notes.push_back({sentence(*cause), target, paint});
    const auto& about = row(cause->code);
    const auto rule = about.rule == "practice" ? "" : fmt::format(", {}", about.rule);
    const auto ede = about.ede == no_ede ? "" : fmt::format(", EDE {}", about.ede);
    notes.push_back({fmt::format("{}{}{}", about.slug, rule, ede), target, paint, Note::Weight::small});
    if (about.remedy != Remedy::none)
      notes.push_back({"do: " + steps(chain, *cause, std::nullopt).headline, "", paint});
  }
  const auto folded = count(chain).consequences;
  if (folded > 0)
    notes.push_back(
        {fmt::format("{} drawn pale", plural(folded, "consequence")), "", Tone::absent, Note::Weight::small});
  if (chain.forecast.verdict_next && chain.verdict != Security::bogus) {
    notes.push_back({fmt::format("holds {}, until {}: {}", dns::print_duration(chain.forecast.breaks_at - chain.now),
                                 dns::print_rfc3339(chain.forecast.breaks_at), ending_text(chain)),
                     "", Tone::absent, Note::Weight::small});
  }
  return notes;
}

std::string description_text(const Chain& chain) {
  std::string out;
  if (const auto* cause = first_cause(chain))
    out = fmt::format("Cause: {}: {}. ", fault_text(chain, cause->blame), sentence(*cause));
  out += "Chain:";
  for (const auto& zone : chain.zones) {
    out += fmt::format("{} {} {}", &zone == &chain.zones.front() ? "" : ",", zone.name.print(),
                       zone.reached ? to_text(zone.security) : "not reached");
  }
  return out + ".";
}

namespace {

std::string in_time(dns::Time time, dns::Time now) {
  const auto distance = dns::print_duration(time < now ? now - time : time - now);
  return time < now ? distance + " ago" : "in " + distance;
}

std::string servers_of(const Chain& chain, const ServerSet& servers) {
  const auto zone = servers.empty() ? std::nullopt : chain.servers[servers.front()].zone;
  const auto total = zone ? chain.zones[*zone].servers.size() : chain.servers.size();
  return fmt::format("{} of {}", servers.size(), plural(total, "server"));
}

std::string shown_by(const Chain& chain, const Node& node) {
  return node.servers.empty() ? "" : ", shown by " + servers_of(chain, node.servers);
}

}  // namespace
}  // namespace report
