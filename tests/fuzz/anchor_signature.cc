// Any octets as root-anchors.p7s: never accepted, for nothing that is made here is by the one authority given, whose
// key nobody has.
#include "tests/fuzz/fuzz.h"
#include "trustanchor/cms.h"

namespace {

// Of a key that was thrown away: openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 36500.
constexpr std::string_view authority = R"(-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUKdPBA/QBoMekAs8v7y6Kapb+BFQwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJYXV0aG9yaXR5MCAXDTI2MTEyNDE0NTkwM1oYDzIxMjYxMDMx
MTQ1OTAzWjAUMRIwEAYDVQQDDAlhdXRob3JpdHkwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARnDQ8bp+8ZkpPUSqzKIi9SPYvG3vdsTsSX4YCIeMZuu30XnlJqNk1g
Ecj7ZIR4ZUnywHYSLYJ/6gXr9WD2MYqOo28wbTAdBgNVHQ4EFgQUpx/onmoKee9r
8FudVe8cEzpDq/0wHwYDVR0jBBgwFoAUpx/onmoKee9r8FudVe8cEzpDq/0wDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgQ9kbnNzZWNAaWFuYS5vcmcwCgYIKoZI
zj0EAwIDSAAwRQIhAMBSTkHveE5jUB+hTDWNTpZNKucrvS3hiPTUK7Tdzt72AiBI
T/+DAPWLbcqWjl/8z16b+H2S64e4p/t5kIFS7MR9wA==
-----END CERTIFICATE-----
)";

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  const dns::Time now{dns::Seconds{1'795'600'000}};
  const auto signer = trustanchor::attest("another text", text, {authority, "dnssec@iana.org"}, now);
  fuzz::require(!signer && !signer.error().empty() && signer.error().find('\n') == std::string::npos);
  return 0;
}
