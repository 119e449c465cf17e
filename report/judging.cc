#include "report/judging.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/reading.h"

namespace report {

using namespace validator;

namespace {

std::optional<Left> time_left(const Chain& chain, const ProbePolicy& policy);
Judged by_verdict(const Chain& chain, const ProbePolicy& policy);
void look_at_causes(Judged& judged, const ProbePolicy& policy);
void look_at_time(Judged& judged, const ProbePolicy& policy);
void look_at_age(Judged& judged, const ProbePolicy& policy);
void look_at_lag(Judged& judged, const ProbePolicy& policy);
void look_at_run(Judged& judged, const ProbePolicy& policy);

}  // namespace

Judged judge(const Chain& chain, const ProbePolicy& policy) {
  auto judged = by_verdict(chain, policy);
  if (chain.verdict == Security::secure) look_at_causes(judged, policy);
  // Nothing is said of a zone's times while its chain is broken or unheard.
  if (chain.verdict != Security::secure && chain.verdict != Security::insecure) return judged;
  look_at_time(judged, policy);
  look_at_age(judged, policy);
  look_at_lag(judged, policy);
  look_at_run(judged, policy);
  return judged;
}

int gravity(State state) {
  static constexpr int order[] = {0, 2, 3, 1};
  return order[static_cast<int>(state)];
}

std::string undotted(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool ends_name = text[i] == '.' && i > 0 && text[i - 1] != ' ' && text[i - 1] != '\\' &&
                           (i + 1 == text.size() || std::string_view{" ,;:)"}.contains(text[i + 1]));
    if (!ends_name) out += text[i];
  }
  return out;
}

