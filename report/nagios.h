// The monitoring-plugin line of cli.md §5: state, one sentence, perfdata, long text; and Checkmk's form of it.
// Thresholds are the caller's; it measures nothing.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/threshold.h"
#include "validator/chain.h"

namespace report {

enum class State : std::uint8_t { ok = 0, warning = 1, critical = 2, unknown = 3 };
std::optional<State> parse_state(std::string_view text);  // "ok", "warning", "critical", "unknown", 0-3
std::string_view to_text(State state);                    // "OK" …

struct ProbePolicy {
  std::vector<Range> warning, critical;  // time left until the verdict turns
  Thresholds time, behind, age;          // our run; the secondary that is most behind; the zone's newest signature
  State partial = State::warning, lint = State::ok, insecure = State::warning, indeterminate = State::critical;
  bool own_zone = false;  // -w/-c look at the zone of the name alone
  int verbosity = 0;
  std::chrono::milliseconds elapsed{0};
  std::chrono::milliseconds limit{10'000};
  std::optional<State> late;  // the time was up: the state, whatever the part that was heard looks like
};

// The ranges of cli.md §5 where none is given: a share of the signature's own validity fits short and long ones alike.
ProbePolicy with_defaults(ProbePolicy policy);

enum class ProbeForm : std::uint8_t { plugin, checkmk };

struct ProbeResult {
  State state = State::unknown;
  std::string text;  // all lines, with a final newline
};
// All chains are about one name; the worst speaks.
ProbeResult probe(const std::vector<validator::Chain>& chains, const ProbePolicy& policy,
                  ProbeForm form = ProbeForm::plugin);

// Of a whole zone that was not to be had; `why`: one line.
ProbeResult probe_without(const dns::Name& zone, State state, std::string_view why, const ProbePolicy& policy,
                          ProbeForm form);

// One line for each name, in the order asked.
std::string probe_lines(const std::vector<validator::Chain>& chains, const ProbePolicy& policy, ProbeForm form);

}  // namespace report
