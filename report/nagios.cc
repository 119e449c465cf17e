#include "report/nagios.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "report/judging.h"
#include "report/nagios_text.h"
#include "report/perfdata.h"
#include "report/reading.h"

namespace report {

using namespace validator;

namespace {

// cli.md §5: 8 KiB; old cores read 512 of the first line.
constexpr std::size_t first_line_limit = 512, all_limit = 8192;

Judged worst_of(const std::vector<Chain>& chains, const ProbePolicy& policy);
std::vector<Metric> metrics(const Judged& judged, const ProbePolicy& policy);
std::string plugin_text(const std::vector<Chain>& chains, const Judged& worst, const ProbePolicy& policy);
std::string checkmk_text(const Judged& worst, const ProbePolicy& policy);

}  // namespace

ProbeResult probe(const std::vector<Chain>& chains, const ProbePolicy& policy, ProbeForm form) {
  if (chains.empty()) return {State::unknown, "DNSSEC UNKNOWN - nothing was asked\n"};
  auto worst = worst_of(chains, policy);
  if (policy.late) worst.state = *policy.late;
  return {worst.state, form == ProbeForm::plugin ? plugin_text(chains, worst, policy) : checkmk_text(worst, policy)};
}

ProbeResult probe_without(const dns::Name& zone, State state, std::string_view why, const ProbePolicy& policy,
                          ProbeForm form) {
  Chain chain;
  chain.name = zone;
  chain.verdict = Security::indeterminate;
  const Judged judged{state, fmt::format("{} not judged: {}", typed(zone), why), &chain, std::nullopt};
  return {state, form == ProbeForm::plugin ? plugin_text({}, judged, policy) : checkmk_text(judged, policy)};
}

std::string probe_lines(const std::vector<Chain>& chains, const ProbePolicy& policy, ProbeForm form) {
  std::string out;
  for (std::size_t i = 0; i < chains.size();) {
    std::vector<Chain> together;
    for (const auto& name = chains[i].name; i < chains.size() && chains[i].name == name; ++i) {
      together.push_back(chains[i]);
    }
    out += probe(together, policy, form).text;
  }
  return out;
}

ProbePolicy with_defaults(ProbePolicy policy) {
  const auto share = [](double percent) { return Range{.start = percent, .no_end = true, .percent = true}; };
  if (policy.warning.empty()) policy.warning = {share(8)};
  if (policy.critical.empty()) policy.critical = {share(4)};
  return policy;
}

std::optional<State> parse_state(std::string_view text) {
  static constexpr std::pair<std::string_view, State> words[] = {
      {"ok", State::ok}, {"warning", State::warning}, {"critical", State::critical}, {"unknown", State::unknown},
      {"0", State::ok},  {"1", State::warning},       {"2", State::critical},        {"3", State::unknown}};
  for (const auto& [word, state] : words) {
    if (word == text) return state;
  }
  return std::nullopt;
}

std::string_view to_text(State state) {
  static constexpr std::array<std::string_view, 4> words{"OK", "WARNING", "CRITICAL", "UNKNOWN"};
  return words[static_cast<std::size_t>(state)];
}

namespace {

// Of the same gravity: the one with less time left, so that the numbers are those of the first to break.
Judged worst_of(const std::vector<Chain>& chains, const ProbePolicy& policy) {
  Judged worst;
  for (const auto& chain : chains) {
    auto judged = judge(chain, policy);
    const bool first = worst.chain == nullptr;
    const bool graver = !first && gravity(judged.state) > gravity(worst.state);
    const bool sooner = !first && gravity(judged.state) == gravity(worst.state) && judged.left && worst.left &&
                        judged.left->seconds < worst.left->seconds;
    if (first || graver || sooner) worst = std::move(judged);
  }
  return worst;
}

// What stands in front of " | " gives way to the numbers: a graph with a hole is worse than a shorter sentence.
std::string plugin_text(const std::vector<Chain>& chains, const Judged& worst, const ProbePolicy& policy) {
  const auto numbers = plugin_perfdata(metrics(worst, policy));
  const auto head = fmt::format("DNSSEC {} - {}", to_text(worst.state), ascii(shortened(worst.text)));
  const auto room = first_line_limit - std::min(first_line_limit - 64, numbers.size() + 4);
  std::string out = fmt::format("{} | {}\n", clipped(head, room), numbers);
  out += long_text(chains, policy.verbosity);
  if (out.size() > all_limit) out = clipped(std::move(out), all_limit - 1) + "\n";
  return out;
}

// Checkmk, local checks: state, service in quotes, numbers, text.
std::string checkmk_text(const Judged& worst, const ProbePolicy& policy) {
  auto service = ascii(shortened(typed(worst.chain->name)));
  std::ranges::replace(service, '"', '\'');
  return fmt::format("{} \"DNSSEC {}\" {} {}\n", static_cast<int>(worst.state), service,
                     checkmk_perfdata(metrics(worst, policy)), clipped(ascii(shortened(worst.text)), first_line_limit));
}

// The first range that can be said in the label's unit; shares of the validity become seconds.
std::string in_seconds(const std::vector<Range>& ranges, std::int64_t validity) {
  for (const auto& range : ranges) {
    if (!range.percent) return print(range);
  }
  if (ranges.empty() || validity <= 0) return "";
  return print(ranges.front(), static_cast<double>(validity) / 100);
}

std::string in_percent(const std::vector<Range>& ranges) {
  const auto found = std::ranges::find_if(ranges, &Range::percent);
  return found == ranges.end() ? "" : print(*found);
}

std::string first_of(const std::vector<Range>& ranges) { return ranges.empty() ? "" : print(ranges.front()); }

Metric seconds_metric(std::string_view label, std::optional<std::chrono::seconds> value, const Thresholds& limits) {
  return {label,
          value ? fmt::format("{}", value->count()) : "",
          "s",
          first_of(limits.warning),
          first_of(limits.critical),
          "",
          ""};
}

// Numbers of which a threshold was asked for follow the five that are always there.
void put_asked_for(std::vector<Metric>& out, const Judged& judged, const ProbePolicy& policy) {
  const auto warning = in_percent(policy.warning), critical = in_percent(policy.critical);
  if (!warning.empty() || !critical.empty()) {
    const bool known = judged.left && judged.left->validity > 0;
    const double share =
        known ? 100.0 * static_cast<double>(judged.left->seconds) / static_cast<double>(judged.left->validity) : 0;
    out.push_back({"validity", known ? fmt::format("{:.1f}", share) : "", "%", warning, critical, "0", "100"});
  }
  const auto own = own_zone(*judged.chain);
  if (!policy.age.empty()) {
    out.push_back(seconds_metric("age", own ? signature_age(*judged.chain, *own) : std::nullopt, policy.age));
  }
  if (!policy.behind.empty()) {
    const auto lag = own ? worst_lag(*judged.chain, *own) : std::nullopt;
    out.push_back(seconds_metric("behind", lag ? lag->behind : std::chrono::seconds{0}, policy.behind));
  }
}

std::vector<Metric> metrics(const Judged& judged, const ProbePolicy& policy) {
  const auto& chain = *judged.chain;
  const bool unclear = chain.verdict == Security::indeterminate;
  const auto validity = judged.left ? judged.left->validity : 0;
  std::vector<Metric> out;
  out.push_back({"expiry", judged.left && !unclear ? fmt::format("{}", judged.left->seconds) : "", "s",
                 in_seconds(policy.warning, validity), in_seconds(policy.critical, validity), "", ""});
  out.push_back({"time", fmt::format("{:.3f}", static_cast<double>(policy.elapsed.count()) / 1000), "s",
                 first_of(policy.time.warning), first_of(policy.time.critical), "0",
                 fmt::format("{:.10g}", static_cast<double>(policy.limit.count()) / 1000)});
  if (unclear) {
    out.push_back({"queries", fmt::format("{}", chain.stats.queries), "c", "", "", "", ""});
    return out;
  }
  const auto zone = zone_in_question(chain);
  const auto counts = count(chain);
  out.push_back({"servers_bad", fmt::format("{}", zone ? bad_servers(chain, *zone) : 0), "", "", "", "0",
                 fmt::format("{}", zone ? chain.zones[*zone].servers.size() : 0)});
  out.push_back({"errors", fmt::format("{}", counts.errors), "", "", "", "0", ""});
  out.push_back({"warnings", fmt::format("{}", counts.warnings), "", "", "", "0", ""});
  put_asked_for(out, judged, policy);
  return out;
}

}  // namespace
}  // namespace report
