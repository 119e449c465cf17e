#include "tests/lab/live_signer.h"

#include <fmt/format.h>

#include <array>
#include <sstream>
#include <stdexcept>

#include "tests/lab/server_config.h"
#include "tests/lab/signer.h"

namespace lab {
namespace {

using std::filesystem::path;

constexpr std::chrono::seconds start_limit{30};

bool is_nsec3(ZoneDenial denial) { return denial != ZoneDenial::nsec; }

// What each program calls an algorithm, and the size of its keys where there is a choice.
struct Spelling {
  std::string_view algorithm, bind, knot, powerdns, bits;
};
constexpr std::array<Spelling, 8> spellings{{
    {"RSASHA1", "rsasha1", "rsasha1", "rsasha1", "2048"},
    {"RSASHA1-NSEC3-SHA1", "nsec3rsasha1", "7", "rsasha1-nsec3-sha1", "2048"},
    {"RSASHA256", "rsasha256", "rsasha256", "rsasha256", "2048"},
    {"RSASHA512", "rsasha512", "rsasha512", "rsasha512", "2048"},
    {"ECDSAP256SHA256", "ecdsap256sha256", "ecdsap256sha256", "ecdsa256", ""},
    {"ECDSAP384SHA384", "ecdsap384sha384", "ecdsap384sha384", "ecdsa384", ""},
    {"ED25519", "ed25519", "ed25519", "ed25519", ""},
    {"ED448", "ed448", "ed448", "ed448", ""},
}};

const Spelling& spelling_of(std::string_view algorithm) {
  for (const auto& spelling : spellings) {
    if (spelling.algorithm == algorithm) return spelling;
  }
  throw std::invalid_argument("no such algorithm");
}

// RFC 9276 §3.1: no iterations, no salt.
std::string policy_of(const SignedZone& zone) {
  const auto& spelling = spelling_of(zone.algorithm);
  const auto* opt_out = zone.denial == ZoneDenial::nsec3_opt_out ? "yes" : "no";
  const auto nsec3 = fmt::format("nsec3param iterations 0 optout {} salt-length 0; ", opt_out);
  return fmt::format("dnssec-policy \"{0}\" {{ keys {{ csk lifetime unlimited algorithm {1} {2}; }}; {3}}};\n",
                     bare(zone.name), spelling.bind, spelling.bits, is_nsec3(zone.denial) ? nsec3 : "");
}

std::string last_line(const std::string& text) {
  std::istringstream lines(text);
  std::string last;
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty()) last = line;
  }
  return last;
}

// "z.lab. [IN] DS DATA ; comment" -> DATA of the line whose digest is SHA-256.
std::string ds_data(const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const auto at = line.find(" DS ");
    if (at == std::string::npos) continue;
    const auto data = line.substr(at + 4, line.find(" ;") - at - 4);
    std::istringstream words(data);
    std::string tag, algorithm, digest;
    words >> tag >> algorithm >> digest;
    if (digest == "2") return data;
  }
  throw std::runtime_error("no DS in: " + text);
}

Command pdnsutil(const path& folder, std::vector<std::string> words) {
  Command command{"pdnsutil", "--config-dir=" + folder.string()};
  command.insert(command.end(), words.begin(), words.end());
  return command;
}

// Returns: whether the zone, as transferred, is wholly signed. -z: one key does both, as all keys here.
bool is_signed(const SignedZone& zone, const Endpoint& at, const path& folder) {
  const auto transfer = run(
      {"dig", "@" + at.address, "-p", std::to_string(at.port), zone.name, "AXFR", "+onesoa", "+time=2", "+tries=1"});
  if (transfer.out.find("RRSIG") == std::string::npos) return false;
  const auto wanted = is_nsec3(zone.denial) ? "NSEC3PARAM" : "NSEC\t";
  if (transfer.out.find(wanted) == std::string::npos) return false;
  const auto file = folder / (zone.name + "transferred");
  write_file(file, transfer.out);
  return run({"dnssec-verify", "-q", "-z", "-o", zone.name, file}).status == 0;
}

}  // namespace

