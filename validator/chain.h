// Chain: what the evidence means: zones, nodes, links and findings, and the verdict over them.
// Plain values joined by ids; made by validator/analyze, drawn and printed by report/.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "dns/evidence.h"
#include "dns/record.h"
#include "validator/finding.h"

namespace validator {

using ZoneId = std::uint32_t;  // index into Chain::zones
using NodeId = std::uint32_t;  // index into Chain::nodes
using LinkId = std::uint32_t;  // index into Chain::links

enum class DenialKind : std::uint8_t { unknown, nsec, nsec3, both };

struct Nsec3Parameters {
  std::uint8_t hash = 1;
  std::uint16_t iterations = 0;
  dns::Bytes salt;
  bool opt_out = false;
  friend bool operator==(const Nsec3Parameters&, const Nsec3Parameters&) = default;
};

// A zone on the way, in the order of the walk; the first is the anchor's.
struct Zone {
  dns::Name name{};
  Security security = Security::indeterminate;
  std::optional<ZoneId> parent{};
  DenialKind denial = DenialKind::unknown;
  std::optional<Nsec3Parameters> nsec3{};
  ServerSet servers{};
  bool reached = true;  // false: the chain ended above it
  friend bool operator==(const Zone&, const Zone&) = default;
};

struct Server {
  std::optional<ZoneId> zone;  // none: a resolver
  dns::Name name;              // as the NS set or the hints have it; root: no name known
  dns::Address address;
  std::optional<std::chrono::microseconds> rtt;  // the least heard
  bool answered = false;
  dns::Bytes nsid{};  // RFC 5001, as sent last; empty: none was sent
  friend bool operator==(const Server&, const Server&) = default;
};

struct AnchorNode {
  dns::KeyTag tag = 0;
  dns::Algorithm algorithm{};
  std::optional<dns::Digest> digest_type;  // none: the anchor is a DNSKEY
  std::string source;
  bool used = false;
  friend bool operator==(const AnchorNode&, const AnchorNode&) = default;
};

struct KeyNode {
  dns::Dnskey key;  // key octets empty if the key is not published
  dns::KeyTag tag = 0;
  std::uint32_t bits = 0;
  bool published = true;  // false: only a signature or a DS names it
  bool signs = false;     // made at least one signature that was seen
  friend bool operator==(const KeyNode&, const KeyNode&) = default;
};

// All DS records of one child for one key.
struct DsNode {
  dns::Name owner;
  dns::KeyTag tag = 0;
  dns::Algorithm algorithm{};
  std::vector<dns::Digest> digest_types;
  dns::Ttl ttl = 0;
  bool assumed = false;  // planned, not heard
  friend bool operator==(const DsNode&, const DsNode&) = default;
};

struct RRsetNode {
  dns::RRset set;
  std::optional<dns::Name> wildcard;  // the wildcard it was made from
  bool synthesized = false;           // a CNAME made from a DNAME
  friend bool operator==(const RRsetNode&, const RRsetNode&) = default;
};

struct DenialNode {
  dns::Name name;
  dns::RRType type{};
  Wanted wanted{};
  std::vector<dns::RRset> records;  // NSEC or NSEC3 sets of the proof
  bool opt_out = false;             // rests on an opt-out span
  friend bool operator==(const DenialNode&, const DenialNode&) = default;
};

using NodeBody = std::variant<AnchorNode, KeyNode, DsNode, RRsetNode, DenialNode>;

struct Node {
  ZoneId zone = 0;
  Security security = Security::indeterminate;
  NodeBody body;
  ServerSet servers;  // that showed it
  friend bool operator==(const Node&, const Node&) = default;
};

enum class LinkKind : std::uint8_t { signs, vouches, denies, aliases };

struct Link {
  LinkKind kind{};
  NodeId from = 0, to = 0;
  bool ok = false;
  std::optional<std::size_t> finding;  // why not, if not ok
  // signs only
  dns::RRType covers{};
  std::optional<dns::Rrsig> rrsig;
  dns::Time inception{}, expires{};
  ServerSet servers;
  friend bool operator==(const Link&, const Link&) = default;
};

struct Answer {
  dns::Rcode rcode{};
  Security security = Security::indeterminate;
  std::optional<dns::Ttl> ttl;            // RFC 4035 §5.3.3
  std::vector<NodeId> rrsets;             // nodes of the answer, aliases first
  std::vector<dns::SignedRRset> records;  // the same with signatures, for `resolve`
  friend bool operator==(const Answer&, const Answer&) = default;
};

struct ZoneForecast {
  ZoneId zone = 0;
  dns::Time breaks_at{};
  friend bool operator==(const ZoneForecast&, const ZoneForecast&) = default;
};

// When the same evidence, judged later, comes to another verdict.
struct Forecast {
  std::optional<Security> verdict_next;  // none: nothing expires within 10 years
  dns::Time breaks_at{};
  std::optional<Code> first_code;  // leading cause of the run at breaks_at
  std::optional<NodeId> node;      // whose signature turns it
  std::optional<LinkId> link;
  std::optional<ZoneId> zone;
  std::vector<ZoneForecast> per_zone;
  friend bool operator==(const Forecast&, const Forecast&) = default;
};

struct Stats {
  std::uint64_t queries = 0, signatures_checked = 0;
  int rounds = 0;
  std::chrono::milliseconds elapsed{0};
  std::vector<std::string> budget_spent;
  friend bool operator==(const Stats&, const Stats&) = default;
};

struct Chain {
  dns::Name name;  // the question
  dns::RRType type{};
  dns::Mode mode{};
  dns::Time now{};
  Security verdict = Security::indeterminate;
  Answer answer;
  std::vector<Zone> zones;
  std::vector<Server> servers;
  std::vector<Node> nodes;
  std::vector<Link> links;
  std::vector<Finding> findings;    // in report order: causes first
  std::vector<std::size_t> causes;  // indices into findings: those that lead
  std::optional<Blame> blame;       // of the first cause
  Forecast forecast;
  Stats stats;
  std::string anchors_source;  // "built-in", a file
};

// The worse of two, in the order of cli.md §3: bogus, indeterminate, insecure, secure.
Security worse(Security left, Security right);
// The better of two accounts of one thing: secure beats all, since one good copy carries the chain; bogus comes before
// what is merely unknown. The left one where they are equal.
Security better(Security left, Security right);

}  // namespace validator
