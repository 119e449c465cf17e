#include "cli/completions.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "cli/help.h"
#include "cli/option_table.h"
#include "cli/schemas.h"
#include "report/report.h"
#include "validator/catalogue.h"

namespace cli {
namespace {

std::string bash();
std::string zsh();
std::string fish();

}  // namespace

std::string completion_of(std::string_view shell) {
  if (shell == "bash") return bash();
  if (shell == "zsh") return zsh();
  return shell == "fish" ? fish() : "";
}

namespace {

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    parts.push_back(text.substr(0, text.find(at)));
    text.remove_prefix(std::min(parts.back().size() + 1, text.size()));
  }
  return parts;
}

bool is_offered(const OptionRow& row, Verb verb) { return (row.verbs & only(verb)) != 0 && row.set != nullptr; }
bool is_offered(const FlagRow& row, Verb verb) { return (row.verbs & only(verb)) != 0 && row.set != nullptr; }

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

std::string slugs() {
  std::string out;
  for (const auto& row : validator::rows()) out += fmt::format("{}{}", out.empty() ? "" : " ", row.slug);
  return out;
}

// The words that an option's value is one of, with spaces between; "" if they cannot be listed.
std::string values_of(const OptionRow& row) {
  const bool is_format = row.names.contains("--format");
  if (is_format && row.argument == "FORMAT") return "nagios checkmk";
  if (is_format) return replaced(report::format_words(), ",", "") + " markdown dnsviz";
  if (row.argument == "WHEN") return "auto always never";
  if (row.argument == "STATE") return "ok warning critical unknown";
  if (row.argument == "SEVERITY") return "error warning notice";
  if (row.argument == "VERDICT") return "secure insecure bogus indeterminate";
  if (row.argument == "SLUG") return slugs();
  if (row.argument == "SHELL") return "bash zsh fish";
  if (row.argument == "TYPE") return "A AAAA CAA CDNSKEY CDS CNAME DNSKEY DS HTTPS MX NS PTR SOA SRV SVCB TLSA TXT";
  if (row.names == "--signer") return "nsd bind knot powerdns opendnssec";
  if (row.names == "--layout") return "fields rr epp-ds epp-key csv json";
  return "";
}

bool takes_a_file(const OptionRow& row) { return row.argument == "FILE"; }

std::string option_words(Verb verb) {
  std::string out;
  for (const auto& row : option_rows(verb)) {
    if (!is_offered(row, verb)) continue;
    for (const auto name : split(row.names, ',')) out += fmt::format("{}{}", out.empty() ? "" : " ", name);
  }
  for (const auto& row : flag_rows()) {
    if (verb != Verb::probe && is_offered(row, verb))
      out += fmt::format(" +{}{}", row.name, row.argument.empty() ? "" : "=");
  }
  return out;
}

// What stands without a dash: verbs in front, recordings, slugs.
std::string bare_words(Verb verb) {
  if (verb == Verb::explain) return slugs() + " list";
  if (verb == Verb::anchors) return "list test update";
  return "";
}

bool takes_files(Verb verb) {
  return verb == Verb::replay || verb == Verb::diff || verb == Verb::graph || verb == Verb::ds || verb == Verb::zone;
}

std::string verb_words(char between) {
  std::string out;
  for (const auto verb : all_verbs()) {
    if (!out.empty()) out += between;
    out += to_text(verb);
  }
  return out;
}

// --- bash ---

std::string bash_values(Verb verb) {
  std::string out;
  for (const auto& row : option_rows(verb)) {
    if (!is_offered(row, verb) || row.argument.empty()) continue;
    const auto values = values_of(row);
    const auto reply = takes_a_file(row) ? std::string("compgen -f -- \"$cur\"")
                       : values.empty()  ? std::string("true")
                                         : fmt::format("compgen -W '{}' -- \"$cur\"", values);
    out += fmt::format("    {}:{}) mapfile -t COMPREPLY < <({}); return ;;\n", to_text(verb),
                       replaced(std::string(row.names), ",", fmt::format(" | {}:", to_text(verb))), reply);
  }
  return out;
}

std::string bash() {
  std::string values, words;
  for (const auto verb : all_verbs()) {
    values += bash_values(verb);
    words += fmt::format("    {}) words='{}{}' ;;\n", to_text(verb), option_words(verb),
                         bare_words(verb).empty() ? "" : " " + bare_words(verb));
  }
  std::string files;
  for (const auto verb : all_verbs()) {
    if (takes_files(verb)) files += fmt::format("{}{}", files.empty() ? "" : " | ", to_text(verb));
  }
  return fmt::format(R"(# bash completion of trustwalk, made by "trustwalk explain --completion bash"
_trustwalk() {{
  local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD-1]}} verb=check given= word words
  COMPREPLY=()
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case $word in
    {}) verb=$word given=yes; break ;;
    esac
  done
  case ${{COMP_WORDS[0]##*/}} in check_trustwalk) verb=probe given=yes ;; esac
  case $verb:$prev in
{}  esac
  case $verb in
{}  esac
  [ -n "$given" ] || words="$words {}"
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
  case $verb in
    {}) case $cur in [-+]*) ;; *) mapfile -t -O "${{#COMPREPLY[@]}}" COMPREPLY < <(compgen -f -- "$cur") ;; esac ;;
  esac
}}
complete -o filenames -F _trustwalk trustwalk check_trustwalk
)",
                     replaced(verb_words(' '), " ", " | "), values, words, verb_words(' '), files);
}

