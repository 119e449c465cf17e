#include "report/text.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/paper.h"
#include "report/reading.h"
#include "report/tree.h"
#include "validator/events.h"

namespace report {

using namespace validator;

namespace {

constexpr std::string_view blank = "          ";  // as wide as "  cause   "
constexpr std::size_t causes_shown = 3;

void headline(Paper& paper, const Chain& chain, const Style& style);
void causes(Paper& paper, const Chain& chain, const Style& style);
void way(Paper& paper, const Chain& chain, const Style& style);
void resolvers(Paper& paper, const Chain& chain);
void findings(Paper& paper, const Chain& chain, const Style& style);
void forecast(Paper& paper, const Chain& chain);
void events(Paper& paper, const Chain& chain);

}  // namespace

std::string text(const Chain& chain, const Style& style) {
  Paper paper(style);
  headline(paper, chain, style);
  causes(paper, chain, style);
  way(paper, chain, style);
  resolvers(paper, chain);
  tree(paper, chain, style);
  findings(paper, chain, style);
  forecast(paper, chain);
  if (style.probes == Style::Probes::all) events(paper, chain);
  return paper.take();
}

std::string brief(const Chain& chain) {
  const auto* cause = first_cause(chain);
  const auto verdict = to_text(chain.verdict);
  if (cause == nullptr) return fmt::format("{}\n", verdict);
  return fmt::format("{} {} {}\n", verdict, cause->blame.zone.print(), to_text(cause->code));
}

std::string blame_line(const Chain& chain) {
  const auto* cause = first_cause(chain);
  if (cause == nullptr || row(cause->code).breaks == Breaks::no) return "";  // advice is nobody's fault
  const auto servers = servers_text(chain, *cause);
  return fmt::format("{}{}{}\n", fault_text(chain, cause->blame), servers.empty() ? "" : ", ", servers);
}

namespace {

void headline(Paper& paper, const Chain& chain, const Style& style) {
  const auto* cause = first_cause(chain);
  const auto since = cause != nullptr && chain.verdict == Security::bogus ? broken_since(*cause) : std::nullopt;
  paper.fold("", "  ",
             fmt::format("{}: {}{}{}", question_text(chain, style.helpers), security_word(paper, chain.verdict),
                         since ? " since " : "", since ? print_minutes(*since) : ""));
}

void cause(Paper& paper, const Chain& chain, const Finding& finding, std::string_view label) {
  const auto servers = servers_text(chain, finding);
  paper.fold(label, blank,
             fmt::format("{}{}{}", paper.ink(Ink::bold, fault_text(chain, finding.blame)), servers.empty() ? "" : ", ",
                         servers));
  // A verdict has a code of RFC 8914 also where its cause has none of its own.
  const auto ede = row(finding.code).ede == no_ede && &finding == first_cause(chain) ? ede_of(chain) : std::nullopt;
  paper.fold(blank, blank, sentence(finding), reference_text(finding) + (ede ? fmt::format(", EDE {}", *ede) : ""));
}

void advice(Paper& paper, const Chain& chain, const Finding& finding, const Style& style) {
  const auto todo = steps(chain, finding, style.signer);
  const bool in_short = !style.signer && !todo.lines.empty() && !todo.lines.front().signer.empty();
  paper.fold("  do      ", blank, todo.headline, in_short ? "all steps: --signer NAME" : "");
  for (const auto& line : todo.lines) {
    if (style.signer || line.signer.empty()) {
      paper.line(fmt::format("{}{}", blank, line.text));  // to be pasted: never folded
    } else {
      paper.line(fmt::format("{}{:<16} {}", blank, line.signer, line.text));
    }
  }
  if (!todo.after.empty()) paper.fold("  after   ", blank, todo.after);
}

void causes(Paper& paper, const Chain& chain, const Style& style) {
  const auto shown = std::min(chain.causes.size(), causes_shown);
  for (std::size_t i = 0; i < shown; ++i) {
    const auto& finding = chain.findings[chain.causes[i]];
    cause(paper, chain, finding, i == 0 ? "  cause   " : "  also    ");
    if (row(finding.code).remedy != Remedy::none) advice(paper, chain, finding, style);
  }
  if (shown < chain.causes.size()) {
    paper.fold(blank, blank, fmt::format("and {} more below", plural(chain.causes.size() - shown, "cause")));
  }
}

// One line: ". secure -> de. BOGUS -> example.de. not reached".
void way(Paper& paper, const Chain& chain, const Style& style) {
  std::string line;
  for (ZoneId id = 0; id < chain.zones.size(); ++id) {
    const auto& zone = chain.zones[id];
    if (id > 0) line += zone.parent && *zone.parent == id - 1 ? " -> " : "; ";
    line += fmt::format("{} {}", zone.name.print(), zone.reached ? security_word(paper, zone.security) : "not reached");
  }
  if (line.empty()) line = "no zone reached";
  const auto folded = style.probes == Style::Probes::folded ? count(chain).consequences : 0;
  paper.fold("  chain   ", blank, line,
             folded > 0 ? fmt::format("{} folded (--all-probes)", plural(folded, "consequence")) : "");
}

// What each resolver asked concludes itself, beside our verdict; a difference is what to look at.
void resolvers(Paper& paper, const Chain& chain) {
  for (const auto& finding : chain.findings) {
    const auto* theirs = finding.code == Code::forwarder_verdict ? detail(finding, "their_verdict") : nullptr;
    if (theirs == nullptr || finding.servers.empty()) continue;
    const auto& server = chain.servers[finding.servers.front()];
    const bool same = print(*theirs) == to_text(chain.verdict);
    paper.fold(
        "  asked   ", blank,
        fmt::format(
            "{}{}; {}", sentence(finding), server.nsid.empty() ? "" : fmt::format(", NSID {}", nsid_text(server.nsid)),
            same ? "so do we" : paper.ink(Ink::unsure, fmt::format("we conclude: {}", to_text(chain.verdict)))));
  }
}

bool is_listed(const Chain& chain, std::size_t index, const Style& style) {
  const auto& finding = chain.findings[index];
  if (row(finding.code).severity > style.level) return false;
  if (finding.code == Code::forwarder_verdict) return false;  // stands above
  if (finding.consequence_of) return style.probes == Style::Probes::all;
  const auto shown = std::min(chain.causes.size(), causes_shown);
  const auto end = chain.causes.begin() + static_cast<std::ptrdiff_t>(shown);
  return std::find(chain.causes.begin(), end, index) == end;  // those stand above
}

// Zones in the order of the walk; what belongs to none of them comes last.
std::vector<dns::Name> zones_of_findings(const Chain& chain) {
  std::vector<dns::Name> names;
  names.reserve(chain.zones.size());
  for (const auto& zone : chain.zones) names.push_back(zone.name);
  for (const auto& finding : chain.findings) {
    if (std::ranges::find(names, finding.zone) == names.end()) names.push_back(finding.zone);
  }
  return names;
}

void finding(Paper& paper, const Chain& chain, const Finding& each) {
  const auto severity = row(each.code).severity;
  const auto ink = severity == Severity::error ? Ink::bad : severity == Severity::warning ? Ink::unsure : Ink::plain;
  constexpr std::string_view hang = "             ";
  const auto first =
      fmt::format("    {}{}", paper.ink(ink, to_text(severity)), std::string(9 - to_text(severity).size(), ' '));
  const auto servers = servers_text(chain, each);
  paper.fold(first, hang, sentence(each));
  paper.fold(hang, hang,
             paper.ink(Ink::faint, fmt::format("{}{}{}", reference_text(each), servers.empty() ? "" : ", ", servers)));
}

void findings(Paper& paper, const Chain& chain, const Style& style) {
  bool is_first = true;
  for (const auto& zone : zones_of_findings(chain)) {
    bool is_first_of_zone = true;
    for (std::size_t i = 0; i < chain.findings.size(); ++i) {
      const auto& each = chain.findings[i];
      if (!(each.zone == zone) || !is_listed(chain, i, style)) continue;
      if (is_first) paper.line("");
      if (is_first_of_zone) paper.fold("  ", "    ", paper.ink(Ink::bold, zone.print()));
      is_first = is_first_of_zone = false;
      finding(paper, chain, each);
    }
  }
}

void forecast(Paper& paper, const Chain& chain) {
  const auto& forecast = chain.forecast;
  if (!forecast.verdict_next) {
    const bool stands = chain.verdict == Security::secure || chain.verdict == Security::insecure;
    if (stands) paper.line(""), paper.fold("  holds   ", blank, "nothing here expires within 10 years");
    return;
  }
  paper.line("");
  const auto left = dns::print_duration(forecast.breaks_at - chain.now);
  const auto when = dns::print_rfc3339(forecast.breaks_at);
  const auto why = ending_text(chain);
  const bool worse = *forecast.verdict_next > chain.verdict || *forecast.verdict_next == Security::bogus;
  if (worse)
    return paper.fold("  holds   ", blank, fmt::format("{}, until {}{}{}", left, when, why.empty() ? "" : ": ", why));
  paper.fold("  turns   ", blank, fmt::format("{} in {}, {}", to_text(*forecast.verdict_next), left, when));
}

std::string event_text(const Chain& chain, const Event& event) {
  if (event.milestone) return milestone_text(*event.milestone);
  std::string types;
  for (const auto type : event.types) types += (types.empty() ? "" : ", ") + dns::to_text(type);
  const auto& zone = chain.zones[event.zone].name.print();
  if (event.kind == Event::Kind::caches_outlive)
    return fmt::format("{} {}: last moment to sign anew, caches outlive it after", zone, types);
  return fmt::format("{} {}: {} {}{}", zone, types, plural(event.sets, "signature"), event.sets == 1 ? "ends" : "end",
                     event.turns ? "; here the verdict turns" : "");
}

// What comes next if nobody touches anything.
void events(Paper& paper, const Chain& chain) {
  std::string_view head = "  next    ";
  for (const auto& event : validator::events(chain)) {
    paper.fold(head, blank, fmt::format("{} {}", print_minutes(event.at), event_text(chain, event)));
    head = blank;
  }
}

}  // namespace
}  // namespace report
