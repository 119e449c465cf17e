#pragma once
// The rows of the catalogue about servers, transport, agreement of servers: the source of their texts.
// It is part of validator/catalogue.cc and is included by nothing else.

#include <array>

#include "validator/catalogue.h"

namespace validator {

inline constexpr auto servers_rows = std::to_array<Row>({
    {Code::server_silent, "server-silent", Severity::error, Breaks::some, 23, "RFC 8906 §3",
     "The server gave no reply to any try, or the network reports that it cannot be reached. Resolvers lose "
     "time on it, or the answer altogether if all its companions are silent too.",
     "{server} does not answer: {reason}, {tries} tries in {waited}", "reason{timeout,refused,host,net} tries waited",
     Remedy::fix_server, Party::server, 2, "TIMEOUT, NETWORK_ERROR, SERVER_UNRESPONSIVE_UDP"},
    {Code::server_tcp_refused, "server-tcp-refused", Severity::error, Breaks::some, no_ede, "RFC 7766 §5",
     "The server answers over UDP and not over TCP. Every answer too large for UDP is lost there, and key "
     "sets are often that large.",
     "{server} answers over UDP, but not over TCP: {reason}[, {tries} tries]", "reason{refused,silent,reset} tries",
     Remedy::fix_server, Party::server, 2, "SERVER_UNRESPONSIVE_TCP"},
    {Code::truncated_without_tcp, "truncated-without-tcp", Severity::error, Breaks::yes, 22, "RFC 7766 §5",
     "The reply over UDP is cut short and there is no TCP to fetch the whole of it. Nobody can get these "
     "records from this server.",
     "{server} cuts its reply for {type} short at {octets} octets and offers no TCP to fetch the rest", "octets type",
     Remedy::fix_server, Party::server, 2, ""},
    {Code::reply_unreadable, "reply-unreadable", Severity::error, Breaks::some, no_ede, "RFC 1035 §4.1",
     "What came back is no DNS message, or no answer to our question, or came from another address, or has "
     "compressed names where DNSSEC forbids them. Such a reply has to be thrown away.",
     "reply of {server}[ ({octets} octets)] cannot be used: {reason}",
     "reason{short,name,count,rdata,trailing,question,address,compressed,other} octets", Remedy::fix_server,
     Party::server, 2, "FORMERR, RESPONSE_ERROR, SERVER_INVALID_RESPONSE_UDP, SERVER_INVALID_RESPONSE_TCP"},
    {Code::rcode_unexpected, "rcode-unexpected", Severity::error, Breaks::some, 22, "RFC 1035 §4.1.1",
     "The server returned an error code where an answer was due. Resolvers have to turn to another server.",
     "{server} returns {rcode} where an answer was due[, EDE {ede}][ \"{text}\"]", "rcode ede text", Remedy::fix_server,
     Party::server, 2, "INVALID_RCODE"},
    {Code::server_lame, "server-lame", Severity::error, Breaks::some, 22, "RFC 1912 §2.8",
     "The server is named in the zone's NS set but does not serve the zone. Resolvers that pick it have to "
     "try another one.",
     "{server} is a name server of {name} but does not serve it: {reason}",
     "reason{refused,servfail,no-aa,upward-referral} name", Remedy::fix_server, Party::server, 2,
     "SERVER_NOT_AUTHORITATIVE, UPWARD_REFERRAL"},
    {Code::aa_flag_wrong, "aa-flag-wrong", Severity::error, Breaks::some, no_ede, "RFC 1035 §4.1.1",
     "The flag \"authoritative answer\" is wrong: clear on an answer of a server that is otherwise "
     "authoritative, or set on a referral. Strict resolvers discard such a reply.",
     "{server} {which} in its reply for {type}", "which{missing,on-referral} type", Remedy::fix_server, Party::server,
     2, "NOT_AUTHORITATIVE, AUTHORITATIVE_REFERRAL"},
    {Code::server_loses_dnssec, "server-loses-dnssec", Severity::error, Breaks::some, 10, "RFC 4035 §3",
     "The server only answers questions that do not ask for DNSSEC: it fails on EDNS or on the DO flag, or "
     "ignores them. No signatures can be had from it.",
     "{server} gives no signatures: asked with {which}, it {reason}[ ({rcode})]",
     "which{edns,do} reason{silent,rcode,unreadable,ignored} rcode", Remedy::fix_server, Party::server, 2,
     "ERROR_WITH_EDNS, ERROR_WITH_EDNS_FLAG, EDNS_IGNORED, DNSSEC_DOWNGRADE_EDNS_DISABLED, "
     "DNSSEC_DOWNGRADE_DO_CLEARED, UNABLE_TO_RETRIEVE_DNSSEC_RECORDS"},
    {Code::edns_option_fails, "edns-option-fails", Severity::error, Breaks::some, no_ede, "RFC 6891 §6.1.2",
     "An EDNS option that the server does not know makes it fail, while it has to ignore such options. "
     "Resolvers that send options lose this server.",
     "{server} fails on the unknown EDNS option {option}[ with {rcode}]", "option rcode", Remedy::fix_server,
     Party::server, 2, "ERROR_WITH_EDNS_OPTION"},
    {Code::edns_irregular, "edns-irregular", Severity::error, Breaks::no, no_ede, "RFC 6891 §6.1",
     "The server handles EDNS in a way the standard does not allow, without any harm to the answers seen "
     "here. Such servers tend to break when EDNS is extended.",
     "{server} handles EDNS irregularly: {which}[, {rcode}][, flags {flags}]",
     "which{opt-missing,opt-unasked,version,flags} rcode flags", Remedy::fix_server, Party::server, 2,
     "EDNS_SUPPORT_NO_OPT, GRATUITOUS_OPT, EDNS_VERSION_MISMATCH, IMPLEMENTED_EDNS_VERSION_NOT_PROVIDED, "
     "ERROR_WITH_EDNS_VERSION, EDNS_UNDEFINED_FLAGS_SET"},
    {Code::udp_answer_large, "udp-answer-large", Severity::warning, Breaks::some, no_ede, "RFC 9715 §3.1",
     "A UDP answer larger than 1232 octets came back whole. Answers of that size are split into fragments, "
     "which are often lost and can be forged.",
     "{server} sends {octets} octets over UDP (advised limit {limit}): fragments get lost and can be forged",
     "octets limit", Remedy::fix_server, Party::server, 2, ""},
    {Code::large_answer_lost, "large-answer-lost", Severity::warning, Breaks::some, no_ede, "RFC 9715 §3.2",
     "Large answers over UDP disappear on the way, while a smaller buffer or TCP brings them. Resolvers that "
     "ask for large answers see timeouts.",
     "UDP answers of {octets} octets from {server} get lost[; {works_octets} octets or TCP get through]",
     "octets works_octets", Remedy::fix_server, Party::server, 2, "PMTU_EXCEEDED"},
    {Code::answer_needs_tcp, "answer-needs-tcp", Severity::notice, Breaks::no, no_ede, "RFC 7766 §5",
     "A set on the path to the answer does not fit 1232 octets, so every validator needs TCP to fetch it. "
     "That is legal, as long as TCP works everywhere.",
     "the answer for {type} takes {octets} octets: every validator needs TCP to fetch it", "type octets", Remedy::none,
     Party::server, 2, ""},
    {Code::query_case_not_echoed, "query-case-not-echoed", Severity::warning, Breaks::some, no_ede, "RFC 1035 §2.3.3",
     "The server returns the question in other letter case than it was asked. Resolvers that mix letter case "
     "as protection against forgery discard the reply or ask again.",
     "{server} does not return the question in the letter case it was asked in", "", Remedy::fix_server, Party::server,
     2, "CASE_NOT_PRESERVED"},
    {Code::foreign_class_data, "foreign-class-data", Severity::warning, Breaks::no, no_ede, "RFC 1035 §5.2",
     "The reply contains records of another class than the one asked for. They are ignored.",
     "{server} puts records of another class into the {section} section", "section{answer,authority,additional}",
     Remedy::fix_server, Party::server, 2,
     "FOREIGN_CLASS_DATA_ANSWER, FOREIGN_CLASS_DATA_AUTHORITY, FOREIGN_CLASS_DATA_ADDITIONAL"},
    {Code::cookie_wrong, "cookie-wrong", Severity::error, Breaks::some, no_ede, "RFC 7873 §5.3",
     "The DNS cookie in the reply is broken: our own part comes back changed, or its length is illegal. "
     "Clients have to discard such a reply.",
     "{server} returns a broken DNS cookie[ of {octets} octets]: {reason}", "reason{client-part,length} octets",
     Remedy::fix_server, Party::server, 2, "CLIENT_COOKIE_MISMATCH, COOKIE_INVALID_LENGTH"},
    {Code::cookie_support_uneven, "cookie-support-uneven", Severity::warning, Breaks::no, no_ede, "RFC 7873 §5.2",
     "The server's support for DNS cookies is incomplete or changes from one reply to the next, as happens "
     "when several machines share an address. It costs retries, no data.",
     "{server} supports DNS cookies unevenly: {which}", "which{unasked,option,server-part,unenforced}",
     Remedy::fix_server, Party::server, 2,
     "GRATUITOUS_COOKIE, NO_COOKIE_OPTION, NO_SERVER_COOKIE, NO_SERVER_COOKIE_WITHOUT_BADCOOKIE, "
     "INVALID_SERVER_COOKIE_WITHOUT_BADCOOKIE"},
    {Code::serials_differ, "serials-differ", Severity::warning, Breaks::no, no_ede, "RFC 1034 §4.3.5",
     "The servers of the zone report different SOA serials: a transfer is under way, or stuck. It matters "
     "only if it lasts.",
     "SOA serials differ: {serials}", "serials", Remedy::synchronise_servers, Party::server, 2, ""},
    {Code::server_stale, "server-stale", Severity::error, Breaks::some, no_ede, "RFC 1034 §4.3.5",
     "This server has a lower serial than the rest, and older signatures or keys: it no longer receives "
     "transfers. Sooner or later what it serves expires.",
     "{server} is stale: serial {serial} behind {newest_serial}[, newest signature {age} old]",
     "serial newest_serial age", Remedy::synchronise_servers, Party::server, 2, ""},
    {Code::server_unsigned, "server-unsigned", Severity::error, Breaks::some, 10, "RFC 4035 §3.1.1",
     "This server has no DNSSEC records for the zone, while the other servers have a signed zone. Validators "
     "that ask it get nothing they can validate.",
     "{server} serves {zone} unsigned, the other servers serve it signed", "", Remedy::synchronise_servers,
     Party::server, 2, ""},
    {Code::server_copy_bogus, "server-copy-bogus", Severity::error, Breaks::some, 6, "RFC 4035 §5.5",
     "What this server sends fails validation, what the other servers of the zone send holds. Whether a user "
     "sees the name depends on the server picked.",
     "what {server} serves fails ({first_code}), what the other servers serve holds", "first_code",
     Remedy::synchronise_servers, Party::server, 2, ""},
    {Code::data_differs_at_same_serial, "data-differs-at-same-serial", Severity::warning, Breaks::some, no_ede,
     "RFC 1034 §4.3.5",
     "Two servers have the same serial and different records, so no transfer will ever bring them together. "
     "Signatures made per query are not compared.",
     "the servers of {zone} give different {type} records at the same serial {serial}", "serial type",
     Remedy::synchronise_servers, Party::server, 2, ""},
    {Code::key_missing_on_servers, "key-missing-on-servers", Severity::error, Breaks::some, 9, "RFC 4035 §2.1",
     "A key that signs, or that a DS or trust anchor names, is missing from the DNSKEY set of some servers. "
     "Validators that fetch keys from those servers fail on signatures fetched elsewhere.",
     "key {tag} of {zone} is in use, but missing from the DNSKEY set of some servers", "tag",
     Remedy::synchronise_servers, Party::server, 2, "DNSKEY_MISSING_FROM_SERVERS"},
    {Code::multi_signer_keys_not_shared, "multi-signer-keys-not-shared", Severity::error, Breaks::some, 9,
     "RFC 8901 §2.1.2",
     "Several providers sign the zone with keys of their own and do not publish each other's. Keys from one "
     "and signatures from the other do not fit.",
     "the providers of {zone} sign with keys they do not share: {keys}", "keys", Remedy::restore_key, Party::child, 2,
     ""},
    {Code::multi_signer_present, "multi-signer-present", Severity::notice, Breaks::no, no_ede, "RFC 8901 §2.1",
     "Several providers sign the zone apart and publish each other's keys, as RFC 8901 describes. That is "
     "sound; the model in use is named.",
     "{zone} is signed by several providers: {mode}", "mode{shared-ksk,own-ksk}", Remedy::none, Party::server, 2, ""},
});

}  // namespace validator
