#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "report/ci.h"
#include "report/json.h"
#include "report/json_writer.h"
#include "report/reading.h"

namespace report {

using namespace validator;

namespace {

using Rules = std::map<Code, std::uint64_t>;  // where each stands in the list of rules

Rules rules_of(const std::vector<Chain>& chains);
void put_tool(JsonWriter& out, const Rules& rules);
void put_results(JsonWriter& out, const std::vector<Chain>& chains, const Rules& rules);

}  // namespace

std::string sarif(const std::vector<Chain>& chains) {
  const auto rules = rules_of(chains);
  JsonWriter out(JsonWriter::Layout::pretty);
  out.object([&] {
    out.put("$schema", std::string_view("https://json.schemastore.org/sarif-2.1.0.json"));
    out.put("version", std::string_view("2.1.0"));
    out.key("runs");
    out.open_array();
    out.object([&] {
      put_tool(out, rules);
      put_results(out, chains, rules);
    });
    out.close_array();
  });
  return out.take();
}

namespace {

Rules rules_of(const std::vector<Chain>& chains) {
  Rules rules;
  for (const auto& chain : chains)
    for (const auto& finding : chain.findings)
      if (!finding.consequence_of) rules.emplace(finding.code, 0);
  std::uint64_t index = 0;
  for (auto& [code, place] : rules) place = index++;
  return rules;
}

std::string_view level(Severity severity) { return severity == Severity::notice ? "note" : to_text(severity); }

void put_text(JsonWriter& out, std::string_view member, std::string_view text) {
  out.key(member);
  out.object([&] { out.put("text", text); });
}

void put_rule(JsonWriter& out, Code code) {
  const auto& about = row(code);
  out.object([&] {
    out.put("id", about.slug);
    put_text(out, "shortDescription", about.meaning);
    put_text(out, "help", fmt::format("Rule: {}. trustwalk explain {}", about.rule, about.slug));
    out.key("defaultConfiguration");
    out.object([&] { out.put("level", level(about.severity)); });
  });
}

void put_tool(JsonWriter& out, const Rules& rules) {
  out.key("tool");
  out.object([&] {
    out.key("driver");
    out.object([&] {
      out.put("name", std::string_view("trustwalk"));
      out.put("semanticVersion", std::string_view{TRUSTWALK_VERSION});
      out.key("rules");
      out.array(rules, [&](const auto& each) { put_rule(out, each.first); });
    });
  });
}

// RFC 4501: what is no letter, digit, "-", "." or "_" is escaped.
std::string dns_uri(const Chain& chain) {
  std::string out = "dns:";
  for (const char c : typed(chain.name)) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out + fmt::format("?type={}", dns::to_text(chain.type));
}

void put_place(JsonWriter& out, const Chain& chain, const Finding& finding) {
  out.key("locations");
  out.open_array();
  out.object([&] {
    out.key("physicalLocation");
    out.object([&] {
      out.key("artifactLocation");
      out.object([&] { out.put("uri", dns_uri(chain)); });
    });
    out.key("logicalLocations");
    out.open_array();
    out.object([&] {
      out.put("fullyQualifiedName", print(finding.subject));
      out.put("kind", std::string_view("resource"));
    });
    out.close_array();
  });
  out.close_array();
}

void put_result(JsonWriter& out, const Chain& chain, const Finding& finding, const Rules& rules) {
  const auto slug = to_text(finding.code);
  out.object([&] {
    out.put("ruleId", slug);
    out.put("ruleIndex", rules.at(finding.code));
    out.put("level", level(row(finding.code).severity));
    put_text(out, "message", sentence(finding));
    put_place(out, chain, finding);
    // The same fault in tomorrow's run is the same result.
    out.key("partialFingerprints");
    out.object(
        [&] { out.put("trustwalk/v1", fmt::format("{} {} {}", question_text(chain), slug, print(finding.subject))); });
    out.key("properties");
    out.object([&] {
      out.put("verdict", to_text(chain.verdict));
      out.put("blame_zone", finding.blame.zone);
      out.put("blame_party", to_text(finding.blame.party));
    });
  });
}

void put_results(JsonWriter& out, const std::vector<Chain>& chains, const Rules& rules) {
  out.key("results");
  out.open_array();
  for (const auto& chain : chains)
    for (const auto& finding : chain.findings)
      if (!finding.consequence_of) put_result(out, chain, finding, rules);
  out.close_array();
}

}  // namespace
}  // namespace report
