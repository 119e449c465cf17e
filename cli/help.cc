#include "cli/help.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cli/option_table.h"

namespace cli {
namespace {

struct About {
  Verb verb;
  std::string_view usage;
  std::string_view brief;  // for the overview
  std::string_view text;
};

constexpr std::array abouts = std::to_array<About>({
    {Verb::check, "[@server]... NAME... [TYPE]...",
     "does the chain hold, where does it break, whose fault is it, until when?",
     "The chain of trust from anchor to answer: verdict, cause, forecast. Walks the authoritative servers from the "
     "root, all of\n"
     "them; with @server it validates through that resolver. Without TYPE: A and AAAA, and SOA at an apex."},
    {Verb::resolve, "[@server] NAME [TYPE]", "a validated lookup: the verdict, then the records",
     "A validated lookup through @server or the resolvers of resolv.conf (+walk: from the root): the verdict as a "
     "comment, then\n"
     "the records if they are secure or insecure."},
    {Verb::graph, "NAME [TYPE] or RECORDING...", "check, drawn as a picture",
     "check (or replay) that writes a picture: SVG, or DOT with --format dot. A recording is a file whose name ends "
     "in\n"
     ".json or has a slash in it."},
    {Verb::record, "NAME [TYPE] -o FILE", "saves what was heard, to be judged again",
     "Saves what was heard, silence included, and the trust anchors, to be judged again by replay. --format dnsviz: "
     "as a file\n"
     "of dnsviz probe, which dnsviz grok, print and graph read."},
    {Verb::replay, "FILE...", "judges a recording: offline, at any time, by any policy",
     "Judges a recording again, offline: at its own time and with its own anchors unless told otherwise. Files of "
     "dnsviz\n"
     "probe are recordings too; they hold no anchors."},
    {Verb::diff, "FILE FILE", "two recordings or JSON results: what changed?",
     "Two recordings, or results of --format json: what changed in the chain from the first to the second. Recordings "
     "are\n"
     "judged as replay does. 0: nothing; 1: something."},
    {Verb::probe, "-H NAME [-w RANGE] [-c RANGE]", "the monitoring plugin, check_trustwalk", "The monitoring plugin."},
    {Verb::ds, "NAME or FILE...", "the DS to hand to the parent, ready to paste",
     "The DS that the parent should publish for a zone: from its name servers, or from its .key files or its zone "
     "file (offline\n"
     "unless --parent), which key and why, which not, and what the parent has now. Status 11: the parent's DS lead "
     "to no key\n"
     "that signs; 12: there is nothing to hand up, or the parent gave no answer."},
    {Verb::zone, "FILE, - or @server NAME", "every signature and every name of a whole zone",
     "A whole zone from its file before it is published, or transferred from a server (AXFR): every signature, every "
     "link\n"
     "of the NSEC or NSEC3 chain, every delegation, and how long it holds. Trust is its own DNSKEY set, or --ds, or "
     "-k, "
     "or\n"
     "--parent; but for that a file is judged offline. Without FILE: as NSD's verifier, from standard input if\n"
     "VERIFY_ZONE_ON_STDIN says so. Status 12: the server gave no whole zone."},
    {Verb::preflight, "NAME --ds RR | --remove-ds TAG | --zone FILE ...", "a change, rehearsed before anybody sees it",
     "What would become of the chain, for every cache: today's servers with the planned change laid over them. Each "
     "mix "
     "of old\n"
     "and new that a cache may hold is judged; then the order and the waits that none of them minds. Nothing is "
     "changed. "
     "Status:\n"
     "the verdict of the worst moment if all is changed at once."},
    {Verb::rollover, "NAME [--state FILE] or RECORDING...",
     "which rollover is under way; the next step, and when it is safe",
     "Which change of keys is under way, what its next safe step is, not before when, and what to type. Asks every "
     "server of\n"
     "the zone and of its parent. One look cannot tell a key that comes from one that goes: --state FILE keeps what "
     "was seen,\n"
     "--since takes recordings made earlier (trustwalk record NAME DNSKEY -o FILE). Status: the verdict now."},
    {Verb::watch, "NAME [--until secure|step|TIME]", "waits until all servers and all caches are so far",
     "Looks again and again until every server shows the awaited state and every TTL has run out: the zone is secure, "
     "or the\n"
     "next step of its rollover is safe. Then status 0; 12 if --deadline passes before (a day)."},
    {Verb::explain, "SLUG... or list", "a finding: meaning, rule, remedy",
     "A finding: what it means, which rule it is about, what to do. Offline."},
    {Verb::anchors, "[list], test or update", "the trust anchors; do they sign? follow their rolls",
     "list: the trust anchors in use and where they come from; test: whether the live zones are signed by them;\n"
     "update --state FILE: asks for the zone's keys and follows them by RFC 5011. The file begins with the anchors in "
     "use;\n"
     "11: no anchor signs what was heard, 12: nothing was heard."},
});

constexpr std::string_view statuses =
    "Exit status: 0 secure, 10 insecure, 11 bogus, 12 indeterminate (several: the worst), 2 wrong usage, 3 own "
    "failure;\n"
    "with --expect 0 as expected, 1 not.\n";

const About& about(Verb verb) { return *std::ranges::find(abouts, verb, &About::verb); }
std::string option_lines(Verb verb);
std::string flag_lines(Verb verb);
std::string probe_help();
std::string row_text(std::string_view left, std::string_view right, std::size_t column);

}  // namespace

std::string usage_of(Verb verb) {
  return verb == Verb::probe
             ? fmt::format("usage: check_trustwalk {}", about(verb).usage)
             : fmt::format("usage: trustwalk {} {} [+flags] [-options]", to_text(verb), about(verb).usage);
}

std::vector<Verb> all_verbs() {
  std::vector<Verb> verbs;
  verbs.reserve(abouts.size());
  for (const auto& row : abouts) verbs.push_back(row.verb);
  return verbs;
}

std::string_view arguments_of(Verb verb) { return about(verb).usage; }
std::string_view brief_of(Verb verb) { return about(verb).brief; }
std::string_view text_of(Verb verb) { return about(verb).text; }

std::string overview() {
  std::string text =
      "usage: trustwalk [VERB] [@server[#port]]... NAME... [TYPE]... [+flags] [-options]   (any order, as with dig)\n\n"
      "trustwalk walks the chain of trust of DNSSEC from the root to one answer, and says whether it holds, where it "
      "breaks\n"
      "and whose fault that is, when it will break, and what to do.\n\n";
  for (const auto& row : abouts) {
    text += row_text(fmt::format("  {:<8} {}", to_text(row.verb), row.usage), row.brief, 42);
  }
  text +=
      "\nWithout a verb: check. A name that looks like a verb or a type: write a dot after it, or -q NAME.\n"
      "trustwalk VERB -h lists the options of a verb; the most used are\n\n"
      "  -t TYPE      a record type               -4, -6           one address family\n"
      "  -x ADDR      a reverse name              -p PORT          another port\n"
      "  -k FILE      trust anchors               --at TIME        judge as of then\n"
      "  -o FILE      write to a file             --deadline SECS  end of the whole run\n"
      "  --format F   text short json ndjson dot svg prom junit …\n\n"
      "Examples:\n"
      "  trustwalk example.org                    is it secure, and until when?\n"
      "  trustwalk resolve @9.9.9.9 example.org MX +short\n"
      "  trustwalk graph example.org -o chain.svg\n"
      "  trustwalk explain ds-matches-no-key\n\n";
  return text.append(statuses);
}

std::string help_of(Verb verb) {
  if (verb == Verb::probe) return probe_help();
  std::string text = fmt::format("{}\n\n{}\n", usage_of(verb), about(verb).text);
  text += option_lines(verb);
  text += flag_lines(verb);
  return text.append("\n").append(statuses);
}

namespace {

constexpr std::size_t column = 28;

std::string spelling(const OptionRow& row) {
  std::string names(row.names);
  for (auto comma = names.find(','); comma != std::string::npos; comma = names.find(',', comma + 2))
    names.insert(comma + 1, " ");
  return row.argument.empty() ? names : fmt::format("{} {}", names, row.argument);
}

std::string option_lines(Verb verb) {
  std::string text;
  std::string_view group;
  for (const auto& row : option_rows(verb)) {
    if ((row.verbs & only(verb)) == 0 || row.help.empty()) continue;
    if (row.group != group) text += fmt::format("\n{}:\n", row.group);
    group = row.group;
    text += row_text(fmt::format("  {}", spelling(row)), row.help, column);
  }
  return text;
}

std::string flag_lines(Verb verb) {
  std::string text;
  for (const auto& row : flag_rows()) {
    if ((row.verbs & only(verb)) == 0 || row.help.empty()) continue;
    const auto name =
        row.argument.empty() ? fmt::format("  +{}", row.name) : fmt::format("  +{}={}", row.name, row.argument);
    text += row_text(name, row.help, column);
  }
  return text.empty() ? text : "\nFlags (+noNAME takes one back):\n" + text;
}

// The plugin guidelines want at most 23 lines of at most 80 columns.
std::string probe_help() {
  std::string text = "usage: check_trustwalk -H NAME [-w RANGE] [-c RANGE] [options]\n";
  for (const auto& row : option_rows(Verb::probe)) {
    if (row.help.empty()) continue;
    text += row_text(fmt::format(" {}", spelling(row)), row.help, 29);
  }
  return text;
}

std::string row_text(std::string_view left, std::string_view right, std::size_t at) {
  if (left.size() + 1 > at) return fmt::format("{}\n{:{}}{}\n", left, "", at, right);
  return fmt::format("{:<{}}{}\n", left, at, right);
}

}  // namespace
}  // namespace cli
