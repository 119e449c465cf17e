#include "report/perfdata.h"

#include <fmt/format.h>

namespace report {

std::string plugin_perfdata(const std::vector<Metric>& metrics) {
  std::string out;
  for (const auto& each : metrics) {
    const auto value = each.value.empty() ? std::string("U") : fmt::format("{}{}", each.value, each.unit);
    out += fmt::format("{}'{}'={};{};{};{};{}", out.empty() ? "" : " ", each.label, value, each.warning, each.critical,
                       each.least, each.most);
  }
  return out;
}

std::string checkmk_perfdata(const std::vector<Metric>& metrics) {
  std::string out;
  for (const auto& each : metrics) {
    if (each.value.empty()) continue;
    out += fmt::format("{}{}={}", out.empty() ? "" : "|", each.label, each.value);
  }
  return out.empty() ? "-" : out;
}

}  // namespace report
