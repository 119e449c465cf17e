#include "tests/recipes/edits.h"
#include "tests/recipes/recipe.h"

namespace recipes {
namespace {

using dns::Algorithm;
using dns::Digest;

Key fresh(std::uint16_t flags = 257, Algorithm algorithm = Algorithm::ecdsap256sha256) {
  return signed_world::make_key(algorithm, flags);
}

// The DS of example. as it should be, changed.
Record changed(const Plot& zone, const std::function<void(dns::Ds&)>& how, std::size_t key = 0) {
  Record record = zone.ds(Digest::sha256, key);
  edit_rdata(record, dns::read_ds, how);
  return record;
}

}  // namespace

std::vector<Recipe> ds_recipes() {
  using enum Security;
  return {
      {"no-secure-entry",
       "Two DS: one leads to no key, the other to a key without its signature; neither way leads in (RFC 4035 §5.2).",
       bogus, "entry-key-not-signing",
       [](Tree& tree) {
         Plot& zone = tree.zone();
         zone.keys.push_back(fresh());
         Plot other = zone;
         other.keys = {fresh()};
         zone.ds_set = Records{zone.ds(Digest::sha256, 2), other.ds()};
       }},
      {"ds-matches-no-key", "The DS names a key that was replaced long ago (RFC 4035 §5.2).", bogus,
       "ds-matches-no-key",
       [](Tree& tree) {
         Plot old = tree.zone();
         old.keys = {fresh()};
         tree.zone().ds_set = Records{old.ds()};
       }},
      {"ds-mistyped", "The DS says algorithm 8 of a key of algorithm 13; tag and digest are right (RFC 4034 §5.1).",
       bogus, "ds-mistyped",
       [](Tree& tree) {
         tree.zone().ds_set = Records{changed(tree.zone(), [](dns::Ds& ds) { ds.algorithm = Algorithm::rsasha256; })};
       }},
      {"ds-digest-mismatch", "One octet of the DS digest is another (RFC 4034 §5.1.4).", bogus, "ds-digest-mismatch",
       [](Tree& tree) {
         tree.zone().ds_set = Records{changed(tree.zone(), [](dns::Ds& ds) { ds.digest.front() ^= 0x20; })};
       }},
      {"ds-digest-mismatch",
       "The last octet of the DS digest was not copied (RFC 4509 §2.2).",
       bogus,
       "ds-digest-mismatch",
       [](Tree& tree) {
         tree.zone().ds_set = Records{changed(tree.zone(), [](dns::Ds& ds) { ds.digest.pop_back(); })};
       },
       {},
       "ds-digest-short"},
      {"ds-spare-wrong", "Beside a working DS of SHA-256 stands one of SHA-384 with a wrong digest (RFC 6840 §5.11).",
       secure, "ds-spare-wrong",
       [](Tree& tree) {
         Plot& zone = tree.zone();
         Record wrong = zone.ds(Digest::sha384);
         wrong.rdata.back() ^= 1;
         zone.ds_set = Records{zone.ds(), wrong};
       }},
      {"ds-without-key", "Beside a working DS stands one for a key that is not published (RFC 7583 §3.3.2).", secure,
       "",
       [](Tree& tree) {
         Plot standby = tree.zone();
         standby.keys = {fresh()};
         tree.zone().ds_set = Records{tree.zone().ds(), standby.ds()};
       }},
      {"entry-key-not-signing",
       "The key that the DS names is published; another key signs the DNSKEY set (RFC 4035 §5.2).", bogus,
       "entry-key-not-signing",
       [](Tree& tree) {
         tree.zone().keys.push_back(fresh());
         tree.zone().sign_keys_by = {2};
       }},
      {"verdict-depends-on-policy",
       "DS and keys are of algorithm 5 alone: without RSASHA1 the zone counts as unsigned, with it all holds (RFC 9905 "
       "§2).",
       insecure, "delegation-algorithm-unsupported",
       [](Tree& tree) {
         for (auto& key : tree.zone().keys) key = signed_world::make_key(Algorithm::rsasha1, key.dnskey.flags, 2048);
       }},
      {"entry-missing-for-algorithm",
       "The DS of algorithm 13 works, the one of algorithm 15 names no published key (RFC 6840 §5.11).",
       secure,
       "entry-missing-for-algorithm",
       [](Tree& tree) {
         Plot other = tree.zone();
         other.keys = {fresh(257, Algorithm::ed25519)};
         tree.zone().ds_set = Records{tree.zone().ds(), other.ds()};
       },
       {"signature-missing-for-algorithm"}},
      {"ds-for-unusable-key", "The one DS names a key that is revoked (RFC 5011 §2.1).", bogus, "ds-for-unusable-key",
       [](Tree& tree) { tree.zone().keys[0].dnskey.flags |= dns::Dnskey::revoke_flag; }},
      {"ds-for-key-without-sep", "The ZSK's DS was handed up with the KSK's (RFC 6840 §6.2).", secure, "",
       [](Tree& tree) {
         Plot& zone = tree.zone();
         zone.ds_set = Records{zone.ds(), zone.ds(Digest::sha256, 1)};
         zone.sign_keys_by = {0, 1};
       }},
      {"ds-sha1-only", "The only DS is of SHA-1 (RFC 9904 §4).", secure, "ds-sha1-only",
       [](Tree& tree) { tree.zone().ds_set = Records{tree.zone().ds(Digest::sha1)}; }},
      {"ds-sha1-surplus", "Beside a DS of SHA-256 stands one of SHA-1 for the same key (RFC 4509 §3).", secure, "",
       [](Tree& tree) { tree.zone().ds_set = Records{tree.zone().ds(), tree.zone().ds(Digest::sha1)}; }},
      {"ds-digest-forbidden", "Beside a working DS stands one of digest type 0 (RFC 9906 §2).", secure,
       "ds-digest-forbidden",
       [](Tree& tree) {
         tree.zone().ds_set =
             Records{tree.zone().ds(), changed(tree.zone(), [](dns::Ds& ds) { ds.digest_type = Digest::null; })};
       }},
      {"ds-unsupported", "Beside a working DS stands one of a digest type that nobody has registered (RFC 6840 §5.2).",
       secure, "ds-unsupported",
       [](Tree& tree) {
         tree.zone().ds_set =
             Records{tree.zone().ds(), changed(tree.zone(), [](dns::Ds& ds) { ds.digest_type = Digest{200}; })};
       }},
      {"ds-ttl-long", "The DS may be kept for two days: a mistake would last as long.", secure, "",
       [](Tree& tree) {
         Record ds = tree.zone().ds();
         ds.ttl = 2 * 86400;
         tree.zone().ds_set = Records{ds};
       }},
  };
}

}  // namespace recipes
