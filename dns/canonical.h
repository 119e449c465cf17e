// Canonical form: the exact octets that a signature or a digest is made over.
// It verifies nothing; validator/crypto does.
#pragma once

#include "dns/bytes.h"
#include "dns/rdata.h"
#include "dns/record.h"

namespace dns {

// Data in canonical form and order, exact repeats dropped (RFC 4034 §6.2, §6.3).
std::vector<Bytes> canonical_rdatas(RRType type, std::span<const Bytes> rdatas);

// What `rrsig` signs over `set`: RRSIG RDATA without the signature | every RR in canonical form with the original TTL
// and, for a wildcard expansion, the wildcard's owner (RFC 4034 §3.1.8.1, RFC 4035 §5.3.2). Requires: rrsig.labels <=
// labels of the owner (a leading "*" not counted).
Bytes signed_data(const Rrsig& rrsig, const RRset& set);

// The owner that was signed: `owner` itself, or "*." + its rightmost `labels` labels (RFC 4035 §5.3.2).
Name signed_owner(const Name& owner, std::uint8_t labels);

// Labels as the RRSIG field counts them: neither the root nor a leading "*" (RFC 4034 §3.1.3).
std::size_t rrsig_labels(const Name& owner);

// What a DS digest is made over: canonical owner | DNSKEY RDATA (RFC 4034 §5.1.4).
Bytes ds_input(const Name& owner, const Dnskey& key);

}  // namespace dns
