// `anchors update`: one turn of RFC 5011 over a state file: read, ask, step, write.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "cli/anchors_page.h"
#include "cli/files.h"
#include "cli/gathering.h"
#include "cli/run.h"
#include "cli/status.h"
#include "cli/trust.h"
#include "dns/text.h"
#include "validator/sighting.h"

namespace cli {
namespace {

using trustanchor::Event;
using Point = std::expected<trustanchor::TrustPoint, std::string>;

constexpr std::size_t largest_state = 1UL << 20;
constexpr dns::Seconds shortest_interval{3600};  // RFC 5011 §2.3: no more often than once an hour

bool is_there(const std::string& path);
Point point_of(const Options& options, const Environment& environment, dns::Time now);
bool is_too_soon(const trustanchor::TrustPoint& point, dns::Time now);
std::expected<trustanchor::Step, std::string> ask(const Options& options, const Environment& environment,
                                                  const trustanchor::TrustPoint& point, dns::Time now);
int status_of(const trustanchor::Step& step);

}  // namespace

Status run_anchors_update(const Options& options, const Environment& environment) {
  const auto now = options.at ? instant(*options.at, environment.now) : environment.now;
  const std::string& file = options.state;
  // Held to the end: what a second run read in between would overwrite what this one has learned.
  const auto lock = Lock::take(file);
  if (!lock) return std::unexpected(lock.error());
  const bool begun = is_there(file);
  const auto point = point_of(options, environment, now);
  if (!point) return std::unexpected(point.error());
  const auto page_of = [&](const trustanchor::Step& step) {
    const FollowedPoint followed{file, step.after};
    return AnchorsPage{now, anchors_of(followed), {followed}, {}, step.events};
  };
  if (is_too_soon(*point, now)) {
    write_stderr(fmt::format("trustwalk: {} was asked at {}: not again within an hour (RFC 5011 2.3)\n",
                             point->zone.print(), dns::print_rfc3339(*point->last_queried)));
    return write_page(page_of({*point, {}}), options, point->failures == 0 ? status::good : status::indeterminate);
  }
  const auto step = ask(options, environment, *point, now);
  if (!step) return std::unexpected(step.error());
  const int status = status_of(*step);
  // A file is begun only with anchors that were seen to sign: wrong ones would outlive the option that named them.
  if (begun || status == status::good) {
    const auto written = write_durably(file, trustanchor::write_state(step->after));
    if (!written) return std::unexpected(written.error());
  } else {
    write_stderr(fmt::format("trustwalk: {} is not begun: the anchors were not seen to sign\n", file));
  }
  return write_page(page_of(*step), options, status);
}

namespace {

// A file that cannot be looked at is no file that is not there: nothing may be begun over it.
bool is_there(const std::string& path) {
  std::error_code error;
  const auto found = std::filesystem::status(path, error);
  return found.type() != std::filesystem::file_type::not_found;
}

Point begin_point(const Options& options, const Environment& environment, dns::Time now) {
  const auto anchors = anchors_of(options, environment, now);
  if (!anchors) return std::unexpected(anchors.error());
  std::vector<dns::Name> zones;
  for (const auto& zone : anchors->zones())
    if (!anchors->of(zone, now).empty()) zones.push_back(zone);
  if (zones.empty()) return std::unexpected(fmt::format("{}: no anchor that counts now", anchors->source));
  if (zones.size() > 1)
    return std::unexpected(fmt::format("{}: anchors of {} and {}: a state file follows one zone", anchors->source,
                                       zones[0].print(), zones[1].print()));
  return trustanchor::trust_point(zones[0], anchors->anchors, now);
}

Point point_of(const Options& options, const Environment& environment, dns::Time now) {
  if (!is_there(options.state)) return begin_point(options, environment, now);
  const auto text = read_whole(options.state, largest_state);
  if (!text) return std::unexpected(text.error());
  return trustanchor::read_state(*text, options.state);
}

bool is_too_soon(const trustanchor::TrustPoint& point, dns::Time now) {
  if (!point.last_queried || now < *point.last_queried) return false;  // a clock that was set back asks at once
  return now - *point.last_queried < shortest_interval;
}

std::expected<trustanchor::Step, std::string> ask(const Options& options, const Environment& environment,
                                                  const trustanchor::TrustPoint& point, dns::Time now) {
  const auto anchors = anchors_of(FollowedPoint{options.state, point});
  auto beginning = begin(options, environment, anchors);
  if (!beginning) return std::unexpected(beginning.error());
  const std::vector<Question> questions{{point.zone, {dns::RRType::dnskey}, {}}};
  const auto outcome = ask_all(options, environment, questions, *beginning, judge_by(options, anchors, now));
  beginning->source.reset();
  // Several resolvers are several witnesses of one key set.
  dns::Evidence evidence = outcome.evidence.front();
  for (std::size_t i = 1; i < outcome.evidence.size(); ++i)
    for (const auto& exchange : outcome.evidence[i].exchanges) evidence.add(exchange);
  validator::Verifier verifier;
  const auto seen = validator::sighting(evidence, point, policy_of(options, now), now, verifier);
  return trustanchor::step(point, seen, now);
}

int status_of(const trustanchor::Step& step) {
  const auto has = [&](Event::Kind kind) {
    return std::ranges::find(step.events, kind, &Event::kind) != step.events.end();
  };
  if (has(Event::Kind::gone) || has(Event::Kind::unvalidated)) return status::bogus;
  return has(Event::Kind::silent) ? status::indeterminate : status::good;
}

}  // namespace
}  // namespace cli
