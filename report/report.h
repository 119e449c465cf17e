// The door of report/: a Chain goes in, the octets of one output format come out.
// It judges nothing and asks nobody; everything from the DNS is escaped for the format it goes to.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "validator/advice.h"
#include "validator/chain.h"

namespace report {

enum class Format : std::uint8_t {
  text,
  brief,
  blame,
  json,
  ndjson,
  dot,
  svg,
  timeline,
  html,
  nagios,
  checkmk,
  prometheus,
  openmetrics,
  junit,
  sarif
};
std::optional<Format> parse_format(std::string_view word);  // "text" "short" "blame" "json" "ndjson" "dot" "svg" …
std::string_view to_text(Format format);                    // the same words
std::string format_words();                                 // all of them, for people: "text, short, …"

// What a writer may ask of the program around it, without reaching for the libraries that do it; nullptr: nobody knows.
struct Helpers {
  std::string (*unicode)(const dns::Name&) = nullptr;  // the name with U-labels; empty: it has none
  std::vector<dns::Ds> (*ds_of)(const dns::Name& zone, const dns::Dnskey&) = nullptr;  // what to hand to the parent
};

struct Style {
  enum class Color : std::uint8_t { off, on } color = Color::off;
  int width = 100;                                                           // columns of text; lines are folded to it
  enum class Probes : std::uint8_t { folded, all } probes = Probes::folded;  // --all-probes: consequences too
  validator::Severity level = validator::Severity::notice;                   // --level: what is listed
  std::optional<validator::Signer> signer;                                   // --signer; none: all in short
  enum class Servers : std::uint8_t { counted, listed } servers = Servers::counted;  // listed also if verbose
  int verbosity = 0;
  Helpers helpers{};
};

// All chains of one run, in the order asked. Error: one line for people (Graphviz refused).
std::expected<std::string, std::string> write(const std::vector<validator::Chain>& chains, Format format,
                                              const Style& style);

}  // namespace report
