#include "tests/recipes/edits.h"
#include "tests/recipes/recipe.h"

namespace recipes {
namespace {

Record cds(const dns::Ds& ds) { return {name("example."), RRType::cds, dns::RRClass::in, 300, dns::write(ds), {}}; }
Record cdnskey(const dns::Dnskey& key) {
  return {name("example."), RRType::cdnskey, dns::RRClass::in, 300, dns::write(key), {}};
}
dns::Ds ds_of(const Plot& zone, std::size_t key = 0) {
  return dns::read_ds(zone.ds(dns::Digest::sha256, key).rdata).value();
}
const dns::Ds nothing{0, dns::Algorithm{0}, dns::Digest{0}, {0}};  // "0 0 0 00", RFC 8078 §4

// example. has these records too, CDS and CDNSKEY signed by its KSK; with a second KSK as keys[2].
std::function<void(Tree&)> asks(const std::function<Records(const Plot&)>& records,
                                const std::vector<std::size_t>& keys_signed_by = {0, 2}) {
  return [records, keys_signed_by](Tree& tree) {
    Plot& zone = tree.zone();
    zone.keys.push_back(signed_world::make_key(dns::Algorithm::ecdsap256sha256, 257));
    zone.sign_keys_by = keys_signed_by;
    zone.more = records(zone);
    for (const RRType type : {RRType::cds, RRType::cdnskey}) zone.sign("example.", type, {{.key = 0}});
    tree.target.made_up = "qwhxzkfbnvtp";  // with it come the questions for CDS and CDNSKEY
  };
}

}  // namespace

std::vector<Recipe> automation_recipes() {
  using enum Security;
  return {
      {"cds-servers-disagree", "One server asks for the DS as it is, the other for nothing (RFC 9975 §3.1).", secure,
       "",
       [](Tree& tree) {
         tree.zone().hosts.push_back({name("ns2.example."), address("192.0.2.12")});
         asks([](const Plot& zone) { return Records{cds(ds_of(zone))}; })(tree);
         Plot copy = tree.zone();
         copy.more.clear();
         tree.zone().hosts.back().copy = tree.signed_zone(copy);
       }},
      {"cds-signed-by-wrong-key", "The CDS is signed by the ZSK, which no DS names (RFC 7344 §4.1).", secure, "",
       [](Tree& tree) {
         asks([](const Plot& zone) { return Records{cds(ds_of(zone))}; })(tree);
         tree.zone().sign("example.", RRType::cds, {{.key = 1}});
       }},
      {"cds-cdnskey-disagree", "The CDS asks for one KSK, the CDNSKEY for the other (RFC 7344 §4).", secure, "",
       asks([](const Plot& zone) { return Records{cds(ds_of(zone)), cdnskey(zone.keys[2].dnskey)}; })},
      {"cds-differs-from-ds", "The CDS asks for a new KSK, which signs already (RFC 7344 §5).", secure, "",
       asks([](const Plot& zone) { return Records{cds(ds_of(zone, 2))}; })},
      {"cds-would-break", "The CDS asks for a KSK that does not sign the DNSKEY set (RFC 7344 §4.1).", secure,
       "cds-would-break", asks([](const Plot& zone) { return Records{cds(ds_of(zone, 2))}; }, {0})},
      {"cds-delete-requested", "The CDS asks for the DS to be removed (RFC 8078 §4).", secure, "",
       asks([](const Plot&) { return Records{cds(nothing)}; })},
      {"cds-delete-wrong", "A request to remove the DS stands beside another CDS (RFC 8078 §4).", secure, "",
       asks([](const Plot& zone) { return Records{cds(nothing), cds(ds_of(zone))}; })},
  };
}

}  // namespace recipes
