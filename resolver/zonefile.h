// A Source made of zones in memory: each address answers as an authoritative server of its zones, or as a resolver over
// them. For tests and what-if; it opens no file and no socket.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "dns/address.h"
#include "resolver/source.h"
#include "resolver/zone_answer.h"

namespace resolver {

struct ZoneServer {
  enum class Role : std::uint8_t {
    authoritative,  // follows aliases within one zone; refers; refuses what is in none of its zones
    recursive,      // RA set, AA clear; follows aliases through all its zones; what they do not hold is SERVFAIL
  } role = Role::authoritative;
  std::vector<std::shared_ptr<const ZoneTree>> zones;
};

std::shared_ptr<const ZoneTree> make_zone(const dns::Name& apex, std::span<const dns::Record> records);

// One query's answer, as a server would send it by TCP.
dns::Message answer(const ZoneServer& server, const dns::Message& query, const Nsec3Hash& hash);

// Asks to other addresses time out. UDP replies longer than the query allows are truncated to the question (RFC 2181
// §9).
std::unique_ptr<Source> zonefile_source(std::map<dns::Address, ZoneServer> servers, Nsec3Hash hash);

}  // namespace resolver
