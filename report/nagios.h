// The monitoring-plugin line of cli.md §5: state, one sentence, perfdata, long text.
// Thresholds are the caller's; it measures nothing.
#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "validator/chain.h"

namespace report {

enum class State : std::uint8_t { ok = 0, warning = 1, critical = 2, unknown = 3 };
std::optional<State> parse_state(std::string_view text);  // "ok", "warning", "critical", "unknown", 0-3

// "[@]start:end" of the plugin guidelines, in seconds (units s m h d w) or percent of the signature's validity ("8%:").
struct Range {
  double start = 0, end = 0;
  bool no_start = false, no_end = false, inside = false, percent = false;
  bool alerts(double value) const;  // outside the range; inside it with "@"
};
// Error: one line for people; "3d" without a colon is refused for time left: write "3d:".
std::expected<Range, std::string> parse_range(std::string_view text);
std::expected<std::vector<Range>, std::string> parse_ranges(std::string_view text);  // comma list

struct ProbePolicy {
  std::vector<Range> warning, critical;  // time left until the verdict turns
  State partial = State::warning, lint = State::ok, insecure = State::warning, indeterminate = State::critical;
  bool own_zone = false;  // -w/-c look at the zone of the name alone
  int verbosity = 0;
  std::chrono::milliseconds elapsed{0};
  std::chrono::milliseconds limit{10'000};
};

struct ProbeResult {
  State state = State::unknown;
  std::string text;  // all lines, with a final newline
};
ProbeResult probe(const std::vector<validator::Chain>& chains, const ProbePolicy& policy);

}  // namespace report
