#pragma once
// The commands of each signer for each kind of remedy, as templates.
// It is part of validator/advice.cc and is included by nothing else.

#include <array>

#include "validator/advice.h"

namespace validator {

struct Recipe {
  Remedy remedy;
  Signer signer;
  std::string_view lines;  // separated by newlines
};

// Checked against the manuals of nsd 4.6.1, ldns 1.8.3, BIND 9.18.49, Knot 3.2.6, PowerDNS 4.7.3, OpenDNSSEC 2.1.12;
// where a line could not be checked it says so.
inline constexpr auto recipes = std::to_array<Recipe>({
    {Remedy::sign_zone, Signer::nsd,
     "ldns-keygen -a ECDSAP256SHA256 -k {zone}\n"
     "ldns-keygen -a ECDSAP256SHA256 {zone}\n"
     "ldns-signzone -u -e {end} {file} {ksk} {zsk}\n"
     "# nsd.conf, zone {zone}: zonefile: {file}.signed\n"
     "nsd-control reconfig\n"
     "nsd-control reload {zone}"},
    {Remedy::sign_zone, Signer::bind,
     "# named.conf, zone {zone}: dnssec-policy default; inline-signing yes;\n"
     "rndc reconfig"},
    {Remedy::sign_zone, Signer::knot,
     "# knot.conf, zone {zone}: dnssec-signing: on\n"
     "knotc reload"},
    {Remedy::sign_zone, Signer::powerdns,
     "pdnsutil secure-zone {zone}\n"
     "pdnsutil rectify-zone {zone}"},
    {Remedy::sign_zone, Signer::opendnssec, "ods-enforcer zone add --zone {zone} --policy default"},

    {Remedy::re_sign, Signer::nsd,
     "# from cron, at half the period of the signatures; for NSEC3 add -n -t 0\n"
     "ldns-signzone -u -e {end} {file} {ksk} {zsk}\n"
     "nsd-control reload {zone}"},
    {Remedy::re_sign, Signer::bind,
     "rndc sign {zone}\n"
     "# why it stopped:\n"
     "rndc dnssec -status {zone}\n"
     "rndc zonestatus {zone}"},
    {Remedy::re_sign, Signer::knot, "knotc zone-sign {zone}"},
    {Remedy::re_sign, Signer::powerdns,
     "# PowerDNS signs when asked; wake the secondaries:\n"
     "pdnsutil increase-serial {zone}\n"
     "pdns_control notify {zone}"},
    {Remedy::re_sign, Signer::opendnssec, "ods-signer sign {zone}"},

    {Remedy::make_ksk, Signer::nsd,
     "ldns-keygen -a ECDSAP256SHA256 -k {zone}\n"
     "ldns-signzone -u -e {end} {file} {ksk} {zsk}\n"
     "nsd-control reload {zone}"},
    {Remedy::make_ksk, Signer::bind,
     "dnssec-keygen -a ECDSAP256SHA256 -f KSK -K {keys} {zone}\n"
     "rndc loadkeys {zone}"},
    {Remedy::make_ksk, Signer::knot,
     "keymgr {zone} generate algorithm=ECDSAP256SHA256 ksk=yes\n"
     "knotc zone-keys-load {zone}"},
    {Remedy::make_ksk, Signer::powerdns, "pdnsutil add-zone-key {zone} ksk active ecdsa256"},
    {Remedy::make_ksk, Signer::opendnssec, "ods-enforcer key rollover --zone {zone} --keytype KSK"},

    {Remedy::make_zsk, Signer::nsd,
     "ldns-keygen -a ECDSAP256SHA256 {zone}\n"
     "ldns-signzone -u -e {end} {file} {ksk} {zsk}\n"
     "nsd-control reload {zone}"},
    {Remedy::make_zsk, Signer::bind,
     "dnssec-keygen -a ECDSAP256SHA256 -K {keys} {zone}\n"
     "rndc loadkeys {zone}"},
    {Remedy::make_zsk, Signer::knot,
     "keymgr {zone} generate algorithm=ECDSAP256SHA256 zsk=yes\n"
     "knotc zone-keys-load {zone}"},
    {Remedy::make_zsk, Signer::powerdns, "pdnsutil add-zone-key {zone} zsk active ecdsa256"},
    {Remedy::make_zsk, Signer::opendnssec, "ods-enforcer key rollover --zone {zone} --keytype ZSK"},

    {Remedy::roll_key, Signer::nsd,
     "# for a ZSK leave -k out, and skip the two steps about the DS\n"
     "ldns-keygen -a ECDSAP256SHA256 -k {zone}\n"
     "# sign with the old keys and the new one:\n"
     "ldns-signzone -u -e {end} {file} {ksk} {zsk} {key}\n"
     "nsd-control reload {zone}\n"
     "# wait {wait} seconds, then give the DS of the new key to the registrar:\n"
     "ldns-key2ds -n -2 {key}.key\n"
     "# wait {wait} seconds after it is up, have the old DS removed, wait again, sign without the old key"},
    {Remedy::roll_key, Signer::bind,
     "rndc dnssec -rollover -key {tag} {zone}\n"
     "# for a new algorithm: change it in the zone's dnssec-policy, then rndc reconfig"},
    {Remedy::roll_key, Signer::knot,
     "# ksk, or zsk, as the key is\n"
     "knotc zone-key-rollover {zone} ksk"},
    {Remedy::roll_key, Signer::powerdns,
     "# ksk, or zsk, as the key is\n"
     "pdnsutil add-zone-key {zone} ksk inactive ecdsa256\n"
     "# after {wait} seconds, with the id of the new key:\n"
     "pdnsutil activate-zone-key {zone} {id}\n"
     "# after {wait} seconds more (KSK: once the DS is exchanged), with the id of the old key:\n"
     "pdnsutil deactivate-zone-key {zone} {id}"},
    {Remedy::roll_key, Signer::opendnssec,
     "# KSK, or ZSK, as the key is\n"
     "ods-enforcer key rollover --zone {zone} --keytype KSK"},

    {Remedy::drop_key, Signer::nsd,
     "# leave {key} off the signing line and its DNSKEY out of {file}, then\n"
     "ldns-signzone -u -e {end} {file} {ksk} {zsk}\n"
     "nsd-control reload {zone}"},
    {Remedy::drop_key, Signer::bind,
     "dnssec-settime -K {keys} -I now -D +{wait} {key}\n"
     "rndc loadkeys {zone}"},
    {Remedy::drop_key, Signer::knot,
     "keymgr {zone} set {tag} retire=+0 remove=+{wait}\n"
     "knotc zone-keys-load {zone}"},
    {Remedy::drop_key, Signer::powerdns,
     "pdnsutil deactivate-zone-key {zone} {id}\n"
     "# after {wait} seconds:\n"
     "pdnsutil remove-zone-key {zone} {id}"},
    {Remedy::drop_key, Signer::opendnssec,
     "# dead keys only:\n"
     "ods-enforcer key purge --zone {zone}"},

    {Remedy::restore_key, Signer::nsd,
     "# put {key}.key and {key}.private back; of another provider's key put the DNSKEY line into {file}\n"
     "ldns-signzone -u -e {end} {file} {ksk} {zsk}\n"
     "nsd-control reload {zone}"},
    {Remedy::restore_key, Signer::bind,
     "# put {key}.key and {key}.private back into {keys}\n"
     "dnssec-settime -K {keys} -I none -D none {key}\n"
     "rndc loadkeys {zone}"},
    {Remedy::restore_key, Signer::knot,
     "# with import-pub instead if there is only the public key\n"
     "keymgr {zone} import-bind {key}.key\n"
     "knotc zone-keys-load {zone}"},
    {Remedy::restore_key, Signer::powerdns,
     "pdnsutil import-zone-key {zone} {key}.private active ksk\n"
     "pdnsutil publish-zone-key {zone} {id}"},
    {Remedy::restore_key, Signer::opendnssec,
     "# ods-enforcer key import, with all of its options (see ods-enforcer help)"},

    {Remedy::upload_ds, Signer::nsd,
     "# prints nothing for a ZSK: do not force it with -f\n"
     "ldns-key2ds -n -2 {ksk}.key"},
    {Remedy::upload_ds, Signer::bind,
     "dig @{server} {zone} DNSKEY | dnssec-dsfromkey -2 -f - {zone}\n"
     "# once it is up:\n"
     "rndc dnssec -checkds -key {tag} published {zone}"},
    {Remedy::upload_ds, Signer::knot,
     "keymgr {zone} ds {tag}\n"
     "# once it is up:\n"
     "knotc zone-ksk-submitted {zone}"},
    {Remedy::upload_ds, Signer::powerdns, "pdnsutil export-zone-ds {zone}"},
    {Remedy::upload_ds, Signer::opendnssec,
     "ods-enforcer key export --zone {zone} --ds\n"
     "# once it is up:\n"
     "ods-enforcer key ds-seen --zone {zone} --keytag {tag}"},

    {Remedy::remove_ds, Signer::nsd,
     "# only the registrar can; or ask for all DS to go (the zone becomes insecure) with these lines in {file}:\n"
     "# {zone}. CDS 0 0 0 00\n"
     "# {zone}. CDNSKEY 0 3 0 AA==\n"
     "ldns-signzone -u -e {end} {file} {ksk} {zsk}\n"
     "nsd-control reload {zone}"},
    {Remedy::remove_ds, Signer::bind,
     "# only to leave DNSSEC altogether; in named.conf, zone {zone}: dnssec-policy insecure;\n"
     "rndc reconfig\n"
     "# once the DS is gone:\n"
     "rndc dnssec -checkds -key {tag} withdrawn {zone}"},
    {Remedy::remove_ds, Signer::knot,
     "# only to have all DS removed (the zone becomes insecure); in knot.conf, policy: cds-cdnskey-publish: "
     "delete-dnssec\n"
     "knotc reload"},
    {Remedy::remove_ds, Signer::powerdns,
     "# only to have all DS removed (the zone becomes insecure):\n"
     "pdnsutil set-publish-cds {zone} 0\n"
     "pdnsutil set-publish-cdnskey {zone} delete\n"
     "# at the very end, when the DS is gone and {wait} seconds have passed:\n"
     "pdnsutil disable-dnssec {zone}"},
    {Remedy::remove_ds, Signer::opendnssec,
     "ods-enforcer key ds-retract --zone {zone} --keytag {tag}\n"
     "# once it is gone:\n"
     "ods-enforcer key ds-gone --zone {zone} --keytag {tag}"},

    {Remedy::fix_cds, Signer::nsd,
     "# correct the CDS and CDNSKEY lines in {file}; ldns signs them with the KSK\n"
     "ldns-signzone -u -e {end} {file} {ksk} {zsk}\n"
     "nsd-control reload {zone}"},
    {Remedy::fix_cds, Signer::bind,
     "rndc dnssec -status {zone}\n"
     "rndc loadkeys {zone}"},
    {Remedy::fix_cds, Signer::knot,
     "# knot.conf, policy: cds-cdnskey-publish: rollover (or always)\n"
     "knotc reload"},
    {Remedy::fix_cds, Signer::powerdns,
     "pdnsutil set-publish-cds {zone} 2\n"
     "# or, to publish none:\n"
     "pdnsutil unset-publish-cds {zone}"},
    {Remedy::fix_cds, Signer::opendnssec,
     "# not checked for CDS:\n"
     "ods-enforcer signconf"},

    {Remedy::synchronise_servers, Signer::nsd,
     "# on the primary:\n"
     "nsd-control notify {zone}\n"
     "# on the secondary:\n"
     "nsd-control force_transfer {zone}\n"
     "nsd-control zonestatus {zone}"},
    {Remedy::synchronise_servers, Signer::bind,
     "# on the primary:\n"
     "rndc notify {zone}\n"
     "# on the secondary:\n"
     "rndc retransfer {zone}\n"
     "rndc zonestatus {zone}"},
    {Remedy::synchronise_servers, Signer::knot,
     "# on the primary:\n"
     "knotc zone-notify {zone}\n"
     "# on the secondary:\n"
     "knotc zone-retransfer {zone}\n"
     "knotc zone-status {zone}"},
    {Remedy::synchronise_servers, Signer::powerdns,
     "# on the primary:\n"
     "pdns_control notify {zone}\n"
     "# on the secondary:\n"
     "pdns_control retrieve {zone}"},
    {Remedy::synchronise_servers, Signer::opendnssec,
     "# signing anew makes a new serial; its notify command was not checked\n"
     "ods-signer sign {zone}"},

    {Remedy::lower_ttl, Signer::nsd,
     "# lower the TTLs in {file}, or sign with a later {end} and earlier renewal\n"
     "ldns-signzone -u -e {end} {file} {ksk} {zsk}\n"
     "nsd-control reload {zone}"},
    {Remedy::lower_ttl, Signer::bind,
     "# named.conf, dnssec-policy: max-zone-ttl and dnskey-ttl\n"
     "rndc reconfig"},
    {Remedy::lower_ttl, Signer::knot,
     "# knot.conf, policy: zone-max-ttl and dnskey-ttl\n"
     "knotc reload"},
    {Remedy::lower_ttl, Signer::powerdns, "pdnsutil edit-zone {zone}"},
    {Remedy::lower_ttl, Signer::opendnssec,
     "# kasp.xml: MaxZoneTTL and Keys/TTL\n"
     "ods-enforcer policy import"},

    {Remedy::fix_nsec, Signer::nsd,
     "# sign anew from the unsigned zone; where only a signed one is left, ldns-read-zone -s {file}.signed strips it\n"
     "ldns-signzone -u -e {end} {file} {ksk} {zsk}\n"
     "nsd-control reload {zone}"},
    {Remedy::fix_nsec, Signer::bind,
     "# if named signs the zone (not checked for a broken chain):\n"
     "rndc sign {zone}\n"
     "# if it is signed by hand:\n"
     "dnssec-signzone -u -o {zone} -K {keys} -S {file}"},
    {Remedy::fix_nsec, Signer::knot, "knotc zone-sign {zone}"},
    {Remedy::fix_nsec, Signer::powerdns, "pdnsutil rectify-zone {zone}"},
    {Remedy::fix_nsec, Signer::opendnssec,
     "ods-signer clear {zone}\n"
     "ods-signer sign {zone}"},

    {Remedy::fix_nsec3_parameters, Signer::nsd,
     "# no -s (no salt), no -p (no opt-out); without -t, ldns 1.8.3 makes one iteration\n"
     "ldns-signzone -u -n -t 0 -e {end} {file} {ksk} {zsk}\n"
     "nsd-control reload {zone}"},
    {Remedy::fix_nsec3_parameters, Signer::bind,
     "# named.conf, dnssec-policy: nsec3param iterations 0 optout no salt-length 0;\n"
     "rndc reconfig\n"
     "# without a policy:\n"
     "rndc signing -nsec3param 1 0 0 - {zone}"},
    {Remedy::fix_nsec3_parameters, Signer::knot,
     "# knot.conf, policy: nsec3-iterations: 0, nsec3-salt-length: 0 (its default is 8), nsec3-opt-out: off\n"
     "knotc reload"},
    {Remedy::fix_nsec3_parameters, Signer::powerdns,
     "pdnsutil set-nsec3 {zone} '1 0 0 -'\n"
     "pdnsutil rectify-zone {zone}\n"
     "# or back to NSEC:\n"
     "pdnsutil unset-nsec3 {zone}"},
    {Remedy::fix_nsec3_parameters, Signer::opendnssec,
     "# kasp.xml: <Iterations>0</Iterations> <Salt length=\"0\"/>, and no <OptOut/>\n"
     "ods-enforcer policy import\n"
     "ods-enforcer policy resalt"},

    {Remedy::fix_server, Signer::nsd,
     "# nsd.conf: ipv4-edns-size: 1232, ipv6-edns-size: 1232, and a sufficient tcp-count; open TCP port 53\n"
     "dig @{server} {zone} SOA +norec +tcp"},
    {Remedy::fix_server, Signer::bind,
     "# named.conf, options: max-udp-size 1232; edns-udp-size 1232; open TCP port 53\n"
     "rndc reconfig\n"
     "dig @{server} {zone} SOA +norec +tcp"},
    {Remedy::fix_server, Signer::knot,
     "# knot.conf, server: udp-max-payload: 1232; open TCP port 53\n"
     "knotc reload\n"
     "dig @{server} {zone} SOA +norec +tcp"},
    {Remedy::fix_server, Signer::powerdns,
     "# pdns.conf: udp-truncation-threshold=1232; open TCP port 53\n"
     "dig @{server} {zone} SOA +norec +tcp"},
    {Remedy::fix_server, Signer::opendnssec,
     "# OpenDNSSEC answers no questions: see the name server that it hands the zone to"},

    {Remedy::fix_records, Signer::nsd,
     "# edit {file}, then\n"
     "ldns-signzone -u -e {end} {file} {ksk} {zsk}\n"
     "ldns-verify-zone -V 1 {file}.signed\n"
     "nsd-control reload {zone}"},
    {Remedy::fix_records, Signer::bind,
     "# edit {file}, then\n"
     "named-checkzone {zone} {file}\n"
     "rndc reload {zone}"},
    {Remedy::fix_records, Signer::knot,
     "# edit {file}, then\n"
     "kzonecheck -o {zone} {file}\n"
     "knotc zone-reload {zone}"},
    {Remedy::fix_records, Signer::powerdns,
     "pdnsutil edit-zone {zone}\n"
     "pdnsutil check-zone {zone}"},
    {Remedy::fix_records, Signer::opendnssec,
     "# edit the unsigned file, then\n"
     "ods-signer sign {zone}"},
});

struct Errand {
  Remedy remedy;
  std::string_view lines;
};

inline constexpr auto errands = std::to_array<Errand>({
    {Remedy::upload_ds,
     "# at the registrar enter: key tag {tag}, algorithm {alg}, digest type {dtype}, digest {digest}\n"
     "# some forms want instead: flags 257, protocol 3, algorithm {alg}, and the public key\n"
     "# the KSK only, with SHA-256 (digest type 2); then check:\n"
     "dig {zone} DS"},
    {Remedy::remove_ds,
     "# at the registrar delete: key tag {tag}, algorithm {alg}, digest type {dtype}, digest {digest}\n"
     "# to leave DNSSEC: the DS goes first, then wait {wait} seconds, the signatures go last\n"
     "dig {zone} DS"},
    {Remedy::fix_ds,
     "# at the registrar, if no DS works: replace all at once by key tag {tag}, algorithm {alg}, digest type {dtype}, "
     "digest {digest}\n"
     "# if another DS still works: add the right one, wait {wait} seconds, then delete the wrong one\n"
     "# the KSK only, with SHA-256 (digest type 2); then check:\n"
     "dig {zone} DS"},
    {Remedy::fix_delegation,
     "# at the registrar enter the name servers {ns}, each with its addresses if its name lies inside {zone}\n"
     "# then put the same NS set into the zone itself, and check:\n"
     "dig {zone} NS +trace"},
    {Remedy::update_anchor,
     "apt-get install --only-upgrade dns-root-data\n"
     "# unbound:\n"
     "unbound-anchor -a {file}\n"
     "# BIND:\n"
     "rndc managed-keys refresh\n"
     "# PowerDNS recursor (the form of the last argument was not checked):\n"
     "rec_control add-ta . {ds}"},
    {Remedy::fix_forwarder,
     "# unbound:\n"
     "unbound-control flush_zone {zone}\n"
     "unbound-control flush_bogus\n"
     "# BIND:\n"
     "rndc flushtree {zone}\n"
     "# PowerDNS recursor:\n"
     "rec_control wipe-cache {zone}'$'\n"
     "# Knot Resolver, in its console (not checked): cache.clear('{zone}')\n"
     "# or ask another resolver"},
    {Remedy::set_clock,
     "timedatectl set-ntp true\n"
     "# with chrony (not checked):\n"
     "chronyc makestep\n"
     "# then ask again"},
    {Remedy::wait_until, "# nothing before {until}"},
    {Remedy::contact_parent,
     "# send the operator of {zone} the recorded evidence, the finding, the servers and the time\n"
     "# resolver operators may meanwhile set a negative trust anchor with an end:\n"
     "# BIND:\n"
     "rndc nta -lifetime 3600 {zone}\n"
     "# unbound:\n"
     "unbound-control insecure_add {zone}\n"
     "# PowerDNS recursor:\n"
     "rec_control add-nta {zone} {text}"},
    {Remedy::none, "# nothing to mend"},
});

}  // namespace validator
