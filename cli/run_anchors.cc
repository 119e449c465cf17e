#include <fmt/format.h>

#include <algorithm>

#include "cli/anchors_page.h"
#include "cli/files.h"
#include "cli/gathering.h"
#include "cli/run.h"
#include "cli/status.h"
#include "cli/trust.h"
#include "cli/writing.h"
#include "validator/sighting.h"

namespace cli {
namespace {

constexpr std::size_t largest_state = 1UL << 20;

std::vector<FollowedPoint> followed_in(const trustanchor::Anchors& anchors);
Status test(const Options& options, const Environment& environment, AnchorsPage page);
LiveZone live_zone(const dns::Evidence& evidence, const validator::Chain& chain, const AnchorsPage& page,
                   const Options& options);
int status_of_zone(const validator::Chain& chain);

}  // namespace

Status run_anchors(const Options& options, const Environment& environment) {
  if (!options.words.empty() && options.words[0] == "update") return run_anchors_update(options, environment);
  const auto now = options.at ? instant(*options.at, environment.now) : environment.now;
  Options with_state = options;
  if (!options.state.empty()) with_state.anchors.files.push_back(options.state);
  auto anchors = anchors_of(with_state, environment, now);
  if (!anchors) return std::unexpected(anchors.error());
  AnchorsPage page{now, std::move(*anchors), {}, {}, {}};
  page.followed = followed_in(page.anchors);
  if (!options.words.empty() && options.words[0] == "test") return test(options, environment, std::move(page));
  return write_page(page, options, status::good);
}

Status write_page(const AnchorsPage& page, const Options& options, int status) {
  const auto written = write_text(options.page == Page::json ? json_of(page) : text_of(page), options);
  if (!written) return std::unexpected(written.error());
  return status;
}

namespace {

// Read a second time, for what a reader of anchors does not look at: dates and counts.
std::vector<FollowedPoint> followed_in(const trustanchor::Anchors& anchors) {
  std::vector<FollowedPoint> all;
  for (const auto& anchor : anchors.anchors) {
    const auto same = [&](const FollowedPoint& followed) { return followed.file == anchor.source; };
    if (std::ranges::any_of(all, same)) continue;
    const auto text = read_whole(anchor.source, largest_state);
    if (!text) continue;  // "built-in", "command line"
    if (auto point = trustanchor::read_state(*text, anchor.source)) all.push_back({anchor.source, std::move(*point)});
  }
  return all;
}

// Whether the keys of each anchored zone are signed by a key that the anchors know.
Status test(const Options& options, const Environment& environment, AnchorsPage page) {
  auto beginning = begin(options, environment, page.anchors);
  if (!beginning) return std::unexpected(beginning.error());
  std::vector<Question> questions;
  for (const auto& zone : page.anchors.zones()) questions.push_back({zone, {dns::RRType::dnskey}, {}});
  const auto outcome = ask_all(options, environment, questions, *beginning, judge_by(options, page.anchors, page.now));
  beginning->source.reset();
  std::vector<int> statuses;
  for (std::size_t i = 0; i < outcome.chains.size(); ++i) {
    page.zones.push_back(live_zone(outcome.evidence[i], outcome.chains[i], page, options));
    statuses.push_back(status_of_zone(outcome.chains[i]));
  }
  return write_page(page, options, worst(statuses));
}

LiveKey live_key(const trustanchor::Anchor& anchor, const trustanchor::Sighting& seen) {
  LiveKey live = LiveKey::absent;
  for (const auto& key : seen.keys) {
    if (!trustanchor::is_key_of(anchor.key, key)) continue;
    if (key.key.is_revoked() && key.signs) return LiveKey::revoked;
    if (!key.key.is_revoked()) live = key.signs ? LiveKey::signs : LiveKey::standby;
  }
  return live;
}

LiveZone live_zone(const dns::Evidence& evidence, const validator::Chain& chain, const AnchorsPage& page,
                   const Options& options) {
  LiveZone zone{chain, {}, {}};
  const dns::Name& name = evidence.target.name;
  const auto& all = page.anchors.anchors;
  validator::Verifier verifier;
  const auto point = trustanchor::trust_point(name, all, page.now);
  const auto seen = validator::sighting(evidence, point, policy_of(options, page.now), page.now, verifier);
  if (seen.keys.empty()) return zone;
  for (const auto& anchor : all)
    if (anchor.zone == name) zone.anchors.push_back({anchor.tag(), live_key(anchor, seen)});
  if (!trustanchor::validates(point, seen)) return zone;
  for (const auto& key : seen.keys) {
    const auto known = [&](const auto& anchor) {
      return anchor.zone == name && trustanchor::is_key_of(anchor.key, key);
    };
    if (key.key.is_sep() && !key.key.is_revoked() && std::ranges::none_of(all, known))
      zone.unknown.push_back(key.key.tag());
  }
  return zone;
}

int status_of_zone(const validator::Chain& chain) {
  if (chain.verdict == validator::Security::secure) return status::good;
  const auto not_signing = [](const validator::Finding& finding) {
    return finding.code == validator::Code::anchor_not_signing;
  };
  return std::ranges::any_of(chain.findings, not_signing) ? status::bogus : status::indeterminate;
}

}  // namespace
}  // namespace cli
