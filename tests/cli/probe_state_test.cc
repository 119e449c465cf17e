// What the plugin remembers: since when a state lasts, and nothing of another question or another's file.
#include "cli/probe_state.h"

#include <gtest/gtest.h>

namespace {

using cli::ProbeMemory;
using report::State;

dns::Time at(std::string_view text) { return dns::parse_time(text).value(); }
constexpr std::string_view question = "example.org A";

TEST(ProbeState, a_state_lasts_while_it_is_the_same) {
  const auto first = cli::remember({}, std::string(question), State::ok, at("2026-11-24T09:00:00Z"));
  EXPECT_EQ(cli::since_line(first, at("2026-11-24T09:00:00Z")), "since: OK with this run\n");
  const auto second = cli::remember(first, std::string(question), State::critical, at("2026-11-24T09:05:00Z"));
  const auto third = cli::remember(second, std::string(question), State::critical, at("2026-11-24T11:15:00Z"));
  EXPECT_EQ(third.since, at("2026-11-24T09:05:00Z"));
  EXPECT_EQ(cli::since_line(third, at("2026-11-24T11:15:00Z")),
            "since: CRITICAL for 2h 10m, since 2026-11-24T09:05:00Z; last OK 2026-11-24T09:00:00Z\n");
  const auto fourth = cli::remember(third, std::string(question), State::ok, at("2026-11-24T11:20:00Z"));
  EXPECT_EQ(fourth.since, at("2026-11-24T11:20:00Z"));
}

TEST(ProbeState, what_is_written_is_read_again) {
  for (const auto state : {State::ok, State::warning, State::critical, State::unknown}) {
    for (const auto& last_ok : {std::optional<dns::Time>(), std::optional(at("2026-11-01T00:00:00Z"))}) {
      const ProbeMemory memory{std::string(question), state, at("2026-11-24T09:05:00Z"), last_ok};
      EXPECT_EQ(cli::read_memory(cli::to_text(memory), question), memory);
    }
  }
}

TEST(ProbeState, what_is_not_ours_is_nothing) {
  const ProbeMemory memory{std::string(question), State::ok, at("2026-11-24T09:05:00Z"), {}};
  const auto text = cli::to_text(memory);
  EXPECT_FALSE(cli::read_memory(text, "example.net A"));
  EXPECT_FALSE(cli::read_memory("", question));
  EXPECT_FALSE(cli::read_memory("question example.org A\nstate OK\nsince 2026-11-24T09:05:00Z\n", question));
  for (const auto* key : {"question", "state", "since"}) {
    EXPECT_FALSE(cli::read_memory(text.substr(0, text.find(std::string("\n") + key) + 1), question)) << key;
    auto broken = text;
    broken.replace(broken.find(std::string("\n") + key) + 1, 2, "xx");
    EXPECT_FALSE(cli::read_memory(broken, question)) << key;
  }
}

TEST(ProbeState, a_clock_that_was_set_back_begins_anew) {
  const ProbeMemory before{std::string(question), State::warning, at("2026-11-24T09:05:00Z"), {}};
  EXPECT_EQ(cli::remember(before, std::string(question), State::warning, at("2026-11-24T08:00:00Z")).since,
            at("2026-11-24T08:00:00Z"));
}

}  // namespace
