#include "validator/catalogue_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "dns/codes.h"
#include "validator/advice.h"

namespace validator {
namespace {

struct Section {
  Code first;
  std::string_view title;
};

constexpr auto sections = std::to_array<Section>({
    {Code::clock_suspect, "This machine and its forwarder"},
    {Code::anchor_missing, "Trust anchors"},
    {Code::server_silent, "Servers and transport"},
    {Code::serials_differ, "Agreement of the servers of one zone"},
    {Code::delegation_absent, "Delegation"},
    {Code::no_secure_entry, "DS and the entry key"},
    {Code::keys_missing, "Keys"},
    {Code::signature_missing, "Signatures"},
    {Code::denial_missing, "Denial of existence"},
    {Code::alias_with_other_data, "Answers, aliases, limits"},
    {Code::chain_breaks_soon, "Time ahead"},
    {Code::cds_servers_disagree, "Automation of the delegation"},
    {Code::zone_apex_incomplete, "Whole zone: file, transfer or walk"},
    {Code::zone_not_signed, "Summaries: one cause instead of many"},
});

std::string ede_text(const Row& row);
std::string_view severity_text(Severity severity);
std::string_view breaks_text(Breaks breaks);
std::string_view party_text(Party party);
std::string wrapped(std::string_view text, std::string_view indent);
std::string parameters_text(const Row& row);
std::string remedy_text(const Row& row);
std::string comma_list(std::string_view spaced);
std::string markdown_row(const Row& row);

}  // namespace

std::string explain_text(Code code) {
  const auto& about = row(code);
  std::string out = fmt::format("{}\n\n", about.slug);
  out += fmt::format("  severity  {}: {}\n", to_text(about.severity), severity_text(about.severity));
  out += fmt::format("  breaks    {}: {}\n", to_text(about.breaks), breaks_text(about.breaks));
  out += fmt::format("  EDE       {}\n", ede_text(about));
  out += fmt::format("  rule      {}\n", about.rule == "practice" ? "practice (our own advice)" : about.rule);
  out += fmt::format("  blame     {}: {}\n", to_text(about.blame), party_text(about.blame));
  if (!about.dnsviz.empty()) out += "  dnsviz    " + wrapped(about.dnsviz, "            ").substr(12);
  out += "\n" + wrapped(about.meaning, "  ");
  out += "\nfor example\n" + wrapped(render(about.sentence, example_values(about)), "  ");
  if (!about.parameters.empty()) out += "\nparameters\n" + parameters_text(about);
  return out + remedy_text(about);
}

std::string catalogue_list() {
  std::string out;
  for (const auto& each : rows()) {
    out += fmt::format("{:<36} {:<8} {}\n", each.slug, to_text(each.severity), each.meaning);
  }
  return out;
}

std::string catalogue_markdown() {
  std::string out = fmt::format(
      "# The findings of trustwalk\n\n"
      "Made by `trustwalk explain list --format markdown` from the catalogue: {} findings. `trustwalk explain SLUG` "
      "shows "
      "one of them with an example and the commands of each signer.\n\n"
      "Severity: error, a MUST is broken; warning, a SHOULD is broken, or security or service will be lost at a known "
      "point if nobody acts; notice, advice or a fact. Breaks: yes, nobody can validate what these servers sent; some, "
      "it "
      "depends on the server picked, the validator, its policy or the hour; no. EDE is the extended error of RFC 8914 "
      "that "
      "fits.\n",
      rows().size());
  auto section = sections.begin();
  for (const auto& each : rows()) {
    if (section != sections.end() && each.code == section->first) {
      out += fmt::format("\n## {}\n\n", section->title);
      out += "| finding | severity | breaks | EDE | rule | meaning | parameters | remedy | blame | dnsviz |\n";
      out += "|---|---|---|---|---|---|---|---|---|---|\n";
      ++section;
    }
    out += markdown_row(each);
  }
  out += "\n## Remedies\n\n| remedy | in short |\n|---|---|\n";
  for (std::size_t kind = 0; kind < remedy_count; ++kind) {
    const auto remedy = static_cast<Remedy>(kind);
    out += fmt::format("| `{}` | {} |\n", to_text(remedy), headline(remedy));
  }
  return out;
}

namespace {

std::string ede_text(const Row& row) {
  if (row.ede == no_ede) return "none fits";
  return fmt::format("{} {}", row.ede, dns::ede_name(row.ede));
}

std::string_view severity_text(Severity severity) {
  switch (severity) {
    case Severity::error: return "a MUST is broken";
    case Severity::warning: return "a SHOULD is broken, or something will be lost at a known point";
    case Severity::notice: return "advice, or a fact";
  }
  return "";
}

std::string_view breaks_text(Breaks breaks) {
  switch (breaks) {
    case Breaks::yes: return "nobody can validate, or nobody can get, what these servers sent";
    case Breaks::some: return "depends on the server picked, the validator, its policy, or the hour";
    case Breaks::no: return "validation goes on";
  }
  return "";
}

std::string_view party_text(Party party) {
  switch (party) {
    case Party::parent: return "the operator of the parent zone";
    case Party::child: return "the operator of the zone";
    case Party::registrar: return "whoever enters DS and name servers at the registrar";
    case Party::server: return "the operator of the server";
    case Party::here: return "this machine, its anchors, its forwarder";
  }
  return "";
}

constexpr std::size_t columns = 100;

std::string wrapped(std::string_view text, std::string_view indent) {
  std::string out;
  std::string line{indent};
  while (!text.empty()) {
    const auto space = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, space);
    if (line.size() > indent.size() && line.size() + 1 + word.size() > columns) {
      out += line + "\n";
      line = indent;
    }
    if (line.size() > indent.size()) line += ' ';
    line += word;
    text.remove_prefix(std::min(space + 1, text.size()));
  }
  return out + line + "\n";
}

std::string parameters_text(const Row& row) {
  std::string out;
  for (const auto& parameter : parameters(row)) {
    if (parameter.name.empty()) break;
    out += fmt::format("  {}\n", parameter.name);
    for (const auto word : words_of(parameter)) {
      out += fmt::format("    {:<16} {}\n", word, in_words(row.code, parameter.name, word));
    }
  }
  return out;
}

std::string remedy_text(const Row& row) {
  std::string out = fmt::format("\nremedy {}: {}\n", to_text(row.remedy), headline(row.remedy));
  for (const auto signer : all_signers) {
    const auto lines = commands(row.remedy, signer, {});
    if (lines.empty()) continue;
    out += fmt::format("  {}\n", title(signer));
    for (const auto& line : lines) out += fmt::format("    {}\n", line);
  }
  const auto lines = elsewhere(row.remedy, {});
  if (row.remedy == Remedy::none || lines.empty()) return out;
  out += "  elsewhere\n";
  for (const auto& line : lines) out += fmt::format("    {}\n", line);
  return out;
}

std::string comma_list(std::string_view spaced) {
  std::string out;
  for (const char letter : spaced) {
    if (letter == ' ') out += ',';
    out += letter;
  }
  return out;
}

std::string markdown_row(const Row& row) {
  const auto ede = row.ede == no_ede ? std::string{"-"} : fmt::format("{}", row.ede);
  const auto parameters = row.parameters.empty() ? std::string{"-"} : "`" + comma_list(row.parameters) + "`";
  return fmt::format("| `{}` | {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", row.slug, to_text(row.severity),
                     to_text(row.breaks), ede, row.rule, row.meaning, parameters, to_text(row.remedy),
                     to_text(row.blame), row.dnsviz.empty() ? "-" : row.dnsviz);
}

}  // namespace
}  // namespace validator
