// The head of the HTML report: a card for each verdict, with causes and what to do about them.
#include <fmt/format.h>

#include <algorithm>

#include "report/html_parts.h"
#include "report/picture_words.h"
#include "report/reading.h"

namespace report {

using namespace validator;

namespace {

constexpr std::size_t causes_shown = 3;

std::string head(const Chain& chain);
std::string causes(const Chain& chain, const Style& style);
std::string way(const Chain& chain);
std::string sign_of(Security security);

}  // namespace

// Questions with the same words to say share a card: A and AAAA of one name mostly do.
std::string html_verdicts(const Chains& chains, const Style& style) {
  struct Card {
    std::string body;
    Security verdict{};
    std::vector<const Chain*> chains;
  };
  std::vector<Card> cards;
  for (const auto& chain : chains) {
    auto body = head(chain) + causes(chain, style) + way(chain);
    const auto same = std::ranges::find(cards, body, &Card::body);
    if (same != cards.end()) {
      same->chains.push_back(&chain);
    } else {
      cards.push_back({std::move(body), chain.verdict, {&chain}});
    }
  }
  std::ranges::stable_sort(cards, [](const Card& left, const Card& right) {
    return left.verdict != right.verdict && worse(left.verdict, right.verdict) == left.verdict;
  });
  std::string out;
  for (std::size_t i = 0; i < cards.size(); ++i) {
    const auto& card = cards[i];
    std::string questions;
    for (const auto* chain : card.chains) {
      const bool again = chain != card.chains.front() && chain->name == card.chains.front()->name;
      questions += (questions.empty() ? "" : ", ") +
                   (again ? escaped(dns::to_text(chain->type)) : escaped(question_text(*chain)));
    }
    out += fmt::format(
        "<section class=\"card {0}\" id=\"verdict-{1}\" aria-labelledby=\"verdict-{1}-title\">\n"
        "<h2 class=\"word\" id=\"verdict-{1}-title\">{2}{3}: <span class=\"{0}\">{4}</span></h2>\n{5}</section>\n",
        tone_class(card.verdict), i + 1, sign_of(card.verdict), questions,
        card.verdict == Security::bogus ? "BOGUS" : to_text(card.verdict), card.body);
  }
  return out;
}

namespace {

// The state as a shape too, never as a colour alone.
std::string sign_of(Security security) {
  std::string_view shape;
  switch (security) {
    case Security::secure: shape = "M4 10l4 4 8-9"; break;
    case Security::insecure: shape = "M4 10h12"; break;
    case Security::bogus: shape = "M5 5l10 10M15 5L5 15"; break;
    case Security::indeterminate: shape = "M6 7c0-5 8-5 8 0 0 3-4 3-4 6M10 16v1"; break;
  }
  return fmt::format(
      "<svg class=\"{}\" width=\"20\" height=\"20\" viewBox=\"0 0 20 20\" aria-hidden=\"true\"><path d=\"{}\" "
      "fill=\"none\" stroke=\"currentColor\" stroke-width=\"3\"/></svg>",
      tone_class(security), shape);
}

std::string head(const Chain& chain) {
  std::string out;
  const auto* cause = first_cause(chain);
  const auto since = cause != nullptr && chain.verdict == Security::bogus ? broken_since(*cause) : std::nullopt;
  if (since)
    out += fmt::format("<p>since {}, for {}</p>\n", print_minutes(*since), dns::print_duration(chain.now - *since));
  const auto& forecast = chain.forecast;
  if (!forecast.verdict_next) {
    const bool stands = chain.verdict == Security::secure || chain.verdict == Security::insecure;
    return out + (stands ? "<p>Nothing here expires within 10 years.</p>\n" : "");
  }
  const auto why = ending_text(chain);
  const auto left = dns::print_duration(forecast.breaks_at - chain.now);
  return out + fmt::format("<p>Turns {} in {}, {}{}{}</p>\n", to_text(*forecast.verdict_next), left,
                           print_minutes(forecast.breaks_at),
                           why.empty() ? "" : ", if nothing is done: ", escaped(why));
}

std::string block(std::string_view title, std::string_view lines) {
  return fmt::format("<h3>{}</h3>\n<pre tabindex=\"0\">{}</pre>\n", escaped(title), lines);
}

std::string todo(const Chain& chain, const Finding& finding, const Style& style) {
  if (row(finding.code).remedy == Remedy::none) return "";
  const auto brief = steps(chain, finding, style.signer);
  auto out = fmt::format("<p class=\"todo\"><b>Do:</b> {}</p>\n", escaped(brief.headline));
  const auto all = style.signer ? std::vector{*style.signer} : std::vector(all_signers.begin(), all_signers.end());
  std::string commands, elsewhere;
  for (const auto signer : all) {
    std::string lines, further;
    for (const auto& line : steps(chain, finding, signer).lines) {
      (line.signer.empty() ? further : lines) += escaped(line.text) + "\n";
    }
    if (!lines.empty()) commands += block(title(signer), lines);
    if (elsewhere.empty()) elsewhere = further;  // the same whoever signs
  }
  if (!elsewhere.empty()) commands += block("elsewhere", elsewhere);
  if (commands.empty()) return out;
  return out + fmt::format("<details><summary>step by step</summary>\n{}</details>\n", commands);
}

std::string causes(const Chain& chain, const Style& style) {
  std::string out;
  const auto shown = std::min(chain.causes.size(), causes_shown);
  for (std::size_t i = 0; i < shown; ++i) {
    const auto& finding = chain.findings[chain.causes[i]];
    const auto servers = servers_text(chain, finding);
    out +=
        fmt::format("<div class=\"cause\"><p class=\"who\">{}{}{}</p>\n<p>{}</p>\n<p class=\"ref\">{}</p>\n{}</div>\n",
                    escaped(fault_text(chain, finding.blame)), servers.empty() ? "" : ", ", servers,
                    escaped(sentence(finding)), escaped(reference_text(finding)), todo(chain, finding, style));
  }
  if (shown < chain.causes.size())
    out += fmt::format("<p class=\"dim\">and {} among the findings below</p>\n",
                       plural(chain.causes.size() - shown, "more cause"));
  return out;
}

std::string way(const Chain& chain) {
  if (chain.zones.empty()) return "<p class=\"dim\">no zone was reached</p>\n";
  std::string out = "<ol class=\"way\">\n";
  const auto shown = std::min(chain.zones.size(), most_zones);
  for (std::size_t i = 0; i < shown; ++i) {
    const auto& zone = chain.zones[i];
    const auto name = zone.name.is_root() ? std::string{". (the root)"} : zone.name.print();
    out += fmt::format("<li>{} <b class=\"{}\">{}</b></li>\n", escaped(name),
                       zone.reached ? tone_class(zone.security) : to_text(Tone::absent),
                       zone.reached ? to_text(zone.security) : "not reached");
  }
  return out + "</ol>\n" + html_more(chain.zones.size() - shown, "zone");
}

}  // namespace
}  // namespace report
