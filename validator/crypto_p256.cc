// The functions used here are deprecated since OpenSSL 3.0 and have no successors; CMake looks whether they are there.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "validator/crypto_p256.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace validator {

#ifdef TRUSTWALK_P256_TABLES
namespace {

using dns::Bytes;
using dns::View;
using Signed = P256Table::Signed;
using Answer = P256Table::Answer;

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
  void operator()(EC_GROUP* group) const { EC_GROUP_free(group); }
  void operator()(EC_POINT* point) const { EC_POINT_free(point); }
  void operator()(BIGNUM* number) const { BN_free(number); }
  void operator()(BN_CTX* context) const { BN_CTX_free(context); }
  void operator()(BN_MONT_CTX* context) const { BN_MONT_CTX_free(context); }
};
template <typename Object>
using Owned = std::unique_ptr<Object, Free>;
using Number = Owned<BIGNUM>;

// A modulus, and what Montgomery's multiplication needs to know of it: times(a, b) is a * b / 2^256.
struct Modulus {
  Number value;
  Owned<BN_MONT_CTX> context;

  static std::optional<Modulus> make(Number value, BN_CTX* scratch) {
    Modulus made{std::move(value), Owned<BN_MONT_CTX>(BN_MONT_CTX_new())};
    if (!made.value || !made.context || BN_MONT_CTX_set(made.context.get(), made.value.get(), scratch) != 1)
      return std::nullopt;
    return made;
  }
  bool times(BIGNUM* product, const BIGNUM* left, const BIGNUM* right, BN_CTX* scratch) const {
    return BN_mod_mul_montgomery(product, left, right, context.get(), scratch) == 1;
  }
  bool enter(BIGNUM* out, const BIGNUM* in, BN_CTX* scratch) const {
    return BN_to_montgomery(out, in, context.get(), scratch) == 1;
  }
  bool leave(BIGNUM* out, const BIGNUM* in, BN_CTX* scratch) const {
    return BN_from_montgomery(out, in, context.get(), scratch) == 1;
  }
};

// One signature on its way through a batch. `prefix`: the product of all s up to this one.
struct Slot {
  std::size_t place = 0;  // among the answers
  Number r{BN_new()}, s{BN_new()}, prefix{BN_new()};
};

}  // namespace

struct P256Work::Parts {
  Owned<BN_CTX> scratch{BN_CTX_new()};
  std::array<Slot, at_once> slots;
  std::size_t used = 0;
  Number inverse{BN_new()}, w{BN_new()}, u1{BN_new()}, u2{BN_new()}, x{BN_new()}, z{BN_new()}, product{BN_new()};
  Owned<EC_POINT> sum, addend;  // of the first table's curve; the curve is the same for all
};

struct P256Table::Parts {
  Owned<EC_GROUP> curve;
  // The same curve with the key as its generator. It calls itself P-256 and is not: it must never leave this file.
  Owned<EC_GROUP> multiples;
  Modulus order, field;  // n and p
  Number order_below;    // p - n: what r must be below for r + n to be a coordinate too

  bool multiply(const BIGNUM* u1, const BIGNUM* u2, P256Work::Parts& work) const;
  std::optional<bool> has_x(const Slot& slot, P256Work::Parts& work) const;
  bool invert_all(P256Work::Parts& work) const;
  Answer answer(const Slot& slot, View digest, P256Work::Parts& work) const;
};

namespace {

bool takes_part(View signature, const BIGNUM* order, Slot& slot);
bool agrees(const EC_GROUP* multiples, const EC_GROUP* curve, const EC_POINT* key, BN_CTX* scratch);
bool evp_takes(Bytes point);

}  // namespace

P256Work::P256Work() : parts_(std::make_unique<Parts>()) {}
P256Work::~P256Work() = default;
P256Work::P256Work(P256Work&&) noexcept = default;
P256Work& P256Work::operator=(P256Work&&) noexcept = default;

