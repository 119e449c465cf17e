// RunningDigest: the digest of data that comes in pieces: a whole zone's (RFC 8976 §3.3).
#pragma once

#include <memory>

#include "dns/bytes.h"

namespace validator {

class RunningDigest {
 public:
  enum class Hash : std::uint8_t { sha384, sha512 };
  explicit RunningDigest(Hash hash);
  ~RunningDigest();
  RunningDigest(RunningDigest&&) noexcept;

  void add(dns::View octets);
  dns::Bytes finish();  // empty: the library has not the hash. Once.

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace validator
