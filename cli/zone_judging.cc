#include "cli/zone_judging.h"

#include <fmt/format.h>

#include <thread>

#include "cli/files.h"
#include "cli/living.h"
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
                                                         ZoneProgress& progress) {
  if (!origin.server) {
    auto store =
        read_zone_file(origin.file, origin.name, [&](std::uint64_t records) { progress.say("read", records); });
    if (!store) return ours(store.error());
    return std::move(*store);
  }
  auto store = receive_zone(*origin.server, origin.name.value(), options, progress);
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

// What the parent says now. Only here does the file's judgement use the network.
std::expected<void, ZoneFault> add_parent(validator::ZonePlan& plan, const dns::Name& zone, Options options,
                                          const Environment& environment, dns::Time now) {
  options.servers.clear();  // they are the transfer's; a parent is walked to
  options.effort = dns::Effort::quick;
  const auto living = living_handover(zone, options, environment, now);
  const auto fault = [&](std::string_view why) {
    return std::unexpected(ZoneFault{ZoneFault::Kind::server, fmt::format("--parent: {}", why)});
  };
  if (!living) return fault(living.error());
  if (!living->parent) return fault(fmt::format("no word about the DS of {}", zone.print()));
  if (living->parent_security == validator::Security::bogus ||
      living->parent_security == validator::Security::indeterminate)
    return fault(fmt::format("the word about the DS of {} is {}", zone.print(), to_text(living->parent_security)));
  if (living->parent_security == validator::Security::secure)
    for (const auto& each : *living->parent) plan.ds.push_back(each.ds);
  plan.ds_source = "the DS set of its parent";
  plan.has_no_ds = plan.ds.empty();
  return {};
}

}  // namespace

std::expected<validator::ZoneJudgement, ZoneFault> judge_whole_zone(const ZoneOrigin& origin, const Options& options,
                                                                    const Environment& environment, dns::Time now) {
  ZoneProgress progress(options.verb == Verb::probe ? Choice::never : options.progress, environment);
  const auto store = read_zone(origin, options, progress);
  if (!store) return std::unexpected(store.error());
  validator::ZonePlan plan;
  plan.name = origin.name;
  plan.policy = policy_of(options, now);
  plan.now = now;
  plan.jobs = options.zone.jobs > 0 ? options.zone.jobs : std::max(1U, std::thread::hardware_concurrency());
  const auto zone = plan.name.value_or(validator::apex_of(*store));
  if (options.zone.parent) {
    if (const auto asked = add_parent(plan, zone, options, environment, now); !asked)
      return std::unexpected(asked.error());
  } else if (const auto trusted = add_trust(plan, zone, options, now); !trusted) {
    return ours(trusted.error());
  }
  progress.say("judging", store->records(), ZoneProgress::Pace::at_once);
  validator::KeyTables tables;
  plan.tables = &tables;
  auto judgement = validator::judge_zone(*store, plan);
  if (tables.in_doubt())
    write_stderr("trustwalk: OpenSSL's tables of multiples and its EVP disagree: judged anew by EVP alone\n");
  return judgement;
}

}  // namespace cli
