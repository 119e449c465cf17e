#include <fmt/format.h>

#include <algorithm>

#include "dns/rdata.h"
#include "dns/reply.h"
#include "resolver/asking.h"
#include "resolver/gather.h"
#include "resolver/ladder.h"

namespace resolver {
namespace {

constexpr std::size_t most_levels = 10;  // deeper names (ip6.arpa) learn the signers first (standards.md §8a 2)
constexpr std::size_t most_aliases = 12;
constexpr std::size_t most_sentinels = 4;
constexpr auto made_up_type = dns::RRType{65280};  // private use (RFC 6895 §3.1): no zone has it

// One question and everything on the way to it.
class Burst {
 public:
  Burst(const dns::Target& target, const dns::Evidence& evidence, const Limits& limits)
      : target_(target), seen_(evidence, limits) {}

  std::vector<dns::Ask> run() {
    if (target_.effort == dns::Effort::full) own_conclusions();
    std::vector<dns::Name> chased;
    dns::Name name = target_.name;
    while (chased.size() < most_aliases && std::ranges::find(chased, name) == chased.end()) {
      chased.push_back(name);
      const dns::Message* message = burst(name);
      const auto next = message == nullptr ? std::nullopt : dns::alias_target(*message, name, target_.type);
      if (message != nullptr && !next && target_.effort == dns::Effort::full) made_up(name, *message);
      if (!next) break;
      name = *next;
    }
    return std::move(asks_);
  }

 private:
  // Everything for all ancestors at once, so that one round trip is enough. Returns: the reply to the question itself.
  const dns::Message* burst(const dns::Name& name) {
    const dns::Name start = anchor_above(name);
    const dns::Message* message = put(name, target_.type);
    put(start, dns::RRType::dnskey);
    const std::size_t depth = target_.type == dns::RRType::ds ? name.parent().labels() : name.labels();
    std::size_t to = depth;
    if (depth > start.labels() + most_levels) {
      if (message == nullptr) return message;
      to = deepest_apex(*message, name).value_or(depth);
    }
    for (std::size_t labels = start.labels() + 1; labels <= std::min(to, depth); ++labels) {
      put(name.ancestor(labels), dns::RRType::ds);
      put(name.ancestor(labels), dns::RRType::dnskey);
    }
    return message;
  }

  // What each resolver itself makes of the question, and whether it validates at all: CD clear (RFC 4035 §3.2.2). All
  // its words are gathered, errors too.
  void own_conclusions() {
    const dns::Name start = anchor_above(target_.name);
    for (const dns::NamedServer& server : target_.servers) {
      conclude(server.address, target_.name, target_.type);
      conclude(server.address, start, dns::RRType::dnskey);
      for (const dns::KeyTag tag : entry_tags(start)) {
        for (const std::string_view word : {"is", "not"}) {
          const auto name = dns::Name{}.prepend(fmt::format("root-key-sentinel-{}-ta-{:05}", word, tag));
          if (name) conclude(server.address, *name, dns::RRType::a);
        }
      }
    }
  }

  void conclude(const dns::Address& server, const dns::Name& name, dns::RRType type) {
    dns::Ask ask = ask_to(target_, server, name, type);
    ask.manner.recursion = dns::Manner::Recursion::desired;
    ask.manner.checking_disabled = false;
    const Rungs rungs = climb(ask, seen_);
    asks_.insert(asks_.end(), rungs.open.begin(), rungs.open.end());
  }

  // The root's entry keys, whose sentinels tell a resolver's anchors (RFC 8509 §2).
  std::vector<dns::KeyTag> entry_tags(const dns::Name& start) {
    std::vector<dns::KeyTag> tags;
    const dns::Message* message = start.is_root() ? put(start, dns::RRType::dnskey) : nullptr;
    if (message == nullptr) return tags;
    for (const dns::Record& record : message->answer) {
      if (record.type != dns::RRType::dnskey || !record.owner.is_root()) continue;
      const auto key = dns::read_dnskey(record.rdata);
      if (key && key->is_zone_key() && key->is_sep() && !key->is_revoked() && tags.size() < most_sentinels)
        tags.push_back(key->tag());
    }
    return tags;
  }

  // A name and a type that surely do not exist, in the zone that spoke: is denial sound there?
  void made_up(const dns::Name& name, const dns::Message& message) {
    if (target_.made_up.empty()) return;
    const auto depth = deepest_apex(message, name);
    if (!depth) return;
    const dns::Name zone = name.ancestor(*depth);
    if (const auto missing = zone.prepend(target_.made_up)) put(*missing, dns::RRType::a);
    put(zone, made_up_type);
    put(zone, dns::RRType::soa);
  }

  static std::optional<std::size_t> deepest_apex(const dns::Message& message, const dns::Name& name) {
    std::optional<std::size_t> depth;
    for (const dns::Name& apex : dns::claimed_apexes(message))
      if (name.is_at_or_below(apex)) depth = std::max(depth.value_or(0), apex.labels());
    return depth;
  }

  // Where validation begins (the deepest anchor; the root without any). DS is not validated by an anchor at its own
  // name.
  dns::Name anchor_above(const dns::Name& name) const {
    const dns::Name from = target_.type == dns::RRType::ds ? name.parent() : name;
    dns::Name best;
    for (const dns::Name& zone : target_.anchors)
      if (from.is_at_or_below(zone) && zone.labels() >= best.labels()) best = zone;
    return best;
  }

  // Puts a question to the first resolver that is worth it, to the next meanwhile if it is slow. Returns: the reply
  // that settles it.
  const dns::Message* put(const dns::Name& name, dns::RRType type) {
    const dns::Message* refused = nullptr;
    for (const dns::NamedServer& server : target_.servers) {
      dns::Ask ask = ask_to(target_, server.address, name, type);
      ask.manner.recursion = dns::Manner::Recursion::desired;
      const Rungs rungs = climb(ask, seen_);
      asks_.insert(asks_.end(), rungs.open.begin(), rungs.open.end());
      if (rungs.message != nullptr && dns::is_clear(*rungs.message)) return rungs.message;
      if (rungs.message != nullptr) refused = rungs.message;
      if (rungs.message == nullptr && !rungs.given_up && !rungs.slow) return nullptr;
    }
    return refused;
  }

  const dns::Target& target_;
  Seen seen_;
  std::vector<dns::Ask> asks_;
};

}  // namespace

std::vector<dns::Ask> missing_stub(const dns::Target& target, const dns::Evidence& seen, const Limits& limits) {
  auto asks = Burst(target, seen, limits).run();
  for (const dns::NamedServer& server : target.elsewhere) {
    dns::Target other = target;
    other.servers = {server};
    other.effort = dns::Effort::quick;
    std::ranges::move(Burst(other, seen, limits).run(), std::back_inserter(asks));
  }
  return asks;
}

}  // namespace resolver
