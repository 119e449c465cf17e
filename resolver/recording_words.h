// The words of evidence files, one table for writing and reading.
// No file is read or written here.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "dns/evidence.h"

namespace resolver {

template <typename T, std::size_t N>
using Words = std::array<std::pair<T, std::string_view>, N>;

constexpr Words<dns::Mode, 2> modes{{{dns::Mode::stub, "stub"}, {dns::Mode::walk, "walk"}}};
constexpr Words<dns::Effort, 2> efforts{{{dns::Effort::quick, "quick"}, {dns::Effort::full, "full"}}};
constexpr Words<dns::Address::Family, 2> families{
    {{dns::Address::Family::ipv4, "ipv4"}, {dns::Address::Family::ipv6, "ipv6"}}};
constexpr Words<dns::Evidence::Limit, 3> limit_words{{{dns::Evidence::Limit::none, "none"},
                                                      {dns::Evidence::Limit::count, "count"},
                                                      {dns::Evidence::Limit::deadline, "deadline"}}};
constexpr Words<dns::Manner::Transport, 2> transports{
    {{dns::Manner::Transport::udp, "udp"}, {dns::Manner::Transport::tcp, "tcp"}}};
constexpr Words<dns::Manner::Extension, 3> extensions{{{dns::Manner::Extension::edns_do, "do"},
                                                       {dns::Manner::Extension::edns_plain, "plain"},
                                                       {dns::Manner::Extension::none, "none"}}};

constexpr std::string_view evidence_format = "trustwalk-evidence";
constexpr std::uint64_t evidence_version = 1;

// Requires: the table has every value of T.
template <typename T, std::size_t N>
std::string_view word_of(const Words<T, N>& words, T value) {
  return std::ranges::find(words, value, &std::pair<T, std::string_view>::first)->second;
}

template <typename T, std::size_t N>
std::optional<T> find_word(const Words<T, N>& words, std::string_view text) {
  const auto found = std::ranges::find(words, text, &std::pair<T, std::string_view>::second);
  return found == words.end() ? std::nullopt : std::optional(found->first);
}

}  // namespace resolver
