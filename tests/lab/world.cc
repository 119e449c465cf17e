#include "tests/lab/world.h"

#include <algorithm>
#include <array>
#include <sstream>
#include <stdexcept>

namespace lab {
namespace {

std::size_t depth(std::string_view zone) {
  return zone == "." ? 0 : static_cast<std::size_t>(std::ranges::count(zone, '.'));
}

std::string place_of(const ZoneRecipe& recipe) {
  if (!recipe.place.empty()) return recipe.place;
  static constexpr std::array<const char*, 3> names{"root", "tld", "leaf"};
  const auto labels = depth(recipe.name);
  return labels < names.size() ? names[labels] : "leaf" + std::to_string(labels);
}

std::string file_name(const std::string& zone) { return zone == "." ? "root.zone" : zone + "zone"; }

bool is_below(std::string_view name, std::string_view zone) {
  if (name == zone) return false;
  return zone == "." || (name.ends_with(zone) && name[name.size() - zone.size() - 1] == '.');
}

std::string ns_name(const std::string& zone, std::size_t number) {
  return "ns" + std::to_string(number) + "." + (zone == "." ? "" : zone);
}

// NS and addresses: the same lines in the zone itself and as delegation and glue in its parent.
std::string name_servers(const ZoneRecipe& recipe, const std::string& address) {
  std::string text;
  auto add = [&](std::size_t number, const std::string& at) {
    text +=
        recipe.name + " NS " + ns_name(recipe.name, number) + "\n" + ns_name(recipe.name, number) + " A " + at + "\n";
  };
  add(1, address);
  for (std::size_t i = 0; i < recipe.dead_servers.size(); ++i) add(i + 2, recipe.dead_servers[i]);
  return text;
}

std::string zone_head(const ZoneRecipe& recipe, const std::string& address) {
  std::string text = "$TTL " + recipe.ttl + "\n$ORIGIN " + recipe.name + "\n";
  text += recipe.name + " SOA " + ns_name(recipe.name, 1) + " hostmaster." + (recipe.name == "." ? "" : recipe.name) +
          " 2026112400 3600 900 1209600 " + recipe.ttl + "\n";
  return text + name_servers(recipe, address);
}

class Builder {
 public:
  Builder(const std::vector<ZoneRecipe>& recipes, Network& network, const std::filesystem::path& folder) {
    for (std::size_t labels = 0; recipes_.size() < recipes.size(); ++labels) {
      std::ranges::copy_if(recipes, std::back_inserter(recipes_),
                           [&](const ZoneRecipe& recipe) { return depth(recipe.name) == labels; });
    }
    world_.folder = folder;
    world_.port = network.port();
    for (const auto& recipe : recipes_) {
      auto& address = world_.addresses[place_of(recipe)];
      if (address.empty()) address = network.take();
      world_.zones.push_back({recipe.name, place_of(recipe), folder / (file_name(recipe.name) + ".served")});
    }
  }

  World build() {
    for (auto recipe = recipes_.rbegin(); recipe != recipes_.rend(); ++recipe) build_zone(*recipe);
    write_hints();
    return world_;
  }

 private:
  // Children first: their DS sets go into the text from which the parent is signed.
  void build_zone(const ZoneRecipe& recipe) {
    const auto& address = world_.addresses.at(place_of(recipe));
    const auto file = file_name(recipe.name);
    write_file(world_.folder / file, zone_head(recipe, address) + recipe.body + "\n" + delegations_[recipe.name]);
    std::vector<std::string> ds;
    if (recipe.by_hand)
      ds = take_over(recipe, file);
    else if (recipe.signing.tool == Tool::none)
      serve_unsigned(recipe, file);
    else
      ds = sign_zone(recipe, file);
    if (recipe.name == ".") return;
    auto& text = delegations_[parent_of(recipe.name)];
    text += name_servers(recipe, address);
    for (const auto& data : ds) text += recipe.name + " DS " + data + "\n";
  }

  std::vector<std::string> take_over(const ZoneRecipe& recipe, const std::string& file) const {
    auto made = recipe.by_hand(world_.folder, file);
    write_file(world_.folder / (file + ".served"), read_file(made.served));
    return made.ds;
  }

