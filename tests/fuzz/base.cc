// Base16, base32hex and base64: octets survive the way through text, and no text reads as octets that print otherwise.
#include "dns/text.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const dns::Bytes octets(data, data + size);
  fuzz::require(dns::decode_hex(dns::encode_hex(octets)) == octets);
  fuzz::require(dns::decode_base32hex(dns::encode_base32hex(octets)) == octets);
  fuzz::require(dns::decode_base64(dns::encode_base64(octets)) == octets);

  const std::string_view text = fuzz::text_of(data, size);
  if (const auto read = dns::decode_base64(text)) fuzz::require(dns::encode_base64(*read) == text);
  static_cast<void>(dns::decode_hex(text));
  static_cast<void>(dns::decode_base32hex(text));
  return 0;
}
