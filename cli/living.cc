#include "cli/living.h"

#include <fmt/format.h>

#include "cli/gathering.h"
#include "cli/trust.h"

namespace cli {

std::expected<validator::Handover, std::string> living_handover(const dns::Name& zone, const Options& options,
                                                                const Environment& environment, dns::Time now) {
  const auto anchors = anchors_of(options, environment, now);
  if (!anchors) return std::unexpected(anchors.error());
  auto beginning = begin(options, environment, *anchors);
  if (!beginning) return std::unexpected(beginning.error());
  const auto outcome =
      ask_all(options, environment, {{zone, {dns::RRType::dnskey}, {}}}, *beginning, judge_by(options, *anchors, now));
  beginning->source.reset();
  validator::Verifier verifier;
  auto found = validator::handover(outcome.evidence[0], outcome.chains[0], policy_of(options, now), verifier);
  if (found) return std::move(*found);
  const auto& zones = outcome.chains[0].zones;
  return std::unexpected(
      fmt::format("{} is no zone that could be seen{}", zone.print(),
                  zones.size() > 1 ? fmt::format(": it lies in {}", zones.back().name.print()) : ""));
}

}  // namespace cli
