// Master files: every record that is read is printed to what is read as the same record; faults have a line and a
// reason.
#include <algorithm>

#include "dns/text.h"
#include "tests/fuzz/fuzz.h"

namespace {

using fuzz::require;

void returns_from_text(const dns::Record& record) {
  const auto again = dns::parse_record(dns::print(record));
  require(again && *again == record && again->owner.same_octets(record.owner));
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  std::string printed;
  std::size_t count = 0;
  const auto done = dns::parse_zone(text, {.origin = dns::Name{}, .default_ttl = 5, .max_records = 1000},
                                    [&](const dns::Record& record) {
                                      returns_from_text(record);
                                      printed += dns::print(record) + '\n';
                                      ++count;
                                    });
  if (!done) {
    const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n'));
    require(!done.error().why.empty() && done.error().line >= 1 && done.error().line <= lines + 1);
  }
  const auto again = dns::parse_zone(printed);
  require(again && again->size() == count);
  if (const auto record = dns::parse_record(text)) returns_from_text(*record);
  return 0;
}
