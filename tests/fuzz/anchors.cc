// Any text as a file of trust anchors: reading ends, and an anchor that was read counts as nothing it did not say.
#include "trustanchor/anchors.h"

#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  static_cast<void>(trustanchor::parse_anchor(text));
  const auto no_digest = [](dns::Digest, dns::View) -> std::optional<dns::Bytes> { return std::nullopt; };
  const dns::Time now{dns::Seconds{1'795'000'000}};
  const auto read = trustanchor::read_anchors(text, "fuzz", now, no_digest);
  if (!read) {
    fuzz::require(!read.error().empty() && read.error().find('\n') == std::string::npos);
    return 0;
  }
  for (const trustanchor::Anchor& anchor : read->anchors) {
    static_cast<void>(anchor.tag());
    const bool revoked = anchor.state == trustanchor::Anchor::State::revoked;
    fuzz::require(!(revoked && anchor.counts_at(now)));
    const auto of_zone = read->of(anchor.zone, now);
    fuzz::require(of_zone.size() <= read->anchors.size());
    fuzz::require(anchor.counts_at(now) == !of_zone.empty() || read->anchors.size() > 1);
  }
  return 0;
}
