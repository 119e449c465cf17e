#include "tests/lab/many_zones.h"

#include <array>
#include <sstream>
#include <tuple>

namespace lab {
namespace {

constexpr Verdict secure = Verdict::secure;
constexpr Verdict insecure = Verdict::insecure;
constexpr Verdict bogus = Verdict::bogus;

// Every kind of answer: positive, wildcard, empty non-terminal (ent), alias, DNAME, insecure delegation (sub), names in
// RDATA that canonical form lowers (RFC 4034 §6.2), and more than fits in one datagram (big).
std::string body() {
  std::string text =
      "www A 192.0.2.1\nwww TXT \"positive\"\n*.wild A 192.0.2.2\na.ent A 192.0.2.3\nalias CNAME www\n"
      "dn DNAME target\nx.target A 192.0.2.4\nsub NS ns.sub\nns.sub A 192.0.2.53\nmail MX 10 MAIL.Target\n"
      "_s._tcp SRV 0 0 53 WWW\ntobare CNAME www.bare.lab.\ntobad CNAME www.sigbad.lab.\nloop CNAME pool\npool CNAME "
      "loop\n";
  for (int i = 0; i < 24; ++i) text += "big TXT \"" + std::string(100, static_cast<char>('a' + i)) + "\"\n";
  return text;
}

struct Sound {
  const char* name;
  Tool tool;
  const char* algorithm;
  Denial denial;
};

constexpr std::array<Sound, 9> sound_zones{{
    {"rsa256.lab.", Tool::ldns, "RSASHA256", Denial::nsec},
    {"rsa512.lab.", Tool::bind, "RSASHA512", Denial::nsec3},
    {"p256.lab.", Tool::ldns, "ECDSAP256SHA256", Denial::nsec},
    {"p256n3.lab.", Tool::ldns, "ECDSAP256SHA256", Denial::nsec3},
    {"p256oo.lab.", Tool::bind, "ECDSAP256SHA256", Denial::nsec3_opt_out},
    {"p384.lab.", Tool::bind, "ECDSAP384SHA384", Denial::nsec},
    {"ed25519.lab.", Tool::ldns, "ED25519", Denial::nsec3},
    {"ed448.lab.", Tool::bind, "ED448", Denial::nsec3},
    {"ed448n.opt.", Tool::ldns, "ED448", Denial::nsec},
}};

using Damage = std::function<void(ZoneText&)>;
using DsEdit = std::function<std::vector<std::string>(std::vector<std::string>)>;

ZoneRecipe zone(const std::string& name, Denial denial = Denial::nsec) {
  ZoneRecipe recipe;
  recipe.name = name;
  recipe.body = body();
  recipe.signing.denial = denial;
  return recipe;
}

ZoneRecipe damaged(const std::string& name, Denial denial, Damage damage) {
  auto recipe = zone(name, denial);
  recipe.damage = std::move(damage);
  return recipe;
}

ZoneRecipe with_ds(const std::string& name, std::vector<int> digests, DsEdit edit = {}) {
  auto recipe = zone(name);
  recipe.ds.digests = std::move(digests);
  recipe.ds.by_hand = std::move(edit);
  return recipe;
}

ZoneRecipe bare(const std::string& name) {
  auto recipe = zone(name);
  recipe.signing.tool = Tool::none;
  return recipe;
}

ZoneRecipe signed_by(const std::string& name, Tool tool, const std::string& algorithm, Denial denial) {
  auto recipe = zone(name, denial);
  recipe.signing.tool = tool;
  recipe.signing.algorithm = algorithm;
  return recipe;
}

struct DsFields {
  std::string tag, algorithm, type, digest;

