// Master files read piece by piece: a zone of a million names is never in memory as text.
// It opens no file: where the text comes from is the caller's.
#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "dns/text.h"

namespace dns {

// Fills as much of the room as it has text for; 0: the end. Error: one phrase for people.
using TextSource = std::function<std::expected<std::size_t, std::string>(std::span<char> room)>;

// Opens what $INCLUDE names, and gives its text; what it holds open goes with the source. Error: one phrase for people.
using IncludeSource = std::function<std::expected<TextSource, std::string>(const std::string& file)>;

struct ZoneSourceOptions : ZoneTextOptions {
  std::optional<RRClass> only;  // another class is a fault
  // RFC 1035 §5.1: the records of another file in this place. None: $INCLUDE is a fault. A fault in the other file
  // stands at the line of the $INCLUDE, as "FILE:LINE: why".
  IncludeSource include{};
  std::size_t max_depth = 10, max_includes = 1000;
};

// As parse_zone of text.h, with bounded memory: a line, comments and parentheses included, has at most a million
// octets.
std::expected<void, TextFault> parse_zone_from(const TextSource& source, const ZoneSourceOptions& options,
                                               const std::function<void(Record)>& sink);

}  // namespace dns
