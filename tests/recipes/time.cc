#include "tests/recipes/recipe.h"

namespace recipes {
namespace {

constexpr const char* www = "www.example.";
constexpr const char* short_lived = "300 SOA ns. mail. 7 7200 3600 86400 300";  // secondaries stop after a day

}  // namespace

std::vector<Recipe> time_recipes() {
  using enum Security;
  return {
      {"chain-breaks-soon", "Every signature of example. ends in two days (RFC 4035 §5.3.1).", secure,
       "chain-breaks-soon",
       [](Tree& tree) {
         tree.zone().soa = short_lived;
         tree.zone().usual = {.inception = tree.day(-8), .expiration = tree.day(2)};
       }},
      {"signature-refresh-missed", "Nothing was signed for twenty of twenty-four days (RFC 6781 §4.4.2.2).", secure,
       "signature-refresh-missed",
       [](Tree& tree) {
         tree.zone().soa = short_lived;
         tree.zone().usual = {.inception = tree.day(-20), .expiration = tree.day(3, 43200)};
       }},
      {"ttl-outlives-signature",
       "The address may be kept for seven days, its signature ends in four (RFC 6781 §4.4.1).", secure,
       "ttl-outlives-signature",
       [](Tree& tree) {
         tree.zone().soa = short_lived;
         tree.zone().lines = "www.example. 604800 A 192.0.2.80\n";
         tree.zone().sign(www, RRType::a, {{.expiration = tree.day(4), .key = 1}});
       }},
      {"signature-within-clock-skew", "The address's signature began a minute ago (RFC 4035 §5.3.1).", secure,
       "signature-within-clock-skew",
       [](Tree& tree) { tree.zone().sign(www, RRType::a, {{.inception = tree.day(0, -60), .key = 1}}); }},
      {"signatures-expire-together", "Every signature of example. ends at one instant (RFC 6781 §4.4.2).", secure, "",
       [](Tree& tree) {
         tree.target.made_up = "qwhxzkfbnvtp";
         tree.zone().usual = {.expiration = tree.day(14)};
       }},
      {"signature-shorter-than-soa-expire",
       "Signatures end in two weeks, secondaries serve for four (RFC 6781 §4.4.1).", secure,
       "signature-shorter-than-soa-expire",
       [](Tree& tree) { tree.zone().soa = "300 SOA ns. mail. 7 7200 3600 2419200 300"; }},
      {"signature-period-odd", "The address's signature lasts for a hundred days (RFC 6781 §4.4.2).", secure, "",
       [](Tree& tree) { tree.zone().sign(www, RRType::a, {{.expiration = tree.day(100), .key = 1}}); }},
  };
}

}  // namespace recipes
