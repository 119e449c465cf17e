#include "tests/recipes/edits.h"
#include "tests/recipes/recipe.h"

namespace recipes {
namespace {

using trustanchor::Anchor;

// The root publishes one more entry key.
void publish(Tree& tree, const std::vector<std::size_t>& signed_by) {
  tree.root().keys.push_back(signed_world::make_key(dns::Algorithm::ecdsap256sha256, 257));
  tree.root().sign_keys_by = signed_by;
}

// … which is an anchor here too.
Anchor& trust(Tree& tree) {
  const auto ds = dns::read_ds(tree.root().ds(dns::Digest::sha256, 2).rdata).value();
  return tree.anchors.anchors.emplace_back(Anchor{name("."), ds, "the recipe", "", {}, {}});
}

}  // namespace

std::vector<Recipe> anchor_recipes() {
  using enum Security;
  return {
      {"anchor-outdated", "The root publishes a second entry key, which is no anchor here (RFC 5011 §2.2).", secure,
       "anchor-outdated", [](Tree& tree) { publish(tree, {0}); }},
      {"anchor-revoked", "The first of two anchors is published as revoked, signed by itself (RFC 5011 §2.1).", secure,
       "anchor-revoked",
       [](Tree& tree) {
         publish(tree, {0, 2});
         trust(tree);
         tree.root().keys[0].dnskey.flags |= dns::Dnskey::revoke_flag;
       }},
      {"anchor-revoked",
       "The only anchor is published as revoked, signed by itself: nothing is trusted any more (RFC 5011 §5).",
       bogus,
       "anchor-revoked",
       [](Tree& tree) {
         publish(tree, {0, 2});
         tree.root().keys[0].dnskey.flags |= dns::Dnskey::revoke_flag;
       },
       {},
       "anchor-revoked-last"},
      {"anchor-pending", "The root's new key was first seen ten days ago: twenty are left to wait (RFC 5011 §2.4.1).",
       secure, "",
       [](Tree& tree) {
         publish(tree, {0});
         Anchor& anchor = trust(tree);
         anchor.state = Anchor::State::add_pend;
         anchor.pending_since = tree.now - std::chrono::days{10};
       }},
      {"root-key-roll", "The root has an old and a new entry key; both are anchors here, and both sign (RFC 5011 §6).",
       secure, "",
       [](Tree& tree) {
         publish(tree, {0, 2});
         trust(tree);
       }},
  };
}

}  // namespace recipes
