#include <algorithm>
#include <map>
#include <set>

#include "validator/audit.h"

namespace validator {
namespace {

using dns::EdnsOption;
using dns::Exchange;
using dns::Message;
using Transport = dns::Manner::Transport;

constexpr std::size_t client_octets = 8, least_full = 16, most_full = 40;  // of a cookie (RFC 7873 §4)
constexpr std::size_t small_answer = 512;                                  // what every path carries (RFC 1035 §4.2.1)

const EdnsOption* find_option(const std::vector<EdnsOption>& options, std::uint16_t code) {
  const auto found = std::ranges::find(options, code, &EdnsOption::code);
  return found == options.end() ? nullptr : &*found;
}

const EdnsOption* sent_option(const Exchange& exchange, std::uint16_t code) {
  if (exchange.ask.manner.extension == dns::Manner::Extension::none) return nullptr;
  return find_option(exchange.ask.manner.options, code);
}

const EdnsOption* heard_option(const Exchange& exchange, std::uint16_t code) {
  const Message* message = exchange.message();
  return message != nullptr && message->edns ? find_option(message->edns->options, code) : nullptr;
}

bool timed_out(const Exchange& exchange) {
  const auto* silence = std::get_if<dns::Silence>(&exchange.outcome);
  return silence != nullptr && *silence == dns::Silence::timeout;
}

bool is_error(const Message& message) {
  return message.rcode != dns::Rcode::noerror && message.rcode != dns::Rcode::nxdomain &&
         message.rcode != dns::Rcode::badcookie;  // hands out a cookie (RFC 7873 §5.2.3), refuses nothing
}

class Trials {
 public:
  Trials(Draft& draft, ServerId id, const std::vector<const Exchange*>& exchanges)
      : draft_(draft), target_(draft.facts.evidence().target), id_(id), exchanges_(exchanges) {}

  void run() {
    options();
    cookie_octets();
    cookie_support();
    for (const Exchange* exchange : exchanges_) lost(*exchange);
  }

 private:
  // With one option it fails, without it the same question is answered (RFC 6891 §6.1.2).
  void options() {
    std::set<std::uint16_t> told;
    for (const Exchange* exchange : exchanges_) {
      if (!is_trial(target_, exchange->ask) || exchange->ask.manner.options.size() != 1) continue;
      const std::uint16_t option = exchange->ask.manner.options.front().code;
      if (!refuses(*exchange) || !answered_without(exchange->ask) || !told.insert(option).second) continue;
      std::vector<Detail> details{{"option", std::uint64_t{option}}};
      if (const Message* message = exchange->message())
        details.push_back({"rcode", std::uint64_t{dns::number(message->rcode)}});
      find(Code::edns_option_fails, std::move(details));
    }
  }

  // An error, or nothing to use, twice: one lost datagram is no refusal.
  bool refuses(const Exchange& exchange) const {
    if (const Message* message = exchange.message()) return is_error(*message);
    return exchange.ask.manner.attempt > 0 && std::ranges::none_of(exchanges_, [&](const Exchange* other) {
             return other->message() != nullptr && same_question(other->ask, exchange.ask) &&
                    other->ask.manner.options == exchange.ask.manner.options;
           });
  }

  static bool same_question(const dns::Ask& left, const dns::Ask& right) {
    return left.name == right.name && left.type == right.type && left.manner.transport == right.manner.transport &&
           left.manner.extension == right.manner.extension;
  }

  bool answered_without(const dns::Ask& ask) const {
    return std::ranges::any_of(exchanges_, [&](const Exchange* other) {
      return other->message() != nullptr && !is_error(*other->message()) && same_question(other->ask, ask) &&
             !is_trial(target_, other->ask);
    });
  }

