// Perfdata of the monitoring plugins: one number with its unit, thresholds and bounds, and the two forms of writing it.
// It measures nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace report {

struct Metric {
  std::string_view label;  // without "=" and "'", unique in 19 characters
  std::string value;       // "" is unknown
  std::string_view unit;   // "s", "%", "c" or none
  std::string warning, critical, least, most;
};

// 'expiry'=1051200s;259200:;86400:;; 'time'=…
std::string plugin_perfdata(const std::vector<Metric>& metrics);
// expiry=1051200|time=0.184: a local check of Checkmk, whose state is given and whose levels are therefore left out.
std::string checkmk_perfdata(const std::vector<Metric>& metrics);

}  // namespace report
