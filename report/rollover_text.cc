#include <fmt/format.h>

#include <algorithm>

#include "report/paper.h"
#include "report/reading.h"
#include "report/rollover.h"
#include "validator/rollover_advice.h"

namespace report {
namespace {

using namespace validator;

constexpr std::string_view blank = "          ";

std::string headline_of(const Paper& paper, const RolloverPage& page) {
  const auto say = [&](Ink ink, std::string_view word, std::string_view more) {
    return fmt::format("{}: {}{}", page.zone.print(), paper.ink(ink, word), more);
  };
  if (page.verdict == Security::bogus) return say(Ink::bad, "BROKEN", ", which comes before any next step");
  if (page.verdict == Security::indeterminate)
    return say(Ink::unsure, "NOT JUDGED", ": too little was heard to say that it holds");
  switch (page.found.stance) {
    case RolloverStance::unsigned_zone: return say(Ink::plain, "UNSIGNED", ", no DS and no keys");
    case RolloverStance::broken: return say(Ink::bad, "BROKEN", ": what servers show now does not fit together");
    case RolloverStance::steady: return say(Ink::good, "STEADY", ", no rollover is under way");
    case RolloverStance::multi_signer: return say(Ink::good, "MULTI-SIGNER", ", each provider signs with its own keys");
    case RolloverStance::rolling: break;
  }
  std::string words;
  for (const auto& phase : page.found.phases)
    words += fmt::format("{}{}", words.empty() ? ": " : "; ", to_text(phase.kind));
  return say(Ink::unsure, "ROLLING", words);
}

std::string does(const RolloverState& state, KeySet key) {
  std::string text;
  const auto add = [&](bool does_it, std::string_view what) {
    if (does_it) text += (text.empty() ? "" : ", ") + std::string(what);
  };
  add((state.ds & key) != 0, "in the DS");
  add((state.keys.published & key) != 0, "published");
  add((state.keys.signing & key) != 0, "signs the DNSKEY set");
  add((state.data & key) != 0, "signs the data");
  return text;
}

void keys(Paper& paper, const RolloverPage& page) {
  const auto& state = page.history.states.back();
  std::string_view first = "  keys    ";
  for (std::size_t i = 0; i < page.history.keys.size(); ++i) {
    const auto what = does(state, KeySet{1} << i);
    if (what.empty()) continue;
    const auto& key = page.history.keys[i];
    paper.fold(first, blank,
               fmt::format("{:>5} ({}{}{}) {}", key.name.tag, numbered(key.name.algorithm),
                           key.key && key.key->is_sep() ? ", SEP" : "",
                           key.strange ? ", by a digest of no key seen" : "", what));
    first = blank;
  }
}

std::string_view held_words(Part part, bool assumed) {
  switch (part) {
    case Part::ds: return assumed ? "of the DS set, which may have been another" : "of the DS set before";
    case Part::keys: return assumed ? "of the DNSKEY set, which may have been another" : "of the DNSKEY set before";
    case Part::data: break;
  }
  return assumed ? "of the zone's records, which may have been signed otherwise"
                 : "of the zone's records as signed before";
}

std::string_view changed_words(Part part) {
  switch (part) {
    case Part::ds: return "every server of the parent was seen with the DS set of now";
    case Part::keys: return "every server was seen with the DNSKEY set of now";
    case Part::data: break;
  }
  return "all records asked for were seen signed as now";
}

void moment(Paper& paper, const RolloverPage& page, const RolloverStep& step) {
  if (!step.earliest)
    return paper.fold(blank, blank, "not before all servers show the same, and the TTLs since then have run out");
  const auto& at = *step.earliest;
  if (!at.held)
    return paper.fold(blank, blank, paper.ink(Ink::good, "safe now") + ": nothing that caches hold stands against it");
  const auto left = at.at - page.now;
  const auto when = left.count() > 0
                        ? fmt::format("not before {} (in {})", dns::print_rfc3339(at.at), validator::in_words(left))
                        : fmt::format("safe since {}", dns::print_rfc3339(at.at));
  paper.fold(blank, blank, paper.ink(left.count() > 0 ? Ink::unsure : Ink::good, when));
  paper.fold("            ", "              ",
             fmt::format("{}  {}", dns::print_rfc3339(at.gone),
                         at.assumed ? "first seen so; nobody saw since when it is so" : changed_words(*at.held)));
  paper.fold("            ", "              ",
             fmt::format("+ {:>16} s  TTL {}", at.ttl.count(), held_words(*at.held, at.assumed)));
  if (at.more.count() > 0)
    paper.fold("            ", "              ",
               fmt::format("+ {:>16} s  TTL by which caches go on asking servers that have left", at.more.count()));
}

void typed_lines(Paper& paper, const RolloverPage& page, const RolloverStep& step, const Style& style) {
  const std::string wait = step.earliest ? std::to_string(step.earliest->ttl.count()) : "";
  const auto& known = page.history.keys;
  std::vector<Filling> values{{"zone", page.zone.print()}};
  const auto put = [&](std::string_view name, std::string text) {
    if (!text.empty()) values.emplace_back(name, std::move(text));
  };
  put("in", tags(step.in, known));
  put("out", tags(step.out, known));
  put("wait", wait);
  for (const auto signer : all_signers) {
    if (style.signer && *style.signer != signer) continue;
    for (const auto& line : commands(step.action, signer, values)) {
      if (!style.signer && line.starts_with('#')) continue;
      paper.fold(style.signer ? std::string(blank) : fmt::format("          {:<11}", to_text(signer)), "            ",
                 line);
    }
  }
}

void phase(Paper& paper, const RolloverPage& page, const RolloverPhase& one, const Style& style) {
  const auto since = one.since ? fmt::format(", since {}", dns::print_rfc3339(*one.since)) : std::string();
  paper.fold("  phase   ", blank,
             fmt::format("{} ({}){}", in_words(one.kind, one.direction), tags(one.keys, page.history.keys), since),
             fmt::format("{}, {}", to_text(one.kind), rule_of(one.kind)));
  for (const auto& step : one.steps) {
    const bool maybe = one.direction == Direction::unknown && one.steps.size() > 1;
    const auto condition = !maybe                           ? ""
                           : step.when == Direction::coming ? "if it is on its way in: "
                                                            : "if it is on its way out: ";
    paper.fold("  next    ", blank, condition + headline(step, page.history.keys));
    moment(paper, page, step);
    typed_lines(paper, page, step, style);
  }
}

void servers(Paper& paper, const RolloverPage& page) {
  if (page.found.servers_agree) return;
  std::string_view first = "  servers ";
  paper.fold(first, blank, "they do not agree; the one that is least advanced decides");
  for (const auto& [server, kinds] : page.found.by_server) {
    std::string words;
    for (const auto kind : kinds) words += (words.empty() ? "" : ", ") + std::string(to_text(kind));
    paper.fold(blank, blank, fmt::format("{}: {}", dns::print(server), words.empty() ? "no rollover" : words));
  }
}

}  // namespace

std::string rollover_text(const RolloverPage& page, const Style& style) {
  Paper paper(style);
  paper.fold("", "  ", headline_of(paper, page));
  if (page.cause) paper.fold("  cause   ", blank, sentence(*page.cause), row(page.cause->code).slug);
  for (const auto& finding : page.findings)
    if (finding.code == Code::rollover_step_early)
      paper.fold("  mistake ", blank, paper.ink(Ink::bad, sentence(finding)), row(finding.code).slug);
  keys(paper, page);
  servers(paper, page);
  if (page.verdict != Security::bogus)
    for (const auto& one : page.found.phases) phase(paper, page, one, style);
  const auto end = settled(page);
  if (end && *end > page.now)
    paper.fold("  settled ", blank,
               fmt::format("{}: until then caches may hold something older", dns::print_rfc3339(*end)));
  paper.fold("  given   ", blank,
             fmt::format("what {} saw{}",
                         page.history.times.size() == 1 ? "this one look"
                                                        : fmt::format("{} looks since {}", page.history.times.size(),
                                                                      dns::print_rfc3339(page.history.times.front())),
                         page.ttl_given ? "" : "; a record not asked for may have a longer TTL (--longest-ttl)"));
  return paper.take();
}

}  // namespace report
