#include "tests/lab/signer.h"

#include <ctime>
#include <sstream>
#include <stdexcept>

#include "tests/lab/process.h"

namespace lab {
namespace {

std::string tool_algorithm(const Signing& signing) {
  if (signing.algorithm != "RSASHA1-NSEC3-SHA1") return signing.algorithm;
  return signing.tool == Tool::ldns ? "RSASHA1-NSEC3-SHA1" : "NSEC3RSASHA1";
}

bool is_rsa(const Signing& signing) { return signing.algorithm.starts_with("RSA"); }

std::string moment(std::chrono::seconds from_now) {
  const std::time_t at = std::time(nullptr) + static_cast<std::time_t>(from_now.count());
  std::tm utc{};
  ::gmtime_r(&at, &utc);
  char text[16];
  std::strftime(text, sizeof text, "%Y%m%d%H%M%S", &utc);
  return text;
}

std::string last_word(const std::string& text) {
  std::istringstream words(text);
  std::string word;
  while (words >> word) {
  }
  return word;
}

Command ldns_command(const Signing& signing, const std::string& zone, const std::string& file) {
  Command command{"ldns-signzone", "-o", zone, "-i", moment(signing.begins), "-e", moment(signing.ends), "-f",
                  file + ".signed"};
  if (signing.denial != Denial::nsec) {
    command.insert(command.end(), {"-n", "-t", std::to_string(signing.iterations)});
    if (signing.salt != "-") command.insert(command.end(), {"-s", signing.salt});
  }
  if (signing.denial == Denial::nsec3_opt_out) command.push_back("-p");
  command.push_back(file);
  return command;
}

Command bind_command(const Signing& signing, const std::string& zone, const std::string& file) {
  // -P: no check afterwards, some worlds are broken on purpose. -x: the DNSKEY set is signed by the KSK alone, as ldns
  // does.
  Command command{"dnssec-signzone",
                  "-q",
                  "-P",
                  "-x",
                  "-o",
                  zone,
                  "-N",
                  "keep",
                  "-O",
                  "full",
                  "-n",
                  "1",
                  "-s",
                  moment(signing.begins),
                  "-e",
                  moment(signing.ends),
                  "-f",
                  file + ".signed"};
  if (signing.denial != Denial::nsec) {
    command.insert(command.end(), {"-3", signing.salt, "-H", std::to_string(signing.iterations)});
  }
  if (signing.denial == Denial::nsec3_opt_out) command.push_back("-A");
  command.push_back(file);
  return command;
}

// dnssec-signzone wants the DNSKEY records in the zone; ldns-signzone adds them itself.
void include_keys(const std::string& file, const std::vector<std::string>& keys, const std::filesystem::path& folder) {
  std::string text = read_file(folder / file);
  for (const auto& key : keys) text += read_file(folder / (key + ".key"));
  write_file(folder / file, text);
}

}  // namespace

KeyPair make_keys(const Signing& signing, const std::string& zone, const std::filesystem::path& folder) {
  return {make_key(signing, zone, Role::entry, folder), make_key(signing, zone, Role::data, folder)};
}

std::string make_key(const Signing& signing, const std::string& zone, Role role, const std::filesystem::path& folder) {
  Command command;
  if (signing.tool == Tool::ldns)
    command = {"ldns-keygen", "-a", tool_algorithm(signing)};
  else if (signing.tool == Tool::bind)
    command = {"dnssec-keygen", "-q", "-a", tool_algorithm(signing)};
  else
    throw std::runtime_error("no tool to make a key with");
  if (is_rsa(signing)) command.insert(command.end(), {"-b", "2048"});
  if (role == Role::entry && signing.tool == Tool::ldns) command.push_back("-k");
  if (role == Role::entry && signing.tool == Tool::bind) command.insert(command.end(), {"-f", "KSK"});
  command.push_back(zone);
  return last_word(must(command, {.folder = folder}).out);
}

ZoneText sign(const Signing& signing, const std::string& zone, const std::string& file,
              const std::vector<std::string>& keys, const std::filesystem::path& folder) {
  if (signing.tool == Tool::bind) include_keys(file, keys, folder);
  Command command = signing.tool == Tool::ldns ? ldns_command(signing, zone, file) : bind_command(signing, zone, file);
  command.insert(command.end(), keys.begin(), keys.end());
  must(command, {.folder = folder});
  return ZoneText::read(folder / (file + ".signed"));
}

std::vector<std::string> ds_of(const Signing& signing, const std::string& key, const std::vector<int>& digests,
                               const std::filesystem::path& folder) {
  std::vector<std::string> all;
  for (const int digest : digests) {
    const auto type = std::to_string(digest);
    const Command command = signing.tool == Tool::bind ? Command{"dnssec-dsfromkey", "-a", type, key + ".key"}
                                                       : Command{"ldns-key2ds", "-n", "-f", "-" + type, key + ".key"};
    const auto out = must(command, {.folder = folder}).out;
    const auto at = out.find("DS");
    if (at == std::string::npos) throw std::runtime_error("no DS from " + command[0]);
    const auto data = out.substr(at + 3);
    all.push_back(data.substr(0, data.find('\n')));
  }
  return all;
}

}  // namespace lab
