// What command lines mean: the words of dig in any order, the values of options, and what is refused, with which help.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/option_table.h"
#include "tests/cli/spoken.h"

namespace {

using spoken::meaning;
using testing::HasSubstr;

struct Line {
  const char* line;
  const char* means;
};

// cli.md §1 and dig(1): order-free words.
const Line understood[] = {
    {"example.org", "check example.org.:-"},
    {"example.org MX", "check example.org.:MX"},
    {"MX example.org", "check example.org.:MX"},
    {"example.org mx aaaa", "check example.org.:MX,AAAA"},
    {"example.org TYPE65", "check example.org.:HTTPS"},
    {"example.org TYPE65280", "check example.org.:TYPE65280"},
    {"a.example b.example", "check a.example.:- b.example.:-"},
    {"a.example b.example MX", "check a.example.:MX b.example.:MX"},
    {"a.example MX b.example", "check a.example.:MX b.example.:-"},
    {"a.example MX b.example TXT NS", "check a.example.:MX b.example.:TXT,NS"},
    {"TXT a.example MX b.example", "check a.example.:MX b.example.:TXT"},
    {"-t TXT a.example MX b.example", "check a.example.:MX b.example.:TXT"},
    {"a.example -t TXT -t MX", "check a.example.:TXT,MX"},
    {"IN MX example.org", "check example.org.:MX"},
    {"example.org in a", "check example.org.:A"},
    {".", "check .:-"},
    {". DNSKEY", "check .:DNSKEY"},
    {"_dmarc.example.org txt", "check _dmarc.example.org.:TXT"},
    {"'a b.example'", "check a\\032b.example.:-"},
    // all words are types: the first is a name, as a top-level domain can be one
    {"mx", "check mx.:-"},
    {"ns a", "check ns.:A"},
    {"mx. a", "check mx.:A"},
    // the first bare word that is a verb is the verb
    {"check example.org", "check example.org.:-"},
    {"example.org check", "check example.org.:-"},
    {"resolve example.org MX @127.0.0.1", "resolve example.org.:MX @127.0.0.1"},
    {"@127.0.0.1 MX example.org resolve", "resolve example.org.:MX @127.0.0.1"},
    {"resolve check", "resolve check.:-"},
    {"check check", "check check.:-"},
    {"check.", "check check.:-"},
    {"zone.", "check zone.:-"},
    {"-q zone", "check zone.:-"},
    {"--name=resolve", "check resolve.:-"},
    {"-q MX", "check MX.:-"},
    {"-- resolve", "check resolve.:-"},
    {"resolve -- -strange.example", "resolve -strange.example.:-"},
    {"graph example.org", "graph example.org.:-"},
    {"graph ./a/evidence.json b.json", "graph ./a/evidence.json b.json"},
    {"replay evidence", "replay evidence"},
    {"zone example.zone -q example.org", "zone example.org.:- example.zone"},
    {"zone @127.0.0.1#5353 example.org", "zone example.org.:- @127.0.0.1#5353"},
    {"zone example.org @127.0.0.1", "zone example.org.:- @127.0.0.1"},
    {"record example.org A -o x.json", "record example.org.:A"},
    {"diff a.json b.json", "diff a.json b.json"},
    {"record example.org A --format dnsviz -o x.json", "record example.org.:A"},
    {"explain ds-matches-no-key", "explain ds-matches-no-key"},
    {"explain list", "explain list"},
    {"anchors", "anchors"},
    {"anchors test", "anchors test"},
    {"anchors update --state keys", "anchors update"},
    // servers
    {"@127.0.0.1#5353 example.org", "check example.org.:- @127.0.0.1#5353"},
    {"example.org @::1#5353", "check example.org.:- @::1#5353"},
    {"@2001:db8::1 example.org @192.0.2.1", "check example.org.:- @2001:db8::1 @192.0.2.1"},
    {"@ns.example example.org", "check example.org.:- @ns.example."},
    // reverse names: RFC 1035 §3.5 and RFC 3596 §2.5 have these very examples' forms
    {"-x 192.0.2.1", "check 1.2.0.192.in-addr.arpa.:PTR"},
    {"-x 2001:db8::567:89ab", "check b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.:PTR"},
    // an option's value is no word, whatever it looks like
    {"-q check -t A", "check check.:A"},
    {"-o @file example.org", "check example.org.:-"},
    {"-o +short example.org", "check example.org.:-"},
    {"--output resolve example.org", "check example.org.:-"},
    {"-vo resolve example.org", "check example.org.:-"},
    {"-oresolve example.org", "check example.org.:-"},
    {"--at -1h example.org", "check example.org.:-"},
    // dig's own flags pass
    {"example.org +noall +answer +dnssec +comments +multiline", "check example.org.:-"},
    // names in other scripts: RFC 5891's own kind of example, checked with idn2(1)
    {"bücher.example", "check xn--bcher-kva.example.:-"},
    {"BÜCHER.example MX", "check xn--bcher-kva.example.:MX"},
    {"faß.example", "check xn--fa-hia.example.:-"},
    {"_sip._tcp.bücher.example srv", "check _sip._tcp.xn--bcher-kva.example.:SRV"},
    {"-h", "wish"},
    {"-V", "wish"},
    {"resolve --help", "wish"},
    {"example.org --version", "wish"},
    {"probe -h", "wish"},
};

TEST(Options, UnderstandsTheWordsOfDig) {
  for (const auto& [line, means] : understood) EXPECT_EQ(meaning(line), means) << line;
}

// Every refusal says what is wrong and, where there is one, the nearest right word.
const Line refused[] = {
    {"", "which name?"},
    {"resolve", "which name?"},
    {"check", "which name?"},
    {"replay", "which recording?"},
    {"explain", "which finding?"},
    {"record example.org", "-o FILE"},
    {"diff a.json", "diff compares two files"},
    {"diff a.json b.json --format svg", "is not text or json"},
    {"diff @192.0.2.1 a.json b.json", "diff asks nobody"},
    {"record example.org -o x --format svg", "is not json or dnsviz"},
    {"''", "is not a domain name: "},
    {"a..b", "is not a domain name: "},
    {"-q ''", "is not a domain name"},
    {"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg.example", "is not a domain name: "},
    {"'\xff\xfe.example'", "is not a domain name"},
    {"example.org CH", "class CH"},
    {"example.org -c IN", "-c"},
    {"example.org --anchor-s x", "unknown option --anchor-s; did you mean --anchors?"},
    {"example.org --formt json", "did you mean --format?"},
    {"example.org --dedline=5", "did you mean --deadline?"},
    {"example.org -Z", "unknown option -Z"},
    {"example.org +shrot", "unknown flag +shrot; did you mean +short?"},
    {"example.org +nowlak", "unknown flag +nowlak"},
    {"example.org -t MXX", "\"MXX\" is not a record type; did you mean MX?"},
    {"example.org -t DNSKEYS", "did you mean DNSKEY?"},
    {"example.org ANY", "ANY is no type whose answer could be validated"},
    {"example.org AXFR", "AXFR is no type"},
    {"@ example.org", "is not the address or the name of a server"},
    {"@300.1.2.3 example.org", "is not the address or the name of a server"},
    {"@127.0.0.1#0 example.org", "is not a port"},
    {"@127.0.0.1#65536 example.org", "is not a port"},
    {"@127.0.0.1 +walk example.org", "a walk asks the authoritative servers"},
    {"@127.0.0.1 -6 example.org", "not of the address family"},
    {"example.org -p 0", "--port: \"0\" is not a port"},
    {"example.org -p x", "is not a port"},
    {"example.org --timeout 0", "is not a number of seconds"},
    {"example.org --timeout nan", "is not a number of seconds"},
    {"example.org --timeout 1e9", "is not a number of seconds"},
    {"example.org --deadline -1", "is not a number of seconds"},
    {"example.org --retries 11", "is not a number from 0 to 10"},
    {"example.org --at yesterday", "is not a time"},
    {"example.org --at +2y", "is not a distance in time"},
    {"example.org --at 2026-13-01", "is not a time"},
    {"example.org --format jsn", "\"jsn\" is none of text, short, json, "},
    {"example.org --format json,svg", "several formats need a file each"},
    {"example.org --color sometimes", "is not auto, always or never"},
    {"example.org --level fatal", "is not error, warning or notice"},
    {"example.org --signer bnd", "is not nsd, bind, knot, powerdns or opendnssec"},
    {"example.org --expect secur", "did you mean secure?"},
    {"example.org --expect-slug ds-matches-no-keys", "did you mean ds-matches-no-key?"},
    {"example.org --algorithms 13,XX", "is not a DNSSEC algorithm"},
    {"example.org --digests SHA-9", "is not a DS digest type"},
    {"example.org --nta example.org", "NAME=REASON,UNTIL"},
    {"example.org --nta example.org=why,then", "is not a time"},
    {"example.org -x 192.0.2", "is not an IPv4 or IPv6 address"},
    {"example.org -b 192.0.2", "is not an address of this machine"},
    {"example.org -o ''", "--output"},
    {"example.org -o", "needs a value"},
    {"explain ds-matches-no-keys", "did you mean ds-matches-no-key?"},
    {"explain ds-matches-no-key --format markdown", "explain list --format markdown"},
    {"explain list @127.0.0.1", "explain asks nobody"},
    {"replay x.json @127.0.0.1", "replay asks nobody"},
    {"explain list -t A", "explain has no option --type"},
    {"replay x.json --deadline 4", "replay has no option --deadline"},
    {"anchors lst", "list, test or update"},
    {"anchors list test", "list, test or update"},
    {"anchors update", "--state FILE"},
    {"anchors --format svg", "is not text or json"},
    {"example.org --state keys", "check has no option --state"},
    {"check example.org +cd", "check has no flag +cd"},
    {"example.org +timeout", "write +timeout=SECS"},
    {"example.org +short=1", "+short takes no value"},
    {"example.org +bufsize=100", "512"},
    {"anchors test +nsid", "anchors has no flag +nsid"},
    {"graph example.org a.json", "names or recordings, not both"},
    // of the design, and not yet here
    {"serve example.org", "serve: not in this version"},
    {"zone @127.0.0.1", "which zone?"},
    {"zone @127.0.0.1 a.example b.example", "one name at a time"},
    {"zone @127.0.0.1 @127.0.0.2 example.org", "one server at a time"},
    {"zone @127.0.0.1 example.org MX", "has no type"},
    {"zone @127.0.0.1 example.org -y k:c2VjcmV0 --tsig-file k", "not both"},
    {"zone @127.0.0.1 example.org -y k", "[hmac:]name:secret"},
    {"zone @127.0.0.1 example.org -y hmac-none:k:c2VjcmV0", "unknown algorithm \"hmac-none\""},
    {"zone @127.0.0.1 example.org -y k:%%%", "no base64"},
    {"zone a -y k:c2VjcmV0", "from which @server?"},
    {"zone a b", "one file at a time"},
    {"zone a --format svg", "text, short, blame, json"},
    {"zone a --ds 'a. DS 1 13 2 00' -k b", "--ds or anchors, not both"},
    {"zone a --ds 'a. DS 1 13 2 00' --parent", "--ds or --parent, not both"},
    {"probe -H a --axfr", "from which server? -s ADDR"},
    {"probe -H a --axfr --zone b -s 127.0.0.1", "not both"},
    {"probe -H a -y k:c2VjcmV0", "--tsig is for --axfr"},
    {"bulk names", "bulk: not in this version"},
    {"anchors resolver @127.0.0.1", "anchors resolver: not in this version"},
    {"example.org -y k:c2VjcmV0", "check has no option --tsig"},
    {"example.org --trust-ad", "--trust-ad: not in this version"},
};

TEST(Options, RefusesWithOneHelpfulLine) {
  for (const auto& [line, says] : refused) {
    const auto text = meaning(line);
    EXPECT_THAT(text, testing::StartsWith("misuse: ")) << line;
    EXPECT_THAT(text, HasSubstr(says)) << line;
    EXPECT_EQ(text.find('\n'), std::string::npos) << line;
  }
}

TEST(Options, KeepsValues) {
  const auto options = spoken::options(
      "example.org -4 -p 5300 --deadline 3.5 --timeout 0.25 --retries 0 -k a.key -a b.key --anchors c.key --anchor '. "
      "DS 1 8 2 AB' "
      "--hints h --allow-sha1 --algorithms 8,ED25519 --digests 2 --max-iterations 10 --format json,svg -o d/%n.%f -vv "
      "--max-queries 7 --nta sub.example.org=broken,+2d --expect secure,insecure --level warning --signer knot "
      "--quick");
  EXPECT_EQ(options.families, std::vector{dns::Address::Family::ipv4});
  EXPECT_EQ(options.port, 5300);
  EXPECT_EQ(options.deadline, std::chrono::milliseconds(3500));
  EXPECT_EQ(options.timeout, std::chrono::milliseconds(250));
  EXPECT_EQ(options.retries, 0);
  EXPECT_EQ(options.anchors.files, (std::vector<std::string>{"a.key", "b.key", "c.key"}));
  EXPECT_EQ(options.anchors.records, (std::vector<std::string>{". DS 1 8 2 AB"}));
  EXPECT_EQ(options.hints, "h");
  EXPECT_EQ(options.policy.sha1, validator::Policy::Sha1::accepted);
  EXPECT_EQ(options.policy.only_algorithms, (std::vector{dns::Algorithm::rsasha256, dns::Algorithm::ed25519}));
  EXPECT_EQ(options.policy.only_digests, (std::vector{dns::Digest::sha256}));
  EXPECT_EQ(options.policy.max_iterations, 10);
  EXPECT_EQ(options.formats, (std::vector{report::Format::json, report::Format::svg}));
  EXPECT_EQ(options.output, "d/%n.%f");
  EXPECT_EQ(options.verbosity, 2);
  EXPECT_EQ(options.max_queries, 7U);
  ASSERT_EQ(options.negative_anchors.size(), 1U);
  EXPECT_EQ(options.negative_anchors[0].name.print(), "sub.example.org.");
  EXPECT_EQ(options.negative_anchors[0].reason, "broken");
  EXPECT_EQ(cli::instant(options.negative_anchors[0].until, dns::Time(dns::Seconds(1000))),
            dns::Time(dns::Seconds(1000 + 2 * 86400)));
  EXPECT_EQ(options.expect, (std::vector{validator::Security::secure, validator::Security::insecure}));
  EXPECT_EQ(options.style.level, validator::Severity::warning);
  EXPECT_EQ(options.style.signer, validator::Signer::knot);
  EXPECT_EQ(options.effort, dns::Effort::quick);
}

TEST(Options, TheLastOfTwoThatExcludeEachOtherHolds) {
  EXPECT_EQ(spoken::options("example.org --quick --full").effort, dns::Effort::full);
  EXPECT_EQ(spoken::options("example.org --full --quick").effort, dns::Effort::quick);
  EXPECT_EQ(spoken::options("example.org -p 1 -p 2").port, 2);
  EXPECT_EQ(spoken::options("example.org -4 -6").families, std::vector{dns::Address::Family::ipv6});
  EXPECT_EQ(spoken::options("example.org +walk +nowalk").mode, dns::Mode::stub);
}

struct Instant {
  const char* text;
  std::int64_t seconds;  // after 2026-11-24T00:00:00Z, which is 1795478400 by date(1)
};
const Instant instants[] = {
    {"2026-11-24T00:00:00Z", 0},
    {"2026-11-25", 86400},
    {"1795478401", 1},
    {"+2d", 172800},
    {"-1h", -3600},
    {"+1h30m", 5400},
    {"+90", 90},
    {"+1w", 604800},
    {"20261124000001", 1},
};
TEST(Options, ReadsInstants) {
  const dns::Time origin{dns::Seconds(1795478400)};
  for (const auto& [text, seconds] : instants) {
    const auto options = spoken::options(std::string("example.org --at ") + text);
    ASSERT_TRUE(options.at.has_value()) << text;
    EXPECT_EQ((cli::instant(*options.at, origin) - origin).count(), seconds) << text;
  }
}

TEST(Options, FlagsOfDigMeanTheirOptions) {
  EXPECT_EQ(spoken::options("example.org +short").formats, std::vector{report::Format::brief});
  EXPECT_EQ(spoken::options("example.org +json").formats, std::vector{report::Format::json});
  EXPECT_EQ(spoken::options("example.org +trace").mode, dns::Mode::walk);
  EXPECT_EQ(spoken::options("example.org +tries=1").retries, 0);
  EXPECT_EQ(spoken::options("example.org +retry=4").retries, 4);
  EXPECT_EQ(spoken::options("example.org +nocrypto").policy.crypto, validator::Policy::Crypto::structure_only);
  EXPECT_TRUE(spoken::options("resolve example.org +cd").records_anyway);
  EXPECT_FALSE(spoken::options("resolve example.org +cd +nocd").records_anyway);
  EXPECT_EQ(spoken::options("example.org +noall +dnssec").ignored, std::vector<std::string>{"+dnssec"});
}

TEST(Options, NamesInOtherScriptsAreShownBesideTheirALabels) {
  EXPECT_EQ(spoken::options("bücher.example").questions[0].unicode, "bücher.example.");
  EXPECT_EQ(spoken::options("xn--bcher-kva.example").questions[0].unicode, "bücher.example.");
  EXPECT_EQ(spoken::options("example.org").questions[0].unicode, "");
  EXPECT_EQ(spoken::options("xn--zzzzzz99999.example").questions[0].unicode,
            "");  // no right A-label: only what it says
}

// cli.md §5: the plugin's letters differ from ours.
TEST(Options, TheProbeHasItsOwnOptions) {
  const auto options = spoken::options(
      "probe -H example.org -T SOA -s 127.0.0.1#53 -w 3d: -c 1d: -t 5:critical --partial ok --own-zone -v");
  EXPECT_EQ(options.verb, cli::Verb::probe);
  ASSERT_EQ(options.questions.size(), 1U);
  EXPECT_EQ(options.questions[0].types, std::vector{dns::RRType::soa});
  EXPECT_EQ(options.deadline, std::chrono::seconds(5));
  EXPECT_EQ(options.probe.late, report::State::critical);
  EXPECT_EQ(options.probe.policy.partial, report::State::ok);
  EXPECT_EQ(options.probe.policy.warning.size(), 1U);
  EXPECT_TRUE(options.probe.policy.own_zone);
  EXPECT_EQ(options.servers.size(), 1U);
  EXPECT_EQ(options.verbosity, 1);
  const auto more = spoken::options(
      "probe -H example.org --time-warning 2 --time-critical 5 --behind-warning 1h,@2d:3d --age-critical 30d "
      "--format checkmk");
  EXPECT_EQ(more.probe.policy.time.warning.size(), 1U);
  EXPECT_EQ(more.probe.policy.time.critical.size(), 1U);
  EXPECT_EQ(more.probe.policy.behind.warning.size(), 2U);
  EXPECT_TRUE(more.probe.policy.behind.critical.empty());
  EXPECT_EQ(more.probe.policy.age.critical.front().end, 30 * 86400);
  EXPECT_EQ(more.probe.form, report::ProbeForm::checkmk);
}

const Line probe_refuses[] = {
    {"probe", "-H NAME is needed"},
    {"probe -H a -H b", "-H NAME is needed, once"},
    {"probe -H a example.org", "the name comes after -H"},
    {"probe -H example.org -w 3d", "write \"3d:\""},
    {"probe -H example.org -t x", "is not a number of seconds"},
    {"probe -H example.org -t 5:maybe", "is not ok, warning, critical, unknown"},
    {"probe -H example.org --expect secure", "unknown option --expect"},
    {"probe -H example.org --age-warning 8%:", "seconds, not a share"},
    {"probe -H example.org --time-critical x", "a number is missing"},
    {"probe -H example.org --format json", "is not nagios or checkmk"},
};
TEST(Options, TheProbeRefusesToo) {
  for (const auto& [line, says] : probe_refuses) EXPECT_THAT(meaning(line), HasSubstr(says)) << line;
}

TEST(Options, ThePluginsNameMeansProbe) {
  EXPECT_TRUE(cli::is_probe(spoken::words("-H example.org", "/usr/lib/nagios/plugins/check_trustwalk")));
  EXPECT_TRUE(cli::is_probe(spoken::words("-H example.org probe")));
  EXPECT_FALSE(cli::is_probe(spoken::words("example.org")));
  EXPECT_FALSE(cli::is_probe(spoken::words("-q probe")));
}

// An option that -h does not show is one that nobody finds.
TEST(Options, HelpShowsEveryOptionOfTheVerb) {
  for (const auto verb : {cli::Verb::check, cli::Verb::resolve, cli::Verb::probe, cli::Verb::record, cli::Verb::replay,
                          cli::Verb::graph, cli::Verb::explain, cli::Verb::anchors}) {
    const auto line = std::string(cli::to_text(verb)) + " -h";
    const auto text = std::get<cli::Wish>(cli::parse(spoken::words(line))).text;
    for (const auto& row : cli::option_rows(verb)) {
      if ((row.verbs & cli::only(verb)) == 0 || row.help.empty()) continue;
      EXPECT_THAT(text, HasSubstr(std::string(row.names.substr(row.names.rfind(',') + 1)))) << line;
    }
  }
}

// Plugin guidelines, as in cli.md §5: at most 23 lines of at most 80 columns.
TEST(Options, TheProbesHelpFitsATerminal) {
  const auto text = std::get<cli::Wish>(cli::parse(spoken::words("probe -h"))).text;
  EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 23);
  std::size_t from = 0;
  for (auto to = text.find('\n'); to != std::string::npos; from = to + 1, to = text.find('\n', from))
    EXPECT_LE(to - from, 80U) << text.substr(from, to - from);
}

}  // namespace
