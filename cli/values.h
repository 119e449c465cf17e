// The values that options take, read from their words: numbers, spans of time, instants, servers, lists.
// It knows no option and keeps nothing.
#pragma once

#include <chrono>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "cli/options.h"

namespace cli {

template <typename Value>
using Read = std::expected<Value, std::string>;  // error: a phrase for people: "\"x\" is not a number"

std::vector<std::string> split_list(std::string_view text);  // at commas; empty parts are kept

Read<std::uint32_t> read_number(std::string_view text, std::uint32_t least, std::uint32_t most);
Read<std::chrono::milliseconds> read_seconds(std::string_view text);  // "2", "0.5"; above 0, at most a day
Read<std::uint16_t> read_port(std::string_view text);
Read<When> read_when(std::string_view text);                    // RFC 3339, epoch seconds, "+2d", "-1h30m"
Read<ServerWord> read_server(std::string_view text);            // "127.0.0.1#5353", "ns.example.", without "@"
Read<dns::Address> read_source_address(std::string_view text);  // -b ADDR[#PORT]; no port: 0
Read<dns::RRType> read_type(std::string_view text);
Read<dns::Algorithm> read_algorithm(std::string_view text);
Read<dns::Digest> read_digest(std::string_view text);
Read<dns::Digest> read_made_digest(std::string_view text);  // one that we compute, and that may be published
Read<DsLayout> read_layout(std::string_view text);
Read<validator::Security> read_verdict(std::string_view text);
Read<validator::Code> read_slug(std::string_view text);
Read<report::State> read_state(std::string_view text);
Read<NegativeAnchorWord> read_negative_anchor(std::string_view text);  // NAME=REASON,UNTIL
Read<dns::Name> read_reverse(std::string_view text);                   // an address's name in in-addr.arpa or ip6.arpa

// A domain name as typed, U-labels included; `unicode` in the Question says how they look.
Read<Question> read_question(std::string_view text);

std::string in_quotes(std::string_view text);  // in quotes, what a terminal would obey made harmless

}  // namespace cli
