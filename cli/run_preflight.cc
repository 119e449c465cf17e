#include <fmt/format.h>

#include <algorithm>

#include "cli/gathering.h"
#include "cli/rehearsal.h"
#include "cli/run.h"
#include "cli/status.h"
#include "cli/trust.h"
#include "cli/writing.h"
#include "dns/rdata.h"
#include "report/reading.h"
#include "validator/caches.h"
#include "validator/handover.h"

namespace cli {
namespace {

using dns::RRType;
using validator::Chain;
using validator::Copies;
using validator::Part;
using validator::Security;

// Where nothing is known of a TTL: the longest that a cache should make of any (RFC 8767 §4).
constexpr dns::Seconds unknown_ttl{604800};

// A planned DS set is assumed here, and nowhere else (design.md §1).
Options on_trial(Options options) {
  options.policy.what_if = validator::Policy::WhatIf::assumed_ds;
  return options;
}

// All runs of one rehearsal: over the same network, whose answers of today are asked for once.
class Preflight {
 public:
  Preflight(const Options& options, const Environment& environment, const trustanchor::Anchors& anchors,
            Beginning& beginning, dns::Time now)
      : options_(on_trial(options)),
        environment_(environment),
        beginning_(beginning),
        judge_(judge_by(options_, anchors, now)),
        now_(now),
        made_up_(draw_label()) {
    if (options.deadline) end_ = resolver::Clock::now() + *options.deadline;
  }

  std::expected<Rehearsal, std::string> run(const dns::Name& name) {
    auto today = look(name);
    if (!today) return std::unexpected(today.error());
    const auto change = change_of(options_.preflight, *today, policy_of(options_, now_), now_);
    if (!change) return std::unexpected(change.error());
    return rehearse(*today, *change, now_, [&](const resolver::Plan& plan) { return with(plan, name); });
  }

 private:
  // A deadline that was given is one for all runs together.
  Outcome ask(const std::vector<Question>& questions, Beginning& beginning) {
    if (end_) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(*end_ - resolver::Clock::now());
      options_.deadline = std::max(left, std::chrono::milliseconds(0));
    }
    return ask_all(options_, environment_, questions, beginning, judge_);
  }

  std::expected<Today, std::string> look(const dns::Name& name) {
    auto first = ask({{name, {RRType::a}, {}}}, beginning_);
    const auto own = report::own_zone(first.chains[0]);
    if (!own) return std::unexpected(fmt::format("no zone of {} could be seen", name.print()));
    Today today;
    today.zone = first.chains[0].zones[*own].name;
    if (today.zone.is_root()) return std::unexpected("the root has no parent: there is nothing to rehearse");
    const auto& zone = today.zone;
    const auto seen =
        ask({{zone, {RRType::dnskey}, {}}, {zone, {RRType::soa}, {}}, {zone, {RRType::cds}, {}}}, beginning_);
    if (const auto fault = take_keys(today, seen)) return std::unexpected(*fault);
    take_servers(today, seen);
    if (today.servers.empty()) return std::unexpected(fmt::format("no server of {} was seen", zone.print()));
    take_cds(today, seen.chains[2]);
    auto chains = seen.chains;
    chains.push_back(std::move(first.chains[0]));
    take_ttls(today, chains);
    return today;
  }

  std::optional<std::string> take_keys(Today& today, const Outcome& seen) const {
    validator::Verifier verifier;
    const auto found = validator::handover(seen.evidence[0], seen.chains[0], options_.policy, verifier);
    if (!found) return fmt::format("{} is no zone that could be seen", today.zone.print());
    if (!found->parent) return fmt::format("the parent of {} gave no answer about its DS", today.zone.print());
    for (const auto& one : *found->parent) today.ds.push_back(one.ds);
    for (const auto& one : found->keys) today.keys.push_back(one.key);
    return std::nullopt;
  }

  void take_servers(Today& today, const Outcome& seen) const {
    const auto& target = seen.evidence[0].target;
    if (target.mode == dns::Mode::stub) {
      today.role = resolver::ZoneServer::Role::recursive;
      for (const auto& server : target.servers) today.servers.push_back(server.address);
      return;
    }
    for (const auto& evidence : seen.evidence)
      for (const auto& exchange : evidence.exchanges)
        if (speaks_for(exchange, today.zone)) today.servers.push_back(exchange.ask.server);
  }

