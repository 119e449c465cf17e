// Any two datagrams as a query and what came back: the first octet says how long the query is. Only what repeats id and
// question is taken for its answer.
#include "dns/message.h"
#include "resolver/network_rules.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const dns::View octets(data + 1, size - 1);
  const dns::View query = octets.first(std::min<std::size_t>(data[0], octets.size()));
  const dns::View reply = octets.subspan(query.size());
  const auto fit = resolver::fit(reply, query);
  if (fit == resolver::Fit::foreign) return 0;
  fuzz::require(resolver::id_of(reply) == resolver::id_of(query));
  const auto asked = dns::decode(query), heard = dns::decode(reply);
  if (asked && heard && !asked->questions.empty() && !heard->questions.empty())
    fuzz::require(asked->questions.front().name == heard->questions.front().name &&
                  asked->questions.front().type == heard->questions.front().type);
  static_cast<void>(resolver::lifetime(dns::reply_of({reply.begin(), reply.end()})));
  return 0;
}
