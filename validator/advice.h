#pragma once
// What to do about a finding: one headline per kind of remedy, and the commands of each signer.
// It runs no command.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "validator/catalogue.h"
#include "validator/chain.h"
#include "validator/sentence.h"

namespace validator {

enum class Signer : std::uint8_t { nsd, bind, knot, powerdns, opendnssec };

inline constexpr std::array all_signers{Signer::nsd, Signer::bind, Signer::knot, Signer::powerdns, Signer::opendnssec};

// The words of --signer: "nsd", "bind", "knot", "powerdns", "opendnssec".
std::string_view to_text(Signer signer);
std::optional<Signer> find_signer(std::string_view word);

// For people: "NSD with ldns", "BIND 9.18", …: the versions whose manuals the commands were checked against.
std::string_view title(Signer signer);

// Returns: the remedy of the finding's row, or a nearer one where the rest of the chain knows better: a zone without DS
// that is signed already needs its DS handed up, not signing (RFC 4035 §5.1, "island").
Remedy remedy_of(const Chain& chain, const Finding& finding);

// Returns: the remedy in a few words, without full stop: "sign the zone again".
std::string_view headline(Remedy remedy);

// Returns: what to do at the signer, in order. A line is a shell command, or an explanation that begins with "# " (a
// setting, a line of the zone file, a step by hand), so that the whole can be pasted. Empty where nothing is to be done
// at the signer.
//
// Placeholders filled from `values`, the others stay as {name}: zone, file (zone file), ksk zsk key (base names of key
// files), keys (key directory), tag, id (PowerDNS key id), alg dtype digest (fields of the DS), ds (all four fields),
// ns, server (an address), end (YYYYMMDD), wait (seconds, the old TTL), until (a time), text. A value that a shell
// would not take literally is quoted: names come from the network.
std::vector<std::string> commands(Remedy remedy, Signer signer, Values values);

// Returns: what to do elsewhere than at the signer (registrar, resolver, this machine, the parent), lines as above.
// Empty where everything is done at the signer.
std::vector<std::string> elsewhere(Remedy remedy, Values values);

}  // namespace validator
