#include "cli/man_pages.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "cli/help.h"
#include "cli/option_table.h"
#include "validator/catalogue.h"

namespace cli {
namespace {

std::string of_trustwalk();
std::string of_plugin();
std::string of_json();
std::string of_findings();
std::string of_config();

}  // namespace

std::string man_page(std::string_view page) {
  if (page == "trustwalk.1") return of_trustwalk();
  if (page == "check_trustwalk.1") return of_plugin();
  if (page == "trustwalk-json.5") return of_json();
  if (page == "trustwalk.toml.5") return of_config();
  return page == "trustwalk-findings.7" ? of_findings() : "";
}

namespace {

// scdoc gives meaning to these; a backslash takes it away.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\*_#[]|.-+").contains(c)) out += '\\';
    out += c;
  }
  return out;
}

// One long line: scdoc refuses lines that begin with a space, and fills paragraphs by itself.
std::string flowing(std::string_view text) {
  auto out = escaped(text);
  std::ranges::replace(out, '\n', ' ');
  return out;
}

std::string spelling(std::string_view names, std::string_view argument) {
  std::string out;
  while (!names.empty()) {
    const auto name = names.substr(0, names.find(','));
    out += fmt::format("{}*{}*", out.empty() ? "" : ", ", escaped(name));
    names.remove_prefix(std::min(name.size() + 1, names.size()));
  }
  return argument.empty() ? out : fmt::format("{} _{}_", out, escaped(argument));
}

std::string verbs_text(VerbSet verbs) {
  std::string out;
  for (const auto verb : all_verbs()) {
    if (verb == Verb::probe || (verbs & only(verb)) == 0) continue;
    out += fmt::format("{}{}", out.empty() ? "" : ", ", to_text(verb));
  }
  return out;
}

std::string verb_sections() {
  std::string out = "# VERBS\n\n";
  for (const auto verb : all_verbs()) {
    out += fmt::format("*trustwalk {}* {}\n\t{}\n\n", to_text(verb), escaped(arguments_of(verb)),
                       flowing(verb == Verb::probe ? "The monitoring plugin, check_trustwalk(1)." : text_of(verb)));
  }
  return out;
}

std::string option_sections() {
  std::string out = "# OPTIONS\n\n";
  std::string_view group;
  for (const auto& row : option_rows(Verb::check)) {
    if (row.set == nullptr || row.help.empty()) continue;
    if (row.group != group) out += fmt::format("## {}\n\n", escaped(row.group));
    group = row.group;
    const auto verbs = row.verbs == ~0U ? std::string("all") : verbs_text(row.verbs);
    out += fmt::format("{}\n\t{} ({})\n\n", spelling(row.names, row.argument), flowing(row.help), escaped(verbs));
  }
  return out;
}

std::string flag_section() {
  std::string out = "# FLAGS\n\nA flag that is put as *\\+no*_name_ is taken back\\.\n\n";
  for (const auto& row : flag_rows()) {
    if (row.set == nullptr || row.help.empty()) continue;
    out += fmt::format("*\\+{}*{}\n\t{} ({})\n\n", escaped(row.name),
                       row.argument.empty() ? "" : fmt::format("=_{}_", escaped(row.argument)), flowing(row.help),
                       escaped(verbs_text(row.verbs)));
  }
  return out;
}

std::string of_trustwalk() {
  std::string out =
      "trustwalk(1) \"\" \"trustwalk\"\n\n# NAME\n\ntrustwalk - DNSSEC chains of trust: do they hold, where do they "
      "break, "
      "whose fault is it\n\n# SYNOPSIS\n\n*trustwalk* [verb] [@server[#port]]... name... [type]... [+flags] "
      "[-options]\n\n# DESCRIPTION\n\n*trustwalk* walks the chain of trust from the root trust anchor through every "
      "delegation down to one answer, and says whether it holds, where it breaks and whose fault that is, when it will "
      "break, and what to do\\. Words come in any order, as with dig(1)\\. Without a verb it is *check*\\. A name that "
      "looks "
      "like a verb or a type gets a dot behind it, or stands after *-q*\\.\n\n";
  out += verb_sections() + option_sections() + flag_section();
  return out +
         "# EXIT STATUS\n\n*0*\n\tsecure, or the job is "
         "done\n\n*10*\n\tinsecure\n\n*11*\n\tbogus\n\n*12*\n\tindeterminate\n\n"
         "*2*\n\twrong usage\n\n*3*\n\town failure: a file, a socket, memory\n\nSeveral questions give the worst: 11, "
         "12, 10, "
         "0\\. With *--expect* and *--expect-slug*: 0 as expected, 1 not\\.\n\n"
         "# ENVIRONMENT\n\n*TRUSTWALK\\_ANCHORS*\n\ta file of trust anchors, where no *-k* is given\n\n"
         "*XDG\\_CONFIG\\_HOME*\n\twhere trustwalk/config\\.toml is looked for (~/\\.config)\n\n"
         "*NO\\_COLOR*, *TERM*\n\tno colour if the first is set and not empty, or the second is dumb\n\n"
         "# SEE ALSO\n\n*check\\_trustwalk*(1), *trustwalk-json*(5), *trustwalk\\.toml*(5), "
         "*trustwalk-findings*(7), *dig*(1)\n";
}

