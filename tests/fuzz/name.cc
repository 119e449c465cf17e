// A text with a line break in it as two names: text and octets say the same name, and the orders of names hold together.
#include "dns/name.h"

#include <algorithm>
#include <compare>

#include "tests/fuzz/fuzz.h"

namespace {

void text_and_octets_agree(const dns::Name& name) {
  const auto printed = dns::Name::parse(name.print());
  fuzz::require(printed.has_value() && printed->same_octets(name));
  const auto wire = dns::Name::from_wire(name.wire());
  fuzz::require(wire.has_value() && wire->same_octets(name));
  fuzz::require(name.size() <= 255 && name.labels() <= 127);
  fuzz::require(name.lowered() == name && std::hash<dns::Name>{}(name) == std::hash<dns::Name>{}(name.lowered()));
  fuzz::require(name.is_at_or_below(name.parent()) && name.ancestor(name.labels()) == name);
}

void orders_hold(const dns::Name& left, const dns::Name& right) {
  fuzz::require((left == right) == ((left <=> right) == std::weak_ordering::equivalent));
  fuzz::require((left < right) == (right > left));
  const dns::Name common = left.common_ancestor(right);
  fuzz::require(left.is_at_or_below(common) && right.is_at_or_below(common) && common == right.common_ancestor(left));
  fuzz::require(left.is_at_or_below(right) == (common == right));
  // RFC 4034 §6.1: a name sorts before every name below it.
  if (left.is_below(right)) fuzz::require(right < left);
  if (left.is_at_or_below(common)) {
    const auto moved = left.replace_suffix(common, right);
    if (moved) fuzz::require(moved->is_at_or_below(right));
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static_cast<void>(dns::Name::from_wire({data, size}));
  const std::string_view text = fuzz::text_of(data, size);
  const auto middle = text.find('\n');
  const auto left = dns::Name::parse(text.substr(0, middle));
  if (!left) return 0;
  text_and_octets_agree(*left);
  if (middle == std::string_view::npos) return 0;
  const auto right = dns::Name::parse(text.substr(middle + 1));
  if (right) orders_hold(*left, *right);
  return 0;
}
