#include "resolver/overlay.h"

#include <algorithm>
#include <utility>

#include "resolver/network_rules.h"

namespace resolver {
namespace {

using dns::Record;
using dns::RRType;
using Origin = dns::Exchange::Origin;

class Overlay final : public Source {
 public:
  Overlay(Source& below, Plan plan, Nsec3Hash hash) : below_(below), plan_(std::move(plan)), hash_(std::move(hash)) {}

  void send(const dns::Ask& ask) override {
    if (plan_.ds && ask.type == RRType::ds && ask.name == plan_.zone) return say(ask, ds_reply(ask), Origin::assumed);
    if (const auto* tree = planned(ask)) return say(ask, from(*tree, ask), Origin::heard);
    below_.send(ask);
  }

  std::vector<dns::Exchange> wait(Clock::time_point deadline) override {
    if (!said_.empty()) return std::exchange(said_, {});
    auto heard = below_.wait(deadline);
    for (auto& exchange : heard) {
      if (plan_.ds) without_old_ds(exchange);
      if (is_of_zone(exchange.ask)) without_signatures(exchange);
    }
    return heard;
  }

 private:
  void say(const dns::Ask& ask, dns::Outcome outcome, Origin origin) {
    said_.push_back({ask, query_octets(ask, 0), std::move(outcome), {}, origin});
  }

  // DS at the apex is the parent's; everything else at or below it is the zone's.
  bool is_of_zone(const dns::Ask& ask) const {
    const bool is_parents = ask.name == plan_.zone && ask.type == RRType::ds;
    return ask.name.is_at_or_below(plan_.zone) && !is_parents &&
           std::ranges::find(plan_.servers, ask.server) != plan_.servers.end();
  }

  bool is_for_keys(const dns::Ask& ask) const { return ask.name == plan_.zone && ask.type == RRType::dnskey; }

  const std::shared_ptr<const ZoneTree>* planned(const dns::Ask& ask) const {
    if (!is_of_zone(ask)) return nullptr;
    const auto& tree = is_for_keys(ask) ? plan_.keys : plan_.data;
    return tree ? &tree : nullptr;
  }

  void without_signatures(dns::Exchange& exchange) const {
    const bool keys = is_for_keys(exchange.ask);
    const auto* message = exchange.message();
    if (message == nullptr || !(keys ? plan_.keys_gone : plan_.data_unsigned)) return;
    const auto is_dnssec = [](const Record& record) {
      switch (record.type) {
        case RRType::rrsig:
        case RRType::dnskey:
        case RRType::nsec:
        case RRType::nsec3:
        case RRType::nsec3param:
        case RRType::cds:
        case RRType::cdnskey: return true;
        default: return false;
      }
    };
    auto edited = *message;
    std::erase_if(edited.answer, is_dnssec);
    std::erase_if(edited.authority, is_dnssec);
    exchange.outcome = dns::reply_of(dns::encode(edited));
  }

  dns::Outcome from(const std::shared_ptr<const ZoneTree>& tree, const dns::Ask& ask) const {
    const auto query = dns::decode(query_octets(ask, 0));
    if (!query) return dns::Silence::not_asked;
    return dns::reply_of(dns::encode(answer(ZoneServer{plan_.role, {tree}}, *query, hash_)));
  }

  dns::Outcome ds_reply(const dns::Ask& ask) const {
    auto query = dns::decode(query_octets(ask, 0));
    if (!query) return dns::Silence::not_asked;
    auto& reply = *query;
    reply.qr = true;
    reply.aa = plan_.role == ZoneServer::Role::authoritative;
    reply.ra = !reply.aa;
    for (const auto& rdata : plan_.ds->rdatas)
      reply.answer.push_back({plan_.zone, RRType::ds, dns::RRClass::in, plan_.ds->ttl, rdata});
    return dns::reply_of(dns::encode(reply));
  }

  void without_old_ds(dns::Exchange& exchange) const {
    const auto* message = exchange.message();
    if (message == nullptr) return;
    const auto delegates = [&](const Record& record) {
      return record.type == RRType::ns && record.owner == plan_.zone;
    };
    if (!std::ranges::any_of(message->authority, delegates) || !message->answer.empty()) return;
    auto edited = *message;
    std::erase_if(edited.authority, [&](const Record& record) { return !delegates(record); });
    exchange.outcome = dns::reply_of(dns::encode(edited));
  }

  Source& below_;
  Plan plan_;
  Nsec3Hash hash_;
  std::vector<dns::Exchange> said_;
};

}  // namespace

std::unique_ptr<Source> overlay(Source& below, Plan plan, Nsec3Hash hash) {
  return std::make_unique<Overlay>(below, std::move(plan), std::move(hash));
}

}  // namespace resolver
