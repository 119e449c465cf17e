#include "resolver/zonefile.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "dns/text.h"

namespace {

using dns::Message;
using dns::Name;
using dns::Record;
using dns::RRType;
using resolver::ZoneServer;

Name name_of(const std::string& text) { return Name::parse(text).value(); }

std::vector<Record> parse(const std::string& text) {
  auto records = dns::parse_zone(text);
  EXPECT_TRUE(records.has_value()) << records.error().line << ": " << records.error().why;
  return records.value_or(std::vector<Record>{});
}

// RFC 5155 Appendix A: salt aabbccdd, 12 iterations; made again with Python's hashlib.
const std::map<std::string, std::string> hashes = {
    {"example.", "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom"},       {"a.example.", "35mthgpgcu1qg68fab165klnsnk3dpvl"},
    {"ai.example.", "gjeqe526plbf1g8mklp59enfd789njgi"},    {"ns1.example.", "2t7b4g4vsa5smi47k61mv5bv1a22bojr"},
    {"ns2.example.", "q04jkcevqvmu85r014c7dkba38o0ji5r"},   {"w.example.", "k8udemvp1j2f7eg6jebps17vp3n8i58h"},
    {"*.w.example.", "r53bq7cc2uvmubfu5ocmm6pers9tk9en"},   {"x.w.example.", "b4um86eghhds6nea196smvmlo4ors995"},
    {"y.w.example.", "ji6neoaepv8b5o6k4ev33abha8ht9fgc"},   {"x.y.w.example.", "2vptu5timamqttgl4luu9kg21e0aor3s"},
    {"xx.example.", "t644ebqk9bibcna874givr6joj62mlhv"},    {"c.x.w.example.", "0va5bpr2ou0vk0lbqeeljri88laipsfh"},
    {"*.x.w.example.", "92pqneegtaue7pjatc3l3qnk738c6v5m"}, {"c.example.", "4g6p9u5gvfshp30pqecj98b3maqbn1ck"},
    {"z.w.example.", "qlu7gtfaeh0ek0c05ksfhdpbcgglbe03"},   {"a.z.w.example.", "mhgsa3oco9qvl19os4obgfeqd7q3nri2"},
    {"*.example.", "jhsv97rodsnhc4f1ke4jh23egaa5agvp"},     {"b.c.example.", "72ge1bsv3jj5498vg1sp5rjvkkf738gk"},
    {"ml.example.", "e5leiu2p096insda70amr9vmv348dbtb"},
};

dns::Bytes hash_of(const Name& name, std::uint16_t iterations, dns::View salt) {
  EXPECT_EQ(iterations, 12);
  EXPECT_EQ(dns::encode_hex(salt), "aabbccdd");
  const auto found = hashes.find(name.lowered().print());
  EXPECT_NE(found, hashes.end()) << "no hash of " << name.print();
  return found == hashes.end() ? dns::Bytes{} : dns::decode_base32hex(found->second).value();
}

// --- the zones of RFC 4035 Appendix A and RFC 5155 Appendix A, signatures made of zeros ---

const char* const common = R"(
$ORIGIN example.
@ 3600 SOA ns1 bugs.x.w 1081539377 3600 300 3600000 3600
@ 3600 NS ns1
@ 3600 NS ns2
@ 3600 MX 1 xx
@ 3600 DNSKEY 256 3 5 AQOy1bZVvpPqhg4j
a 3600 NS ns1.a
a 3600 NS ns2.a
a 3600 DS 57855 5 1 B6DCD485719ADCA18E5F3D48A2331627FDD3636B
ns1.a 3600 A 192.0.2.5
ns2.a 3600 A 192.0.2.6
ai 3600 A 192.0.2.9
ai 3600 AAAA 2001:db8::f00:baa9
ns1 3600 A 192.0.2.1
ns2 3600 A 192.0.2.2
*.w 3600 MX 1 ai
x.w 3600 MX 1 xx
x.y.w 3600 MX 1 xx
xx 3600 A 192.0.2.10
)";
const char* const with_b = "b 3600 NS ns1.b\nb 3600 NS ns2.b\nns1.b 3600 A 192.0.2.7\nns2.b 3600 A 192.0.2.8\n";
const char* const with_c =
    "c 3600 NS ns1.c\nc 3600 NS ns2.c\nns1.c 3600 A 192.0.2.7\nns2.c 3600 A 192.0.2.8\n"
    "@ 3600 NSEC3PARAM 1 0 12 aabbccdd\n";

