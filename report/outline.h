// Outline: what a verdict rests on, as a flat list of items that two runs can be compared by: zones, servers, keys, DS,
// what was answered, findings, forecast. What differs from run to run by itself is not in it (reply times, the run's
// own time, TTLs, made-up names). It is read out of a verdict's JSON (cli/outline_read), so that a run of today and a
// result that was kept are looked at alike.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace report {

// In the order in which differences are told.
enum class Aspect : std::uint8_t {
  verdict,
  answer,
  blame,
  zone,
  server,
  anchor,
  key,
  ds,
  rrset,
  denial,
  finding,
  forecast
};
std::string_view to_text(Aspect aspect);  // "verdict" "answer" …

struct Outline {
  std::string name, type, now;  // the question and when it was judged, as in JSON
  // What it is, and how it stands: (key, "example.org. 47213 13") -> "257, 256 bits, secure".
  std::map<std::pair<Aspect, std::string>, std::string> items;
  friend bool operator==(const Outline&, const Outline&) = default;
};

}  // namespace report
