// The words of dnsviz probe files, one table for writing and reading.
// No file is read or written here.
#pragma once

#include <cerrno>

#include "resolver/recording_words.h"

namespace resolver {

constexpr std::string_view dnsviz_meta = "_meta._dnsviz.";
constexpr std::string_view dnsviz_ours = "trustwalk";  // our own member in it, which dnsviz passes over

enum class Analysis : std::uint8_t { authoritative, recursive, cache };
constexpr Words<Analysis, 3> analyses{
    {{Analysis::authoritative, "authoritative"}, {Analysis::recursive, "recursive"}, {Analysis::cache, "cache"}}};

// Why an attempt was not the last one, or why there is no reply at all.
enum class Cause : std::uint8_t { network_error, malformed, timeout, other, truncated, rcode, diagnostic };
constexpr Words<Cause, 7> causes{{{Cause::network_error, "NETWORK_ERROR"},
                                  {Cause::malformed, "FORMERR"},
                                  {Cause::timeout, "TIMEOUT"},
                                  {Cause::other, "ERROR"},
                                  {Cause::truncated, "TC"},
                                  {Cause::rcode, "INVALID_RCODE"},
                                  {Cause::diagnostic, "DIAGNOSTIC"}}};

// What was changed for the next attempt. Those that Manner cannot say apart change nothing in it.
enum class Action : std::uint8_t { none, tcp, udp, set_flag, clear_flag, no_edns, size, set_edns, clear_edns };
constexpr Words<Action, 14> actions{{{Action::none, "NO_CHANGE"},
                                     {Action::tcp, "USE_TCP"},
                                     {Action::udp, "USE_UDP"},
                                     {Action::set_flag, "SET_FLAG"},
                                     {Action::clear_flag, "CLEAR_FLAG"},
                                     {Action::no_edns, "DISABLE_EDNS"},
                                     {Action::size, "CHANGE_UDP_MAX_PAYLOAD"},
                                     {Action::set_edns, "SET_EDNS_FLAG"},
                                     {Action::clear_edns, "CLEAR_EDNS_FLAG"},
                                     {Action::none, "ADD_EDNS_OPTION"},
                                     {Action::none, "REMOVE_EDNS_OPTION"},
                                     {Action::none, "CHANGE_SPORT"},
                                     {Action::none, "CHANGE_EDNS_VERSION"},
                                     {Action::none, "UPDATE_DNS_COOKIE"}}};

// The network's refusals by name (1.1 and later) and, in files of 1.0, by Linux's number.
struct NetworkError {
  std::string_view word;
  int number;
  dns::Silence silence;
};
constexpr std::array<NetworkError, 6> network_errors{
    {{"ECONNREFUSED", ECONNREFUSED, dns::Silence::refused},
     {"EHOSTUNREACH", EHOSTUNREACH, dns::Silence::host_unreachable},
     {"ENETUNREACH", ENETUNREACH, dns::Silence::net_unreachable},
     {"ECONNRESET", ECONNRESET, dns::Silence::reset},
     {"EADDRNOTAVAIL", EADDRNOTAVAIL, dns::Silence::family_unreachable},
     {"EAFNOSUPPORT", EAFNOSUPPORT, dns::Silence::family_unreachable}}};

constexpr std::uint16_t flag_rd = 0x0100, flag_cd = 0x0010;  // RFC 1035 §4.1.1, RFC 4035 §3.2.2

}  // namespace resolver