bool is_glue(const Name& name) {
  return std::ranges::any_of(std::vector<std::string>{"a.example.", "b.example.", "c.example."},
                             [&](const std::string& cut) { return name.is_below(name_of(cut)); });
}

bool is_cut(const Name& name) {
  return name == name_of("a.example.") || name == name_of("b.example.") || name == name_of("c.example.");
}

Record signature_for(const Record& record, const Name& signer) {
  dns::Rrsig rrsig;
  rrsig.covered = record.type;
  rrsig.labels = static_cast<std::uint8_t>(record.owner.labels() - (record.owner.is_wildcard() ? 1 : 0));
  rrsig.original_ttl = record.ttl;
  rrsig.signer = signer;
  rrsig.signature = {0};
  return {record.owner, RRType::rrsig, dns::RRClass::in, record.ttl, dns::write(rrsig)};
}

std::vector<Record> sign(std::vector<Record> records) {
  std::set<std::pair<Name, RRType>> done;
  const std::vector<Record> unsigned_records = records;
  for (const Record& record : unsigned_records) {
    const bool own = !is_glue(record.owner) && !(is_cut(record.owner) && record.type == RRType::ns);
    if (own && done.emplace(record.owner, record.type).second)
      records.push_back(signature_for(record, name_of("example.")));
  }
  return records;
}

std::vector<Record> nsec_zone() {
  auto records = parse(std::string(common) + with_b);
  std::set<Name> owners;
  for (const Record& record : records)
    if (!is_glue(record.owner)) owners.insert(record.owner);
  for (auto owner = owners.begin(); owner != owners.end(); ++owner) {
    const auto next = std::next(owner) == owners.end() ? owners.begin() : std::next(owner);
    records.push_back({*owner, RRType::nsec, dns::RRClass::in, 3600, dns::write(dns::Nsec{*next, {}})});
  }
  return sign(std::move(records));
}

// The chain of the RFC: c.example is in an opt-out span; "kohar…" is H(2t7b4….example), left out here with its record.
std::vector<Record> nsec3_zone() {
  auto records = parse(std::string(common) + with_c);
  std::map<std::string, std::string> chain;  // hash to name
  for (const char* name : {"", "a.", "ai.", "ns1.", "ns2.", "w.", "*.w.", "x.w.", "y.w.", "x.y.w.", "xx."})
    chain.emplace(hashes.at(std::string(name) + "example."), name);
  for (auto link = chain.begin(); link != chain.end(); ++link) {
    const auto next = std::next(link) == chain.end() ? chain.begin() : std::next(link);
    const dns::Nsec3 nsec3{1, 1, 12, {0xaa, 0xbb, 0xcc, 0xdd}, dns::decode_base32hex(next->first).value(), {}};
    records.push_back({name_of(link->first + ".example."), RRType::nsec3, dns::RRClass::in, 3600, dns::write(nsec3)});
  }
  return sign(std::move(records));
}

// --- answers in one line: "name/TYPE", "!" if a signature came with it ---

std::string short_name(const Name& name) {
  std::string text = name.print();
  for (const auto& [plain, hash] : hashes)
    if (text == hash + ".example.") text = "#" + plain;
  if (text == "example." || text == "#example.") return text.front() == '#' ? "#@" : "@";
  return text.ends_with(".example.") ? text.substr(0, text.size() - 9) : text;
}

