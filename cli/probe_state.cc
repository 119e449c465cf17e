#include "cli/probe_state.h"

#include <fmt/format.h>

#include <array>

namespace cli {
namespace {

constexpr std::string_view header = "# check_trustwalk --state, written anew by every run\n";
using enum report::State;
constexpr std::array states{ok, warning, critical, unknown};

// The value of a line "KEY VALUE".
std::optional<std::string_view> line_of(std::string_view text, std::string_view key) {
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.starts_with(key) && line.size() > key.size() && line[key.size()] == ' ')
      return line.substr(key.size() + 1);
  }
  return std::nullopt;
}

std::optional<dns::Time> time_of(std::optional<std::string_view> word) {
  if (!word) return std::nullopt;
  const auto time = dns::parse_time(*word);
  return time ? std::optional(*time) : std::nullopt;
}

}  // namespace

std::optional<ProbeMemory> read_memory(std::string_view text, std::string_view question) {
  if (!text.starts_with(header) || line_of(text, "question") != question) return std::nullopt;
  const auto word = line_of(text, "state");
  const auto since = time_of(line_of(text, "since"));
  for (const auto state : states) {
    if (since && word == report::to_text(state))
      return ProbeMemory{std::string(question), state, *since, time_of(line_of(text, "ok"))};
  }
  return std::nullopt;
}

std::string to_text(const ProbeMemory& memory) {
  auto out = fmt::format("{}question {}\nstate {}\nsince {}\n", header, memory.question, report::to_text(memory.state),
                         dns::print_rfc3339(memory.since));
  if (memory.last_ok) out += fmt::format("ok {}\n", dns::print_rfc3339(*memory.last_ok));
  return out;
}

ProbeMemory remember(const std::optional<ProbeMemory>& before, std::string question, report::State state,
                     dns::Time now) {
  ProbeMemory memory{std::move(question), state, now, std::nullopt};
  if (before) memory.last_ok = before->last_ok;
  // A clock that was set back would make it last for less than no time.
  if (before && before->state == state && before->since <= now) memory.since = before->since;
  if (state == report::State::ok) memory.last_ok = now;
  return memory;
}

std::string since_line(const ProbeMemory& memory, dns::Time now) {
  const auto state = report::to_text(memory.state);
  const auto since = dns::print_rfc3339(memory.since);
  auto out = memory.since == now
                 ? fmt::format("since: {} with this run", state)
                 : fmt::format("since: {} for {}, since {}", state, dns::print_duration(now - memory.since), since);
  if (memory.state != report::State::ok && memory.last_ok)
    out += fmt::format("; last OK {}", dns::print_rfc3339(*memory.last_ok));
  return out + "\n";
}

}  // namespace cli
