// The findings of the HTML report: folded by zone, in the order of the walk; those zones open that hold a cause.
#include <fmt/format.h>

#include <algorithm>

#include "report/html_parts.h"
#include "report/picture_words.h"
#include "report/reading.h"

namespace report {

using namespace validator;

namespace {

struct Entry {
  std::string body;
  Severity severity{};
  bool leads = false, follows = false;
  std::vector<std::string> questions;
};

struct Fold {
  dns::Name zone;
  std::vector<Entry> entries;
};

std::vector<Fold> folds(const Chains& chains, const Style& style);
std::string body(const Chain& chain, const Finding& finding, const Style& style);
std::string shown(const std::vector<const Entry*>& entries, std::size_t questions);
std::string counted(const std::vector<Entry>& entries);

}  // namespace

std::string html_findings(const Chains& chains, const Style& style) {
  const auto all = folds(chains, style);
  std::string out;
  std::size_t zones = 0;
  for (const auto& fold : all) {
    if (fold.entries.empty()) continue;
    if (++zones > most_zones) continue;
    std::vector<const Entry*> own, consequences;
    for (const auto& entry : fold.entries) (entry.follows ? consequences : own).push_back(&entry);
    const bool opens = std::ranges::any_of(own, &Entry::leads);
    out +=
        fmt::format("<details{}><summary><b>{}</b> <span class=\"dim\">{}</span></summary>\n{}", opens ? " open" : "",
                    escaped(fold.zone.print()), counted(fold.entries), shown(own, chains.size()));
    if (!consequences.empty())
      out += fmt::format("<details><summary class=\"dim\">{}, gone with the cause</summary>\n{}</details>\n",
                         plural(consequences.size(), "consequence"), shown(consequences, chains.size()));
    out += "</details>\n";
  }
  if (out.empty()) return chains.empty() ? "" : "<p>None: everything is as it should be.</p>\n";
  return out + html_more(zones > most_zones ? zones - most_zones : 0, "zone");
}

namespace {

Tone tone_of_severity(Severity severity) {
  return severity == Severity::error ? Tone::bogus : severity == Severity::warning ? Tone::unclear : Tone::notice;
}

std::vector<Fold> folds(const Chains& chains, const Style& style) {
  std::vector<Fold> out;
  const auto fold_of = [&](const dns::Name& zone) -> Fold& {
    const auto found = std::ranges::find(out, zone, &Fold::zone);
    return found != out.end() ? *found : out.emplace_back(Fold{zone, {}});
  };
  for (const auto& chain : chains) {
    for (const auto& zone : chain.zones) fold_of(zone.name);
    for (std::size_t i = 0; i < chain.findings.size(); ++i) {
      const auto& finding = chain.findings[i];
      if (row(finding.code).severity > style.level) continue;
      auto& entries = fold_of(finding.zone).entries;
      auto text = body(chain, finding, style);
      auto same = std::ranges::find(entries, text, &Entry::body);
      if (same == entries.end()) {
        entries.push_back({std::move(text), row(finding.code).severity, false, finding.consequence_of.has_value(), {}});
        same = entries.end() - 1;
      }
      same->leads = same->leads || std::ranges::find(chain.causes, i) != chain.causes.end();
      auto question = question_text(chain);
      if (std::ranges::find(same->questions, question) == same->questions.end())
        same->questions.push_back(std::move(question));
    }
  }
  return out;
}

std::string body(const Chain& chain, const Finding& finding, const Style& style) {
  const auto& about = row(finding.code);
  const auto servers = servers_text(chain, finding);
  auto out = fmt::format("<p><span class=\"kind {}\">{}</span> {}</p>\n<p class=\"ref\">{}{}{}</p>\n",
                         to_text(tone_of_severity(about.severity)), to_text(about.severity), escaped(sentence(finding)),
                         escaped(reference_text(finding)), servers.empty() ? "" : ", ", servers);
  if (finding.consequence_of) return out;
  if (about.remedy != Remedy::none)
    out += fmt::format("<p><b>Do:</b> {}</p>\n", escaped(steps(chain, finding, style.signer).headline));
  return out + fmt::format("<p class=\"dim\">{}</p>\n", escaped(about.meaning));
}

std::string shown(const std::vector<const Entry*>& entries, std::size_t questions) {
  std::string out;
  const auto most = std::min(entries.size(), most_findings);
  for (std::size_t i = 0; i < most; ++i) {
    const auto& entry = *entries[i];
    out += fmt::format("<div class=\"finding {}\">\n{}", to_text(tone_of_severity(entry.severity)), entry.body);
    if (entry.questions.size() < questions)
      out += fmt::format("<p class=\"ref\">in {}{}</p>\n", escaped(entry.questions.front()),
                         entry.questions.size() == 1 ? "" : fmt::format(" and {} more", entry.questions.size() - 1));
    out += "</div>\n";
  }
  return out + html_more(entries.size() - most, "finding");
}

std::string counted(const std::vector<Entry>& entries) {
  std::string out;
  for (const auto severity : {Severity::error, Severity::warning, Severity::notice}) {
    const auto count = std::ranges::count_if(
        entries, [&](const Entry& entry) { return entry.severity == severity && !entry.follows; });
    if (count > 0) out += (out.empty() ? "" : ", ") + plural(static_cast<std::size_t>(count), to_text(severity));
  }
  return out;
}

}  // namespace
}  // namespace report
