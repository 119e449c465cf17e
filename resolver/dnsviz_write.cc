#include <fmt/format.h>

#include <map>
#include <set>

#include "dns/reply.h"
#include "dns/text.h"
#include "resolver/dnsviz.h"
#include "resolver/dnsviz_referral.h"
#include "resolver/dnsviz_words.h"
#include "resolver/json.h"

namespace resolver {
namespace {

using dns::Address;
using dns::Ask;
using dns::Exchange;
using dns::Message;
using dns::Name;
using dns::RRType;
using dns::Silence;

constexpr auto made_up_type = RRType{65280};
constexpr std::size_t most_aliases = 12, most_stubs = 500;

// The attempts of one server at one question in one manner, in order; the last one is what came of it.
using Attempts = std::vector<const Exchange*>;
// By question and manner, then by server. The attempt's number and the server in the key are the least of them.
using Queries = std::map<Ask, std::map<Address, Attempts>>;

std::string name_text(const Name& name) { return json_quote(name.lowered().print()); }

std::string probe_time(dns::Time time) {
  std::string text = dns::print_rfc3339(time);
  text[10] = ' ';
  text.pop_back();
  return text + " UTC";
}

// "1.2.3.4" as all that dnsviz knows of a server; whoever asked is not in our evidence.
std::string_view client(const Address& server) { return server.family == Address::Family::ipv4 ? "0.0.0.0" : "::"; }

std::string error_members(Silence silence, std::string_view word, std::string_view number) {
  const auto known = std::ranges::find(network_errors, silence, &NetworkError::silence);
  if (known == network_errors.end()) return fmt::format(R"("{}":"{}")", word, word_of(causes, Cause::timeout));
  return fmt::format(R"("{}":"{}","{}":"{}")", word, word_of(causes, Cause::network_error), number, known->word);
}

std::int64_t milliseconds(const Exchange& exchange) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(exchange.rtt).count();
}

std::string response_text(const Attempts& attempts) {
  std::vector<std::string> history;
  for (std::size_t i = 0; i + 1 < attempts.size(); ++i) {
    history.push_back(fmt::format(R"({{"time_elapsed":{},{},"action":"{}"}})", milliseconds(*attempts[i]),
                                  error_members(std::get<Silence>(attempts[i]->outcome), "cause", "cause_arg"),
                                  word_of(actions, Action::none)));
  }
  const Exchange& last = *attempts.back();
  const auto* reply = std::get_if<dns::Reply>(&last.outcome);
  const std::string outcome =
      reply != nullptr
          ? fmt::format(R"("message":"{}","msg_size":{})", dns::encode_base64(reply->octets), reply->octets.size())
          : fmt::format(R"("message":null,{})", error_members(std::get<Silence>(last.outcome), "error", "errno"));
  return fmt::format(R"({{{},"time_elapsed":{},"history":[{}]}})", outcome, milliseconds(last),
                     fmt::join(history, ","));
}

std::string query_text(const Ask& ask, const std::map<Address, Attempts>& servers) {
  const auto& manner = ask.manner;
  const bool with_edns = manner.extension != dns::Manner::Extension::none;
  const bool with_do = manner.extension == dns::Manner::Extension::edns_do;
  const int flags =
      (manner.recursion == dns::Manner::Recursion::desired ? flag_rd : 0) | (manner.checking_disabled ? flag_cd : 0);
  std::vector<std::string> responses;
  for (const auto& [server, attempts] : servers) {
    responses.push_back(
        fmt::format(R"("{}":{{"{}":{}}})", dns::print(server), client(server), response_text(attempts)));
  }
  return fmt::format(R"({{"qname":{},"qclass":"IN","qtype":"{}","options":{{"flags":{},"edns_version":{},)"
                     R"("edns_max_udp_payload":{},"edns_flags":{},"edns_options":[],"tcp":{}}},)"
                     "\n       \"responses\":{{{}}}}}",
                     json_quote(ask.name.print()), dns::to_text(ask.type), flags, with_edns ? 0 : -1, manner.udp_size,
                     with_do ? dns::Edns::do_flag : 0, manner.transport == dns::Manner::Transport::tcp,
                     fmt::join(responses, ",\n         "));
}

class Writer {
 public:
  explicit Writer(const Recording& recording)
      : recording_(recording),
        evidence_(recording.evidence),
        target_(recording.evidence.target),
        stub_(recording.evidence.target.mode == dns::Mode::stub) {}

