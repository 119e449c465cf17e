#include "cli/settings.h"

#include <fmt/format.h>

#include "cli/completions.h"
#include "cli/man_pages.h"
#include "validator/advice.h"

namespace cli {

Done put_text(std::string_view text, std::string& place) {
  if (text.empty()) return std::unexpected("a name is needed");
  place = text;
  return {};
}

Done put_name(Options& options, std::string_view text) {
  const auto question = read_question(text);
  if (!question) return std::unexpected(question.error());
  options.questions.push_back(*question);
  return {};
}

Done put_type(Options& options, std::string_view text) {
  // -t goes to every name: questions without types of their own take these up when all words are read.
  const auto type = read_type(text);
  if (!type) return std::unexpected(type.error());
  options.types.push_back(*type);
  return {};
}

Done put_reverse(Options& options, std::string_view text) {
  const auto name = read_reverse(text);
  if (!name) return std::unexpected(name.error());
  options.questions.push_back({*name, {dns::RRType::ptr}, {}});
  return {};
}

Done put_formats(Options& options, std::string_view text) {
  options.formats.clear();
  for (const auto& word : split_list(text)) {
    if (options.verb == Verb::explain || options.verb == Verb::anchors || options.verb == Verb::diff ||
        options.verb == Verb::preflight || options.verb == Verb::rollover || options.verb == Verb::watch) {
      const bool document = options.verb == Verb::explain;
      const bool timed = options.verb == Verb::rollover || options.verb == Verb::preflight;
      if (word == "text")
        options.page = Page::text;
      else if (word == "json")
        options.page = Page::json;
      else if ((word == "timeline" || word == "svg") && timed)
        options.page = Page::timeline;
      else if (word == "ics" && timed)
        options.page = Page::calendar;
      else if (word == "markdown" && document)
        options.page = Page::markdown;
      else
        return std::unexpected(fmt::format("{} is not {}", in_quotes(word),
                                           document ? "text, json or markdown"
                                           : timed  ? "text, json, timeline or ics"
                                                    : "text or json"));
      continue;
    }
    if (options.verb == Verb::probe) {
      if (word != "nagios" && word != "checkmk")
        return std::unexpected(fmt::format("{} is not nagios or checkmk", in_quotes(word)));
      options.probe.form = word == "nagios" ? report::ProbeForm::plugin : report::ProbeForm::checkmk;
      continue;
    }
    if (options.verb == Verb::record) {
      if (word != "json" && word != "dnsviz")
        return std::unexpected(fmt::format("{} is not json or dnsviz", in_quotes(word)));
      options.recorded = word == "json" ? FileForm::evidence : FileForm::dnsviz;
      continue;
    }
    const auto format = report::parse_format(word);
    if (!format) return std::unexpected(fmt::format("{} is none of {}", in_quotes(word), report::format_words()));
    options.formats.push_back(*format);
  }
  return {};
}

Done put_choice(std::string_view text, Choice& place) {
  if (text == "auto")
    place = Choice::automatic;
  else if (text == "always")
    place = Choice::always;
  else if (text == "never")
    place = Choice::never;
  else
    return std::unexpected(fmt::format("{} is not auto, always or never", in_quotes(text)));
  return {};
}

Done put_page(Options& options, Page page, std::string_view word) {
  options.page = page;
  options.words = {std::string(word)};
  const bool known = page == Page::man ? !man_page(word).empty() : !completion_of(word).empty();
  if (known) return {};
  return std::unexpected(
      fmt::format("{} is none of {}", in_quotes(word), page == Page::man ? page_words : shell_words));
}

Done put_level(Options& options, std::string_view text) {
  using enum validator::Severity;
  for (const auto severity : {error, warning, notice}) {
    if (validator::to_text(severity) != text) continue;
    options.style.level = severity;
    return {};
  }
  return std::unexpected(fmt::format("{} is not error, warning or notice", in_quotes(text)));
}

Done put_goal(Options& options, std::string_view text) {
  using Goal = RolloverOptions::Goal;
  auto& rolled = options.rollover;
  if (text == "secure" || text == "step") {
    rolled.goal = text == "secure" ? Goal::secure : Goal::step;
    return {};
  }
  const auto when = read_when(text);
  if (!when) return std::unexpected(fmt::format("{} is neither secure nor step nor a time", in_quotes(text)));
  rolled.goal = Goal::moment;
  rolled.until = *when;
  return {};
}

Done put_signer(Options& options, std::string_view text) {
  options.style.signer = validator::find_signer(text);
  if (options.style.signer) return {};
  return std::unexpected(fmt::format("{} is not nsd, bind, knot, powerdns or opendnssec", in_quotes(text)));
}

Done put_late(Options& options, std::string_view text) {
  const auto colon = text.find(':');
  const auto seconds = read_seconds(text.substr(0, colon));
  if (!seconds) return std::unexpected(seconds.error());
  options.deadline = *seconds;
  return colon == std::string_view::npos ? Done() : put(read_state(text.substr(colon + 1)), options.probe.late);
}

Done put_ranges(std::string_view text, std::vector<report::Range>& place, report::Measure measure) {
  if (text.empty()) return {};  // a macro of the monitoring system without a value: our own threshold
  const auto ranges = report::parse_ranges(text, measure);
  if (!ranges) return std::unexpected(ranges.error());
  place.insert(place.end(), ranges->begin(), ranges->end());
  return {};
}

Done put_retries(Options& options, std::string_view text) {
  const auto number = read_number(text, 0, 10);
  if (!number) return std::unexpected(number.error());
  options.retries = static_cast<int>(*number);
  return {};
}

Done put_iterations(Options& options, std::string_view text) {
  const auto number = read_number(text, 0, 65535);
  if (!number) return std::unexpected(number.error());
  options.policy.max_iterations = static_cast<std::uint16_t>(*number);
  return {};
}

Done put_server(Options& options, std::string_view text) {
  const auto server = read_server(text);
  if (!server) return std::unexpected(server.error());
  options.servers.push_back(*server);
  return {};
}

Done put_negative_anchor(Options& options, std::string_view text) {
  const auto anchor = read_negative_anchor(text);
  if (!anchor) return std::unexpected(anchor.error());
  options.negative_anchors.push_back(*anchor);
  return {};
}

Done put_buffer(Options& options, std::string_view text) {
  const auto number = read_number(text, 512, 65535);
  if (!number) return std::unexpected(number.error());
  options.habit.udp_size = static_cast<std::uint16_t>(*number);
  return {};
}

Done put_tsig(Options& options, std::string_view text) {
  const auto key = resolver::parse_tsig_key(text);
  if (!key) return std::unexpected(key.error());
  options.zone.tsig = *key;
  return {};
}

Done more_words(Options& options, std::string_view) {
  ++options.verbosity;
  return {};
}

Done nothing(Options&, std::string_view) { return {}; }  // -h and -V: seen to before anything is set

}  // namespace cli
