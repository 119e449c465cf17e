#include "tests/recipes/edits.h"
#include "tests/recipes/recipe.h"
#include "validator/crypto_facts.h"

namespace recipes {
namespace {

using dns::Algorithm;

constexpr const char* www = "www.example.";

Key fresh(std::uint16_t flags, Algorithm algorithm = Algorithm::ecdsap256sha256) {
  return signed_world::make_key(algorithm, flags);
}

// example. with both keys of another kind.
std::function<void(Tree&)> of(Algorithm algorithm, std::size_t bits) {
  return [algorithm, bits](Tree& tree) {
    tree.zone().keys = {signed_world::make_key(algorithm, 257, bits), signed_world::make_key(algorithm, 256, bits)};
  };
}

// example. with one more key that does nothing, changed from a good one.
std::function<void(Tree&)> beside(const std::function<void(dns::Dnskey&)>& change) {
  return [change](Tree& tree) {
    Key idle = fresh(256);
    change(idle.dnskey);
    tree.zone().keys.push_back(std::move(idle));
  };
}

// example. with one RSA key for all, and beside it one that does nothing, with this exponent and a modulus of so many
// octets: nobody has its private half, and none is needed.
std::function<void(Tree&)> beside_rsa(const dns::Bytes& exponent, std::size_t octets) {
  return [exponent, octets](Tree& tree) {
    Plot& zone = tree.zone();
    zone.keys = {signed_world::make_key(Algorithm::rsasha256, 257, 2048)};
    zone.sign_data_by = {0};
    dns::Dnskey idle{256, 3, Algorithm::rsasha256, {static_cast<std::uint8_t>(exponent.size())}};
    idle.key.insert(idle.key.end(), exponent.begin(), exponent.end());
    idle.key.insert(idle.key.end(), octets, 0xa5);  // the highest bit is set, and the lowest
    zone.keys.push_back({idle, nullptr});
  };
}

// example. with its data signed by a further key under another algorithm's number.
std::function<void(Tree&)> also_signed_by(Algorithm algorithm) {
  return [algorithm](Tree& tree) {
    Plot& zone = tree.zone();
    zone.keys.push_back(fresh(256));
    zone.keys.back().dnskey.algorithm = algorithm;
    zone.sign_data_by = {1, 2};
  };
}

}  // namespace

std::vector<Recipe> key_recipes() {
  using enum Security;
  return {
      {"keys-missing", "DS and signatures are there, the DNSKEY set is not (RFC 4035 §2.1).", bogus, "keys-missing",
       [](Tree& tree) { tree.zone().edit = [](Records& records) { erase(records, "example.", RRType::dnskey); }; }},
      {"ksk-missing", "The KSK that the DS names was taken out; the ZSK signs all (RFC 4035 §2.1).", bogus,
       "ksk-missing",
       [](Tree& tree) {
         tree.zone().ds_set = Records{tree.zone().ds()};
         tree.zone().keys.erase(tree.zone().keys.begin());
         tree.zone().sign_data_by = {0};
       }},
      // Not even that www.example. is no zone of its own is denied with proof, hence not bogus (docs/not-yet.md).
      {"zsk-missing", "The DNSKEY set is signed, nothing else is (RFC 4035 §2.2).", bogus, "zsk-missing",
       [](Tree& tree) {
         tree.target.made_up = "qwhxzkfbnvtp";  // what does not exist has no signature either
         tree.zone().sign_data_by.clear();
       }},
      {"key-below-apex", "A DNSKEY stands at www.example., which is no apex (RFC 4035 §5.3.1).", secure, "",
       [](Tree& tree) {
         tree.zone().more = {{name(www), RRType::dnskey, dns::RRClass::in, 300, dns::write(fresh(257).dnskey), {}}};
         tree.target.type = RRType::txt;
       }},
      {"signing-key-missing", "The data is signed by a ZSK that the DNSKEY set no longer has (RFC 4035 §5.3.1).", bogus,
       "signing-key-missing",
       [](Tree& tree) {
         Plot& zone = tree.zone();
         zone.keys.push_back(fresh(256));
         zone.unsigned_edit = [gone = dns::write(zone.keys[1].dnskey)](Records& records) {
           std::erase_if(records, [&](const Record& record) { return record.rdata == gone; });
         };
       }},
      {"key-malformed", "Beside the keys at work stands one of 63 octets, for P-256 needs 64 (RFC 6605 §4).", secure,
       "key-malformed", beside([](dns::Dnskey& key) { key.key.pop_back(); })},
      {"key-malformed",
       "The ZSK is no point of its curve; nothing it signs can be checked (RFC 6605 §4).",
       bogus,
       "key-malformed",
       [](Tree& tree) {
         // (0, 0) is on no P-256 curve: y² = x³ - 3x + b with b ≠ 0.
         tree.zone().keys[1].dnskey.key = dns::Bytes(64, 0);
       },
       {},
       "key-malformed-zsk"},
      {"key-not-zone-key", "The key that signs the data has the zone flag clear (RFC 4034 §2.1.1).", bogus,
       "key-not-zone-key", [](Tree& tree) { tree.zone().keys[1].dnskey.flags = 0; }},
      {"key-tag-collision", "Two keys share tag and algorithm (RFC 4034 §B).", secure, "",
       [](Tree& tree) {
         Plot& zone = tree.zone();
         Key twin;
         do {  // two octets are chosen for the tag; every other such x is one of a point
           twin = fresh(256);
           twin.dnskey = signed_world::with_tag(twin.dnskey, zone.keys[1].dnskey.tag(), 0);
         } while (validator::key_facts(twin.dnskey).fault);
         zone.keys.push_back(std::move(twin));
       }},
      {"key-reused", "KSK and ZSK are the same public key under other flags.", secure, "",
       [](Tree& tree) {
         Key twin = tree.zone().keys[0];
         twin.dnskey.flags = 256;
         tree.zone().keys[1] = std::move(twin);
       }},
      {"key-unused", "A further key is published, signs nothing and has no DS (RFC 7583 §3.2).", secure, "",
       beside([](dns::Dnskey&) {})},
      {"key-revoked", "An old KSK is revoked, and signs its revocation itself (RFC 5011 §2.1).", secure, "",
       [](Tree& tree) {
         tree.zone().keys.push_back(fresh(257 | dns::Dnskey::revoke_flag));
         tree.zone().sign_keys_by = {0, 2};
       }},
      {"key-revoked-not-selfsigned", "An old KSK has the revoke flag and does not sign its revocation (RFC 5011 §2.1).",
       secure, "", [](Tree& tree) { tree.zone().keys.push_back(fresh(257 | dns::Dnskey::revoke_flag)); }},
      {"key-roles-unusual", "One key does everything (RFC 6781 §3.1).", secure, "",
       [](Tree& tree) {
         tree.zone().keys.pop_back();
         tree.zone().sign_data_by = {0};
       }},
      {"rsa-size-illegal", "Beside the keys at work stands an RSA key of 504 bits (RFC 5702 §2.1).", secure,
       "rsa-size-illegal", beside_rsa({1, 0, 1}, 63)},
      {"rsa-size-short",
       "The zone's RSA keys have 1024 bits (RFC 6781 §3.4.2).",
       secure,
       "rsa-size-short",
       of(Algorithm::rsasha256, 1024),
       {"rsa-size-short"}},
      {"rsa-exponent-illegal", "Beside the keys at work stands an RSA key with the exponent 65536 (RFC 3110 §2).",
       secure, "rsa-exponent-illegal", beside_rsa({1, 0, 0}, 256)},
      {"rsa-exponent-unusual", "Beside the key at work stands one with the exponent 3.", secure, "",
       beside_rsa({3}, 256)},
      {"algorithm-forbidden", "The data is signed by algorithm 13, and by 3, DSA, as well (RFC 9906 §2).", secure,
       "algorithm-forbidden", also_signed_by(Algorithm::dsa)},
      {"algorithm-sha1", "The data is signed by algorithm 13, and by 5, RSASHA1, as well (RFC 9905 §2).", secure,
       "algorithm-sha1",
       [](Tree& tree) {
         Plot& zone = tree.zone();
         zone.keys.push_back(signed_world::make_key(Algorithm::rsasha1, 256, 2048));
         zone.sign_data_by = {1, 2};
       }},
      {"algorithm-discouraged", "The zone signs with RSASHA512 (RFC 9904 §3).", secure, "",
       of(Algorithm::rsasha512, 2048)},
      {"algorithm-unsupported",
       "The data is signed by algorithm 13, and by 253, a private one, as well (RFC 4035 §5.2).", secure,
       "algorithm-unsupported", also_signed_by(Algorithm::privatedns)},
      {"algorithm-experimental", "The data is signed by algorithm 13, and by 23, GOST 2012, as well.", secure, "",
       also_signed_by(Algorithm::ecc_gost12)},
  };
}

}  // namespace recipes