std::string print_section(const std::vector<Record>& records) {
  std::string text;
  for (const dns::SignedRRset& set : dns::group(records)) {
    const RRType type = set.set.rdatas.empty() ? dns::read_rrsig(set.signatures.at(0).rdata)->covered : set.set.type;
    text += " " + short_name(set.set.owner) + "/" + dns::to_text(type) + (set.signatures.empty() ? "" : "!");
    if (set.set.rdatas.empty()) text += "only";
  }
  return text.empty() ? " -" : text;
}

std::string print(const Message& message) {
  return dns::to_text(message.rcode) + (message.aa ? " aa" : "") + (message.ra ? " ra" : "") +
         (message.tc ? " tc" : "") + " |" + print_section(message.answer) + " |" + print_section(message.authority) +
         " |" + print_section(message.additional);
}

Message query_for(const std::string& name, RRType type, bool dnssec = true) {
  Message query;
  query.id = 77;
  query.rd = query.cd = true;
  query.questions = {{name_of(name), type, dns::RRClass::in}};
  query.edns = dns::Edns{1232, 0, static_cast<std::uint16_t>(dnssec ? dns::Edns::do_flag : 0), {}};
  return query;
}

struct Row {
  const char* label;
  const char* name;
  RRType type;
  const char* expected;
};

void check(const ZoneServer& server, std::span<const Row> rows, const resolver::Nsec3Hash& hash = hash_of) {
  for (const Row& row : rows) {
    SCOPED_TRACE(row.label);
    EXPECT_EQ(print(resolver::answer(server, query_for(row.name, row.type), hash)), row.expected);
  }
}

ZoneServer server_of(std::initializer_list<std::vector<Record>> zones,
                     ZoneServer::Role role = ZoneServer::Role::authoritative) {
  ZoneServer server{role, {}};
  for (const auto& records : zones) {
    const auto soa = std::ranges::find(records, RRType::soa, &Record::type);
    server.zones.push_back(resolver::make_zone(soa->owner, records));
  }
  return server;
}

const Row rfc4035_rows[] = {
    {"B.1 answer", "x.w.example.", RRType::mx, "NOERROR aa | x.w/MX! | - | -"},
    {"B.2 name error", "ml.example.", RRType::a, "NXDOMAIN aa | - | @/SOA! b/NSEC! @/NSEC! | -"},
    {"B.3 no data", "ns1.example.", RRType::mx, "NOERROR aa | - | @/SOA! ns1/NSEC! | -"},
    {"B.4 referral to a signed zone", "mc.a.example.", RRType::mx, "NOERROR | - | a/NS a/DS! | ns1.a/A ns2.a/A"},
    {"B.5 referral to an unsigned zone", "mc.b.example.", RRType::mx, "NOERROR | - | b/NS b/NSEC! | ns1.b/A ns2.b/A"},
    {"B.6 wildcard", "a.z.w.example.", RRType::mx, "NOERROR aa | a.z.w/MX! | x.y.w/NSEC! | -"},
    {"B.7 wildcard no data", "a.z.w.example.", RRType::aaaa, "NOERROR aa | - | @/SOA! *.w/NSEC! x.y.w/NSEC! | -"},
    {"B.8 DS asked of the child", "example.", RRType::ds, "NOERROR aa | - | @/SOA! @/NSEC! | -"},
    {"DS at a signed cut", "a.example.", RRType::ds, "NOERROR aa | a/DS! | - | -"},
    {"no DS at an unsigned cut", "b.example.", RRType::ds, "NOERROR aa | - | @/SOA! b/NSEC! | -"},
    {"DS below a cut", "x.a.example.", RRType::ds, "NOERROR | - | a/NS a/DS! | ns1.a/A ns2.a/A"},
    {"other types at the cut are the child's", "a.example.", RRType::ns, "NOERROR | - | a/NS a/DS! | ns1.a/A ns2.a/A"},
    {"glue is the child's too", "ns1.a.example.", RRType::a, "NOERROR | - | a/NS a/DS! | ns1.a/A ns2.a/A"},
    {"empty non-terminal", "w.example.", RRType::a, "NOERROR aa | - | @/SOA! ns2/NSEC! | -"},
    {"deeper empty non-terminal", "y.w.example.", RRType::a, "NOERROR aa | - | @/SOA! x.w/NSEC! | -"},
    {"an empty non-terminal keeps the wildcard away", "a.y.w.example.", RRType::mx,
     "NXDOMAIN aa | - | @/SOA! x.w/NSEC! | -"},
    {"a name below a name", "q.xx.example.", RRType::a, "NXDOMAIN aa | - | @/SOA! xx/NSEC! | -"},
    {"the wildcard by its own name", "*.w.example.", RRType::mx, "NOERROR aa | *.w/MX! | - | -"},
    {"apex NS with addresses", "example.", RRType::ns, "NOERROR aa | @/NS! | - | ns1/A! ns2/A!"},
    {"DNSKEY", "example.", RRType::dnskey, "NOERROR aa | @/DNSKEY! | - | -"},
    {"NSEC is data", "ai.example.", RRType::nsec, "NOERROR aa | ai/NSEC! | - | -"},
    {"RRSIG", "ns1.example.", RRType::rrsig, "NOERROR aa | ns1/A!only ns1/NSEC!only | - | -"},
    {"ANY", "ai.example.", RRType::any, "NOERROR aa | ai/A! ai/AAAA! ai/NSEC! | - | -"},
    {"another zone", "example.net.", RRType::a, "REFUSED | - | - | -"},
    {"the zone above", ".", RRType::ns, "REFUSED | - | - | -"},
    {"letter case", "X.W.EXAMPLE.", RRType::mx, "NOERROR aa | X.W.EXAMPLE./MX! | - | -"},
};

