#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "report/paper.h"
#include "report/reading.h"
#include "report/tree.h"
#include "report/zone.h"

namespace report {

using namespace validator;

namespace {

constexpr std::string_view blank = "          ";  // as wide as "  cause   "
constexpr std::size_t causes_shown = 3, further_shown = 3;

class ZonePage {
 public:
  ZonePage(const ZoneJudgement& zone, const Style& style)
      : zone_(zone), chain_(zone.chain), style_(style), paper_(style) {}

  std::string write() {
    headline();
    causes();
    content();
    findings();
    freshness();
    return paper_.take();
  }

 private:
  std::uint64_t times(Code code) const {
    const auto found = zone_.counts.find(code);
    return found == zone_.counts.end() ? 0 : found->second;
  }

  void headline() {
    paper_.fold("", "  ",
                fmt::format("zone {}{}: {}", chain_.name.print(), zone_.serial ? fmt::format(" {}", *zone_.serial) : "",
                            security_word(paper_, chain_.verdict)));
  }

  std::string reference(const Finding& finding) const {
    const Row& about = row(finding.code);
    std::string text(about.slug);
    if (about.rule != "practice") text += fmt::format(", {}", about.rule);
    if (about.ede != no_ede) text += fmt::format(", EDE {}", about.ede);
    if (const auto count = times(finding.code); count > 1) text += fmt::format("; {} in the zone", count);
    return text;
  }

  // One for each slug: the others are counted.
  void causes() {
    std::set<Code> told;
    for (const std::size_t index : chain_.causes) {
      const Finding& finding = chain_.findings[index];
      if (told.contains(finding.code)) continue;
      if (told.size() == causes_shown) {
        paper_.fold(blank, blank, "and more below");
        return;
      }
      told.insert(finding.code);
      paper_.fold(told.size() == 1 ? "  cause   " : "  also    ", blank, sentence(finding), reference(finding));
      advice(finding, "  do      ", blank);
    }
  }

  void advice(const Finding& finding, std::string_view head, std::string_view hang) {
    if (row(finding.code).remedy == Remedy::none) return;
    const auto todo = steps(chain_, finding, style_.signer);
    if (todo.headline.empty()) return;
    paper_.fold(head, hang, todo.headline);
    if (!style_.signer) return;
    for (const auto& line : todo.lines) paper_.line(fmt::format("{}{}", hang, line.text));
  }

  void content() {
    const ZoneCounts& totals = zone_.totals;
    const auto kind = denial_kind(chain_.zones.front().denial);
    paper_.fold(
        "  zone    ", blank,
        fmt::format("{}, {}, {} of them signed; {}{}", plural(totals.names, "name"), plural(totals.records, "record"),
                    plural(totals.sets, "set"), plural(totals.signatures, "signature"),
                    kind.empty() ? "" : fmt::format("; {} {} records", totals.denials, kind)));
    if (totals.delegations > 0)
      paper_.fold(
          blank, blank,
          fmt::format("{}, {} of them with DS", plural(totals.delegations, "delegation"), totals.secure_delegations));
    std::string keys;
    for (const dns::Dnskey& key : zone_.keys)
      keys += fmt::format("{}{} ({}{})", keys.empty() ? "" : ", ", key.tag(), numbered(key.algorithm),
                          key.is_sep() ? ", KSK" : "");
    if (!keys.empty()) paper_.fold("  keys    ", blank, fmt::format("{}; trusted by {}", keys, zone_.trusted_by));
  }

  bool is_listed(std::size_t index) const {
    const Finding& finding = chain_.findings[index];
    if (row(finding.code).severity > style_.level) return false;
    return !finding.consequence_of || style_.probes == Style::Probes::all;
  }

  // By slug: the first in words, some names more.
  void findings() {
    std::set<Code> told;
    for (std::size_t i = 0; i < chain_.findings.size(); ++i) {
      const Finding& finding = chain_.findings[i];
      if (!is_listed(i) || !told.insert(finding.code).second) continue;
      if (told.size() == 1) paper_.line("");
      const auto severity = row(finding.code).severity;
      const auto ink = severity == Severity::error     ? Ink::bad
                       : severity == Severity::warning ? Ink::unsure
                                                       : Ink::plain;
      constexpr std::string_view hang = "           ";
      paper_.fold(
          fmt::format("  {}{}", paper_.ink(ink, to_text(severity)), std::string(9 - to_text(severity).size(), ' ')),
          hang, sentence(finding));
      std::size_t further = 0;
      for (std::size_t j = i + 1; j < chain_.findings.size() && further < further_shown; ++j)
        if (chain_.findings[j].code == finding.code && is_listed(j)) {
          ++further;
          paper_.fold(hang, hang, sentence(chain_.findings[j]));
        }
      paper_.fold(hang, hang, paper_.ink(Ink::faint, reference(finding)));
      if (std::ranges::find(chain_.causes, i) == chain_.causes.end()) advice(finding, "           do: ", hang);
    }
  }

  void freshness() {
    const Freshness& fresh = zone_.freshness;
    if (!fresh.first) return;
    paper_.line("");
    const auto left = dns::print_duration(*fresh.first - chain_.now);
    paper_.fold("  holds   ", blank,
                fmt::format("{}, until {}; half of the sets until {}, the last until {}; newest signature of {}", left,
                            dns::print_rfc3339(*fresh.first), dns::print_rfc3339(*fresh.median),
                            dns::print_rfc3339(*fresh.last), dns::print_rfc3339(fresh.newest_inception)));
    rhythm();
    bins();
    std::string_view head = "  next    ";
    for (const Expiry& one : fresh.next) {
      paper_.fold(
          head, blank,
          fmt::format("{} RRSIG {} {}", dns::print_rfc3339(one.expires), dns::to_text(one.type), one.name.print()));
      head = blank;
    }
  }

  void rhythm() {
    const Freshness& fresh = zone_.freshness;
    const auto lifetime = fmt::format("signatures live {}", dns::print_duration(fresh.lifetime));
    paper_.fold("  rhythm  ", blank,
                fresh.rhythm ? fmt::format("{}; renewed every {}, in {} batches since {}", lifetime,
                                           dns::print_duration(*fresh.rhythm), fresh.batches,
                                           dns::print_rfc3339(fresh.oldest_inception))
                             : fmt::format("{}; all are of one batch", lifetime));
  }

  // How many sets end when.
  void bins() {
    const auto& all = zone_.freshness.bins;
    if (all.size() < 2) return;
    constexpr std::uint64_t longest = 40;
    const auto most = std::ranges::max(all, {}, &EndBin::sets).sets;
    std::string_view head = "  ends    ";
    for (const EndBin& bin : all) {
      const auto length = bin.sets == 0 ? 0 : std::max<std::uint64_t>(1, bin.sets * longest / most);
      paper_.line(fmt::format("{}{} {} {}", head, dns::print_rfc3339(bin.from).substr(0, 16), std::string(length, '#'),
                              bin.sets));
      head = blank;
    }
  }

  const ZoneJudgement& zone_;
  const Chain& chain_;
  const Style& style_;
  Paper paper_;
};

}  // namespace

std::string zone_text(const ZoneJudgement& zone, const Style& style) { return ZonePage(zone, style).write(); }

}  // namespace report
