// Any text as a file of dnsviz probe: reading ends, and what was read is written, and read and written again, without a
// difference that grows.
#include "resolver/dnsviz.h"

#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto recording = resolver::read_any_recording(fuzz::text_of(data, size));
  if (!recording) {
    fuzz::require(!recording.error().empty() && recording.error().find('\n') == std::string::npos);
    return 0;
  }
  if (recording->evidence.exchanges.size() > 200) return 0;  // writing looks at each beside each
  const auto again = resolver::read_dnsviz(resolver::write_dnsviz(*recording));
  fuzz::require(again.has_value());
  fuzz::require(again->evidence.target.name == recording->evidence.target.name);
  const auto once_more = resolver::read_dnsviz(resolver::write_dnsviz(*again));
  fuzz::require(once_more.has_value());
  return 0;
}
