#include "cli/rollover_seeing.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/files.h"
#include "cli/gathering.h"
#include "cli/replaying.h"
#include "cli/trust.h"
#include "cli/writing.h"
#include "report/reading.h"
#include "resolver/dnsviz.h"

namespace cli {
namespace {

using dns::RRType;
using validator::RolloverLook;
using validator::Security;

void judge(ZoneSeen& seen, const std::vector<validator::Chain>& chains) {
  seen.verdict = Security::secure;
  for (const auto& chain : chains) {
    const auto before = seen.verdict;
    seen.verdict = validator::worse(seen.verdict, chain.verdict);
    if (seen.verdict != before && !chain.causes.empty()) seen.cause = chain.findings[chain.causes.front()];
  }
}

}  // namespace

std::expected<ZoneSeen, std::string> see_zone(const Options& options, const Environment& environment) {
  const auto now = options.at ? instant(*options.at, environment.now) : environment.now;
  const auto anchors = anchors_of(options, environment, now);
  if (!anchors) return std::unexpected(anchors.error());
  auto beginning = begin(options, environment, *anchors);
  if (!beginning) return std::unexpected(beginning.error());
  const auto by = judge_by(options, *anchors, now);
  const auto& name = options.questions.at(0).name;
  const auto first = ask_all(options, environment, {{name, {RRType::a}, {}}}, *beginning, by);
  const auto own = report::own_zone(first.chains[0]);
  if (!own) return std::unexpected(fmt::format("no zone of {} could be seen", name.print()));
  ZoneSeen seen{.zone = first.chains[0].zones[*own].name};
  if (seen.zone.is_root()) return std::unexpected("the root has no parent: anchors update follows its keys");
  auto all = ask_all(options, environment, {{seen.zone, {RRType::dnskey}, {}}, {seen.zone, {RRType::soa}, {}}},
                     *beginning, by);
  beginning->source.reset();  // takes its progress line away
  seen.now = options.at ? now : std::max(environment.now, look_around().now);
  judge(seen, all.chains);
  all.evidence.push_back(first.evidence[0]);
  validator::Verifier verifier;
  // A reply of this very second may have been followed by a change in it; nothing seen is younger than the next one.
  const auto end = options.at ? now : seen.now + dns::Seconds{1};
  seen.look = validator::rollover_look(all.evidence, seen.zone, policy_of(options, now), end, verifier);
  return seen;
}

std::expected<std::vector<RolloverLook>, std::string> looks_of_recordings(const Options& options,
                                                                          const std::vector<std::string>& files,
                                                                          const dns::Name& zone) {
  std::vector<RolloverLook> looks;
  validator::Verifier verifier;
  for (const auto& file : files) {
    const auto text = read_whole(file, largest_recording);
    if (!text) return std::unexpected(text.error());
    const auto recording = resolver::read_any_recording(*text);
    if (!recording) return std::unexpected(fmt::format("{}: {}", file, recording.error()));
    const auto& evidence = recording->evidence;
    const auto seen = evidence.started + std::chrono::ceil<dns::Seconds>(evidence.elapsed) + dns::Seconds{1};
    const auto policy = policy_of(options, evidence.started);
    auto look = validator::rollover_look(std::span(&evidence, 1), zone, policy, seen, verifier);
    if (!look)
      return std::unexpected(
          fmt::format("{} does not show the DS and the keys of {}: trustwalk record {} DNSKEY -o FILE", file,
                      zone.print(), report::typed(zone)));
    looks.push_back(std::move(*look));
  }
  std::ranges::stable_sort(looks, {}, &RolloverLook::first);
  return looks;
}

std::expected<ZoneSeen, std::string> zone_recorded(const Options& options, const Environment& environment) {
  std::optional<resolver::Recording> last;
  std::string of;
  for (const auto& file : options.words) {
    const auto text = read_whole(file, largest_recording);
    if (!text) return std::unexpected(text.error());
    auto recording = resolver::read_any_recording(*text);
    if (!recording) return std::unexpected(fmt::format("{}: {}", file, recording.error()));
    if (last && recording->evidence.started < last->evidence.started) continue;
    last = std::move(*recording);
    of = file;
  }
  ZoneSeen seen{.zone = last->evidence.target.name};
  const auto end = last->evidence.started + std::chrono::ceil<dns::Seconds>(last->evidence.elapsed);
  seen.now = options.at ? instant(*options.at, end) : end;
  const auto chains = judge_recording(std::move(*last), of, options, environment);
  if (!chains) return std::unexpected(chains.error());
  judge(seen, *chains);
  return seen;
}

std::expected<report::RolloverPage, std::string> rollover_page(const Options& options, const ZoneSeen& seen,
                                                               const std::vector<RolloverLook>& looks) {
  validator::Verifier verifier;
  const auto longest = options.rollover.longest_ttl.value_or(dns::Seconds{0});
  auto history = validator::rollover_history(looks, seen.zone, longest, verifier);
  if (!history) return std::unexpected(fmt::format("{}: {}", seen.zone.print(), history.error()));
  history->memory.now = seen.now;
  report::RolloverPage page{.zone = seen.zone, .now = seen.now, .verdict = seen.verdict, .cause = seen.cause};
  page.history = std::move(*history);
  page.found = validator::rollover_verdict(page.history);
  page.findings = report::rollover_findings(page);
  page.ttl_given = options.rollover.longest_ttl.has_value();
  return page;
}

std::string rollover_words(const report::RolloverPage& page, const Options& options, const Environment& environment) {
  switch (options.page) {
    case Page::json: return report::rollover_json(page);
    case Page::timeline: return report::rollover_picture(page);
    case Page::calendar: return report::rollover_calendar(page);
    default: return report::rollover_text(page, style_of(options, environment, report::Format::text));
  }
}

}  // namespace cli
