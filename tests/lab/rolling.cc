#include "tests/lab/rolling.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ranges>
#include <stdexcept>

#include "tests/lab/server_config.h"

namespace lab {
namespace {

using std::filesystem::path;

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

// The data of the one DNSKEY record of a key file.
std::string dnskey_of(const path& folder, const std::string& key) {
  const auto text = read_file(folder / (key + ".key"));
  const auto at = text.find("DNSKEY");
  return first_line(text.substr(at, text.find(';', at) - at));
}

}  // namespace

std::string tag_of(const std::string& key) { return std::to_string(std::stoi(key.substr(key.rfind('+') + 1))); }

void RollingServer::add(const std::string& zone, const std::string& address) { zones_[zone] = address; }

void RollingServer::start() {
  std::vector<std::string> addresses;
  for (const auto& [zone, address] : zones_) addresses.push_back(address);
  std::ranges::sort(addresses);
  const auto repeats = std::ranges::unique(addresses);
  addresses.erase(repeats.begin(), repeats.end());
  std::string text = nsd_server({addresses.front(), port_}, folder_) + "  zonefiles-check: yes\n";
  for (const auto& address : addresses | std::views::drop(1)) text += fmt::format("  ip-address: {}\n", address);
  text +=
      fmt::format("remote-control:\n  control-enable: yes\n  control-interface: \"{}/control\"\n", folder_.string());
  for (const auto& [zone, address] : zones_)
    text += fmt::format("zone:\n  name: \"{}\"\n  zonefile: \"{}signed\"\n", zone, zone);
  write_file(folder_ / "nsd.conf", text);
  daemon_.emplace(Command{"nsd", "-d", "-c", (folder_ / "nsd.conf").string()}, folder_);
  for (const auto& [zone, address] : zones_)
    if (!answers({address, port_}, zone, Wanted::authority, std::chrono::seconds{20}))
      throw std::runtime_error("no answer for " + zone + "\n" + daemon_->log());
}

void RollingServer::load(const std::string& zone, unsigned serial) {
  must({"nsd-control", "-c", (folder_ / "nsd.conf").string(), "reload", zone});
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{20};
  while (std::chrono::steady_clock::now() < until) {
    const auto answer = run({"dig", "@" + zones_.at(zone), "-p", std::to_string(port_), zone, "SOA", "+short", "+norec",
                             "+time=1", "+tries=1"});
    if (answer.out.find(fmt::format(" {} ", serial)) != std::string::npos) return;
  }
  throw std::runtime_error(zone + " is not served anew\n" + daemon_->log());
}

std::string RollingZone::make_key(const std::string& algorithm, bool ksk) const {
  Command command{"ldns-keygen", "-a", algorithm};
  if (ksk) command.emplace_back("-k");
  command.push_back(name_);
  return first_line(must(command, {.folder = server_->folder()}).out);
}

std::string RollingZone::ds_of(const std::string& key) const {
  const auto line = must({"ldns-key2ds", "-n", "-f", "-2", key + ".key"}, {.folder = server_->folder()}).out;
  return first_line(line.substr(line.find("DS\t") + 3));
}

void RollingZone::write(const RollingKeys& keys) {
  const auto file = server_->folder() / (name_ + "zone");
  std::string text =
      fmt::format("$ORIGIN {0}\n$TTL {1}\n@ SOA ns h {2} 3600 600 86400 {1}\n@ NS ns\nns A {3}\nwww A 192.0.2.1\n",
                  name_, ttl_, ++serial_, address_);
  for (const auto& key : keys.published)
    text += fmt::format("{} {} IN {}\n", name_, ttl_, dnskey_of(server_->folder(), key));
  write_file(file, text);
  if (keys.signing.empty()) return write_file(server_->file_of(name_), text);
  // -d: no DNSKEY but those of the file, so that a key can sign before it is published and after.
  Command command{"ldns-signzone", "-d", "-f", server_->file_of(name_).string(), file.string()};
  command.insert(command.end(), keys.signing.begin(), keys.signing.end());
  must(command, {.folder = server_->folder()});
}

void RollingZone::publish(const RollingKeys& keys) {
  write(keys);
  server_->load(name_, serial_);
}

RollingRoot::RollingRoot(Network& network, const path& folder, int ttl)
    : server_(folder / "root", network.port()), address_(network.take()), ttl_(ttl) {
  std::filesystem::create_directories(folder / "root");
  const auto make = [&](bool ksk) {
    Command command{"ldns-keygen", "-a", "ECDSAP256SHA256"};
    if (ksk) command.emplace_back("-k");
    command.emplace_back(".");
    return first_line(must(command, {.folder = folder / "root"}).out);
  };
  ksk_ = make(true), zsk_ = make(false);
  world_.folder = folder;
  world_.port = network.port();
  world_.addresses["root"] = address_;
  world_.zones = {{".", "root", server_.file_of(".")}};
  world_.hints = folder / "hints";
  write_file(world_.hints, fmt::format(". 3600 NS ns.\nns. 3600 A {}\n", address_));
  world_.anchors = world_.key_anchor = folder / "anchor";
  write_file(world_.anchors, fmt::format(". 3600 IN {}\n", dnskey_of(folder / "root", ksk_)));
  server_.add(".", address_);
}

void RollingRoot::delegate(const std::string& zone, const std::string& address, std::vector<std::string> ds) {
  children_[zone] = {address, std::move(ds)};
  world_.addresses[zone] = address;
  world_.zones.push_back({zone, zone, {}});
}

void RollingRoot::start() {
  write();
  server_.start();
}

void RollingRoot::set_ds(const std::string& zone, std::vector<std::string> ds) {
  children_.at(zone).ds = std::move(ds);
  write();
  server_.load(".", serial_);
}

void RollingRoot::write() {
  std::string text = fmt::format("$ORIGIN .\n$TTL {0}\n. SOA ns. h. {1} 3600 600 86400 {0}\n. NS ns.\nns. A {2}\n",
                                 ttl_, ++serial_, address_);
  for (const auto& [zone, child] : children_) {
    text += fmt::format("{0} NS ns.{0}\nns.{0} A {1}\n", zone, child.address);
    for (const auto& ds : child.ds) text += fmt::format("{} DS {}\n", zone, ds);
  }
  const auto file = server_.folder() / "root.zone";
  write_file(file, text);
  must({"ldns-signzone", "-o", ".", "-f", server_.file_of(".").string(), file.string(), zsk_, ksk_},
       {.folder = server_.folder()});
}

}  // namespace lab