  std::string run();

 private:
  struct Composed {
    Name zone;
    Exchange exchange;
  };

  void find_zones();
  void find_names();
  void compose();
  void compose_for(const Name& zone, const Exchange& exchange, const Message& referral);
  const Message* reply(const Address& server, const Name& name, RRType type) const;

  const Name* zone_above(const Name& name) const;  // the closest zone strictly above; nullptr: none
  std::vector<Address> servers_of(const Name& zone) const;
  bool asked_of_its_own(const Name& object, const Exchange& exchange) const;
  Queries queries_of(const Name& object) const;
  std::vector<std::string> query_texts(const Queries& queries) const;
  std::map<Name, std::set<std::string>> named_servers(const Name& zone) const;
  std::string object_text(const Name& name) const;
  std::set<Name> alias_targets() const;
  std::string stub_text(const Name& name) const;
  std::string meta_text() const;

  const Recording& recording_;
  const dns::Evidence& evidence_;
  const dns::Target& target_;
  bool stub_;
  std::set<Name> zones_, objects_;
  std::vector<Name> asked_;  // the question's name and where its aliases lead
  std::vector<Composed> composed_;
};

std::string Writer::run() {
  find_names();
  find_zones();
  objects_ = zones_;
  objects_.insert(asked_.begin(), asked_.end());
  if (!stub_) compose();
  std::string text = "{\n";
  for (const Name& name : objects_) text += object_text(name);
  for (const Name& name : alias_targets()) text += stub_text(name);
  return text + meta_text() + "}\n";
}

void Writer::find_names() {
  Name name = target_.name;
  while (asked_.size() < most_aliases && std::ranges::find(asked_, name) == asked_.end()) {
    asked_.push_back(name);
    for (const Exchange& exchange : evidence_.exchanges) {
      const Message* message = exchange.message();
      if (message == nullptr || exchange.ask.type != target_.type || !(exchange.ask.name == asked_.back())) continue;
      if (const auto next = dns::alias_target(*message, asked_.back(), target_.type)) name = *next;
    }
  }
}

// A walk asks every zone that it meets for its keys; a resolver is asked for those of every name, and zones speak for
// themselves in what comes back.
void Writer::find_zones() {
  zones_.insert(Name{});
  for (const Exchange& exchange : evidence_.exchanges) {
    if (exchange.ask.type != RRType::dnskey) continue;
    const Message* message = exchange.message();
    const auto apexes = stub_ && message != nullptr ? dns::claimed_apexes(*message) : std::vector<Name>{};
    if (!stub_ || std::ranges::find(apexes, exchange.ask.name) != apexes.end()) zones_.insert(exchange.ask.name);
  }
}

const Name* Writer::zone_above(const Name& name) const {
  const Name* closest = nullptr;
  for (const Name& zone : zones_)
    if (name.is_below(zone) && (closest == nullptr || zone.labels() > closest->labels())) closest = &zone;
  return closest;
}

std::vector<Address> Writer::servers_of(const Name& zone) const {
  std::set<Address> servers;
  for (const Exchange& exchange : evidence_.exchanges) {
    if (stub_ || (exchange.ask.name == zone && exchange.ask.type == RRType::dnskey))
      servers.insert(exchange.ask.server);
  }
  return {servers.begin(), servers.end()};
}

const Message* Writer::reply(const Address& server, const Name& name, RRType type) const {
  for (const Exchange& exchange : evidence_.exchanges) {
    if (exchange.ask.server != server || exchange.ask.type != type || !(exchange.ask.name == name)) continue;
    if (const Message* message = exchange.message(); message != nullptr && !message->tc) return message;
  }
  return nullptr;
}

void Writer::compose() {
  for (const Exchange& exchange : evidence_.exchanges) {
    const Message* message = exchange.message();
    if (message == nullptr || message->tc) continue;
    for (const Name& zone : zones_) {
      const Name* parent = zone_above(zone);
      if (parent == nullptr || !exchange.ask.name.is_at_or_below(zone)) continue;
      const auto servers = servers_of(*parent);
      if (std::ranges::find(servers, exchange.ask.server) == servers.end()) continue;
      if (dns::referral_child(*message, *parent, exchange.ask.name) == zone) compose_for(zone, exchange, *message);
    }
  }
}

void Writer::compose_for(const Name& zone, const Exchange& exchange, const Message& referral) {
  const Address& server = exchange.ask.server;
  const auto add = [&](RRType type, const Message& message) {
    Exchange made = exchange;
    made.ask.name = zone;
    made.ask.type = type;
    const bool known = std::ranges::any_of(composed_, [&](const Composed& other) {
      return other.exchange.ask.server == server && other.exchange.ask.type == type && other.zone == zone;
    });
    if (known || reply(server, zone, type) != nullptr) return;
    made.outcome = dns::reply_of(dns::encode(message));
    composed_.push_back({zone, std::move(made)});
  };
  add(RRType::ns, as_ns_reply(referral, zone));
  if (dns::speaks_of_ds(referral))
    add(RRType::ds, as_ds_reply(referral, zone, reply(server, *zone_above(zone), RRType::soa)));
}

// Of the servers that dnsviz would have asked: for DS the parent's, for all else the zone's own.
bool Writer::asked_of_its_own(const Name& object, const Exchange& exchange) const {
  const auto* silence = std::get_if<Silence>(&exchange.outcome);
  if (!exchange.ask.manner.options.empty()) return false;  // a trial of ours, which dnsviz has no place for
  if (exchange.origin != Exchange::Origin::heard || (silence != nullptr && *silence == Silence::not_asked))
    return false;
  if (stub_) return true;
  const auto asked = [&](const Name& zone) {
    const auto servers = servers_of(zone);
    return std::ranges::find(servers, exchange.ask.server) != servers.end();
  };
  const Name* above = zone_above(object);
  const bool at_parent = exchange.ask.type == RRType::ds || exchange.ask.type == RRType::ns || !zones_.contains(object);
  return (at_parent && above != nullptr && asked(*above)) || (exchange.ask.type != RRType::ds && asked(object));
}

Queries Writer::queries_of(const Name& object) const {
  const auto made_up = target_.made_up.empty() ? std::nullopt : object.prepend(target_.made_up);
  Queries queries;
  const auto add = [&](const Exchange& exchange) {
    // Two replies in one manner are two queries; silence before one is its history.
    for (std::uint8_t round = 0; round < 0xff; ++round) {
      Ask key{{}, exchange.ask.name, exchange.ask.type, exchange.ask.manner};
      key.manner.attempt = round;
      Attempts& attempts = queries[key][exchange.ask.server];
      if (!attempts.empty() && std::holds_alternative<dns::Reply>(attempts.back()->outcome)) {
        // The same question in other letter case is a trial of ours; for dnsviz it is the same query twice.
        if (attempts.back()->ask.name.print() != exchange.ask.name.print()) return;
        continue;
      }
      attempts.push_back(&exchange);
      return;
    }
  };
  for (const Exchange& exchange : evidence_.exchanges) {
    const bool denied = made_up && zones_.contains(object) && exchange.ask.name == *made_up;
    if ((exchange.ask.name == object || denied) && asked_of_its_own(object, exchange)) add(exchange);
  }
  for (const Composed& composed : composed_)
    if (composed.zone == object) add(composed.exchange);
  return queries;
}

std::vector<std::string> Writer::query_texts(const Queries& queries) const {
  std::vector<std::string> texts;
  for (const auto& [ask, servers] : queries) texts.push_back(query_text(ask, servers));
  return texts;
}

// Every server asked needs a name there: the one that its NS set or the hints give it, or else one made of the zone's.
std::map<Name, std::set<std::string>> Writer::named_servers(const Name& zone) const {
  std::map<Name, std::set<std::string>> named;
  const auto servers = servers_of(zone);
  const auto add = [&](const Name& ns, const Address& address) {
    const auto known = std::ranges::find_if(servers, [&](const Address& server) {
      return server.family == address.family && server.octets == address.octets;
    });
    if (known != servers.end()) named[ns.lowered()].insert(dns::print(address));
  };
  for (const dns::NamedServer& server : target_.servers)
    if (stub_ || zone.is_root()) add(server.name, server.address);
  std::set<Name> names;
  for (const Exchange& exchange : evidence_.exchanges)
    if (const Message* message = exchange.message())
      for (const Name& ns : dns::name_servers(*message, zone)) names.insert(ns);
  for (const Exchange& exchange : evidence_.exchanges) {
    const Message* message = exchange.message();
    for (const Name& ns : names)
      if (message != nullptr && !stub_)
        for (const Address& address : dns::addresses_of(*message, ns, target_.port)) add(ns, address);
  }
  const Name nameless = zone.prepend("ns").value_or(zone);
  for (const Address& server : servers) {
    const auto text = dns::print(server);
    if (std::ranges::none_of(named, [&](const auto& entry) { return entry.second.contains(text); }))
      named[nameless].insert(text);
  }
  return named;
}

std::string Writer::object_text(const Name& name) const {
  const bool is_zone = zones_.contains(name);
  const Name* above = zone_above(name);
  std::string text =
      fmt::format("  {}:{{\"type\":\"{}\",\"stub\":false,\"analysis_start\":\"{}\",\"analysis_end\":\"{}\",\n",
                  name_text(name), word_of(analyses, stub_ ? Analysis::recursive : Analysis::authoritative),
                  probe_time(evidence_.started), probe_time(evidence_.started));
  text += "    \"clients_ipv4\":[],\"clients_ipv6\":[],";
  if (above != nullptr) text += fmt::format("\"parent\":{},", name_text(*above));
  text += fmt::format("\"explicit_delegation\":{},\n", stub_ || name.is_root());
  if (const auto made_up = name.prepend(target_.made_up); is_zone && !target_.made_up.empty() && made_up) {
    text += fmt::format(
        "    \"nxdomain_name\":{},\"nxdomain_rdtype\":\"A\",\"nxrrset_name\":{},\"nxrrset_rdtype\":\"{}\",\n",
        name_text(*made_up), name_text(name), dns::to_text(made_up_type));
  }
  if (is_zone) {
    std::vector<std::string> servers;
    for (const auto& [ns, addresses] : named_servers(name)) {
      std::vector<std::string> quoted;
      for (const auto& address : addresses) quoted.push_back(json_quote(address));
      servers.push_back(fmt::format("{}:[{}]", name_text(ns), fmt::join(quoted, ",")));
    }
    text += fmt::format("    \"auth_ns_ip_mapping\":{{{}}},\n", fmt::join(servers, ","));
  }
  return text + fmt::format("    \"queries\":[\n      {}]}},\n", fmt::join(query_texts(queries_of(name)), ",\n      "));
}

// Where an alias leads, grok looks for an object, and dies if there is none; nothing was asked where we did not follow.
std::set<Name> Writer::alias_targets() const {
  std::set<Name> targets;
  for (const Exchange& exchange : evidence_.exchanges) {
    const Message* message = exchange.message();
    if (message == nullptr) continue;
    for (const dns::Record& record : message->answer) {
      if (record.type != RRType::cname || record.form == dns::Record::Form::bad) continue;
      const auto target = dns::alias_target(*message, record.owner, exchange.ask.type);
      if (target && !objects_.contains(*target) && targets.size() < most_stubs) targets.insert(*target);
    }
  }
  return targets;
}

std::string Writer::stub_text(const Name& name) const {
  const Name* above = zone_above(name);
  return fmt::format(
      "  {}:{{\"type\":\"{}\",\"stub\":true,\"analysis_start\":\"{}\",\"analysis_end\":\"{}\",\"parent\":{}}},\n",
      name_text(name), word_of(analyses, stub_ ? Analysis::recursive : Analysis::authoritative),
      probe_time(evidence_.started), probe_time(evidence_.started), name_text(above != nullptr ? *above : Name{}));
}

std::string Writer::meta_text() const {
  std::vector<std::string> anchors;
  for (const auto& anchor : recording_.anchors) anchors.push_back(json_quote(anchor));
  return fmt::format(
      "  \"{}\":{{\"version\":1.2,\"names\":[{}],\n"
      "    \"{}\":{{\"tool_version\":{},\"type\":\"{}\",\"effort\":\"{}\",\"port\":{},\"made_up\":{},\n"
      "      \"anchors_source\":{},\"anchors\":[{}]}}}}\n",
      dnsviz_meta, json_quote(target_.name.print()), dnsviz_ours, json_quote(recording_.tool_version),
      dns::to_text(target_.type), word_of(efforts, target_.effort), target_.port, json_quote(target_.made_up),
      json_quote(recording_.anchors_source), fmt::join(anchors, ","));
}

}  // namespace

std::string write_dnsviz(const Recording& recording) { return Writer(recording).run(); }

}  // namespace resolver