bool is_live(ZoneSigner kind) { return kind != ZoneSigner::ldns && kind != ZoneSigner::bind_tools; }

std::vector<std::string> programs_of(ZoneSigner kind) {
  switch (kind) {
    case ZoneSigner::ldns: return {"ldns-keygen", "ldns-signzone", "ldns-key2ds"};
    case ZoneSigner::bind_tools: return {"dnssec-keygen", "dnssec-signzone", "dnssec-dsfromkey"};
    case ZoneSigner::bind: return {"named", "dnssec-keygen", "dnssec-dsfromkey", "dnssec-verify", "dig"};
    case ZoneSigner::knot: return {"knotd", "keymgr", "dnssec-verify", "dig"};
    case ZoneSigner::powerdns: return {"pdns_server", "pdnsutil"};
  }
  return {};
}

bool can(ZoneSigner kind, std::string_view algorithm, ZoneDenial denial) {
  if (denial == ZoneDenial::nsec3_narrow && kind != ZoneSigner::powerdns) return false;
  return algorithm != "RSASHA1" || !is_nsec3(denial);
}

SigningServer::SigningServer(ZoneSigner kind, path folder) : kind_(kind), folder_(std::move(folder)) {
  std::filesystem::create_directories(folder_);
  if (kind_ == ZoneSigner::powerdns) must({"pdnsutil", "create-bind-db", (folder_ / "dnssec.db").string()});
}

HandMade SigningServer::adopt(const SignedZone& zone, const path& file) {
  const auto own = folder_ / file.filename();  // the server writes beside it
  std::filesystem::copy_file(file, own);
  zones_.push_back({zone, own});
  switch (kind_) {
    case ZoneSigner::bind: return {own, {adopt_bind(zone)}};
    case ZoneSigner::knot: return {own, {adopt_knot(zone)}};
    case ZoneSigner::powerdns: return {own, {adopt_powerdns(zone)}};
    case ZoneSigner::ldns:
    case ZoneSigner::bind_tools: break;
  }
  throw std::logic_error("no server");
}

std::string SigningServer::adopt_bind(const SignedZone& zone) {
  write_file(folder_ / "one-policy", policy_of(zone));
  const auto made =
      must({"dnssec-keygen", "-q", "-k", bare(zone.name), "-l", "one-policy", zone.name}, {.folder = folder_});
  return ds_data(must({"dnssec-dsfromkey", "-2", last_line(made.out) + ".key"}, {.folder = folder_}).out);
}

std::string SigningServer::adopt_knot(const SignedZone& zone) {
  const auto& spelling = spelling_of(zone.algorithm);
  Command make{"keymgr",  "-D",     folder_, zone.name, "generate", "algorithm=" + std::string(spelling.knot),
               "ksk=yes", "zsk=yes"};
  if (!spelling.bits.empty()) make.push_back("size=" + std::string(spelling.bits));
  must(make);
  return ds_data(must({"keymgr", "-D", folder_, zone.name, "ds"}).out);
}

std::string SigningServer::adopt_powerdns(const SignedZone& zone) {
  const auto& spelling = spelling_of(zone.algorithm);
  static_cast<void>(configure_powerdns({"127.0.0.1", 53}));  // pdnsutil wants to know the zone, not the address
  std::vector<std::string> words{"add-zone-key", zone.name, "ksk"};
  if (!spelling.bits.empty()) words.emplace_back(spelling.bits);
  words.insert(words.end(), {"active", std::string(spelling.powerdns)});
  must(pdnsutil(folder_, words));
  if (is_nsec3(zone.denial)) {
    words = {"set-nsec3", zone.name, zone.denial == ZoneDenial::nsec3_opt_out ? "1 1 0 -" : "1 0 0 -"};
    if (zone.denial == ZoneDenial::nsec3_narrow) words.emplace_back("narrow");
    must(pdnsutil(folder_, words));
  }
  return ds_data(must(pdnsutil(folder_, {"export-zone-ds", zone.name})).out);
}