// --- zsh ---

std::string zsh_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c == '\'' ? "'\\''" : std::string(1, c);
  }
  return out;
}

std::string zsh_option(const OptionRow& row) {
  const auto values = values_of(row);
  const auto action = takes_a_file(row) ? std::string("_files") : values.empty() ? " " : fmt::format("({})", values);
  std::string out;
  for (const auto name : split(row.names, ',')) {
    out += fmt::format("    '*{}[{}]{}'\n", name, zsh_text(row.help),
                       row.argument.empty() ? "" : fmt::format(":{}:{}", zsh_text(row.argument), action));
  }
  return out;
}

std::string zsh_case(Verb verb) {
  auto out = fmt::format("  {})\n  specs=(\n", to_text(verb));
  for (const auto& row : option_rows(verb)) {
    if (is_offered(row, verb)) out += zsh_option(row);
  }
  const auto words = bare_words(verb);
  const auto rest = takes_files(verb) ? std::string("_files") : words.empty() ? " " : fmt::format("({})", words);
  return out + fmt::format("    '*:word:{}'\n  ) ;;\n", rest);
}

std::string zsh() {
  std::string verbs, cases;
  for (const auto verb : all_verbs()) {
    verbs += fmt::format("    '{}:{}'\n", to_text(verb), zsh_text(brief_of(verb)));
    cases += zsh_case(verb);
  }
  return fmt::format(R"(#compdef trustwalk check_trustwalk
# zsh completion of trustwalk, made by "trustwalk explain --completion zsh"
local verb=check word
local -a specs verbs
verbs=(
{})
for word in "${{words[@]:1:CURRENT-2}}"; do
  case $word in
  {}) verb=$word; break ;;
  esac
done
[[ ${{words[1]:t}} == check_trustwalk ]] && verb=probe
(( CURRENT == 2 )) && [[ $verb != probe && $PREFIX != [-+]* ]] && _describe verb verbs
case $verb in
{}esac
_arguments -S $specs
)",
                     verbs, replaced(verb_words(' '), " ", "|"), cases);
}

// --- fish ---

std::string fish_quoted(std::string_view text) {
  return "'" + replaced(replaced(std::string(text), "\\", "\\\\"), "'", "\\'") + "'";
}

std::string fish_names(const OptionRow& row) {
  std::string out;
  for (const auto name : split(row.names, ',')) {
    const auto bare = name.substr(name.starts_with("--") ? 2 : 1);
    out += fmt::format(" {} {}", name.starts_with("--") ? "-l" : "-s", bare);
  }
  return out;
}

std::string fish_line(std::string_view program, const std::string& when, const OptionRow& row) {
  const auto values = values_of(row);
  const auto argument = row.argument.empty() ? std::string()
                        : takes_a_file(row)  ? std::string(" -r -F")
                        : values.empty()     ? std::string(" -x")
                                             : fmt::format(" -x -a {}", fish_quoted(values));
  return fmt::format("complete -c {}{}{}{} -d {}\n", program, when, fish_names(row), argument, fish_quoted(row.help));
}

std::string fish() {
  std::string out = "# fish completion of trustwalk, made by \"trustwalk explain --completion fish\"\n";
  out += "complete -c check_trustwalk -f\n";
  for (const auto& row : option_rows(Verb::probe)) {
    if (row.set != nullptr) out += fish_line("check_trustwalk", "", row);
  }
  for (const auto verb : all_verbs()) {
    out += fmt::format("complete -c trustwalk -n 'not __fish_seen_subcommand_from {}' -f -a {} -d {}\n",
                       verb_words(' '), to_text(verb), fish_quoted(brief_of(verb)));
  }
  for (const auto verb : all_verbs()) {
    // Without a verb it is check.
    const auto others = replaced(" " + verb_words(' ') + " ", " check ", " ");
    const auto when = verb == Verb::check
                          ? fmt::format(" -n 'not __fish_seen_subcommand_from{}'", others.substr(0, others.size() - 1))
                          : fmt::format(" -n '__fish_seen_subcommand_from {}'", to_text(verb));
    for (const auto& row : option_rows(verb)) {
      if (is_offered(row, verb)) out += fish_line("trustwalk", when, row);
    }
    const auto words = bare_words(verb);
    if (!words.empty()) out += fmt::format("complete -c trustwalk{} -f -a {}\n", when, fish_quoted(words));
  }
  return out;
}

}  // namespace
}  // namespace cli
