// Calendar: moments as a file of RFC 5545, for people's calendars. What happens at them is the caller's.
#pragma once

#include <string>
#include <vector>

#include "dns/time.h"

namespace report {

struct CalendarEvent {
  std::string uid{};  // the same for the same thing, so that it is moved and not doubled when it is imported again
  dns::Time at{};
  std::string summary{}, description{};
};

// Lines end in CRLF and are folded at 75 octets, between characters (RFC 5545 §3.1). `stamp`: when it was made.
std::string calendar(const std::vector<CalendarEvent>& events, dns::Time stamp);

}  // namespace report