TEST(ZoneFile, answers_as_rfc_4035_appendix_b) { check(server_of({nsec_zone()}), rfc4035_rows); }

const Row rfc5155_rows[] = {
    {"B.1 name error", "c.x.w.example.", RRType::a, "NXDOMAIN aa | - | @/SOA! #x.w/NSEC3! #@/NSEC3! #a/NSEC3! | -"},
    {"B.2 no data", "ns1.example.", RRType::mx, "NOERROR aa | - | @/SOA! #ns1/NSEC3! | -"},
    {"B.2.1 empty non-terminal", "y.w.example.", RRType::a, "NOERROR aa | - | @/SOA! #y.w/NSEC3! | -"},
    {"B.3 referral to an opt-out unsigned zone", "mc.c.example.", RRType::mx,
     "NOERROR | - | c/NS #@/NSEC3! #a/NSEC3! | ns1.c/A ns2.c/A"},
    {"B.4 wildcard", "a.z.w.example.", RRType::mx, "NOERROR aa | a.z.w/MX! | #ns2/NSEC3! | -"},
    {"B.5 wildcard no data", "a.z.w.example.", RRType::aaaa,
     "NOERROR aa | - | @/SOA! #w/NSEC3! #ns2/NSEC3! #*.w/NSEC3! | -"},
    {"B.6 DS asked of the child", "example.", RRType::ds, "NOERROR aa | - | @/SOA! #@/NSEC3! | -"},
    {"referral to a signed zone", "mc.a.example.", RRType::mx, "NOERROR | - | a/NS a/DS! | ns1.a/A ns2.a/A"},
    {"DS in an opt-out span (RFC 5155 §7.2.4)", "c.example.", RRType::ds,
     "NOERROR aa | - | @/SOA! #@/NSEC3! #a/NSEC3! | -"},
    {"name error at the apex", "ml.example.", RRType::a,
     "NXDOMAIN aa | - | @/SOA! #@/NSEC3! #x.w/NSEC3! #ai/NSEC3! | -"},
};

TEST(ZoneFile, answers_as_rfc_5155_appendix_b) { check(server_of({nsec3_zone()}), rfc5155_rows); }

