#include "validator/facts.h"

#include <algorithm>

#include "validator/forwarder.h"

namespace validator {
namespace {

// How good one exchange is as a server's word on a question; higher is better, 0: no message at all.
int quality(const dns::Exchange& exchange) {
  const dns::Message* message = exchange.message();
  if (message == nullptr) return 0;
  const bool clear = message->rcode == dns::Rcode::noerror || message->rcode == dns::Rcode::nxdomain ||
                     message->rcode == dns::Rcode::yxdomain;
  const bool with_dnssec = exchange.ask.manner.extension == dns::Manner::Extension::edns_do;
  // The audit's trials, and a resolver's own conclusion, stand in for the plain question only where that failed.
  const bool plain = exchange.ask.manner.options.empty() && exchange.ask.manner.checking_disabled;
  return 1 + (clear ? 16 : 0) + (message->tc ? 0 : 8) + (with_dnssec ? 4 : 0) + (plain ? 2 : 0);
}

// Other resolvers' words are there for comparison, and a sentinel's failure is its answer (RFC 8509 §2): neither is a
// fact about the zone.
bool is_beside(const dns::Target& target, const dns::Ask& ask) {
  if (target.mode != dns::Mode::stub) return false;
  const auto is_it = [&](const dns::NamedServer& server) { return server.address == ask.server; };
  if (std::ranges::any_of(target.elsewhere, is_it) && std::ranges::none_of(target.servers, is_it)) return true;
  return sentinel_tag(ask, "root-key-sentinel-is-ta-") || sentinel_tag(ask, "root-key-sentinel-not-ta-");
}

// Servers rotate the records of a set and count TTLs down: neither is a difference.
bool earlier(const dns::Record* left, const dns::Record* right) {
  if (left->type != right->type) return left->type < right->type;
  if (left->rdata != right->rdata) return left->rdata < right->rdata;
  return left->owner < right->owner;
}

bool same_record(const dns::Record* left, const dns::Record* right) {
  return left->type == right->type && left->rrclass == right->rrclass && left->rdata == right->rdata &&
         left->owner == right->owner;
}

std::vector<const dns::Record*> sorted(const std::vector<dns::Record>& section) {
  std::vector<const dns::Record*> records;
  for (const dns::Record& record : section) records.push_back(&record);
  std::ranges::sort(records, earlier);
  return records;
}

bool same_section(const std::vector<dns::Record>& left, const std::vector<dns::Record>& right) {
  return left.size() == right.size() && std::ranges::equal(sorted(left), sorted(right), same_record);
}

bool same_reply(const dns::Message& left, const dns::Message& right) {
  return left.rcode == right.rcode && left.aa == right.aa && left.tc == right.tc &&
         same_section(left.answer, right.answer) && same_section(left.authority, right.authority);
}

void add(std::vector<Heard>& distinct, const dns::Exchange& exchange) {
  const dns::Message& message = *exchange.message();
  const bool assumed = exchange.origin == dns::Exchange::Origin::assumed;
  for (Heard& heard : distinct) {
    if (heard.assumed != assumed || !same_reply(*heard.message, message)) continue;
    heard.servers.insert(std::ranges::lower_bound(heard.servers, exchange.ask.server), exchange.ask.server);
    return;
  }
  distinct.push_back(
      {&exchange, &message, dns::group(message.answer), dns::group(message.authority), {exchange.ask.server}, assumed});
}

}  // namespace

const dns::SignedRRset* Heard::find(const std::vector<dns::SignedRRset>& section, const dns::Name& owner,
                                    dns::RRType type) const {
  for (const dns::SignedRRset& set : section)
    if (set.set.type == type && set.set.rrclass == dns::RRClass::in && set.set.owner == owner &&
        !set.set.rdatas.empty())
      return &set;
  return nullptr;
}

const dns::SignedRRset* Heard::soa() const {
  for (const dns::SignedRRset& set : authority)
    if (set.set.type == dns::RRType::soa && !set.set.rdatas.empty()) return &set;
  return nullptr;
}

std::optional<dns::Name> Heard::referral_to() const {
  if (message->aa || !message->answer.empty() || soa() != nullptr) return std::nullopt;
  if (message->rcode != dns::Rcode::noerror) return std::nullopt;
  for (const dns::SignedRRset& set : authority)
    if (set.set.type == dns::RRType::ns && !set.set.rdatas.empty() && exchange->ask.name.is_at_or_below(set.set.owner))
      return set.set.owner;
  return std::nullopt;
}

bool Heard::usable() const {
  if (message->tc) return false;  // what is missing from it was cut off, not absent (RFC 2181 §9)
  return message->rcode == dns::Rcode::noerror || message->rcode == dns::Rcode::nxdomain ||
         message->rcode == dns::Rcode::yxdomain;
}

Facts::Facts(const dns::Evidence& evidence) : evidence_(evidence) {
  std::map<std::pair<Question, dns::Address>, const dns::Exchange*> best;
  std::vector<std::pair<Question, dns::Address>> order;
  for (const dns::Exchange& exchange : evidence.exchanges) {
    if (is_beside(evidence.target, exchange.ask)) continue;
    const Question question{exchange.ask.name, exchange.ask.type};
    asked_[question].insert(exchange.ask.server);
    if (quality(exchange) == 0) continue;
    const auto [at, is_new] = best.try_emplace({question, exchange.ask.server}, &exchange);
    if (is_new)
      order.push_back(at->first);
    else if (quality(exchange) > quality(*at->second))
      at->second = &exchange;
  }
  for (const auto& key : order) add(heard_[key.first], *best.at(key));
}

const std::vector<Heard>& Facts::to(const dns::Name& name, dns::RRType type) const {
  static const std::vector<Heard> none;
  const auto found = heard_.find({name, type});
  return found == heard_.end() ? none : found->second;
}

std::vector<const Heard*> Facts::referrals_to(const dns::Name& child) const {
  std::vector<const Heard*> referrals;
  for (const auto& [question, replies] : heard_) {
    if (!question.first.is_at_or_below(child)) continue;
    for (const Heard& heard : replies)
      if (const auto name = heard.referral_to(); name && *name == child) referrals.push_back(&heard);
  }
  // A lame server of the child's may refer to the child as well. It is told from one of the parent's by what it was
  // asked: nothing above the child.
  const auto is_own = [&](const Heard* heard) {
    return std::ranges::none_of(heard->servers, [&](const auto& server) { return is_asked_above(child, server); });
  };
  if (referrals.size() > 1 && !std::ranges::all_of(referrals, is_own)) std::erase_if(referrals, is_own);
  return referrals;
}

bool Facts::is_asked_above(const dns::Name& name, const dns::Address& server) const {
  return std::ranges::any_of(asked_, [&](const auto& each) {
    return !each.first.first.is_at_or_below(name) && each.second.contains(server);
  });
}

std::vector<dns::Address> Facts::asked(const dns::Name& name, dns::RRType type) const {
  const auto found = asked_.find({name, type});
  if (found == asked_.end()) return {};
  return {found->second.begin(), found->second.end()};
}

}  // namespace validator
