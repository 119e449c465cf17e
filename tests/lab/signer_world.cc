#include "tests/lab/signer_world.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace lab {
namespace {

constexpr std::array<const char*, 8> algorithms{"RSASHA1",         "RSASHA1-NSEC3-SHA1", "RSASHA256", "RSASHA512",
                                                "ECDSAP256SHA256", "ECDSAP384SHA384",    "ED25519",   "ED448"};
constexpr std::array<const char*, 4> denial_words{"nsec", "nsec3", "optout", "narrow"};

constexpr std::array<const char*, 13> types{"A",  "NS",     "SOA",  "MX",         "TXT", "CNAME",    "DNAME",
                                            "DS", "DNSKEY", "NSEC", "NSEC3PARAM", "CDS", "TYPE65400"};

// What a denial lacks does not depend on the algorithm that signs it: outside the soak, every type for one algorithm
// only, and for the others those that are answered in different ways.
constexpr std::array<std::string_view, 6> types_for_all{"A", "TXT", "CNAME", "DS", "DNSKEY", "NSEC"};

bool is_asked(const SignedZone& zone, std::string_view type) {
  if (zone.algorithm == "ECDSAP256SHA256" || std::getenv("TRUSTWALK_SOAK") != nullptr) return true;
  if (std::getenv("TRUSTWALK_BRIEF") != nullptr) return type == "A" || type == "DS";  // .ci/run
  return std::ranges::find(types_for_all, type) != types_for_all.end();
}

// The delegations (un, si, far.only) are lines of the tree's builder.
constexpr const char* body =
    "www A 192.0.2.1\nwww TXT \"positive\"\n"
    "*.wild A 192.0.2.2\n*.wild TXT \"any\"\nhost.wild A 192.0.2.5\n"
    "deep.ent.ent A 192.0.2.3\n"
    "alias CNAME www\ntoun CNAME www.un\n*.many CNAME www\n"
    "dn DNAME target\nx.target A 192.0.2.4\n"
    "mail MX 10 MAIL.Target\n";

// What a zone has at a name.
enum class Kind {
  there,        // data, or an empty non-terminal above data
  covered,      // nothing, or a wildcard stands in: an NSEC3 that covers is part of the proof
  cut,          // a delegation without DS
  below_cut,    // in or below an unsigned child
  above_cuts,   // an empty non-terminal above nothing but unsigned delegations
  below_dname,  // nothing, and a DNAME above leads to nothing
  alias_out,    // a CNAME into an unsigned child
};

struct Spot {
  const char* name;
  Kind kind;
};

constexpr std::array<Spot, 46> spots{{
    {"", Kind::there},
    {"ns1.", Kind::there},
    {"www.", Kind::there},
    {"wild.", Kind::there},
    {"*.wild.", Kind::there},
    {"host.wild.", Kind::there},
    {"ent.", Kind::there},
    {"ent.ent.", Kind::there},
    {"deep.ent.ent.", Kind::there},
    {"alias.", Kind::there},
    {"many.", Kind::there},
    {"*.many.", Kind::there},
    {"dn.", Kind::there},
    {"x.dn.", Kind::there},
    {"target.", Kind::there},
    {"x.target.", Kind::there},
    {"mail.", Kind::there},
    {"si.", Kind::there},
    {"www.si.", Kind::there},
    {"nope.si.", Kind::there},  // the signed child is another zone, with NSEC
    {"toun.", Kind::alias_out},
    {"un.", Kind::cut},
    {"www.un.", Kind::below_cut},
    {"nope.un.", Kind::below_cut},
    {"ns1.un.", Kind::below_cut},
    {"only.", Kind::above_cuts},
    {"far.only.", Kind::cut},
    {"www.far.only.", Kind::below_cut},
    {"nope.", Kind::covered},
    {"-.", Kind::covered},   // before the first name
    {"zz.", Kind::covered},  // after the last
    {"a.b.c.d.e.", Kind::covered},
    {"nope.www.", Kind::covered},
    {"*.", Kind::covered},
    {"*.www.", Kind::covered},
    {"a.wild.", Kind::covered},
    {"b.a.wild.", Kind::covered},
    {"a.*.wild.", Kind::covered},
    {"nope.host.wild.", Kind::covered},
    {"nope.ent.", Kind::covered},
    {"nope.ent.ent.", Kind::covered},
    {"nope.deep.ent.ent.", Kind::covered},
    {"z.many.", Kind::covered},
    {"nope.dn.", Kind::below_dname},
    {"y.x.dn.", Kind::below_dname},
    {"nope.only.", Kind::covered},
}};

constexpr std::string_view alias_denied = "NODATA for the NSEC of an alias, whose record lists CNAME: RFC 6840 §4.3";
constexpr std::string_view nsec_denied = "NODATA for the NSEC made from a wildcard, whose record lists NSEC";
constexpr std::string_view nsec_unproven = "NSEC made from a wildcard, without the proof of RFC 4035 §3.1.3.3";
constexpr std::string_view encloser_missing = "below a name that only unsigned delegations make: no closest encloser";

constexpr std::string_view cover_missing =
    "a name that only unsigned delegations make: nothing covers the next closer name";

using enum ZoneDenial;

constexpr auto faults = std::to_array<Fault>({
    // NSD, which serves it, expects an NSEC3 at every empty non-terminal; with opt-out there need be none (RFC 5155
    // §7.1,
    // as corrected by erratum 3441), and dnssec-signzone writes none.
    {ZoneSigner::bind_tools, nsec3_opt_out, "nope.only.", "", encloser_missing},
    {ZoneSigner::bind_tools, nsec3_opt_out, "only.", "DS", cover_missing},
    {ZoneSigner::bind, nsec3, "alias.", "NSEC", alias_denied},
    {ZoneSigner::bind, nsec3, "toun.", "NSEC", alias_denied},
    {ZoneSigner::bind, nsec3, "*.many.", "NSEC", alias_denied},
    {ZoneSigner::bind, nsec3, "z.many.", "NSEC", alias_denied},
    {ZoneSigner::bind, nsec3_opt_out, "alias.", "NSEC", alias_denied},
    {ZoneSigner::bind, nsec3_opt_out, "toun.", "NSEC", alias_denied},
    {ZoneSigner::bind, nsec3_opt_out, "*.many.", "NSEC", alias_denied},
    {ZoneSigner::knot, nsec3, "alias.", "NSEC", alias_denied},
    {ZoneSigner::knot, nsec3, "toun.", "NSEC", alias_denied},
    {ZoneSigner::knot, nsec3, "*.many.", "NSEC", alias_denied},
    {ZoneSigner::knot, nsec3, "z.many.", "NSEC", alias_denied},
    {ZoneSigner::knot, nsec3_opt_out, "alias.", "NSEC", alias_denied},
    {ZoneSigner::knot, nsec3_opt_out, "toun.", "NSEC", alias_denied},
    {ZoneSigner::knot, nsec3_opt_out, "*.many.", "NSEC", alias_denied},
    {ZoneSigner::knot, nsec, "a.wild.", "NSEC", nsec_unproven},
    {ZoneSigner::knot, nsec, "b.a.wild.", "NSEC", nsec_unproven},
    {ZoneSigner::knot, nsec, "z.many.", "NSEC", nsec_unproven},
    {ZoneSigner::powerdns, nsec, "a.wild.", "NSEC", nsec_denied},
    {ZoneSigner::powerdns, nsec, "b.a.wild.", "NSEC", nsec_denied},
    // The one NSEC3 that is missing may be among the others by chance of the hash: secure or insecure then.
    {ZoneSigner::powerdns, nsec3_opt_out, "nope.only.", "", encloser_missing},
});

const Fault* fault_of(ZoneSigner kind, ZoneDenial denial, std::string_view name, std::string_view type) {
  for (const auto& fault : faults) {
    const bool of_type = fault.type.empty() || fault.type == type;
    if (fault.signer == kind && fault.denial == denial && fault.name == name && of_type) return &fault;
  }
  return nullptr;
}

Due due_of(Kind kind, std::string_view type, ZoneDenial denial) {
  const bool opt_out = denial == ZoneDenial::nsec3_opt_out;
  switch (kind) {
    case Kind::there: return Due::secure;
    // RFC 5155 §9.2: what rests on an opt-out span is not secure.
    case Kind::covered: return opt_out ? Due::insecure : Due::secure;
    case Kind::below_dname: return opt_out && type != "CNAME" ? Due::insecure : Due::secure;  // RFC 6672 §5.3.1
    case Kind::above_cuts: return opt_out ? Due::insecure_or_secure : Due::secure;
    case Kind::cut:
      // RFC 4035 §3.1.4.1 speaks of DS alone: the parent's NSEC, asked for, comes from the parent or not at all.
      if (type == "NSEC" && denial == ZoneDenial::nsec) return Due::insecure_or_secure;
      if (type != "DS") return Due::insecure;
      return opt_out ? Due::insecure_or_secure : Due::secure;
    case Kind::below_cut: return Due::insecure;
    case Kind::alias_out:
      if (type == "CNAME") return Due::secure;
      // RFC 4034 §4: an alias has an NSEC of its own where there is NSEC.
      return type == "NSEC" && denial == ZoneDenial::nsec ? Due::secure : Due::insecure;
  }
  return Due::secure;
}

ZoneRecipe child(const std::string& name, Tool tool) {
  ZoneRecipe recipe;
  recipe.name = name;
  recipe.body = "www A 192.0.2.80\n";
  recipe.signing.tool = tool;
  recipe.place = "children";
  return recipe;
}

ZoneRecipe recipe_of(ZoneSigner kind, SigningServer* server, const SignedZone& zone) {
  ZoneRecipe recipe;
  recipe.name = zone.name;
  recipe.body = body;
  recipe.place = "signer";
  if (is_live(kind)) {
    recipe.by_hand = [server, zone](const std::filesystem::path& in, const std::string& file) {
      return server->adopt(zone, in / file);
    };
    return recipe;
  }
  recipe.signing.tool = kind == ZoneSigner::ldns ? Tool::ldns : Tool::bind;
  recipe.signing.algorithm = zone.algorithm;
  recipe.signing.denial = zone.denial == nsec    ? Denial::nsec
                          : zone.denial == nsec3 ? Denial::nsec3
                                                 : Denial::nsec3_opt_out;
  return recipe;
}

ZoneRecipe top(const std::string& name) {
  ZoneRecipe recipe;
  recipe.name = name;
  recipe.place = name == "." ? "root" : "tld";
  return recipe;
}

}  // namespace