TEST(ZoneFile, owners_of_nsec3_are_not_names) {  // RFC 5155 §7.2.8
  const auto no_hash = [](const Name&, std::uint16_t, dns::View) { return dns::Bytes{}; };
  const auto server = server_of({nsec3_zone()});
  for (const RRType type : {RRType::nsec3, RRType::a, RRType::any}) {
    const auto reply =
        resolver::answer(server, query_for(std::string(hashes.at("a.example.")) + ".example.", type), no_hash);
    EXPECT_EQ(reply.rcode, dns::Rcode::nxdomain);
    EXPECT_TRUE(reply.answer.empty());
  }
}

TEST(ZoneFile, without_do_there_are_no_signatures_nor_proofs) {
  for (const auto& zone : {nsec_zone(), nsec3_zone()}) {
    const auto server = server_of({zone});
    for (const char* name : {"x.w.example.", "ml.example.", "ns1.example.", "mc.a.example.", "a.z.w.example."}) {
      const auto reply = resolver::answer(server, query_for(name, RRType::mx, false), hash_of);
      for (const auto* section : {&reply.answer, &reply.authority, &reply.additional})
        for (const Record& record : *section)
          EXPECT_TRUE(record.type != RRType::rrsig && record.type != RRType::nsec && record.type != RRType::nsec3 &&
                      record.type != RRType::ds)
              << name << " " << dns::to_text(record.type);
    }
  }
}

// --- aliases, in one zone and through several ---

const char* const aliases = R"(
$ORIGIN example.
@ 3600 SOA ns1 root 1 2 3 4 300
@ 3600 NS ns1
ns1 3600 A 192.0.2.1
www 3600 A 192.0.2.80
one 3600 CNAME www
two 3600 CNAME one
gone 3600 CNAME nothing
nodata 3600 CNAME ns1
away 3600 CNAME www.example.net.
ring 3600 CNAME gnir
gnir 3600 CNAME ring
self 3600 CNAME self
to-cut 3600 CNAME www.cut
cut 3600 NS ns.cut
ns.cut 3600 A 192.0.2.2
*.wild 3600 CNAME www
d 3600 DNAME e
www.d 3600 A 192.0.2.66
www.e 3600 A 192.0.2.81
out 3600 DNAME example.net.
long 3600 DNAME aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc.example.
)";
const char* const other_zone = "$ORIGIN example.net.\n@ 60 SOA ns root 1 2 3 4 300\n@ 60 NS ns\nwww 60 A 192.0.2.99\n";
const char* const child_zone =
    "$ORIGIN cut.example.\n@ 60 SOA ns root 1 2 3 4 300\n@ 60 NS ns\nns 60 A 192.0.2.2\nwww 60 A 192.0.2.98\n";

const Row alias_rows[] = {
    {"one link", "one.example.", RRType::a, "NOERROR aa | one/CNAME www/A | - | -"},
    {"two links", "two.example.", RRType::a, "NOERROR aa | two/CNAME one/CNAME www/A | - | -"},
    {"the CNAME itself", "two.example.", RRType::cname, "NOERROR aa | two/CNAME | - | -"},
    {"to a name that is not (RFC 6604 §2)", "gone.example.", RRType::a, "NXDOMAIN aa | gone/CNAME | @/SOA | -"},
    {"to a name without the type", "nodata.example.", RRType::mx, "NOERROR aa | nodata/CNAME | @/SOA | -"},
    {"out of the zone", "away.example.", RRType::a, "NOERROR aa | away/CNAME | - | -"},
    {"a ring", "ring.example.", RRType::a, "NOERROR aa | ring/CNAME gnir/CNAME | - | -"},
    {"itself", "self.example.", RRType::a, "NOERROR aa | self/CNAME | - | -"},
    {"into a delegated zone", "to-cut.example.", RRType::a, "NOERROR aa | to-cut/CNAME | cut/NS | ns.cut/A"},
    {"from a wildcard", "x.y.wild.example.", RRType::a, "NOERROR aa | x.y.wild/CNAME www/A | - | -"},
    {"DNAME", "www.d.example.", RRType::a, "NOERROR aa | d/DNAME www.d/CNAME www.e/A | - | -"},
    {"DNAME, the made CNAME asked for", "www.d.example.", RRType::cname, "NOERROR aa | d/DNAME www.d/CNAME | - | -"},
    {"the DNAME itself", "d.example.", RRType::dname, "NOERROR aa | d/DNAME | - | -"},
    {"DNAME does not move its own name", "d.example.", RRType::a, "NOERROR aa | - | @/SOA | -"},
    {"DNAME out of the zone", "a.b.out.example.", RRType::a, "NOERROR aa | out/DNAME a.b.out/CNAME | - | -"},
    {"DNAME to a name too long (RFC 6672 §2.2)",
     "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd.long.example.", RRType::a,
     "YXDOMAIN aa | long/DNAME | - | -"},
};

