#include <algorithm>
#include <map>
#include <set>

#include "dns/reply.h"
#include "validator/audit.h"

namespace validator {
namespace {

using dns::Exchange;
using dns::Message;
using dns::RRType;
using Extension = dns::Manner::Extension;

constexpr std::size_t plain_edns_flags = dns::Edns::do_flag;  // all others are undefined (RFC 6891 §6.1.4)

// Transaction records carry class ANY by rule (RFC 8945 §4.2, RFC 2931 §3).
bool is_transactional(RRType type) { return type == RRType{250} || type == RRType{24}; }

bool has_signatures(const Message& message) {
  const auto is_signature = [](const dns::Record& record) { return record.type == RRType::rrsig; };
  return std::ranges::any_of(message.answer, is_signature) || std::ranges::any_of(message.authority, is_signature);
}

bool has_soa(const Message& message) {
  return std::ranges::any_of(message.authority, [](const dns::Record& record) { return record.type == RRType::soa; });
}

// The zone that the message sends its reader to (RFC 1034 §4.3.2 step 3b), whatever its AA bit.
std::optional<dns::Name> referred_to(const Message& message, const dns::Name& name) {
  if (!message.answer.empty() || has_soa(message) || message.rcode != dns::Rcode::noerror) return std::nullopt;
  for (const dns::Record& record : message.authority)
    if (record.type == RRType::ns && name.is_at_or_below(record.owner)) return record.owner;
  return std::nullopt;
}

// What one server sent when it was asked about its zone.
class ServerReplies {
 public:
  ServerReplies(Draft& draft, ServerId id, const std::vector<const Exchange*>& exchanges)
      : draft_(draft), server_(draft.chain.servers[id]), id_(id), exchanges_(exchanges) {}

  void run() {
    authority();
    downgrade();
    for (const Exchange* exchange : exchanges_) {
      if (exchange->message() == nullptr) continue;
      letter_case(*exchange);
      classes(*exchange->message());
      edns(*exchange);
      needs_tcp(*exchange);
    }
  }

 private:
  // AA clear on data of a server that has it elsewhere (RFC 1035 §4.1.1).
  void authority() {
    const Exchange* missing = nullptr;
    bool authoritative = false;
    for (const Exchange* exchange : exchanges_) {
      const Message* message = exchange->message();
      if (message == nullptr || !dns::is_clear(*message)) continue;
      if (message->aa)
        authoritative = true;
      else if (!message->answer.empty() || has_soa(*message))
        missing = exchange;
    }
    if (missing != nullptr && authoritative)
      find(Code::aa_flag_wrong, {{"which", std::string("missing")}, {"type", missing->ask.type}});
  }

  // Nothing with DNSSEC comes, and without it the server does answer (RFC 4035 §3).
  void downgrade() {
    const Exchange *failed = nullptr, *plain = nullptr;
    for (const Exchange* exchange : exchanges_) {
      const Message* message = exchange->message();
      const bool good = message != nullptr && dns::is_clear(*message);
      if (exchange->ask.manner.extension != Extension::edns_do) {
        if (good) plain = exchange;
      } else if (good && (message->edns || has_signatures(*message))) {
        return;
      } else {
        failed = exchange;
      }
    }
    if (failed == nullptr) return;
    const Message* reply = failed->message();
    const bool ignored = reply != nullptr && dns::is_clear(*reply);
    if (!ignored && plain == nullptr) return;
    // A zone that is not signed has nothing to lose by it.
    const auto security = draft_.chain.zones[*server_.zone].security;
    if (ignored && security != Security::secure && security != Security::bogus) return;
    const bool any_edns = !ignored && plain->ask.manner.extension == Extension::edns_plain;
    std::vector<Detail> details{{"which", std::string(any_edns ? "do" : "edns")}, {"reason", why(*failed, ignored)}};
    if (!ignored && reply != nullptr) details.push_back({"rcode", std::uint64_t{dns::number(reply->rcode)}});
    find(Code::server_loses_dnssec, std::move(details));
  }

  static std::string why(const Exchange& failed, bool ignored) {
    if (ignored) return "ignored";
    if (failed.message() != nullptr) return "rcode";
    return std::holds_alternative<dns::Reply>(failed.outcome) ? "unreadable" : "silent";
  }

  void letter_case(const Exchange& exchange) {
    const auto& questions = exchange.message()->questions;
    if (questions.empty() || questions.front().name.same_octets(exchange.ask.name)) return;
    find(Code::query_case_not_echoed, {});
  }

  void classes(const Message& message) {
    const auto look = [&](const std::vector<dns::Record>& section, const char* word) {
      const bool foreign = std::ranges::any_of(section, [](const dns::Record& record) {
        return record.rrclass != dns::RRClass::in && !is_transactional(record.type);
      });
      if (foreign) find(Code::foreign_class_data, {{"section", std::string(word)}});
    };
    look(message.answer, "answer");
    look(message.authority, "authority");
    look(message.additional, "additional");
  }

