// The small words of zone files and command lines: times, addresses, types, algorithms, digests. What is read is
// printed as what is read the same.
#include "dns/address.h"
#include "dns/codes.h"
#include "dns/time.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  if (const auto type = dns::parse_rrtype(text)) fuzz::require(dns::parse_rrtype(dns::to_text(*type)) == type);
  if (const auto rrclass = dns::parse_rrclass(text))
    fuzz::require(dns::parse_rrclass(dns::to_text(*rrclass)) == rrclass);
  if (const auto algorithm = dns::parse_algorithm(text))
    fuzz::require(dns::parse_algorithm(dns::to_text(*algorithm)) == algorithm);
  if (const auto digest = dns::parse_digest(text)) fuzz::require(dns::parse_digest(dns::to_text(*digest)) == digest);
  if (const auto address = dns::parse_address(text)) fuzz::require(dns::parse_address(dns::print(*address)) == address);
  if (const auto time = dns::parse_time(text)) fuzz::require(dns::parse_time(dns::print_rfc3339(*time)) == time);
  if (const auto stamp = dns::parse_timestamp(text))
    fuzz::require(dns::parse_timestamp(dns::print_compact(*stamp)) == stamp);
  return 0;
}
