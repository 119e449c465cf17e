#include <fmt/format.h>

#include <algorithm>

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
  auto zone = rehearsal.today.zone.print();
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

std::string verdict_word(const Paper& paper, Security verdict) {
  switch (verdict) {
    case Security::secure: return paper.ink(Ink::good, "secure");
    case Security::insecure: return "insecure";
    case Security::bogus: return paper.ink(Ink::bad, "BOGUS");
    case Security::indeterminate: break;
  }
  return paper.ink(Ink::unsure, "indeterminate");
}

// Of the two ends the whole sentence: today's or tomorrow's zone is what the reader can change.
void end(Paper& paper, std::string_view first, const JudgedMix& one) {
  const auto word = verdict_word(paper, one.verdict);
  const bool tells = one.cause && one.verdict != Security::secure && one.verdict != Security::insecure;
  if (!tells) return paper.fold(first, blank, word);
  paper.fold(first, blank, fmt::format("{}: {}", word, validator::sentence(*one.cause)),
             validator::row(one.cause->code).slug);
}

std::string mixes_text(std::size_t count, bool others) {
  return fmt::format("{}{} {}", count, others ? " other" : "", count == 1 ? "mix holds" : "mixes hold");
}

void between(Paper& paper, const Rehearsal& rehearsal) {
  std::string_view first = "  between ";
  std::size_t good = 0;
  for (const auto& one : rehearsal.tried) {
    if (one.mix == rehearsal.tried.front().mix || one.mix == rehearsal.tried.back().mix) continue;
    if (std::ranges::find(rehearsal.schedule.failing, one.mix) == rehearsal.schedule.failing.end()) {
      ++good;
      continue;
    }
    paper.fold(first, blank,
               fmt::format("{}: {}", words_of(one.mix, rehearsal.changed), verdict_word(paper, one.verdict)),
               one.cause ? validator::row(one.cause->code).slug : "");
    first = blank;
  }
  if (good > 0) paper.fold(first, blank, mixes_text(good, first == blank));
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
  return fmt::format(", {} after every server has the step before: caches may hold {}", validator::in_words(step.wait),
                     step.held);
}

void steps(Paper& paper, const Rehearsal& rehearsal) {
  if (rehearsal.schedule.kind == Schedule::Kind::never && rehearsal.steps.empty())
    paper.fold("  do      ", blank,
               "let old and new keys stand side by side for a while: first a key set with both (--keys), then new "
               "signatures, and the old keys out last; each of these can be rehearsed by itself");
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
  end(paper, "  now     ", rehearsal.tried.front());
  end(paper, "  then    ", rehearsal.tried.back());
  between(paper, rehearsal);
  steps(paper, rehearsal);
  slugs(paper, "  new     ", rehearsal.comes);
  slugs(paper, "  gone    ", rehearsal.goes);
  dns::Seconds longest{0};
  for (const auto& kept : rehearsal.today.kept) longest = std::max(longest, kept);
  paper.fold("  given   ", blank,
             fmt::format("that nothing else changed within the last {}, which caches may remember",
                         validator::in_words(longest)));
  if (rehearsal.is_sampled)
    paper.fold(blank, blank, "that its other records are signed as its SOA and its denials are: these were asked for");
  return paper.take();
}

}  // namespace cli
