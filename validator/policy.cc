#include "validator/policy.h"

#include <algorithm>

#include "validator/crypto.h"

namespace validator {

bool Policy::accepts(dns::Algorithm algorithm) const {
  if (!has_code_for(algorithm)) return false;
  // RFC 9905 §2: operators treat these as unsupported, which is insecure, not bogus.
  const bool by_sha1 = algorithm == dns::Algorithm::rsasha1 || algorithm == dns::Algorithm::rsasha1_nsec3_sha1;
  if (by_sha1 && sha1 != Sha1::accepted) return false;
  return !only_algorithms || std::ranges::find(*only_algorithms, algorithm) != only_algorithms->end();
}

// SHA-1 digests stay: RFC 9905 takes the algorithms 5 and 7 away, not digest type 1.
bool Policy::accepts(dns::Digest digest) const {
  if (!has_code_for(digest)) return false;
  return !only_digests || std::ranges::find(*only_digests, digest) != only_digests->end();
}

}  // namespace validator
