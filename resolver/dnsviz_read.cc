#include <fmt/format.h>

#include <map>
#include <ranges>
#include <span>

#include "dns/text.h"
#include "resolver/dnsviz.h"
#include "resolver/dnsviz_words.h"
#include "resolver/json_object.h"

namespace resolver {
namespace {

using dns::Ask;
using dns::Exchange;
using dns::Manner;
using dns::Silence;

constexpr std::size_t most_exchanges = 100'000, most_names = 1'000, most_questions = 1'000, most_retries = 100;

// What one name's object says besides its queries.
struct Probed {
  Analysis analysis = Analysis::authoritative;
  std::vector<dns::NamedServer> servers;  // of the zone, by the names its NS set gives them
  std::vector<dns::RRType> types;         // asked at the name itself, in order
  std::string made_up;                    // first label of the name that was made up in this zone
};

// "2026-11-24 17:05:12 UTC", also with a fraction of a second.
std::optional<dns::Time> parse_probe_time(std::string_view text) {
  if (text.size() < 19 || text[10] != ' ' || !text.ends_with(" UTC")) return std::nullopt;
  std::string clean(text.substr(0, 19));
  clean[10] = 'T';
  const auto time = dns::parse_time(clean + "Z");
  if (!time || *time < dns::Time{}) return std::nullopt;
  return time;
}

Silence silence_of(const Json* error) {
  const auto found = std::ranges::find_if(network_errors, [&](const NetworkError& known) {
    return error != nullptr &&
           (error->kind == Json::Kind::number ? error->number == static_cast<std::uint64_t>(known.number)
                                              : error->text == known.word);
  });
  return found == network_errors.end() ? Silence::host_unreachable : found->silence;
}

std::uint64_t number_or(const JsonObject& object, std::string_view key, std::uint64_t most, std::uint64_t otherwise) {
  return object.has(key) ? object.number(key, most) : otherwise;
}

// In 1.0 seconds with a fraction stood there under another name.
std::chrono::microseconds time_of(const JsonObject& object) {
  return std::chrono::milliseconds(number_or(object, "time_elapsed", 86'400'000, 0));
}

class Reader {
 public:
  std::string take(const Json& member);  // Returns: what is wrong with it, or ""
  std::expected<Recording, std::string> finish();

 private:
  void read_meta(const JsonObject& meta);
  void read_ours(const JsonObject& ours);
  void read_name(const dns::Name& name, const JsonObject& object);
  void read_servers(Probed& probed, const Json& mapping, const JsonObject& object);
  void read_queries(const dns::Name& name, Probed& probed, const JsonObject& object);
  void read_query(const dns::Name& name, Probed& probed, const JsonObject& query);
  void read_response(Ask ask, const JsonObject& response);
  void add_failure(Ask& ask, const JsonObject& retry);
  void add(Ask ask, dns::Outcome outcome, std::chrono::microseconds rtt);

  std::vector<dns::RRType> types_to_judge(const Probed& probed) const;
  dns::Target target_of(const dns::Name& name, dns::RRType type) const;

