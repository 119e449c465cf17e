// Messages: whatever is readable without a flaw says the same after encoding; every record has a text that returns.
#include <algorithm>

#include "dns/canonical.h"
#include "dns/evidence.h"
#include "dns/text.h"
#include "tests/fuzz/fuzz.h"

namespace {

using fuzz::require;

void returns_from_text(const dns::Record& record) {
  const auto again = dns::parse_record(dns::print(record));
  require(again.has_value());
  require(again->owner.same_octets(record.owner) && again->type == record.type && again->rrclass == record.rrclass);
  require(again->ttl == record.ttl && again->rdata == record.rdata);
}

void has_canonical_form(const dns::SignedRRset& signed_set) {
  require(std::ranges::is_sorted(dns::canonical_rdatas(signed_set.set.type, signed_set.set.rdatas), dns::octets_less));
  for (const dns::Record& record : signed_set.signatures) {
    const auto rrsig = dns::read_rrsig(record.rdata);
    if (!rrsig || rrsig->labels > dns::rrsig_labels(signed_set.set.owner)) continue;
    const dns::Bytes data = dns::signed_data(*rrsig, signed_set.set);
    dns::RRset lowered = signed_set.set;
    lowered.owner = lowered.owner.lowered();
    lowered.rdatas = dns::canonical_rdatas(lowered.type, lowered.rdatas);
    require(dns::signed_data(*rrsig, lowered) == data);
  }
}

bool same(const dns::Message& left, const dns::Message& right) {
  return left.id == right.id && left.opcode == right.opcode && left.rcode == right.rcode && left.qr == right.qr &&
         left.aa == right.aa && left.tc == right.tc && left.rd == right.rd && left.ra == right.ra &&
         left.ad == right.ad && left.cd == right.cd && left.questions == right.questions &&
         left.answer == right.answer && left.authority == right.authority && left.additional == right.additional &&
         left.edns == right.edns;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto message = dns::decode({data, size});
  if (!message) return 0;
  (void)message->extended_errors();
  for (const auto* section : {&message->answer, &message->authority, &message->additional}) {
    for (const dns::Record& record : *section) returns_from_text(record);
    for (const auto& signed_set : dns::group(*section)) has_canonical_form(signed_set);
  }
  dns::Exchange exchange;
  exchange.outcome = dns::reply_of({data, data + size});
  (void)exchange.message();
  if (!message->flaws.empty()) return 0;
  const auto again = dns::decode(dns::encode(*message));
  require(again && same(*again, *message));
  return 0;
}
