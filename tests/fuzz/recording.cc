// Any text as an evidence file: reading ends, and what was read is written and read again without a difference.
#include "resolver/recording.h"

#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto recording = resolver::read_recording(fuzz::text_of(data, size));
  if (!recording) {
    fuzz::require(!recording.error().empty() && recording.error().find('\n') == std::string::npos);
    return 0;
  }
  const std::string written = resolver::write_recording(*recording);
  const auto again = resolver::read_recording(written);
  fuzz::require(again.has_value());
  fuzz::require(resolver::write_recording(*again) == written);
  return 0;
}
