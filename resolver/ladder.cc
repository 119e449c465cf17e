#include "resolver/ladder.h"

#include <algorithm>

#include "resolver/asking.h"

namespace resolver {
namespace {

using dns::Manner;

dns::Ask by_tcp(dns::Ask ask) {
  ask.manner.transport = Manner::Transport::tcp;
  ask.manner.attempt = 0;
  return ask;
}

dns::Ask without_edns(dns::Ask ask, int attempt) {
  ask.manner.extension = Manner::Extension::none;
  ask.manner.options.clear();
  return again(std::move(ask), attempt);
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
    if (first_.manner.transport == Manner::Transport::tcp) return by_stream(*exchange);
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

  // The user wants TCP alone: there is no second way.
  Rungs by_stream(const dns::Exchange& exchange) {
    const dns::Message* message = exchange.message();
    return message != nullptr ? spoken(*message) : give_up();
  }

  Rungs spoken(const dns::Message& message) {
    if (message.tc && first_.manner.transport == Manner::Transport::udp) return tcp_then_give_up();
    if (message.rcode == dns::Rcode::badcookie) return with_their_cookie(message);
    if (!chokes_on_edns(message)) return settle(message);
    const dns::Exchange* plain = reach(without_edns(first_, 0));
    if (plain == nullptr) return rungs_;
    return settle(plain->message() != nullptr ? *plain->message() : message);
  }

  // RFC 7873 §5.3: once more, with the cookie that came along.
  Rungs with_their_cookie(const dns::Message& message) {
    const auto cookie = full_cookie(message, first_);
    if (!cookie) return settle(message);
    dns::Ask ask = first_;
    for (dns::EdnsOption& option : ask.manner.options)
      if (option.code == dns::EdnsOption::cookie) option.data = *cookie;
    const dns::Exchange* exchange = reach(ask);
    if (exchange == nullptr) return rungs_;
    return settle(exchange->message() != nullptr ? *exchange->message() : message);
  }

  Rungs tcp_then_give_up() {
    const dns::Exchange* exchange = reach(by_tcp(first_));
    if (exchange == nullptr) return rungs_;
    if (const dns::Message* message = exchange->message()) return settle(*message);
    return give_up();
  }

  // Silence: further tries by UDP, and TCP meanwhile; with the first of them a smaller buffer, should the answer be too
  // long for the way (RFC 9715 §3.2); with the last also without EDNS, which some middleboxes swallow.
  Rungs unheard() {
    const dns::Exchange* tcp = reach(by_tcp(first_));
    if (tcp != nullptr && tcp->message() != nullptr) return settle(*tcp->message());
    bool udp_open = false;
    const dns::Message* small = nullptr;
    for (int attempt = 1; attempt <= limits_.retries && !udp_open; ++attempt) {
      const dns::Exchange* next = reach(again(first_, attempt));
      if (attempt == 1) {
        const dns::Exchange* exchange = reach(with_small_buffer(first_));
        small = exchange != nullptr ? exchange->message() : nullptr;
      }
      if (small != nullptr && !small->tc && !chokes_on_edns(*small)) return settle(*small);
      if (attempt == limits_.retries && small == nullptr) {
        const dns::Exchange* plain = reach(without_edns(first_, attempt));
        if (plain != nullptr && plain->message() != nullptr) return settle(*plain->message());
      }
      if (next == nullptr)
        udp_open = true;
      else if (const dns::Message* message = next->message())
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

dns::Ask again(dns::Ask first, int attempt) {
  first.manner.attempt = static_cast<std::uint8_t>(attempt);
  return first;
}

dns::Ask with_small_buffer(dns::Ask first) {
  first.manner.udp_size = small_buffer;
  return again(std::move(first), 1);
}

Seen::Seen(const dns::Evidence& evidence, const Limits& limits) : limits_(limits) {
  std::set<dns::Address> spoke;
  const bool by_stream = evidence.target.habit.transport == Manner::Transport::tcp;
  for (const dns::Exchange& exchange : evidence.exchanges) {
    exchanges_.emplace(exchange.ask, &exchange);
    if (exchange.message() != nullptr) spoke.insert(exchange.ask.server);
    // A stream that is refused says nothing of datagrams that are still under way.
    const bool is_stream = exchange.ask.manner.transport == Manner::Transport::tcp;
    const bool is_last = is_stream ? by_stream : exchange.ask.manner.attempt >= limits.retries;
    const bool last_try = is_silent(&exchange) && is_last;
    if (last_try || is_final(&exchange)) dead_.insert(exchange.ask.server);
  }
  for (const dns::Address& server : spoke) dead_.erase(server);
}

const dns::Exchange* Seen::find(const dns::Ask& ask) const {
  const auto found = exchanges_.find(ask);
  return found == exchanges_.end() ? nullptr : found->second;
}

}  // namespace resolver
