#include "validator/rollover_advice.h"

#include <array>

#include "validator/advice_lines.h"

namespace validator {
namespace {

using Action = RolloverAction;

struct Line {
  Action action;
  Signer signer;
  std::string_view lines;
};

constexpr std::string_view ldns_sign =
    "ldns-signzone -u -e {end} {file} {ksk} {zsk}\n"
    "nsd-control reload {zone}";

// Beside those of advice_commands.h, by the same manuals. BIND with a dnssec-policy, Knot and OpenDNSSEC take most
// steps by themselves, at the moments of their own timers: what is theirs to do is said, with the command that shows
// it.
constexpr auto recipes = std::to_array<Line>({
    {Action::sign_data, Signer::nsd,
     "# sign with {in}; the DNSKEY line of {out} stays in {file}, its key off the signing line\n"},
    {Action::sign_data, Signer::bind, "# dnssec-policy does it at its own time:\nrndc dnssec -status {zone}"},
    {Action::sign_data, Signer::knot,
     "# automatic; by hand:\nkeymgr {zone} set {in} active=+0\nknotc zone-sign {zone}"},
    {Action::sign_data, Signer::powerdns,
     "# {id} of {in}, then of {out}:\npdnsutil list-keys {zone}\npdnsutil activate-zone-key {zone} {id}\n"
     "pdnsutil deactivate-zone-key {zone} {id}"},
    {Action::sign_data, Signer::opendnssec, "# at its own time:\nods-enforcer rollover list --zone {zone}"},

    {Action::sign_keys, Signer::nsd, "# {in} on the signing line beside the other keys\n"},
    {Action::sign_keys, Signer::bind, "# dnssec-policy does it at its own time:\nrndc dnssec -status {zone}"},
    {Action::sign_keys, Signer::knot, "keymgr {zone} set {in} ready=+0\nknotc zone-sign {zone}"},
    {Action::sign_keys, Signer::powerdns,
     "# {id} of {in}:\npdnsutil list-keys {zone}\npdnsutil activate-zone-key {zone} {id}"},
    {Action::sign_keys, Signer::opendnssec, "# at its own time:\nods-enforcer rollover list --zone {zone}"},

    {Action::publish_keys, Signer::nsd, "# the DNSKEY of {in} into {file}, and {in} on the signing line\n"},
    {Action::publish_keys, Signer::bind, "# dnssec-policy does it at its own time:\nrndc dnssec -status {zone}"},
    {Action::publish_keys, Signer::knot, "keymgr {zone} set {in} publish=+0\nknotc zone-keys-load {zone}"},
    {Action::publish_keys, Signer::powerdns, "# {id} of {in}:\npdnsutil publish-zone-key {zone} {id}"},
    {Action::publish_keys, Signer::opendnssec, "# at its own time:\nods-enforcer rollover list --zone {zone}"},

    {Action::exchange_keys, Signer::nsd, "# {in} on the signing line in place of {out}\n"},
    {Action::exchange_keys, Signer::bind,
     "dnssec-settime -K {keys} -P now -A now {in}\ndnssec-settime -K {keys} -I now -D now {out}\nrndc loadkeys {zone}"},
    {Action::exchange_keys, Signer::knot,
     "keymgr {zone} set {in} publish=+0 ready=+0 active=+0\nkeymgr {zone} set {out} retire=+0 remove=+0\n"
     "knotc zone-keys-load {zone}"},
    {Action::exchange_keys, Signer::powerdns,
     "# {id} of {in}, then of {out}:\npdnsutil list-keys {zone}\npdnsutil activate-zone-key {zone} {id}\n"
     "pdnsutil publish-zone-key {zone} {id}\npdnsutil remove-zone-key {zone} {id}"},
    {Action::exchange_keys, Signer::opendnssec, "# it does not roll so"},

    {Action::exchange_ds, Signer::nsd, "# to the registrar, for {in}:\nldns-key2ds -n -2 {ksk}.key"},
    {Action::exchange_ds, Signer::bind,
     "dig @{server} {zone} DNSKEY | dnssec-dsfromkey -2 -f - {zone}\n# once it is up, and the old one is gone:\n"
     "rndc dnssec -checkds -key {in} published {zone}\nrndc dnssec -checkds -key {out} withdrawn {zone}"},
    {Action::exchange_ds, Signer::knot, "keymgr {zone} ds {in}\n# once it is up:\nknotc zone-ksk-submitted {zone}"},
    {Action::exchange_ds, Signer::powerdns, "pdnsutil export-zone-ds {zone}"},
    {Action::exchange_ds, Signer::opendnssec,
     "ods-enforcer key export --zone {zone} --ds\n# once it is up:\nods-enforcer key ds-seen --zone {zone} --keytag "
     "{in}"},

    {Action::remove_ds, Signer::nsd, "# at the registrar: the DS with key tag {out}"},
    {Action::remove_ds, Signer::bind,
     "# at the registrar: the DS with key tag {out}; once it is gone:\n"
     "rndc dnssec -checkds -key {out} withdrawn {zone}"},
    {Action::remove_ds, Signer::knot, "# at the registrar: the DS with key tag {out}"},
    {Action::remove_ds, Signer::powerdns, "# at the registrar: the DS with key tag {out}"},
    {Action::remove_ds, Signer::opendnssec,
     "# at the registrar: the DS with key tag {out}; once it is gone:\n"
     "ods-enforcer key ds-gone --zone {zone} --keytag {out}"},

    {Action::remove_keys, Signer::nsd, "# {out} off the signing line, and its DNSKEY out of {file}\n"},
    {Action::remove_keys, Signer::bind,
     "# dnssec-policy does it at its own time; keys made by hand:\ndnssec-settime -K {keys} -D now {key}\n"
     "rndc loadkeys {zone}"},
    {Action::remove_keys, Signer::knot,
     "# automatic; by hand:\nkeymgr {zone} set {out} remove=+0\nknotc zone-keys-load {zone}"},
    {Action::remove_keys, Signer::powerdns,
     "# {id} of {out}:\npdnsutil list-keys {zone}\npdnsutil remove-zone-key {zone} {id}"},
    {Action::remove_keys, Signer::opendnssec, "# dead keys only:\nods-enforcer key purge --zone {zone}"},

    {Action::drop_signatures, Signer::nsd, "# {out} off the signing line\n"},
    {Action::drop_signatures, Signer::bind, "# dnssec-policy does it at its own time:\nrndc dnssec -status {zone}"},
    {Action::drop_signatures, Signer::knot, "keymgr {zone} set {out} retire=+0\nknotc zone-sign {zone}"},
    {Action::drop_signatures, Signer::powerdns, "# {id} of {out}:\npdnsutil remove-zone-key {zone} {id}"},
    {Action::drop_signatures, Signer::opendnssec, "# at its own time:\nods-enforcer rollover list --zone {zone}"},

    {Action::add_servers, Signer::nsd, "# NS records of the other provider into {file}, and at the registrar\n"},
    {Action::add_servers, Signer::bind, "# NS records of the other provider into the zone, and at the registrar"},
    {Action::add_servers, Signer::knot, "# NS records of the other provider into the zone, and at the registrar"},
    {Action::add_servers, Signer::powerdns,
     "# NS records of the other provider into the zone, and at the registrar:\npdnsutil edit-zone {zone}"},
    {Action::add_servers, Signer::opendnssec, "# NS records of the other provider into the zone, and at the registrar"},

    {Action::unsign, Signer::nsd,
     "# nsd.conf, zone {zone}: zonefile: {file}, the unsigned one\nnsd-control reconfig\nnsd-control reload {zone}"},
    {Action::unsign, Signer::bind,
     "# named.conf, zone {zone}: dnssec-policy insecure; and none; when it is done\nrndc reconfig"},
    {Action::unsign, Signer::knot, "# knot.conf, zone {zone}: dnssec-signing: off\nknotc reload"},
    {Action::unsign, Signer::powerdns, "pdnsutil disable-dnssec {zone}"},
    {Action::unsign, Signer::opendnssec, "ods-enforcer zone delete --zone {zone}"},
});

}  // namespace

std::vector<std::string> commands(RolloverAction action, Signer signer, Values values) {
  std::vector<std::string> lines;
  for (const auto& recipe : recipes) {
    if (recipe.action != action || recipe.signer != signer) continue;
    lines = filled(recipe.lines, values);
    // By ldns every change of keys is another signing line.
    if (recipe.lines.ends_with('\n'))
      for (auto& line : filled(ldns_sign, values)) lines.push_back(std::move(line));
  }
  return lines;
}

std::string tags(KeySet set, const std::vector<RolledKey>& keys) {
  std::string text;
  for (std::size_t i = 0; i < keys.size(); ++i)
    if ((set >> i & 1) != 0) text += (text.empty() ? "" : ", ") + std::to_string(keys[i].name.tag);
  return text;
}

std::string headline(const RolloverStep& step, const std::vector<RolledKey>& keys) {
  const auto in = tags(step.in, keys), out = tags(step.out, keys);
  switch (step.action) {
    case Action::sign_data:
      return out.empty() ? "sign the zone's data with " + in + " as well"
                         : "sign the zone's data with " + in + " in place of " + out;
    case Action::sign_keys: return "let " + in + " sign the DNSKEY set";
    case Action::publish_keys: return "publish the DNSKEY of " + in;
    case Action::exchange_keys: return "put the DNSKEY of " + in + " in the place of " + out;
    case Action::exchange_ds:
      return out.empty() ? "give the parent the DS of " + in
                         : "give the parent the DS of " + in + " in place of that of " + out;
    case Action::remove_ds: return "have the parent take out the DS of " + out;
    case Action::remove_keys: return "take the DNSKEY of " + out + " out of the zone";
    case Action::drop_signatures: return "let the signatures by " + out + " go";
    case Action::add_servers: return "add the name servers of the provider that signs with " + in;
    case Action::unsign: return "take keys and signatures out of the zone";
  }
  return "";
}

std::string_view in_words(RolloverKind kind, Direction direction) {
  const bool goes = direction == Direction::going;
  switch (kind) {
    case RolloverKind::zsk_prepublish:
      return goes                             ? "an old ZSK is still published and signs nothing any more"
             : direction == Direction::coming ? "a new ZSK is published and signs nothing yet"
                                              : "a ZSK is published and signs nothing, not yet or not any more";
    case RolloverKind::zsk_double_signature: return "two ZSKs sign the data";
    case RolloverKind::double_ksk:
      return goes ? "an old KSK is still there, or its DS" : "a KSK that has no DS is published beside one that has";
    case RolloverKind::double_ds: return "the parent has a DS of a key that does not sign here, beside one that leads";
    case RolloverKind::csk: return "one key for everything is exchanged for another";
    case RolloverKind::algorithm: return goes ? "keys of an algorithm go" : "keys of another algorithm come, or go";
    case RolloverKind::going_secure: return "the zone is signed, and the parent has no DS for it";
    case RolloverKind::going_insecure: return "the DS is gone, keys and signatures are still there";
    case RolloverKind::multi_signer_joining: return "another provider's keys and DS are there, its servers are not";
    case RolloverKind::multi_signer_leaving: return "a provider's servers are gone, its keys or its DS are not";
  }
  return "";
}

std::string_view rule_of(RolloverKind kind) {
  switch (kind) {
    case RolloverKind::zsk_prepublish: return "RFC 7583 §3.2.1";
    case RolloverKind::zsk_double_signature: return "RFC 7583 §3.2.2";
    case RolloverKind::double_ksk: return "RFC 7583 §3.3.1";
    case RolloverKind::double_ds: return "RFC 7583 §3.3.2";
    case RolloverKind::csk: return "RFC 6781 §4.1.3";
    case RolloverKind::algorithm: return "RFC 6781 §4.1.4";
    case RolloverKind::going_secure:
    case RolloverKind::going_insecure: return "RFC 4035 §5.2";
    case RolloverKind::multi_signer_joining:
    case RolloverKind::multi_signer_leaving: return "RFC 8901 §2.1.2";
  }
  return "";
}

}  // namespace validator
