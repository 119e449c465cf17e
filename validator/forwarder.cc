#include "validator/forwarder.h"

#include <algorithm>

#include "validator/draft.h"

namespace validator {
namespace {

using dns::RRType;

// One set that a resolver gives in another form than the other.
struct Difference {
  RRType type{};
  dns::Ttl left = 0;
  bool records = false;  // the records themselves, not their signatures alone
};

bool same_data(const dns::SignedRRset& left, const dns::SignedRRset& right) {
  return std::ranges::is_permutation(left.set.rdatas, right.set.rdatas);
}

bool same_signatures(const dns::SignedRRset& left, const dns::SignedRRset& right) {
  return std::ranges::is_permutation(left.signatures, right.signatures, {}, &dns::Record::rdata, &dns::Record::rdata);
}

const dns::SignedRRset* set_of(const Facts& facts, const Question& question) {
  for (const Heard& heard : facts.to(question.first, question.second))
    if (const auto* set = heard.in_answer(question.first, question.second)) return set;
  return nullptr;
}

// Keys and DS sets from the anchor down, then the answer: what comes first breaks what follows.
std::vector<Question> path_of(const Chain& chain) {
  std::vector<Question> path;
  for (const Zone& zone : chain.zones) {
    if (!zone.name.is_root()) path.emplace_back(zone.name, RRType::ds);
    path.emplace_back(zone.name, RRType::dnskey);
  }
  path.emplace_back(chain.name, chain.type);
  return path;
}

std::optional<Difference> first_difference(const Chain& chain, const Facts& here, const Facts& there) {
  for (const Question& question : path_of(chain)) {
    const auto *held = set_of(here, question), *good = set_of(there, question);
    if (held == nullptr || good == nullptr) continue;
    const bool records = !same_data(*held, *good);
    if (records || !same_signatures(*held, *good)) return Difference{question.second, held->set.ttl, records};
  }
  return std::nullopt;
}

bool is_good(const Chain& chain) { return chain.verdict == Security::secure || chain.verdict == Security::insecure; }

void add(Chain& chain, const Difference& difference, const dns::NamedServer& server) {
  const auto found = std::ranges::find(chain.servers, server.address, &Server::address);
  if (found == chain.servers.end() || chain.zones.empty()) return;
  // Other keys or another DS set: two moments of a rollover. The same records under other signatures: a bad copy.
  const bool skewed = difference.records && (difference.type == RRType::dnskey || difference.type == RRType::ds);
  chain.findings.push_back({Code::forwarder_bad_cache,
                            server_subject(*found),
                            {{"reason", std::string(skewed ? "skewed" : "bogus")},
                             {"type", difference.type},
                             {"remaining", std::int64_t{difference.left}}},
                            {static_cast<ServerId>(found - chain.servers.begin())},
                            chain.zones.front().name,
                            1,
                            Blame{{}, Party::here},
                            std::nullopt});
}

}  // namespace

void compare_elsewhere(Chain& chain, const dns::Evidence& evidence,
                       const std::function<Chain(const dns::Evidence&)>& judge) {
  if (chain.mode != dns::Mode::stub || chain.verdict != Security::bogus) return;
  const Facts here(evidence);
  for (const dns::NamedServer& server : evidence.target.elsewhere) {
    const dns::Evidence other = heard_from(evidence, server);
    if (!is_good(judge(other))) continue;
    const Facts there(other);
    if (const auto difference = first_difference(chain, here, there))
      return add(chain, *difference, evidence.target.servers.front());
  }
}

dns::Evidence heard_from(const dns::Evidence& evidence, const dns::NamedServer& server) {
  dns::Evidence other;
  other.target = evidence.target;
  other.target.servers = {server};
  other.target.elsewhere.clear();
  other.started = evidence.started;
  for (const dns::Exchange& exchange : evidence.exchanges)
    if (exchange.ask.server == server.address) other.exchanges.push_back(exchange);
  return other;
}

}  // namespace validator
