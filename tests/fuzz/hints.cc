// Any text as root hints and as resolv.conf: reading ends, and a hints file that is accepted names a server.
#include "resolver/hints.h"

#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  const auto hints = resolver::read_hints(text, "fuzz", 53);
  fuzz::require(hints.has_value() ? !hints->empty() : !hints.error().empty());
  fuzz::require(!resolver::read_resolv_conf(text, 53).empty());
  return 0;
}
