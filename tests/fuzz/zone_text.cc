// Any text as a master file: reading ends, and every record it gives reads back from its own text.
#include <vector>

#include "dns/text.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  static_cast<void>(dns::parse_record(text));
  dns::ZoneTextOptions options;
  options.max_records = 1000;
  const auto records = dns::parse_zone(text, options);
  if (!records) return 0;
  fuzz::require(records->size() <= options.max_records);
  for (const dns::Record& record : *records) {
    const auto again = dns::parse_record(dns::print(record));
    fuzz::require(again.has_value() && again->owner.same_octets(record.owner) && again->type == record.type);
    fuzz::require(again->ttl == record.ttl && again->rdata == record.rdata);
  }
  return 0;
}
