#include "resolver/ladder.h"

#include <algorithm>

namespace resolver {
namespace {

using dns::Manner;

dns::Ask with_attempt(dns::Ask ask, int attempt) {
  ask.manner.attempt = static_cast<std::uint8_t>(attempt);
  return ask;
}

dns::Ask by_tcp(dns::Ask ask) {
  ask.manner.transport = Manner::Transport::tcp;
  ask.manner.attempt = 0;
  return ask;
}

dns::Ask without_edns(dns::Ask ask, int attempt) {
  ask.manner.extension = Manner::Extension::none;
  return with_attempt(std::move(ask), attempt);
}

bool is_silent(const dns::Exchange* exchange) {
  return exchange != nullptr && std::holds_alternative<dns::Silence>(exchange->outcome);
}

bool is_unreadable(const dns::Exchange* exchange) {
  return exchange != nullptr && std::holds_alternative<dns::Reply>(exchange->outcome) && exchange->message() == nullptr;
}

bool is_final(const dns::Exchange* exchange) {
  // No route of that family, or forbidden: asking again changes nothing.
  const auto* silence = exchange == nullptr ? nullptr : std::get_if<dns::Silence>(&exchange->outcome);
  return silence != nullptr && (*silence == dns::Silence::family_unreachable || *silence == dns::Silence::not_asked);
}

// RFC 6891 §7: a server that cannot take OPT says FORMERR or NOTIMP.
bool chokes_on_edns(const dns::Message& message) {
  return message.rcode == dns::Rcode::formerr || message.rcode == dns::Rcode::notimp ||
         message.rcode == dns::Rcode::badvers;
}

class Climb {
 public:
  Climb(const dns::Ask& first, const Seen& seen) : first_(first), seen_(seen), limits_(seen.limits()) {}

  Rungs run() {
    const dns::Exchange* exchange = reach(first_);
    if (exchange == nullptr) return seen_.is_dead(first_.server) ? drop() : rungs_;
    if (is_final(exchange)) return give_up();
    if (const dns::Message* message = exchange->message()) return spoken(*message);
    if (is_unreadable(exchange)) return tcp_then_give_up();
    rungs_.slow = true;
    return unheard();
  }

 private:
  // The exchange for an ask, or nullptr and the ask is open.
  const dns::Exchange* reach(const dns::Ask& ask) {
    const dns::Exchange* exchange = seen_.find(ask);
    if (exchange == nullptr) rungs_.open.push_back(ask);
    return exchange;
  }

  Rungs drop() {
    rungs_.open.clear();
    rungs_.given_up = true;
    return rungs_;
  }

  Rungs give_up() {
    rungs_.given_up = rungs_.open.empty() && rungs_.message == nullptr;
    return rungs_;
  }

  Rungs settle(const dns::Message& message) {
    rungs_.message = &message;
    rungs_.open.clear();
    return rungs_;
  }

  Rungs spoken(const dns::Message& message) {
    if (message.tc) return tcp_then_give_up();
    if (!chokes_on_edns(message)) return settle(message);
    const dns::Exchange* plain = reach(without_edns(first_, 0));
    if (plain == nullptr) return rungs_;
    return settle(plain->message() != nullptr ? *plain->message() : message);
  }

  Rungs tcp_then_give_up() {
    const dns::Exchange* exchange = reach(by_tcp(first_));
    if (exchange == nullptr) return rungs_;
    if (const dns::Message* message = exchange->message()) return settle(*message);
    return give_up();
  }

  // Silence: further tries by UDP, and TCP meanwhile; at the last try also without EDNS, which some middleboxes
  // swallow.
  Rungs unheard() {
    const dns::Exchange* tcp = reach(by_tcp(first_));
    if (tcp != nullptr && tcp->message() != nullptr) return settle(*tcp->message());
    bool udp_open = false;
    for (int attempt = 1; attempt <= limits_.retries && !udp_open; ++attempt) {
      const dns::Exchange* again = reach(with_attempt(first_, attempt));
      if (attempt == limits_.retries) {
        const dns::Exchange* plain = reach(without_edns(first_, attempt));
        if (plain != nullptr && plain->message() != nullptr) return settle(*plain->message());
      }
      if (again == nullptr)
        udp_open = true;
      else if (const dns::Message* message = again->message())
        return spoken(*message);
    }
    return give_up();
  }

  const dns::Ask& first_;
  const Seen& seen_;
  const Limits& limits_;
  Rungs rungs_;
};

}  // namespace

Rungs climb(const dns::Ask& first, const Seen& seen) { return Climb(first, seen).run(); }

Seen::Seen(const dns::Evidence& evidence, const Limits& limits) : limits_(limits) {
  std::set<dns::Address> spoke;
  for (const dns::Exchange& exchange : evidence.exchanges) {
    exchanges_.emplace(exchange.ask, &exchange);
    if (exchange.message() != nullptr) spoke.insert(exchange.ask.server);
    const bool last_try = is_silent(&exchange) && exchange.ask.manner.attempt >= limits.retries;
    if (last_try || is_final(&exchange)) dead_.insert(exchange.ask.server);
  }
  for (const dns::Address& server : spoke) dead_.erase(server);
}

const dns::Exchange* Seen::find(const dns::Ask& ask) const {
  const auto found = exchanges_.find(ask);
  return found == exchanges_.end() ? nullptr : found->second;
}

}  // namespace resolver
