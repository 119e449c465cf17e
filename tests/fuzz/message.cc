// Any octets as a DNS message: reading ends, and what was read without a flaw says the same again after being written.
#include "dns/message.h"

#include "dns/text.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto message = dns::decode({data, size});
  if (!message) return 0;
  static_cast<void>(message->extended_errors());
  for (const auto* section : {&message->answer, &message->authority, &message->additional}) {
    for (const dns::Record& record : *section) fuzz::require(!dns::print(record).empty());
    static_cast<void>(dns::group(*section));
  }
  if (!message->flaws.empty()) return 0;
  const dns::Bytes written = dns::encode(*message);
  if (written.size() > 0xffff) return 0;  // compression packs more into a message than fits without it
  const auto again = dns::decode(written);
  fuzz::require(again.has_value());
  fuzz::require(again->id == message->id && again->rcode == message->rcode && again->edns == message->edns);
  fuzz::require(again->questions == message->questions);
  fuzz::require(again->answer == message->answer && again->authority == message->authority);
  fuzz::require(again->additional == message->additional && again->flaws.empty());
  return 0;
}
