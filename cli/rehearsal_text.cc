#include <fmt/format.h>

#include "cli/rehearsal.h"
#include "report/paper.h"
#include "report/reading.h"

namespace cli {
namespace {

using report::Ink;
using report::Paper;
using validator::Schedule;
using validator::Security;

constexpr std::string_view blank = "          ";

std::string headline(const Paper& paper, const Rehearsal& rehearsal) {
  const auto zone = rehearsal.today.zone.print();
  const auto steps = [&](std::string_view more) {
    return fmt::format("{}: {}{}", zone,
                       paper.ink(Ink::unsure, fmt::format("SAFE IN {} STEPS", rehearsal.steps.size())), more);
  };
  switch (rehearsal.schedule.kind) {
    case Schedule::Kind::at_once: return fmt::format("{}: {}", zone, paper.ink(Ink::good, "SAFE NOW"));
    case Schedule::Kind::in_steps: return steps(", and not all at once");
    case Schedule::Kind::never:
      if (rehearsal.by_both_ds()) return steps(" with old and new DS side by side for a while, and not all at once");
      return fmt::format("{}: {}: in every order some cache meets a mix that fails", zone,
                         paper.ink(Ink::bad, "NEVER SAFE"));
    case Schedule::Kind::repairs:
      return fmt::format("{}: {}, and the change repairs it: the sooner the better", zone,
                         paper.ink(Ink::bad, "BROKEN NOW"));
    case Schedule::Kind::fails:
      return fmt::format("{}: {}, however it is done", zone, paper.ink(Ink::bad, "WOULD BREAK"));
  }
  return zone;
}

std::string verdict_text(const Paper& paper, const Tried& one) {
  const auto ink = one.verdict == Security::secure     ? Ink::good
                   : one.verdict == Security::insecure ? Ink::plain
                   : one.verdict == Security::bogus    ? Ink::bad
                                                       : Ink::unsure;
  const auto word = paper.ink(ink, validator::to_text(one.verdict));
  if (!one.cause || one.verdict == Security::secure) return word;
  return fmt::format("{}: {}        {}", word, validator::sentence(*one.cause), validator::row(one.cause->code).slug);
}

std::string parts_text(const Rehearsal& rehearsal, const RehearsedStep& step) {
  std::string text;
  for (const auto part : validator::all_parts) {
    if (!step.parts.has(part)) continue;
    if (!text.empty()) text += " and ";
    switch (part) {
      case validator::Part::ds:
        text += step.ds == DsCopy::both  ? "the new DS beside the old"
                : rehearsal.by_both_ds() ? "the old DS out"
                                         : "the DS set";
        break;
      case validator::Part::keys: text += "the DNSKEY set"; break;
      case validator::Part::data: text += "the rest of the zone"; break;
    }
  }
  return text;
}

std::string wait_text(const RehearsedStep& step) {
  if (step.wait.count() == 0) return "";
  return fmt::format(", {} after every server has the step before: caches may hold {} so long",
                     validator::in_words(step.wait), step.held);
}

void steps(Paper& paper, const Rehearsal& rehearsal) {
  if (rehearsal.steps.empty()) return;
  std::size_t number = 0;
  for (const auto& step : rehearsal.steps) {
    const auto first = fmt::format("  step {:<3}", ++number);
    paper.fold(first, blank, parts_text(rehearsal, step) + wait_text(step));
  }
  paper.fold("  settled ", blank,
             fmt::format("{} after every server has the last step", validator::in_words(rehearsal.settled)));
}

void slugs(Paper& paper, std::string_view first, const std::vector<validator::Code>& codes) {
  std::string text;
  for (const auto code : codes) text += (text.empty() ? "" : ", ") + std::string(validator::row(code).slug);
  if (!text.empty()) paper.fold(first, blank, text);
}

}  // namespace

std::string rehearsal_text(const Rehearsal& rehearsal, const report::Style& style) {
  Paper paper(style);
  paper.fold("", "  ", headline(paper, rehearsal));
  std::string_view first = "  change  ";
  for (const auto& word : rehearsal.words) {
    paper.fold(first, blank, word);
    first = blank;
  }
  paper.fold("  now     ", blank, verdict_text(paper, rehearsal.tried.front()));
  paper.fold("  then    ", blank, verdict_text(paper, rehearsal.tried.back()));
  first = "  between ";
  for (const auto& one : rehearsal.tried) {
    const bool end = one.mix == rehearsal.tried.front().mix || one.mix == rehearsal.tried.back().mix;
    if (end) continue;
    paper.fold(first, blank,
               fmt::format("{}: {}", words_of(one.mix, rehearsal.changed, one.ds), verdict_text(paper, one)));
    first = blank;
  }
  steps(paper, rehearsal);
  slugs(paper, "  new     ", rehearsal.comes);
  slugs(paper, "  gone    ", rehearsal.goes);
  dns::Seconds longest{0};
  for (const auto& kept : rehearsal.today.kept) longest = std::max(longest, kept);
  paper.fold(
      "  given   ", blank,
      fmt::format("that nothing else changed within the last {}: nobody can see what caches still hold from before",
                  validator::in_words(longest)));
  return paper.take();
}

}  // namespace cli
