// Evidence: what was asked of whom, and what was heard, silence included. The only thing analysis looks at.
// It means nothing by itself; files of it are resolver/recording's.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "dns/address.h"
#include "dns/message.h"
#include "dns/time.h"

namespace dns {

// How a question is put. Another manner is another ask, so every retry is visible.
struct Manner {
  enum class Transport : std::uint8_t { udp, tcp };
  enum class Recursion : std::uint8_t { not_desired, desired };
  enum class Extension : std::uint8_t { edns_do, edns_plain, none };  // OPT with DO; OPT, DO clear; no OPT
  Transport transport = Transport::udp;
  Recursion recursion = Recursion::not_desired;
  Extension extension = Extension::edns_do;
  bool checking_disabled = true;      // CD on all questions of a validator (RFC 6840 §5.9)
  std::uint16_t udp_size = 1232;      // RFC 9715 §3.1
  std::uint8_t attempt = 0;           // 0, 1, 2: a retry is a new ask
  std::vector<EdnsOption> options{};  // as they stand in OPT; not sent without it

  friend auto operator<=>(const Manner&, const Manner&) = default;
};

struct Ask {
  Address server;
  Name name;
  RRType type{};
  Manner manner;

  friend bool operator==(const Ask&, const Ask&) = default;
  friend std::weak_ordering operator<=>(const Ask& left, const Ask& right);  // any fixed total order
};

// Why nothing usable came (findings.md §2.2 server-silent, server-tcp-refused, and "not an answer to our question").
enum class Silence : std::uint8_t {
  timeout,
  refused,
  host_unreachable,
  net_unreachable,
  reset,
  family_unreachable,  // no route for this address family on this machine: never the server's fault
  not_asked,           // the Source has no such exchange (replay), or may not send there
};
std::string_view to_text(Silence silence);  // "timeout", "refused", "host", "net", "reset", "family", "not-asked"

// A reply: its octets, and what they say (or why they cannot be read).
struct Reply {
  Bytes octets;
  std::expected<Message, Fault> message;  // always decode(octets)
};
Reply reply_of(Bytes octets);

using Outcome = std::variant<Silence, Reply>;

struct Exchange {
  Ask ask;
  Bytes sent;  // the query's octets; may be empty in evidence that is not from a network
  Outcome outcome = Silence::timeout;
  std::chrono::microseconds rtt{0};
  // A planned DS set that nobody could sign yet: set only by the overlay Source, accepted only under a what-if Policy.
  enum class Origin : std::uint8_t { heard, assumed } origin = Origin::heard;

  // The message, if one came that answers this question; nullptr else.
  const Message* message() const;
};

// A name server by its name, as hints and NS sets give it.
struct NamedServer {
  Name name;
  Address address;
  friend auto operator<=>(const NamedServer&, const NamedServer&) = default;
};

enum class Mode : std::uint8_t { stub, walk };     // through recursive resolvers, or from the root hints
enum class Effort : std::uint8_t { quick, full };  // the verdict alone, or every server and every diagnosis

// What the user wants of every question (+tcp, +bufsize=, +nsid, +cookie).
struct Habit {
  Manner::Transport transport = Manner::Transport::udp;
  std::uint16_t udp_size = 1232;
  bool nsid = false;    // RFC 5001
  bool cookie = false;  // RFC 7873
  friend bool operator==(const Habit&, const Habit&) = default;
};

// One question and where to begin. Everything drawn by chance is drawn once, into here.
struct Target {
  Name name;
  RRType type = RRType::a;
  Mode mode = Mode::walk;
  Effort effort = Effort::quick;
  std::vector<NamedServer> servers;  // stub: the resolvers; walk: the root hints
  std::vector<Name> anchors;         // zones that have a trust anchor: where a stub's burst begins
  std::uint16_t port = 53;           // walk: port of every server found on the way
  std::string made_up;  // a label that surely does not exist, for the audit's questions; "" = none are asked
  Bytes chance;         // 16 octets for letter case and cookies; empty: no server is tried with them
  Habit habit;
  std::vector<NamedServer> elsewhere;  // stub: other resolvers, asked the same for comparison; they decide nothing
  std::vector<Address::Family> families{Address::Family::ipv4, Address::Family::ipv6};
};

// All that was heard for one Target.
struct Evidence {
  Target target;
  Time started{};                   // wall clock when gathering began
  std::vector<Exchange> exchanges;  // in the order in which outcomes came in
  std::vector<Ask> cut_short;       // asked or still to be asked when a limit ended the gathering
  enum class Limit : std::uint8_t { none, count, deadline } limit = Limit::none;
  int rounds = 0;                        // sequential round trips of the gathering
  std::chrono::milliseconds elapsed{0};  // from the first ask to the last outcome

  const Exchange* find(const Ask& ask) const;
  void add(Exchange exchange);
};

}  // namespace dns
