#include "tests/recipes/zones.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <stdexcept>

#include "dns/text.h"
#include "tests/lab/process.h"
#include "tests/recipes/edits.h"
#include "tests/recipes/folder.h"

namespace recipes {
namespace {

namespace fs = std::filesystem;
using lab::read_file;
using lab::write_file;
using signed_world::operator+;
using validator::Security;

// Names of every kind: an alias, a wildcard, an empty one, delegations with DS, without, and with glue.
constexpr std::string_view content =
    "www.example. 300 A 192.0.2.1\n"
    "www.example. 300 AAAA 2001:db8::1\n"
    "alias.example. 300 CNAME www.example.\n"
    "*.wild.example. 300 TXT \"x\"\n"
    "deep.down.example. 300 A 192.0.2.2\n"
    "sub.example. 300 NS ns.sub.example.\n"
    "ns.sub.example. 300 A 192.0.2.3\n"
    "safe.example. 300 NS ns.elsewhere.\n"
    "safe.example. 300 DS 12345 13 2 "
    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n";

// 48 octets, the digest of nothing.
constexpr std::string_view any_digest =
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f";

void add_lines(Plot& plot, const std::string& lines) { plot.lines += lines; }

// Before the zone is signed and after its NSEC chain was made.
void insert(Plot& plot, std::string_view lines) {
  plot.unsigned_edit = [text = std::string(lines)](Records& records) {
    records = records + signed_world::World::plain(text);
  };
}

std::vector<ZoneRecipe> made() {
  const auto zonemd = [](std::string_view serial) {
    return "example. 300 ZONEMD " + std::string(serial) + " 1 1 " + std::string(any_digest) + "\n";
  };
  return {
      {"zone-apex-incomplete", "The apex has no NS set (RFC 1035 §5.2).", Security::bogus, "zone-apex-incomplete",
       [](Plot& plot) { plot.hosts.clear(); }},
      {"out-of-zone-data", "A record of another zone stands in the file (RFC 1035 §5.2); servers ignore it.",
       Security::secure, "",
       [](Plot& plot) {
         plot.edit = [](Records& records) {
           records = records + signed_world::World::plain("stray.other. 300 A 192.0.2.9");
         };
       }},
      {"record-duplicate", "The address of www is given twice (RFC 2181 §5); the signature is over one.",
       Security::secure, "",
       [](Plot& plot) {
         plot.edit = [](Records& records) { records.push_back(find_in(records, "www.example.", RRType::a)); };
       }},
      {"nsec-missing-at-name",
       "www has no NSEC record, though the one before leads to it (RFC 4035 §2.3): that it has no MX cannot be proven.",
       Security::bogus, "nsec-missing-at-name",
       [](Plot& plot) { plot.edit = [](Records& records) { erase(records, "www.example.", RRType::nsec); }; }},
      {"nsec-surplus",
       "An NSEC record, signed and linked into the chain, stands at the glue of a delegation (RFC 4035 §2.3), where "
       "the "
       "zone has no say.",
       Security::bogus, "nsec-surplus",
       [](Plot& plot) {
         plot.edit = [&plot](Records& records) {
           // sub leads to www; now by way of its own glue.
           Record& before = find_in(records, "sub.example.", RRType::nsec);
           Record glue = before;
           glue.owner = signed_world::name("ns.sub.example.");
           edit_rdata(before, dns::read_nsec, [&](dns::Nsec& nsec) { nsec.next = glue.owner; });
           edit_rdata(glue, dns::read_nsec, [](dns::Nsec& nsec) { nsec.types.types = {RRType::a, RRType::nsec}; });
           erase_signatures(records, "sub.example.", RRType::nsec);
           const Record link = find_in(records, "sub.example.", RRType::nsec);
           const dns::RRset set{link.owner, RRType::nsec, dns::RRClass::in, link.ttl, link.ttl, {link.rdata}};
           records.push_back(signed_world::rrsig_record(set, plot, {.key = 1}, Tree().now));
           records.push_back(glue);
         };
       }},
      {"signature-orphaned", "The signature over a TXT set of www was left behind when the set went (RFC 4035 §2.2).",
       Security::secure, "",
       [](Plot& plot) {
         insert(plot, "www.example. 300 TXT \"gone\"");
         plot.edit = [](Records& records) {
           std::erase_if(records, [](const Record& record) {
             return record.type == RRType::txt && record.owner == signed_world::name("www.example.");
           });
         };
       }},
      {"dname-with-descendants", "There is an address below a DNAME (RFC 6672 §2.4), signed like all others.",
       Security::secure, "dname-with-descendants",
       [](Plot& plot) { add_lines(plot, "old.example. 300 DNAME new.\nhost.old.example. 300 A 192.0.2.7\n"); }},
      {"zonemd-mismatch", "The ZONEMD record holds the digest of something else (RFC 8976 §4).", Security::bogus,
       "zonemd-mismatch", [zonemd](Plot& plot) { add_lines(plot, zonemd("7")); }},
      {"zonemd-unusable", "The ZONEMD record is of an earlier serial (RFC 8976 §4): it says nothing of this zone.",
       Security::secure, "", [zonemd](Plot& plot) { add_lines(plot, zonemd("6")); }},
  };
}

}  // namespace

const std::vector<ZoneRecipe>& zone_recipes() {
  static const auto recipes = made();
  return recipes;
}

ZoneExpected expected_of(const ZoneRecipe& recipe) {
  return {recipe.slug, recipe.story, dns::print_rfc3339(Tree().now), std::string(to_text(recipe.verdict)),
          recipe.cause};
}

std::string zone_file(const ZoneRecipe& recipe) {
  Tree tree;
  Plot& plot = tree.zone();
  plot.lines = content;
  recipe.build(plot);
  std::string text;
  for (const Record& record : tree.signed_zone(plot)) text += dns::print(record) + "\n";
  return text;
}

validator::ZoneJudgement judged_zone(std::string_view text, const std::string& now) {
  validator::ZoneStore store;
  const auto read = dns::parse_zone(text, {}, [&](const Record& record) { store.add(record); });
  if (!read) throw std::runtime_error(read.error().why);
  store.settle();
  validator::ZonePlan plan;
  plan.now = dns::parse_time(now).value();
  return judge_zone(store, plan);
}

ZoneExpected read_zone_expected(const std::string& folder) {
  rapidjson::Document json;
  json.Parse(read_file(fixtures() / folder / "zone.json").c_str());
  if (json.HasParseError() || !json.IsObject()) throw std::runtime_error(folder + "/zone.json cannot be read");
  const auto word = [&](const char* name) { return std::string(json[name].GetString()); };
  return {word("slug"), word("story"), word("now"), word("verdict"), word("cause")};
}

std::string read_zone_file(const std::string& folder) { return read_file(fixtures() / folder / "zone.zone"); }

void write_zone_folder(const ZoneRecipe& recipe) {
  const fs::path folder = fixtures() / recipe.slug;
  fs::create_directories(folder);
  const auto expected = expected_of(recipe);
  write_file(folder / "zone.zone", zone_file(recipe));
  write_file(folder / "zone.json", "{\n  \"story\": \"" + expected.story + "\",\n  \"slug\": \"" + expected.slug +
                                       "\",\n  \"now\": \"" + expected.now + "\",\n  \"verdict\": \"" +
                                       expected.verdict + "\",\n  \"cause\": \"" + expected.cause + "\"\n}\n");
}

}  // namespace recipes
