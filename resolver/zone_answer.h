// What an authoritative server says from one zone: data, aliases, referrals, denials, with the records that prove them.
// It signs nothing and hashes nothing: both come in.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "dns/message.h"
#include "resolver/zone_tree.h"

namespace resolver {

// The hash of RFC 5155 §5 with algorithm 1; empty: not to be had, and no NSEC3 proof is given.
using Nsec3Hash = std::function<dns::Bytes(const dns::Name& name, std::uint16_t iterations, dns::View salt)>;

enum class Proofs : std::uint8_t { with, without };  // whether RRSIG, NSEC and NSEC3 are added (RFC 4035 §3.1: DO)

enum class Answered : std::uint8_t { data, alias, referral, no_data, no_name };
struct ZoneAnswer {
  Answered answered = Answered::data;
  std::optional<dns::Name> next;  // alias: where the search goes on
};

// Adds to `message` what `zone` says on the question; one link of an alias chain at a time. The rcode is set to
// NXDOMAIN or YXDOMAIN where that is the answer (RFC 1034 §4.3.2, RFC 4035 §3.1, RFC 5155 §7.2, RFC 6672 §3.2).
// Requires: name is at or below the zone's apex.
struct ZoneQuestion {
  dns::Name name;
  dns::RRType type{};
  Proofs proofs = Proofs::with;
};
ZoneAnswer answer_from(const ZoneTree& zone, const ZoneQuestion& question, const Nsec3Hash& hash,
                       dns::Message& message);

}  // namespace resolver
