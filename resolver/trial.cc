#include "resolver/trial.h"

#include <algorithm>

#include "resolver/asking.h"

namespace resolver {
namespace {

using dns::EdnsOption;
using dns::Manner;

constexpr std::uint16_t unknown_option = 100;  // assigned to nothing; RFC 8906 §8.2.6 tries with it
constexpr int tries = 2;                       // of one trial: what is lost once is no refusal

class Trials {
 public:
  Trials(const dns::Target& target, const dns::Address& server, const dns::Name& zone, const Seen& seen)
      : target_(target), server_(server), zone_(zone), seen_(seen) {}

  std::vector<dns::Ask> run() {
    const EdnsOption nsid{EdnsOption::nsid, {}}, cookie{EdnsOption::cookie, client_cookie(target_, server_)};
    dns::Ask modern = with({nsid, cookie});
    modern.name = in_mixed_case(target_, server_, zone_);
    const State whole = put(modern);
    put(with({{unknown_option, {}}}));
    if (whole == State::failed) {  // which of them was it?
      put(with({nsid}));
      give_back(with({cookie}), put(with({cookie})));
    } else {
      give_back(modern, whole);
    }
    return std::move(asks_);
  }

 private:
  enum class State : std::uint8_t { open, good, failed };

  dns::Ask with(std::vector<EdnsOption> options) const {
    dns::Ask ask = ask_to(target_, server_, zone_, dns::RRType::soa);
    ask.manner.options = std::move(options);
    return ask;
  }

  State put(dns::Ask ask) {
    for (int attempt = 0; attempt < tries; ++attempt) {
      ask.manner.attempt = static_cast<std::uint8_t>(attempt);
      const dns::Exchange* exchange = seen_.find(ask);
      if (exchange == nullptr) {
        // Whether it is the trial that gets no answer, only a server that does speak can tell.
        if (attempt == 0 ? seen_.is_dead(server_) : !speaks()) return State::open;
        asks_.push_back(std::move(ask));
        return State::open;
      }
      if (const dns::Message* message = exchange->message()) return is_error(*message) ? State::failed : State::good;
    }
    return State::failed;
  }

  // RFC 7873 §5.2.3: BADCOOKIE hands out a cookie; it refuses nothing.
  static bool is_error(const dns::Message& message) {
    return message.rcode != dns::Rcode::noerror && message.rcode != dns::Rcode::badcookie;
  }

  bool speaks() const {
    const dns::Exchange* plain = seen_.find(ask_to(target_, server_, zone_, dns::RRType::soa));
    return plain != nullptr && plain->message() != nullptr;
  }

  // The server's own cookie is sent back once: is it taken (RFC 7873 §5.2.5)?
  void give_back(const dns::Ask& ask, State state) {
    const dns::Exchange* exchange = state == State::good ? heard(ask) : nullptr;
    if (exchange == nullptr) return;
    if (const auto cookie = full_cookie(*exchange->message(), ask)) put(with({{EdnsOption::cookie, *cookie}}));
  }

  const dns::Exchange* heard(dns::Ask ask) const {
    for (int attempt = 0; attempt < tries; ++attempt) {
      ask.manner.attempt = static_cast<std::uint8_t>(attempt);
      const dns::Exchange* exchange = seen_.find(ask);
      if (exchange != nullptr && exchange->message() != nullptr) return exchange;
    }
    return nullptr;
  }

  const dns::Target& target_;
  const dns::Address& server_;
  const dns::Name& zone_;
  const Seen& seen_;
  std::vector<dns::Ask> asks_;
};

bool timed_out(const dns::Exchange* exchange) {
  const auto* silence = exchange == nullptr ? nullptr : std::get_if<dns::Silence>(&exchange->outcome);
  return silence != nullptr && *silence == dns::Silence::timeout;
}

}  // namespace

std::vector<dns::Ask> option_trials(const dns::Target& target, const dns::Address& server, const dns::Name& zone,
                                    const Seen& seen) {
  if (target.chance.empty()) return {};
  return Trials(target, server, zone, seen).run();
}

std::vector<dns::Ask> size_trials(const dns::Ask& first, const Seen& seen) {
  if (first.manner.transport != Manner::Transport::udp || seen.limits().retries < 1) return {};
  dns::Ask tcp = first;
  tcp.manner.transport = Manner::Transport::tcp;
  const dns::Exchange* whole = seen.find(tcp);
  const auto* reply = whole == nullptr ? nullptr : std::get_if<dns::Reply>(&whole->outcome);
  if (!timed_out(seen.find(first)) || reply == nullptr || reply->octets.size() <= small_buffer) return {};
  std::vector<dns::Ask> asks{again(first, 1), with_small_buffer(first)};
  std::erase_if(asks, [&](const dns::Ask& ask) { return seen.find(ask) != nullptr; });
  return asks;
}

}  // namespace resolver
