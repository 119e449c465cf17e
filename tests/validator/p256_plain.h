// P-256 and ECDSA as SEC 1 and FIPS 186 write them down: whole numbers and affine points, no tables, no windows, no
// projective coordinates, none of OpenSSL's EC functions. Slow (some 10 ms a multiplication); a witness, and a maker of
// signatures and keys that no signer would make.
#pragma once

#include <openssl/bn.h>

#include <cstdint>
#include <optional>
#include <string_view>

#include "dns/bytes.h"

namespace p256 {

// A whole number; the operations are those of the numbers modulo `m`.
class Int {
 public:
  Int() : Int(0) {}
  Int(std::uint64_t value);  // NOLINT: small numbers are written as such
  static Int of_hex(std::string_view digits);
  static Int of_octets(dns::View octets);
  Int(const Int& other) : Int(0) { BN_copy(value_, other.value_); }
  Int& operator=(const Int& other) {
    BN_copy(value_, other.value_);
    return *this;
  }
  ~Int() { BN_free(value_); }

  Int operator+(const Int& other) const;
  Int operator-(const Int& other) const;
  Int mod(const Int& m) const;  // from 0 to m - 1
  Int times(const Int& other, const Int& m) const;
  Int inverse(const Int& m) const;
  Int power(const Int& exponent, const Int& m) const;
  bool bit(int at) const { return BN_is_bit_set(value_, at) != 0; }
  dns::Bytes octets32() const;  // Requires: 0 <= *this < 2^256
  friend bool operator==(const Int& left, const Int& right) { return BN_cmp(left.value_, right.value_) == 0; }
  friend bool operator<(const Int& left, const Int& right) { return BN_cmp(left.value_, right.value_) < 0; }

 private:
  BIGNUM* value_;
};

const Int& p();  // of the field
const Int& n();  // order of G

struct Point {  // absent: infinity
  Int x, y;
  friend bool operator==(const Point&, const Point&) = default;
};
using Sum = std::optional<Point>;

Point generator();
Sum minus(const Sum& point);
Sum add(const Sum& left, const Sum& right);
Sum times(const Int& scalar, const Sum& point);
std::optional<Point> with_x(const Int& x);  // one of the two, if x is of the curve

dns::Bytes key_of(const Point& point);  // RFC 6605 §4
dns::Bytes signature_of(const Int& r, const Int& s);

// SEC 1 §4.1.4.
bool verifies(const Point& key, dns::View digest, dns::View signature);
// The key for which the sum u1 * G + u2 * Q is `point`: (s * point - e * G) / r. Infinity: there is none.
Sum key_for(const Sum& point, const Int& r, const Int& s, const Int& e);

}  // namespace p256
