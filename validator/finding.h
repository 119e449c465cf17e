// Finding: one occurrence of a catalogue row: at what, seen by which servers, with which particulars.
// Severity, wording, rule and remedy are not here: the catalogue has them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "dns/evidence.h"
#include "dns/rdata.h"
#include "validator/catalogue.h"

namespace validator {

// RFC 4033 §5: these four and no more.
enum class Security : std::uint8_t { secure, insecure, bogus, indeterminate };
std::string_view to_text(Security security);  // "secure" …

// What a proof of non-existence was wanted for.
enum class Wanted : std::uint8_t { nxdomain, nodata, wildcard_answer, no_ds };
std::string_view to_text(Wanted wanted);  // "nxdomain" "nodata" "wildcard-answer" "no-ds"

struct KeyId {
  dns::KeyTag tag = 0;
  dns::Algorithm algorithm{};
  std::uint16_t flags = 0;
  friend auto operator<=>(const KeyId&, const KeyId&) = default;
};

struct DsId {
  dns::KeyTag tag = 0;
  dns::Algorithm algorithm{};
  dns::Digest digest{};
  friend auto operator<=>(const DsId&, const DsId&) = default;
};

// Identity of what a finding is about (findings.md §1); members that its kind does not use keep their defaults.
struct Subject {
  SubjectKind kind{};
  dns::Name name{};  // zone, child, owner, or the server's name
  dns::RRType type{};
  dns::KeyTag tag = 0;
  dns::Algorithm algorithm{};
  std::uint16_t flags = 0;
  dns::Digest digest{};
  dns::Name signer{};
  std::optional<dns::Address> address{};
  dns::Manner::Transport transport = dns::Manner::Transport::udp;
  Wanted wanted{};
  friend bool operator==(const Subject&, const Subject&) = default;
};

using NamedAddresses = std::vector<std::pair<dns::Name, std::optional<dns::Address>>>;
using Serials = std::map<dns::Address, std::uint32_t>;
// A parameter's value; the types of findings.md §1. Words and free text are std::string; tags, algorithms, digests:
// numbers.
using Value = std::variant<std::uint64_t, std::int64_t, std::string, dns::Name, dns::RRType, dns::Time, dns::Address,
                           std::vector<std::uint16_t>, std::vector<dns::RRType>, std::vector<KeyId>, std::vector<DsId>,
                           NamedAddresses, Serials>;
struct Detail {
  std::string_view name;  // a parameter of the row, always a literal
  Value value;
  friend bool operator==(const Detail&, const Detail&) = default;
};

using ServerId = std::uint32_t;           // index into Chain::servers
using ServerSet = std::vector<ServerId>;  // ascending, no repeats

ServerSet merged(const ServerSet& left, const ServerSet& right);

struct Blame {
  dns::Name zone;
  Party party{};
  friend bool operator==(const Blame&, const Blame&) = default;
};

struct Finding {
  Code code{};
  Subject subject;
  std::vector<Detail> details;
  ServerSet servers;
  dns::Name zone;  // the zone of the walk that it belongs to (for `parent-…` rows the parent)
  int depth = 0;   // 1 for the first zone walked, 2 for the next …
  Blame blame;
  std::optional<std::size_t> consequence_of;  // index into Chain::findings; filled by validator/cause

  friend bool operator==(const Finding&, const Finding&) = default;
};

// findings.md §1: 0 for layer 0, 1 for layer 1, else 10·depth + layer.
int cause_rank(const Finding& finding);
const Value* detail(const Finding& finding, std::string_view name);
std::string print(const Value& value);         // for people: "12345, 54321", "2026-11-24T03:11:00Z"
std::string sentence(const Finding& finding);  // the row's sentence with all placeholders filled
std::string print(const Subject& subject);     // for people: "DS 12345 of example.com."

std::string in_words(std::chrono::seconds duration);  // the two largest units, sign dropped: "12 days 4 hours"

// Free text of strangers (EDE) made safe for a terminal: what is no UTF-8, controls, and what turns a line about,
// become "?".
std::string printable(std::string_view text);
std::size_t utf8_length(
    std::string_view text);                    // octets of the first character, 1 to 4; 0: not well-formed, or no text
std::size_t safe_utf8(std::string_view text);  // the same; 0 also for characters that printable() replaces

}  // namespace validator
