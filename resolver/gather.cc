#include "resolver/gather.h"

#include <algorithm>
#include <set>

namespace resolver {
namespace {

// One run of the loop. An ask is in `sent_` from its send on, and in `heard_` from its outcome on.
class Gathering {
 public:
  Gathering(const dns::Target& target, Source& source, const Limits& limits)
      : source_(source), limits_(limits), began_(Clock::now()), deadline_(began_ + limits.deadline) {
    seen_.target = target;
  }

  dns::Evidence run(const Missing& rule);

 private:
  // Returns: those of `asks` for which no outcome is known, each once.
  std::vector<dns::Ask> still_open(std::vector<dns::Ask> asks) const;
  std::size_t send(const std::vector<dns::Ask>& asks);  // Returns: how many went out now.
  bool under_way(const std::vector<dns::Ask>& asks) const;
  void take(std::vector<dns::Exchange> heard);
  void cut(std::vector<dns::Ask> asks, dns::Evidence::Limit limit);

  Source& source_;
  const Limits& limits_;
  Clock::time_point began_, deadline_;
  dns::Evidence seen_;
  std::set<dns::Ask> sent_, heard_;
};

dns::Evidence Gathering::run(const Missing& rule) {
  for (;;) {
    auto asks = still_open(rule(seen_.target, seen_, limits_));
    if (asks.empty()) break;
    // A Source that always has one more outcome ready must not outrun the deadline.
    if (Clock::now() >= deadline_) {
      cut(std::move(asks), dns::Evidence::Limit::deadline);
      break;
    }
    if (send(asks) > 0) ++seen_.rounds;
    if (!under_way(asks)) {
      cut(std::move(asks), dns::Evidence::Limit::count);
      break;
    }
    auto heard = source_.wait(deadline_);
    if (heard.empty()) {
      cut(std::move(asks), dns::Evidence::Limit::deadline);
      break;
    }
    take(std::move(heard));
  }
  seen_.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began_);
  return std::move(seen_);
}

std::vector<dns::Ask> Gathering::still_open(std::vector<dns::Ask> asks) const {
  std::set<dns::Ask> named;
  std::erase_if(asks, [&](const dns::Ask& ask) { return heard_.contains(ask) || !named.insert(ask).second; });
  return asks;
}

std::size_t Gathering::send(const std::vector<dns::Ask>& asks) {
  const std::size_t before = sent_.size();
  for (const dns::Ask& ask : asks) {
    if (sent_.size() >= limits_.exchanges) break;
    if (sent_.insert(ask).second) source_.send(ask);
  }
  return sent_.size() - before;
}

bool Gathering::under_way(const std::vector<dns::Ask>& asks) const {
  return std::ranges::any_of(asks, [&](const dns::Ask& ask) { return sent_.contains(ask); });
}

// What an earlier gathering left under way in a shared Source is not ours: it would make evidence depend on its
// neighbours.
void Gathering::take(std::vector<dns::Exchange> heard) {
  for (dns::Exchange& exchange : heard) {
    if (!sent_.contains(exchange.ask) || !heard_.insert(exchange.ask).second) continue;
    seen_.exchanges.push_back(std::move(exchange));
  }
}

void Gathering::cut(std::vector<dns::Ask> asks, dns::Evidence::Limit limit) {
  seen_.limit = limit;
  seen_.cut_short = std::move(asks);
}

}  // namespace

std::vector<dns::Ask> missing(const dns::Target& target, const dns::Evidence& seen, const Limits& limits) {
  auto asks = target.mode == dns::Mode::stub ? missing_stub(target, seen, limits) : missing_walk(target, seen, limits);
  std::set<dns::Ask> named;  // two reasons for one question are one ask
  std::erase_if(asks, [&](const dns::Ask& ask) { return !named.insert(ask).second; });
  return asks;
}

dns::Evidence gather(const dns::Target& target, Source& source, const Limits& limits, dns::Time started) {
  auto evidence = gather_by(missing, target, source, limits);
  evidence.started = started;
  return evidence;
}

dns::Evidence gather_by(const Missing& rule, const dns::Target& target, Source& source, const Limits& limits) {
  return Gathering(target, source, limits).run(rule);
}

}  // namespace resolver
