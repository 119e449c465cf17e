#include "dns/text.h"
#include "tests/recipes/edits.h"
#include "tests/recipes/recipe.h"

namespace recipes {
namespace {

constexpr const char *made_up = "qwhxzkfbnvtp", *second = "192.0.2.12";

// What zone and parent tell each other is asked with the made-up names.
std::function<void(Tree&)> says(const std::function<void(Tree&)>& what) {
  return [what](Tree& tree) {
    tree.target.made_up = made_up;
    what(tree);
  };
}

std::function<void(Tree&)> zone_says(std::string_view line) {
  return says([line = std::string(line)](Tree& tree) { tree.zone().lines += line + "\n"; });
}

Record cds_at(std::string_view owner, const Plot& zone) {
  return {name(owner), RRType::cds, dns::RRClass::in, 300, zone.ds().rdata, {}};
}

// example. is signed, without DS, and asks for its first one. Its server is ns.other., whose zone is secure and has
// `signal` where RFC 9615 §4.2 wants it.
std::function<void(Tree&)> first_ds(const std::function<Record(Record)>& signal) {
  return says([signal](Tree& tree) {
    Plot& other = tree.add("other.");
    Plot& zone = tree.zone();
    zone.hosts = other.hosts;
    zone.ds_set = Records{};
    zone.more = {cds_at("example.", zone)};
    zone.sign("example.", RRType::cds, {{.key = 0}});
    other.more = {signal(cds_at("_dsboot.example._signal.ns.other.", zone))};
  });
}

}  // namespace

std::vector<Recipe> signal_recipes() {
  using enum Security;
  return {
      {"csync-present", "The zone asks its parent to copy NS and glue once the serial is 7, which it is (RFC 7477 §3).",
       secure, "", zone_says("example. 300 CSYNC 7 3 A NS AAAA")},
      {"csync-unusable", "The CSYNC names MX, which no parent copies (RFC 7477 §3.2).", secure, "",
       zone_says("example. 300 CSYNC 7 1 NS MX")},
      {"csync-unusable",
       "One server has a CSYNC, the other, a serial behind, has none (RFC 9975 §3.2).",
       secure,
       "",
       says([](Tree& tree) {
         tree.zone().hosts.push_back({name("ns2.example."), address(second)});
         Plot copy = tree.zone();
         copy.soa = "300 SOA ns. mail. 8 7200 3600 604800 300";
         copy.lines += "example. 300 CSYNC 7 1 NS\n";
         tree.zone().hosts.back().copy = tree.signed_zone(copy);
       }),
       {},
       "csync-differs"},
      {"dsync-present", "The root says where a child's new keys are to be announced (RFC 9859 §3).", secure, "",
       says([](Tree& tree) { tree.root().lines += "example._dsync. 300 DSYNC CDS NOTIFY 5359 scanner.example.\n"; })},
      {"bootstrap-signal-present", "The name server outside the zone vouches for its first DS (RFC 9615 §4.2).",
       insecure, "delegation-insecure", first_ds([](Record record) { return record; })},
      {"bootstrap-signal-unusable", "What the name server vouches for is another key than the zone's (RFC 9615 §4.2).",
       insecure, "delegation-insecure", first_ds([](Record record) {
         record.rdata.back() ^= 1;
         return record;
       })},
  };
}

}  // namespace recipes