  // RFC 6891 §6.1.
  void edns(const Exchange& exchange) {
    const Message& message = *exchange.message();
    if (!message.edns) {
      if (exchange.ask.manner.extension == Extension::edns_do && has_signatures(message)) irregular("opt-missing");
      return;
    }
    if (exchange.ask.manner.extension == Extension::none) irregular("opt-unasked");
    if (message.edns->version != 0) irregular("version");
    if ((message.edns->flags & ~plain_edns_flags) != 0)
      irregular("flags", Detail{"flags", std::uint64_t{message.edns->flags}});
  }

  void irregular(const char* which, std::optional<Detail> more = std::nullopt) {
    std::vector<Detail> details{{"which", std::string(which)}};
    if (more) details.push_back(*more);
    find(Code::edns_irregular, std::move(details));
  }

  // Cut short by UDP, whole by TCP: whoever validates needs TCP for it (RFC 7766 §5).
  void needs_tcp(const Exchange& whole) {
    if (whole.ask.manner.transport != dns::Manner::Transport::tcp) return;
    const auto* reply = std::get_if<dns::Reply>(&whole.outcome);
    const bool cut = std::ranges::any_of(exchanges_, [&](const Exchange* exchange) {
      return exchange->ask.name == whole.ask.name && exchange->ask.type == whole.ask.type &&
             exchange->message() != nullptr && exchange->message()->tc;
    });
    if (cut) find(Code::answer_needs_tcp, {{"type", whole.ask.type}, {"octets", count(reply->octets.size())}});
  }

  void find(Code code, std::vector<Detail> details) {
    draft_.find(code, server_subject(server_), std::move(details), *server_.zone, {id_});
  }

  Draft& draft_;
  const Server server_;
  ServerId id_;
  const std::vector<const Exchange*>& exchanges_;
};

// The server of the deepest zone of the walk for which `fits` holds that this address was asked as.
template <typename Fits>
std::optional<ServerId> server_for(const Draft& draft, const dns::Address& address, const Fits& fits) {
  std::optional<ServerId> best;
  for (ServerId id = 0; id < draft.chain.servers.size(); ++id) {
    const Server& server = draft.chain.servers[id];
    if (!server.zone || !(server.address == address)) continue;
    const dns::Name& zone = draft.chain.zones[*server.zone].name;
    if (!fits(zone)) continue;
    if (!best || zone.labels() > draft.chain.zones[*draft.chain.servers[*best].zone].name.labels()) best = id;
  }
  return best;
}

// The DS of a name is the zone's above it.
std::optional<ServerId> addressee(const Draft& draft, const dns::Ask& ask) {
  return server_for(draft, ask.server, [&](const dns::Name& zone) {
    return ask.type == RRType::ds && !zone.is_root() ? ask.name.is_below(zone) : ask.name.is_at_or_below(zone);
  });
}

// AA set on a referral, by a server that does not hold the zone it refers to (RFC 1035 §4.1.1). Such a server looks
// like one of that zone's, so what it serves is told by what it answers.
void authoritative_referrals(Draft& draft) {
  const auto& exchanges = draft.facts.evidence().exchanges;
  for (const Exchange& exchange : exchanges) {
    const Message* message = exchange.message();
    if (message == nullptr || !message->aa) continue;
    const auto child = referred_to(*message, exchange.ask.name);
    if (!child || child->is_root()) continue;
    const bool holds_it = std::ranges::any_of(exchanges, [&](const Exchange& other) {
      return other.ask.server == exchange.ask.server && other.ask.name == *child && other.message() != nullptr &&
             other.message()->aa && !other.message()->answer.empty() && other.ask.type != RRType::ds;
    });
    const auto id =
        server_for(draft, exchange.ask.server, [&](const dns::Name& zone) { return child->is_below(zone); });
    if (holds_it || !id) continue;
    const Server server = draft.chain.servers[*id];
    draft.find(Code::aa_flag_wrong, server_subject(server),
               {{"which", std::string("on-referral")}, {"type", exchange.ask.type}}, *server.zone, {*id});
  }
}

}  // namespace

void reply_findings(Draft& draft) {
  if (draft.chain.mode != dns::Mode::walk) return;  // a resolver's AA and EDNS are its own affair
  std::map<ServerId, std::vector<const Exchange*>> by_server;
  for (const Exchange& exchange : draft.facts.evidence().exchanges)
    if (const auto id = addressee(draft, exchange.ask)) by_server[*id].push_back(&exchange);
  for (const auto& [id, exchanges] : by_server) {
    ServerReplies(draft, id, exchanges).run();
    trial_findings(draft, id, exchanges);
  }
  authoritative_referrals(draft);
}

}  // namespace validator