P256Table::P256Table(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
P256Table::~P256Table() = default;

bool P256Table::is_available() { return true; }

std::shared_ptr<const P256Table> P256Table::make(View key) {
  if (key.size() != key_octets) return nullptr;
  Bytes octets = {0x04};  // uncompressed (SEC 1 §2.3.3)
  octets.insert(octets.end(), key.begin(), key.end());
  if (!evp_takes(octets)) return nullptr;

  const Owned<BN_CTX> scratch(BN_CTX_new());
  Owned<EC_GROUP> curve(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
  if (!scratch || !curve) return nullptr;
  const Owned<EC_POINT> point(EC_POINT_new(curve.get()));
  // Not from coordinates: those OpenSSL would reduce mod p instead of refusing them.
  if (!point || EC_POINT_oct2point(curve.get(), point.get(), octets.data(), octets.size(), scratch.get()) != 1)
    return nullptr;
  Owned<EC_GROUP> multiples(EC_GROUP_dup(curve.get()));
  const BIGNUM* n = EC_GROUP_get0_order(curve.get());
  if (!multiples || EC_GROUP_set_generator(multiples.get(), point.get(), n, BN_value_one()) != 1) return nullptr;
  if (EC_GROUP_precompute_mult(multiples.get(), scratch.get()) != 1) return nullptr;
  if (EC_GROUP_have_precompute_mult(multiples.get()) != 1) return nullptr;
  if (!agrees(multiples.get(), curve.get(), point.get(), scratch.get())) return nullptr;

  Number p(BN_new()), order_below(BN_new());
  if (!p || !order_below || EC_GROUP_get_curve(curve.get(), p.get(), nullptr, nullptr, scratch.get()) != 1)
    return nullptr;
  if (BN_sub(order_below.get(), p.get(), n) != 1) return nullptr;
  auto order = Modulus::make(Number(BN_dup(n)), scratch.get());
  auto field = Modulus::make(std::move(p), scratch.get());
  if (!order || !field) return nullptr;
  return std::shared_ptr<const P256Table>(new P256Table(std::make_unique<Parts>(
      Parts{std::move(curve), std::move(multiples), std::move(*order), std::move(*field), std::move(order_below)})));
}

void P256Table::check(std::span<const Signed> all, std::span<Answer> answers, P256Work& work) const {
  for (std::size_t from = 0; from < all.size(); from += P256Work::at_once) {
    const std::size_t count = std::min(P256Work::at_once, all.size() - from);
    check_some(all.subspan(from, count), answers.subspan(from, count), work);
  }
  ERR_clear_error();
}

void P256Table::check_some(std::span<const Signed> some, std::span<Answer> answers, P256Work& with) const {
  P256Work::Parts& work = *with.parts_;
  if (!work.sum) work.sum.reset(EC_POINT_new(parts_->curve.get()));
  if (!work.addend) work.addend.reset(EC_POINT_new(parts_->curve.get()));
  std::ranges::fill(answers, Answer::failed);
  if (!work.sum || !work.addend || !work.scratch) return;
  work.used = 0;
  for (std::size_t i = 0; i < some.size(); ++i) {
    Slot& slot = work.slots[work.used];
    slot.place = i;
    if (takes_part(some[i].signature, parts_->order.value.get(), slot)) {
      ++work.used;
    } else {
      answers[i] = Answer::bad;
    }
  }
  if (work.used == 0 || !parts_->invert_all(work)) return;
  // From the last to the first: `inverse` is that of the product of all s up to this one.
  for (std::size_t i = work.used; i-- > 0;) {
    const Slot& slot = work.slots[i];
    const Modulus& n = parts_->order;
    bool done = true;
    if (i > 0) {
      done = n.times(work.w.get(), work.inverse.get(), work.slots[i - 1].prefix.get(), work.scratch.get()) &&
             n.times(work.inverse.get(), work.inverse.get(), slot.s.get(), work.scratch.get());
    } else {
      done = BN_copy(work.w.get(), work.inverse.get()) != nullptr;
    }
    if (!done) return;
    answers[slot.place] = parts_->answer(slot, some[slot.place].digest, work);
  }
}

// Montgomery's trick: one inversion for all, three multiplications for each. On return every s is in Montgomery's form,
// and so is `inverse`, that of the product of them all. None of them is zero, or all would be lost.
bool P256Table::Parts::invert_all(P256Work::Parts& work) const {
  BN_CTX* scratch = work.scratch.get();
  const BIGNUM* before = nullptr;
  for (std::size_t i = 0; i < work.used; ++i) {
    Slot& slot = work.slots[i];
    if (!order.enter(slot.s.get(), slot.s.get(), scratch)) return false;
    const bool done = before ? order.times(slot.prefix.get(), before, slot.s.get(), scratch)
                             : BN_copy(slot.prefix.get(), slot.s.get()) != nullptr;
    if (!done) return false;
    before = slot.prefix.get();
  }
  BIGNUM* all = work.inverse.get();
  return order.leave(all, before, scratch) && BN_mod_inverse(all, all, order.value.get(), scratch) != nullptr &&
         order.enter(all, all, scratch);
}

// SEC 1 §4.1.4 steps 4 to 8, with w = 1/s at hand.
Answer P256Table::Parts::answer(const Slot& slot, View digest, P256Work::Parts& work) const {
  BIGNUM *u1 = work.u1.get(), *u2 = work.u2.get();
  BN_CTX* scratch = work.scratch.get();
  if (!BN_bin2bn(digest.data(), static_cast<int>(digest.size()), u1)) return Answer::failed;
  // 2^256 < 2n: once is enough.
  if (BN_cmp(u1, order.value.get()) >= 0 && BN_sub(u1, u1, order.value.get()) != 1) return Answer::failed;
  if (!order.times(u1, u1, work.w.get(), scratch) || !order.times(u2, slot.r.get(), work.w.get(), scratch))
    return Answer::failed;
  if (!multiply(u1, u2, work)) return Answer::failed;
  if (EC_POINT_is_at_infinity(curve.get(), work.sum.get()) == 1) return Answer::bad;
  const auto same = has_x(slot, work);
  if (!same) return Answer::failed;
  return *same ? Answer::good : Answer::bad;
}

// sum = u1 * G + u2 * Q.
bool P256Table::Parts::multiply(const BIGNUM* u1, const BIGNUM* u2, P256Work::Parts& work) const {
  BN_CTX* scratch = work.scratch.get();
  EC_POINT *sum = work.sum.get(), *addend = work.addend.get();
  return EC_POINT_mul(curve.get(), sum, u1, nullptr, nullptr, scratch) == 1 &&
         EC_POINT_mul(multiples.get(), addend, u2, nullptr, nullptr, scratch) == 1 &&
         EC_POINT_add(curve.get(), sum, sum, addend, scratch) == 1;
}

// x mod n = r, where x = X / Z^2: x is r, or r + n where that is still below p. To compare X with r * Z^2 saves the
// division.
std::optional<bool> P256Table::Parts::has_x(const Slot& slot, P256Work::Parts& work) const {
  BN_CTX* scratch = work.scratch.get();
  BIGNUM *x = work.x.get(), *z = work.z.get(), *product = work.product.get();
  if (EC_POINT_get_Jprojective_coordinates_GFp(curve.get(), work.sum.get(), x, nullptr, z, scratch) != 1)
    return std::nullopt;
  if (!field.enter(z, z, scratch) || !field.times(z, z, z, scratch)) return std::nullopt;
  if (!field.times(product, slot.r.get(), z, scratch)) return std::nullopt;
  if (BN_cmp(product, x) == 0) return true;
  if (BN_cmp(slot.r.get(), order_below.get()) >= 0) return false;
  if (BN_add(product, slot.r.get(), order.value.get()) != 1 || !field.times(product, product, z, scratch))
    return std::nullopt;
  return BN_cmp(product, x) == 0;
}

namespace {

// SEC 1 §4.1.4 step 1: both numbers from 1 to n - 1.
bool takes_part(View signature, const BIGNUM* order, Slot& slot) {
  if (signature.size() != P256Table::signature_octets) return false;
  constexpr std::size_t half = P256Table::signature_octets / 2;
  const auto read = [&](View octets, BIGNUM* number) {
    return BN_bin2bn(octets.data(), static_cast<int>(octets.size()), number) != nullptr && BN_is_zero(number) == 0 &&
           BN_cmp(number, order) < 0;
  };
  return read(signature.first(half), slot.r.get()) && read(signature.subspan(half), slot.s.get());
}

// The reference looks at the octets first.
bool evp_takes(Bytes point) {
  const Owned<EVP_PKEY_CTX> maker(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  std::string name = "P-256";
  std::array<OSSL_PARAM, 3> parameters = {
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, name.data(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
      OSSL_PARAM_construct_end()};
  EVP_PKEY* key = nullptr;
  if (!maker || EVP_PKEY_fromdata_init(maker.get()) != 1) return false;
  const bool made = EVP_PKEY_fromdata(maker.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.data()) == 1;
  const Owned<EVP_PKEY> owner(key);
  ERR_clear_error();
  return made;
}

// Compares a new table with what OpenSSL computes without one.
class Comparison {
 public:
  Comparison(const EC_GROUP* multiples, const EC_GROUP* curve, const EC_POINT* key, BN_CTX* scratch)
      : multiples_(multiples), curve_(curve), key_(key), scratch_(scratch) {}

  bool ready() const { return by_table_ && expected_ && step_; }
  bool at(const BIGNUM* scalar) {
    return EC_POINT_mul(curve_, expected_.get(), nullptr, key_, scalar, scratch_) == 1 && table_says_expected(scalar);
  }
  // 1 to `count` times `base`: the first against plain multiplication, each other as the sum of the one before and the
  // first.
  bool along(const BIGNUM* base, unsigned count) {
    Number scalar(BN_dup(base));
    if (!scalar || !at(base) || EC_POINT_copy(step_.get(), expected_.get()) != 1) return false;
    for (unsigned i = 2; i <= count; ++i) {
      if (BN_add(scalar.get(), scalar.get(), base) != 1) return false;
      if (EC_POINT_add(curve_, expected_.get(), expected_.get(), step_.get(), scratch_) != 1) return false;
      if (!table_says_expected(scalar.get())) return false;
    }
    return true;
  }

 private:
  bool table_says_expected(const BIGNUM* scalar) {
    return EC_POINT_mul(multiples_, by_table_.get(), scalar, nullptr, nullptr, scratch_) == 1 &&
           EC_POINT_cmp(curve_, by_table_.get(), expected_.get(), scratch_) == 0;
  }
  const EC_GROUP *multiples_, *curve_;
  const EC_POINT* key_;
  BN_CTX* scratch_;
  Owned<EC_POINT> by_table_{EC_POINT_new(curve_)}, expected_{EC_POINT_new(curve_)}, step_{EC_POINT_new(curve_)};
};

// OpenSSL's table for this curve has 37 windows of 7 bits with the multiples 1 to 64 in each. These scalars use every
// entry at least once: d in each of the lower 36 windows for d to 63; 63 and 64 by turns, of which each gives its
// neighbour a carry, twice; and the 16 of the last.
bool agrees(const EC_GROUP* multiples, const EC_GROUP* curve, const EC_POINT* key, BN_CTX* scratch) {
  constexpr int window = 7, windows = 36;
  const Number everywhere(BN_new()), last(BN_new()), odd(BN_new()), even(BN_new()), minus(BN_new());
  Comparison table(multiples, curve, key, scratch);
  if (!table.ready() || !everywhere || !last || !odd || !even || !minus) return false;
  for (int i = 0; i < windows; ++i) {
    if (BN_set_bit(everywhere.get(), i * window) != 1) return false;
    BIGNUM *top = i % 2 == 0 ? even.get() : odd.get(), *full = i % 2 == 0 ? odd.get() : even.get();
    if (BN_set_bit(top, i * window + window - 1) != 1) return false;
    for (int bit = 0; bit < window - 1; ++bit) {
      if (BN_set_bit(full, i * window + bit) != 1) return false;
    }
  }
  if (BN_set_bit(last.get(), windows * window) != 1) return false;
  const BIGNUM* n = EC_GROUP_get0_order(curve);
  if (!table.along(BN_value_one(), 2) || !table.along(everywhere.get(), 63) || !table.along(last.get(), 15))
    return false;
  if (!table.at(odd.get()) || !table.at(even.get())) return false;
  for (const unsigned below : {1U, 2U, 64U, 4096U}) {
    if (!BN_copy(minus.get(), n) || BN_sub_word(minus.get(), below) != 1 || !table.at(minus.get())) return false;
  }
  return true;
}

}  // namespace

#else

struct P256Work::Parts {};
struct P256Table::Parts {};
P256Work::P256Work() = default;
P256Work::~P256Work() = default;
P256Work::P256Work(P256Work&&) noexcept = default;
P256Work& P256Work::operator=(P256Work&&) noexcept = default;
P256Table::P256Table(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
P256Table::~P256Table() = default;
bool P256Table::is_available() { return false; }
std::shared_ptr<const P256Table> P256Table::make(dns::View) { return nullptr; }
void P256Table::check(std::span<const Signed> all, std::span<Answer> answers, P256Work& work) const {
  check_some(all, answers, work);
}
void P256Table::check_some(std::span<const Signed>, std::span<Answer> answers, P256Work&) const {
  std::ranges::fill(answers, Answer::failed);
}
#endif

}  // namespace validator
