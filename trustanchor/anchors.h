// Trust anchors as values: where validation may begin, where each anchor came from and when it counts.
// It asks no network and makes no trust: the validator does.
#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "dns/codes.h"
#include "dns/name.h"
#include "dns/rdata.h"
#include "dns/time.h"

namespace trustanchor {

struct Anchor {
  dns::Name zone;
  std::variant<dns::Ds, dns::Dnskey> key;
  std::string source;  // "built-in", a file's path, "command line"
  std::string id;      // RFC 9718 id, or ""
  std::optional<dns::Time> valid_from, valid_until;
  // RFC 5011 §4 as far as a state file says so; static anchors are Valid.
  enum class State : std::uint8_t { start, add_pend, valid, missing, revoked, removed } state = State::valid;
  std::optional<dns::Time> pending_since{};  // of AddPend: when the key was first seen

  dns::KeyTag tag() const;
  dns::Algorithm algorithm() const;
  bool counts_at(dns::Time now) const;  // inside its validity, and Valid or Missing
  friend bool operator==(const Anchor&, const Anchor&) = default;
};

// An entry that was left out, and why: becomes `anchor-unusable`.
struct Skipped {
  std::string file;
  enum class Reason : std::uint8_t { syntax, digest, signature, validity, unsupported } reason{};
  std::string text;  // for people, with line where there is one
  dns::Name zone;
  dns::KeyTag tag = 0;
  friend bool operator==(const Skipped&, const Skipped&) = default;
};

struct Anchors {
  std::vector<Anchor> anchors;
  std::string source;  // of the set that decides
  std::vector<Skipped> skipped;
  std::vector<std::string> notices;  // differences to the other sources, for `anchors list`

  // The deepest zone at or above `name` that has an anchor counting at `now`; for DS questions the caller passes the
  // parent.
  std::optional<dns::Name> closest_zone(const dns::Name& name, dns::Time now) const;
  std::vector<Anchor> of(const dns::Name& zone, dns::Time now) const;
  std::vector<dns::Name> zones() const;
};

// The root's keys, with the day of the table's last review (anchors.md §1).
Anchors built_in();
std::string_view tables_date();  // "2026-11-24"

// SHA-2 comes in from outside (design.md §2): nullopt for digest types it has not.
using DigestFunction = std::function<std::optional<dns::Bytes>(dns::Digest, dns::View)>;

// Reads one file's text in any format of anchors.md §2, recognised by content; of a signature (6) it knows nothing.
// Error: one line for people, with file and line. Never half-read.
std::expected<Anchors, std::string> read_anchors(std::string_view text, std::string_view file, dns::Time now,
                                                 const DigestFunction& digest);
// One record as after --anchor: ". DS 20326 8 2 HEX" or a DNSKEY.
std::expected<Anchor, std::string> parse_anchor(std::string_view text);

// Where to look (anchors.md §3): explicit files and records, else $TRUSTWALK_ANCHORS, else /usr/share/dns/root.key,
// else built in.
struct Sources {
  std::vector<std::string> files;    // -k, -a, --anchors
  std::vector<std::string> records;  // --anchor
  std::string environment;           // $TRUSTWALK_ANCHORS, colon-separated; "" = not set
  // Of a root-anchors.xml: the files with the certificates that its root-anchors.p7s has to end at, and its signer's
  // address. A signature beside the file has to hold; where an authority is given, one has to be there.
  std::vector<std::string> authorities;
  std::string signer = "dnssec@iana.org";
  std::string system_file = "/usr/share/dns/root.key";
};
// Opens files. Error: one line for people; an explicit source that is missing, unreadable, empty or malformed is an
// error.
std::expected<Anchors, std::string> find_anchors(const Sources& sources, dns::Time now, const DigestFunction& digest);

}  // namespace trustanchor
