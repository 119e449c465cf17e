#include <algorithm>
#include <map>
#include <set>

#include "validator/audit.h"

namespace validator {
namespace {

using dns::Exchange;
using dns::Silence;
using Transport = dns::Manner::Transport;

constexpr std::size_t large_udp = 1232;  // RFC 9715 §3.1

const Silence* silence_of(const Exchange& exchange) { return std::get_if<Silence>(&exchange.outcome); }

std::string_view reason_of(Silence silence) {
  switch (silence) {
    case Silence::refused: return "refused";
    case Silence::host_unreachable: return "host";
    case Silence::net_unreachable: return "net";
    default: return "timeout";
  }
}

// All that went on with one address.
struct Dealings {
  std::vector<const Exchange*> all;

  bool spoke(Transport transport) const {
    return std::ranges::any_of(all, [&](const Exchange* exchange) {
      return exchange->ask.manner.transport == transport && exchange->message() != nullptr;
    });
  }
  bool spoke() const { return spoke(Transport::udp) || spoke(Transport::tcp); }
  bool only(Silence silence) const {
    return std::ranges::all_of(all, [&](const Exchange* exchange) {
      const Silence* heard = silence_of(*exchange);
      return heard != nullptr && *heard == silence;
    });
  }
};

std::map<dns::Address, Dealings> dealings_of(const dns::Evidence& evidence) {
  std::map<dns::Address, Dealings> dealings;
  for (const Exchange& exchange : evidence.exchanges) dealings[exchange.ask.server].all.push_back(&exchange);
  return dealings;
}

bool is_error(dns::Rcode rcode) {
  return rcode != dns::Rcode::noerror && rcode != dns::Rcode::nxdomain && rcode != dns::Rcode::yxdomain;
}

// One server of the Chain and its address's dealings.
class ServerAudit {
 public:
  ServerAudit(Draft& draft, ServerId id, const Dealings& dealings)
      : draft_(draft),
        id_(id),
        server_(draft.chain.servers[id]),
        dealings_(dealings),
        zone_(server_.zone.value_or(0)) {}

  void run() {
    if (dealings_.only(Silence::family_unreachable) || dealings_.only(Silence::not_asked)) return;
    if (!dealings_.spoke()) return silent();
    tcp();
    for (const Exchange* exchange : dealings_.all) {
      unreadable(*exchange);
      large(*exchange);
    }
    if (server_.zone) lame();
  }

 private:
  void silent() {
    const auto first =
        std::ranges::find_if(dealings_.all, [](const Exchange* exchange) { return silence_of(*exchange); });
    if (first == dealings_.all.end()) {  // replies came, none readable: each is told below
      for (const Exchange* exchange : dealings_.all) unreadable(*exchange);
      return;
    }
    std::uint64_t tries = 0;
    std::chrono::microseconds waited{0};
    for (const Exchange* exchange : dealings_.all) {
      if (!(exchange->ask.name == (*first)->ask.name) || exchange->ask.type != (*first)->ask.type) continue;
      if (exchange->ask.manner.options != (*first)->ask.manner.options) continue;
      ++tries;
      waited += exchange->rtt;
    }
    const auto seconds = std::chrono::round<std::chrono::seconds>(waited).count();
    find(Code::server_silent, subject(),
         {{"reason", std::string(reason_of(*silence_of(**first)))},
          {"tries", tries},
          {"waited", std::int64_t{seconds}}});
  }

  void tcp() {
    std::uint64_t tries = 0;
    std::optional<Silence> why;
    bool truncated = false;
    const Exchange* cut = nullptr;
    for (const Exchange* exchange : dealings_.all) {
      if (const auto* message = exchange->message(); message != nullptr && message->tc) {
        truncated = true;
        cut = exchange;
      }
      if (exchange->ask.manner.transport != Transport::tcp) continue;
      if (const Silence* silence = silence_of(*exchange)) {
        ++tries;
        why = *silence;
      }
    }
    if (!why || dealings_.spoke(Transport::tcp) || !dealings_.spoke(Transport::udp)) return;
    const std::string reason = *why == Silence::refused ? "refused" : *why == Silence::reset ? "reset" : "silent";
    Subject by_tcp = subject();
    by_tcp.kind = SubjectKind::transport;
    by_tcp.transport = Transport::tcp;
    const auto refused = find(Code::server_tcp_refused, by_tcp, {{"reason", reason}, {"tries", tries}});
    if (!truncated) return;
    const auto lost =
        find(Code::truncated_without_tcp, by_tcp,
             {{"octets", count(std::get<dns::Reply>(cut->outcome).octets.size())}, {"type", cut->ask.type}});
    draft_.explain(refused, lost);
  }