  // RFC 7873 §5.3: such a reply is to be thrown away.
  void cookie_octets() {
    for (const Exchange* exchange : exchanges_) {
      const EdnsOption* ours = sent_option(*exchange, EdnsOption::cookie);
      const EdnsOption* theirs = heard_option(*exchange, EdnsOption::cookie);
      if (ours == nullptr || theirs == nullptr) continue;
      const std::size_t octets = theirs->data.size();
      const bool legal = octets == client_octets || (octets >= least_full && octets <= most_full);
      if (!legal)
        wrong_cookie("length", octets);
      else if (!std::equal(ours->data.begin(), ours->data.begin() + client_octets, theirs->data.begin()))
        wrong_cookie("client-part", octets);
    }
  }

  void wrong_cookie(const char* reason, std::size_t octets) {
    find(Code::cookie_wrong, {{"reason", std::string(reason)}, {"octets", count(octets)}});
  }

  // RFC 7873 §5.2: who has a cookie for one question has one for the next.
  void cookie_support() {
    bool unasked = false, with = false, without = false, full = false, half = false;
    for (const Exchange* exchange : exchanges_) {
      const EdnsOption* theirs = heard_option(*exchange, EdnsOption::cookie);
      if (sent_option(*exchange, EdnsOption::cookie) == nullptr) {
        unasked = unasked || theirs != nullptr;
      } else if (theirs != nullptr) {
        with = true;
        (theirs->data.size() >= least_full ? full : half) = true;
      } else if (const Message* message = exchange->message(); message != nullptr && message->edns) {
        without = true;
      }
    }
    if (unasked) uneven("unasked");
    if (with && without) uneven("option");
    if (full && half) uneven("server-part");
  }

  void uneven(const char* which) { find(Code::cookie_support_uneven, {{"which", std::string(which)}}); }

  // By UDP nothing came, twice, while other answers did; by TCP came more than every path carries (RFC 9715 §3.2).
  void lost(const Exchange& whole) {
    if (whole.ask.manner.transport != Transport::tcp || whole.message() == nullptr) return;
    const std::size_t octets = std::get<dns::Reply>(whole.outcome).octets.size();
    if (octets <= small_answer) return;
    std::size_t silent = 0;
    std::optional<std::uint16_t> works;
    bool speaks = false;
    for (const Exchange* exchange : exchanges_) {
      const dns::Ask& ask = exchange->ask;
      if (ask.manner.transport != Transport::udp) continue;
      speaks = speaks || exchange->message() != nullptr;
      if (!(ask.name == whole.ask.name) || ask.type != whole.ask.type) continue;
      if (ask.manner.udp_size != whole.ask.manner.udp_size)
        works = exchange->message() != nullptr ? std::optional(ask.manner.udp_size) : works;
      else if (exchange->message() != nullptr && ask.manner.extension == whole.ask.manner.extension)
        return;
      else if (timed_out(*exchange))
        ++silent;
    }
    if (silent < 2 || !speaks) return;
    std::vector<Detail> details{{"octets", count(octets)}};
    if (works) details.push_back({"works_octets", std::uint64_t{*works}});
    find(Code::large_answer_lost, std::move(details));
  }

  void find(Code code, std::vector<Detail> details) {
    const Server server = draft_.chain.servers[id_];
    draft_.find(code, server_subject(server), std::move(details), *server.zone, {id_});
  }

  Draft& draft_;
  const dns::Target& target_;
  ServerId id_;
  const std::vector<const Exchange*>& exchanges_;
};

}  // namespace

bool is_trial(const dns::Target& target, const dns::Ask& ask) {
  std::vector<std::uint16_t> usual;
  if (target.habit.nsid) usual.push_back(EdnsOption::nsid);
  if (target.habit.cookie) usual.push_back(EdnsOption::cookie);
  return ask.manner.extension != dns::Manner::Extension::none &&
         !std::ranges::equal(ask.manner.options, usual, {}, &EdnsOption::code);
}

void trial_findings(Draft& draft, ServerId server, const std::vector<const Exchange*>& exchanges) {
  Trials(draft, server, exchanges).run();
}

}  // namespace validator