  void serve_unsigned(const ZoneRecipe& recipe, const std::string& file) {
    auto text = read_file(world_.folder / file);
    write_file(world_.folder / (file + ".served"), text);
    if (recipe.damage) throw std::runtime_error("damage is for signed zones: " + recipe.name);
  }

  std::vector<std::string> sign_zone(const ZoneRecipe& recipe, const std::string& file) {
    std::vector<std::string> keys = recipe.sign_with;
    if (keys.empty()) {
      const auto made = make_keys(recipe.signing, recipe.name, world_.folder);
      keys = {made.ksk, made.zsk};
    }
    auto zone = sign(recipe.signing, recipe.name, file, keys, world_.folder);
    if (recipe.damage) recipe.damage(zone);
    zone.write(world_.folder / (file + ".served"));
    if (recipe.name == ".") write_anchors(recipe.signing, keys[0]);
    return planned_ds(recipe, keys);
  }

  std::vector<std::string> planned_ds(const ZoneRecipe& recipe, const std::vector<std::string>& keys) const {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const bool wanted =
          recipe.ds.which == DsPlan::Which::every_key || (i == 0 && recipe.ds.which == DsPlan::Which::entry_key);
      if (!wanted) continue;
      for (auto& data : ds_of(recipe.signing, keys[i], recipe.ds.digests, world_.folder))
        all.push_back(std::move(data));
    }
    return recipe.ds.by_hand ? recipe.ds.by_hand(std::move(all)) : all;
  }

  std::string parent_of(const std::string& zone) const {
    std::string parent;
    for (const auto& recipe : recipes_) {
      if (is_below(zone, recipe.name)) parent = recipe.name;  // sorted by depth: the last one is the deepest
    }
    if (parent.empty()) throw std::runtime_error("no zone above " + zone);
    return parent;
  }

  void write_hints() {
    world_.hints = world_.folder / "root.hints";
    write_file(world_.hints, ". 3600 IN NS ns1.\nns1. 3600 IN A " + world_.addresses.at("root") + "\n");
  }

  void write_anchors(const Signing& signing, const std::string& key) {
    std::istringstream words(read_file(world_.folder / (key + ".key")));
    // ". IN DNSKEY 257 3 13 BASE64…", with comment lines above (BIND) or a comment behind (ldns).
    std::string line;
    while (std::getline(words, line) && (line.starts_with(";") || line.find("DNSKEY") == std::string::npos)) {
    }
    line = line.substr(line.find("DNSKEY") + 6);
    line = line.substr(0, line.find(';'));
    std::istringstream data(line);
    std::string flags, protocol, algorithm, base64;
    data >> flags >> protocol >> algorithm;
    for (std::string part; data >> part;) base64 += part;
    const auto numbers = flags + " " + protocol + " " + algorithm;
    world_.key_anchor = world_.folder / "anchor.key";
    write_file(world_.key_anchor, ". 3600 IN DNSKEY " + numbers + " " + base64 + "\n");
    world_.anchors = world_.folder / "anchor.ds";
    write_file(world_.anchors, ". 3600 IN DS " + ds_of(signing, key, {2}, world_.folder).at(0) + "\n");
    world_.bind_anchor = world_.folder / "anchor.bind";
    write_file(world_.bind_anchor, "trust-anchors { \".\" static-key " + numbers + " \"" + base64 + "\"; };\n");
  }

  std::vector<ZoneRecipe> recipes_;
  std::map<std::string, std::string> delegations_;  // zone -> NS, glue and DS of the zones below it
  World world_;
};

}  // namespace

std::string World::address_of(std::string_view zone) const {
  for (const auto& built : zones) {
    if (built.name == zone) return addresses.at(built.place);
  }
  throw std::runtime_error("no such zone: " + std::string(zone));
}

World build(const std::vector<ZoneRecipe>& recipes, Network& network, const std::filesystem::path& folder) {
  return Builder(recipes, network, folder).build();
}

}  // namespace lab
