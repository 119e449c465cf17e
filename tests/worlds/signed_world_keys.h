// Keys and signatures for the signed worlds. It knows no zones.
#pragma once

#include "tests/worlds/signed_world.h"

namespace signed_world {

dns::Bytes sign_octets(const Key& key, dns::View data);
dns::Bytes octets_to_sign(const dns::Rrsig& rrsig, const dns::RRset& set);

}  // namespace signed_world
