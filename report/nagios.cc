#include "report/nagios.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "report/reading.h"
#include "report/text.h"

namespace report {

using namespace validator;

namespace {

constexpr std::size_t first_line_limit = 512,
                      all_limit = 8192;  // cli.md §5: 8 KiB; old cores read 512 of the first line

// What one chain comes to: its state and the words for it.
struct Judged {
  State state = State::ok;
  std::string text;
  const Chain* chain = nullptr;
};
Judged judge(const Chain& chain, const ProbePolicy& policy);
std::string perfdata(const Chain& chain, const ProbePolicy& policy);
std::string long_text(const Chain& chain, int verbosity);
std::string ascii(std::string_view text);
std::string clipped(std::string text, std::size_t limit);
int gravity(State state);

}  // namespace

ProbeResult probe(const std::vector<Chain>& chains, const ProbePolicy& policy) {
  if (chains.empty()) return {State::unknown, "DNSSEC UNKNOWN - nothing was asked\n"};
  Judged worst;
  for (const auto& chain : chains) {
    auto judged = judge(chain, policy);
    if (worst.chain == nullptr || gravity(judged.state) > gravity(worst.state)) worst = std::move(judged);
  }
  static constexpr std::string_view words[] = {"OK", "WARNING", "CRITICAL", "UNKNOWN"};
  const auto numbers = perfdata(*worst.chain, policy);
  const auto head = fmt::format("DNSSEC {} - {}", words[static_cast<int>(worst.state)], ascii(worst.text));
  const auto room = first_line_limit - std::min(first_line_limit - 64, numbers.size() + 4);
  std::string out = fmt::format("{} | {}\n", clipped(head, room), numbers);
  for (const auto& chain : chains) out += long_text(chain, policy.verbosity);
  if (out.size() > all_limit) out = clipped(std::move(out), all_limit - 1) + "\n";
  return {worst.state, std::move(out)};
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

bool Range::alerts(double value) const {
  const bool within = (no_start || value >= start) && (no_end || value <= end);
  return within == inside;
}

namespace {

struct Bound {
  double value = 0;
  bool percent = false;
};
std::expected<Bound, std::string> parse_bound(std::string_view text);

}  // namespace

std::expected<Range, std::string> parse_range(std::string_view text) {
  const auto whole = text;
  Range range;
  if (text.starts_with('@')) {
    range.inside = true;
    text.remove_prefix(1);
  }
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) {
    return std::unexpected(fmt::format("\"{}\" would alert when more time is left; write \"{}:\"", whole, whole));
  }
  const auto low = text.substr(0, colon), high = text.substr(colon + 1);
  bool has_number = false;
  for (const auto& [bound, is_low] : {std::pair{low, true}, std::pair{high, false}}) {
    if (bound.empty() || (is_low && bound == "~")) {
      (is_low ? range.no_start : range.no_end) = !is_low || bound == "~";
      continue;
    }
    const auto read = parse_bound(bound);
    if (!read) return std::unexpected(fmt::format("\"{}\": {}", whole, read.error()));
    if (has_number && read->percent != range.percent) {
      return std::unexpected(fmt::format("\"{}\": both ends in % or none", whole));
    }
    (is_low ? range.start : range.end) = read->value;
    range.percent = read->percent;
    has_number = true;
  }
  if (!range.no_start && !range.no_end && range.start > range.end) {
    return std::unexpected(fmt::format("\"{}\": the start lies after the end", whole));
  }
  return range;
}

std::expected<std::vector<Range>, std::string> parse_ranges(std::string_view text) {
  std::vector<Range> out;
  for (;;) {
    const auto item = text.substr(0, text.find(','));
    const auto range = parse_range(item);
    if (!range) return std::unexpected(range.error());
    out.push_back(*range);
    if (item.size() == text.size()) return out;
    text.remove_prefix(item.size() + 1);
  }
}

namespace {

std::expected<Bound, std::string> parse_bound(std::string_view text) {
  Bound bound;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), bound.value);
  const auto unit = text.substr(static_cast<std::size_t>(read.ptr - text.data()));
  if (read.ec != std::errc{} || !std::isfinite(bound.value)) return std::unexpected("a number is missing");
  static constexpr std::pair<std::string_view, double> units[] = {{"", 1},     {"s", 1},     {"m", 60},
                                                                  {"h", 3600}, {"d", 86400}, {"w", 604800}};
  for (const auto& [name, seconds] : units) {
    if (unit != name) continue;
    bound.value *= seconds;
    return bound;
  }
  if (unit != "%") return std::unexpected(fmt::format("\"{}\" is no unit (s m h d w %)", unit));
  bound.percent = true;
  return bound;
}

