#include "tests/report/sample_chain.h"

#include <numeric>
#include <utility>

namespace report_test {

using namespace validator;

dns::Name name(std::string_view text) { return dns::Name::parse(text).value(); }
dns::Time at(std::string_view rfc3339) { return dns::parse_time(rfc3339).value(); }

namespace {

constexpr auto rsa = dns::Algorithm::rsasha256;
constexpr auto ecdsa = dns::Algorithm::ecdsap256sha256;

struct Period {
  std::string_view inception, expires;
};
constexpr Period root_keys{"2026-11-20T00:00:00Z", "2026-12-11T00:00:00Z"};
constexpr Period root_ds{"2026-11-23T04:00:00Z", "2026-12-06T17:00:00Z"};
constexpr Period org_all{"2026-11-15T15:00:00Z", "2026-12-06T16:00:00Z"};
constexpr Period own_all{"2026-11-22T07:11:00Z", "2026-12-06T07:11:00Z"};

ServerId server(Chain& chain, ZoneId zone, std::string_view server_name, std::string_view address, int rtt_ms) {
  const auto id = static_cast<ServerId>(chain.servers.size());
  chain.servers.push_back(
      {zone, name(server_name), dns::parse_address(address).value(), std::chrono::microseconds{rtt_ms * 1000}, true});
  chain.zones[zone].servers.push_back(id);
  return id;
}

ZoneId zone(Chain& chain, std::string_view zone_name, std::optional<ZoneId> parent,
            DenialKind denial = DenialKind::nsec) {
  Zone made;
  made.name = name(zone_name);
  made.security = Security::secure;
  made.parent = parent;
  made.denial = denial;
  if (denial == DenialKind::nsec3) made.nsec3 = Nsec3Parameters{1, 0, {}, true};
  chain.zones.push_back(std::move(made));
  return static_cast<ZoneId>(chain.zones.size() - 1);
}

NodeId node(Chain& chain, ZoneId in, NodeBody body, Security security = Security::secure) {
  chain.nodes.push_back({in, security, std::move(body), chain.zones[in].servers});
  return static_cast<NodeId>(chain.nodes.size() - 1);
}

NodeId key(Chain& chain, ZoneId in, dns::KeyTag tag, dns::Algorithm algorithm, std::uint16_t flags) {
  const bool is_rsa = algorithm == rsa;
  KeyNode made;
  made.key = {flags, 3, algorithm, dns::Bytes(is_rsa ? 260 : 64, 1)};
  made.tag = tag;
  made.bits = is_rsa ? 2048 : 256;
  made.signs = true;
  return node(chain, in, made);
}

NodeId anchor(Chain& chain, dns::KeyTag tag) {
  return node(chain, 0, AnchorNode{tag, rsa, dns::Digest::sha256, "built-in", true});
}

NodeId ds(Chain& chain, ZoneId in, std::string_view owner, dns::KeyTag tag, dns::Algorithm algorithm, dns::Ttl ttl) {
  return node(chain, in, DsNode{name(owner), tag, algorithm, {dns::Digest::sha256}, ttl, false});
}

NodeId rrset(Chain& chain, ZoneId in, std::string_view owner, dns::RRType type, dns::Ttl ttl,
             std::vector<dns::Bytes> rdatas) {
  RRsetNode made;
  made.set = {name(owner), type, dns::RRClass::in, ttl, ttl, std::move(rdatas)};
  return node(chain, in, made);
}

void vouches(Chain& chain, NodeId from, NodeId to) {
  Link link;
  link.kind = LinkKind::vouches;
  link.from = from;
  link.to = to;
  link.ok = true;
  chain.links.push_back(link);
}

LinkId signs(Chain& chain, NodeId from, NodeId to, dns::RRType covers, Period period) {
  Link link;
  link.kind = LinkKind::signs;
  link.from = from;
  link.to = to;
  link.ok = true;
  link.covers = covers;
  link.inception = at(period.inception);
  link.expires = at(period.expires);
  link.servers = chain.zones[chain.nodes[to].zone].servers;
  chain.links.push_back(link);
  return static_cast<LinkId>(chain.links.size() - 1);
}

void aliases(Chain& chain, NodeId from, NodeId to) {
  Link link;
  link.kind = LinkKind::aliases;
  link.from = from;
  link.to = to;
  link.ok = true;
  chain.links.push_back(link);
}

Chain question(std::string_view of, dns::RRType type = dns::RRType::a) {
  Chain chain;
  chain.name = name(of);
  chain.type = type;
  chain.mode = dns::Mode::walk;
  chain.now = at("2026-11-24T03:11:00Z");
  chain.verdict = Security::secure;
  chain.answer = {dns::Rcode::noerror, Security::secure, 300, {}, {}};
  chain.anchors_source = "built-in";
  chain.stats.queries = 34;
  chain.stats.rounds = 5;
  chain.stats.elapsed = std::chrono::milliseconds{184};
  chain.stats.signatures_checked = 11;
  return chain;
}

// The root with anchor 38696, its two keys, two addresses of a.root-servers.net. Nodes 0, 1, 2; links 0, 1.
void root(Chain& chain) {
  zone(chain, ".", std::nullopt);
  server(chain, 0, "a.root-servers.net.", "198.41.0.4", 11);
  server(chain, 0, "a.root-servers.net.", "2001:503:ba3e::2:30", 12);
  const auto trusted = anchor(chain, 38696);
  const auto ksk = key(chain, 0, 38696, rsa, 257);
  const auto zsk = key(chain, 0, 21831, rsa, 256);
  vouches(chain, trusted, ksk);
  signs(chain, ksk, zsk, dns::RRType::dnskey, root_keys);
}

constexpr NodeId root_zsk = 2;

struct Keys {
  NodeId ksk, zsk;
};

// The DS in the root and the two RSA keys of a top-level zone.
Keys top_level(Chain& chain, ZoneId in, dns::KeyTag ksk_tag, dns::KeyTag zsk_tag, Period period) {
  const auto owner = chain.zones[in].name.print();
  const auto set = ds(chain, 0, owner, ksk_tag, rsa, 86400);
  const auto ksk = key(chain, in, ksk_tag, rsa, 257);
  const auto zsk = key(chain, in, zsk_tag, rsa, 256);
  signs(chain, root_zsk, set, dns::RRType::ds, root_ds);
  vouches(chain, set, ksk);
  signs(chain, ksk, zsk, dns::RRType::dnskey, period);
  return {ksk, zsk};
}

// A DS in the parent and one key that signs all.
NodeId single_key(Chain& chain, NodeId parent_zsk, ZoneId in, dns::KeyTag tag, Period parent_period) {
  const auto owner = chain.zones[in].name.print();
  const auto set = ds(chain, *chain.zones[in].parent, owner, tag, ecdsa, 3600);
  const auto all = key(chain, in, tag, ecdsa, 257);
  signs(chain, parent_zsk, set, dns::RRType::ds, parent_period);
  vouches(chain, set, all);
  signs(chain, all, all, dns::RRType::dnskey, own_all);
  return all;
}

void holds_until(Chain& chain, std::string_view time, NodeId at_node, LinkId link, ZoneId in) {
  chain.forecast.verdict_next = Security::bogus;
  chain.forecast.breaks_at = at(time);
  chain.forecast.first_code = Code::signature_expired;
  chain.forecast.node = at_node;
  chain.forecast.link = link;
  chain.forecast.zone = in;
}

Finding finding(Code code, Subject subject, std::string_view in, int depth, Blame blame) {
  Finding made;
  made.code = code;
  made.subject = std::move(subject);
  made.zone = name(in);
  made.depth = depth;
  made.blame = std::move(blame);
  return made;
}

Subject about(SubjectKind kind, std::string_view of, dns::RRType type = {}) {
  Subject subject;
  subject.kind = kind;
  subject.name = name(of);
  subject.type = type;
  return subject;
}

Finding serials_differ(std::uint32_t second) {
  auto made = finding(Code::serials_differ, about(SubjectKind::zone, "example.org."), "example.org.", 3,
                      {name("example.org."), Party::server});
  made.details = {
      {"serials", Serials{{*dns::parse_address("192.0.2.1"), 2026112301}, {*dns::parse_address("192.0.2.2"), second}}}};
  made.servers = {3, 4};
  return made;
}

// www.example.org. down to its one key, in the order of cli.md §6; returns that key's node.
NodeId example_org(Chain& chain) {
  root(chain);
  zone(chain, "org.", 0, DenialKind::nsec3);
  server(chain, 1, "a0.org.afilias-nst.info.", "199.19.56.1", 19);
  zone(chain, "example.org.", 1);
  server(chain, 2, "ns1.example.org.", "192.0.2.1", 24);
  server(chain, 2, "ns2.example.org.", "192.0.2.2", 31);
  const auto org = top_level(chain, 1, 26974, 8319, org_all);
  return single_key(chain, org.zsk, 2, 47213, org_all);
}

}  // namespace

Chain healthy() {
  auto chain = question("www.example.org.");
  const auto own_key = example_org(chain);
  const auto answer = rrset(chain, 2, "www.example.org.", dns::RRType::a, 300, {{192, 0, 2, 80}, {192, 0, 2, 81}});
  signs(chain, own_key, answer, dns::RRType::a, own_all);
  chain.answer.rrsets = {answer};
  holds_until(chain, "2026-12-06T07:11:00Z", own_key, 7, 2);
  chain.forecast.per_zone = {
      {0, at("2026-12-06T17:00:00Z")}, {1, at("2026-12-06T16:00:00Z")}, {2, at("2026-12-06T07:11:00Z")}};
  chain.findings = {serials_differ(2026112201)};
  return chain;
}

Chain bogus_parent() {
  auto chain = question("www.example.de.");
  chain.now = at("2026-11-24T09:30:00Z");
  chain.verdict = Security::bogus;
  chain.answer = {dns::Rcode::noerror, Security::bogus, std::nullopt, {}, {}};
  root(chain);
  zone(chain, "de.", 0, DenialKind::nsec3);
  for (int i = 0; i < 6; ++i) {
    server(chain, 1, std::string(1, static_cast<char>('a' + i)) + ".nic.de.", "192.0.2." + std::to_string(i + 1),
           20 + i);
  }
  zone(chain, "example.de.", 1);
  chain.zones[1].security = Security::bogus;
  chain.zones[2].security = Security::indeterminate;
  chain.zones[2].reached = false;
  top_level(chain, 1, 26755, 33834, org_all);
  auto cause =
      finding(Code::zone_signed_by_wrong_key, about(SubjectKind::zone, "de."), "de.", 2, {name("de."), Party::child});
  cause.details = {{"tag", std::uint64_t{33834}}, {"total", std::uint64_t{14}}};
  cause.servers = chain.zones[1].servers;
  chain.findings.push_back(cause);
  const auto soa = rrset(chain, 1, "de.", dns::RRType::soa, 86400, {{0}});
  chain.nodes[soa].security = Security::bogus;
  auto& failed = chain.links[signs(chain, 5, soa, dns::RRType::soa, {"2026-11-24T09:14:02Z", "2026-12-08T09:14:02Z"})];
  failed.ok = false;
  failed.finding = 1;
  for (int i = 0; i < 14; ++i) {
    auto subject =
        about(SubjectKind::signature, i == 0 ? "de." : "example.de.", i == 0 ? dns::RRType::soa : dns::RRType::ds);
    if (i > 1) subject = about(SubjectKind::signature, "r" + std::to_string(i) + ".de.", dns::RRType::nsec3);
    subject.tag = 33834;
    subject.algorithm = rsa;
    subject.signer = name("de.");
    auto echo = finding(Code::signature_incorrect, subject, "de.", 2, {name("de."), Party::child});
    echo.servers = cause.servers;
    echo.consequence_of = 0;
    chain.findings.push_back(echo);
  }
  chain.causes = {0};
  chain.blame = cause.blame;
  return chain;
}

Chain insecure_delegation() {
  auto chain = question("www.example.com.");
  chain.verdict = Security::insecure;
  chain.answer = {dns::Rcode::noerror, Security::insecure, 600, {}, {}};
  root(chain);
  zone(chain, "com.", 0, DenialKind::nsec3);
  server(chain, 1, "a.gtld-servers.net.", "192.0.2.5", 14);
  zone(chain, "example.com.", 1, DenialKind::unknown);
  server(chain, 2, "ns1.example.com.", "192.0.2.1", 24);
  chain.zones[2].security = Security::insecure;
  const auto com = top_level(chain, 1, 19718, 46539, org_all);
  DenialNode proof;
  proof.name = name("example.com.");
  proof.type = dns::RRType::ds;
  proof.wanted = Wanted::no_ds;
  proof.opt_out = true;
  for (const auto* owner : {"ck0pojmg874ljref7efn8430qvit8bsm.com.", "1rl20016tkb4dbhr2rkf4u9b5ulhq0fm.com."}) {
    proof.records.push_back({name(owner),
                             dns::RRType::nsec3,
                             dns::RRClass::in,
                             900,
                             900,
                             {dns::write(dns::Nsec3{1, 1, 0, {}, dns::Bytes(20, 7), {{dns::RRType::ns}, {}}})}});
  }
  const auto denial = node(chain, 1, proof, Security::secure);
  signs(chain, com.zsk, denial, dns::RRType::nsec3, org_all);
  const auto answer = rrset(chain, 2, "www.example.com.", dns::RRType::a, 600, {{192, 0, 2, 99}});
  chain.nodes[answer].security = Security::insecure;
  chain.answer.rrsets = {answer};
  auto cause = finding(Code::delegation_insecure, about(SubjectKind::delegation, "example.com."), "com.", 2,
                       {name("example.com."), Party::child});
  cause.servers = chain.zones[1].servers;
  auto opt_out = finding(Code::nsec3_opt_out, about(SubjectKind::denial, "example.com.", dns::RRType::ds), "com.", 2,
                         {name("com."), Party::parent});
  opt_out.subject.wanted = Wanted::no_ds;
  opt_out.details = {{"which", std::string{"proof"}}, {"next_closer", name("example.com.")}};
  opt_out.servers = cause.servers;
  chain.findings = {cause, opt_out};
  chain.causes = {0};
  chain.blame = cause.blame;
  holds_until(chain, "2026-12-06T16:00:00Z", denial, 5, 1);
  chain.forecast.per_zone = {{0, at("2026-12-06T17:00:00Z")}, {1, at("2026-12-06T16:00:00Z")}};
  return chain;
}

Chain alias_across_zones() {
  auto chain = question("www.example.org.");
  const auto org_key = example_org(chain);
  zone(chain, "net.", 0, DenialKind::nsec3);
  server(chain, 3, "a.gtld-servers.net.", "192.0.2.5", 14);
  zone(chain, "example.net.", 3);
  server(chain, 4, "ns1.example.net.", "192.0.2.77", 24);
  const auto net = top_level(chain, 3, 37331, 36059, org_all);
  const auto net_key = single_key(chain, net.zsk, 4, 5150, org_all);
  const auto target_name = name("web.example.net.");
  const auto target = target_name.wire();
  const auto alias = rrset(chain, 2, "www.example.org.", dns::RRType::cname, 300, {{target.begin(), target.end()}});
  signs(chain, org_key, alias, dns::RRType::cname, own_all);
  const auto answer = rrset(chain, 4, "web.example.net.", dns::RRType::a, 300, {{192, 0, 2, 80}});
  const auto last = signs(chain, net_key, answer, dns::RRType::a, own_all);
  aliases(chain, alias, answer);
  chain.answer.rrsets = {alias, answer};
  holds_until(chain, "2026-12-06T07:11:00Z", answer, last, 4);
  return chain;
}

Chain stale_server() {
  auto chain = healthy();
  Subject subject = about(SubjectKind::server, "ns2.example.org.");
  subject.address = dns::parse_address("192.0.2.2");
  auto stale = finding(Code::server_stale, subject, "example.org.", 3, {name("example.org."), Party::server});
  stale.details = {{"serial", std::uint64_t{2026111001}}, {"newest_serial", std::uint64_t{2026112301}}};
  stale.servers = {4};
  chain.findings = {stale, serials_differ(2026111001)};
  chain.causes = {0};
  chain.blame = stale.blame;
  for (auto& link : chain.links) {
    if (link.servers == ServerSet{3, 4}) link.servers = {3};
  }
  Link old = chain.links[8];
  old.ok = false;
  old.finding = 0;
  old.inception = at("2026-11-08T07:11:00Z");
  old.expires = at("2026-11-22T07:11:00Z");
  old.servers = {4};
  chain.links.push_back(old);
  return chain;
}

Chain unreachable() {
  auto chain = question("example.org.");
  chain.verdict = Security::indeterminate;
  chain.answer = {dns::Rcode::servfail, Security::indeterminate, std::nullopt, {}, {}};
  zone(chain, ".", std::nullopt, DenialKind::unknown);
  chain.zones[0].security = Security::indeterminate;
  for (int i = 0; i < 26; ++i) {
    const auto id = server(chain, 0, std::string(1, static_cast<char>('a' + i / 2)) + ".root-servers.net.",
                           i % 2 == 0 ? "192.0.2." + std::to_string(i) : "2001:db8::" + std::to_string(i), 0);
    chain.servers[id].answered = false;
    chain.servers[id].rtt = std::nullopt;
  }
  auto cause = finding(Code::exchanges_spent, about(SubjectKind::answer, "example.org.", dns::RRType::a), ".", 1,
                       {name("."), Party::here});
  cause.details = {{"reason", std::string{"deadline"}}, {"limit", std::uint64_t{52}}};
  chain.findings = {cause};
  chain.causes = {0};
  chain.blame = cause.blame;
  chain.stats.queries = 52;
  chain.stats.elapsed = std::chrono::milliseconds{10'002};
  return chain;
}

Chain expired() {
  auto chain = healthy();
  chain.verdict = Security::bogus;
  chain.answer = {dns::Rcode::noerror, Security::bogus, std::nullopt, {8}, {}};
  chain.zones[2].security = Security::bogus;
  chain.nodes[7].security = Security::bogus;
  chain.nodes[8].security = Security::bogus;
  auto subject = about(SubjectKind::zone, "example.org.");
  auto cause = finding(Code::zone_signatures_expired, subject, "example.org.", 3, {name("example.org."), Party::child});
  cause.details = {
      {"total", std::uint64_t{5}}, {"first", at("2026-11-22T00:00:00Z")}, {"last", at("2026-11-22T00:40:00Z")}};
  cause.servers = {3, 4};
  chain.findings = {cause};
  for (const LinkId id : {LinkId{7}, LinkId{8}}) {
    auto& link = chain.links[id];
    link.ok = false;
    link.finding = chain.findings.size();
    link.inception = at("2026-11-08T00:00:00Z");
    link.expires = at("2026-11-22T00:00:00Z");
    auto echo_subject = about(SubjectKind::signature, id == 7 ? "example.org." : "www.example.org.", link.covers);
    echo_subject.tag = 47213;
    echo_subject.algorithm = ecdsa;
    echo_subject.signer = name("example.org.");
    auto echo = finding(Code::signature_expired, echo_subject, "example.org.", 3, cause.blame);
    echo.details = {{"expires", link.expires}, {"age", std::uint64_t{184260}}};
    echo.servers = {3, 4};
    echo.consequence_of = 0;
    chain.findings.push_back(echo);
  }
  chain.causes = {0};
  chain.blame = cause.blame;
  chain.forecast = {};
  return chain;
}

Chain hostile() {
  auto chain = healthy();
  const auto label = name("\\010<script>alert\\(1\\)</script>\\\"&'|\\\\N.example.org.");
  const auto long_label = name(std::string(63, 'x') + "." + std::string(63, 'y') + ".\\000\\255\\027[31m.example.org.");
  chain.name = label;
  std::get<RRsetNode>(chain.nodes[8].body).set.owner = label;
  chain.servers[3].name = long_label;
  std::get<AnchorNode>(chain.nodes[0].body).source = "/tmp/\"><script>x</script>\n\033[31m|.key";
  chain.anchors_source = std::get<AnchorNode>(chain.nodes[0].body).source;
  Subject subject = about(SubjectKind::server, "ns2.example.org.");
  subject.name = long_label;
  subject.address = dns::parse_address("192.0.2.2");
  auto refused = finding(Code::rcode_unexpected, subject, "example.org.", 3, {name("example.org."), Party::server});
  refused.details = {{"rcode", std::uint64_t{5}},
                     {"ede", std::uint64_t{15}},
                     {"text", std::string{"</text><script>alert(1)</script>\"]]>|\x1b[31m\xff\n\xe2\x80\xae"}}};
  refused.servers = {3};
  auto alias = finding(Code::alias_leaves_security, about(SubjectKind::answer, "example.org.", dns::RRType::a),
                       "example.org.", 3, {name("example.org."), Party::child});
  alias.subject.name = label;
  alias.details = {{"target", label}};
  chain.findings = {refused, alias};
  chain.causes = {0};
  chain.blame = refused.blame;
  return chain;
}

Chain rich() {
  auto chain = question("nosuch.example.org.");
  chain.answer = {dns::Rcode::nxdomain, Security::secure, 300, {}, {}};
  const auto own_key = example_org(chain);
  auto standby = std::get<KeyNode>(chain.nodes[own_key].body);
  standby.tag = 60001;
  standby.signs = false;
  node(chain, 2, standby);
  auto revoked = standby;
  revoked.tag = 60130;
  revoked.key.flags = 385;
  revoked.signs = true;
  const auto revoked_key = node(chain, 2, revoked);
  signs(chain, revoked_key, revoked_key, dns::RRType::dnskey, own_all);
  const auto spare = ds(chain, 1, "example.org.", 11111, ecdsa, 3600);
  signs(chain, 5, spare, dns::RRType::ds, org_all);
  auto missing = standby;
  missing.tag = 11111;
  missing.published = false;
  missing.key.key.clear();
  const auto missing_key = node(chain, 2, missing, Security::indeterminate);
  vouches(chain, spare, missing_key);
  chain.links.back().ok = false;
  chain.links.back().finding = 0;
  const auto soa = rrset(chain, 2, "example.org.", dns::RRType::soa, 3600, {{0}});
  signs(chain, own_key, soa, dns::RRType::soa, own_all);
  const auto ns = rrset(chain, 2, "example.org.", dns::RRType::ns, 3600, {{0}, {1}});
  signs(chain, own_key, ns, dns::RRType::ns, own_all);
  const auto wild = rrset(chain, 2, "any.example.org.", dns::RRType::txt, 3600, {{3, 'a', 'b', 'c'}});
  std::get<RRsetNode>(chain.nodes[wild].body).wildcard = name("*.example.org.");
  signs(chain, own_key, wild, dns::RRType::txt, own_all);
  DenialNode proof;
  proof.name = name("nosuch.example.org.");
  proof.type = dns::RRType::a;
  proof.wanted = Wanted::nxdomain;
  for (const auto* owner : {"ns2.example.org.", "example.org."}) {
    proof.records.push_back({name(owner),
                             dns::RRType::nsec,
                             dns::RRClass::in,
                             300,
                             300,
                             {dns::write(dns::Nsec{name("www.example.org."), {{dns::RRType::a}, {}}})}});
  }
  const auto denial = node(chain, 2, proof);
  const auto last = signs(chain, own_key, denial, dns::RRType::nsec, own_all);
  chain.answer.rrsets = {};
  holds_until(chain, "2026-12-06T07:11:00Z", denial, last, 2);
  Subject of_ds = about(SubjectKind::ds, "example.org.");
  of_ds.tag = 11111;
  of_ds.algorithm = ecdsa;
  of_ds.digest = dns::Digest::sha256;
  auto left_over = finding(Code::ds_without_key, of_ds, "org.", 3, {name("example.org."), Party::registrar});
  left_over.servers = {2};
  Subject old_key = about(SubjectKind::key, "example.org.");
  old_key.tag = 60130;
  old_key.algorithm = ecdsa;
  old_key.flags = 385;
  auto gone = finding(Code::key_revoked, old_key, "example.org.", 3, {name("example.org."), Party::child});
  gone.details = {{"until", at("2026-12-24T00:00:00Z")}};
  gone.servers = {3, 4};
  chain.findings = {left_over, gone, serials_differ(2026112201)};
  return chain;
}

}  // namespace report_test
