#include <algorithm>

#include "tests/recipes/edits.h"
#include "tests/recipes/recipe.h"

namespace recipes {
namespace {

// The only DS of example., changed from a good one.
std::function<void(Tree&)> ds_with(const std::function<void(dns::Ds&)>& how) {
  return [how](Tree& tree) {
    Record ds = tree.zone().ds();
    edit_rdata(ds, dns::read_ds, how);
    tree.zone().ds_set = Records{ds};
  };
}

void add_host(Plot& plot, std::string_view ns, std::string_view at) { plot.hosts.push_back({name(ns), address(at)}); }

}  // namespace

std::vector<Recipe> delegation_recipes() {
  using enum Security;
  return {
      {"delegation-lame", "The one server of example. refuses all questions for it (RFC 1912 §2.8).", indeterminate,
       "delegation-lame",
       [](Tree& tree) {
         tree.hear(only_at("192.0.2.2", [](dns::Message& message) { refuse(message, dns::Rcode::refused); }));
       }},
      {"delegation-insecure", "example. is not signed, and the root proves that it has no DS (RFC 4035 §5.2).",
       insecure, "delegation-insecure", [](Tree& tree) { tree.zone().keys.clear(); }},
      {"delegation-algorithm-unsupported", "The only DS is for algorithm 253, a private one (RFC 4035 §5.2).", insecure,
       "delegation-algorithm-unsupported", ds_with([](dns::Ds& ds) { ds.algorithm = dns::Algorithm::privatedns; })},
      {"delegation-digest-unsupported", "The only DS is of a digest type that nobody has registered (RFC 6840 §5.2).",
       insecure, "delegation-digest-unsupported", ds_with([](dns::Ds& ds) { ds.digest_type = dns::Digest{200}; })},
      {"island-of-security", "example. is signed and sound, and has no DS above (RFC 4035 §5.1).", insecure,
       "delegation-insecure", [](Tree& tree) { tree.zone().ds_set = Records{}; }},
      {"island-broken", "example. has no DS above, and the signature of its keys is over (RFC 4035 §5.1).", insecure,
       "delegation-insecure",
       [](Tree& tree) {
         tree.zone().ds_set = Records{};
         tree.zone().sign("example.", RRType::dnskey,
                          {{.inception = tree.day(-15), .expiration = tree.day(-1), .key = 0}});
       }},
      {"ns-sets-differ",
       "The root names ns2.example., example. names ns.example.; the address is one (RFC 1034 §4.2.2).", secure, "",
       [](Tree& tree) {
         tree.zone().lines += "ns2.example. 3600 A 192.0.2.2\n";
         tree.zone().delegated_to = {{name("ns2.example."), address("192.0.2.2")}};
       }},
      {"server-address-private", "The second name server has an address of a private range (RFC 6890 §2.2).", secure,
       "server-address-private", [](Tree& tree) { add_host(tree.zone(), "ns2.example.", "10.0.0.1"); }},
      {"glue-missing", "The root gives no address of the second name server, which lies in example. (RFC 9471 §3.1).",
       secure, "glue-missing",
       [](Tree& tree) {
         add_host(tree.zone(), "ns2.example.", "192.0.2.12");
         tree.hear(only_at("192.0.2.1", [](dns::Message& message) {
           std::erase_if(message.additional, [](const Record& record) { return record.owner == name("ns2.example."); });
         }));
       }},
      {"no-ipv4-server", "The one server of example. has an IPv6 address alone (RFC 3901 §4).", secure,
       "no-ipv4-server", [](Tree& tree) { tree.zone().hosts.front().address = address("2001:db8::2"); }},
      {"parent-servers-disagree",
       "Of two servers of the root, one names another server for example. (RFC 1034 §4.3.5).", secure,
       "parent-servers-disagree",
       [](Tree& tree) {
         add_host(tree.root(), "b.root.", "192.0.2.11");
         tree.zone().lines += "ns2.example. 3600 A 192.0.2.2\n";
         tree.hear(only_at("192.0.2.11", [](dns::Message& message) {
           const Name other = name("ns2.example.");
           for (Record& record : message.authority)
             if (record.type == RRType::ns && record.owner == name("example."))
               record.rdata = {other.wire().begin(), other.wire().end()};
           for (Record& record : message.additional)
             if (record.owner == name("ns.example.")) record.owner = other;
         }));
       }},
      {"delegation-absent",
       "One server has the root and example., and the root does not delegate it (RFC 1034 §4.2.2).", bogus,
       "delegation-absent",
       [](Tree& tree) {
         tree.zone().hosts.front().address = address("192.0.2.1");
         tree.zone().delegated_to.emplace();
         tree.zone().ds_set = Records{};
       }},
      {"ns-without-address", "The second name server is named other., which does not exist (RFC 2181 §10.3).", secure,
       "ns-without-address", [](Tree& tree) { add_host(tree.zone(), "ns2.other.", "192.0.2.12"); }},
      {"glue-differs", "The root has another address of ns.example. than example. has itself (RFC 1034 §4.2.2).",
       secure, "glue-differs",
       [](Tree& tree) {
         tree.zone().unsigned_edit = [](Records& records) {
           find_in(records, "ns.example.", RRType::a).rdata.back() = 12;
         };
       }},
      {"ds-misplaced", "A DS stands at www.example., which is not delegated (RFC 4035 §2.4).", secure, "",
       [](Tree& tree) {
         Record ds = tree.zone().ds();
         ds.owner = name("www.example.");
         tree.zone().more = {ds};
         tree.target.type = RRType::txt;
       }},
      {"ds-answered-from-wrong-side",
       "One server has the root and example., and answers for the DS as example. (RFC 4035 §3.1.4.1).", indeterminate,
       "ds-answered-from-wrong-side",
       [](Tree& tree) {
         tree.zone().hosts.front().address = address("192.0.2.1");
         tree.reply("example.", RRType::ds, [&tree](dns::Message& message) {
           message.answer.clear();
           message.authority = tree.soa_of(tree.zone());
         });
       }},
  };
}

}  // namespace recipes
