// Any text as a verdict's JSON: reading ends, and what was read does not differ from itself.
#include "cli/outline_read.h"
#include "report/difference.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto outlines = cli::read_outlines(fuzz::text_of(data, size));
  if (!outlines) {
    fuzz::require(!outlines.error().empty() && outlines.error().find('\n') == std::string::npos);
    return 0;
  }
  const auto gone = report::compare(*outlines, {});
  fuzz::require(gone.size() == outlines->size() && !report::is_same(gone));
  fuzz::require(!report::difference_text(gone).empty() && !report::difference_json(gone).empty());
  for (const auto& outline : *outlines) fuzz::require(report::compare(outline, outline).empty());
  return 0;
}
