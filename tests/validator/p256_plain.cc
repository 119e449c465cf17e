#include "tests/validator/p256_plain.h"

#include <string>

namespace p256 {
namespace {

BN_CTX* scratch() {
  thread_local const struct Owned {
    BN_CTX* context = BN_CTX_new();
    ~Owned() { BN_CTX_free(context); }
  } owned;
  return owned.context;
}

const Int& b() {
  static const Int value = Int::of_hex("5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B");
  return value;
}

}  // namespace

// SEC 2 §2.4.2.
const Int& p() {
  static const Int value = Int::of_hex("FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF");
  return value;
}
const Int& n() {
  static const Int value = Int::of_hex("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
  return value;
}
Point generator() {
  return {Int::of_hex("6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296"),
          Int::of_hex("4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5")};
}

Int::Int(std::uint64_t value) : value_(BN_new()) { BN_set_word(value_, value); }
Int Int::of_hex(std::string_view digits) {
  Int made;
  BN_hex2bn(&made.value_, std::string(digits).c_str());
  return made;
}
Int Int::of_octets(dns::View octets) {
  Int made;
  BN_bin2bn(octets.data(), static_cast<int>(octets.size()), made.value_);
  return made;
}
Int Int::operator+(const Int& other) const {
  Int sum;
  BN_add(sum.value_, value_, other.value_);
  return sum;
}
Int Int::operator-(const Int& other) const {
  Int difference;
  BN_sub(difference.value_, value_, other.value_);
  return difference;
}
Int Int::mod(const Int& m) const {
  Int rest;
  BN_nnmod(rest.value_, value_, m.value_, scratch());
  return rest;
}
Int Int::times(const Int& other, const Int& m) const {
  Int product;
  BN_mod_mul(product.value_, value_, other.value_, m.value_, scratch());
  return product;
}
Int Int::inverse(const Int& m) const {
  Int made;
  BN_mod_inverse(made.value_, value_, m.value_, scratch());
  return made;
}
Int Int::power(const Int& exponent, const Int& m) const {
  Int made;
  BN_mod_exp(made.value_, value_, exponent.value_, m.value_, scratch());
  return made;
}
dns::Bytes Int::octets32() const {
  dns::Bytes octets(32);
  BN_bn2binpad(value_, octets.data(), 32);
  return octets;
}

Sum minus(const Sum& point) {
  if (!point) return point;
  return Point{point->x, (p() - point->y).mod(p())};
}

Sum add(const Sum& left, const Sum& right) {
  if (!left) return right;
  if (!right) return left;
  Int slope;
  if (left->x == right->x) {
    if ((left->y + right->y).mod(p()) == Int(0)) return std::nullopt;
    const Int top = (left->x.times(left->x, p()).times(3, p()) - 3).mod(p());  // a = -3
    slope = top.times((left->y + left->y).mod(p()).inverse(p()), p());
  } else {
    slope = (right->y - left->y).mod(p()).times((right->x - left->x).mod(p()).inverse(p()), p());
  }
  const Int x = (slope.times(slope, p()) - left->x - right->x).mod(p());
  return Point{x, (slope.times((left->x - x).mod(p()), p()) - left->y).mod(p())};
}

Sum times(const Int& scalar, const Sum& point) {
  Sum sum;
  for (int at = 256; at >= 0; --at) {
    sum = add(sum, sum);
    if (scalar.bit(at)) sum = add(sum, point);
  }
  return sum;
}

std::optional<Point> with_x(const Int& x) {
  const Int square = (x.times(x, p()).times(x, p()) - x.times(3, p()) + b()).mod(p());
  // p is 3 mod 4: a root is the power (p + 1) / 4.
  static const Int exponent = Int::of_hex("3FFFFFFFC0000000400000000000000000000000400000000000000000000000");
  const Int root = square.power(exponent, p());
  if (root.times(root, p()) != square) return std::nullopt;
  return Point{x, root};
}

dns::Bytes key_of(const Point& point) { return signature_of(point.x, point.y); }

dns::Bytes signature_of(const Int& r, const Int& s) {
  dns::Bytes octets = r.octets32();
  const dns::Bytes rest = s.octets32();
  octets.insert(octets.end(), rest.begin(), rest.end());
  return octets;
}

bool verifies(const Point& key, dns::View digest, dns::View signature) {
  if (signature.size() != 64) return false;
  const Int r = Int::of_octets(signature.first(32)), s = Int::of_octets(signature.subspan(32));
  const auto in_range = [](const Int& number) { return Int(0) < number && number < n(); };
  if (!in_range(r) || !in_range(s)) return false;
  const Int w = s.inverse(n());
  const Int u1 = Int::of_octets(digest).times(w, n()), u2 = r.times(w, n());
  const Sum sum = add(times(u1, generator()), times(u2, key));
  return sum && sum->x.mod(n()) == r;
}

Sum key_for(const Sum& point, const Int& r, const Int& s, const Int& e) {
  const Int back = (n() - e.mod(n())).mod(n());
  return times(r.inverse(n()), add(times(s, point), times(back, generator())));
}

}  // namespace p256
