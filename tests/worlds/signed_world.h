// Signed worlds in memory: a root, zones below it with real keys, every field of every signature at will, what a
// resolver says to a stub about them, and the judgement of it. It knows nothing of validation; what is right is said by
// the tests.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "validator/analyze.h"

struct evp_pkey_st;

namespace signed_world {

using dns::Name;
using dns::Record;
using dns::RRType;
using Records = std::vector<Record>;

Name name(std::string_view text);
Records operator+(Records left, const Records& right);

struct Key {
  dns::Dnskey dnskey;
  std::shared_ptr<evp_pkey_st> secret;
};
// Fresh for each call. Algorithms 5, 7, 8, 10 (RSA of `bits`), 13, 14, 15, 16.
Key make_key(dns::Algorithm algorithm, std::uint16_t flags = 257, std::size_t bits = 1024);

// What a signature says where that is not the honest thing.
struct Stamp {
  std::optional<std::uint8_t> labels{};
  std::optional<dns::Ttl> original_ttl{}, ttl{};  // ttl: of the RRSIG record
  std::optional<dns::Timestamp> inception{}, expiration{};
  std::optional<Name> signer{};
  std::optional<dns::KeyTag> tag{};
  std::optional<dns::Algorithm> algorithm{};
  std::optional<Name> zone{};  // whose key signs; else the zone that the set belongs to
  std::size_t key = 0;         // which of its keys
  enum class Octets { good, broken } octets = Octets::good;
};

struct Zone {
  Name name;
  std::vector<Key> keys;

  Record ds(dns::Digest type = dns::Digest::sha256, std::size_t key = 0) const;  // a good one
  Records key_set(dns::Ttl ttl = 3600) const;
};

class World {
 public:
  // Root, test. and z.test., each with one key of algorithm 13.
  explicit World(dns::Time at = default_now);
  static constexpr dns::Time default_now{std::chrono::seconds{1'795'500'000}};  // November 2026

  Zone& add(std::string_view zone, dns::Algorithm algorithm = dns::Algorithm::ecdsap256sha256);
  Zone& zone(std::string_view zone);

  // One set, in master-file form (names absolute), and its signature.
  Records sign(std::string_view lines, const Stamp& stamp = {}) const;
  Records sign(const Records& records, const Stamp& stamp = {}) const;
  Records soa(std::string_view zone) const;  // signed
  static Records plain(std::string_view lines);
  // NSEC3 of `zone` that matches `owner` and reaches just over it; "1 0 0 -" is `head`.
  Records nsec3_at(std::string_view zone, std::string_view owner, std::string_view head, std::string_view types,
                   const Stamp& stamp = {}) const;
  // … that covers `owner` and nothing near it.
  Records nsec3_over(std::string_view zone, std::string_view owner, std::string_view head,
                     const Stamp& stamp = {}) const;

  // What the resolver says to a question; the last word counts. More words than one: `also`.
  void reply(std::string_view owner, RRType type, Records answer, Records authority = {},
             dns::Rcode rcode = dns::Rcode::noerror);
  void also(std::string_view owner, RRType type, Records answer, Records authority = {},
            dns::Rcode rcode = dns::Rcode::noerror);  // another server's reply
  void silent(std::string_view owner, RRType type);

  // What was not said is filled in honestly: keys and DS sets of all zones, and "no cut here" for all other names.
  dns::Evidence evidence(std::string_view owner, RRType type, dns::Effort effort = dns::Effort::full) const;
  validator::Chain judge(std::string_view owner, RRType type, dns::Effort effort = dns::Effort::full) const;
  // "secure", or "bogus signature-expired …": the verdict and the slugs of all findings of severity error and above.
  std::string verdict(std::string_view owner, RRType type) const;

  dns::Time now;
  validator::Policy policy;
  trustanchor::Anchors anchors;  // the root's key
  validator::Verifier& verifier() const { return *verifier_; }

 private:
  using Question = std::pair<Name, RRType>;
  const Zone& zone_of(const Name& owner, RRType type) const;
  void complete(std::multimap<Question, dns::Message>& said, const Name& owner) const;

  std::deque<Zone> zones_;
  std::multimap<Question, dns::Message> said_;
  std::vector<Question> silent_;
  std::unique_ptr<validator::Verifier> verifier_ = std::make_unique<validator::Verifier>();
};

// The RRSIG over a set, as `stamp` has it, by a key of `zone`; valid from a day before `now` for 15 days.
Record rrsig_record(const dns::RRset& set, const Zone& zone, const Stamp& stamp, dns::Time now);

// True if a finding of that slug is in the chain.
bool has(const validator::Chain& chain, std::string_view slug);
std::string word(const validator::Chain& chain);

// A DNSKEY of this algorithm with any octets whose tag is `tag`: two of the octets are chosen for it.
dns::Dnskey with_tag(dns::Dnskey key, dns::KeyTag tag, std::size_t even_offset);

}  // namespace signed_world
