// Reply: what kind of word a message is on a question: data, alias, referral, denial. By its form alone.
// Nothing here is authentic; the validator decides that.
#pragma once

#include <optional>
#include <vector>

#include "dns/address.h"
#include "dns/message.h"

namespace dns {

// Where an alias in the answer leads from `name`: a DNAME above it (RFC 6672 §2.2) before a CNAME at it; nullopt if the
// answer has data of `type` at the name, or no alias, or the new name would be too long.
std::optional<Name> alias_target(const Message& message, const Name& name, RRType type);

// The child that the message refers to: no answer, no SOA, AA clear, NS records of a name below `zone` and at or above
// `name`.
std::optional<Name> referral_child(const Message& message, const Name& zone, const Name& name);

// Signers of the RRSIG records and owners of the SOA records that speak in the message: apexes of zones, as it claims.
std::vector<Name> claimed_apexes(const Message& message);

// True if the authority section says something on DS: DS, NSEC or NSEC3 records.
bool speaks_of_ds(const Message& message);

// NOERROR, NXDOMAIN or YXDOMAIN.
bool is_clear(const Message& message);

// The name's A and AAAA records in answer and additional section, with `port`.
std::vector<Address> addresses_of(const Message& message, const Name& name, std::uint16_t port);
std::vector<Name> name_servers(const Message& message, const Name& zone);

}  // namespace dns
