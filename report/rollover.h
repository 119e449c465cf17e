// What `rollover` says of a zone, in each form: text, JSON, a picture over time, a calendar.
// It finds no phase and no moment: validator/rollover_phase does.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/report.h"
#include "validator/rollover_phase.h"

namespace report {

struct RolloverPage {
  dns::Name zone{};
  dns::Time now{};
  validator::Security verdict{};              // of the zone, now
  std::optional<validator::Finding> cause{};  // of a verdict that is not secure
  validator::RolloverHistory history{};
  validator::RolloverVerdict found{};
  std::vector<validator::Finding> findings{};  // of the catalogue: the phases, and steps that came too early
  bool ttl_given = false;                      // the longest TTL of the zone was told, not only seen
};

// The instant from which on all of the zone's next steps are safe; none: nothing is under way, or servers have to agree
// first.
std::optional<dns::Time> next_safe(const RolloverPage& page);
// From when on nothing older than what servers show now is in any cache; none: they show different things.
std::optional<dns::Time> settled(const RolloverPage& page);

// The same where nobody saw what was before the first look: then every cache has asked again.
std::optional<dns::Time> forgotten(const RolloverPage& page);

std::vector<validator::Finding> rollover_findings(const RolloverPage& page);

std::string rollover_text(const RolloverPage& page, const Style& style);  // rollover_text.cc
std::string rollover_json(const RolloverPage& page);                      // rollover_json.cc
std::string rollover_picture(const RolloverPage& page);                   // rollover_picture.cc: SVG
std::string rollover_calendar(const RolloverPage& page);                  // rollover_picture.cc: RFC 5545

}  // namespace report
