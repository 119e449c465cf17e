#include <fmt/format.h>

#include "cli/anchors_page.h"
#include "dns/text.h"
#include "trustanchor/root_roll.h"
#include "validator/sentence.h"

namespace cli {
namespace {

using trustanchor::State;

std::string state_words(const trustanchor::ManagedKey& managed) {
  const auto since = dns::print_rfc3339(managed.since);
  if (managed.state != State::add_pend) return fmt::format(", {} since {}", to_text(managed.state), since);
  return fmt::format(", waits since {} (seen {} times), an anchor from {} on if it stays", since, managed.sightings,
                     dns::print_rfc3339(trustanchor::accepted_from(managed)));
}

std::string anchor_line(const AnchorsPage& page, const trustanchor::Anchor& anchor) {
  const auto* managed = managed_key(page, anchor);
  const auto* ds = std::get_if<dns::Ds>(&anchor.key);
  std::string text = fmt::format("{} {} tag {}, algorithm {} {}", anchor.zone.print(), ds != nullptr ? "DS" : "DNSKEY",
                                 managed != nullptr ? managed->tag() : anchor.tag(), dns::number(anchor.algorithm()),
                                 dns::to_text(anchor.algorithm()));
  if (ds != nullptr) text += fmt::format(", digest {} {}", dns::number(ds->digest_type), dns::to_text(ds->digest_type));
  if (!anchor.id.empty()) text += fmt::format(", id {}", validator::printable(anchor.id));
  if (anchor.valid_from) text += fmt::format(", from {}", dns::print_rfc3339(*anchor.valid_from));
  if (anchor.valid_until) text += fmt::format(", until {}", dns::print_rfc3339(*anchor.valid_until));
  if (anchor.source != page.anchors.source) text += fmt::format(", of {}", anchor.source);
  if (managed != nullptr) {
    text += state_words(*managed);
  } else if (anchor.state != State::valid) {
    text += fmt::format(", {}", to_text(anchor.state));
  }
  return text + (anchor.counts_at(page.now) ? "" : ", does not count now");
}

std::string when(const std::optional<dns::Time>& time) { return time ? dns::print_rfc3339(*time) : "never"; }

std::string followed_lines(const FollowedPoint& followed, dns::Time now) {
  const trustanchor::TrustPoint& point = followed.point;
  std::string text = fmt::format("state of {} in {}: asked {}, heard {}", point.zone.print(), followed.file,
                                 when(point.last_queried), when(point.last_success));
  if (point.failures > 0) text += fmt::format(", {} times in vain since", point.failures);
  if (!point.next_query) return text + "\n";
  text += fmt::format(", next question {}", dns::print_rfc3339(*point.next_query));
  return text + (*point.next_query <= now ? " (due)\n"
                                          : fmt::format(" (in {})\n", dns::print_duration(*point.next_query - now)));
}

std::string milestone_words(const trustanchor::Milestone& milestone) {
  const bool planned = milestone.word == trustanchor::Milestone::Word::planned;
  return fmt::format("{}{}", dns::print_rfc3339(milestone.at).substr(0, 10), planned ? " (planned)" : "");
}

std::string root_lines(dns::Time now) {
  std::string text = fmt::format("the root's keys, as known on {}\n", trustanchor::tables_date());
  for (const auto& key : trustanchor::root_keys_at(now)) {
    text += fmt::format("  tag {}: {}", key.tag, to_text(key.stage()));
    if (key.last) text += fmt::format(" since {}", milestone_words(*key.last));
    if (key.next)
      text += fmt::format("; {} from {}, in {}", to_text(key.next->stage), milestone_words(*key.next),
                          dns::print_duration(key.next->at - now));
    text += '\n';
  }
  return text;
}

bool concerns_anchors(const validator::Finding& finding) {
  return validator::row(finding.code).slug.starts_with("anchor-") || finding.code == validator::Code::root_key_roll;
}

std::string zone_lines(const LiveZone& zone) {
  std::string text = fmt::format("{} DNSKEY: {}\n", zone.chain.name.print(), validator::to_text(zone.chain.verdict));
  for (const auto& [tag, live] : zone.anchors) text += fmt::format("  tag {}: {}\n", tag, to_text(live));
  for (const auto tag : zone.unknown) text += fmt::format("  tag {}: in the zone, and no anchor here\n", tag);
  for (const auto& finding : zone.chain.findings) {
    if (concerns_anchors(finding))
      text += fmt::format("  {} [{}]\n", validator::sentence(finding), validator::to_text(finding.code));
  }
  return text;
}

}  // namespace

std::string text_of(const AnchorsPage& page) {
  std::string text;
  for (const auto& event : page.events)
    text += event.tag != 0 ? fmt::format("tag {} {}\n", event.tag, trustanchor::to_text(event.kind))
                           : fmt::format("{}\n", trustanchor::to_text(event.kind));
  text += fmt::format("anchors of {}\n", page.anchors.source);
  for (const auto& anchor : page.anchors.anchors) text += fmt::format("  {}\n", anchor_line(page, anchor));
  for (const auto& skipped : page.anchors.skipped)
    text += fmt::format("  left out: {}: {}\n", skipped.file, skipped.text);
  for (const auto& notice : page.anchors.notices) text += fmt::format("  note: {}\n", notice);
  for (const auto& followed : page.followed) text += followed_lines(followed, page.now);
  text += is_about_the_root(page) ? root_lines(page.now) : fmt::format("tables of {}\n", trustanchor::tables_date());
  for (const auto& zone : page.zones) text += zone_lines(zone);
  return text;
}

}  // namespace cli
