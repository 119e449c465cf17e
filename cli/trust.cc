#include "cli/trust.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "dns/text.h"
#include "trustanchor/rollover.h"
#include "validator/analyze.h"
#include "validator/cause.h"

namespace cli {
namespace {

using State = trustanchor::Anchor::State;

trustanchor::DigestFunction digests() {
  auto verifier = std::make_shared<validator::Verifier>(validator::Verifier::Memo::none);
  return [verifier](dns::Digest type, dns::View data) { return verifier->digest(type, data); };
}

// As behind a record of unbound's state file, whose form is the one that knows of waiting keys.
std::string remarks(const trustanchor::Anchor& anchor) {
  const auto since = anchor.pending_since.value_or(dns::Time{}).time_since_epoch().count();
  return fmt::format(" ;;state={} ;;lastchange={}", static_cast<int>(anchor.state), since);
}

}  // namespace

std::expected<trustanchor::Anchors, std::string> anchors_of(const Options& options, const Environment& environment,
                                                            dns::Time now) {
  auto sources = options.anchors;
  sources.environment = environment.anchors;
  return trustanchor::find_anchors(sources, now, digests());
}

std::expected<trustanchor::Anchors, std::string> anchors_from(const std::vector<std::string>& lines,
                                                              const std::string& source, dns::Time now) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  auto anchors = trustanchor::read_anchors(text, source, now, digests());
  if (!anchors) return anchors;
  anchors->source = source;
  for (auto& anchor : anchors->anchors) anchor.source = source;
  return anchors;
}

std::vector<std::string> lines_of(const trustanchor::Anchors& anchors, dns::Time now) {
  const auto waits = [](const auto& anchor) { return anchor.state == State::add_pend && anchor.pending_since; };
  const bool stateful = std::ranges::any_of(anchors.anchors, waits);
  std::vector<std::string> lines;
  if (stateful) lines.emplace_back(trustanchor::state_heading);
  for (const auto& anchor : anchors.anchors) {
    if (!anchor.counts_at(now) && !waits(anchor)) continue;
    dns::Record record;
    record.owner = anchor.zone;
    if (const auto* ds = std::get_if<dns::Ds>(&anchor.key)) {
      record.type = dns::RRType::ds;
      record.rdata = dns::write(*ds);
    } else {
      record.type = dns::RRType::dnskey;
      record.rdata = dns::write(std::get<dns::Dnskey>(anchor.key));
    }
    lines.push_back(dns::print(record) + (stateful ? remarks(anchor) : ""));
  }
  return lines;
}

validator::Policy policy_of(const Options& options, dns::Time now) {
  auto policy = options.policy;
  for (const auto& anchor : options.negative_anchors) {
    policy.negative_anchors.push_back({anchor.name, anchor.reason, instant(anchor.until, now)});
  }
  return policy;
}

Judge judge_by(const Options& options, const trustanchor::Anchors& anchors, dns::Time now) {
  auto verifier = std::make_shared<validator::Verifier>();
  // Records alone show no forecast, and judging again at each expiry costs as much as the lookup itself.
  const bool no_forecast = options.verb == Verb::resolve && options.formats.empty();
  return [&anchors, now, policy = policy_of(options, now), verifier, no_forecast](const dns::Evidence& evidence) {
    if (!no_forecast) return validator::analyze(evidence, anchors, policy, now, *verifier);
    validator::Chain chain = validator::judge(evidence, anchors, policy, now, *verifier);
    validator::explain(chain);
    return chain;
  };
}

}  // namespace cli