  void unreadable(const Exchange& exchange) {
    const auto* reply = std::get_if<dns::Reply>(&exchange.outcome);
    if (reply == nullptr) return;
    std::string reason;
    if (!reply->message)
      reason = dns::to_text(reply->message.error());
    else if (exchange.message() == nullptr)
      reason = "question";
    else if (!reply->message->flaws.empty())
      reason = dns::to_text(reply->message->flaws.front());
    if (reason.empty()) return;
    find(Code::reply_unreadable, transport_subject(exchange),
         {{"reason", reason}, {"octets", count(reply->octets.size())}});
  }

  void large(const Exchange& exchange) {
    const auto* reply = std::get_if<dns::Reply>(&exchange.outcome);
    if (reply == nullptr || exchange.ask.manner.transport != Transport::udp || reply->octets.size() <= large_udp)
      return;
    find(Code::udp_answer_large, transport_subject(exchange),
         {{"octets", count(reply->octets.size())}, {"limit", count(large_udp)}});
  }

  // Questions about the zone's own apex: a server of the zone answers them with authority (RFC 1912 §2.8).
  void lame() {
    const dns::Name& zone = draft_.chain.zones[*server_.zone].name;
    std::size_t asked = 0, errors = 0, without_aa = 0;
    const Exchange* error = nullptr;
    for (const Exchange* exchange : dealings_.all) {
      const dns::Message* message = exchange->message();
      if (message == nullptr || !(exchange->ask.name == zone) || exchange->ask.type == dns::RRType::ds) continue;
      if (exchange->ask.manner.extension != dns::Manner::Extension::edns_do) {
        if (message->aa && !is_error(message->rcode)) return;  // it serves the zone, without DNSSEC: another finding
        continue;
      }
      if (is_trial(draft_.facts.evidence().target, exchange->ask)) continue;
      ++asked;
      if (is_error(message->rcode)) {
        ++errors;
        error = exchange;
      } else if (!message->aa) {
        ++without_aa;
      }
    }
    if (asked == 0) return;
    if (errors == asked) return lame_by(error->message()->rcode == dns::Rcode::refused ? "refused" : "servfail", zone);
    if (without_aa == asked) return lame_by("no-aa", zone);
    if (error != nullptr) unexpected(*error);
  }

  void lame_by(std::string_view reason, const dns::Name& zone) {
    find(Code::server_lame, subject(), {{"reason", std::string(reason)}, {"name", zone}});
  }

  void unexpected(const Exchange& exchange) {
    std::vector<Detail> details{{"rcode", std::uint64_t{dns::number(exchange.message()->rcode)}}};
    const auto errors = exchange.message()->extended_errors();
    if (!errors.empty()) {
      details.push_back({"ede", std::uint64_t{errors.front().code}});
      if (!errors.front().text.empty()) details.push_back({"text", errors.front().text});
    }
    find(Code::rcode_unexpected, subject(), std::move(details));
  }

  Subject subject() const { return server_subject(server_); }
  Subject transport_subject(const Exchange& exchange) const {
    Subject subject = server_subject(server_);
    subject.kind = SubjectKind::transport;
    subject.transport = exchange.ask.manner.transport;
    return subject;
  }
  std::size_t find(Code code, Subject subject, std::vector<Detail> details) {
    std::optional<Blame> blame;
    if (!server_.zone) blame = Blame{{}, Party::here};  // a resolver is ours to choose
    return draft_.find(code, std::move(subject), std::move(details), zone_, {id_}, blame);
  }

