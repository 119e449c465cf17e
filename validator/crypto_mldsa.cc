#include "validator/crypto_mldsa.h"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <span>

namespace validator {
namespace {

using dns::Bytes;
using dns::View;
using Polynomial = MlDsa44Key::Polynomial;

// FIPS 204 §4, table 1: the parameter set ML-DSA-44. k = l = 4.
constexpr std::uint32_t q = 8380417;
constexpr std::size_t rows = 4, columns = 4, degree = 256;
constexpr std::uint32_t dropped_bits = 13;     // d
constexpr std::size_t ones_in_challenge = 39;  // tau
constexpr std::size_t challenge_octets = 32;   // lambda / 4
constexpr std::uint32_t gamma1 = 1U << 17, gamma2 = (q - 1) / 88;
constexpr std::uint32_t beta = 78;
constexpr std::size_t most_hints = 80;  // omega
constexpr std::size_t z_octets = degree * 18 / 8, t1_octets = degree * 10 / 8;

using Hints = std::array<std::array<bool, degree>, rows>;

std::optional<Bytes> shake(const char* name, std::initializer_list<View> pieces, std::size_t octets);
std::optional<Polynomial> uniform(View seed, std::uint8_t column, std::uint8_t row);
std::optional<Polynomial> challenge(View seed);
std::optional<Hints> hints(View packed);
std::optional<Polynomial> response(View packed);
void transform(Polynomial& w);
void transform_back(Polynomial& w);
void add_product(Polynomial& sum, const Polynomial& left, const Polynomial& right);
void append_high_bits(Bytes& out, const Polynomial& w, const std::array<bool, degree>& hint);

constexpr std::uint32_t times(std::uint32_t left, std::uint32_t right) {
  return static_cast<std::uint32_t>(std::uint64_t{left} * right % q);
}
constexpr std::uint32_t plus(std::uint32_t left, std::uint32_t right) {
  const std::uint32_t sum = left + right;
  return sum >= q ? sum - q : sum;
}
constexpr std::uint32_t minus(std::uint32_t left, std::uint32_t right) { return plus(left, q - right); }

}  // namespace

// FIPS 204, algorithms 23 (pkDecode) and 32 (ExpandA).
std::optional<MlDsa44Key> MlDsa44Key::make(View key) {
  MlDsa44Key made;
  const View rho = key.first(32), t1 = key.subspan(32);
  for (std::uint8_t row = 0; row < rows; ++row) {
    for (std::uint8_t column = 0; column < columns; ++column) {
      const auto entry = uniform(rho, column, row);
      if (!entry) return std::nullopt;
      made.matrix_.push_back(*entry);
    }
    const View packed = t1.subspan(row * t1_octets, t1_octets);
    Polynomial& scaled = made.scaled_t1_.emplace_back();
    for (std::size_t i = 0; i < degree; ++i) {
      const std::size_t bit = i * 10;
      const std::uint32_t pair = packed[bit / 8] | (std::uint32_t{packed[bit / 8 + 1]} << 8);
      scaled[i] = ((pair >> (bit % 8)) & 0x3ff) << dropped_bits;  // at most q - 1
    }
    transform(scaled);
  }
  const auto tr = shake("SHAKE256", {key}, made.tr_.size());
  if (!tr) return std::nullopt;
  std::ranges::copy(*tr, made.tr_.begin());
  return made;
}

// FIPS 204, algorithms 3 and 8.
std::optional<bool> MlDsa44Key::verify(View data, View signature) const {
  if (signature.size() != signature_octets) return false;
  const View seed = signature.first(challenge_octets);
  const auto hint = hints(signature.last(most_hints + rows));
  if (!hint) return false;
  std::vector<Polynomial> z;
  for (std::size_t column = 0; column < columns; ++column) {
    const auto part = response(signature.subspan(challenge_octets + column * z_octets, z_octets));
    if (!part) return false;
    z.push_back(*part);
    transform(z.back());
  }
  constexpr std::array<std::uint8_t, 2> pure_without_context = {0, 0};
  const auto mu = shake("SHAKE256", {tr_, pure_without_context, data}, 64);
  auto c = challenge(seed);
  if (!mu || !c) return std::nullopt;
  transform(*c);

  Bytes high_bits;
  for (std::size_t row = 0; row < rows; ++row) {
    Polynomial sum{};
    for (std::size_t column = 0; column < columns; ++column)
      add_product(sum, matrix_[row * columns + column], z[column]);
    Polynomial taken{};
    add_product(taken, *c, scaled_t1_[row]);
    for (std::size_t i = 0; i < degree; ++i) sum[i] = minus(sum[i], taken[i]);
    transform_back(sum);
    append_high_bits(high_bits, sum, (*hint)[row]);
  }
  const auto expected = shake("SHAKE256", {*mu, high_bits}, challenge_octets);
  if (!expected) return std::nullopt;
  return std::ranges::equal(*expected, seed);
}

namespace {

struct Free {
  void operator()(EVP_MD* digest) const { EVP_MD_free(digest); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

std::optional<Bytes> shake(const char* name, std::initializer_list<View> pieces, std::size_t octets) {
  const std::unique_ptr<EVP_MD, Free> digest(EVP_MD_fetch(nullptr, name, nullptr));
  const std::unique_ptr<EVP_MD_CTX, Free> context(EVP_MD_CTX_new());
  if (!digest || !context || EVP_DigestInit_ex2(context.get(), digest.get(), nullptr) != 1) return std::nullopt;
  for (const View piece : pieces) {
    if (EVP_DigestUpdate(context.get(), piece.data(), piece.size()) != 1) return std::nullopt;
  }
  Bytes out(octets);
  if (EVP_DigestFinalXOF(context.get(), out.data(), out.size()) != 1) return std::nullopt;
  return out;
}

// Algorithm 30 (RejNTTPoly). OpenSSL 3.0 squeezes once only, so a sample that runs dry is drawn again, longer.
std::optional<Polynomial> uniform(View seed, std::uint8_t column, std::uint8_t row) {
  const std::array<std::uint8_t, 2> position = {column, row};
  for (std::size_t octets = 840; octets <= 16 * 840; octets *= 2) {
    const auto stream = shake("SHAKE128", {seed, position}, octets);
    if (!stream) return std::nullopt;
    Polynomial w{};
    std::size_t filled = 0;
    for (std::size_t at = 0; at + 3 <= stream->size() && filled < degree; at += 3) {
      const std::uint32_t value =
          (*stream)[at] | (std::uint32_t{(*stream)[at + 1]} << 8) | (std::uint32_t{(*stream)[at + 2] & 0x7fU} << 16);
      if (value < q) w[filled++] = value;
    }
    if (filled == degree) return w;
  }
  return std::nullopt;
}

// Algorithm 29 (SampleInBall): 39 coefficients of 1 or -1, the others 0.
std::optional<Polynomial> challenge(View seed) {
  for (std::size_t octets = 272; octets <= 16 * 272; octets *= 2) {
    const auto stream = shake("SHAKE256", {seed}, octets);
    if (!stream) return std::nullopt;
    Polynomial c{};
    std::size_t at = 8;  // the first 8 octets are the signs
    std::size_t i = degree - ones_in_challenge;
    for (; i < degree; ++i) {
      while (at < stream->size() && (*stream)[at] > i) ++at;
      if (at == stream->size()) break;
      const std::size_t j = (*stream)[at++];
      const std::size_t sign = i + ones_in_challenge - degree;
      c[i] = c[j];
      c[j] = (((*stream)[sign / 8] >> (sign % 8)) & 1) != 0 ? q - 1 : 1;
    }
    if (i == degree) return c;
  }
  return std::nullopt;
}

// Algorithm 21 (HintBitUnpack), strict: one set of hints has one form only.
std::optional<Hints> hints(View packed) {
  Hints all{};
  std::size_t index = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t end = packed[most_hints + row];
    if (end < index || end > most_hints) return std::nullopt;
    for (const std::size_t first = index; index < end; ++index) {
      if (index > first && packed[index - 1] >= packed[index]) return std::nullopt;
      all[row][packed[index]] = true;
    }
  }
  for (; index < most_hints; ++index) {
    if (packed[index] != 0) return std::nullopt;
  }
  return all;
}

// One part of z: gamma1 less 18 bits each (algorithm 19, BitUnpack). nullopt: a coefficient too large (algorithm 8,
// step 13).
std::optional<Polynomial> response(View packed) {
  Polynomial z{};
  for (std::size_t i = 0; i < degree; ++i) {
    const std::size_t bit = i * 18;
    const std::uint32_t three =
        packed[bit / 8] | (std::uint32_t{packed[bit / 8 + 1]} << 8) | (std::uint32_t{packed[bit / 8 + 2]} << 16);
    const std::uint32_t coded = (three >> (bit % 8)) & 0x3ffff;
    const std::uint32_t size = coded > gamma1 ? coded - gamma1 : gamma1 - coded;
    if (size >= gamma1 - beta) return std::nullopt;
    z[i] = coded > gamma1 ? q - size : size;
  }
  return z;
}

// zetas[i] = 1753 ^ (i with its 8 bits reversed) (FIPS 204 appendix B).
constexpr std::array<std::uint32_t, degree> make_zetas() {
  std::array<std::uint32_t, degree> zetas{};
  for (std::uint32_t i = 0; i < degree; ++i) {
    std::uint32_t reversed = 0;
    for (std::uint32_t bit = 0; bit < 8; ++bit) reversed |= ((i >> bit) & 1) << (7 - bit);
    std::uint32_t power = 1;
    for (std::uint32_t step = 0; step < reversed; ++step) power = times(power, 1753);
    zetas[i] = power;
  }
  return zetas;
}
constexpr std::array<std::uint32_t, degree> zetas = make_zetas();
static_assert(zetas[1] == 4808194 && zetas[128] == 1753);  // FIPS 204 appendix B, the first and the 128th

// Algorithm 41.
void transform(Polynomial& w) {
  std::size_t m = 0;
  for (std::size_t length = 128; length >= 1; length /= 2) {
    for (std::size_t start = 0; start < degree; start += 2 * length) {
      const std::uint32_t zeta = zetas[++m];
      for (std::size_t j = start; j < start + length; ++j) {
        const std::uint32_t t = times(zeta, w[j + length]);
        w[j + length] = minus(w[j], t);
        w[j] = plus(w[j], t);
      }
    }
  }
}

// Algorithm 42.
void transform_back(Polynomial& w) {
  std::size_t m = degree;
  for (std::size_t length = 1; length < degree; length *= 2) {
    for (std::size_t start = 0; start < degree; start += 2 * length) {
      const std::uint32_t zeta = q - zetas[--m];
      for (std::size_t j = start; j < start + length; ++j) {
        const std::uint32_t t = w[j];
        w[j] = plus(t, w[j + length]);
        w[j + length] = times(zeta, minus(t, w[j + length]));
      }
    }
  }
  constexpr std::uint32_t inverse_of_256 = 8347681;
  static_assert(times(inverse_of_256, 256) == 1);
  for (std::uint32_t& coefficient : w) coefficient = times(coefficient, inverse_of_256);
}

void add_product(Polynomial& sum, const Polynomial& left, const Polynomial& right) {
  for (std::size_t i = 0; i < degree; ++i) sum[i] = plus(sum[i], times(left[i], right[i]));
}

// Algorithm 40 (UseHint) on algorithm 36 (Decompose).
std::uint32_t high_bits_of(std::uint32_t r, bool hint) {
  constexpr std::uint32_t step = 2 * gamma2, classes = (q - 1) / step;  // 44
  const std::uint32_t low = r % step;
  const bool below_zero = low > gamma2;  // once centred, as r0
  // The remainder at q - 1 joins class 0, where r0 is never above zero.
  const std::uint32_t high = (r / step + (below_zero ? 1 : 0)) % classes;
  if (!hint) return high;
  return low > 0 && !below_zero ? (high + 1) % classes : (high + classes - 1) % classes;
}

// Algorithm 28 (w1Encode): 6 bits each, four coefficients in three octets.
void append_high_bits(Bytes& out, const Polynomial& w, const std::array<bool, degree>& hint) {
  for (std::size_t i = 0; i < degree; i += 4) {
    std::uint32_t bits = 0;
    for (std::uint32_t part = 0; part < 4; ++part) bits |= high_bits_of(w[i + part], hint[i + part]) << (6 * part);
    for (std::uint32_t octet = 0; octet < 3; ++octet) out.push_back(static_cast<std::uint8_t>(bits >> (8 * octet)));
  }
}

}  // namespace
}  // namespace validator