  // Its own SOA or keys, with authority: a server that only refers to it is the parent's.
  static bool speaks_for(const dns::Exchange& exchange, const dns::Name& zone) {
    const auto* message = exchange.message();
    if (message == nullptr || !message->aa || exchange.ask.name != zone) return false;
    return std::ranges::any_of(message->answer, [&](const dns::Record& record) {
      return record.owner == zone && (record.type == RRType::soa || record.type == RRType::dnskey);
    });
  }

  // A parent acts on CDS that validate and on no others (RFC 7344 §4.1); "0 0 0 00" asks for none (RFC 8078 §4).
  static void take_cds(Today& today, const Chain& chain) {
    if (chain.verdict != Security::secure) return;
    for (const auto& set : chain.answer.records) {
      if (set.set.type != RRType::cds || set.set.owner != today.zone) continue;
      auto& cds = today.cds.emplace();
      for (const auto& rdata : set.set.rdatas)
        if (const auto ds = dns::read_ds(rdata); ds && dns::number(ds->algorithm) != 0) cds.push_back(*ds);
    }
  }

  static void take_ttls(Today& today, const std::vector<Chain>& chains) {
    constexpr std::array copies{std::pair(Part::ds, Copies::ds), std::pair(Part::keys, Copies::keys),
                                std::pair(Part::data, Copies::data)};
    for (const auto& [part, copy] : copies) {
      dns::Seconds longest{0};
      for (const auto& chain : chains)
        if (const auto held = validator::longest_held(chain, today.zone, copy))
          longest = std::max(longest, held->longest);
      today.kept[static_cast<std::size_t>(part)] = longest.count() > 0 ? longest : unknown_ttl;
    }
  }

  // The zone's SOA, a name that does not exist, and the name asked for.
  std::vector<Chain> with(const resolver::Plan& plan, const dns::Name& name) {
    std::vector<Question> questions{{plan.zone, {RRType::soa}, {}}};
    if (const auto nobody = dns::Name::parse(made_up_ + "." + plan.zone.print()))
      questions.push_back({*nobody, {RRType::a}, {}});
    if (name != plan.zone) questions.push_back({name, {RRType::a}, {}});
    const auto hash = [this](const dns::Name& owner, std::uint16_t iterations, dns::View salt) {
      return verifier_.nsec3_hash(owner.lowered().wire(), salt, iterations);
    };
    Beginning planned{beginning_.targets, resolver::overlay(*beginning_.source, plan, hash)};
    return ask(questions, planned).chains;
  }

  Options options_;
  const Environment& environment_;
  Beginning& beginning_;
  Judge judge_;
  dns::Time now_;
  std::optional<resolver::Clock::time_point> end_;
  std::string made_up_;
  validator::Verifier verifier_;
};

std::string in_form(const Rehearsal& rehearsal, const Options& options, const Environment& environment) {
  switch (options.page) {
    case Page::json: return rehearsal_json(rehearsal);
    case Page::timeline: return rehearsal_picture(rehearsal);
    case Page::calendar: return rehearsal_calendar(rehearsal);
    default: return rehearsal_text(rehearsal, style_of(options, environment, report::Format::text));
  }
}

}  // namespace

Status run_preflight(const Options& options, const Environment& environment) {
  const auto now = options.at ? instant(*options.at, environment.now) : environment.now;
  if (options.questions.size() != 1) return std::unexpected("preflight: one name at a time");
  const auto anchors = anchors_of(options, environment, now);
  if (!anchors) return std::unexpected(anchors.error());
  auto beginning = begin(options, environment, *anchors);
  if (!beginning) return std::unexpected(beginning.error());
  if (beginning->targets.size() != 1) return std::unexpected("preflight: through one resolver, or none");
  const auto rehearsal = Preflight(options, environment, *anchors, *beginning, now).run(options.questions[0].name);
  beginning->source.reset();  // takes its progress line away
  if (!rehearsal) return std::unexpected(rehearsal.error());
  const auto text = in_form(*rehearsal, options, environment);
  const auto written = write_text(text, options);
  if (!written) return std::unexpected(written.error());
  return status_of(rehearsal->worst());
}

}  // namespace cli
