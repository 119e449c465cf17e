#include "resolver/zonefile.h"

#include <algorithm>
#include <utility>

#include "resolver/network_rules.h"

namespace resolver {
namespace {

using dns::Message;
using dns::Name;
using dns::RRType;
using Role = ZoneServer::Role;

constexpr std::size_t aliases_most = 16;
constexpr std::uint16_t our_udp_size = 1232;
constexpr std::size_t udp_size_without_edns = 512;  // RFC 1035 §4.2.1

// The zone that speaks on the question: the deepest one, for DS the one above the cut (RFC 4035 §3.1.4.1).
const ZoneTree* zone_for(const ZoneServer& server, const Name& name, RRType type) {
  const ZoneTree *deepest = nullptr, *above = nullptr;
  for (const auto& zone : server.zones) {
    const Name& apex = zone->apex();
    if (!name.is_at_or_below(apex)) continue;
    if (deepest == nullptr || apex.labels() > deepest->apex().labels()) deepest = zone.get();
    if (apex != name && (above == nullptr || apex.labels() > above->apex().labels())) above = zone.get();
  }
  return type == RRType::ds && above != nullptr ? above : deepest;
}

Message begin_reply(const Message& query, Role role) {
  Message reply;
  reply.id = query.id;
  reply.opcode = query.opcode;
  reply.qr = true;
  reply.rd = query.rd;
  reply.cd = query.cd;
  reply.ra = role == Role::recursive;
  reply.questions = query.questions;
  if (!query.edns) return reply;
  reply.edns.emplace();
  reply.edns->udp_size = our_udp_size;
  reply.edns->flags = query.edns->flags & dns::Edns::do_flag;  // RFC 3225 §3
  return reply;
}

// Whether the search goes on in `zone` for the target of an alias found in `from`.
bool may_follow(Role role, const ZoneTree* from, const ZoneTree* zone) {
  return zone != nullptr && (role == Role::recursive || zone == from);
}

Message truncated(Message reply) {
  reply.tc = true;
  for (auto* section : {&reply.answer, &reply.authority, &reply.additional}) section->clear();
  return reply;
}

class ZoneFiles final : public Source {
 public:
  ZoneFiles(std::map<dns::Address, ZoneServer> servers, Nsec3Hash hash)
      : servers_(std::move(servers)), hash_(std::move(hash)) {}

  void send(const dns::Ask& ask) override {
    dns::Exchange exchange;
    exchange.ask = ask;
    exchange.sent = query_octets(ask, 0);
    const auto server = servers_.find(ask.server);
    if (server != servers_.end()) exchange.outcome = outcome(server->second, exchange.sent, ask.manner);
    heard_.push_back(std::move(exchange));
  }

  std::vector<dns::Exchange> wait(Clock::time_point) override { return std::exchange(heard_, {}); }

 private:
  dns::Outcome outcome(const ZoneServer& server, dns::View sent, const dns::Manner& manner) const {
    const auto query = dns::decode(sent);
    if (!query) return dns::Silence::timeout;
    Message reply = answer(server, *query, hash_);
    dns::Bytes octets = dns::encode(reply);
    const std::size_t room =
        query->edns ? std::max<std::size_t>(query->edns->udp_size, udp_size_without_edns) : udp_size_without_edns;
    const bool tcp = manner.transport == dns::Manner::Transport::tcp;
    if (octets.size() > (tcp ? std::size_t{0xffff} : room)) octets = dns::encode(truncated(std::move(reply)));
    return dns::reply_of(std::move(octets));
  }

  std::map<dns::Address, ZoneServer> servers_;
  Nsec3Hash hash_;
  std::vector<dns::Exchange> heard_;
};

}  // namespace

std::shared_ptr<const ZoneTree> make_zone(const Name& apex, std::span<const dns::Record> records) {
  return std::make_shared<const ZoneTree>(apex, records);
}

Message answer(const ZoneServer& server, const Message& query, const Nsec3Hash& hash) {
  Message reply = begin_reply(query, server.role);
  const auto refuse = [&](dns::Rcode rcode) {
    reply.rcode = rcode;
    return reply;
  };
  if (query.questions.size() != 1 || query.opcode != 0) return refuse(dns::Rcode::formerr);
  const dns::Question& asked = query.questions.front();
  const Proofs proofs = query.edns && query.edns->dnssec_ok() ? Proofs::with : Proofs::without;
  ZoneQuestion question{asked.name, asked.type, proofs};
  const ZoneTree* zone = zone_for(server, question.name, question.type);
  const dns::Rcode outside = server.role == Role::recursive ? dns::Rcode::servfail : dns::Rcode::refused;
  if (zone == nullptr || asked.rrclass != dns::RRClass::in) return refuse(outside);
  std::vector<Name> seen;
  for (;;) {
    seen.push_back(question.name);
    const ZoneAnswer part = answer_from(*zone, question, hash, reply);
    if (seen.size() == 1) reply.aa = server.role == Role::authoritative && part.answered != Answered::referral;
    if (server.role == Role::recursive && part.answered == Answered::referral) {
      reply = begin_reply(query, server.role);
      return refuse(dns::Rcode::servfail);
    }
    if (!part.next || std::ranges::find(seen, *part.next) != seen.end() || seen.size() == aliases_most) return reply;
    const ZoneTree* next = zone_for(server, *part.next, question.type);
    if (!may_follow(server.role, zone, next)) return reply;
    question.name = *part.next;
    zone = next;
  }
}

std::unique_ptr<Source> zonefile_source(std::map<dns::Address, ZoneServer> servers, Nsec3Hash hash) {
  return std::make_unique<ZoneFiles>(std::move(servers), std::move(hash));
}

}  // namespace resolver
