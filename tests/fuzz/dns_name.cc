// Names as text and as octets: what is read is printed and read again, and the order agrees with ancestry.
#include "dns/name.h"
#include "tests/fuzz/fuzz.h"

namespace {

using dns::Name;
using fuzz::require;

void returns_from_text(const Name& name) {
  const auto again = Name::parse(name.print());
  require(again && again->same_octets(name));
  const auto wire = Name::from_wire(name.wire());
  require(wire && wire->same_octets(name));
  require(name.lowered() == name);
  require(name.parent().labels() + 1 == name.labels() || name.is_root());
}

void agree(const Name& left, const Name& right) {
  require((left <=> right) == 0 ? left == right : left != right);
  require(((left <=> right) < 0) == ((right <=> left) > 0));
  const Name common = left.common_ancestor(right);
  require(left.is_at_or_below(common) && right.is_at_or_below(common));
  require(left.is_at_or_below(right) == (common == right));
  if (left.is_below(right)) require(right < left);  // an ancestor sorts first (RFC 4034 §6.1)
  if (const auto joined = right.under(left)) {
    require(joined->is_at_or_below(right) && joined->labels() == left.labels() + right.labels());
    const auto moved = joined->replace_suffix(right, Name{});
    require(moved && moved->same_octets(left));
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const dns::View octets(data, size);
  if (const auto name = Name::parse(fuzz::text_of(data, size))) returns_from_text(*name);
  dns::Reader reader(octets, size > 0 ? data[0] : 0);
  const auto left = Name::read(reader);
  if (!left) return 0;
  returns_from_text(left->name);
  const auto right = Name::read(reader);
  if (!right) return 0;
  returns_from_text(right->name);
  agree(left->name, right->name);
  agree(right->name, left->name);
  return 0;
}
