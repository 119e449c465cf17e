#include "cli/zone_judging.h"

#include <fmt/format.h>

#include <thread>

#include "cli/files.h"
#include "cli/trust.h"
#include "cli/zone_files.h"
#include "cli/zone_transfers.h"
#include "dns/text.h"
#include "validator/zone.h"

namespace cli {
namespace {

std::unexpected<ZoneFault> ours(std::string why) {
  return std::unexpected(ZoneFault{ZoneFault::Kind::here, std::move(why)});
}

std::expected<validator::ZoneStore, ZoneFault> read_zone(const ZoneOrigin& origin, const Options& options,
                                                         const Environment& environment) {
  if (!origin.server) {
    auto store = read_zone_file(origin.file, origin.name);
    if (!store) return ours(store.error());
    return std::move(*store);
  }
  auto store = receive_zone(*origin.server, origin.name.value(), options, environment);
  if (store) return std::move(*store);
  using Kind = resolver::TransferFault::Kind;
  const auto kind = store.error().kind == Kind::here   ? ZoneFault::Kind::here
                    : store.error().kind == Kind::late ? ZoneFault::Kind::late
                                                       : ZoneFault::Kind::server;
  return std::unexpected(ZoneFault{kind, store.error().why});
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

}  // namespace

std::expected<validator::ZoneJudgement, ZoneFault> judge_whole_zone(const ZoneOrigin& origin, const Options& options,
                                                                    const Environment& environment, dns::Time now) {
  const auto store = read_zone(origin, options, environment);
  if (!store) return std::unexpected(store.error());
  validator::ZonePlan plan;
  plan.name = origin.name;
  plan.policy = policy_of(options, now);
  plan.now = now;
  plan.jobs = options.zone.jobs > 0 ? options.zone.jobs : std::max(1U, std::thread::hardware_concurrency());
  const auto zone = plan.name.value_or(validator::apex_of(*store));
  if (const auto trusted = add_trust(plan, zone, options, now); !trusted) return ours(trusted.error());
  validator::KeyTables tables;
  plan.tables = &tables;
  auto judgement = validator::judge_zone(*store, plan);
  if (tables.in_doubt())
    write_stderr("trustwalk: OpenSSL's tables of multiples and its EVP disagree: judged anew by EVP alone\n");
  return judgement;
}

}  // namespace cli