  Recording recording_;
  std::map<dns::Name, Probed> names_;
  std::map<Ask, std::size_t> asks_;  // and where in the evidence
  std::vector<dns::Name> asked_for_;
  std::optional<dns::RRType> type_;
  std::optional<dns::Effort> effort_;
  std::uint16_t port_ = 53;
  std::string made_up_;
  bool versioned_ = false;
};

std::string Reader::take(const Json& member) {
  std::string fault;
  const JsonObject object(&member, shortened(member.key), fault);
  if (member.key == dnsviz_meta) {
    read_meta(object);
    return fault;
  }
  const auto name = dns::Name::parse(member.key);
  if (!name) object.fail("is not a domain name");
  if (names_.size() >= most_names) object.fail(fmt::format("is one name more than {}", most_names));
  if (fault.empty()) read_name(*name, object);
  return fault;
}

void Reader::read_meta(const JsonObject& meta) {
  // A fraction, which 1.0 is too, or its text.
  static constexpr std::array<std::string_view, 4> known{"1", "1.0", "1.1", "1.2"};
  if (std::ranges::find(known, meta.raw("version")) == known.end()) meta.fail("has no version between 1.0 and 1.2");
  versioned_ = true;
  for (const std::string& text : meta.texts("names")) {
    const auto name = dns::Name::parse(text);
    if (!name) meta.fail("has a name that is not a domain name: " + shortened(text));
    if (name) asked_for_.push_back(*name);
  }
  if (asked_for_.empty() || asked_for_.size() > most_names) meta.fail("needs names, at most 1000");
  const Json* ours = meta.has(dnsviz_ours) ? meta.find(dnsviz_ours, Json::Kind::object, "an object") : nullptr;
  if (ours != nullptr) read_ours(JsonObject(ours, "what trustwalk wrote in it", meta.fault()));
}

void Reader::read_ours(const JsonObject& ours) {
  type_ = ours.parsed("type", "a record type", dns::parse_rrtype);
  effort_ = ours.word("effort", efforts);
  port_ = static_cast<std::uint16_t>(ours.number("port", 0xffff));
  made_up_ = ours.text("made_up");
  recording_.tool_version = ours.text("tool_version");
  recording_.anchors_source = ours.text("anchors_source");
  recording_.anchors = ours.texts("anchors");
}

void Reader::read_name(const dns::Name& name, const JsonObject& object) {
  Probed probed;
  probed.analysis = object.word("type", analyses);
  const auto end = object.parsed("analysis_end", "a time", parse_probe_time);
  recording_.evidence.started = std::max(recording_.evidence.started, end);
  if (const Json* mapping = object.has("auth_ns_ip_mapping")
                                ? object.find("auth_ns_ip_mapping", Json::Kind::object, "an object")
                                : nullptr)
    read_servers(probed, *mapping, object);
  if (object.has("nxdomain_name")) {
    const auto made_up = object.parsed("nxdomain_name", "a domain name", dns::Name::parse);
    if (!made_up.is_root()) probed.made_up = dns::print_label(made_up.label(0));
  }
  if (!object.flag("stub")) {
    read_queries(name, probed, object);
  }
  names_.insert_or_assign(name, std::move(probed));
}

// {"ns1.example.": ["192.0.2.1"]}
void Reader::read_servers(Probed& probed, const Json& mapping, const JsonObject& object) {
  for (const Json& entry : mapping.children) {
    const auto name = dns::Name::parse(entry.key);
    if (!name || entry.kind != Json::Kind::list) return object.fail("has name servers in another form than known");
    for (const Json& text : entry.children) {
      const auto address = dns::parse_address(text.text);
      if (!address) return object.fail("has a name server without a readable address: " + shortened(text.text));
      probed.servers.push_back({*name, *address});
    }
  }
}

// A list; in 1.0 an object of lists, by name, class and type, which stand in the queries as well.
void Reader::read_queries(const dns::Name& name, Probed& probed, const JsonObject& object) {
  const Json* queries = object.find("queries");
  if (queries == nullptr) return object.fail("has no \"queries\"");
  for (const Json& entry : queries->children) {
    const bool one = queries->kind == Json::Kind::list;
    for (const Json& query : one ? std::span(&entry, 1) : std::span(entry.children)) {
      if (!object.fault().empty()) return;
      read_query(name, probed, JsonObject(&query, "a query of " + shortened(name.print()), object.fault()));
    }
  }
}

void Reader::read_query(const dns::Name& name, Probed& probed, const JsonObject& query) {
  Ask ask;
  ask.name = query.parsed("qname", "a domain name", dns::Name::parse);
  ask.type = query.parsed("qtype", "a record type", dns::parse_rrtype);
  const JsonObject options(query.find("options", Json::Kind::object, "an object"), "the options of a query",
                           query.fault());
  const auto flags = options.number("flags", 0xffff);
  ask.manner.recursion = (flags & flag_rd) != 0 ? Manner::Recursion::desired : Manner::Recursion::not_desired;
  ask.manner.checking_disabled = (flags & flag_cd) != 0;
  ask.manner.extension = Manner::Extension::none;
  const Json* version = options.find("edns_version");
  const bool edns = version != nullptr && version->kind == Json::Kind::number;  // -1: none
  if (edns) {
    ask.manner.udp_size = static_cast<std::uint16_t>(options.number("edns_max_udp_payload", 0xffff));
    const bool with_do = (options.number("edns_flags", 0xffff) & dns::Edns::do_flag) != 0;
    ask.manner.extension = with_do ? Manner::Extension::edns_do : Manner::Extension::edns_plain;
  }
  if (options.has("tcp") && options.flag("tcp")) ask.manner.transport = Manner::Transport::tcp;
  const Json* responses = query.find("responses", Json::Kind::object, "an object");
  if (!query.fault().empty() || responses == nullptr) return;
  // Other classes have no chains; of other versions of EDNS nobody asks but to see how a server fails.
  if (query.text("qclass") != "IN" || (edns && version->number != 0)) return;
  if (ask.name == name && std::ranges::find(probed.types, ask.type) == probed.types.end())
    probed.types.push_back(ask.type);
  for (const Json& server : responses->children) {
    const auto address = dns::parse_address(server.key);
    if (!address) return query.fail("has a reply of a server without a readable address: " + shortened(server.key));
    ask.server = *address;
    for (const Json& response : server.children)
      if (query.fault().empty()) read_response(ask, JsonObject(&response, "a reply", query.fault()));
  }
}

// The attempts that failed, each an exchange where it says what came of it, and then the last one.
void Reader::read_response(Ask ask, const JsonObject& response) {
  const Json* history = response.has("history") ? response.find("history", Json::Kind::list, "a list") : nullptr;
  if (history != nullptr && history->children.size() > most_retries)
    response.fail(fmt::format("has a history of more than {} attempts", most_retries));
  for (std::size_t i = 0; history != nullptr && i < history->children.size() && response.fault().empty(); ++i)
    add_failure(ask, JsonObject(&history->children[i], "an attempt", response.fault()));
  const Json* message = response.find("message");
  if (message == nullptr) return response.fail("has no \"message\"");
  if (message->kind != Json::Kind::null) {
    auto octets = dns::decode_base64(message->text);
    if (!octets || octets->size() > 0xffff) return response.fail("has a \"message\" that is no message in base64");
    return add(std::move(ask), dns::reply_of(*std::move(octets)), time_of(response));
  }
  switch (response.word("error", causes)) {
    case Cause::timeout: return add(std::move(ask), Silence::timeout, time_of(response));
    case Cause::network_error: return add(std::move(ask), silence_of(response.find("errno")), time_of(response));
    // Something came, and nobody could read it; its octets are not in the file.
    default: return add(std::move(ask), dns::reply_of({}), time_of(response));
  }
}

// Replies that led to another attempt are not in the file (TC, FORMERR, an rcode): they show in the next manner alone.
void Reader::add_failure(Ask& ask, const JsonObject& retry) {
  const auto cause = retry.word("cause", causes);
  if (cause == Cause::timeout) add(ask, Silence::timeout, time_of(retry));
  if (cause == Cause::network_error) add(ask, silence_of(retry.find("cause_arg")), time_of(retry));
  const auto argument = number_or(retry, "action_arg", 0xffff, 0);
  Manner& manner = ask.manner;
  switch (retry.word("action", actions)) {
    case Action::none: break;
    case Action::tcp: manner.transport = Manner::Transport::tcp; break;
    case Action::udp: manner.transport = Manner::Transport::udp; break;
    case Action::set_flag:
      if ((argument & flag_rd) != 0) manner.recursion = Manner::Recursion::desired;
      manner.checking_disabled |= (argument & flag_cd) != 0;
      break;
    case Action::clear_flag:
      if ((argument & flag_rd) != 0) manner.recursion = Manner::Recursion::not_desired;
      manner.checking_disabled &= (argument & flag_cd) == 0;
      break;
    case Action::no_edns: manner.extension = Manner::Extension::none; break;
    case Action::size:
      manner.udp_size = static_cast<std::uint16_t>(argument);
      manner.transport = Manner::Transport::udp;
      break;
    case Action::set_edns:
      if ((argument & dns::Edns::do_flag) != 0) manner.extension = Manner::Extension::edns_do;
      break;
    case Action::clear_edns:
      if ((argument & dns::Edns::do_flag) != 0) manner.extension = Manner::Extension::edns_plain;
      break;
  }
}

bool is_same(const dns::Outcome& left, const dns::Outcome& right) {
  const auto* one = std::get_if<dns::Reply>(&left);
  const auto* other = std::get_if<dns::Reply>(&right);
  if (one == nullptr || other == nullptr) return one == other && std::get<Silence>(left) == std::get<Silence>(right);
  // But for the id, which is drawn.
  return std::ranges::equal(one->octets | std::views::drop(2), other->octets | std::views::drop(2));
}

// The same question put again is another attempt, unless it said nothing new.
void Reader::add(Ask ask, dns::Outcome outcome, std::chrono::microseconds rtt) {
  auto& exchanges = recording_.evidence.exchanges;
  if (exchanges.size() > most_exchanges) return;
  for (;; ++ask.manner.attempt) {
    const auto [known, is_new] = asks_.emplace(ask, exchanges.size());
    if (is_new) break;
    const bool repeats = is_same(exchanges[known->second].outcome, outcome);
    const bool reply = std::holds_alternative<dns::Reply>(outcome);
    if ((repeats && reply) || ask.manner.attempt == 0xff) return;
  }
  exchanges.push_back({.ask = std::move(ask), .sent = {}, .outcome = std::move(outcome), .rtt = rtt});
}

// A, AAAA, and SOA at an apex, as a check asks; else what data was asked for; else what there is.
std::vector<dns::RRType> Reader::types_to_judge(const Probed& probed) const {
  using enum dns::RRType;
  const auto asked = [&](dns::RRType type) { return std::ranges::find(probed.types, type) != probed.types.end(); };
  std::vector<dns::RRType> types;
  for (const auto type : {a, aaaa})
    if (asked(type)) types.push_back(type);
  if (types.empty()) {
    static constexpr std::array of_the_chain{soa, ns, ds, dnskey, cname, nsec3param, cds, cdnskey};
    std::ranges::copy_if(probed.types, std::back_inserter(types), [](dns::RRType type) {
      return std::ranges::find(of_the_chain, type) == of_the_chain.end() && !dns::is_meta(type);
    });
  }
  const bool apex = !probed.servers.empty();
  if (asked(soa) && (apex || types.empty())) types.push_back(soa);
  if (types.empty() && !probed.types.empty()) types.push_back(probed.types.front());
  return types;
}

dns::Target Reader::target_of(const dns::Name& name, dns::RRType type) const {
  dns::Target target;
  target.name = name;
  target.type = type;
  target.effort = effort_.value_or(dns::Effort::full);
  target.port = port_;
  target.made_up = made_up_;
  // The servers of the highest zone that was probed are where everything began.
  const auto top = std::ranges::find_if(names_, [](const auto& probed) { return !probed.second.servers.empty(); });
  if (top != names_.end()) {
    target.servers = top->second.servers;
    target.mode = top->second.analysis == Analysis::authoritative ? dns::Mode::walk : dns::Mode::stub;
  }
  for (auto& server : target.servers) server.address.port = port_;
  return target;
}

std::expected<Recording, std::string> Reader::finish() {
  if (!versioned_) return std::unexpected(fmt::format("has no \"{}\": not a file of dnsviz probe", dnsviz_meta));
  auto& evidence = recording_.evidence;
  if (evidence.exchanges.size() > most_exchanges)
    return std::unexpected(fmt::format("more than {} exchanges", most_exchanges));
  for (Exchange& exchange : evidence.exchanges) exchange.ask.server.port = port_;
  std::vector<dns::Target> targets;
  for (const dns::Name& name : asked_for_) {
    const auto found = names_.find(name);
    if (found == names_.end()) return std::unexpected(fmt::format("nothing is in it on {}", shortened(name.print())));
    if (made_up_.empty()) made_up_ = found->second.made_up;
    const auto types = type_ ? std::vector{*type_} : types_to_judge(found->second);
    for (const auto type : types) targets.push_back(target_of(name, type));
    if (targets.size() > most_questions) return std::unexpected(fmt::format("more than {} questions", most_questions));
  }
  if (targets.empty()) return std::unexpected("nothing was asked in it");
  evidence.target = targets.front();
  recording_.further.assign(targets.begin() + 1, targets.end());
  return std::move(recording_);
}

}  // namespace

std::expected<Recording, std::string> read_dnsviz(std::string_view text) {
  Reader reader;
  JsonRules rules;
  rules.stream = JsonRules::Stream::members;
  rules.depth = 16;
  rules.elements = most_names + 1;
  const auto top =
      parse_json(text, rules, [&](std::string_view, std::size_t, const Json& member) { return reader.take(member); });
  if (!top) return std::unexpected(top.error());
  if (top->kind != Json::Kind::object) return std::unexpected("the file is not an object");
  return reader.finish();
}

std::expected<Recording, std::string> read_any_recording(std::string_view text) {
  auto ours = read_recording(text);
  // A name in evidence of ours may well be this one; but no evidence of ours is without our format's name.
  if (ours || !text.contains(fmt::format("\"{}\"", dnsviz_meta))) return ours;
  return read_dnsviz(text);
}

}  // namespace resolver
