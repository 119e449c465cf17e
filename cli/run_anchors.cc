#include <fmt/format.h>

#include <algorithm>

#include "cli/files.h"
#include "cli/gathering.h"
#include "cli/run.h"
#include "cli/status.h"
#include "cli/trust.h"
#include "cli/writing.h"
#include "dns/text.h"

namespace cli {
namespace {

std::string list_text(const trustanchor::Anchors& anchors, dns::Time now);
Status test(const Options& options, const Environment& environment, const trustanchor::Anchors& anchors, dns::Time now);

}  // namespace

Status run_anchors(const Options& options, const Environment& environment) {
  const auto now = options.at ? instant(*options.at, environment.now) : environment.now;
  const auto anchors = anchors_of(options, environment, now);
  if (!anchors) return std::unexpected(anchors.error());
  if (!options.words.empty() && options.words[0] == "test") return test(options, environment, *anchors, now);
  const auto written = write_text(list_text(*anchors, now), options);
  if (!written) return std::unexpected(written.error());
  return status::good;
}

namespace {

std::string words_of(const trustanchor::Anchor& anchor, dns::Time now);
int status_of_zone(const validator::Chain& chain);
std::string zone_text(const validator::Chain& chain);

std::string list_text(const trustanchor::Anchors& anchors, dns::Time now) {
  std::string text = fmt::format("anchors of {}\n", anchors.source);
  for (const auto& anchor : anchors.anchors) text += fmt::format("  {}\n", words_of(anchor, now));
  for (const auto& skipped : anchors.skipped) text += fmt::format("  left out: {}: {}\n", skipped.file, skipped.text);
  for (const auto& notice : anchors.notices) text += fmt::format("  note: {}\n", notice);
  text += fmt::format("tables of {}\n", trustanchor::tables_date());
  return text;
}

std::string words_of(const trustanchor::Anchor& anchor, dns::Time now) {
  const auto* ds = std::get_if<dns::Ds>(&anchor.key);
  std::string text = fmt::format("{} {} tag {}, algorithm {} {}", anchor.zone.print(), ds != nullptr ? "DS" : "DNSKEY",
                                 anchor.tag(), dns::number(anchor.algorithm()), dns::to_text(anchor.algorithm()));
  if (ds != nullptr) text += fmt::format(", digest {} {}", dns::number(ds->digest_type), dns::to_text(ds->digest_type));
  if (!anchor.id.empty()) text += fmt::format(", id {}", validator::printable(anchor.id));
  if (anchor.valid_from) text += fmt::format(", from {}", dns::print_rfc3339(*anchor.valid_from));
  if (anchor.valid_until) text += fmt::format(", until {}", dns::print_rfc3339(*anchor.valid_until));
  return text + (anchor.counts_at(now) ? "" : ", does not count now");
}

// Whether the keys of each anchored zone are signed by a key that the anchors know.
Status test(const Options& options, const Environment& environment, const trustanchor::Anchors& anchors,
            dns::Time now) {
  auto beginning = begin(options, environment, anchors);
  if (!beginning) return std::unexpected(beginning.error());
  std::vector<Question> questions;
  for (const auto& zone : anchors.zones()) questions.push_back({zone, {dns::RRType::dnskey}, {}});
  const auto outcome = ask_all(options, environment, questions, *beginning, judge_by(options, anchors, now));
  beginning->source.reset();
  std::string text = list_text(anchors, now);
  std::vector<int> statuses;
  for (const auto& chain : outcome.chains) {
    text += zone_text(chain);
    statuses.push_back(status_of_zone(chain));
  }
  const auto written = write_text(text, options);
  if (!written) return std::unexpected(written.error());
  return worst(statuses);
}

bool concerns_anchors(const validator::Finding& finding) {
  return validator::row(finding.code).slug.starts_with("anchor-") || finding.code == validator::Code::root_key_roll;
}

int status_of_zone(const validator::Chain& chain) {
  if (chain.verdict == validator::Security::secure) return status::good;
  const auto silent = [](const validator::Finding& finding) {
    return finding.code == validator::Code::anchor_not_signing;
  };
  return std::ranges::any_of(chain.findings, silent) ? status::bogus : status::indeterminate;
}

std::string zone_text(const validator::Chain& chain) {
  std::string text = fmt::format("{} DNSKEY: {}\n", chain.name.print(), validator::to_text(chain.verdict));
  for (const auto& node : chain.nodes) {
    const auto* anchor = std::get_if<validator::AnchorNode>(&node.body);
    if (anchor != nullptr)
      text += fmt::format("  tag {}: {}\n", anchor->tag, anchor->used ? "signs" : "does not carry the verdict");
  }
  for (const auto& finding : chain.findings) {
    if (concerns_anchors(finding))
      text += fmt::format("  {} [{}]\n", validator::sentence(finding), validator::to_text(finding.code));
  }
  return text;
}

}  // namespace
}  // namespace cli
