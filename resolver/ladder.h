// Ladder: how one question is put to one server until it is answered or given up: UDP, again, TCP, a smaller buffer,
// without EDNS; or by TCP alone, if that is how it begins.
// Every rung is an ask of its own, so that silence and detours are evidence.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "dns/evidence.h"
#include "resolver/gather.h"

namespace resolver {

struct Rungs {
  const dns::Message* message = nullptr;  // the best reply so far that settles the question
  std::vector<dns::Ask> open;             // asks of this question that are not yet in the evidence
  bool given_up = false;                  // all rungs were tried, none settled it
  bool slow = false;                      // the first try went unanswered: others should be asked meanwhile
};

// The evidence by ask, and the servers that are dead: no message came although some question climbed to the end. A dead
// server is not asked anything new, so that it costs one time-out and not one for each question.
class Seen {
 public:
  Seen(const dns::Evidence& evidence, const Limits& limits);
  const dns::Exchange* find(const dns::Ask& ask) const;
  bool is_dead(const dns::Address& server) const { return dead_.contains(server); }
  const Limits& limits() const { return limits_; }

 private:
  std::map<dns::Ask, const dns::Exchange*> exchanges_;
  std::set<dns::Address> dead_;
  const Limits& limits_;
};

// Requires: `first` has attempt 0.
Rungs climb(const dns::Ask& first, const Seen& seen);

// Rungs that others look for too.
inline constexpr std::uint16_t small_buffer = 512;  // RFC 1035 §4.2.1: what every path carries
dns::Ask again(dns::Ask first, int attempt);
dns::Ask with_small_buffer(dns::Ask first);

}  // namespace resolver
