// The parts of the HTML report, a function each. Every part gives a finished piece of the page; empty: nothing to say.
// What several chains have in common is said once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/report.h"

namespace report {

using Chains = std::vector<validator::Chain>;

std::string html_style();
std::string html_verdicts(const Chains& chains, const Style& style);
std::string html_findings(const Chains& chains, const Style& style);
std::string html_servers(const Chains& chains);
std::string html_keys(const Chains& chains, const Style& style);
std::string html_evidence(const Chains& chains);
std::string html_records(const Chains& chains);

// Bounds of the page (docs/reports.md); what is beyond them is counted.
inline constexpr std::size_t most_findings = 60, most_servers = 64, most_columns = 12, most_keys = 24,
                             most_evidence = 40, most_lines = 64, most_zones = 40, most_text = 2000;

std::string_view tone_class(validator::Security security);
std::string escaped(std::string_view text);  // xml() of at most most_text octets, the rest counted
std::string html_name(const dns::Name& name, const Style& style);  // U-labels beside A-labels, where there are any
// "<section id=…><h2>…</h2>…</section>", or nothing around nothing.
std::string html_section(std::string_view id, std::string_view title, std::string_view body);
// Something wide: it scrolls by itself, also by keyboard.
std::string html_wide(std::string_view label, std::string_view body);
std::string html_more(std::size_t count, std::string_view noun);  // "and 12 more servers", empty for none

}  // namespace report
