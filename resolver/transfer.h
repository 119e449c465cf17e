// A whole zone asked of one server (AXFR, RFC 5936) over a TCP connection of our own: c-ares ends a question with its
// first message. It keeps nothing: every record goes to the caller as it comes.
#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <optional>
#include <string>

#include "dns/address.h"
#include "resolver/source.h"
#include "resolver/transfer_reader.h"

namespace resolver {

struct TransferPlan {
  dns::Address server;
  dns::Name zone;
  std::optional<TsigKey> key;
  std::optional<dns::Address> bind;
  Clock::time_point deadline;                   // of the whole
  std::chrono::milliseconds silence{10'000};    // at most between two pieces, and until the server takes the call
  std::chrono::milliseconds pace_span{30'000};  // in every such span …
  std::uint64_t pace_octets = 10'240;           // … so much at least: a server that drips holds nobody up for ever
  std::uint64_t octets_most = std::uint64_t{4} << 30;
};

struct TransferFault {
  enum class Kind : std::uint8_t {
    here,         // our own socket
    unreachable,  // no connection: another address may do
    server,       // what it said, or left unsaid
    late,         // the deadline
  } kind = Kind::server;
  std::string why;  // one phrase for people, with server and zone
};

struct Transferred {
  std::uint64_t records = 0, messages = 0, octets = 0;
};

// Error: then what the sink was given is worth nothing. `progress` is called after every piece.
std::expected<Transferred, TransferFault> transfer(const TransferPlan& plan, const TransferReader::Sink& sink,
                                                   const std::function<void(const Transferred&)>& progress = {});

}  // namespace resolver
