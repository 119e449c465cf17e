// What an option does: its word read, and put where it belongs in Options.
// It knows no option's name: option_table does.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/options.h"
#include "cli/values.h"

namespace cli {

using Done = std::expected<void, std::string>;  // error: a phrase for people

Done put_text(std::string_view text, std::string& place);
Done put_name(Options& options, std::string_view text);
Done put_type(Options& options, std::string_view text);
Done put_reverse(Options& options, std::string_view text);
Done put_formats(Options& options, std::string_view text);
Done put_choice(std::string_view text, Choice& place);
Done put_page(Options& options, Page page, std::string_view word);  // explain: its word is the option's
Done put_level(Options& options, std::string_view text);
Done put_signer(Options& options, std::string_view text);
Done put_late(Options& options, std::string_view text);
Done put_ranges(std::string_view text, std::vector<report::Range>& place,
                report::Measure measure = report::Measure::time_left);
Done put_goal(Options& options, std::string_view text);  // --until
Done put_retries(Options& options, std::string_view text);
Done put_iterations(Options& options, std::string_view text);
Done put_server(Options& options, std::string_view text);
Done put_negative_anchor(Options& options, std::string_view text);
Done put_tsig(Options& options, std::string_view text);
Done put_buffer(Options& options, std::string_view text);
Done more_words(Options& options, std::string_view);
Done nothing(Options&, std::string_view);

// Reads a value and puts it where it belongs.
template <typename Value, typename Place>
Done put(const Read<Value>& value, Place& place) {
  if (!value) return std::unexpected(value.error());
  place = *value;
  return {};
}

template <typename Value>
Done put_list(std::string_view text, Read<Value> (*read)(std::string_view), std::vector<Value>& place) {
  for (const auto& part : split_list(text)) {
    const auto value = read(part);
    if (!value) return std::unexpected(value.error());
    place.push_back(*value);
  }
  return {};
}

template <typename Value>
Done put_optional_list(std::string_view text, Read<Value> (*read)(std::string_view),
                       std::optional<std::vector<Value>>& place) {
  place.emplace();
  return put_list(text, read, *place);
}

template <report::Format format>
Done put_format(Options& options, std::string_view) {
  options.formats = {format};
  return {};
}

template <dns::Manner::Transport transport>
Done put_transport(Options& options, std::string_view) {
  options.habit.transport = transport;
  return {};
}

template <dns::Address::Family family>
Done put_family(Options& options, std::string_view) {
  options.families = {family};
  return {};
}

template <std::vector<std::string> trustanchor::Sources::* list>
Done put_anchors(Options& options, std::string_view text) {
  if (text.empty()) return std::unexpected("a trust anchor is needed");
  (options.anchors.*list).emplace_back(text);
  return {};
}

// --time-*, --behind-*, --age-*
template <report::Thresholds report::ProbePolicy::* what, std::vector<report::Range> report::Thresholds::* level>
Done put_limit(Options& options, std::string_view text) {
  return put_ranges(text, options.probe.policy.*what.*level, report::Measure::seconds);
}

template <report::State report::ProbePolicy::* place>
Done put_state(Options& options, std::string_view text) {
  return put(read_state(text), options.probe.policy.*place);
}

}  // namespace cli
