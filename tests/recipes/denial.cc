#include <algorithm>

#include "dns/text.h"
#include "tests/recipes/chain.h"
#include "tests/recipes/edits.h"
#include "tests/recipes/recipe.h"

namespace recipes {
namespace {

using signed_world::operator+;
using Build = std::function<void(Tree&)>;

constexpr const char *www = "www.example.", *nobody = "zoo.example.", *nsec3_plain = "1 0 0 -";

bool is_denial(const Record& record) {
  if (record.type == RRType::nsec || record.type == RRType::nsec3) return true;
  const auto rrsig = record.type == RRType::rrsig ? dns::read_rrsig(record.rdata) : std::nullopt;
  return rrsig && (rrsig->covered == RRType::nsec || rrsig->covered == RRType::nsec3);
}

void drop_denial(dns::Message& message) { std::erase_if(message.authority, is_denial); }

void drop(dns::Message& message, const Name& owner) {
  std::erase_if(message.authority, [&](const Record& record) { return is_denial(record) && record.owner == owner; });
}

// The NSEC or NSEC3 at a name of example., with its signature.
Records proof_at(const Tree& tree, Plot& zone, const Name& owner) {
  Records found;
  for (const Record& record : tree.signed_zone(zone))
    if (record.owner == owner && is_denial(record)) found.push_back(record);
  return found;
}

Name hashed(std::string_view owner, std::string_view zone = "example.") {
  return name(zone).prepend(dns::encode_base32hex(nsec3_hash(name(owner), nsec3_plain))).value();
}

// Asked for what does not exist, or not of this type.
Build asking(std::string_view owner, RRType type, const Build& further = [](Tree&) {}) {
  return [at = std::string(owner), type, further](Tree& tree) {
    tree.target.name = name(at);
    tree.target.type = type;
    further(tree);
  };
}

// The reply to the question is changed.
Build answered(std::string_view owner, RRType type, const std::function<void(Tree&, dns::Message&)>& how,
               std::string_view nsec3 = "") {
  return asking(owner, type, [at = std::string(owner), type, how, kind = std::string(nsec3)](Tree& tree) {
    tree.zone().nsec3 = kind;
    tree.reply(at, type, [&tree, how](dns::Message& message) {
      if (message.aa) how(tree, message);
    });
  });
}

// One NSEC of the zone says something else, and is signed so.
template <class Change>
std::function<void(Records&)> nsec_at(std::string_view owner, Change change) {
  return [at = std::string(owner), change](Records& records) {
    edit_rdata(find_in(records, at, RRType::nsec), dns::read_nsec, change);
  };
}

// Every NSEC3 of the zone.
std::function<void(Records&)> each_nsec3(const std::function<void(dns::Nsec3&)>& change) {
  return [change](Records& records) {
    for (Record& record : records)
      if (record.type == RRType::nsec3) edit_rdata(record, dns::read_nsec3, change);
  };
}

void list(dns::TypeBitmap& types, RRType type) {
  types.types.push_back(type);
  types = dns::read_bitmap(dns::write_bitmap(types.types));
}

// sub.example., an unsigned delegation of example., is asked for www.sub.example.
Plot& unsigned_child(Tree& tree) {
  Plot& child = tree.add("sub.example.");
  child.keys.clear();
  child.lines = "www.sub.example. 300 A 192.0.2.90\n";
  tree.target.name = name("www.sub.example.");
  return child;
}

// Wildcard *.example., which answers for zoo.example.
void wildcard(Tree& tree) {
  tree.zone().lines += "*.example. 300 A 192.0.2.81\n";
  tree.target.name = name(nobody);
}

void count_iterations(Tree& tree, int iterations) {
  tree.zone().nsec3 = "1 0 " + std::to_string(iterations) + " -";
  tree.target.name = name(nobody);
}

std::vector<Recipe> names_and_types() {
  using enum Security;
  return {
      {"denial-missing", "The name does not exist, and no NSEC says so (RFC 4035 §3.1.3).", bogus, "denial-missing",
       answered(nobody, RRType::a, [](Tree&, dns::Message& message) { drop_denial(message); })},
      {"wildcard-proof-missing",
       "The answer is made from a wildcard, and nothing shows that it applies (RFC 4035 §3.1.3.3).", bogus,
       "wildcard-proof-missing",
       [](Tree& tree) {
         wildcard(tree);
         tree.reply(nobody, RRType::a, drop_denial);
       }},
      {"name-not-denied", "Of two NSEC the one over the name itself is left out (RFC 4035 §5.4).", bogus,
       "name-not-denied", answered(nobody, RRType::a, [](Tree&, dns::Message& message) { drop(message, name(www)); })},
      {"closest-encloser-unproven", "The NSEC3 of the zone's apex, the closest encloser, is left out (RFC 5155 §8.3).",
       bogus, "closest-encloser-unproven",
       answered(
           nobody, RRType::a, [](Tree&, dns::Message& message) { drop(message, hashed("example.")); }, nsec3_plain)},
      {"wildcard-not-denied", "Of two NSEC the one over *.example. is left out (RFC 4035 §5.4).", bogus,
       "wildcard-not-denied",
       answered(nobody, RRType::a, [](Tree&, dns::Message& message) { drop(message, name("example.")); })},
      {"wildcard-not-applicable",
       "The very NSEC that clears the way for the wildcard denies the wildcard (RFC 4592 §3.3.1).", bogus,
       "wildcard-not-applicable",
       [](Tree& tree) {
         wildcard(tree);
         tree.target.name = name("cat.example.");
         tree.zone().unsigned_edit = [](Records& records) {
           erase(records, "*.example.", RRType::nsec);
           nsec_at("example.", [](dns::Nsec& nsec) { nsec.next = name("ns.example."); })(records);
         };
       }},
      {"nodata-record-missing", "For a type that is not there the NSEC of another name is sent (RFC 4035 §5.4).", bogus,
       "nodata-record-missing",
       answered(www, RRType::aaaa,
                [](Tree& tree, dns::Message& message) {
                  drop_denial(message);
                  message.authority = message.authority + proof_at(tree, tree.zone(), name("example."));
                })},
      {"nodata-name-denied", "The RCODE says that the name exists, the NSEC that it does not (RFC 4035 §3.1.3.1).",
       bogus, "nodata-name-denied",
       answered(nobody, RRType::a, [](Tree&, dns::Message& message) { message.rcode = dns::Rcode::noerror; })},
      {"denied-type-listed", "No AAAA comes, and the NSEC of the name lists AAAA (RFC 6840 §4.3).", bogus,
       "denied-type-listed",
       asking(www, RRType::aaaa,
              [](Tree& tree) {
                tree.zone().unsigned_edit = nsec_at(www, [](dns::Nsec& nsec) { list(nsec.types, RRType::aaaa); });
              })},
      {"denial-beyond-authority",
       "That a name below a delegation does not exist is the child's to say (RFC 6840 §4.1).", bogus,
       "denial-beyond-authority",
       asking("a.sub.example.", RRType::a,
              [](Tree& tree) {
                tree.zone().lines += "sub.example. 300 NS ns.elsewhere.\n";
                tree.reply("a.sub.example.", RRType::a, [&tree](dns::Message& message) {
                  const bool by_example = std::ranges::any_of(
                      message.authority, [](const Record& record) { return record.owner == name("sub.example."); });
                  if (!by_example) return;
                  message.rcode = dns::Rcode::nxdomain;
                  message.aa = true;
                  message.authority = tree.soa_of(tree.zone());
                  for (const Record& record : tree.signed_zone(tree.zone()))
                    if (is_denial(record) && record.owner != name(www)) message.authority.push_back(record);
                });
              })},
      {"nsec-next-outside-zone", "An NSEC of example. leads to a name of another zone (CVE-2026-13321).", bogus,
       "nsec-next-outside-zone",
       asking(nobody, RRType::a,
              [](Tree& tree) {
                tree.zone().unsigned_edit = nsec_at(www, [](dns::Nsec& nsec) { nsec.next = name("other."); });
              })},
      {"nsec3-from-other-zone", "The NSEC3 stand two labels below the zone that signs them (CVE-2026-10723).", bogus,
       "nsec3-from-other-zone",
       asking(nobody, RRType::a,
              [](Tree& tree) {
                tree.zone().nsec3 = nsec3_plain;
                tree.zone().unsigned_edit = [](Records& records) {
                  for (Record& record : records)
                    if (record.type == RRType::nsec3)
                      record.owner = record.owner.replace_suffix(name("example."), name("deep.example.")).value();
                };
              })},
  };
}

std::vector<Recipe> delegations() {
  using enum Security;
  return {
      {"opt-out-needed", "A delegation is left out of the NSEC3 chain, and the flag for that is clear (RFC 5155 §8.6).",
       bogus, "parent-denial-bogus",
       [](Tree& tree) {
         unsigned_child(tree);
         tree.zone().nsec3 = "1 1 0 -";
         tree.zone().unsigned_edit = each_nsec3([](dns::Nsec3& nsec3) { nsec3.flags = 0; });
       }},
      {"ds-denial-unfit", "The NSEC that is to prove that there is no DS lists DS (RFC 6840 §4.4).", bogus,
       "parent-denial-bogus",
       [](Tree& tree) {
         unsigned_child(tree);
         tree.zone().unsigned_edit = nsec_at("sub.example.", [](dns::Nsec& nsec) { list(nsec.types, RRType::ds); });
       }},
      {"ds-denial-from-child",
       "The NSEC that is to prove that there is no DS lists SOA: a child's apex speaks (RFC 4035 §5.2).", bogus,
       "ds-denial-from-child",
       [](Tree& tree) {
         unsigned_child(tree);
         tree.zone().unsigned_edit = nsec_at("sub.example.", [](dns::Nsec& nsec) { list(nsec.types, RRType::soa); });
       }},
      {"nsec3-opt-out", "That an unsigned delegation has no DS rests on opt-out (RFC 5155 §9.2).", insecure,
       "nsec3-opt-out",
       [](Tree& tree) {
         unsigned_child(tree);
         tree.zone().nsec3 = "1 1 0 -";
       }},
  };
}

std::vector<Recipe> chains_and_parameters() {
  using enum Security;
  return {
      {"denial-chain-broken", "The NSEC over the name leads backwards, and not to the apex (RFC 4034 §4.1.1).", bogus,
       "denial-chain-broken",
       asking(nobody, RRType::a,
              [](Tree& tree) {
                tree.zone().unsigned_edit = nsec_at(www, [](dns::Nsec& nsec) { nsec.next = name("ns.example."); });
              })},
      {"existing-name-denied", "The NSEC over a made-up name covers www.example., which is served (RFC 4035 §2.3).",
       secure, "existing-name-denied",
       [](Tree& tree) {
         tree.target.made_up = "qwhxzkfbnvtp";
         tree.zone().unsigned_edit = nsec_at("ns.example.", [](dns::Nsec& nsec) { nsec.next = name("example."); });
       }},
      {"bitmap-contradicts-data", "The apex's NSEC leaves out NS, which is served (RFC 4035 §2.3).", secure,
       "bitmap-contradicts-data",
       [](Tree& tree) {
         tree.target.made_up = "qwhxzkfbnvtp";
         tree.zone().unsigned_edit =
             nsec_at("example.", [](dns::Nsec& nsec) { std::erase(nsec.types.types, RRType::ns); });
       }},
      {"nxdomain-above-names", "NXDOMAIN for empty.example., below which there is a name (RFC 8020 §2).", secure,
       "nxdomain-above-names",
       asking("host.empty.example.", RRType::a,
              [](Tree& tree) {
                tree.target.made_up = "qwhxzkfbnvtp";
                tree.zone().lines += "host.empty.example. 300 A 192.0.2.81\n";
                tree.reply("empty.example.", RRType::a,
                           [](dns::Message& message) { message.rcode = dns::Rcode::nxdomain; });
              })},
      {"nsec-bitmap-malformed", "The NSEC over the name leaves its own type out of its list (RFC 4034 §4.1.2).", secure,
       "nsec-bitmap-malformed",
       asking(nobody, RRType::a,
              [](Tree& tree) {
                tree.zone().unsigned_edit =
                    nsec_at(www, [](dns::Nsec& nsec) { std::erase(nsec.types.types, RRType::nsec); });
              })},
      {"nsec-ttl-wrong", "NSEC have TTL 3600, the SOA's MINIMUM is 300 (RFC 9077 §3).", secure, "",
       asking(nobody, RRType::a,
              [](Tree& tree) {
                tree.zone().unsigned_edit = [](Records& records) {
                  for (Record& record : records)
                    if (record.type == RRType::nsec) record.ttl = 3600;
                };
              })},
      {"nsec3-ignored", "All NSEC3 are of hash algorithm 2, which does not exist (RFC 5155 §8.1).", bogus,
       "nsec3-ignored",
       asking(nobody, RRType::a,
              [](Tree& tree) {
                tree.zone().nsec3 = nsec3_plain;
                tree.zone().unsigned_edit = [](Records& records) {
                  each_nsec3([](dns::Nsec3& nsec3) { nsec3.hash = 2; })(records);
                  for (Record& record : records)
                    if (record.type == RRType::nsec3param) record.rdata[0] = 2;
                };
              })},
      {"nsec3-parameters-mixed", "One proof is put together from NSEC3 of 0 and of 1 iterations (RFC 5155 §8.2).",
       bogus, "nsec3-parameters-mixed",
       answered(
           nobody, RRType::a,
           [](Tree& tree, dns::Message& message) {
             Plot other = tree.zone();
             other.nsec3 = "1 0 1 -";
             const Name apex =
                 name("example.").prepend(dns::encode_base32hex(nsec3_hash(name("example."), other.nsec3))).value();
             drop(message, hashed("example."));
             message.authority = message.authority + proof_at(tree, other, apex);
           },
           nsec3_plain)},
      {"nsec3param-mismatch", "NSEC3 have no salt, NSEC3PARAM names one (RFC 5155 §7.1).", secure, "",
       asking(nobody, RRType::a,
              [](Tree& tree) {
                tree.zone().nsec3 = nsec3_plain;
                tree.target.made_up = "qwhxzkfbnvtp";  // with it comes the question for NSEC3PARAM
                tree.reply("example.", RRType::nsec3param, [&tree](dns::Message& message) {
                  message.answer = signed_world::World::plain("example. 300 NSEC3PARAM 1 0 0 ab");
                  const auto set = set_of(message.answer, "example.", RRType::nsec3param);
                  message.answer.push_back(signed_world::rrsig_record(set, tree.zone(), {.key = 1}, tree.now));
                });
              })},
      {"nsec3-iterations-nonzero", "NSEC3 are hashed five times more than once (RFC 9276 §3.1).", secure, "",
       [](Tree& tree) { count_iterations(tree, 5); }},
      {"nsec3-iterations-above-limits", "NSEC3 are hashed 200 times more than once (RFC 9276 §3.2).", insecure,
       "nsec3-iterations-above-limits", [](Tree& tree) { count_iterations(tree, 200); }},
      {"nsec3-salt-present", "NSEC3 are salted (RFC 9276 §3.1).", secure, "",
       asking(nobody, RRType::a, [](Tree& tree) { tree.zone().nsec3 = "1 0 0 aabbccdd"; })},
      {"denial-kinds-mixed", "One server sends NSEC and NSEC3 for one name (RFC 5155 §10.4).", secure,
       "denial-kinds-mixed",
       answered(nobody, RRType::a,
                [](Tree& tree, dns::Message& message) {
                  Plot other = tree.zone();
                  other.nsec3 = nsec3_plain;
                  message.authority = message.authority + proof_at(tree, other, hashed("example."));
                })},
      {"denial-made-online",
       "The NSEC is made for this one question, and nothing lies beside the name (RFC 9824 §3.1).", secure, "",
       answered(nobody, RRType::a,
                [](Tree& tree, dns::Message& message) {
                  message.rcode = dns::Rcode::noerror;
                  drop_denial(message);
                  const dns::Nsec nsec{
                      name(nobody).prepend(std::string_view("\0", 1)).value(),
                      dns::read_bitmap(dns::write_bitmap(std::vector{RRType::rrsig, RRType::nsec, RRType::nxname}))};
                  const Record record{name(nobody), RRType::nsec, dns::RRClass::in, 300, dns::write(nsec), {}};
                  const auto set = set_of({record}, nobody, RRType::nsec);
                  message.authority.push_back(record);
                  message.authority.push_back(signed_world::rrsig_record(set, tree.zone(), {.key = 1}, tree.now));
                })},
      {"zone-walkable", "Plain NSEC: whoever asks learns the next name (RFC 5155 §1).", secure, "",
       asking(nobody, RRType::a, [](Tree&) {})},
      {"nxdomain-contradicted", "NXDOMAIN for a name whose NSEC comes with it (RFC 4035 §3.1.3.2).", bogus,
       "nxdomain-contradicted",
       answered(www, RRType::aaaa, [](Tree&, dns::Message& message) { message.rcode = dns::Rcode::nxdomain; })},
      {"denial-soa-wrong", "The negative answer has its proof and no SOA (RFC 2308 §3).", secure, "denial-soa-wrong",
       answered(nobody, RRType::a,
                [](Tree&, dns::Message& message) {
                  std::erase_if(message.authority, [](const Record& record) {
                    const auto rrsig = record.type == RRType::rrsig ? dns::read_rrsig(record.rdata) : std::nullopt;
                    return record.type == RRType::soa || (rrsig && rrsig->covered == RRType::soa);
                  });
                })},
  };
}

}  // namespace

std::vector<Recipe> denial_recipes() {
  auto recipes = names_and_types();
  for (const auto& more : {delegations(), chains_and_parameters()})
    recipes.insert(recipes.end(), more.begin(), more.end());
  return recipes;
}

}  // namespace recipes
