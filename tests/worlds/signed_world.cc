#include "tests/worlds/signed_world.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "dns/canonical.h"
#include "dns/text.h"
#include "tests/worlds/signed_world_keys.h"

namespace signed_world {
namespace {

using dns::Bytes;

dns::Address server(std::uint8_t number) {
  return {.family = dns::Address::Family::ipv4, .octets = {192, 0, 2, number}, .port = 53};
}

dns::Message message_of(const Name& owner, RRType type, Records answer, Records authority, dns::Rcode rcode) {
  dns::Message message;
  message.qr = message.rd = message.ra = message.cd = true;
  message.rcode = rcode;
  message.questions = {{owner, type, dns::RRClass::in}};
  message.answer = std::move(answer);
  message.authority = std::move(authority);
  message.edns = dns::Edns{1232, 0, dns::Edns::do_flag, {}};
  return message;
}

}  // namespace

Record rrsig_record(const dns::RRset& set, const Zone& zone, const Stamp& stamp, dns::Time now) {
  const Key& key = zone.keys.at(stamp.key);
  const dns::Time begins = now - std::chrono::days{1}, ends = now + std::chrono::days{14};
  dns::Rrsig rrsig{set.type,
                   stamp.algorithm.value_or(key.dnskey.algorithm),
                   stamp.labels.value_or(static_cast<std::uint8_t>(dns::rrsig_labels(set.owner))),
                   stamp.original_ttl.value_or(set.ttl),
                   stamp.expiration.value_or(dns::timestamp(ends)),
                   stamp.inception.value_or(dns::timestamp(begins)),
                   stamp.tag.value_or(key.dnskey.tag()),
                   stamp.signer.value_or(zone.name),
                   {}};
  rrsig.signature = sign_octets(key, octets_to_sign(rrsig, set));
  if (stamp.octets == Stamp::Octets::broken) rrsig.signature.back() ^= 1;
  return {set.owner, RRType::rrsig, set.rrclass, stamp.ttl.value_or(set.ttl), dns::write(rrsig), {}};
}

Name name(std::string_view text) { return Name::parse(text).value(); }

Records operator+(Records left, const Records& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

Record Zone::ds(dns::Digest type, std::size_t key) const {
  const dns::Dnskey& named = keys.at(key).dnskey;
  validator::Verifier verifier;
  const dns::Ds made{named.tag(), named.algorithm, type, verifier.digest(type, dns::ds_input(name, named)).value()};
  return {name, RRType::ds, dns::RRClass::in, 3600, dns::write(made), {}};
}

Records Zone::key_set(dns::Ttl ttl) const {
  Records set;
  for (const Key& key : keys) set.push_back({name, RRType::dnskey, dns::RRClass::in, ttl, dns::write(key.dnskey), {}});
  return set;
}

World::World(dns::Time at) : now(at) {
  const auto root = add(".");
  add("test.");
  add("z.test.");
  anchors.source = "the test";
  anchors.anchors.push_back({name("."), dns::read_ds(root.ds().rdata).value(), "the test", "", {}, {}});
}

Zone& World::add(std::string_view zone, dns::Algorithm algorithm) {
  zones_.push_back({name(zone), {make_key(algorithm)}});
  return zones_.back();
}

Zone& World::zone(std::string_view zone) {
  const auto found = std::ranges::find(zones_, name(zone), &Zone::name);
  if (found == zones_.end()) throw std::invalid_argument("no such zone");
  return *found;
}

const Zone& World::zone_of(const Name& owner, RRType type) const {
  const Zone* deepest = nullptr;
  for (const Zone& zone : zones_) {
    const bool above = type == RRType::ds && !owner.is_root() ? owner.is_below(zone.name)  // the parent's
                                                              : owner.is_at_or_below(zone.name);
    if (above && (deepest == nullptr || zone.name.labels() > deepest->name.labels())) deepest = &zone;
  }
  if (deepest == nullptr) throw std::invalid_argument("in no zone");
  return *deepest;
}

Records World::plain(std::string_view lines) { return dns::parse_zone(lines).value(); }

Records World::sign(std::string_view lines, const Stamp& stamp) const { return sign(plain(lines), stamp); }

Records World::sign(const Records& records, const Stamp& stamp) const {
  const auto sets = dns::group(records);
  if (sets.size() != 1) throw std::invalid_argument("one set at a time");
  const dns::RRset& set = sets.front().set;
  const auto named = [&](const Zone& zone) { return stamp.zone && zone.name == *stamp.zone; };
  const auto found = std::ranges::find_if(zones_, named);
  const Zone& zone = found != zones_.end() ? *found : zone_of(set.owner, set.type);
  return records + Records{rrsig_record(set, zone, stamp, now)};
}

Records World::soa(std::string_view zone) const {
  return sign(std::string(zone) + " 300 SOA ns. mail. 1 7200 3600 1209600 300");
}

Records World::nsec3_at(std::string_view zone, std::string_view owner, std::string_view head, std::string_view types,
                        const Stamp& stamp) const {
  const auto param = dns::read_nsec3param(dns::parse_rdata(RRType::nsec3param, head, {}).value()).value();
  const Bytes hash = verifier_->nsec3_hash(name(owner).lowered().wire(), param.salt, param.iterations);
  Bytes next = hash;
  for (std::size_t i = next.size(); i-- > 0;)
    if (++next[i] != 0) break;
  return sign(dns::encode_base32hex(hash) + "." + std::string(zone == "." ? "" : zone) + " 300 NSEC3 " +
                  std::string(head) + " " + dns::encode_base32hex(next) + " " + std::string(types),
              stamp);
}

Records World::nsec3_over(std::string_view zone, std::string_view owner, std::string_view head,
                          const Stamp& stamp) const {
  const auto param = dns::read_nsec3param(dns::parse_rdata(RRType::nsec3param, head, {}).value()).value();
  Bytes before = verifier_->nsec3_hash(name(owner).lowered().wire(), param.salt, param.iterations), after = before;
  for (std::size_t i = after.size(); i-- > 0;)
    if (++after[i] != 0) break;
  for (std::size_t i = before.size(); i-- > 0;)
    if (before[i]-- != 0) break;
  return sign(dns::encode_base32hex(before) + "." + std::string(zone == "." ? "" : zone) + " 300 NSEC3 " +
                  std::string(head) + " " + dns::encode_base32hex(after) + " A RRSIG",
              stamp);
}

void World::reply(std::string_view owner, RRType type, Records answer, Records authority, dns::Rcode rcode) {
  said_.erase({name(owner), type});
  also(owner, type, std::move(answer), std::move(authority), rcode);
}

void World::also(std::string_view owner, RRType type, Records answer, Records authority, dns::Rcode rcode) {
  const Name at = name(owner);
  said_.emplace(Question{at, type}, message_of(at, type, std::move(answer), std::move(authority), rcode));
}

void World::silent(std::string_view owner, RRType type) { silent_.push_back({name(owner), type}); }

void World::complete(std::multimap<Question, dns::Message>& said, const Name& owner) const {
  for (std::size_t labels = 0; labels <= owner.labels(); ++labels) {
    const Name at = owner.ancestor(labels);
    const auto zone = std::ranges::find(zones_, at, &Zone::name);
    if (zone != zones_.end() && !said.contains({at, RRType::dnskey}))
      said.emplace(Question{at, RRType::dnskey},
                   message_of(at, RRType::dnskey, sign(zone->key_set()), {}, dns::Rcode::noerror));
    if (at.is_root() || said.contains({at, RRType::ds})) continue;
    if (zone != zones_.end()) {
      said.emplace(Question{at, RRType::ds},
                   message_of(at, RRType::ds, sign(Records{zone->ds()}), {}, dns::Rcode::noerror));
      continue;
    }
    const auto next = at.prepend(std::string_view("\0", 1));
    const Name& parent = zone_of(at, RRType::ds).name;
    // After a name of 255 octets comes, for want of a longer one, the end of the zone.
    const auto nsec =
        sign(at.print() + " 300 NSEC " + next.value_or(parent).print() + " TXT RRSIG NSEC", {.zone = parent});
    said.emplace(Question{at, RRType::ds}, message_of(at, RRType::ds, {}, nsec, dns::Rcode::noerror));
  }
}

dns::Evidence World::evidence(std::string_view owner, RRType type, dns::Effort effort) const {
  auto said = said_;
  std::set<Name> names{name(owner)};
  for (const auto& [question, message] : said_) names.insert(question.first);
  for (const Name& each : names) complete(said, each);
  dns::Evidence evidence;
  evidence.target.name = name(owner);
  evidence.target.type = type;
  evidence.target.mode = dns::Mode::stub;
  evidence.target.effort = effort;
  evidence.target.anchors = anchors.zones();
  evidence.started = now;
  std::map<Question, std::uint8_t> heard;
  for (const auto& [question, message] : said) {
    if (std::ranges::find(silent_, question) != silent_.end()) continue;
    dns::Exchange exchange;
    exchange.ask = {server(++heard[question]), question.first, question.second, {}};
    exchange.ask.manner.recursion = dns::Manner::Recursion::desired;
    exchange.outcome = dns::reply_of(dns::encode(message));
    evidence.add(std::move(exchange));
  }
  for (std::uint8_t i = 1; i <= 40; ++i) evidence.target.servers.push_back({{}, server(i)});
  return evidence;
}

validator::Chain World::judge(std::string_view owner, RRType type, dns::Effort effort) const {
  return validator::judge(evidence(owner, type, effort), anchors, policy, now, *verifier_);
}

std::string World::verdict(std::string_view owner, RRType type) const { return word(judge(owner, type)); }

bool has(const validator::Chain& chain, std::string_view slug) {
  return std::ranges::any_of(
      chain.findings, [&](const validator::Finding& finding) { return validator::to_text(finding.code) == slug; });
}

std::string word(const validator::Chain& chain) {
  std::string text(validator::to_text(chain.verdict));
  std::set<std::string_view> slugs;
  for (const validator::Finding& finding : chain.findings)
    if (validator::row(finding.code).severity == validator::Severity::error)
      slugs.insert(validator::to_text(finding.code));
  for (const std::string_view slug : slugs) text += " " + std::string(slug);
  return text;
}

}  // namespace signed_world
