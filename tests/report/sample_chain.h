// Chains built by hand for the tests of the writers: every field is set here, so that a test knows what has to come
// out. They are not judged: nothing checks that an analyzer would ever make them.
#pragma once

#include "validator/chain.h"

namespace report_test {

// The worked example of cli.md §6, to the letter.
validator::Chain healthy();
// The worked example of cli.md §4: www.example.de, every signature of de. by key 33834 fails on its 6 servers.
validator::Chain bogus_parent();
// com. denies a DS of example.com. with NSEC3 and opt-out.
validator::Chain insecure_delegation();
// www.example.org. is an alias of web.example.net.
validator::Chain alias_across_zones();
// The third worked example of cli.md §5: ns2.example.org. is stale.
validator::Chain stale_server();
// The last worked example of cli.md §5: no root server answers.
validator::Chain unreachable();
// Expired since 2026-11-22T00:00:00Z in the zone of the name itself.
validator::Chain expired();
// Names, texts and sources that try to break out of every format.
validator::Chain hostile();
// A zone with a standby key, a revoked one, two DS of which one names no key, wildcards, negative proofs: all that can
// be drawn.
validator::Chain rich();

dns::Name name(std::string_view text);
dns::Time at(std::string_view rfc3339);

}  // namespace report_test