std::string of_plugin() {
  std::string out =
      "check_trustwalk(1) \"\" \"trustwalk\"\n\n# NAME\n\ncheck_trustwalk - monitoring plugin for DNSSEC chains of "
      "trust\n\n# SYNOPSIS\n\n*check\\_trustwalk* *-H* _NAME_ [*-w* _RANGE_] [*-c* _RANGE_] [options]\n\n"
      "# DESCRIPTION\n\nOne line for Nagios, Icinga and their like: state, cause, and numbers\\. The line names who is "
      "at "
      "fault, so that the right team is called\\.\n\n# OPTIONS\n\n";
  for (const auto& row : option_rows(Verb::probe)) {
    if (row.set == nullptr) continue;
    out += fmt::format("{}\n\t{}\n\n", spelling(row.names, row.argument),
                       row.help.empty() ? "as in trustwalk(1), or for the option above" : flowing(row.help));
  }
  return out +
         "# RANGES\n\nA range is \\[@\\]_start_:_end_, ends inside; the alert is raised outside, or inside with @\\. "
         "_start_: has no "
         "upper "
         "end, \\~ is minus infinity\\. Units: s m h d w; for *-w* and *-c* also % of the validity of the signature "
         "that ends "
         "first\\. Time left is written *3d:*, which alerts when less is left\\. Commas join several: any match "
         "alerts\\.\n\n"
         "# EXIT STATUS\n\n*0*\n\tOK\n\n*1*\n\tWARNING\n\n*2*\n\tCRITICAL\n\n*3*\n\tUNKNOWN, and *-h*, *-V*, wrong "
         "usage\n\n"
         "# EXAMPLE\n\n\tcheck\\_trustwalk -H example\\.org -w 3d: -c 1d:\n\n# SEE ALSO\n\n*trustwalk*(1)\n";
}

std::string of_json() {
  return "trustwalk-json(5) \"\" \"trustwalk\"\n\n# NAME\n\ntrustwalk-json - what trustwalk writes as JSON\n\n"
         "# DESCRIPTION\n\n*schema\\_version* is MAJOR\\.MINOR\\. Within a MAJOR there are only additions: members, "
         "codes, enum "
         "values; readers ignore what they do not know\\. Nothing is renamed, retyped or removed, and unknown numbers "
         "(algorithm, type, EDE) stay numbers\\.\n\n"
         "Times are RFC 3339 in UTC; members that hold one end in \\_at (or are now, inception, expires)\\. Durations "
         "end in "
         "\\_s or \\_ms\\. Names are absolute A-labels with presentation escapes\\. What is absent is null or an empty "
         "list; "
         "members are always there\\. Ids are local to one document\\.\n\n"
         "One question gives one object, several an array in the order asked; *--format ndjson* one flat object a "
         "line\\.\n\n"
         "# FILES\n\nJSON Schemas (2020-12), also printed by *trustwalk explain --schema* [word]:\n\n"
         "_/usr/share/trustwalk/verdict-1\\.schema\\.json_\n\tthe verdict, *--format json*\n\n"
         "_/usr/share/trustwalk/line-1\\.schema\\.json_\n\ta line, *--format ndjson*\n\n"
         "_/usr/share/trustwalk/anchors-1\\.schema\\.json_\n\t*trustwalk anchors --format json*\n\n"
         "_/usr/share/trustwalk/ds-1\\.schema\\.json_\n\t*trustwalk ds --layout json*\n\n"
         "# SEE ALSO\n\n*trustwalk*(1), *trustwalk-findings*(7)\n";
}

std::string of_config() {
  return "trustwalk.toml(5) \"\" \"trustwalk\"\n\n# NAME\n\ntrustwalk.toml - settings for trustwalk\n\n"
         "# DESCRIPTION\n\nWhat would be typed each time, as TOML: keys are the long names of options without their "
         "dashes (see trustwalk(1))\\. Keys before all tables hold for every verb that has such an option, those of a "
         "table "
         "for the verb of its name, where they win\\. An option without an argument is *true* or *false*; one that may "
         "be repeated, or takes a list, may be given a list\\. A key that no verb has, and a table that is no verb, "
         "are "
         "errors\\.\n\n"
         "The command line beats the environment (*TRUSTWALK\\_ANCHORS*, *NO\\_COLOR*), which beats a file; of two "
         "files "
         "the second below wins\\. An option that is typed takes the place of the whole setting: lists are not "
         "joined\\. *trustwalk* _VERB_ *--print-config* shows what holds, and where each setting comes from\\.\n\n"
         "With *--config* _FILE_ that file alone is read, with *--no-config* none\\. The plugin, check\\_trustwalk(1), "
         "reads "
         "none but one that is named by *--config*; its table is *\\[probe\\]*\\. A file that cannot be read, or says "
         "what it "
         "cannot say, ends the program with status 3\\.\n\n"
         "# FILES\n\n_/etc/trustwalk\\.toml_\n\n_$XDG\\_CONFIG\\_HOME/trustwalk/config\\.toml_\n\n"
         "# EXAMPLE\n\n```\ntimeout = 3\nanchors = [\"/etc/trustwalk/anchors\"]\n\n[check]\nsigner = \"knot\"\n"
         "all-probes = true\n\n[probe]\nwarning = \"3d:\"\ncritical = \"1d:\"\n```\n\n# SEE ALSO\n\n*trustwalk*(1), "
         "*check\\_trustwalk*(1)\n";
}

std::string of_findings() {
  std::string out =
      "trustwalk-findings(7) \"\" \"trustwalk\"\n\n# NAME\n\ntrustwalk-findings - what trustwalk finds in chains of "
      "trust\n\n# DESCRIPTION\n\nEvery finding by its slug: severity, rule and meaning\\. *trustwalk explain* _SLUG_ "
      "says "
      "more, and what to do\\.\n\n# FINDINGS\n\n";
  for (const auto& row : validator::rows()) {
    out += fmt::format("*{}*\n\t{}, {}\\. {}\n\n", escaped(row.slug), validator::to_text(row.severity),
                       escaped(row.rule), flowing(row.meaning));
  }
  return out + "# SEE ALSO\n\n*trustwalk*(1)\n";
}

}  // namespace
}  // namespace cli