TEST(ZoneFile, follows_aliases_within_its_zone) { check(server_of({parse(aliases)}), alias_rows); }

const Row resolver_rows[] = {
    {"plain", "www.example.", RRType::a, "NOERROR ra | www/A | - | -"},
    {"into another zone", "away.example.", RRType::a, "NOERROR ra | away/CNAME www.example.net./A | - | -"},
    {"into the child", "to-cut.example.", RRType::a, "NOERROR ra | to-cut/CNAME www.cut/A | - | -"},
    {"child's data", "www.cut.example.", RRType::a, "NOERROR ra | www.cut/A | - | -"},
    {"DS is the parent's", "cut.example.", RRType::ds, "NOERROR ra | - | @/SOA | -"},
    {"NS is the child's", "cut.example.", RRType::ns, "NOERROR ra | cut/NS | - | ns.cut/A"},
    {"DNAME into another zone", "www.out.example.", RRType::a,
     "NOERROR ra | out/DNAME www.out/CNAME www.example.net./A | - | -"},
    {"unknown to all", "www.example.org.", RRType::a, "SERVFAIL ra | - | - | -"},
    {"name error", "zz.example.", RRType::a, "NXDOMAIN ra | - | @/SOA | -"},
};

TEST(ZoneFile, as_a_resolver_it_follows_aliases_through_all_zones) {
  check(server_of({parse(aliases), parse(other_zone), parse(child_zone)}, ZoneServer::Role::recursive), resolver_rows);
}

TEST(ZoneFile, a_resolver_does_not_hand_on_referrals) {
  const auto server = server_of({parse(aliases)}, ZoneServer::Role::recursive);
  EXPECT_EQ(print(resolver::answer(server, query_for("www.cut.example.", RRType::a), hash_of)),
            "SERVFAIL ra | - | - | -");
}

TEST(ZoneFile, one_server_of_parent_and_child_answers_ds_from_the_parent) {
  const auto server = server_of({parse(aliases), parse(child_zone)});
  EXPECT_EQ(print(resolver::answer(server, query_for("cut.example.", RRType::ds), hash_of)),
            "NOERROR aa | - | @/SOA | -");
  EXPECT_EQ(print(resolver::answer(server, query_for("www.cut.example.", RRType::a), hash_of)),
            "NOERROR aa | www.cut/A | - | -");
}

TEST(ZoneFile, the_ttl_of_a_denial_is_at_most_the_soa_minimum) {
  const auto reply = resolver::answer(server_of({parse(aliases)}), query_for("zz.example.", RRType::a), hash_of);
  ASSERT_EQ(reply.authority.size(), 1U);
  EXPECT_EQ(reply.authority[0].ttl, 300U);  // RFC 2308 §3
}

