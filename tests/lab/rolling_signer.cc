#include "tests/lab/rolling_signer.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <sstream>
#include <stdexcept>

#include "tests/lab/server_config.h"

namespace lab {
namespace {

using std::filesystem::path;

// The data of the DS with SHA-256 among lines of DS records; of this key tag, where one is given.
std::string sha256_ds(const std::string& text, const std::string& of = {}) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const auto at = line.find(" DS ");
    if (at == std::string::npos) continue;
    const auto data = line.substr(at + 4, line.find(" ;") - at - 4);
    std::istringstream words(data);
    std::string tag, algorithm, digest;
    words >> tag >> algorithm >> digest;
    if (digest == "2" && (of.empty() || of == tag)) return data;
  }
  throw std::runtime_error("no DS in: " + text);
}

}  // namespace

RollingSigner::RollingSigner(ZoneSigner kind, const path& folder, std::string zone, Endpoint at, int ttl)
    : kind_(kind), folder_(folder / bare(zone)), zone_(std::move(zone)), at_(std::move(at)), ttl_(ttl) {
  std::filesystem::create_directories(folder_);
  write_zone();
}

void RollingSigner::write_zone() const {
  write_file(folder_ / "zone", fmt::format("$ORIGIN {0}\n$TTL {1}\n@ SOA ns h 1 3600 600 86400 {1}\n@ NS ns\nns A {2}\n"
                                           "www A 192.0.2.1\n",
                                           zone_, ttl_, at_.address));
}

// The safety intervals are for a busy machine: what is asked late is seen late, and a step before that counts as early.
Command RollingSigner::configure_bind() const {
  write_file(folder_ / "named.conf",
             fmt::format(R"(key "k" {{ algorithm hmac-sha256; secret "c2VjcmV0c2VjcmV0"; }};
controls {{ inet {0} port {1} allow {{ any; }} keys {{ "k"; }}; }};
options {{
{2}  key-directory "{3}";
  recursion no;
  dnssec-validation no;
}};
dnssec-policy "quick" {{
  keys {{ ksk lifetime unlimited algorithm ecdsap256sha256; zsk lifetime unlimited algorithm ecdsap256sha256; }};
  dnskey-ttl {4}; max-zone-ttl {4}; parent-ds-ttl {4};
  publish-safety 10; retire-safety 10; purge-keys 0;
  zone-propagation-delay 1; parent-propagation-delay 1;
}};
zone "{5}" {{ type primary; file "zone"; dnssec-policy "quick"; inline-signing yes; }};
)",
                         at_.address, at_.port + 1, bind_options(at_, folder_), folder_.string(), ttl_, bare(zone_)));
  write_file(folder_ / "rndc.conf",
             fmt::format("key \"k\" {{ algorithm hmac-sha256; secret \"c2VjcmV0c2VjcmV0\"; }};\n"
                         "options {{ default-server {0}; default-port {1}; default-key \"k\"; }};\n",
                         at_.address, at_.port + 1));
  return {"named", "-g", "-n", "1", "-c", (folder_ / "named.conf").string()};
}

Command RollingSigner::configure_knot() const {
  write_file(folder_ / "knot.conf", knot_server(at_, folder_) + fmt::format(R"(submission:
  - id: by-hand
policy:
  - id: quick
    algorithm: ecdsap256sha256
    ksk-lifetime: 0
    zsk-lifetime: 0
    dnskey-ttl: {0}
    zone-max-ttl: {0}
    propagation-delay: 10
    ksk-submission: by-hand
    cds-cdnskey-publish: none
zone:
  - domain: {1}
    storage: "{2}"
    file: zone
    zonefile-sync: -1
    zonefile-load: difference-no-serial
    journal-content: all
    dnssec-signing: on
    dnssec-policy: quick
)",
                                                                            ttl_, zone_, folder_.string()));
  return {"knotd", "-c", (folder_ / "knot.conf").string()};
}