int gravity(State state) {
  static constexpr int order[] = {0, 2, 3, 1};  // UNKNOWN hides no alarm
  return order[static_cast<int>(state)];
}

// Time left and the span of the signature that ends first; none: nothing expires.
struct Left {
  std::int64_t seconds = 0, validity = 0;
  std::string ending;
};

std::optional<Left> time_left(const Chain& chain, const ProbePolicy& policy) {
  const auto& forecast = chain.forecast;
  if (chain.verdict == Security::bogus) return Left{};
  Left left;
  if (forecast.link) {
    const auto& link = chain.links[*forecast.link];
    left.validity = (link.expires - link.inception).count();
    left.ending = ending_text(chain);
  }
  if (policy.own_zone) {
    const auto own = own_zone(chain);
    const auto found =
        std::ranges::find_if(forecast.per_zone, [&](const ZoneForecast& each) { return own == each.zone; });
    if (found == forecast.per_zone.end()) return std::nullopt;
    left.seconds = (found->breaks_at - chain.now).count();
    return left;
  }
  if (!forecast.verdict_next) return std::nullopt;
  left.seconds = (forecast.breaks_at - chain.now).count();
  return left;
}

bool alerts(const std::vector<Range>& ranges, const Left& left) {
  return std::ranges::any_of(ranges, [&](const Range& range) {
    if (!range.percent) return range.alerts(static_cast<double>(left.seconds));
    return left.validity > 0 &&
           range.alerts(100.0 * static_cast<double>(left.seconds) / static_cast<double>(left.validity));
  });
}

std::string undotted(std::string text) {
  // People and other plugins write names without the last dot; the root keeps it.
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool ends_name = text[i] == '.' && i > 0 && text[i - 1] != ' ' && text[i - 1] != '\\' &&
                           (i + 1 == text.size() || std::string_view{" ,;:)"}.contains(text[i + 1]));
    if (!ends_name) out += text[i];
  }
  return out;
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

std::string secure_text(const Chain& chain) {
  const auto zone = own_zone(chain);
  const auto servers = zone ? chain.zones[*zone].servers.size() : 0;
  // Through a resolver no server of the zone was asked, so none can be counted.
  const auto resolver =
      std::ranges::find_if(chain.servers, [](const Server& server) { return !server.zone && server.answered; });
  if (servers == 0 && resolver != chain.servers.end())
    return fmt::format("{} {} through {}", typed(chain.name), to_text(chain.verdict), dns::print(resolver->address));
  const auto good = zone ? servers - bad_servers(chain, *zone) : 0;
  return fmt::format("{} {} on {} of {} servers", typed(chain.name), to_text(chain.verdict), good, servers);
}

std::string until_text(const Chain& chain, const Left& left) {
  const auto end = chain.now + std::chrono::seconds{left.seconds};
  return fmt::format("{} until {}", dns::print_duration(std::chrono::seconds{left.seconds}), dns::print_rfc3339(end));
}

Judged insecure_or_unclear(const Chain& chain, const ProbePolicy& policy, const Finding* cause) {
  const bool is_here = cause != nullptr && cause->blame.party == Party::here;
  const auto why = cause == nullptr ? "" : fmt::format(": {} [{}]", undotted(sentence(*cause)), to_text(cause->code));
  if (chain.verdict == Security::insecure) return {policy.insecure, typed(chain.name) + " insecure" + why, &chain};
  if (!is_here) return {policy.indeterminate, typed(chain.name) + " indeterminate" + why, &chain};
  const auto zone = zone_in_question(chain);
  const auto servers = zone ? chain.zones[*zone].servers.size() : 0;
  const bool silent =
      zone && std::ranges::none_of(chain.zones[*zone].servers, [&](ServerId id) { return chain.servers[id].answered; });
  if (!silent || servers == 0) return {State::unknown, fmt::format("{} not judged{}", typed(chain.name), why), &chain};
  return {
      State::unknown,
      fmt::format("{} not judged: no reply from any of {} {} addresses in {}s, check udp/53 and tcp/53 of this host",
                  typed(chain.name), servers, chain.zones[*zone].name.is_root() ? "root" : "server",
                  std::max<std::int64_t>(1, std::chrono::floor<std::chrono::seconds>(policy.elapsed).count())),
      &chain};
}