  explicit DsFields(const std::string& data) {
    std::istringstream words(data);
    words >> tag >> algorithm >> type;
    for (std::string part; words >> part;) digest += part;
  }
  [[nodiscard]] std::string text() const { return tag + " " + algorithm + " " + type + " " + digest; }
};

template <typename Edit>
DsEdit each_ds(Edit edit) {
  return [edit](std::vector<std::string> all) {
    for (auto& data : all) {
      DsFields fields(data);
      edit(fields);
      data = fields.text();
    }
    return all;
  };
}

void flip(std::string& hex) { hex.back() = hex.back() == '0' ? '1' : '0'; }

// Takes away the NSEC (or NSEC3) with its signature that covers `name` by NSEC order: the caller says which owner that
// is.
Damage without(const std::string& owner, const std::string& type) {
  return [owner, type](ZoneText& text) { text.erase(owner, type); };
}

std::vector<ZoneRecipe> tops() {
  auto root = zone(".");
  root.body.clear();
  root.signing.algorithm = "RSASHA256";
  auto lab = zone("lab.", Denial::nsec);
  lab.body.clear();
  auto opt = signed_by("opt.", Tool::bind, "ECDSAP256SHA256", Denial::nsec3_opt_out);
  opt.body.clear();
  auto n3 = zone("n3.", Denial::nsec3);
  n3.body.clear();
  return {root, lab, opt, n3};
}

std::vector<ZoneRecipe> with_broken_signatures() {
  auto early = zone("early.lab.");
  early.signing.begins = std::chrono::hours{24 * 3};
  auto expired = zone("expired.lab.", Denial::nsec3);
  expired.signing.begins = -std::chrono::hours{24 * 40};
  expired.signing.ends = -std::chrono::hours{24 * 10};
  return {
      early,
      expired,
      damaged("sigbad.lab.", Denial::nsec, [](ZoneText& t) { t.corrupt_signatures("www.sigbad.lab.", "A"); }),
      damaged("signone.lab.", Denial::nsec, [](ZoneText& t) { t.erase_signatures("www.signone.lab.", "A"); }),
      damaged("changed.lab.", Denial::nsec3, [](ZoneText& t) { t.change("www.changed.lab.", "A", "192.0.2.99"); }),
      damaged("added.lab.", Denial::nsec, [](ZoneText& t) { t.add({"added.added.lab.", "300", "A", "192.0.2.9"}); }),
      damaged("keysig.lab.", Denial::nsec, [](ZoneText& t) { t.corrupt_signatures("keysig.lab.", "DNSKEY"); }),
      damaged("keysigno.lab.", Denial::nsec, [](ZoneText& t) { t.erase_signatures("keysigno.lab.", "DNSKEY"); }),
      // The signature over the keys stays: NSD takes a zone without it for unsigned and sends no signatures at all.
      damaged("keysno.lab.", Denial::nsec, [](ZoneText& t) { t.erase_records("keysno.lab.", "DNSKEY"); }),
      damaged("allbad.lab.", Denial::nsec3,
              [](ZoneText& t) {
                for (const auto& line : t.find_type("RRSIG")) {
                  const auto covered = line.data.substr(0, line.data.find(' '));
                  if (covered != "DNSKEY") t.corrupt_signatures(line.owner, covered);
                }
              }),
      damaged("stripped.lab.", Denial::nsec,
              [](ZoneText& t) {
                t.erase_all_signatures();
                t.erase_type("DNSKEY");
              }),
      damaged("aliassig.lab.", Denial::nsec, [](ZoneText& t) { t.corrupt_signatures("alias.aliassig.lab.", "CNAME"); }),
      damaged("dnamesig.lab.", Denial::nsec, [](ZoneText& t) { t.corrupt_signatures("dn.dnamesig.lab.", "DNAME"); }),
      damaged("wildsig.lab.", Denial::nsec, [](ZoneText& t) { t.corrupt_signatures("*.wild.wildsig.lab.", "A"); }),
  };
}

std::vector<ZoneRecipe> with_broken_denials() {
  return {
      damaged("nsecno.lab.", Denial::nsec, [](ZoneText& t) { t.erase_type("NSEC"); }),
      damaged("nsec3no.lab.", Denial::nsec3, [](ZoneText& t) { t.erase_type("NSEC3"); }),
      damaged("nsecsig.lab.", Denial::nsec,
              [](ZoneText& t) {
                for (const auto& line : t.find_type("NSEC")) t.corrupt_signatures(line.owner, "NSEC");
              }),
      damaged("nsec3sig.lab.", Denial::nsec3,
              [](ZoneText& t) {
                for (const auto& line : t.find_type("NSEC3")) t.corrupt_signatures(line.owner, "NSEC3");
              }),
      // The set is gone, its NSEC still lists it: "no such data" beside a proof that there is.
      damaged("listed.lab.", Denial::nsec, [](ZoneText& t) { t.erase("mail.listed.lab.", "MX"); }),
      damaged("listed3.lab.", Denial::nsec3, [](ZoneText& t) { t.erase("www.listed3.lab.", "TXT"); }),
      // Whoever expands the wildcard has to show that the name itself does not exist.
      damaged("wildproof.lab.", Denial::nsec, without("*.wild.wildproof.lab.", "NSEC")),
  };
}

std::vector<ZoneRecipe> with_nsec3_parameters() {
  auto few = zone("iter20.lab.", Denial::nsec3);
  few.signing.iterations = 20;
  few.signing.salt = "aabbccdd";
  auto many = zone("iter120.lab.", Denial::nsec3);
  many.signing.iterations = 120;
  auto flood = zone("iter500.lab.", Denial::nsec3);
  flood.signing.iterations = 500;
  return {few, many, flood};
}

std::vector<ZoneRecipe> with_odd_ds() {
  return {
      with_ds("sha1ds.lab.", {1}),
      with_ds("sha384ds.lab.", {4}),
      with_ds("bothds.lab.", {2, 4}),
      with_ds("dsdigest.lab.", {2}, each_ds([](DsFields& ds) { flip(ds.digest); })),
      with_ds("dstag.lab.", {2},
              each_ds([](DsFields& ds) { ds.tag = std::to_string((std::stoi(ds.tag) + 1) % 65536); })),
      with_ds("dsalg.lab.", {2}, each_ds([](DsFields& ds) { ds.algorithm = "8"; })),
      with_ds("dstype.lab.", {2}, each_ds([](DsFields& ds) { ds.type = "4"; })),
      with_ds("dsnewdigest.lab.", {2}, each_ds([](DsFields& ds) { ds.type = "200"; })),
      with_ds("dsnewalg.lab.", {2}, each_ds([](DsFields& ds) { ds.algorithm = "200"; })),
      with_ds("dsspare.lab.", {2},
              [](std::vector<std::string> all) {
                all.push_back("12345 13 2 " + std::string(64, 'A'));
                return all;
              }),
      with_ds("dsunknownbeside.lab.", {2},
              [](std::vector<std::string> all) {
                all.push_back("12345 200 200 " + std::string(64, 'A'));
                return all;
              }),
      // SHA-1 right, SHA-256 wrong: a validator that knows SHA-256 must not fall back (RFC 4509 §3).
      with_ds("downgrade.lab.", {1, 2}, each_ds([](DsFields& ds) {
                if (ds.type == "2") flip(ds.digest);
              })),
      // SHA-256 right, SHA-384 wrong: no RFC lets the stronger one exclude the other.
      with_ds("stronger.lab.", {2, 4}, each_ds([](DsFields& ds) {
                if (ds.type == "4") flip(ds.digest);
              })),
  };
}

std::vector<ZoneRecipe> with_other_delegations() {
  auto island = zone("island.lab.");
  island.ds.which = DsPlan::Which::none;
  auto csk = zone("zskds.lab.");
  csk.ds.which = DsPlan::Which::every_key;
  auto cohost = zone("co.lab.");
  auto cohosted = zone("kid.co.lab.", Denial::nsec3);
  auto cohosted_bare = bare("bare.co.lab.");
  for (auto* recipe : {&cohost, &cohosted, &cohosted_bare}) recipe->place = "cohost";
  return {
      bare("bare.lab."),
      bare("bare.opt."),
      bare("bare.n3."),
      island,
      csk,
      cohost,
      cohosted,
      cohosted_bare,
      zone("deep.two.lab."),  // two labels below its parent: "two.lab." is an empty non-terminal with a cut below
      zone("deep.two.opt."),
      bare("bare.two.n3."),
      damaged("dsbad.lab.", Denial::nsec, [](ZoneText& t) { t.corrupt_signatures("kid.dsbad.lab.", "DS"); }),
      zone("kid.dsbad.lab."),
      damaged("nodsbad.lab.", Denial::nsec, [](ZoneText& t) { t.corrupt_signatures("kid.nodsbad.lab.", "NSEC"); }),
      bare("kid.nodsbad.lab."),
      damaged("nodsbad3.lab.", Denial::nsec3,
              [](ZoneText& t) {
                for (const auto& line : t.find_type("NSEC3")) t.corrupt_signatures(line.owner, "NSEC3");
              }),
      bare("kid.nodsbad3.lab."),
      // The parent denies the DS, the bitmap says there is one.
      damaged("dshidden.lab.", Denial::nsec, [](ZoneText& t) { t.erase("kid.dshidden.lab.", "DS"); }),
      zone("kid.dshidden.lab."),
      signed_by("sha1.lab.", Tool::bind, "RSASHA1", Denial::nsec),
      signed_by("sha1n3.lab.", Tool::ldns, "RSASHA1-NSEC3-SHA1", Denial::nsec3),
  };
}

void append(std::vector<ZoneRecipe>& all, std::vector<ZoneRecipe> more) {
  for (auto& recipe : more) all.push_back(std::move(recipe));
}

}  // namespace

std::vector<ZoneRecipe> many_zones() {
  auto all = tops();
  for (const auto& sound : sound_zones) all.push_back(signed_by(sound.name, sound.tool, sound.algorithm, sound.denial));
  append(all, with_broken_signatures());
  append(all, with_broken_denials());
  append(all, with_nsec3_parameters());
  append(all, with_odd_ds());
  append(all, with_other_delegations());
  return all;
}

std::vector<Question> sound_questions() {
  std::vector<Question> all;
  for (const auto& sound : sound_zones) {
    const std::string zone = sound.name;
    // RFC 5155 §9.2: what rests on an opt-out span is not secure.
    const auto denied = sound.denial == Denial::nsec3_opt_out ? insecure : secure;
    for (const auto& [owner, type, verdict] : std::vector<std::tuple<std::string, std::string, Verdict>>{
             {"www.", "A", secure},      {"a.wild.", "A", denied},   {"www.", "MX", secure},
             {"nope.", "A", denied},     {"ent.", "A", secure},      {"a.wild.", "MX", denied},
             {"b.a.wild.", "A", denied}, {"", "DS", secure},         {"sub.", "DS", denied},
             {"www.", "DS", secure},     {"alias.", "A", secure},    {"x.dn.", "A", secure},
             {"nope.dn.", "A", denied},  {"mail.", "MX", secure},    {"_s._tcp.", "SRV", secure},
             {"big.", "TXT", secure},    {"*.wild.", "A", secure},   {"", "DNSKEY", secure},
             {"", "SOA", secure},        {"tobare.", "A", insecure}, {"tobad.", "A", bogus}}) {
      all.push_back({owner + zone, type, verdict, "", "RFC 4035 §5"});
    }
  }
  return all;
}

std::vector<Question> odd_questions() {
  return {
      {"www.early.lab.", "A", bogus, "zone-signatures-early", "RFC 4035 §5.3.1"},
      {"www.expired.lab.", "A", bogus, "zone-signatures-expired", "RFC 4035 §5.3.1"},
      {"nope.expired.lab.", "A", bogus, "zone-signatures-expired", "RFC 4035 §5.3.1"},
      {"www.sigbad.lab.", "A", bogus, "signature-incorrect", "RFC 4035 §5.3.3"},
      {"www.sigbad.lab.", "TXT", secure, "", "the break is in the A set only"},
      {"nope.sigbad.lab.", "A", secure, "", "the break is in the A set only"},
      {"www.signone.lab.", "A", bogus, "signature-missing", "RFC 4035 §2.2"},
      {"www.changed.lab.", "A", bogus, "signature-incorrect", "RFC 4035 §5.3.3"},
      {"added.added.lab.", "A", bogus, "signature-missing", "RFC 4035 §2.2"},
      {"www.keysig.lab.", "A", bogus, "", "RFC 4035 §5.2"},
      {"www.keysigno.lab.", "A", bogus, "entry-key-not-signing", "RFC 4035 §5.2"},
      {"www.keysno.lab.", "A", bogus, "keys-missing", "RFC 4035 §2.1"},
      {"www.allbad.lab.", "A", bogus, "zone-signed-by-wrong-key", "RFC 4035 §5.3.3"},
      {"www.stripped.lab.", "A", bogus, "zone-not-signed", "RFC 4035 §5.2"},
      {"nope.stripped.lab.", "A", bogus, "zone-not-signed", "RFC 4035 §5.2"},
      {"alias.aliassig.lab.", "A", bogus, "signature-incorrect", "RFC 4035 §5.3.3"},
      {"x.dn.dnamesig.lab.", "A", bogus, "signature-incorrect", "RFC 6672 §5.3.1"},
      {"a.wild.wildsig.lab.", "A", bogus, "signature-incorrect", "RFC 4035 §5.3.3"},
      {"nope.nsecno.lab.", "A", bogus, "", "RFC 4035 §5.4"},
      {"www.nsecno.lab.", "MX", bogus, "", "RFC 4035 §5.4"},
      {"www.nsecno.lab.", "A", secure, "", "a positive answer needs no denial"},
      {"nope.nsec3no.lab.", "A", bogus, "", "RFC 5155 §8.4"},
      {"www.nsec3no.lab.", "MX", bogus, "", "RFC 5155 §8.5"},
      {"a.wild.nsec3no.lab.", "A", bogus, "", "RFC 5155 §8.8"},
      {"nope.nsecsig.lab.", "A", bogus, "", "RFC 4035 §5.4"},
      {"nope.nsec3sig.lab.", "A", bogus, "", "RFC 5155 §8.4"},
      {"www.nsec3sig.lab.", "MX", bogus, "", "RFC 5155 §8.5"},
      {"mail.listed.lab.", "MX", bogus, "denied-type-listed", "RFC 4035 §5.4"},
      {"www.listed3.lab.", "TXT", bogus, "denied-type-listed", "RFC 5155 §8.5"},
      {"a.wild.wildproof.lab.", "A", bogus, "", "RFC 4035 §5.3.4"},
      {"nope.iter20.lab.", "A", secure, "", "RFC 9276 §3.2: within every limit"},
      {"www.iter120.lab.", "A", secure, "", "a positive answer needs no denial"},
      {"nope.iter120.lab.", "A", insecure, "nsec3-iterations-above-limits", "RFC 9276 §3.2"},
      {"nope.iter500.lab.", "A", insecure, "nsec3-iterations-above-limits", "RFC 9276 §3.2"},
      {"www.sha1ds.lab.", "A", secure, "", "RFC 9904 Table 3: digest 1 is still validated"},
      {"www.sha384ds.lab.", "A", secure, "", "RFC 6605 §2"},
      {"www.bothds.lab.", "A", secure, "", "RFC 4035 §5.2"},
      {"www.dsdigest.lab.", "A", bogus, "ds-digest-mismatch", "RFC 4034 §5.1.4"},
      {"www.dstag.lab.", "A", bogus, "ds-mistyped", "RFC 4034 §5.1"},
      {"www.dsalg.lab.", "A", bogus, "ds-mistyped", "RFC 4034 §5.1"},
      {"www.dstype.lab.", "A", bogus, "ds-mistyped", "RFC 4034 §5.1"},
      {"www.dsnewdigest.lab.", "A", insecure, "delegation-digest-unsupported", "RFC 6840 §5.2"},
      {"www.dsnewalg.lab.", "A", insecure, "delegation-algorithm-unsupported", "RFC 4035 §5.2"},
      {"www.dsspare.lab.", "A", secure, "", "RFC 4035 §5.2: one DS that works is enough"},
      {"www.dsunknownbeside.lab.", "A", secure, "", "RFC 6840 §5.2"},
      {"www.downgrade.lab.", "A", bogus, "ds-digest-mismatch", "RFC 4509 §3"},
      {"www.stronger.lab.", "A", secure, "", "RFC 4035 §5.2: one DS that works is enough"},
      {"www.bare.lab.", "A", insecure, "delegation-insecure", "RFC 4035 §5.2"},
      {"nope.bare.lab.", "A", insecure, "delegation-insecure", "RFC 4035 §5.2"},
      {"www.bare.lab.", "MX", insecure, "delegation-insecure", "RFC 4035 §5.2"},
      {"bare.lab.", "DS", secure, "", "the parent proves that there is none"},
      {"www.bare.opt.", "A", insecure, "", "RFC 5155 §8.9"},
      {"bare.opt.", "DS", insecure, "", "RFC 5155 §9.2"},
      {"nope.opt.", "A", insecure, "", "RFC 5155 §9.2"},
      {"www.bare.n3.", "A", insecure, "delegation-insecure", "RFC 5155 §8.9"},
      {"www.bare.two.n3.", "A", insecure, "delegation-insecure", "RFC 5155 §8.9"},
      {"two.n3.", "A", secure, "", "an empty non-terminal"},
      {"nope.n3.", "A", secure, "", "RFC 5155 §8.4"},
      {"www.island.lab.", "A", insecure, "delegation-insecure", "RFC 4035 §5.2"},
      {"www.zskds.lab.", "A", secure, "", "RFC 6840 §6.2"},
      {"www.kid.co.lab.", "A", secure, "", "RFC 4035 §3.1.4.1: one server for parent and child"},
      {"nope.kid.co.lab.", "A", secure, "", "RFC 4035 §3.1.4.1: one server for parent and child"},
      {"www.bare.co.lab.", "A", insecure, "delegation-insecure", "RFC 4035 §5.2"},
      {"kid.co.lab.", "DS", secure, "", "RFC 4035 §3.1.4.1"},
      {"www.deep.two.lab.", "A", secure, "", "no cut at two.lab."},
      {"two.lab.", "A", secure, "", "an empty non-terminal"},
      {"www.deep.two.opt.", "A", secure, "", "no cut at two.opt."},
      {"www.kid.dsbad.lab.", "A", bogus, "parent-ds-bogus", "RFC 4035 §5.2"},
      {"www.kid.nodsbad.lab.", "A", bogus, "parent-denial-bogus", "RFC 4035 §5.2"},
      {"www.kid.nodsbad3.lab.", "A", bogus, "", "RFC 5155 §8.9"},
      {"www.kid.dshidden.lab.", "A", bogus, "", "RFC 6840 §4.4"},
      {"www.sha1.lab.", "A", insecure, "delegation-algorithm-unsupported", "RFC 9905 §2"},
      {"www.sha1n3.lab.", "A", insecure, "delegation-algorithm-unsupported", "RFC 9905 §2"},
      {"www.sha1.lab.", "A", secure, "", "RFC 9905 §2: insecure by policy, not by inability", {"--allow-sha1"}},
      {"www.sha1n3.lab.", "A", secure, "", "RFC 9905 §2: insecure by policy, not by inability", {"--allow-sha1"}},
      {"lab.", "DS", secure, "", "the root's word"},
      {".", "DNSKEY", secure, "", "the anchor"},
      {".", "SOA", secure, "", "the anchor's zone"},
      {"nope.", "A", secure, "", "RFC 4035 §5.4"},
  };
}

}  // namespace lab