Command RollingSigner::configure_powerdns() const {
  write_file(folder_ / "zones.conf",
             fmt::format("zone \"{}\" {{ type master; file \"{}\"; }};\n", bare(zone_), (folder_ / "zone").string()));
  write_file(folder_ / "pdns.conf", powerdns_server(at_, folder_) +
                                        "cache-ttl=0\nquery-cache-ttl=0\nnegquery-cache-ttl=0\n"
                                        "dnssec-key-cache-ttl=0\nzone-metadata-cache-ttl=0\n");
  must({"pdnsutil", "create-bind-db", (folder_ / "dnssec.db").string()});
  tell({"add-zone-key", zone_, "ksk", "active", "ecdsa256"});
  tell({"add-zone-key", zone_, "zsk", "active", "ecdsa256"});
  tell({"rectify-zone", zone_});
  return {"pdns_server", "--config-dir=" + folder_.string()};
}

void RollingSigner::start() {
  switch (kind_) {
    case ZoneSigner::bind: daemon_.emplace(configure_bind(), folder_); break;
    case ZoneSigner::knot: daemon_.emplace(configure_knot(), folder_); break;
    default: daemon_.emplace(configure_powerdns(), folder_); break;
  }
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{30};
  while (std::chrono::steady_clock::now() < until) {
    const auto answer = run({"dig", "@" + at_.address, "-p", std::to_string(at_.port), "www." + zone_, "A", "+dnssec",
                             "+norec", "+time=1", "+tries=1"});
    if (answer.out.find("RRSIG") != std::string::npos) return;
  }
  throw std::runtime_error(zone_ + " is not signed\n" + daemon_->log());
}

Command RollingSigner::command(const Command& words) const {
  Command command;
  switch (kind_) {
    case ZoneSigner::bind: command = {"rndc", "-c", (folder_ / "rndc.conf").string()}; break;
    case ZoneSigner::knot: command = {"knotc", "-b", "-c", (folder_ / "knot.conf").string()}; break;
    default: command = {"pdnsutil", "--config-dir=" + folder_.string()}; break;
  }
  command.insert(command.end(), words.begin(), words.end());
  return command;
}

std::string RollingSigner::ask(const Command& words) const {
  return must(command(words), {.limit = std::chrono::seconds{30}}).out;
}

void RollingSigner::try_to(const Command& words) const {
  static_cast<void>(run(command(words), {.limit = std::chrono::seconds{30}}));
}

void RollingSigner::tell(const Command& words) const { static_cast<void>(ask(words)); }

std::vector<std::string> RollingSigner::ksks() const { return keys(true); }
std::vector<std::string> RollingSigner::zsks() const { return keys(false); }

std::vector<std::string> RollingSigner::keys(bool ksk) const {
  std::vector<std::string> found;
  if (kind_ == ZoneSigner::bind) {
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
      if (entry.path().extension() != ".key") continue;
      const bool is_ksk = read_file(entry.path()).find("DNSKEY 257") != std::string::npos;
      if (is_ksk == ksk) found.push_back(entry.path().stem().string());
    }
    return found;
  }
  std::istringstream lines(kind_ == ZoneSigner::knot
                               ? must({"keymgr", "-c", (folder_ / "knot.conf").string(), zone_, "list"}).out
                               : ask({"list-keys", zone_}));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream stream(line);
    std::vector<std::string> words;
    for (std::string word; stream >> word;) words.push_back(word);
    const auto has = [&](const char* word) { return std::ranges::find(words, word) != words.end(); };
    // Knot: id, tag, role, …; pdnsutil: zone, role, …, tag
    if (has(ksk ? "KSK" : "ZSK")) found.push_back(kind_ == ZoneSigner::knot ? words.at(1) : words.back());
  }
  return found;
}

std::string RollingSigner::ds_of(const std::string& key) const {
  switch (kind_) {
    case ZoneSigner::bind: return sha256_ds(must({"dnssec-dsfromkey", "-2", key + ".key"}, {.folder = folder_}).out);
    case ZoneSigner::knot:
      return sha256_ds(must({"keymgr", "-c", (folder_ / "knot.conf").string(), zone_, "ds", key}).out);
    default: return sha256_ds(ask({"export-zone-ds", zone_}), key);
  }
}

}  // namespace lab
