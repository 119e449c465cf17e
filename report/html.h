// The report as one HTML file: verdict, cause and remedy first, then the picture, time, findings, servers, keys,
// records. It loads nothing and runs nothing (cli.md §9); what comes from the DNS is escaped text, and all lists are
// bounded.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "report/report.h"

namespace report {

std::expected<std::string, std::string> html(const std::vector<validator::Chain>& chains, const Style& style);

}  // namespace report
