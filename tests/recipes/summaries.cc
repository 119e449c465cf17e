#include "tests/recipes/edits.h"
#include "tests/recipes/recipe.h"

namespace recipes {
namespace {

constexpr const char* www = "www.example.";

}  // namespace

std::vector<Recipe> summary_recipes() {
  using enum Security;
  return {
      {"zone-not-signed", "The zone moved to servers that do not sign; its DS stayed (RFC 4035 §5.2).", bogus,
       "zone-not-signed",
       [](Tree& tree) {
         tree.zone().ds_set = Records{tree.zone().ds()};
         tree.zone().keys.clear();
       }},
      {"zone-signatures-expired", "Every signature of the zone ended yesterday (RFC 4035 §5.3.1).", bogus,
       "zone-signatures-expired",
       [](Tree& tree) { tree.zone().usual = {.inception = tree.day(-15), .expiration = tree.day(-1)}; }},
      {"zone-signatures-early", "Every signature of the zone begins in two hours: the signer's time zone is wrong.",
       bogus, "zone-signatures-early", [](Tree& tree) { tree.zone().usual = {.inception = tree.day(0, 7200)}; }},
      {"zone-partly-expired",
       "SOA and DNSKEY are fresh, NS and address are over: the signer renews a part (RFC 6781 §4.4.2).", bogus,
       "zone-partly-expired",
       [](Tree& tree) {
         const Stamp over{.inception = tree.day(-15), .expiration = tree.day(-1), .key = 1};
         tree.zone().sign(www, RRType::a, {over});
         tree.zone().sign("example.", RRType::ns, {over});
         tree.target.made_up = "qwhxzkfbnvtp";  // what does not exist is denied by records that are over too
         tree.zone().usual_denial = over;
       }},
      {"zone-signed-by-wrong-key",
       "The published ZSK and the private one are no pair: all it signs fails (RFC 4035 §5.3.3).", bogus,
       "zone-signed-by-wrong-key",
       [](Tree& tree) {
         tree.zone().keys[1].secret = signed_world::make_key(dns::Algorithm::ecdsap256sha256).secret;
         tree.target.made_up = "qwhxzkfbnvtp";
       }},
      {"zone-denial-broken", "Every NSEC of the zone ends its chain one name too early (RFC 4035 §5.4).", bogus,
       "zone-denial-broken",
       [](Tree& tree) {
         tree.target.name = name("nothere.example.");
         tree.target.made_up = "qwhxzkfbnvtp";
         tree.zone().unsigned_edit = [](Records& records) {
           std::erase_if(records, [](const Record& record) { return record.type == RRType::nsec; });
         };
       }},
      {"parent-ds-bogus",
       "The root's signature over the DS of example. fails; example. itself is fine (RFC 4035 §5.2).", bogus,
       "parent-ds-bogus",
       [](Tree& tree) {
         tree.root().edit = [](Records& records) { signature_in(records, "example.", RRType::ds).rdata.back() ^= 1; };
       }},
      {"parent-denial-bogus", "example. is unsigned, and the root's proof that it has no DS is over (RFC 4035 §5.2).",
       bogus, "parent-denial-bogus",
       [](Tree& tree) {
         tree.zone().keys.clear();
         tree.root().sign("example.", RRType::nsec,
                          {{.inception = tree.day(-15), .expiration = tree.day(-1), .key = 1}});
       }},
  };
}

}  // namespace recipes
