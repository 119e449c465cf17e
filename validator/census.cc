#include "validator/census.h"

#include <algorithm>
#include <set>

namespace validator {
namespace {

// Beside a good signature the reason stands in the parameter.
Code spare_code(const Finding& finding) {
  const Value* value = detail(finding, "first_code");
  const auto* slug = value == nullptr ? nullptr : std::get_if<std::string>(value);
  const Row* known = slug == nullptr ? nullptr : find_row(*slug);
  return known == nullptr ? Code::signature_incorrect : known->code;
}

Code why_failed(const Chain& chain, const Link& link) {
  if (!link.finding) return Code::signature_incorrect;
  const Finding& finding = chain.findings[*link.finding];
  return finding.code == Code::signature_spare_bad ? spare_code(finding) : finding.code;
}

void note_time(Census& census, std::uint64_t& kind, dns::Time edge) {
  ++kind;
  census.first = census.first == dns::Time{} ? edge : std::min(census.first, edge);
  census.last = std::max(census.last, edge);
}

void count_failure(Census& census, Census::Tally& tally, const Link& link, Code why) {
  ++census.failed;
  census.servers = merged(census.servers, link.servers);
  if (why == Code::signature_incorrect) ++tally.incorrect;
  if (why == Code::signing_key_missing) ++tally.keyless;
  if (why == Code::signature_expired) note_time(census, census.expired, link.expires);
  if (why == Code::signature_not_yet_valid) note_time(census, census.early, link.inception);
}

}  // namespace

Census take_census(const Chain& chain, ZoneId zone) {
  Census census;
  std::set<std::pair<dns::Bytes, dns::RRType>> counted;
  for (const Link& link : chain.links) {
    if (link.kind != LinkKind::signs || chain.nodes[link.from].zone != zone || !link.rrsig) continue;
    // What one server's bad copy shows is told of that server.
    if (link.finding && chain.findings[*link.finding].consequence_of) continue;
    if (!counted.insert({link.rrsig->signature, link.covers}).second) continue;
    Census::Tally& tally = census.by_tag[link.rrsig->tag];
    ++census.total;
    ++tally.total;
    if (link.ok)
      ++census.good;
    else
      count_failure(census, tally, link, why_failed(chain, link));
  }
  return census;
}

}  // namespace validator
