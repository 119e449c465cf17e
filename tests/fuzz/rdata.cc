// A type and any octets as its data: text of it reads back as the same octets, and every reader stays inside.
#include "dns/rdata.h"

#include "dns/canonical.h"
#include "dns/text.h"
#include "tests/fuzz/fuzz.h"

namespace {

// What a reader accepts, its writer gives back.
template <typename Read>
void reads_and_writes(dns::View octets, Read read) {
  const auto value = read(octets);
  if (!value) return;
  const dns::Bytes written = dns::write(*value);
  const auto again = read(dns::View(written));
  fuzz::require(again.has_value());
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const auto type = dns::RRType{static_cast<std::uint16_t>(data[0] << 8U | data[1])};
  const dns::View octets(data + 2, size - 2);
  if (octets.size() > 0xffff) return 0;

  const std::string text = dns::print_rdata(type, octets);
  const auto parsed = dns::parse_rdata(type, text, dns::Name());
  fuzz::require(parsed.has_value() && dns::octets_equal(*parsed, octets));

  const std::vector<dns::Bytes> one{dns::Bytes(octets.begin(), octets.end())};
  const std::vector<dns::Bytes> canonical = dns::canonical_rdatas(type, one);
  fuzz::require(dns::canonical_rdatas(type, canonical) == canonical);

  reads_and_writes(octets, dns::read_dnskey);
  reads_and_writes(octets, dns::read_ds);
  reads_and_writes(octets, dns::read_rrsig);
  reads_and_writes(octets, dns::read_nsec);
  reads_and_writes(octets, dns::read_nsec3);
  reads_and_writes(octets, dns::read_nsec3param);
  reads_and_writes(octets, dns::read_soa);
  static_cast<void>(dns::read_target(octets));
  if (const auto key = dns::read_dnskey(octets)) static_cast<void>(key->tag());
  return 0;
}
