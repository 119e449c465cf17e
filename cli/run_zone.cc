#include <fmt/format.h>

#include <thread>

#include "cli/files.h"
#include "cli/run.h"
#include "cli/status.h"
#include "cli/trust.h"
#include "cli/writing.h"
#include "cli/zone_files.h"
#include "dns/text.h"
#include "report/zone.h"
#include "validator/zone.h"

namespace cli {
namespace {

// Where the zone comes from, and what it is called if anybody says so.
struct Origin {
  std::string file;
  std::optional<dns::Name> name;
};

// A file named, or what NSD's `verify:` hands over (nsd.conf(5), VERIFY_ZONE and VERIFY_ZONE_ON_STDIN).
std::expected<Origin, std::string> origin_of(const Options& options, const Environment& environment) {
  Origin origin;
  if (!options.questions.empty()) origin.name = options.questions[0].name;
  if (!options.words.empty()) {
    origin.file = options.words[0];
    return origin;
  }
  if (environment.verify_zone.empty()) return std::unexpected("zone: which file? Give one, or - for standard input");
  if (environment.verify_zone_on_stdin != "yes")
    return std::unexpected("zone: NSD does not feed the zone to its verifier: set verifier-feed-zone: yes");
  if (!origin.name) {
    const auto name = dns::Name::parse(environment.verify_zone);
    if (!name) return std::unexpected(fmt::format("VERIFY_ZONE: {}", dns::to_text(name.error())));
    origin.name = *name;
  }
  origin.file = "-";
  return origin;
}

std::expected<void, std::string> add_trust(validator::ZonePlan& plan, const dns::Name& zone, const Options& options,
                                           dns::Time now) {
  for (const std::string& text : options.zone.ds) {
    const auto record = dns::parse_record(text, zone);
    const auto ds = record && record->type == dns::RRType::ds ? dns::read_ds(record->rdata) : std::nullopt;
    if (!ds) return std::unexpected(fmt::format("--ds: {}", record ? "no DS record" : record.error()));
    if (record->owner != zone)
      return std::unexpected(fmt::format("--ds: of {}, and the zone is {}", record->owner.print(), zone.print()));
    plan.ds.push_back(*ds);
  }
  if (options.anchors.files.empty() && options.anchors.records.empty()) return {};
  Environment none;  // nothing but what was given: a zone at rest is not the root's affair
  const auto anchors = anchors_of(options, none, now);
  if (!anchors) return std::unexpected(anchors.error());
  plan.anchors = anchors->of(zone, now);
  plan.anchors_source = anchors->source;
  if (plan.anchors.empty())
    return std::unexpected(fmt::format("no trust anchor of {} in {}", zone.print(), anchors->source));
  return {};
}

Written write_zone(const validator::ZoneJudgement& zone, const Options& options, const Environment& environment) {
  const auto formats = options.formats.empty() ? std::vector{report::Format::text} : options.formats;
  for (const auto format : formats) {
    if (format != report::Format::text && format != report::Format::json) {
      if (auto written = write_chains({zone.chain}, options, environment, format); !written) return written;
      continue;
    }
    const auto text = format == report::Format::json ? report::zone_json(zone)
                                                     : report::zone_text(zone, style_of(options, environment, format));
    auto to = options;
    to.output = fill_pattern(options.output, zone.chain.name, zone.chain.type, to_text(format));
    if (auto written = write_text(text, to); !written) return written;
  }
  return {};
}

}  // namespace

Status run_zone(const Options& options, const Environment& environment) {
  const auto now = options.at ? instant(*options.at, environment.now) : environment.now;
  const auto origin = origin_of(options, environment);
  if (!origin) return std::unexpected(origin.error());
  const auto store = read_zone_file(origin->file, origin->name);
  if (!store) return std::unexpected(store.error());

  validator::ZonePlan plan;
  plan.name = origin->name;
  plan.policy = policy_of(options, now);
  plan.now = now;
  plan.jobs = options.zone.jobs > 0 ? options.zone.jobs : std::max(1U, std::thread::hardware_concurrency());
  const auto zone = plan.name.value_or(validator::apex_of(*store));
  if (const auto trusted = add_trust(plan, zone, options, now); !trusted) return std::unexpected(trusted.error());
  validator::KeyTables tables;
  plan.tables = &tables;
  const auto judgement = validator::judge_zone(*store, plan);
  if (tables.in_doubt())
    write_stderr("trustwalk: OpenSSL's tables of multiples and its EVP disagree: judged anew by EVP alone\n");
  const auto written = write_zone(judgement, options, environment);
  if (!written) return std::unexpected(written.error());
  return status_of({judgement.chain}, options);
}

}  // namespace cli
