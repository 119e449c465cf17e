#include <fmt/format.h>

#include <charconv>
#include <set>

#include "dns/text.h"
#include "resolver/json_object.h"
#include "resolver/recording.h"
#include "resolver/recording_words.h"

namespace resolver {
namespace {

using dns::Address;
using dns::Ask;
using dns::Evidence;
using dns::Exchange;
using dns::Manner;
using dns::Silence;

constexpr std::size_t chance_octets = 16;

constexpr std::array silences{Silence::timeout,         Silence::refused, Silence::host_unreachable,
                              Silence::net_unreachable, Silence::reset,   Silence::family_unreachable,
                              Silence::not_asked};

std::optional<Address> parse_with_port(std::string_view text) {
  const auto hash = text.find('#');
  if (hash == std::string_view::npos) return std::nullopt;
  const std::string_view digits = text.substr(hash + 1);
  if (digits.empty() || digits.size() > 5 || digits.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  unsigned port = 0;
  for (const char digit : digits) port = port * 10 + static_cast<unsigned>(digit - '0');
  if (port > 0xffff) return std::nullopt;
  return dns::parse_address(text.substr(0, hash), static_cast<std::uint16_t>(port));
}

std::optional<Silence> parse_silence(std::string_view text) {
  const auto found = std::ranges::find(silences, text, [](Silence silence) { return dns::to_text(silence); });
  return found == silences.end() ? std::nullopt : std::optional(*found);
}

std::optional<dns::Bytes> parse_message(std::string_view text) {
  auto octets = dns::decode_base64(text);
  if (!octets || octets->size() > 0xffff) return std::nullopt;
  return octets;
}

// Years of five digits would be written in a form that nobody reads.
std::optional<dns::Time> parse_started(std::string_view text) {
  const auto time = dns::parse_time(text);
  if (!time || *time < dns::Time{} || *time > dns::Time{} + std::chrono::years(8000)) return std::nullopt;
  return time;
}

dns::Name read_name(const JsonObject& object) { return object.parsed("name", "a domain name", dns::Name::parse); }
dns::RRType read_type(const JsonObject& object) { return object.parsed("type", "a record type", dns::parse_rrtype); }

// "CODE:BASE64"
std::optional<dns::EdnsOption> parse_option(std::string_view text) {
  const auto colon = text.find(':');
  unsigned code = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + std::min(colon, text.size()), code);
  if (colon == std::string_view::npos || fault != std::errc{} || end != text.data() + colon || code > 0xffff)
    return std::nullopt;
  auto data = parse_message(text.substr(colon + 1));
  if (!data) return std::nullopt;
  return dns::EdnsOption{static_cast<std::uint16_t>(code), *std::move(data)};
}

std::vector<dns::EdnsOption> read_options(const JsonObject& object) {
  std::vector<dns::EdnsOption> options;
  for (const std::string& text : object.texts("options")) {
    auto option = parse_option(text);
    if (!option) object.fail("has an EDNS option that is not CODE:BASE64: " + shortened(text));
    options.push_back(option.value_or(dns::EdnsOption{}));
  }
  return options;
}

dns::Habit read_habit(const JsonObject& object) {
  dns::Habit habit;
  habit.transport = object.word("transport", transports);
  habit.udp_size = static_cast<std::uint16_t>(object.number("size", 0xffff));
  habit.nsid = object.flag("nsid");
  habit.cookie = object.flag("cookie");
  return habit;
}

std::optional<dns::Bytes> parse_chance(std::string_view text) {
  auto octets = dns::decode_base64(text);
  if (!octets || octets->size() != chance_octets) return std::nullopt;
  return octets;
}

Ask read_ask(const JsonObject& object) {
  Ask ask;
  ask.server = object.parsed("server", "ADDRESS#PORT", parse_with_port);
  ask.name = read_name(object);
  ask.type = read_type(object);
  ask.manner.transport = object.word("transport", transports);
  ask.manner.recursion = object.flag("rd") ? Manner::Recursion::desired : Manner::Recursion::not_desired;
  ask.manner.checking_disabled = object.flag("cd");
  ask.manner.extension = object.word("edns", extensions);
  ask.manner.udp_size = static_cast<std::uint16_t>(object.number("size", 0xffff));
  ask.manner.attempt = static_cast<std::uint8_t>(object.number("attempt", 0xff));
  if (object.has("options")) ask.manner.options = read_options(object);
  return ask;
}

// Nothing a file says makes an exchange an assumed one.
Exchange read_exchange(const JsonObject& object) {
  Exchange exchange;
  exchange.ask = read_ask(object);
  exchange.rtt = std::chrono::microseconds(object.number("rtt_us", 86'400'000'000));
  exchange.sent = object.parsed("sent", "a message in base64", parse_message);
  if (object.has("silence") == object.has("reply")) object.fail("needs a \"reply\" or a \"silence\", and not both");
  if (object.has("silence"))
    exchange.outcome = object.parsed("silence", "a known reason", parse_silence);
  else
    exchange.outcome = dns::reply_of(object.parsed("reply", "a message in base64", parse_message));
  return exchange;
}

std::vector<dns::NamedServer> read_servers(const JsonObject& object, std::string_view list) {
  std::vector<dns::NamedServer> read;
  const Json* servers = object.find(list, Json::Kind::list, "a list");
  for (std::size_t i = 0; servers != nullptr && i < servers->children.size() && object.fault().empty(); ++i) {
    const JsonObject server(&servers->children[i], fmt::format("server {} of the target", i + 1), object.fault());
    read.push_back({read_name(server), server.parsed("address", "ADDRESS#PORT", parse_with_port)});
  }
  return read;
}

dns::Target read_target(const JsonObject& object) {
  dns::Target target;
  target.name = read_name(object);
  target.type = read_type(object);
  target.mode = object.word("mode", modes);
  target.effort = object.word("effort", efforts);
  target.port = static_cast<std::uint16_t>(object.number("port", 0xffff));
  target.made_up = object.text("made_up");
  target.families.clear();
  for (const std::string& text : object.texts("families")) {
    const auto family = find_word(families, text);
    if (!family) object.fail("has an unknown family: " + shortened(text));
    target.families.push_back(family.value_or(Address::Family::ipv4));
  }
  for (const std::string& text : object.texts("anchors")) {
    const auto name = dns::Name::parse(text);
    if (!name) object.fail("has an anchor that is not a domain name: " + shortened(text));
    target.anchors.push_back(name.value_or(dns::Name()));
  }
  target.servers = read_servers(object, "servers");
  if (object.has("elsewhere")) target.elsewhere = read_servers(object, "elsewhere");
  if (object.has("chance")) target.chance = object.parsed("chance", "16 octets in base64", parse_chance);
  if (object.has("habit"))
    if (const Json* habit = object.find("habit", Json::Kind::object, "an object"))
      target.habit = read_habit(JsonObject(habit, "the target's habit", object.fault()));
  return target;
}

// The streamed lists.
class Lists {
 public:
  explicit Lists(Evidence& evidence) : evidence_(evidence) {}

  std::string take(std::string_view list, std::size_t place, const Json& element) {
    std::string fault;
    if (list == "cut_short") {
      evidence_.cut_short.push_back(
          read_ask(JsonObject(&element, fmt::format("ask {} of cut_short", place + 1), fault)));
      return fault;
    }
    const JsonObject object(&element, fmt::format("exchange {}", place + 1), fault);
    Exchange exchange = read_exchange(object);
    if (!asks_.insert(exchange.ask).second) object.fail("asks what an earlier exchange asks");
    evidence_.exchanges.push_back(std::move(exchange));
    return fault;
  }

 private:
  Evidence& evidence_;
  std::set<Ask> asks_;
};

void read_top(const Json& json, Recording& recording, std::string& fault) {
  const JsonObject top(&json, "the file", fault);
  if (!top.has("format") || top.text("format") != evidence_format) top.fail("is not trustwalk evidence");
  if (const auto version = top.number("version", 1'000'000); version != evidence_version)
    top.fail(fmt::format("has version {}; this program reads version {}", version, evidence_version));
  Evidence& evidence = recording.evidence;
  if (top.has("tool_version")) recording.tool_version = top.text("tool_version");
  if (top.has("anchors_source")) recording.anchors_source = top.text("anchors_source");
  if (top.has("anchors")) recording.anchors = top.texts("anchors");
  evidence.started = top.parsed("started", "a time", parse_started);
  if (const Json* target = top.find("target", Json::Kind::object, "an object"))
    evidence.target = read_target(JsonObject(target, "the target", fault));
  evidence.limit = top.word("limit", limit_words);
  evidence.rounds = static_cast<int>(top.number("rounds", 1'000'000));
  if (top.has("elapsed_ms")) evidence.elapsed = std::chrono::milliseconds{top.number("elapsed_ms", 86'400'000)};
  for (const char* list : {"cut_short", "exchanges"}) top.find(list, Json::Kind::list, "a list");
}

}  // namespace

std::expected<Recording, std::string> read_recording(std::string_view text) {
  Recording recording;
  Lists lists(recording.evidence);
  JsonRules rules;
  rules.streamed = {"cut_short", "exchanges"};
  const auto top = parse_json(text, rules, [&](std::string_view list, std::size_t place, const Json& element) {
    return lists.take(list, place, element);
  });
  if (!top) return std::unexpected(top.error());
  std::string fault;
  read_top(*top, recording, fault);
  if (!fault.empty()) return std::unexpected(std::move(fault));
  return recording;
}

}  // namespace resolver
