#include <fmt/format.h>

#include <algorithm>

#include "report/ci.h"
#include "report/paint.h"
#include "report/reading.h"

namespace report {

using namespace validator;

namespace {

std::string test_case(const Chain& chain);
double seconds(const Chain& chain) { return static_cast<double>(chain.stats.elapsed.count()) / 1000; }

}  // namespace

std::string junit(const std::vector<Chain>& chains) {
  const auto counted = [&](Security verdict) { return std::ranges::count(chains, verdict, &Chain::verdict); };
  double time = 0;
  for (const auto& chain : chains) time += seconds(chain);
  const auto numbers =
      fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{:.3f}\"", chains.size(),
                  counted(Security::bogus), counted(Security::indeterminate), counted(Security::insecure), time);
  auto out = fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites {}>\n", numbers);
  const auto now = chains.empty() ? std::string() : dns::print_rfc3339(chains.front().now);
  out += fmt::format("  <testsuite name=\"trustwalk\" {} timestamp=\"{}\">\n", numbers,
                     now.empty() ? now : now.substr(0, now.size() - 1));  // the schema's times have no zone: UTC
  for (const auto& chain : chains) out += test_case(chain);
  return out + "  </testsuite>\n</testsuites>\n";
}

namespace {

std::string findings_text(const Chain& chain) {
  std::string out;
  for (const auto& finding : chain.findings) {
    if (finding.consequence_of || row(finding.code).severity == Severity::notice) continue;
    out += fmt::format("{}: {} [{}]\n", to_text(row(finding.code).severity), sentence(finding), to_text(finding.code));
  }
  return out;
}

std::string message(const Chain& chain) {
  const auto* cause = first_cause(chain);
  auto text = std::string(to_text(chain.verdict));
  if (cause != nullptr) text += fmt::format(": {}: {}", fault_text(chain, cause->blame), sentence(*cause));
  return text;
}

std::string test_case(const Chain& chain) {
  const auto own = own_zone(chain);
  auto out =
      fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"{:.3f}\"",
                  xml(own ? typed(chain.zones[*own].name) : "dnssec"), xml(question_text(chain)), seconds(chain));
  const auto* cause = first_cause(chain);
  const auto type = cause == nullptr ? to_text(chain.verdict) : to_text(cause->code);
  const auto findings = xml(findings_text(chain));
  switch (chain.verdict) {
    case Security::secure:
      return out + (findings.empty()
                        ? "/>\n"
                        : fmt::format(">\n      <system-out>{}</system-out>\n    </testcase>\n", findings));
    case Security::insecure:
      return out + fmt::format(">\n      <skipped message=\"{}\"/>\n    </testcase>\n", xml(message(chain)));
    case Security::bogus:
    case Security::indeterminate: break;
  }
  const auto* element = chain.verdict == Security::bogus ? "failure" : "error";
  return out + fmt::format(">\n      <{0} message=\"{1}\" type=\"{2}\">{3}</{0}>\n    </testcase>\n", element,
                           xml(message(chain)), type, findings);
}

}  // namespace
}  // namespace report
