#include "validator/advice.h"

#include <algorithm>

#include "validator/advice_commands.h"
#include "validator/advice_lines.h"

namespace validator {
namespace {

std::string_view recipe(Remedy remedy, Signer signer);

}  // namespace

Remedy remedy_of(const Chain& chain, const Finding& finding) {
  if (finding.code == Code::delegation_insecure) {
    for (const auto& other : chain.findings) {
      const bool island = other.code == Code::island_of_security || other.code == Code::island_broken;
      if (island && other.zone == finding.zone) return row(other.code).remedy;
    }
  }
  return row(finding.code).remedy;
}

std::vector<std::string> commands(Remedy remedy, Signer signer, Values values) {
  if (remedy != Remedy::fix_ds) return filled(recipe(remedy, signer), values);
  // Replacing a DS begins like uploading one; what is typed where follows in elsewhere().
  return filled(recipe(Remedy::upload_ds, signer), values);
}

std::vector<std::string> elsewhere(Remedy remedy, Values values) {
  for (const auto& errand : errands) {
    if (errand.remedy == remedy) return filled(errand.lines, values);
  }
  return {};
}

std::string_view headline(Remedy remedy) {
  switch (remedy) {
    case Remedy::sign_zone: return "sign the zone";
    case Remedy::re_sign: return "sign the zone again";
    case Remedy::make_ksk: return "make a new key signing key and sign the key set with it";
    case Remedy::make_zsk: return "make a new zone signing key and sign the zone with it";
    case Remedy::roll_key: return "roll the key to a sound one";
    case Remedy::drop_key: return "take the key out of the zone";
    case Remedy::restore_key: return "put the missing key back into the zone";
    case Remedy::upload_ds: return "give the registrar the DS of the zone's key";
    case Remedy::remove_ds: return "have the registrar remove the DS";
    case Remedy::fix_ds: return "give the registrar the DS of a key that is published and signs";
    case Remedy::fix_cds: return "correct the CDS and CDNSKEY records";
    case Remedy::synchronise_servers: return "bring all servers to the same copy of the zone";
    case Remedy::lower_ttl: return "lower the TTL";
    case Remedy::fix_nsec: return "build the denial records (NSEC or NSEC3) anew";
    case Remedy::fix_nsec3_parameters: return "set NSEC3 to zero iterations, no salt, no opt-out";
    case Remedy::fix_server: return "repair or reconfigure the name server";
    case Remedy::fix_records: return "correct the records in the zone";
    case Remedy::fix_delegation: return "correct the name servers and their addresses at the registrar";
    case Remedy::update_anchor: return "bring the trust anchors up to date";
    case Remedy::fix_forwarder: return "flush or repair the resolver, or ask another one";
    case Remedy::set_clock: return "set the clock of this machine";
    case Remedy::wait_until: return "wait";
    case Remedy::contact_parent: return "tell the parent's operator: only the parent can mend it";
    case Remedy::none: return "nothing to mend";
  }
  return "";
}

std::string_view to_text(Signer signer) {
  switch (signer) {
    case Signer::nsd: return "nsd";
    case Signer::bind: return "bind";
    case Signer::knot: return "knot";
    case Signer::powerdns: return "powerdns";
    case Signer::opendnssec: return "opendnssec";
  }
  return "";
}

std::optional<Signer> find_signer(std::string_view word) {
  for (const auto signer : all_signers) {
    if (to_text(signer) == word) return signer;
  }
  return std::nullopt;
}

std::string_view title(Signer signer) {
  switch (signer) {
    case Signer::nsd: return "NSD with ldns";
    case Signer::bind: return "BIND 9.18";
    case Signer::knot: return "Knot DNS 3.2";
    case Signer::powerdns: return "PowerDNS 4.7";
    case Signer::opendnssec: return "OpenDNSSEC 2.1";
  }
  return "";
}

namespace {

constexpr bool is_explanation(std::string_view line) { return line.starts_with('#'); }

std::string_view recipe(Remedy remedy, Signer signer) {
  for (const auto& known : recipes) {
    if (known.remedy == remedy && known.signer == signer) return known.lines;
  }
  return {};
}

// A newline in a value would end the comment that shields the shell from it.
std::string printable(std::string_view text) {
  std::string out{text};
  std::replace_if(
      out.begin(), out.end(), [](char octet) { return static_cast<unsigned char>(octet) < 0x20 || octet == 0x7f; },
      '?');
  return out;
}

constexpr bool literal_in_shell(char octet) {
  return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z') || (octet >= '0' && octet <= '9') ||
         std::string_view{"._-+:/=@%,"}.find(octet) != std::string_view::npos;
}

// Names come from the network: "$(reboot).example" must not run when a command is pasted.
std::string quoted(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), literal_in_shell)) return std::string{text};
  std::string out{"'"};
  for (const char octet : text) {
    if (octet == '\'') {
      out += "'\\''";
    } else {
      out += octet;
    }
  }
  return out + "'";
}

// The signers know a zone by its name without the last dot; OpenDNSSEC and NSD compare it as text.
std::string_view without_last_dot(std::string_view name) {
  if (name.size() > 1 && name.ends_with('.')) name.remove_suffix(1);
  return name;
}

std::vector<Filling> as_words(Values values) {
  std::vector<Filling> words;
  for (const auto& [name, text] : values) {
    const auto shown = printable(name == "zone" ? without_last_dot(text) : std::string_view{text});
    words.emplace_back(name, shown);
  }
  return words;
}

std::vector<Filling> as_arguments(const std::vector<Filling>& words) {
  std::vector<Filling> arguments;
  for (const auto& [name, text] : words) arguments.emplace_back(name, text.empty() ? text : quoted(text));
  return arguments;
}

}  // namespace

std::vector<std::string> filled(std::string_view lines, Values values) {
  const auto words = as_words(values);
  const auto arguments = as_arguments(words);
  std::vector<std::string> out;
  while (!lines.empty()) {
    const auto end = std::min(lines.find('\n'), lines.size());
    const auto line = lines.substr(0, end);
    out.push_back(fill(line, is_explanation(line) ? words : arguments));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return out;
}

}  // namespace validator
