#include "tests/lab/guide.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace lab {
namespace {

using std::filesystem::path;

// The commands of the guide, word for word but for the path of the tool; the salt is the guide's own recipe.
constexpr const char* make_zsk = "ldns-keygen -a ECDSAP256SHA256 -b 1024 yourdomainhere.com";
constexpr const char* make_ksk = "ldns-keygen -k -a ECDSAP256SHA256 -b 2048 yourdomainhere.com";
constexpr const char* make_misspelt_ksk = "ldns-keygen -k -a ECDSAP256SHA256 -b 2048 yourdomainehere.com";
constexpr const char* salt = "$(head -n 1000 /dev/urandom | sha256sum | cut -b 1-16)";

Outcome shell(const std::string& line, const path& folder) { return run({"sh", "-c", line}, {.folder = folder}); }

std::string output_of(const std::string& line, const path& folder) {
  auto outcome = must({"sh", "-c", line}, {.folder = folder});
  while (!outcome.out.empty() && outcome.out.back() == '\n') outcome.out.pop_back();
  return outcome.out;
}

struct Keys {
  std::string zsk;
  std::string ksk;
};

Keys guide_keys(const path& folder) { return {output_of(make_zsk, folder), output_of(make_ksk, folder)}; }

std::string signing_line(const std::string& file, const std::string& keys, const std::string& times = "") {
  return std::string("ldns-signzone -n -s ") + salt + " " + times + file + " " + keys;
}

// "NAME TTL DS DATA" lines -> DATA.
std::vector<std::string> ds_data(const std::string& text) {
  std::vector<std::string> all;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const auto at = line.find("DS\t");
    if (at != std::string::npos) all.push_back(line.substr(at + 3));
  }
  if (all.empty()) throw std::runtime_error("no DS in: " + text);
  return all;
}

// As the guide prints them: for every key, the ZSK's too.
std::vector<std::string> uploaded_ds(const std::string& file, const path& folder) {
  return ds_data(output_of("ldns-key2ds -n -f -2 " + file + ".signed", folder));
}

HandMade unsigned_zone(const path& folder, const std::string& file) { return {folder / file, {}}; }

HandMade signed_zone(const path& folder, const std::string& file) {
  const auto keys = guide_keys(folder);
  output_of("rm *ds && " + signing_line(file, keys.zsk + " " + keys.ksk), folder);
  return {folder / (file + ".signed"), uploaded_ds(file, folder)};
}

HandMade island(const path& folder, const std::string& file) { return {signed_zone(folder, file).served, {}}; }

// The key file bears the wrong name, so ldns-signzone refuses it and writes nothing: the server goes on with what it
// had.
std::string refused_ksk(const path& folder, const std::string& file, const std::string& zsk) {
  const auto ksk = output_of(make_misspelt_ksk, folder);
  const auto outcome = shell(signing_line(file, zsk + " " + ksk), folder);
  if (outcome.status == 0) throw std::runtime_error("ldns-signzone took a key of another zone");
  if (outcome.err.find("has wrong name") == std::string::npos)
    throw std::runtime_error("another refusal: " + outcome.err);
  if (std::filesystem::exists(folder / (file + ".signed"))) throw std::runtime_error("ldns-signzone left a file");
  return ksk;
}

HandMade misspelt(const path& folder, const std::string& file) {
  refused_ksk(folder, file, output_of(make_zsk, folder));
  return {folder / file, {}};
}

// The DS that ldns-keygen wrote beside the misspelt key goes to the registrar all the same.
HandMade misspelt_ds_uploaded(const path& folder, const std::string& file) {
  const auto ksk = refused_ksk(folder, file, output_of(make_zsk, folder));
  return {folder / file, ds_data(read_file(folder / (ksk + ".ds")))};
}

// The name is put right in the key file, the zone is signed, and the DS made for the misspelt name stays at the
// registrar: tag and algorithm fit, the digest does not, for the owner name is part of what is digested (RFC 4034
// §5.1.4).
HandMade misspelt_renamed(const path& folder, const std::string& file) {
  const auto zsk = output_of(make_zsk, folder);
  const auto ksk = refused_ksk(folder, file, zsk);
  output_of("sed -i s/yourdomainehere/yourdomainhere/ " + ksk + ".key && " + signing_line(file, zsk + " " + ksk),
            folder);
  return {folder / (file + ".signed"), ds_data(read_file(folder / (ksk + ".ds")))};
}

// The refused key is left out of the line. With -f ldns-key2ds makes a DS of the ZSK, and that is a sound entry (RFC
// 6840 §6.2).
HandMade misspelt_left_out(const path& folder, const std::string& file) {
  const auto zsk = output_of(make_zsk, folder);
  refused_ksk(folder, file, zsk);
  output_of(signing_line(file, zsk), folder);
  return {folder / (file + ".signed"), uploaded_ds(file, folder)};
}

