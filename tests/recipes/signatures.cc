#include "tests/recipes/edits.h"
#include "tests/recipes/recipe.h"

namespace recipes {
namespace {

constexpr const char* www = "www.example.";

// www.example. A, signed in this one way; all other signatures hold.
std::function<void(Tree&)> signed_by(std::function<std::vector<Stamp>(Tree&)> stamps) {
  return [stamps](Tree& tree) { tree.zone().sign(www, RRType::a, stamps(tree)); };
}

// A zone asked for its address as well, ns.example. holds its own.
Stamp by_zsk() { return {.key = 1}; }

}  // namespace

std::vector<Recipe> signature_recipes() {
  using enum Security;
  return {
      {"signature-missing", "The address has no signature, everything else has (RFC 4035 §2.2).", bogus,
       "signature-missing", signed_by([](Tree&) { return std::vector<Stamp>{}; })},
      {"signature-missing-for-algorithm",
       "The key set announces algorithms 13 and 15; the address is signed by 13 alone (RFC 4035 §2.2).", secure,
       "signature-missing-for-algorithm",
       [](Tree& tree) {
         Plot& zone = tree.zone();
         zone.keys.push_back(signed_world::make_key(dns::Algorithm::ed25519, 257));
         sign_by_all(zone, {0, 2}, {1, 2});
         zone.ds_set = Records{zone.ds(dns::Digest::sha256, 0), zone.ds(dns::Digest::sha256, 2)};
         zone.sign(www, RRType::a, {by_zsk()});
       }},
      {"signature-expired", "The address's signature ended yesterday, all others hold (RFC 4035 §5.3.1).", bogus,
       "signature-expired", signed_by([](Tree& tree) {
         return std::vector<Stamp>{{.inception = tree.day(-15), .expiration = tree.day(-1), .key = 1}};
       })},
      {"signature-not-yet-valid", "The address's signature begins tomorrow, all others hold (RFC 4035 §5.3.1).", bogus,
       "signature-not-yet-valid",
       signed_by([](Tree& tree) { return std::vector<Stamp>{{.inception = tree.day(1), .key = 1}}; })},
      {"signature-period-inverted", "The address's signature ends before it begins (RFC 4034 §3.1.5).", bogus,
       "signature-period-inverted", signed_by([](Tree& tree) {
         return std::vector<Stamp>{{.inception = tree.day(2), .expiration = tree.day(-2), .key = 1}};
       })},
      {"signature-incorrect", "One bit of the address was changed after it was signed (RFC 4035 §5.3.3).", bogus,
       "signature-incorrect",
       [](Tree& tree) {
         tree.zone().edit = [](Records& records) { find_in(records, www, RRType::a).rdata.back() ^= 1; };
       }},
      {"signature-malformed", "The address's ECDSA signature has 63 octets in place of 64 (RFC 6605 §4).", bogus,
       "signature-malformed",
       [](Tree& tree) {
         tree.zone().edit = [](Records& records) { signature_in(records, www, RRType::a).rdata.pop_back(); };
       }},
      {"signature-signer-foreign", "The root signs the address, which is example.'s to sign (RFC 4035 §5.3.1).", bogus,
       "signature-signer-foreign",
       [](Tree& tree) {
         tree.zone().edit = [&tree](Records& records) {
           erase_signatures(records, www, RRType::a);
           records.push_back(
               signed_world::rrsig_record(set_of(records, www, RRType::a), tree.root(), {.key = 1}, tree.now));
         };
       }},
      {"signature-labels-wrong", "The signature counts three labels for an owner of two (RFC 4035 §5.3.1).", bogus,
       "signature-labels-wrong",
       signed_by([](Tree&) { return std::vector<Stamp>{{.labels = std::uint8_t{3}, .key = 1}}; })},
      {"signature-labels-wrong",
       "The signature counts no label for an answer of example.: a wildcard above the zone (CVE-2026-11721).",
       bogus,
       "signature-labels-wrong",
       signed_by([](Tree&) { return std::vector<Stamp>{{.labels = std::uint8_t{0}, .key = 1}}; }),
       {},
       "signature-labels-below-signer"},
      {"signature-by-revoked-key",
       "The zone's ZSK is revoked, by its own signature, and goes on signing data (RFC 5011 §2.1).", bogus,
       "signature-by-revoked-key",
       [](Tree& tree) {
         Plot& zone = tree.zone();
         zone.keys[1].dnskey.flags |= dns::Dnskey::revoke_flag;
         sign_by_all(zone, {0, 1}, {0});
         zone.sign(www, RRType::a, {by_zsk()});
       }},
      {"signature-spare-bad", "Beside a good signature of the address stands one that is over (RFC 6840 §5.4).", secure,
       "", signed_by([](Tree& tree) {
         return std::vector<Stamp>{by_zsk(), {.inception = tree.day(-15), .expiration = tree.day(-1), .key = 1}};
       })},
      {"ttls-differ", "The two addresses of one set come with TTLs 300 and 200 (RFC 2181 §5.2).", secure, "",
       [](Tree& tree) {
         tree.zone().lines = "www.example. 300 A 192.0.2.80\nwww.example. 300 A 192.0.2.81\n";
         tree.reply(www, RRType::a, [](dns::Message& message) {
           if (!message.answer.empty()) message.answer.front().ttl = 200;
         });
       }},
      {"ttl-above-original", "The address comes with TTL 600, its signature says 300 (RFC 4034 §3.1.4).", secure, "",
       [](Tree& tree) {
         tree.reply(www, RRType::a, [](dns::Message& message) {
           for (Record& record : message.answer) record.ttl = 600;
         });
       }},
      {"non-authoritative-data-signed", "The root signs the NS set of the delegation to example. (RFC 4035 §2.2).",
       secure, "",
       [](Tree& tree) {
         tree.reply(www, RRType::a, [&tree](dns::Message& message) {
           const auto set = set_of(message.authority, "example.", RRType::ns);
           if (message.answer.empty() && !set.rdatas.empty())
             message.authority.push_back(signed_world::rrsig_record(set, tree.root(), {.key = 1}, tree.now));
         });
       }},
  };
}

}  // namespace recipes