std::vector<SignedZone> zones_of(ZoneSigner kind) {
  std::vector<SignedZone> zones;
  for (const auto* algorithm : algorithms) {
    for (std::size_t i = 0; i < denial_words.size(); ++i) {
      const auto denial = static_cast<ZoneDenial>(i);
      if (!can(kind, algorithm, denial)) continue;
      std::string label;
      for (const char* at = algorithm; *at != '\0'; ++at)
        label += *at == '-' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(*at)));
      zones.push_back({label + "-" + denial_words.at(i) + ".lab.", algorithm, denial});
    }
  }
  return zones;
}

World build_signer_world(ZoneSigner kind, SigningServer* server, Network& network,
                         const std::filesystem::path& folder) {
  std::vector<ZoneRecipe> recipes{top("."), top("lab.")};
  for (const auto& zone : zones_of(kind)) {
    recipes.push_back(recipe_of(kind, server, zone));
    recipes.push_back(child("un." + zone.name, Tool::none));
    recipes.push_back(child("far.only." + zone.name, Tool::none));
    recipes.push_back(child("si." + zone.name, Tool::ldns));
  }
  return build(recipes, network, folder);
}

std::vector<DueQuestion> due_questions(ZoneSigner kind, const SignedZone& zone) {
  std::vector<DueQuestion> all;
  for (const auto& spot : spots) {
    for (const auto* type : types) {
      if (!is_asked(zone, type)) continue;
      all.push_back({{spot.name + zone.name, type},
                     due_of(spot.kind, type, zone.denial),
                     fault_of(kind, zone.denial, spot.name, type)});
    }
  }
  return all;
}

std::vector<const Fault*> known_faults(ZoneSigner kind) {
  std::vector<const Fault*> known;
  for (const auto& fault : faults) {
    if (fault.signer == kind) known.push_back(&fault);
  }
  return known;
}

}  // namespace lab
