// Thresholds of the monitoring plugin guidelines: ranges in seconds or per cent, read, compared and printed.
// It knows nothing of DNS, nor what is measured.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace report {

// "[@]start:end", ends inside, in seconds (units s m h d w) or percent of the signature's validity ("8%:").
struct Range {
  double start = 0, end = 0;
  bool no_start = false, no_end = false, inside = false, percent = false;
  bool alerts(double value) const;  // outside the range; inside it with "@"
};

// What is measured decides what a number without a colon may mean.
enum class Measure : std::uint8_t {
  time_left,  // "3d" would alert when more is left: refused with the right word
  seconds,    // "5" is 0 to 5, as in the guidelines; no per cent
};

// Error: one line for people.
std::expected<Range, std::string> parse_range(std::string_view text, Measure measure = Measure::time_left);
std::expected<std::vector<Range>, std::string> parse_ranges(std::string_view text,
                                                            Measure measure = Measure::time_left);  // comma list

// One level of alarm each; a list alerts if one of its ranges does.
struct Thresholds {
  std::vector<Range> warning, critical;
  bool empty() const { return warning.empty() && critical.empty(); }
};

// "259200:", "@~:10": in range form, as perfdata has it; ends are multiplied by `factor`.
std::string print(const Range& range, double factor = 1);

}  // namespace report
