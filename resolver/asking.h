// Asking: how a question to one server is dressed: the user's habit, the server's cookie, letters in mixed case.
// What is asked, and when, is said by stub, walk and trial.
#pragma once

#include <cstdint>
#include <optional>

#include "dns/evidence.h"

namespace resolver {

// The usual ask, dressed by the target's habit.
dns::Ask ask_to(const dns::Target& target, const dns::Address& server, const dns::Name& name, dns::RRType type);

// Our cookie for one server: another for each, so that servers cannot tell that we are one client (RFC 7873 §4.1).
// Requires: target.chance has 16 octets.
dns::Bytes client_cookie(const dns::Target& target, const dns::Address& server);

// The cookie to send next: both parts of the reply's, if it has a legal one that begins with ours (RFC 7873 §5.3).
std::optional<dns::Bytes> full_cookie(const dns::Message& reply, const dns::Ask& ask);
const dns::EdnsOption* find_option(const std::vector<dns::EdnsOption>& options, std::uint16_t code);

// The name with some letters in the other case, as chance has it; one at least differs, and of two or more letters that
// were all small, one at least stays so.
dns::Name in_mixed_case(const dns::Target& target, const dns::Address& server, const dns::Name& name);

// SipHash-2-4 (Aumasson and Bernstein, 2012). Requires: `key` has 16 octets.
std::uint64_t siphash(dns::View key, dns::View data);

}  // namespace resolver