HandMade changed_without_signing(const path& folder, const std::string& file) {
  auto made = signed_zone(folder, file);
  auto zone = ZoneText::read(made.served);
  zone.change(guide_name, "A", "192.0.2.81");
  zone.write(made.served);
  return made;
}

HandMade expired(const path& folder, const std::string& file) {
  const auto keys = guide_keys(folder);
  const std::string times = "-i $(date -u -d '-40 days' +%Y%m%d%H%M%S) -e $(date -u -d '-10 days' +%Y%m%d%H%M%S) ";
  output_of(signing_line(file, keys.zsk + " " + keys.ksk, times), folder);
  return {folder / (file + ".signed"), uploaded_ds(file, folder)};
}

HandMade keys_replaced(const path& folder, const std::string& file) {
  const auto old = signed_zone(folder, file);
  return {signed_zone(folder, file).served, old.ds};
}

using Recipe = HandMade (*)(const path&, const std::string&);

struct Row {
  GuideState state;
  Recipe recipe;
};

const std::vector<Row>& rows() {
  static const std::vector<Row> all{
      {{"guide-unsigned", "before signing", Verdict::insecure, "delegation-insecure", "", "child"}, unsigned_zone},
      {{"guide-island", "signed, the DS not uploaded yet", Verdict::insecure, "delegation-insecure",
        "island-of-security", "child"},
       island},
      {{"guide-secure", "signed, both DS uploaded", Verdict::secure, "", "ds-for-key-without-sep", ""}, signed_zone},
      {{"guide-misspelt-key", "KSK made for the misspelt name: ldns-signzone refuses, the zone stays unsigned",
        Verdict::insecure, "delegation-insecure", "", "child"},
       misspelt},
      {{"guide-misspelt-ds", "the same, and the misspelt key's DS uploaded", Verdict::bogus, "zone-not-signed", "",
        "registrar"},
       misspelt_ds_uploaded},
      {{"guide-misspelt-renamed", "the same, and signed after the name was put right in the key file", Verdict::bogus,
        "ds-digest-mismatch", "", "registrar"},
       misspelt_renamed},
      {{"guide-misspelt-left-out", "signed with the ZSK alone, its DS uploaded", Verdict::secure, "",
        "ds-for-key-without-sep", ""},
       misspelt_left_out},
      {{"guide-changed", "a record changed without signing again", Verdict::bogus, "signature-incorrect", "", "child"},
       changed_without_signing},
      {{"guide-expired", "all signatures over", Verdict::bogus, "zone-signatures-expired", "", "child"}, expired},
      {{"guide-removed-key", "new keys, the DS of the old ones", Verdict::bogus, "ds-matches-no-key", "", "registrar"},
       keys_replaced},
  };
  return all;
}

ZoneRecipe guide_leaf(Recipe by_hand) {
  ZoneRecipe recipe;
  recipe.name = guide_zone;
  recipe.body = "www A 192.0.2.80\nwww AAAA 2001:db8::80\n@ MX 10 mail\nmail A 192.0.2.25\n@ TXT \"v=spf1 mx -all\"\n";
  recipe.by_hand = by_hand;
  recipe.ttl = "3600";
  return recipe;
}

ZoneRecipe zone_above(const std::string& name, const std::string& algorithm, Denial denial) {
  ZoneRecipe recipe;
  recipe.name = name;
  recipe.signing.algorithm = algorithm;
  recipe.signing.denial = denial;
  recipe.ttl = "3600";
  return recipe;
}

}  // namespace

const std::vector<GuideState>& guide_states() {
  static const std::vector<GuideState> all = [] {
    std::vector<GuideState> states;
    for (const auto& row : rows()) states.push_back(row.state);
    return states;
  }();
  return all;
}

World build_guide_world(const std::string& state, Network& network, const path& folder) {
  for (const auto& row : rows()) {
    if (row.state.name != state) continue;
    // As in the real tree: an RSA root with NSEC, and NSEC3 in com.
    return build({zone_above(".", "RSASHA256", Denial::nsec), zone_above("com.", "ECDSAP256SHA256", Denial::nsec3),
                  guide_leaf(row.recipe)},
                 network, folder);
  }
  throw std::runtime_error("no such state of the guide: " + state);
}

std::vector<std::filesystem::path> key_files(const World& world, std::string_view flags) {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(world.folder)) {
    const auto name = entry.path().filename().string();
    if (!name.starts_with("Kyourdomainhere.com.") || entry.path().extension() != ".key") continue;
    if (read_file(entry.path()).find(std::string("DNSKEY\t") + std::string(flags)) != std::string::npos)
      found.push_back(entry.path());
  }
  std::ranges::sort(found, {},
                    [](const std::filesystem::path& file) { return std::filesystem::last_write_time(file); });
  return found;
}

}  // namespace lab