Judged about_time(const Chain& chain, const ProbePolicy& policy, Judged so_far) {
  const auto left = time_left(chain, policy);
  if (!left) return so_far;
  const auto state = alerts(policy.critical, *left)  ? State::critical
                     : alerts(policy.warning, *left) ? State::warning
                                                     : State::ok;
  if (gravity(state) <= gravity(so_far.state)) return so_far;
  const auto end = dns::print_rfc3339(chain.now + std::chrono::seconds{left->seconds});
  auto text = fmt::format("{} breaks in {}, {}: {} expires", typed(chain.name),
                          dns::print_duration(std::chrono::seconds{left->seconds}), end, undotted(left->ending));
  for (const auto& finding : chain.findings) {
    if (finding.code != Code::signature_refresh_missed) continue;
    if (const auto* age = detail(finding, "age"); age != nullptr && std::holds_alternative<std::uint64_t>(*age)) {
      const std::chrono::seconds passed{static_cast<std::int64_t>(std::get<std::uint64_t>(*age))};
      text += fmt::format(", zone not re-signed for {} [{}]", dns::print_duration(passed), to_text(finding.code));
    }
    break;
  }
  return {state, text, &chain};
}

Judged judge(const Chain& chain, const ProbePolicy& policy) {
  const auto* cause = leading(chain);
  if (chain.verdict == Security::bogus) {
    const bool is_here = cause != nullptr && cause->blame.party == Party::here;
    const auto why = cause == nullptr ? ""
                                      : fmt::format(": {}: {}{} [{}]", fault(chain, *cause), undotted(sentence(*cause)),
                                                    counted(chain, *cause), to_text(cause->code));
    return {is_here ? State::unknown : State::critical, typed(chain.name) + " bogus" + why, &chain};
  }
  if (chain.verdict != Security::secure) {
    auto judged = insecure_or_unclear(chain, policy, cause);
    return chain.verdict == Security::insecure ? about_time(chain, policy, std::move(judged)) : judged;
  }
  Judged judged{State::ok, secure_text(chain), &chain};
  if (const auto left = time_left(chain, policy)) {
    judged.text += fmt::format(", holds {}", until_text(chain, *left));
    if (!left->ending.empty()) judged.text += fmt::format(" ({})", undotted(left->ending));
  }
  if (cause != nullptr && row(cause->code).layer != 9) {
    const auto& about = row(cause->code);
    const auto state = about.breaks == Breaks::yes           ? State::critical
                       : about.severity == Severity::error   ? policy.partial
                       : about.severity == Severity::warning ? policy.lint
                                                             : State::ok;
    const auto is_here = cause->blame.party == Party::here;
    if (state != State::ok && !is_here) {
      judged = {state, fmt::format("{} secure, but {} [{}]", typed(chain.name), undotted(sentence(*cause)), about.slug),
                &chain};
    }
  }
  return about_time(chain, policy, std::move(judged));
}

std::string bound_text(const Range& range, double per_percent) {
  const double factor = range.percent ? per_percent : 1;
  const auto number = [&](double value) { return fmt::format("{:.10g}", std::round(value * factor)); };
  return fmt::format("{}{}:{}", range.inside ? "@" : "", range.no_start ? "~" : number(range.start),
                     range.no_end ? "" : number(range.end));
}

// In the label's unit: shares of the validity become seconds.
std::string threshold(const std::vector<Range>& ranges, double validity) {
  if (ranges.empty() || (ranges.front().percent && validity <= 0)) return "";
  return bound_text(ranges.front(), validity / 100);
}

