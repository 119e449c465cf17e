#include "cli/option_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cli/settings.h"
#include "cli/values.h"
#include "validator/advice.h"

namespace cli {
namespace {

constexpr VerbSet asks = only(Verb::check) | only(Verb::resolve) | only(Verb::record) | only(Verb::graph);
constexpr VerbSet judges = only(Verb::check) | only(Verb::resolve) | only(Verb::replay) | only(Verb::graph);
constexpr VerbSet decides = judges | only(Verb::diff) | only(Verb::zone);
constexpr VerbSet trusts =
    asks | judges | only(Verb::anchors) | only(Verb::diff) | only(Verb::ds) | only(Verb::zone) | only(Verb::preflight) |
    only(Verb::rollover) | only(Verb::watch);
constexpr VerbSet sends = asks | only(Verb::anchors) | only(Verb::ds) | only(Verb::preflight) | only(Verb::zone) |
                          only(Verb::rollover) | only(Verb::watch);
constexpr VerbSet writes = judges | only(Verb::record) | only(Verb::explain) | only(Verb::anchors) | only(Verb::diff) |
                           only(Verb::ds) | only(Verb::zone) | only(Verb::preflight) | only(Verb::rollover) |
                           only(Verb::watch);
constexpr VerbSet rolls = only(Verb::rollover) | only(Verb::watch);
constexpr VerbSet everything = ~0U;

// clang-format off: one row more would move all the others
constexpr OptionRow rows[] = {
    {"-q,--name", "NAME", asks | only(Verb::ds) | only(Verb::zone) | only(Verb::preflight) | rolls, "Question",
     "a name, whatever word it looks like (repeat)", put_name},
    {"-t,--type", "TYPE", asks, "Question", "a record type, for every name (repeat)", put_type},
    {"-x,--reverse", "ADDR", asks, "Question", "the PTR record of an address (repeat)", put_reverse},
    {"-f,--file", "FILE", asks, "Question", "further questions, one a line: name [type]...; - is stdin",
     [](Options& o, std::string_view v) { return put_text(v, o.batch); }},

    {"-p,--port", "PORT", sends, "Where to ask", "port of @server; in a walk: of every server",
     [](Options& o, std::string_view v) { return put(read_port(v), o.port); }},
    {"-4", "", sends, "Where to ask", "by IPv4 only", put_family<dns::Address::Family::ipv4>},
    {"-6", "", sends, "Where to ask", "by IPv6 only", put_family<dns::Address::Family::ipv6>},
    {"-b,--bind", "ADDR", sends, "Where to ask", "source address, ADDR[#PORT]",
     [](Options& o, std::string_view v) { return put(read_source_address(v), o.bind); }},
    {"--hints", "FILE", sends, "Where to ask", "root hints in place of the built-in ones",
     [](Options& o, std::string_view v) { return put_text(v, o.hints); }},
    {"-y,--tsig", "KEY", only(Verb::zone), "Where to ask", "a transfer's key, [hmac:]name:secret (hmac-sha256)", put_tsig},
    {"--tsig-file", "FILE", only(Verb::zone), "Where to ask", "the same in a file: BIND's, NSD's or Knot's form",
     [](Options& o, std::string_view v) { return put_text(v, o.zone.tsig_file); }},

    {"-k,-a,--anchors", "FILE", trusts, "What to trust", "trust anchors, any common format (repeat)",
     put_anchors<&trustanchor::Sources::files>},
    {"--anchor", "RR", trusts, "What to trust", "one trust anchor: '. DS 20326 8 2 HEX' (repeat)",
     put_anchors<&trustanchor::Sources::records>},
    {"--anchors-ca", "FILE", trusts, "What to trust",
     "certificates (PEM) by which root-anchors.p7s is checked (repeat)",
     put_anchors<&trustanchor::Sources::authorities>},
    {"--anchors-signer", "MAIL", trusts, "What to trust", "its signer (dnssec@iana.org)",
     [](Options& o, std::string_view v) { return put_text(v, o.anchors.signer); }},
    {"--state", "FILE", only(Verb::anchors) | rolls, "What to trust",
     "anchors update: keys followed by RFC 5011, in unbound's form; rollover, watch: what was seen, look by look",
     [](Options& o, std::string_view v) { return put_text(v, o.state); }},
    {"--nta", "NAME=REASON,UNTIL", judges, "What to trust", "negative trust anchor: NAME counts as insecure (repeat)",
     put_negative_anchor},
    {"--trust-ad", "", trusts, "What to trust", "", nullptr},

    {"--digest", "LIST", only(Verb::ds), "Hand up", "digest types of the DS: 2, 4 (2)",
     [](Options& o, std::string_view v) {
       o.ds.digests.clear();
       return put_list(v, read_made_digest, o.ds.digests);
     }},
    {"--layout", "LIST", only(Verb::ds), "Hand up", "fields, rr, epp-ds, epp-key, csv, json (fields)",
     [](Options& o, std::string_view v) {
       o.ds.layouts.clear();
       return put_list(v, read_layout, o.ds.layouts);
     }},
    {"--any-key", "", only(Verb::ds), "Hand up", "also keys that do not sign, or have no SEP flag",
     [](Options& o, std::string_view) {
       o.ds.any_key = true;
       return Done();
     }},

    {"--parent", "", only(Verb::ds) | only(Verb::zone), "The parent",
     "ds, of files: beside the living zone and its parent; zone: by the DS the parent has now",
     [](Options& o, std::string_view) {
       o.ds.parent = o.zone.parent = true;
       return Done();
     }},
    {"--ds", "RR", only(Verb::zone) | only(Verb::preflight), "The parent",
     "zone: a DS that it has; preflight: one that it adds, or a file (repeat)",
     [](Options& o, std::string_view v) {
       (o.verb == Verb::zone ? o.zone.ds : o.preflight.ds).emplace_back(v);
       return Done();
     }},
    {"--remove-ds", "TAG", only(Verb::preflight), "The parent", "takes the DS with this key tag out (repeat)",
     [](Options& o, std::string_view v) {
       const auto tag = read_number(v, 0, 65535);
       if (!tag) return Done(std::unexpected(tag.error()));
       o.preflight.remove_ds.push_back(static_cast<dns::KeyTag>(*tag));
       return Done();
     }},
    {"--cds", "", only(Verb::preflight), "The parent", "does what the zone's CDS records ask for",
     [](Options& o, std::string_view) {
       o.preflight.cds = true;
       return Done();
     }},
    {"--keys", "FILE", only(Verb::preflight), "The zone to be", "its DNSKEY set becomes that of this signed zone",
     [](Options& o, std::string_view v) { return put_text(v, o.preflight.keys); }},
    {"--zone", "FILE", only(Verb::preflight), "The zone to be", "it becomes that of this file, keys and all",
     [](Options& o, std::string_view v) { return put_text(v, o.preflight.zone); }},
    {"--unsigned", "", only(Verb::preflight), "The zone to be", "it loses keys and signatures",
     [](Options& o, std::string_view) {
       o.preflight.unsigned_zone = true;
       return Done();
     }},
    {"--since", "FILE", rolls, "What was seen before", "a recording of the zone's DNSKEY made earlier (repeat)",
     [](Options& o, std::string_view v) {
       o.rollover.since.emplace_back(v);
       return Done();
     }},
    {"--longest-ttl", "SECS", rolls, "What was seen before", "no record of the zone lives longer, asked for or not",
     [](Options& o, std::string_view v) {
       const auto seconds = read_number(v, 0, 0x7fffffff);
       if (!seconds) return Done(std::unexpected(seconds.error()));
       o.rollover.longest_ttl = dns::Seconds{static_cast<std::int64_t>(*seconds)};
       return Done();
     }},
    {"--until", "STATE", only(Verb::watch), "What to wait for",
     "secure; step: the next step of a rollover is safe; or a time, as --at takes it (secure)", put_goal},
    {"--interval", "SECS", only(Verb::watch), "What to wait for", "between two looks, at most (60)",
     [](Options& o, std::string_view v) { return put(read_seconds(v), o.rollover.interval); }},
    {"--ns", "HOST=ADDR", only(Verb::preflight), "The zone to be", "", nullptr},

    {"--jobs", "N", only(Verb::zone), "Effort", "threads (as many as there are cores)",
     [](Options& o, std::string_view v) { return put(read_number(v, 1, 256), o.zone.jobs); }},
    {"--quick", "", asks, "Effort", "the verdict alone: few questions (default of resolve)",
     [](Options& o, std::string_view) {
       o.effort = dns::Effort::quick;
       return Done();
     }},
    {"--full", "", asks, "Effort", "every server, every diagnosis (default of check)",
     [](Options& o, std::string_view) {
       o.effort = dns::Effort::full;
       return Done();
     }},

    {"--allow-sha1", "", decides, "Policy", "algorithms 5 and 7 count (else: insecure, RFC 9905)",
     [](Options& o, std::string_view) {
       o.policy.sha1 = validator::Policy::Sha1::accepted;
       return Done();
     }},
    {"--algorithms", "LIST", decides, "Policy", "pretend that only these algorithms work: 8,13",
     [](Options& o, std::string_view v) { return put_optional_list(v, read_algorithm, o.policy.only_algorithms); }},
    {"--digests", "LIST", decides, "Policy", "pretend that only these DS digests work: 2,4",
     [](Options& o, std::string_view v) { return put_optional_list(v, read_digest, o.policy.only_digests); }},
    {"--max-iterations", "N", decides, "Policy", "NSEC3 iterations above N count as insecure (50)", put_iterations},
    {"--strict-algorithms", "", decides, "Policy", "every algorithm of the DS set must hold, not one (RFC 6840 5.11)",
     [](Options& o, std::string_view) {
       o.policy.completeness = validator::Policy::Completeness::every_algorithm;
       return Done();
     }},
    {"--as", "PROFILE", decides, "Policy", "", nullptr},

    {"--at", "TIME", decides | only(Verb::anchors) | only(Verb::ds) | only(Verb::preflight) | only(Verb::rollover), "Time",
     "judge as of then: RFC 3339, epoch seconds, +2d, -1h",
     [](Options& o, std::string_view v) { return put(read_when(v), o.at); }},
    {"--deadline", "SECS", sends, "Time", "end of the whole run (10 for each name)",
     [](Options& o, std::string_view v) { return put(read_seconds(v), o.deadline); }},
    {"--timeout", "SECS", sends, "Time", "for each question and server, all tries in it (2)",
     [](Options& o, std::string_view v) { return put(read_seconds(v), o.timeout); }},
    {"--retries", "N", sends, "Time", "further tries, spread inside the timeout (2)", put_retries},
    {"--max-queries", "N", sends, "Time", "end after so many questions (4000)",
     [](Options& o, std::string_view v) { return put(read_number(v, 1, 1'000'000), o.max_queries); }},

    {"-T,--format", "LIST",
     decides | only(Verb::explain) | only(Verb::anchors) | only(Verb::record) | only(Verb::preflight) | rolls,
     "Output",
     "text, short, json, ndjson, dot, svg, html, timeline, nagios, checkmk, prom, openmetrics, junit, sarif; explain: "
     "text, json, markdown; anchors, diff, watch: text, json; preflight, rollover: text, json, timeline, ics; zone: text, short, json; record: json, dnsviz",
     put_formats},
    {"-o,--output", "FILE", writes, "Output", "write there: a file, or 'dir/%n.%f' (%n name, %t type, %f format)",
     [](Options& o, std::string_view v) { return put_text(v, o.output); }},
    {"--color", "WHEN", everything, "Output", "auto, always, never",
     [](Options& o, std::string_view v) { return put_choice(v, o.color); }},
    {"--level", "SEVERITY", judges | only(Verb::zone), "Output", "findings from error, warning or notice (all) up",
     put_level},
    {"--all-probes", "", judges | only(Verb::zone), "Output", "consequences and passed checks too",
     [](Options& o, std::string_view) {
       o.style.probes = report::Style::Probes::all;
       return Done();
     }},
    {"--signer", "NAME", judges | only(Verb::zone) | only(Verb::rollover), "Output",
     "whose commands to print: nsd, bind, knot, powerdns, opendnssec", put_signer},
    {"--blame", "", judges | only(Verb::zone), "Output", "who is at fault, in one line; nothing if nobody is",
     put_format<report::Format::blame>},
    {"--schema", "", only(Verb::explain), "Output", "the JSON Schema of the verdict, or of: line (NDJSON), anchors, ds",
     [](Options& o, std::string_view) {
       o.page = Page::schema;
       return Done();
     }},
    {"--completion", "SHELL", only(Verb::explain), "Output", "completions for bash, zsh or fish",
     [](Options& o, std::string_view v) { return put_page(o, Page::completion, v); }},
    {"--man", "PAGE", only(Verb::explain), "Output", "a man page, as scdoc reads it: trustwalk.1",
     [](Options& o, std::string_view v) { return put_page(o, Page::man, v); }},

    {"--expect", "VERDICT", judges | only(Verb::zone), "Tests",
     "exit 0 if every verdict is one of these, else 1: secure,insecure",
     [](Options& o, std::string_view v) { return put_list(v, read_verdict, o.expect); }},
    {"--expect-slug", "SLUG", judges | only(Verb::zone), "Tests", "exit 0 if all these findings are there, else 1",
     [](Options& o, std::string_view v) { return put_list(v, read_slug, o.expect_slugs); }},

    {"-v,--verbose", "", everything, "General", "say more (repeat)", more_words},
    {"-V,--version", "", everything, "General", "versions of this program, its tables and its libraries", nothing},
    {"-h,--help", "", everything, "General", "this text", nothing},
    {"--progress", "WHEN", sends, "General", "auto, always, never: a line on stderr",
     [](Options& o, std::string_view v) { return put_choice(v, o.progress); }},
    {"--config", "FILE", everything, "General", "settings from there alone: trustwalk.toml(5) (repeat)", nothing},
    {"--no-config", "", everything, "General", "no settings but those typed", nothing},
    {"--print-config", "", everything, "General", "what holds, and where each setting comes from", nothing},
};
// clang-format on

// The monitoring plugin: the letters of the plugin guidelines, not ours.
constexpr std::array probe_rows = std::to_array<OptionRow>({
    {"-H,--hostname", "NAME", everything, "", "the name to check (required)", put_name},
    {"-T,--type", "TYPE", everything, "", "record type (A, AAAA; SOA at an apex)", put_type},
    {"-s,--server", "ADDR", everything, "", "through this resolver, ADDR[#PORT]", put_server},
    {"-p,--port", "PORT", everything, "", "port of the resolver, or of all servers",
     [](Options& o, std::string_view v) { return put(read_port(v), o.port); }},
    {"-4", "", everything, "", "by IPv4 only; -6: by IPv6", put_family<dns::Address::Family::ipv4>},
    {"-6", "", everything, "", "", put_family<dns::Address::Family::ipv6>},
    {"-k,-a,--anchors", "FILE", everything, "", "trust anchors; root hints: --hints FILE", put_anchors<&trustanchor::Sources::files>},
    {"--hints", "FILE", everything, "", "", [](Options& o, std::string_view v) { return put_text(v, o.hints); }},
    {"-w,--warning", "RANGE", everything, "", "time left, outside: WARNING (8%:); \"3d:\"",
     [](Options& o, std::string_view v) { return put_ranges(v, o.probe.policy.warning); }},
    {"-c,--critical", "RANGE", everything, "", "time left, outside: CRITICAL (4%:)",
     [](Options& o, std::string_view v) { return put_ranges(v, o.probe.policy.critical); }},
    {"-t,--timeout", "SECS[:STATE]", everything, "", "end of the run, and its state (10:unknown)", put_late},
    {"--partial", "STATE", everything, "", "one server bad (warning)", put_state<&report::ProbePolicy::partial>},
    {"--lint", "STATE", everything, "", "secure, other warnings (ok)", put_state<&report::ProbePolicy::lint>},
    {"--insecure", "STATE", everything, "", "not signed (warning)", put_state<&report::ProbePolicy::insecure>},
    {"--indeterminate", "STATE", everything, "", "no server answers (critical)", put_state<&report::ProbePolicy::indeterminate>},
    {"--time-warning", "RANGE", everything, "", "seconds of this run (--time-critical too)",
     put_limit<&report::ProbePolicy::time, &report::Thresholds::warning>},
    {"--time-critical", "RANGE", everything, "", "",
     put_limit<&report::ProbePolicy::time, &report::Thresholds::critical>},
    {"--behind-warning", "RANGE", everything, "", "seconds a secondary is behind (-critical too)",
     put_limit<&report::ProbePolicy::behind, &report::Thresholds::warning>},
    {"--behind-critical", "RANGE", everything, "", "",
     put_limit<&report::ProbePolicy::behind, &report::Thresholds::critical>},
    {"--age-warning", "RANGE", everything, "", "seconds since the last signing (-critical too)",
     put_limit<&report::ProbePolicy::age, &report::Thresholds::warning>},
    {"--age-critical", "RANGE", everything, "", "",
     put_limit<&report::ProbePolicy::age, &report::Thresholds::critical>},
    {"--format", "FORMAT", everything, "", "nagios, or checkmk: a local check", put_formats},
    {"--own-zone", "", everything, "", "-w and -c look at the name's zone alone",
     [](Options& o, std::string_view) { o.probe.policy.own_zone = true; return Done(); }},
    {"--at", "TIME", everything, "", "", [](Options& o, std::string_view v) { return put(read_when(v), o.at); }},
    {"--allow-sha1", "", everything, "", "",
     [](Options& o, std::string_view) { o.policy.sha1 = validator::Policy::Sha1::accepted; return Done(); }},
    {"--exit-ok", "", everything, "", "exit status 0 in any case",
     [](Options& o, std::string_view) { o.probe.exit_ok = true; return Done(); }},
    {"-v,--verbose", "", everything, "", "long text: cause (1), chain (2), all (3)", more_words},
    {"-V,--version", "", everything, "", "", nothing},
    {"-h,--help", "", everything, "", "", nothing},
    {"--zone", "FILE", everything, "", "a whole zone (--axfr: from -s ADDR, -y KEY)",
     [](Options& o, std::string_view v) { return put_text(v, o.probe.zone); }},
    {"--axfr", "", everything, "", "",
     [](Options& o, std::string_view) { o.probe.axfr = true; return Done(); }},
    {"-y,--tsig", "KEY", everything, "", "", put_tsig},
    {"--tsig-file", "FILE", everything, "", "", [](Options& o, std::string_view v) { return put_text(v, o.zone.tsig_file); }},
    {"--state", "FILE", everything, "", "remembers there since when it is so (-v)",
     [](Options& o, std::string_view v) { return put_text(v, o.probe.state); }},
    {"--config", "FILE", everything, "", "", nothing},
    {"--print-config", "", everything, "", "", nothing},
});

constexpr std::array flags = std::to_array<FlagRow>({
    {"walk", "", asks, "ask the authoritative servers, from the root hints", [](Options& o, std::string_view) { o.mode = dns::Mode::walk; return Done(); },
     [](Options& o, std::string_view) { o.mode = dns::Mode::stub; return Done(); }},
    {"stub", "", asks, "ask a recursive resolver: @server or resolv.conf", [](Options& o, std::string_view) { o.mode = dns::Mode::stub; return Done(); },
     [](Options& o, std::string_view) { o.mode = dns::Mode::walk; return Done(); }},
    {"trace", "", asks, "+walk, and show every step of it",
     [](Options& o, std::string_view) { o.mode = dns::Mode::walk; o.style.probes = report::Style::Probes::all; return Done(); }, nothing},
    {"cd", "", only(Verb::resolve), "print the records even of a bogus answer", [](Options& o, std::string_view) { o.records_anyway = true; return Done(); },
     [](Options& o, std::string_view) { o.records_anyway = false; return Done(); }},
    {"short", "", judges | only(Verb::zone), "--format short", [](Options& o, std::string_view) { o.formats = {report::Format::brief}; return Done(); },
     [](Options& o, std::string_view) { o.formats.clear(); return Done(); }},
    {"json", "", judges | only(Verb::zone), "--format json", [](Options& o, std::string_view) { o.formats = {report::Format::json}; return Done(); },
     [](Options& o, std::string_view) { o.formats.clear(); return Done(); }},
    {"all", "", judges, "--all-probes", [](Options& o, std::string_view) { o.style.probes = report::Style::Probes::all; return Done(); },
     [](Options& o, std::string_view) { o.style.probes = report::Style::Probes::folded; return Done(); }},
    {"nocrypto", "", judges, "structure only, no signature is checked: at best indeterminate",
     [](Options& o, std::string_view) { o.policy.crypto = validator::Policy::Crypto::structure_only; return Done(); }, nullptr},
    {"crypto", "", judges, "", [](Options& o, std::string_view) { o.policy.crypto = validator::Policy::Crypto::checked; return Done(); }, nullptr},
    {"timeout", "SECS", sends, "--timeout", [](Options& o, std::string_view v) { return put(read_seconds(v), o.timeout); }, nullptr},
    {"retry", "N", sends, "--retries", put_retries, nullptr},
    {"tries", "N", sends, "one more than --retries",
     [](Options& o, std::string_view v) {
       const auto number = read_number(v, 1, 11);
       if (!number) return Done(std::unexpected(number.error()));
       o.retries = static_cast<int>(*number) - 1;
       return Done();
     },
     nullptr},
    {"tcp", "", asks, "ask by TCP alone", put_transport<dns::Manner::Transport::tcp>, put_transport<dns::Manner::Transport::udp>},
    {"vc", "", asks, "+tcp", put_transport<dns::Manner::Transport::tcp>, put_transport<dns::Manner::Transport::udp>},
    {"nsid", "", asks, "ask each server for its name for itself, and show it (RFC 5001)",
     [](Options& o, std::string_view) { o.habit.nsid = true; o.style.servers = report::Style::Servers::listed; return Done(); },
     [](Options& o, std::string_view) { o.habit.nsid = false; o.style.servers = report::Style::Servers::counted; return Done(); }},
    {"cookie", "", asks, "send a DNS cookie with every question (RFC 7873)", [](Options& o, std::string_view) { o.habit.cookie = true; return Done(); },
     [](Options& o, std::string_view) { o.habit.cookie = false; return Done(); }},
    {"bufsize", "N", asks, "octets we take by UDP: 512 to 65535 (1232)", put_buffer, nullptr},
});

constexpr std::array<std::string_view, 39> dig_only{
    "additional", "adflag",   "aaflag", "aaonly",  "answer",   "authority",     "badcookie", "besteffort",
    "cdflag",     "class",    "cl",     "cmd",     "comments", "defname",       "dnssec",    "do",
    "edns",       "identify", "idnin",  "idnout",  "keepopen", "mapped",        "multiline", "multi",
    "qr",         "question", "rdflag", "recurse", "rec",      "rrcomments",    "search",    "sigchase",
    "split",      "stats",    "ttl",    "ttlid",   "ttlunits", "unknownformat", "yaml"};

}  // namespace

std::span<const OptionRow> option_rows(Verb verb) {
  return verb == Verb::probe ? std::span<const OptionRow>(probe_rows) : std::span<const OptionRow>(rows);
}

std::span<const FlagRow> flag_rows() { return flags; }

std::span<const std::string_view> ignored_flags() { return dig_only; }

const OptionRow* find_option(Verb verb, std::string_view name) {
  for (const auto& row : option_rows(verb)) {
    std::string_view names = row.names;
    while (!names.empty()) {
      const auto comma = names.find(',');
      if (names.substr(0, comma) == name) return &row;
      names.remove_prefix(comma == std::string_view::npos ? names.size() : comma + 1);
    }
  }
  return nullptr;
}

}  // namespace cli
