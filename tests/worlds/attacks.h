// Signed worlds that are built to keep validators busy. It judges nothing.
#pragma once

#include "tests/worlds/signed_world.h"

namespace signed_world {

// KeyTrap (CVE-2023-50387): `keys` RSA keys of 512 bits that share algorithm and tag with a key that can sign (the
// zone's key 1, and the last of them in the set), and `signatures` over (www.z.test., A) by none of them.
World key_trap(std::size_t keys, std::size_t signatures);

// The same one step earlier: DS records that name the colliding keys by tag, and as many signatures over the key set.
World key_trap_at_entry(std::size_t keys, std::size_t signatures);

// CVE-2025-8677: keys of algorithm 13 that are no points, with the tag of the signatures.
World malformed_keys(std::size_t keys, std::size_t signatures);

// CVE-2023-50868: (w.z.test., A) denied by NSEC3 with so many iterations; all its records signed with `stamp`.
World many_iterations(std::uint16_t iterations, const Stamp& stamp = {});

}  // namespace signed_world
