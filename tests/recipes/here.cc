#include <algorithm>

#include "tests/recipes/edits.h"
#include "tests/recipes/recipe.h"

namespace recipes {
namespace {

// Asked through a resolver, whose replies are changed.
std::function<void(Tree&)> forwarded(const Tree::Rewrite& how) {
  return [how](Tree& tree) {
    tree.target.mode = dns::Mode::stub;
    tree.hear([how](dns::Exchange& exchange) { rewrite(exchange, how); });
  };
}

std::function<void(Tree&)> anchored(const std::function<void(Tree&, dns::Ds&)>& how) {
  return [how](Tree& tree) { how(tree, std::get<dns::Ds>(tree.anchors.anchors.front().key)); };
}

}  // namespace

std::vector<Recipe> here_recipes() {
  using enum Security;
  return {
      {"clock-suspect",
       "Every signature of the root and of example. ended yesterday: this clock is fast (RFC 4034 §3.1.5).", bogus,
       "clock-suspect",
       [](Tree& tree) {
         for (Plot* plot : {&tree.root(), &tree.zone()})
           plot->usual = {.inception = tree.day(-15), .expiration = tree.day(-1)};
       }},
      {"family-unreachable-here", "There is no IPv6 route here; the second server of example. is left out.", secure, "",
       [](Tree& tree) {
         tree.zone().hosts.push_back({name("ns2.example."), address("2001:db8::12")});
         tree.hear([](dns::Exchange& exchange) {
           if (exchange.ask.server.family == dns::Address::Family::ipv6)
             exchange.outcome = dns::Silence::family_unreachable;
         });
       }},
      {"exchanges-spent", "Five questions were allowed, and the way to the answer takes more.", indeterminate,
       "exchanges-spent", [](Tree& tree) { tree.limits.exchanges = 5; }},
      {"forwarder-strips-dnssec", "The resolver leaves out all signatures (RFC 4035 §3.2.1).", indeterminate,
       "forwarder-strips-dnssec", forwarded([](dns::Message& message) {
         for (auto* section : {&message.answer, &message.authority})
           std::erase_if(*section, [](const Record& record) {
             return record.type == RRType::rrsig || record.type == RRType::nsec;
           });
       })},
      {"forwarder-fails", "The resolver returns SERVFAIL although CD is set (RFC 4035 §3.2.2).", indeterminate,
       "forwarder-fails", forwarded([](dns::Message& message) { refuse(message, dns::Rcode::servfail); })},
      {"insecure-by-local-rule", "A negative trust anchor set here covers example. (RFC 7646 §2).", insecure,
       "insecure-by-local-rule",
       [](Tree& tree) { tree.options = {"--nta", "example.=its signer is moving,2026-12-24"}; }},
      {"anchor-missing", "The only anchor is that of another zone (RFC 4033 §5).", indeterminate, "anchor-missing",
       [](Tree& tree) { tree.anchors.anchors.front().zone = name("other."); }},
      {"anchor-unusable", "The only anchor is of algorithm 253, a private one (RFC 9718 §2).", insecure,
       "anchor-unusable", anchored([](Tree&, dns::Ds& ds) { ds.algorithm = dns::Algorithm::privatedns; })},
      {"anchor-not-signing", "The anchor names a key that the root does not publish (RFC 4035 §5).", bogus,
       "anchor-not-signing", anchored([](Tree& tree, dns::Ds& ds) {
         Plot old = tree.root();
         old.keys = {signed_world::make_key(dns::Algorithm::ecdsap256sha256, 257)};
         ds = dns::read_ds(old.ds().rdata).value();
       })},
      {"anchor-not-signing",
       "The signature over the root's DNSKEY set ended yesterday, its SOA's holds: no clock's fault (RFC 4035 §5).",
       bogus,
       "anchor-not-signing",
       [](Tree& tree) {
         tree.root().sign(".", RRType::dnskey, {{.inception = tree.day(-15), .expiration = tree.day(-1), .key = 0}});
       },
       {},
       "anchor-keys-expired"},
  };
}

}  // namespace recipes
