#include "report/reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "validator/caches.h"

namespace report {

using namespace validator;

namespace {

bool breaks_something(const Finding& finding) { return row(finding.code).breaks != Breaks::no; }
std::vector<Filling> fillings(const Chain& chain, const Finding& finding);
std::string_view party_text(Party party);
std::string hold_text(const CacheHold& hold);

}  // namespace

std::optional<ZoneId> own_zone(const Chain& chain) {
  std::optional<ZoneId> best;
  for (ZoneId id = 0; id < chain.zones.size(); ++id) {
    const auto& name = chain.zones[id].name;
    if (!chain.name.is_at_or_below(name)) continue;
    if (!best || name.size() >= chain.zones[*best].name.size()) best = id;
  }
  return best;
}

std::optional<ZoneId> find_zone(const Chain& chain, const dns::Name& name) {
  const auto found = std::ranges::find(chain.zones, name, &Zone::name);
  if (found == chain.zones.end()) return std::nullopt;
  return static_cast<ZoneId>(found - chain.zones.begin());
}

std::optional<ZoneId> zone_in_question(const Chain& chain) {
  for (const auto index : chain.causes) {
    const auto& cause = chain.findings[index];
    if (!breaks_something(cause) || cause.servers.empty()) continue;
    const auto server_zone = chain.servers[cause.servers.front()].zone;
    if (server_zone) return server_zone;
  }
  return own_zone(chain);
}

std::size_t bad_servers(const Chain& chain, ZoneId zone) {
  std::set<ServerId> bad;
  const auto& servers = chain.zones[zone].servers;
  for (const auto id : servers) {
    if (!chain.servers[id].answered) bad.insert(id);
  }
  for (const auto& finding : chain.findings) {
    const bool counts = row(finding.code).severity == Severity::error && breaks_something(finding);
    if (!counts || finding.consequence_of) continue;
    std::ranges::set_intersection(finding.servers, servers, std::inserter(bad, bad.end()));
  }
  return bad.size();
}

Counts count(const Chain& chain) {
  Counts counts;
  for (const auto& finding : chain.findings) {
    if (finding.consequence_of) {
      ++counts.consequences;
      continue;
    }
    switch (row(finding.code).severity) {
      case Severity::error: ++counts.errors; break;
      case Severity::warning: ++counts.warnings; break;
      case Severity::notice: ++counts.notices; break;
    }
  }
  return counts;
}

const Finding* first_cause(const Chain& chain) {
  return chain.causes.empty() ? nullptr : &chain.findings[chain.causes.front()];
}

std::optional<std::uint16_t> ede_of(const Chain& chain) {
  constexpr std::uint16_t indeterminate = 5, bogus = 6;  // RFC 8914 §4.6, §4.7
  if (chain.verdict == Security::secure) return std::nullopt;
  const auto* cause = first_cause(chain);
  const int ede = cause == nullptr ? no_ede : row(cause->code).ede;
  if (ede != no_ede) return static_cast<std::uint16_t>(ede);
  if (chain.verdict == Security::bogus) return bogus;
  return chain.verdict == Security::indeterminate ? std::optional(indeterminate) : std::nullopt;
}

Place place(const Chain& chain, const Blame& blame) {
  if (blame.party == Party::here) return Place::here;
  const auto own = own_zone(chain);
  const auto& own_name = own ? chain.zones[*own].name : chain.name;
  if (own_name.is_below(blame.zone)) return Place::parent;
  return blame.zone == own_name || blame.zone.is_below(own_name) ? Place::own : Place::elsewhere;
}

std::string fault_text(const Chain& chain, const Blame& blame) {
  const auto own = own_zone(chain);
  const auto zone = blame.zone.print();
  switch (place(chain, blame)) {
    case Place::here: return "this machine";
    case Place::parent:
      return fmt::format("{} (a parent of {}, not your zone)", zone, own ? chain.zones[*own].name.print() : "the name");
    case Place::elsewhere: return fmt::format("{} (where the alias leads)", zone);
    case Place::own: break;
  }
  return fmt::format("{} ({})", zone, party_text(blame.party));
}

std::string servers_text(const Chain& chain, const Finding& finding) {
  if (finding.servers.empty()) return "";
  const auto zone = chain.servers[finding.servers.front()].zone;
  const auto total = zone ? chain.zones[*zone].servers.size() : chain.servers.size();
  const auto shown = finding.servers.size();
  if (shown < total) return fmt::format("{} of {} servers", shown, total);
  if (shown == 1) return "its only server";
  return shown == 2 ? "both servers" : fmt::format("all {} servers", shown);
}

std::string nsid_text(const dns::Bytes& nsid) {
  const auto plain = [](std::uint8_t octet) { return octet > 0x20 && octet < 0x7f; };
  if (std::ranges::all_of(nsid, plain)) return {nsid.begin(), nsid.end()};
  return fmt::format("0x{:02x}", fmt::join(nsid, ""));
}

std::string reference_text(const Finding& finding) {
  const auto& about = row(finding.code);
  std::string out{about.slug};
  if (about.rule != "practice") out += fmt::format(", {}", about.rule);
  if (about.ede != no_ede) out += fmt::format(", EDE {}", about.ede);
  return out;
}

std::optional<dns::Time> broken_since(const Finding& finding) {
  std::string_view name = "since";
  if (finding.code == Code::signature_expired) name = "expires";
  if (finding.code == Code::zone_signatures_expired || finding.code == Code::zone_partly_expired) name = "first";
  const auto* value = detail(finding, name);
  const auto* time = value == nullptr ? nullptr : std::get_if<dns::Time>(value);
  return time == nullptr ? std::nullopt : std::optional{*time};
}

dns::Name owner_of(const Chain& chain, const Link& link) {
  const auto& to = chain.nodes[link.to];
  if (const auto* rrset = std::get_if<RRsetNode>(&to.body)) return rrset->set.owner;
  if (const auto* ds = std::get_if<DsNode>(&to.body)) return ds->owner;
  const auto* denial = std::get_if<DenialNode>(&to.body);
  if (denial != nullptr && !denial->records.empty()) return denial->records.front().owner;
  return chain.zones[to.zone].name;
}

std::string ending_text(const Chain& chain) {
  const auto& forecast = chain.forecast;
  if (!forecast.link) return forecast.zone ? chain.zones[*forecast.zone].name.print() : "";
  return signature_text(chain, chain.links[*forecast.link]);
}

std::string signature_text(const Chain& chain, const Link& link) {
  return fmt::format("RRSIG {} {}", dns::to_text(link.covers), owner_of(chain, link).print());
}

std::string print_minutes(dns::Time time) { return dns::print_rfc3339(time).substr(0, 16) + "Z"; }

std::string milestone_text(const trustanchor::Milestone& milestone) {
  return fmt::format("the root's key {}: {}{}", milestone.tag, to_text(milestone.stage),
                     milestone.word == trustanchor::Milestone::Word::planned ? " (planned)" : "");
}

Steps steps(const Chain& chain, const Finding& finding, std::optional<Signer> signer) {
  const auto remedy = remedy_of(chain, finding);
  const auto values = fillings(chain, finding);
  Steps out;
  if (const auto hold = held_after(chain, finding)) out.after = hold_text(*hold);
  if (place(chain, finding.blame) == Place::parent) {
    const auto zone = finding.blame.zone.print();
    out.headline = fmt::format("nothing in your zone helps; tell {}; resolvers: negative trust anchor for {}",
                               finding.blame.zone.labels() <= 1 ? "the registry" : "the operator of " + zone, zone);
    if (!signer) return out;
    for (auto& line : elsewhere(Remedy::contact_parent, values)) out.lines.push_back({"", std::move(line)});
    return out;
  }
  out.headline = headline(remedy);
  if (remedy == Remedy::none) return out;
  if (signer) {
    for (auto& line : commands(remedy, *signer, values)) out.lines.push_back({title(*signer), std::move(line)});
    for (auto& line : elsewhere(remedy, values)) out.lines.push_back({"", std::move(line)});
    return out;
  }
  for (const auto each : all_signers) {
    auto lines = commands(remedy, each, values);
    const auto command = std::ranges::find_if(lines, [](const auto& line) { return !line.starts_with('#'); });
    if (command != lines.end()) out.lines.push_back({title(each), std::move(*command)});
  }
  if (!out.lines.empty()) return out;
  for (auto& line : elsewhere(remedy, values)) out.lines.push_back({"", std::move(line)});
  return out;
}

std::string typed(const dns::Name& name) {
  auto text = name.print();
  if (text.size() > 1) text.pop_back();
  return text;
}

std::string question_text(const Chain& chain) {
  return fmt::format("{} {}", typed(chain.name), dns::to_text(chain.type));
}

std::string question_text(const Chain& chain, const Helpers& helpers) {
  const auto unicode = unicode_text(chain.name, helpers);
  if (unicode.empty()) return question_text(chain);
  return fmt::format("{} ({}) {}", typed(chain.name), unicode, dns::to_text(chain.type));
}

std::string unicode_text(const dns::Name& name, const Helpers& helpers) {
  auto text = helpers.unicode == nullptr ? std::string{} : printable(helpers.unicode(name));
  if (text.size() > 1 && text.ends_with('.')) text.pop_back();
  return text;
}

std::string plural(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

namespace {

std::string with_number(int number, const std::string& name) {
  return name == fmt::to_string(number) ? name : fmt::format("{} {}", number, name);
}

}  // namespace

std::string numbered(dns::Algorithm algorithm) { return with_number(dns::number(algorithm), dns::to_text(algorithm)); }
std::string numbered(dns::Digest digest) { return with_number(dns::number(digest), dns::to_text(digest)); }

std::string denial_text(const DenialNode& denial) {
  auto name = denial.name.print();
  switch (denial.wanted) {
    case Wanted::nxdomain: return fmt::format("{} does not exist", name);
    case Wanted::nodata: return fmt::format("{} has no {}", name, dns::to_text(denial.type));
    case Wanted::wildcard_answer: return fmt::format("{} itself does not exist, a wildcard answers", name);
    case Wanted::no_ds: return fmt::format("{} has no DS", name);
  }
  return name;
}

std::string_view denial_kind(DenialKind kind) {
  switch (kind) {
    case DenialKind::unknown: return "";
    case DenialKind::nsec: return "nsec";
    case DenialKind::nsec3: return "nsec3";
    case DenialKind::both: return "both";
  }
  return "";
}

namespace {

std::string_view party_text(Party party) {
  switch (party) {
    case Party::parent: return "as a parent";
    case Party::child: return "the zone itself";
    case Party::registrar: return "what its registrar handed to the parent";
    case Party::server: return "its name servers";
    case Party::here: return "here";
  }
  return "";
}

// Counted from the moment when the last server has it: nobody knows when that will be.
std::string hold_text(const CacheHold& hold) {
  const auto longest = in_words(hold.longest);
  if (!hold.owner) return fmt::format("when all servers have it, resolvers follow within {} (RFC 9520)", longest);
  const auto what = hold.denied ? fmt::format("that {} has no {}", hold.owner->print(), dns::to_text(hold.type))
                                : fmt::format("the old {} of {}", dns::to_text(hold.type), hold.owner->print());
  return fmt::format("when all servers have it, wait {}: caches may hold {}", longest, what);
}

// The placeholders of validator/advice.h that a finding can fill; the others stay for the reader.
std::vector<Filling> fillings(const Chain& chain, const Finding& finding) {
  const auto& subject = finding.subject;
  const bool of_zone = subject.kind == SubjectKind::zone || subject.kind == SubjectKind::delegation ||
                       subject.kind == SubjectKind::key || subject.kind == SubjectKind::ds;
  auto zone = of_zone ? subject.name : finding.zone;
  if (place(chain, finding.blame) == Place::parent) zone = finding.blame.zone;
  std::vector<Filling> out{{"zone", zone.print()}};
  const auto from_detail = [&](std::string_view placeholder, std::string_view parameter) {
    if (const auto* value = detail(finding, parameter)) out.emplace_back(placeholder, print(*value));
  };
  from_detail("tag", "tag");
  from_detail("until", "until");
  from_detail("until", "next_step_at");
  from_detail("ns", "ns");
  from_detail("wait", "ttl");
  from_detail("file", "file");
  const auto hold = held_after(chain, finding);
  if (hold && hold->owner && detail(finding, "ttl") == nullptr) {
    out.emplace_back("wait", fmt::to_string(hold->longest.count()));
  }
  const bool has_tag = subject.kind == SubjectKind::key || subject.kind == SubjectKind::ds;
  if (has_tag) {
    out.emplace_back("tag", fmt::to_string(subject.tag));
    out.emplace_back("alg", fmt::to_string(dns::number(subject.algorithm)));
  }
  if (subject.kind == SubjectKind::ds) out.emplace_back("dtype", fmt::to_string(dns::number(subject.digest)));
  if (subject.address) out.emplace_back("server", dns::print(*subject.address));
  return out;
}

}  // namespace
}  // namespace report