  Draft& draft_;
  ServerId id_;
  const Server server_;
  const Dealings& dealings_;
  ZoneId zone_;
};

// Once for each family without a route here; servers of that family are left out, not blamed.
void families(Draft& draft, const std::map<dns::Address, Dealings>& dealings) {
  std::set<dns::Address::Family> missing;
  for (const auto& [address, with] : dealings)
    if (with.only(Silence::family_unreachable)) missing.insert(address.family);
  for (const auto family : missing) {
    const std::string word = family == dns::Address::Family::ipv4 ? "ipv4" : "ipv6";
    draft.find(Code::family_unreachable_here, answer_subject(draft.chain.name, draft.chain.type), {{"family", word}}, 0,
               {}, Blame{{}, Party::here});
  }
}

void limits(Draft& draft) {
  const dns::Evidence& evidence = draft.facts.evidence();
  if (evidence.limit == dns::Evidence::Limit::none) return;
  const bool deadline = evidence.limit == dns::Evidence::Limit::deadline;
  draft.find(Code::exchanges_spent, answer_subject(draft.chain.name, draft.chain.type),
             {{"reason", std::string(deadline ? "deadline" : "count")}}, 0, {}, Blame{{}, Party::here});
}

bool is_useless(const Draft& draft, ServerId server, const std::map<dns::Address, Dealings>& dealings) {
  const auto found = dealings.find(draft.chain.servers[server].address);
  if (found == dealings.end() || !found->second.spoke()) return true;
  return std::ranges::any_of(draft.chain.findings, [&](const Finding& f) {
    return f.code == Code::server_lame && std::ranges::binary_search(f.servers, server);
  });
}

// A zone of the walk none of whose servers speaks with authority. Where not even the first zone's do, the fault is on
// our side of the network: nobody's zone is blamed for that.
void lame_zones(Draft& draft, const std::map<dns::Address, Dealings>& dealings) {
  for (ZoneId id = 0; id < draft.chain.zones.size(); ++id) {
    const Zone zone = draft.chain.zones[id];
    if (zone.servers.empty()) continue;
    if (!std::ranges::all_of(zone.servers, [&](ServerId server) { return is_useless(draft, server, dealings); }))
      continue;
    std::optional<Blame> blame;
    if (!zone.parent) blame = Blame{zone.name, Party::here};
    draft.find(Code::delegation_lame, delegation_subject(zone.name), {{"total", count(zone.servers.size())}}, id,
               zone.servers, blame);
  }
}

bool is_asked_here(const dns::Target& target, const dns::Address& server) {
  return std::ranges::find(target.servers, server, &dns::NamedServer::address) != target.servers.end();
}

// A resolver that brings no data although CD is set says nothing on validity (RFC 4035 §3.2.2).
void forwarder(Draft& draft) {
  const dns::Evidence& evidence = draft.facts.evidence();
  if (draft.chain.verdict != Security::indeterminate) return;
  for (const Exchange& exchange : evidence.exchanges) {
    if (!exchange.ask.manner.checking_disabled || !is_asked_here(evidence.target, exchange.ask.server)) continue;
    const dns::Message* message = exchange.message();
    const Silence* silence = silence_of(exchange);
    std::string reason;
    if (silence != nullptr)
      reason = "silent";
    else if (message != nullptr && message->rcode == dns::Rcode::servfail)
      reason = "servfail";
    else if (message != nullptr && message->rcode == dns::Rcode::refused)
      reason = "refused";
    else if (message != nullptr && !message->ra)
      reason = "no-recursion";
    if (reason.empty()) continue;
    const auto& settled = draft.facts.to(exchange.ask.name, exchange.ask.type);
    if (std::ranges::any_of(settled, [](const Heard& heard) { return heard.usable() && heard.message->ra; })) continue;
    std::vector<Detail> details{{"reason", reason}};
    if (message != nullptr) {
      details.push_back({"rcode", std::uint64_t{dns::number(message->rcode)}});
      const auto errors = message->extended_errors();
      if (!errors.empty()) details.push_back({"ede", std::uint64_t{errors.front().code}});
      if (!errors.empty() && !errors.front().text.empty()) details.push_back({"text", errors.front().text});
    }
    const ServerSet servers = draft.servers(std::nullopt, {exchange.ask.server});
    draft.find(Code::forwarder_fails, server_subject(draft.chain.servers[servers.front()]), std::move(details), 0,
               servers, Blame{{}, Party::here});
    return;
  }
}

}  // namespace

void transport_findings(Draft& draft) {
  const auto dealings = dealings_of(draft.facts.evidence());
  limits(draft);
  families(draft, dealings);
  const bool stub = draft.chain.mode == dns::Mode::stub;
  if (stub) forwarder(draft);
  for (ServerId id = 0; id < draft.chain.servers.size(); ++id) {
    const auto found = dealings.find(draft.chain.servers[id].address);
    if (found != dealings.end()) ServerAudit(draft, id, found->second).run();
  }
  if (!stub) lame_zones(draft, dealings);
}

}  // namespace validator
