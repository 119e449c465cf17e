#include "report/html.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/html_parts.h"
#include "report/paint.h"
#include "report/picture.h"
#include "report/picture_words.h"
#include "report/reading.h"
#include "report/svg.h"
#include "report/timeline.h"

namespace report {

using namespace validator;

namespace {

std::string title(const Chains& chains);
std::string heading(const Chains& chains, const Style& style);
std::string drawn(const Chains& chains, const Style& style);
std::string footer(const Chains& chains);

}  // namespace

std::expected<std::string, std::string> html(const Chains& chains, const Style& style) {
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n",
      escaped(title(chains)), html_style());
  out += "<header>\n" + heading(chains, style) + "</header>\n<main>\n";
  out += html_verdicts(chains, style);
  out += drawn(chains, style);
  auto bars = timeline(chains);
  bars.head = Timeline::Head::hidden;
  out += html_section("time", "Signatures over time", html_wide("Signatures over time", draw(bars)));
  out += html_section("findings", "Findings", html_findings(chains, style));
  out += html_section("servers", "Servers", html_servers(chains));
  out += html_section("keys", "Keys and delegations", html_keys(chains, style));
  out += html_section("evidence", "What each server showed", html_evidence(chains));
  out += html_section("records", "Records", html_records(chains));
  return out + "</main>\n" + footer(chains) + "</body>\n</html>\n";
}

std::string_view tone_class(Security security) { return to_text(tone_of(security)); }

std::string escaped(std::string_view text) {
  if (text.size() <= most_text) return xml(text);
  auto cut = most_text;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;  // not inside a character
  return fmt::format("{} \u2026 ({} more octets)", xml(text.substr(0, cut)), text.size() - cut);
}

std::string html_name(const dns::Name& name, const Style& style) {
  const auto unicode = style.helpers.unicode == nullptr ? std::string{} : style.helpers.unicode(name);
  return unicode.empty() ? escaped(typed(name))
                         : fmt::format("{} <bdi class=\"dim\">({})</bdi>", escaped(typed(name)), escaped(unicode));
}

std::string html_section(std::string_view id, std::string_view title, std::string_view body) {
  if (body.empty()) return "";
  return fmt::format(
      "<section id=\"{0}\" aria-labelledby=\"{0}-title\">\n<h2 id=\"{0}-title\">{1}</h2>\n{2}</section>\n", id, title,
      body);
}

std::string html_wide(std::string_view label, std::string_view body) {
  return fmt::format("<section class=\"wide\" tabindex=\"0\" aria-label=\"{}, scrolls sideways\">\n{}</section>\n",
                     label, body);
}

std::string html_more(std::size_t count, std::string_view noun) {
  return count == 0 ? "" : fmt::format("<p class=\"dim\">and {}</p>\n", plural(count, fmt::format("more {}", noun)));
}

namespace {

std::string title(const Chains& chains) {
  std::string out;
  for (const auto& chain : chains) out += (out.empty() ? "" : "; ") + title_text(chain);
  return out.empty() ? "nothing was asked" : out;
}

std::vector<dns::Name> names_of(const Chains& chains) {
  std::vector<dns::Name> names;
  for (const auto& chain : chains) {
    if (std::ranges::find(names, chain.name) == names.end()) names.push_back(chain.name);
  }
  return names;
}

std::string heading(const Chains& chains, const Style& style) {
  std::string out = "<h1>";
  const auto names = names_of(chains);
  constexpr std::size_t most_names = 5;
  for (std::size_t i = 0; i < std::min(names.size(), most_names); ++i) {
    out += (i == 0 ? "" : ", ") + html_name(names[i], style);
  }
  if (names.size() > most_names) out += fmt::format(" and {} more", names.size() - most_names);
  if (names.empty()) out += "Nothing was asked";
  out += "</h1>\n";
  if (chains.empty()) return out;
  std::vector<std::string> times;
  for (const auto& chain : chains) {
    auto when = print_minutes(chain.now);
    if (std::ranges::find(times, when) == times.end()) times.push_back(std::move(when));
  }
  out += "<p class=\"dim\">chain of trust, judged as of";
  for (const auto& when : times) out += (when == times.front() ? " " : ", ") + when;
  return out + ", with the anchors of " +
         escaped(chains.front().anchors_source.empty() ? "nobody" : printable(chains.front().anchors_source)) +
         "</p>\n";
}

// The call-out is the page's own head here.
std::string drawn(const Chains& chains, const Style& style) {
  auto shown = picture(chains, style);
  if (shown.boxes.empty()) return "";
  shown.notes.clear();
  const auto drawing = svg(shown);
  const auto body = drawing ? html_wide("Picture of the chain", *drawing)
                            : fmt::format("<p class=\"dim\">{}</p>\n", escaped(drawing.error()));
  return html_section("picture", "Chain", body);
}

std::string footer(const Chains& chains) {
  std::uint64_t queries = 0, checks = 0;
  for (const auto& chain : chains) queries += chain.stats.queries, checks += chain.stats.signatures_checked;
  return fmt::format(
      "<footer><p class=\"dim\">trustwalk: {}, {} checked. Nothing in this file is loaded from elsewhere."
      "</p></footer>\n",
      queries == 1 ? "1 question" : fmt::format("{} questions", queries), plural(checks, "signature"));
}

}  // namespace
}  // namespace report
