// Data of one record, octets and text: two octets of type, then the data. What is printed is read as the same octets.
#include "dns/canonical.h"
#include "dns/rdata.h"
#include "dns/shape.h"
#include "dns/text.h"
#include "tests/fuzz/fuzz.h"

namespace {

using dns::RRType;
using dns::View;
using fuzz::require;

void returns_from_text(RRType type, View rdata) {
  const auto again = dns::parse_rdata(type, dns::print_rdata(type, rdata), dns::Name{});
  require(again && dns::octets_equal(*again, rdata));
}

void has_canonical_form(RRType type, View rdata) {
  const dns::Bytes canonical = dns::canonical_rdata(type, rdata);
  require(canonical.size() == rdata.size());
  require(dns::canonical_rdata(type, canonical) == canonical);
  require(dns::fits_shape(type, canonical) == dns::fits_shape(type, rdata));
}

// What is read and has no flaw is written to the same octets.
template <class Read>
void is_written_the_same(Read (*read)(View), View rdata) {
  if (const auto value = read(rdata)) require(dns::octets_equal(dns::write(*value), rdata));
}

void read_every_way(View rdata) {
  is_written_the_same(dns::read_dnskey, rdata);
  is_written_the_same(dns::read_ds, rdata);
  is_written_the_same(dns::read_rrsig, rdata);
  is_written_the_same(dns::read_nsec3param, rdata);
  is_written_the_same(dns::read_soa, rdata);
  const auto same_bitmap = [](const dns::TypeBitmap& bitmap) {
    const auto flaw = dns::read_bitmap(dns::write_bitmap(bitmap.types)).flaw;
    require(flaw == dns::TypeBitmap::Flaw::none || flaw == dns::TypeBitmap::Flaw::pseudo);
    return bitmap.flaw == dns::TypeBitmap::Flaw::none;
  };
  if (const auto nsec = dns::read_nsec(rdata); nsec && same_bitmap(nsec->types))
    require(dns::octets_equal(dns::write(*nsec), rdata));
  if (const auto nsec3 = dns::read_nsec3(rdata); nsec3 && same_bitmap(nsec3->types))
    require(dns::octets_equal(dns::write(*nsec3), rdata));
  if (const auto key = dns::read_dnskey(rdata)) (void)key->tag();
  if (const auto target = dns::read_target(rdata)) require(dns::octets_equal(target->wire(), rdata));
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2 || size > 2 + 0xffff) return 0;
  const auto type = RRType{static_cast<std::uint16_t>(data[0] << 8 | data[1])};
  const View rest(data + 2, size - 2);
  returns_from_text(type, rest);
  has_canonical_form(type, rest);
  read_every_way(rest);
  if (const auto rdata = dns::parse_rdata(type, fuzz::text_of(data + 2, size - 2), dns::Name{})) {
    returns_from_text(type, *rdata);
    const bool is_unknown_form = fuzz::text_of(data + 2, size - 2).contains("\\#");
    require(is_unknown_form || dns::fits_shape(type, *rdata));
  }
  return 0;
}