std::string perfdata(const Chain& chain, const ProbePolicy& policy) {
  const auto left = time_left(chain, policy);
  const auto validity = left ? static_cast<double>(left->validity) : 0;
  const bool known = left && chain.verdict != Security::indeterminate;
  auto out = fmt::format("'expiry'={};{};{};;", known ? fmt::format("{}s", left->seconds) : "U",
                         threshold(policy.warning, validity), threshold(policy.critical, validity));
  out += fmt::format(" 'time'={:.3f}s;;;0;{:.10g}", static_cast<double>(policy.elapsed.count()) / 1000,
                     static_cast<double>(policy.limit.count()) / 1000);
  if (chain.verdict == Security::indeterminate) return out + fmt::format(" 'queries'={}c;;;;", chain.stats.queries);
  const auto zone = zone_in_question(chain);
  const auto counts = count(chain);
  out += fmt::format(" 'servers_bad'={};;;0;{}", zone ? bad_servers(chain, *zone) : 0,
                     zone ? chain.zones[*zone].servers.size() : 0);
  return out + fmt::format(" 'errors'={};;;0; 'warnings'={};;;0;", counts.errors, counts.warnings);
}

std::string cause_lines(const Chain& chain, const Finding& cause) {
  const auto& about = row(cause.code);
  auto rule = std::string{about.rule};
  for (auto at = rule.find("\u00a7"); at != std::string::npos; at = rule.find("\u00a7")) rule.erase(at, 2);
  const auto since = broken_since(cause);
  auto out = fmt::format("cause: {}: {}{} ({}{})\n", typed(cause.blame.zone), undotted(sentence(cause)),
                         since ? ", since " + dns::print_rfc3339(*since) : "", rule,
                         about.ede == no_ede ? "" : fmt::format(", EDE {}", about.ede));
  if (about.remedy == Remedy::none) return out;
  if (place(chain, cause.blame) != Place::parent)
    return out + fmt::format("do: {}\n", steps(chain, cause, std::nullopt).headline);
  const auto own = own_zone(chain);
  const auto zone = typed(cause.blame.zone);
  return out +
         fmt::format("do: nothing in {}; tell the operator of {}; resolvers may set a negative trust anchor for {}\n",
                     own ? typed(chain.zones[*own].name) : typed(chain.name), zone, zone);
}

std::string chain_line(const Chain& chain) {
  std::string out;
  for (const auto& zone : chain.zones) {
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", typed(zone.name),
                       zone.reached ? to_text(zone.security) : "not reached");
  }
  const auto folded = count(chain).consequences;
  return fmt::format("chain: {}{}\n", out, folded > 0 ? fmt::format("; {} folded", plural(folded, "consequence")) : "");
}

std::string long_text(const Chain& chain, int verbosity) {
  std::string out;
  if (verbosity >= 1) {
    for (const auto index : chain.causes) out += cause_lines(chain, chain.findings[index]);
    out += chain_line(chain);
    for (std::size_t i = 0; i < chain.findings.size(); ++i) {
      const auto& finding = chain.findings[i];
      const bool listed = std::ranges::find(chain.causes, i) != chain.causes.end();
      if (listed || finding.consequence_of || row(finding.code).severity == Severity::notice) continue;
      out += fmt::format("{}: {} [{}]\n", to_text(row(finding.code).severity), undotted(sentence(finding)),
                         to_text(finding.code));
    }
  }
  if (verbosity >= 2) {
    for (const auto& server : chain.servers) {
      out += fmt::format("server: {} {} {}\n", typed(server.name), dns::print(server.address),
                         server.answered ? "answered" : "silent");
    }
  }
  if (verbosity >= 3) {
    for (const auto& finding : chain.findings) {
      out += fmt::format("{} {}: {}\n", to_text(row(finding.code).severity), to_text(finding.code),
                         undotted(sentence(finding)));
    }
    out += fmt::format("asked: {} queries in {} rounds\n", chain.stats.queries, chain.stats.rounds);
  }
  std::string lines;
  for (std::string_view left = out; !left.empty();) {
    const auto line = left.substr(0, left.find('\n'));
    left.remove_prefix(std::min(line.size() + 1, left.size()));
    lines += ascii(line) + "\n";
  }
  return lines;
}

// Cores cut at "|", and some at the first octet above 0x7F.
std::string ascii(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (c == '|') {
      out += '/';
    } else if (octet >= 0x20 && octet < 0x7F) {
      out += c;
    } else {
      out += fmt::format("\\x{:02x}", octet);
    }
  }
  return out;
}

std::string clipped(std::string text, std::size_t limit) {
  if (text.size() <= limit) return text;
  text.resize(limit - 3);
  return text + "...";
}

}  // namespace
}  // namespace report
