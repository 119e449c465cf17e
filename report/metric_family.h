// One family of metrics with its samples, and the two texts it is written in.
// It knows nothing of DNS.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace report {

using Labels = std::vector<std::pair<std::string_view, std::string>>;

enum class MetricKind : std::uint8_t { gauge, info, stateset };

class MetricFamily {
 public:
  MetricFamily(std::string_view name, MetricKind kind, std::string_view unit, std::string_view help)
      : name_(name), kind_(kind), unit_(unit), help_(help) {}

  // A series that is there already keeps its first value: two of one name and labels would void the whole file.
  void add(const Labels& labels, double value);

  std::string prometheus_text() const;   // text format 0.0.4: infos and state sets are gauges there
  std::string openmetrics_text() const;  // OpenMetrics 1.0, without "# EOF"; "" if nothing was added, as above

 private:
  std::string samples(std::string_view name) const;

  std::string_view name_;  // of the samples
  MetricKind kind_;
  std::string_view unit_, help_;
  std::vector<std::pair<std::string, double>> samples_;
  std::set<std::string> series_;
};

}  // namespace report