TEST(ZoneFile, the_header_follows_the_query) {
  Message query = query_for("www.example.", RRType::a);
  auto reply = resolver::answer(server_of({parse(aliases)}), query, hash_of);
  EXPECT_TRUE(reply.qr && reply.rd && reply.cd && !reply.ra && reply.edns && reply.edns->dnssec_ok());
  EXPECT_EQ(reply.id, 77);
  EXPECT_EQ(reply.questions, query.questions);
  query.edns.reset();
  query.rd = query.cd = false;
  reply = resolver::answer(server_of({parse(aliases)}), query, hash_of);
  EXPECT_TRUE(!reply.rd && !reply.cd && !reply.edns);
}

TEST(ZoneFile, a_broken_zone_is_served_as_it_is) {
  // Nothing but records of which most are missing: every question still has an end.
  for (const char* text :
       {"", "example. A 192.0.2.1\n", "a.b.example. NSEC c.example. A\n", "example. NSEC3PARAM 1 0 12 aabbccdd\n",
        "x.example. NSEC3 1 1 12 aabbccdd 2t7b4g4vsa5smi47k61mv5bv1a22bojr A\n", "example. DNAME example.\n",
        "*.example. CNAME x.example.\n", "sub.example. NS .\nsub.example. DNAME example.\n"}) {
    const ZoneServer server{ZoneServer::Role::authoritative, {resolver::make_zone(name_of("example."), parse(text))}};
    const auto any_hash = [](const Name& name, std::uint16_t, dns::View) {
      return dns::Bytes(20, static_cast<std::uint8_t>(name.size()));
    };
    for (const char* name : {"example.", "a.example.", "b.a.example.", "b.example.", "sub.example.", "w.sub.example."})
      for (const RRType type :
           {RRType::a, RRType::ds, RRType::ns, RRType::any, RRType::rrsig, RRType::cname, RRType::dnskey})
        EXPECT_EQ(resolver::answer(server, query_for(name, type), any_hash).id, 77);
  }
}

// --- as a Source ---

TEST(ZoneFileSource, truncates_what_a_datagram_cannot_carry) {
  std::string text = "$ORIGIN example.\n@ 60 SOA ns root 1 2 3 4 5\n";
  for (int i = 0; i < 60; ++i) text += "big 60 TXT \"" + std::string(20, 'x') + std::to_string(i) + "\"\n";
  const auto address = dns::parse_address("192.0.2.53").value();
  const auto source = resolver::zonefile_source({{address, server_of({parse(text)})}}, hash_of);
  struct Size {
    dns::Manner::Transport transport;
    dns::Manner::Extension extension;
    std::uint16_t udp_size;
    bool truncated;
  };
  const auto udp = dns::Manner::Transport::udp, tcp = dns::Manner::Transport::tcp;
  const auto with_do = dns::Manner::Extension::edns_do, none = dns::Manner::Extension::none;
  for (const Size& row : {Size{udp, with_do, 1232, true}, Size{udp, with_do, 4096, false}, Size{udp, none, 4096, true},
                          Size{tcp, none, 512, false}}) {
    dns::Ask ask;
    ask.server = address;
    ask.name = name_of("big.example.");
    ask.type = RRType::txt;
    ask.manner.transport = row.transport;
    ask.manner.extension = row.extension;
    ask.manner.udp_size = row.udp_size;
    source->send(ask);
    const auto heard = source->wait(resolver::Clock::time_point::max());
    ASSERT_EQ(heard.size(), 1U);
    ASSERT_NE(heard[0].message(), nullptr);
    EXPECT_EQ(heard[0].message()->tc, row.truncated);
    EXPECT_EQ(heard[0].message()->answer.empty(), row.truncated);
  }
}

TEST(ZoneFileSource, nobody_answers_at_other_addresses) {
  const auto source = resolver::zonefile_source({}, hash_of);
  dns::Ask ask;
  ask.server = dns::parse_address("192.0.2.1").value();
  source->send(ask);
  const auto heard = source->wait(resolver::Clock::time_point::max());
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(std::get<dns::Silence>(heard[0].outcome), dns::Silence::timeout);
}

}  // namespace
