#include "resolver/recording.h"

#include <fmt/format.h>

#include "dns/text.h"
#include "resolver/json.h"
#include "resolver/recording_words.h"

namespace resolver {
namespace {

using dns::Ask;
using dns::Evidence;
using dns::Exchange;
using dns::Manner;
using dns::Silence;

// One value a line, so that a change of one exchange is a change of few lines in git.
std::string join(const std::vector<std::string>& items) {
  if (items.empty()) return "[]";
  return fmt::format("[\n    {}\n  ]", fmt::join(items, ",\n    "));
}

template <typename Range, typename Print>
std::vector<std::string> each(const Range& range, const Print& print) {
  std::vector<std::string> items;
  for (const auto& item : range) items.push_back(print(item));
  return items;
}

template <typename Range, typename Print>
std::string texts(const Range& range, const Print& print) {
  return fmt::format("[{}]", fmt::join(each(range, [&](const auto& item) { return json_quote(print(item)); }), ","));
}

// Members that earlier versions did not have are written where they say something.
std::string options_member(const Manner& manner) {
  if (manner.options.empty()) return "";
  return fmt::format(R"(,"options":{})", texts(manner.options, [](const dns::EdnsOption& option) {
                       return fmt::format("{}:{}", option.code, dns::encode_base64(option.data));
                     }));
}

std::string habit_member(const dns::Habit& habit) {
  if (habit == dns::Habit{}) return "";
  return fmt::format(R"(,"habit":{{"transport":"{}","size":{},"nsid":{},"cookie":{}}})",
                     word_of(transports, habit.transport), habit.udp_size, habit.nsid, habit.cookie);
}

std::string print(const dns::NamedServer& server) {
  return fmt::format(R"({{"name":{},"address":"{}"}})", json_quote(server.name.print()),
                     dns::print_with_port(server.address));
}

std::string members(const Ask& ask) {
  const Manner& manner = ask.manner;
  return fmt::format(
      R"("server":"{}","name":{},"type":"{}","transport":"{}","rd":{},"cd":{},"edns":"{}","size":{},"attempt":{}{})",
      dns::print_with_port(ask.server), json_quote(ask.name.print()), dns::to_text(ask.type),
      word_of(transports, manner.transport), manner.recursion == Manner::Recursion::desired, manner.checking_disabled,
      word_of(extensions, manner.extension), manner.udp_size, manner.attempt, options_member(manner));
}

std::string print(const Exchange& exchange) {
  const auto* silence = std::get_if<Silence>(&exchange.outcome);
  const std::string outcome =
      silence != nullptr
          ? fmt::format(R"("silence":"{}")", dns::to_text(*silence))
          : fmt::format(R"("reply":"{}")", dns::encode_base64(std::get<dns::Reply>(exchange.outcome).octets));
  return fmt::format("{{{},\n     \"rtt_us\":{},\"sent\":\"{}\",\n     {}}}", members(exchange.ask),
                     exchange.rtt.count(), dns::encode_base64(exchange.sent), outcome);
}

std::string print(const dns::Target& target) {
  const auto print_server = [](const dns::NamedServer& server) { return print(server); };
  std::string later;
  if (!target.chance.empty()) later += fmt::format(R"(,"chance":"{}")", dns::encode_base64(target.chance));
  later += habit_member(target.habit);
  if (!target.elsewhere.empty())
    later += fmt::format(",\n    \"elsewhere\":{}", join(each(target.elsewhere, print_server)));
  const auto family_word = [](dns::Address::Family family) { return word_of(families, family); };
  const auto name_text = [](const dns::Name& name) { return name.print(); };
  return fmt::format(
      "{{\n    "
      "\"name\":{},\"type\":\"{}\",\"mode\":\"{}\",\"effort\":\"{}\",\"port\":{},\"made_up\":{},\"families\":{}{},\n"
      "    \"anchors\":{},\n    \"servers\":{}\n  }}",
      json_quote(target.name.print()), dns::to_text(target.type), word_of(modes, target.mode),
      word_of(efforts, target.effort), target.port, json_quote(target.made_up), texts(target.families, family_word),
      later, texts(target.anchors, name_text), join(each(target.servers, print_server)));
}

// A file cannot hold what only a what-if assumes.
std::vector<std::string> exchanges_of(const Evidence& evidence) {
  std::vector<std::string> exchanges;
  for (const Exchange& exchange : evidence.exchanges)
    if (exchange.origin == Exchange::Origin::heard) exchanges.push_back(print(exchange));
  return exchanges;
}

}  // namespace

std::string write_recording(const Recording& recording) {
  const Evidence& evidence = recording.evidence;
  const auto ask_object = [](const Ask& ask) { return fmt::format("{{{}}}", members(ask)); };
  std::string text =
      fmt::format("{{\n  \"format\":\"{}\",\"version\":{},\"tool_version\":{},\"started\":\"{}\",\n", evidence_format,
                  evidence_version, json_quote(recording.tool_version), dns::print_rfc3339(evidence.started));
  text += fmt::format("  \"target\":{},\n", print(evidence.target));
  text += fmt::format("  \"anchors_source\":{},\n  \"anchors\":{},\n", json_quote(recording.anchors_source),
                      join(each(recording.anchors, json_quote)));
  text += fmt::format("  \"limit\":\"{}\",\"rounds\":{},\"elapsed_ms\":{},\n", word_of(limit_words, evidence.limit),
                      evidence.rounds, evidence.elapsed.count());
  text += fmt::format("  \"cut_short\":{},\n", join(each(evidence.cut_short, ask_object)));
  text += fmt::format("  \"exchanges\":{}\n}}\n", join(exchanges_of(evidence)));
  return text;
}

}  // namespace resolver
