#include <algorithm>
#include <map>
#include <set>

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

// True if the message sends its reader to a zone below `zone` (RFC 1034 §4.3.2 step 3b), whatever its AA bit.
bool refers_below(const Message& message, const dns::Name& zone, const dns::Name& name) {
  if (!message.answer.empty() || has_soa(message) || message.rcode != dns::Rcode::noerror) return false;
  return std::ranges::any_of(message.authority, [&](const dns::Record& record) {
    return record.type == RRType::ns && record.owner.is_below(zone) && name.is_at_or_below(record.owner);
  });
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
  const dns::Name& zone() const { return draft_.chain.zones[*server_.zone].name; }

  // AA clear on data of a server that has it elsewhere, or set on a referral (RFC 1035 §4.1.1).
  void authority() {
    const Exchange *missing = nullptr, *surplus = nullptr;
    bool authoritative = false;
    for (const Exchange* exchange : exchanges_) {
      const Message* message = exchange->message();
      if (message == nullptr || !dns::is_clear(*message) || exchange->ask.type == RRType::ds) continue;
      if (refers_below(*message, zone(), exchange->ask.name)) {
        if (message->aa) surplus = exchange;
      } else if (message->aa) {
        authoritative = true;
      } else if (!message->answer.empty() || has_soa(*message)) {
        missing = exchange;
      }
    }
    if (missing != nullptr && authoritative) wrong_aa("missing", *missing);
    if (surplus != nullptr) wrong_aa("on-referral", *surplus);
  }

  void wrong_aa(const char* which, const Exchange& exchange) {
    find(Code::aa_flag_wrong, {{"which", std::string(which)}, {"type", exchange.ask.type}});
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
      irregular("flags", {"flags", std::uint64_t{message.edns->flags}});
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

// The server of the deepest zone of the walk at or above the question that this address was asked as. The DS of a name
// is the zone's above it.
std::optional<ServerId> addressee(const Draft& draft, const dns::Ask& ask) {
  std::optional<ServerId> best;
  for (ServerId id = 0; id < draft.chain.servers.size(); ++id) {
    const Server& server = draft.chain.servers[id];
    if (!server.zone || !(server.address == ask.server)) continue;
    const dns::Name& zone = draft.chain.zones[*server.zone].name;
    if (!ask.name.is_at_or_below(zone) || (ask.type == RRType::ds && ask.name == zone && !zone.is_root())) continue;
    if (!best || zone.labels() > draft.chain.zones[*draft.chain.servers[*best].zone].name.labels()) best = id;
  }
  return best;
}

}  // namespace

void reply_findings(Draft& draft) {
  if (draft.chain.mode != dns::Mode::walk) return;  // a resolver's AA and EDNS are its own affair
  std::map<ServerId, std::vector<const Exchange*>> by_server;
  for (const Exchange& exchange : draft.facts.evidence().exchanges)
    if (const auto id = addressee(draft, exchange.ask)) by_server[*id].push_back(&exchange);
  for (const auto& [id, exchanges] : by_server) ServerReplies(draft, id, exchanges).run();
}

}  // namespace validator