namespace {

std::optional<Left> time_left(const Chain& chain, const ProbePolicy& policy) {
  if (chain.verdict == Security::bogus) return Left{};
  const auto ending = first_ending(chain, policy.own_zone ? Scope::own_zone : Scope::chain);
  if (!ending) return std::nullopt;
  Left left;
  left.seconds = (ending->at - chain.now).count();
  left.ending = ending;
  if (ending->link) {
    const auto& link = chain.links[*ending->link];
    left.validity = (link.expires - link.inception).count();
  }
  return left;
}

std::string server_text(const Chain& chain, const ServerSet& servers) {
  const auto& first = chain.servers[servers.front()];
  const auto address = dns::print(first.address);
  const auto name = first.name.is_root() ? address : fmt::format("{} ({})", typed(first.name), address);
  return servers.size() == 1 ? name : fmt::format("{} and {} more", name, servers.size() - 1);
}

std::string fault(const Chain& chain, const Finding& cause) {
  const auto own = own_zone(chain);
  const auto own_name = own ? typed(chain.zones[*own].name) : typed(chain.name);
  const auto zone = typed(cause.blame.zone);
  switch (place(chain, cause.blame)) {
    case Place::here: return "fault here";
    case Place::parent: return fmt::format("fault in {} (a parent), not in {}", zone, own_name);
    case Place::own: return fmt::format("fault in {}", zone);
    case Place::elsewhere: return fmt::format("fault in {} (where an alias leads)", zone);
  }
  return "";
}

std::string counted(const Chain& chain, const Finding& cause) {
  const auto zone = cause.servers.empty() ? std::nullopt : chain.servers[cause.servers.front()].zone;
  return zone ? fmt::format(", {} of {} servers", cause.servers.size(), chain.zones[*zone].servers.size()) : "";
}

// The first cause that breaks something: only those count (cli.md §5).
const Finding* leading(const Chain& chain) {
  for (const auto index : chain.causes) {
    if (row(chain.findings[index].code).breaks != Breaks::no) return &chain.findings[index];
  }
  return nullptr;
}

std::string ending_words(const Chain& chain, const Left& left) {
  if (!left.ending || !left.ending->link) return "";
  const auto at = left.ending->servers.empty() ? "" : " at " + server_text(chain, left.ending->servers);
  return undotted(signature_text(chain, chain.links[*left.ending->link])) + at;
}

std::string secure_text(const Chain& chain, const std::optional<Left>& left) {
  const auto zone = own_zone(chain);
  const auto servers = zone ? chain.zones[*zone].servers.size() : 0;
  // Through a resolver no server of the zone was asked, so none can be counted.
  const auto resolver =
      std::ranges::find_if(chain.servers, [](const Server& server) { return !server.zone && server.answered; });
  auto text = fmt::format("{} {}", typed(chain.name), to_text(chain.verdict));
  if (chain.servers.empty()) {
    text += " as a whole zone";
  } else if (servers == 0 && resolver != chain.servers.end()) {
    text += fmt::format(" through {}", dns::print(resolver->address));
  } else {
    text += fmt::format(" on {} of {} servers", zone ? servers - bad_servers(chain, *zone) : 0, servers);
  }
  if (!left) return text;
  const std::chrono::seconds span{left->seconds};
  text += fmt::format(", holds {} until {}", dns::print_duration(span), dns::print_rfc3339(chain.now + span));
  const auto ending = ending_words(chain, *left);
  return ending.empty() ? text : fmt::format("{} ({})", text, ending);
}

Judged unclear(const Chain& chain, const ProbePolicy& policy, const std::string& why) {
  const auto* cause = leading(chain);
  if (cause == nullptr || cause->blame.party != Party::here)
    return {policy.indeterminate, typed(chain.name) + " indeterminate" + why, &chain, {}};
  const auto zone = zone_in_question(chain);
  const auto servers = zone ? chain.zones[*zone].servers.size() : 0;
  const bool silent =
      zone && std::ranges::none_of(chain.zones[*zone].servers, [&](ServerId id) { return chain.servers[id].answered; });
  auto text = fmt::format("{} not judged", typed(chain.name));
  if (!silent || servers == 0) return {State::unknown, text + why, &chain, {}};
  text += fmt::format(": no reply from any of {} {} addresses in {}s, check udp/53 and tcp/53 of this host", servers,
                      chain.zones[*zone].name.is_root() ? "root" : "server",
                      std::max<std::int64_t>(1, std::chrono::floor<std::chrono::seconds>(policy.elapsed).count()));
  return {State::unknown, text, &chain, {}};
}

Judged bogus(const Chain& chain) {
  const auto* cause = leading(chain);
  auto text = typed(chain.name) + " bogus";
  if (cause == nullptr) return {State::critical, text, &chain, {}};
  text += fmt::format(": {}: {}{} [{}]", fault(chain, *cause), undotted(sentence(*cause)), counted(chain, *cause),
                      to_text(cause->code));
  return {cause->blame.party == Party::here ? State::unknown : State::critical, text, &chain, {}};
}

Judged by_verdict(const Chain& chain, const ProbePolicy& policy) {
  const auto* cause = leading(chain);
  const auto why = cause == nullptr ? "" : fmt::format(": {} [{}]", undotted(sentence(*cause)), to_text(cause->code));
  const auto left = time_left(chain, policy);
  Judged judged;
  switch (chain.verdict) {
    case Security::bogus: judged = bogus(chain); break;
    case Security::indeterminate: judged = unclear(chain, policy, why); break;
    case Security::insecure: judged = {policy.insecure, typed(chain.name) + " insecure" + why, &chain, {}}; break;
    case Security::secure: judged = {State::ok, secure_text(chain, left), &chain, {}}; break;
  }
  judged.left = left;
  return judged;
}

void raise(Judged& judged, State state, std::string text) {
  if (gravity(state) <= gravity(judged.state)) return;
  judged.state = state;
  judged.text = std::move(text);
}

State state_of(const Row& about, const ProbePolicy& policy) {
  if (about.layer == 9) return State::ok;  // time ahead: -w and -c alone
  if (about.severity == Severity::warning) return policy.lint;
  if (about.severity == Severity::notice || about.breaks == Breaks::no) return State::ok;
  return about.breaks == Breaks::yes ? State::critical : policy.partial;
}

// Every cause, since the first may be one that only counts as lint.
void look_at_causes(Judged& judged, const ProbePolicy& policy) {
  const auto& chain = *judged.chain;
  for (const auto index : chain.causes) {
    const auto& cause = chain.findings[index];
    const auto where = place(chain, cause.blame);
    if (where == Place::here) continue;
    raise(judged, state_of(row(cause.code), policy),
          fmt::format("{} secure, but {}{} [{}]", typed(chain.name),
                      where == Place::parent ? fault(chain, cause) + ": " : "", undotted(sentence(cause)),
                      to_text(cause.code)));
  }
}

State compared(const Thresholds& limits, double value) {
  const auto alerts = [&](const Range& range) { return range.alerts(value); };
  if (std::ranges::any_of(limits.critical, alerts)) return State::critical;
  return std::ranges::any_of(limits.warning, alerts) ? State::warning : State::ok;
}

bool alerts(const std::vector<Range>& ranges, const Left& left) {
  return std::ranges::any_of(ranges, [&](const Range& range) {
    if (!range.percent) return range.alerts(static_cast<double>(left.seconds));
    return left.validity > 0 &&
           range.alerts(100.0 * static_cast<double>(left.seconds) / static_cast<double>(left.validity));
  });
}

std::string refresh_words(const Chain& chain) {
  for (const auto& finding : chain.findings) {
    if (finding.code != Code::signature_refresh_missed) continue;
    const auto* age = detail(finding, "age");
    if (age == nullptr || !std::holds_alternative<std::uint64_t>(*age)) return "";
    const std::chrono::seconds passed{static_cast<std::int64_t>(std::get<std::uint64_t>(*age))};
    return fmt::format(", zone not re-signed for {} [{}]", dns::print_duration(passed), to_text(finding.code));
  }
  return "";
}

void look_at_time(Judged& judged, const ProbePolicy& policy) {
  if (!judged.left) return;
  const auto& chain = *judged.chain;
  const auto& left = *judged.left;
  const auto state = alerts(policy.critical, left)  ? State::critical
                     : alerts(policy.warning, left) ? State::warning
                                                    : State::ok;
  const bool everywhere = !left.ending || left.ending->servers.empty();
  const std::chrono::seconds span{left.seconds};
  raise(judged, state,
        fmt::format("{} breaks {}in {}, {}: {} expires{}{}", typed(chain.name),
                    everywhere ? "" : "on " + plural(left.ending->servers.size(), "server") + " ",
                    dns::print_duration(span), dns::print_rfc3339(chain.now + span),
                    left.ending && left.ending->link ? undotted(signature_text(chain, chain.links[*left.ending->link]))
                                                     : "a signature",
                    everywhere ? "" : " at " + server_text(chain, left.ending->servers), refresh_words(chain)));
}

void look_at_age(Judged& judged, const ProbePolicy& policy) {
  const auto& chain = *judged.chain;
  const auto own = own_zone(chain);
  const auto age = own ? signature_age(chain, *own) : std::nullopt;
  if (!age) return;
  raise(judged, compared(policy.age, static_cast<double>(age->count())),
        fmt::format("{} {}, but the newest signature of {} is {} old", typed(chain.name), to_text(chain.verdict),
                    typed(chain.zones[*own].name), dns::print_duration(*age)));
}

void look_at_lag(Judged& judged, const ProbePolicy& policy) {
  const auto& chain = *judged.chain;
  const auto own = own_zone(chain);
  const auto lag = own ? worst_lag(chain, *own) : std::nullopt;
  const auto behind = lag ? lag->behind : std::chrono::seconds{0};
  raise(judged, compared(policy.behind, static_cast<double>(behind.count())),
        fmt::format("{} {}, but {} is {} behind", typed(chain.name), to_text(chain.verdict),
                    lag ? server_text(chain, {lag->server}) : "no server", dns::print_duration(behind)));
}

void look_at_run(Judged& judged, const ProbePolicy& policy) {
  const double seconds = static_cast<double>(policy.elapsed.count()) / 1000;
  raise(judged, compared(policy.time, seconds),
        fmt::format("{} {}, but this check took {:.3f}s", typed(judged.chain->name), to_text(judged.chain->verdict),
                    seconds));
}

}  // namespace
}  // namespace report
