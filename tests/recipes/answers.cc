#include <algorithm>

#include "tests/recipes/edits.h"
#include "tests/recipes/recipe.h"

namespace recipes {
namespace {

constexpr const char* www = "www.example.";

// sub.example., signed like example. itself, with an address at host.sub.example., where www.example. leads.
Plot& target_zone(Tree& tree) {
  tree.zone().lines = "www.example. 300 CNAME host.sub.example.\n";
  Plot& sub = tree.add("sub.example.");
  sub.lines = "host.sub.example. 300 A 192.0.2.90\n";
  return sub;
}

// old.example. is moved to new.example. as a whole; the made-up CNAME is changed.
std::function<void(Tree&)> moved(const Tree::Rewrite& how) {
  return [how](Tree& tree) {
    tree.zone().lines = "old.example. 300 DNAME new.example.\na.new.example. 300 A 192.0.2.80\n";
    tree.target.name = name("a.old.example.");
    tree.reply("a.old.example.", RRType::a, how);
  };
}

}  // namespace

std::vector<Recipe> answer_recipes() {
  using enum Security;
  return {
      {"alias-with-other-data", "At www.example. an address and a CNAME stand side by side (RFC 2181 §10.1).", secure,
       "alias-with-other-data",
       [](Tree& tree) {
         tree.reply(www, RRType::a, [&tree](dns::Message& message) {
           if (!message.aa) return;
           const auto cname = signed_world::World::plain("www.example. 300 CNAME ns.example.");
           message.answer.push_back(cname.front());
           const auto set = set_of(cname, www, RRType::cname);
           message.answer.push_back(signed_world::rrsig_record(set, tree.zone(), {.key = 1}, tree.now));
         });
       }},
      {"alias-loop", "www.example. is an alias of ftp.example., and that of www.example. (RFC 1034 §3.6.2).",
       indeterminate, "alias-loop",
       [](Tree& tree) {
         tree.zone().lines = "www.example. 300 CNAME ftp.example.\nftp.example. 300 CNAME www.example.\n";
       }},
      {"alias-leaves-security", "www.example. is an alias of a name in an unsigned zone (RFC 4035 §5).", insecure,
       "delegation-insecure", [](Tree& tree) { target_zone(tree).keys.clear(); }},
      {"alias-leads-to-bogus", "www.example. is a sound alias of a name whose signature is damaged (RFC 4035 §5.5).",
       bogus, "signature-incorrect",
       [](Tree& tree) {
         target_zone(tree).edit = [](Records& records) {
           signature_in(records, "host.sub.example.", RRType::a).rdata.back() ^= 1;
         };
       }},
      {"dname-cname-wrong", "The answer has the DNAME and not the CNAME made from it (RFC 6672 §3.1).", secure,
       "dname-cname-wrong", moved([](dns::Message& message) {
         std::erase_if(message.answer, [](const Record& record) { return record.type == RRType::cname; });
       })},
      {"dname-cname-ttl-odd", "The CNAME made from a DNAME has TTL 0 (RFC 6672 §3.1).", secure, "",
       moved([](dns::Message& message) {
         for (Record& record : message.answer)
           if (record.type == RRType::cname) record.ttl = 0;
       })},
      {"answer-padded", "Beside the address's good signature stand six damaged ones (CVE-2026-11605).", secure,
       "answer-padded",
       [](Tree& tree) {
         std::vector<Stamp> stamps{{.key = 1}};
         for (int i = 0; i < 6; ++i)
           stamps.push_back({.expiration = tree.day(10, i), .key = 1, .octets = Stamp::Octets::broken});
         tree.zone().sign(www, RRType::a, stamps);
       }},
      {"work-budget-spent", "Twenty signatures over the address, all damaged: not all are tried (CVE-2023-50387).",
       bogus, "work-budget-spent",
       [](Tree& tree) {
         tree.target.made_up = "qwhxzkfbnvtp";  // the zone's other signatures hold
         std::vector<Stamp> stamps;
         for (int i = 0; i < 20; ++i)
           stamps.push_back({.expiration = tree.day(1, i), .key = 1, .octets = Stamp::Octets::broken});
         tree.zone().sign(www, RRType::a, stamps);
       }},
      {"validator-limits-exceeded", "The answer lies behind thirteen aliases.", indeterminate,
       "validator-limits-exceeded",
       [](Tree& tree) {
         tree.target.effort = dns::Effort::quick;
         tree.zone().lines = "a13.example. 300 A 192.0.2.80\n";
         for (int i = 0; i < 13; ++i)
           tree.zone().lines +=
               "a" + std::to_string(i) + ".example. 300 CNAME a" + std::to_string(i + 1) + ".example.\n";
         tree.target.name = name("a0.example.");
       }},
  };
}

}  // namespace recipes
