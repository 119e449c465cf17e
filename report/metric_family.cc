#include "report/metric_family.h"

#include <fmt/format.h>

#include <cmath>

namespace report {
namespace {

// The text format's three escapes; what a label says is a stranger's.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == '"') out += '\\';
    if (c == '\n')
      out += "\\n";
    else
      out += c;
  }
  return out;
}

std::string number(double value) {
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  return fmt::format("{}", value == std::floor(value) && std::abs(value) < 1e15 ? fmt::format("{:.0f}", value)
                                                                                : fmt::format("{:.6g}", value));
}

std::string_view without_info(std::string_view name) {
  constexpr std::string_view suffix = "_info";
  if (name.ends_with(suffix)) name.remove_suffix(suffix.size());
  return name;
}

}  // namespace

void MetricFamily::add(const Labels& labels, double value) {
  std::string text;
  for (const auto& [name, what] : labels) {
    text += fmt::format("{}{}=\"{}\"", text.empty() ? "" : ",", name, escaped(what));
  }
  if (series_.insert(text).second) samples_.emplace_back(std::move(text), value);
}

std::string MetricFamily::prometheus_text() const {
  if (samples_.empty()) return "";
  return fmt::format("# HELP {} {}\n# TYPE {} gauge\n{}", name_, help_, name_, samples(name_));
}

std::string MetricFamily::openmetrics_text() const {
  if (samples_.empty()) return "";
  static constexpr std::string_view kinds[] = {"gauge", "info", "stateset"};
  // OpenMetrics: an info family's samples have the suffix, the family has not.
  const auto family = kind_ == MetricKind::info ? without_info(name_) : name_;
  auto text = fmt::format("# TYPE {} {}\n", family, kinds[static_cast<int>(kind_)]);
  if (!unit_.empty()) text += fmt::format("# UNIT {} {}\n", family, unit_);
  return text + fmt::format("# HELP {} {}\n{}", family, help_, samples(name_));
}

std::string MetricFamily::samples(std::string_view name) const {
  std::string text;
  for (const auto& [labels, value] : samples_) text += fmt::format("{}{{{}}} {}\n", name, labels, number(value));
  return text;
}

}  // namespace report
