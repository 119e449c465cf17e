#include "resolver/network_rules.h"

#include <errno.h>

#include <algorithm>
#include <utility>

namespace resolver {
namespace {

using dns::Manner;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds failure_lifetime{5}, longest_lifetime{3600};
constexpr std::size_t header_octets = 12;

std::optional<dns::Edns> edns_of(const Manner& manner) {
  if (manner.extension == Manner::Extension::none) return std::nullopt;
  dns::Edns edns;
  edns.udp_size = manner.udp_size;
  if (manner.extension == Manner::Extension::edns_do) edns.flags = dns::Edns::do_flag;
  edns.options = manner.options;
  return edns;
}

struct Head {
  std::uint16_t id = 0, flags = 0, questions = 0;
};

std::optional<Head> read_head(dns::View message) {
  if (message.size() < header_octets) return std::nullopt;
  dns::Reader reader(message);
  const auto id = reader.u16(), flags = reader.u16(), questions = reader.u16();
  return Head{*id, *flags, *questions};
}

std::optional<dns::Question> first_question(dns::View message) {
  dns::Reader reader(message, header_octets);
  const auto name = dns::Name::read(reader);
  if (!name) return std::nullopt;
  const auto type = reader.u16(), rrclass = reader.u16();
  if (!type || !rrclass) return std::nullopt;
  return dns::Question{name->name, dns::RRType{*type}, dns::RRClass{*rrclass}};
}

}  // namespace

dns::Bytes query_octets(const dns::Ask& ask, std::uint16_t id) {
  dns::Query query;
  query.id = id;
  query.question = {ask.name, ask.type, dns::RRClass::in};
  query.rd = ask.manner.recursion == Manner::Recursion::desired;
  query.cd = ask.manner.checking_disabled;
  query.edns = edns_of(ask.manner);
  return dns::encode(query);
}

milliseconds share_of(milliseconds timeout, int attempts, int attempt) {
  constexpr int most = 16;  // beyond that the first shares round to nothing
  const int count = std::clamp(attempts, 1, most), wanted = std::clamp(attempt, 0, count - 1);
  std::int64_t weight = 2, next = 3, sum = 0, share = 0;
  for (int i = 0; i < count; ++i) {
    if (i == wanted) share = weight;
    sum += weight;
    weight = std::exchange(next, weight + next);
  }
  return milliseconds(std::max<std::int64_t>(1, timeout.count() * share / sum));
}

Fit fit(dns::View reply, dns::View query) {
  const auto heard = read_head(reply), asked = read_head(query);
  if (!heard || !asked || heard->id != asked->id) return Fit::foreign;
  // Some servers leave the question out of a refusal; id and port are all that ties it to us then.
  if (heard->questions == 0) return Fit::awkward;
  const auto question = first_question(reply);
  if (!question || question != first_question(query)) return Fit::foreign;
  const bool formerr = (heard->flags & 0xf) == dns::number(dns::Rcode::formerr);
  return formerr || heard->questions > 1 ? Fit::awkward : Fit::plain;
}

std::optional<std::uint16_t> id_of(dns::View message) {
  const auto head = read_head(message);
  return head ? std::optional(head->id) : std::nullopt;
}

seconds lifetime(const dns::Outcome& outcome) {
  const auto* reply = std::get_if<dns::Reply>(&outcome);
  if (reply == nullptr || !reply->message) return failure_lifetime;
  const dns::Message& message = *reply->message;
  if (message.tc || (message.rcode != dns::Rcode::noerror && message.rcode != dns::Rcode::nxdomain))
    return failure_lifetime;
  std::optional<dns::Ttl> least;
  for (const auto* section : {&message.answer, &message.authority, &message.additional})
    for (const dns::Record& record : *section) least = std::min(least.value_or(record.ttl), record.ttl);
  return least ? std::min(seconds(*least), longest_lifetime) : failure_lifetime;
}

dns::Silence silence_of(int error) {
  switch (error) {
    case ECONNREFUSED: return dns::Silence::refused;
    case 0:
    case ECONNRESET:
    case ECONNABORTED:
    case EPIPE: return dns::Silence::reset;
    case EHOSTUNREACH:
    case EHOSTDOWN: return dns::Silence::host_unreachable;
    case ENETUNREACH:
    case ENETDOWN: return dns::Silence::net_unreachable;
    case EAFNOSUPPORT:
    case EADDRNOTAVAIL: return dns::Silence::family_unreachable;
    case EPERM:  // a packet filter of this machine
    case EACCES:
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
    case EADDRINUSE: return dns::Silence::not_asked;  // all of these are ours, not the server's
    default: return dns::Silence::timeout;
  }
}

}  // namespace resolver
