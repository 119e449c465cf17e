// What the plugin remembers from one run to the next (--state FILE): its state, since when, and when it was last OK.
// It opens no file, and changes neither state nor first line.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dns/time.h"
#include "report/nagios.h"

namespace cli {

struct ProbeMemory {
  std::string question;  // "example.org A"; several are joined by a comma
  report::State state{};
  dns::Time since{};
  std::optional<dns::Time> last_ok;
  friend bool operator==(const ProbeMemory&, const ProbeMemory&) = default;
};

// Of another question, or not ours: nothing.
std::optional<ProbeMemory> read_memory(std::string_view text, std::string_view question);
std::string to_text(const ProbeMemory& memory);

ProbeMemory remember(const std::optional<ProbeMemory>& before, std::string question, report::State state,
                     dns::Time now);

// A line of long text: "since: CRITICAL for 2h 10m, since 2026-11-24T09:14:02Z; last OK 2026-11-24T09:09:02Z".
std::string since_line(const ProbeMemory& memory, dns::Time now);

}  // namespace cli