Command SigningServer::configure(const Endpoint& at) const {
  switch (kind_) {
    case ZoneSigner::bind: return configure_bind(at);
    case ZoneSigner::knot: return configure_knot(at);
    case ZoneSigner::powerdns: return configure_powerdns(at);
    case ZoneSigner::ldns:
    case ZoneSigner::bind_tools: break;
  }
  throw std::logic_error("no server");
}

Command SigningServer::configure_bind(const Endpoint& at) const {
  std::string text = fmt::format(
      "controls {{ }};\noptions {{\n{}  recursion no;\n  dnssec-validation no;\n  allow-transfer {{ any; }};\n}};\n",
      bind_options(at, folder_));
  for (const auto& [zone, file] : zones_) {
    text += policy_of(zone);
    text += fmt::format("zone \"{0}\" {{ type primary; file \"{1}\"; dnssec-policy \"{0}\"; inline-signing yes; }};\n",
                        bare(zone.name), file.string());
  }
  write_file(folder_ / "named.conf", text);
  return {"named", "-g", "-n", "1", "-c", (folder_ / "named.conf").string()};
}

Command SigningServer::configure_knot(const Endpoint& at) const {
  std::string text = knot_server(at, folder_) + fmt::format(R"(  kasp-db: "{0}"
policy:
  - id: nsec
    manual: on
    single-type-signing: on
  - id: nsec3
    manual: on
    single-type-signing: on
    nsec3: on
    nsec3-iterations: 0
    nsec3-salt-length: 0
  - id: opt-out
    manual: on
    single-type-signing: on
    nsec3: on
    nsec3-iterations: 0
    nsec3-salt-length: 0
    nsec3-opt-out: on
acl:
  - id: anyone
    action: transfer
template:
  - id: default
    storage: "{0}"
    semantic-checks: off
    journal-content: all
    zonefile-sync: -1
    zonefile-load: difference-no-serial
    acl: anyone
zone:
)",
                                                            folder_.string());
  for (const auto& [zone, file] : zones_) {
    const auto* policy = !is_nsec3(zone.denial) ? "nsec" : zone.denial == ZoneDenial::nsec3 ? "nsec3" : "opt-out";
    text += fmt::format("  - domain: {}\n    file: \"{}\"\n    dnssec-signing: on\n    dnssec-policy: {}\n", zone.name,
                        file.string(), policy);
  }
  write_file(folder_ / "knot.conf", text);
  return {"knotd", "-c", (folder_ / "knot.conf").string()};
}

Command SigningServer::configure_powerdns(const Endpoint& at) const {
  std::string zones;
  for (const auto& [zone, file] : zones_)
    zones += fmt::format("zone \"{}\" {{ type master; file \"{}\"; }};\n", bare(zone.name), file.string());
  write_file(folder_ / "zones.conf", zones);
  write_file(folder_ / "pdns.conf", powerdns_server(at, folder_) + "dname-processing=yes\n");
  return {"pdns_server", "--config-dir=" + folder_.string()};
}

void SigningServer::start(const Endpoint& at) {
  const auto command = configure(at);
  if (kind_ == ZoneSigner::powerdns) must(pdnsutil(folder_, {"rectify-all-zones"}), {.limit = start_limit});
  daemon_.emplace(command, folder_);
  for (const auto& one : zones_) await(one, at);
}

void SigningServer::await(const Adopted& one, const Endpoint& at) const {
  const auto until = std::chrono::steady_clock::now() + start_limit;
  bool ready = answers(at, one.zone.name, Wanted::authority, start_limit);
  // What PowerDNS signs cannot be transferred as it is served (narrow), and is never unfinished.
  if (ready && kind_ != ZoneSigner::powerdns) {
    while (!(ready = is_signed(one.zone, at, folder_)) && std::chrono::steady_clock::now() < until) {
    }
  }
  if (!ready) throw std::runtime_error(one.zone.name + " is not signed\n" + daemon_->log());
}

}  // namespace lab
