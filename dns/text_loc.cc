#include <array>

#include "dns/text_fields.h"

namespace dns {
namespace {

constexpr std::uint32_t equator = 0x80000000;           // RFC 1876 §2: thousandths of a second of arc from here
constexpr std::uint32_t altitude_base = 100'000 * 100;  // centimetres below the reference spheroid
constexpr std::uint32_t per_second = 1000, per_minute = 60 * per_second, per_degree = 60 * per_minute;

struct Axis {
  std::uint32_t most_degrees;
  std::string_view positive, negative;
};
constexpr Axis latitude{90, "N", "S"}, longitude{180, "E", "W"};

// A decimal number with up to `places` digits after the point, in units of the last of them.
std::optional<std::uint64_t> parse_fixed(std::string_view text, std::size_t places) {
  const std::size_t point = std::min(text.find('.'), text.size());
  std::string fraction(text.substr(std::min(point + 1, text.size())));
  if (text.empty() || point + 1 == text.size() || fraction.size() > places) return std::nullopt;
  fraction.append(places - fraction.size(), '0');
  const auto whole = number_of(text.substr(0, point), 0xffffffff);
  const auto part = fraction.empty() ? 0 : number_of(fraction, 0xffffffff);
  if (!whole || !part) return std::nullopt;
  std::uint64_t scale = 1;
  for (std::size_t i = 0; i < places; ++i) scale *= 10;
  return *whole * scale + *part;
}

struct Part {
  std::size_t places;  // after the point
  std::uint64_t most;
  std::uint32_t unit;
};

// d [m [s.sss]] and a hemisphere.
std::optional<std::uint32_t> take_angle(FieldReader& words, const Axis& axis) {
  std::uint64_t angle = 0;
  for (std::size_t part = 0; part < 4; ++part) {
    const auto word = words.take_plain("degrees, minutes, seconds, hemisphere");
    if (!word) return std::nullopt;
    if (part > 0 && (*word == axis.positive || *word == axis.negative)) {
      if (angle > std::uint64_t{axis.most_degrees} * per_degree) return words.fail("the angle is too large");
      const auto offset = static_cast<std::uint32_t>(angle);
      return *word == axis.positive ? equator + offset : equator - offset;
    }
    constexpr std::array<Part, 4> parts{{{0, 180, per_degree}, {0, 59, per_minute}, {3, per_minute - 1, 1}, {0, 0, 0}}};
    const auto [places, most, unit] = parts[part];
    const auto value = parse_fixed(*word, places);
    if (!value || *value > most || unit == 0)
      return words.fail_expected("degrees, minutes, seconds, hemisphere", *word);
    angle += *value * unit;
  }
  return words.fail("the hemisphere is missing");
}

std::optional<std::uint64_t> parse_metres(std::string_view text) {
  if (text.ends_with('m')) text.remove_suffix(1);
  if (text.empty()) return std::nullopt;
  return parse_fixed(text, 2);
}

std::optional<std::uint32_t> take_altitude(FieldReader& words) {
  const auto word = words.take_plain("an altitude");
  if (!word) return std::nullopt;
  const bool is_below = word->starts_with('-');
  const auto centimetres = parse_metres(word->substr(is_below ? 1 : 0));
  if (!centimetres || *centimetres > (is_below ? altitude_base : 0xffffffff - altitude_base))
    return words.fail_expected("an altitude in metres", *word);
  const auto value = static_cast<std::uint32_t>(*centimetres);
  return is_below ? altitude_base - value : altitude_base + value;
}

// A length as one digit and a power of ten, in centimetres (RFC 1876 §2).
std::optional<std::uint8_t> take_precision(FieldReader& words, std::uint8_t absent) {
  if (words.done()) return absent;
  const auto word = words.take_plain("a size");
  if (!word) return std::nullopt;
  auto centimetres = parse_metres(*word);
  std::uint32_t power = 0;
  while (centimetres && *centimetres > 9) {
    *centimetres /= 10;
    ++power;
  }
  if (!centimetres || power > 9) return words.fail_expected("a size in metres", *word);
  return static_cast<std::uint8_t>(*centimetres << 4 | power);
}

void append_padded(std::string& text, std::uint64_t value, std::size_t width) {
  const std::string digits = std::to_string(value);
  if (digits.size() < width) text.append(width - digits.size(), '0');
  text += digits;
}

std::optional<std::string> print_angle(std::uint32_t value, const Axis& axis) {
  const std::uint32_t angle = value >= equator ? value - equator : equator - value;
  if (angle > axis.most_degrees * per_degree) return std::nullopt;
  std::string text = std::to_string(angle / per_degree) + ' ' + std::to_string(angle / per_minute % 60) + ' ' +
                     std::to_string(angle / per_second % 60) + '.';
  append_padded(text, angle % per_second, 3);
  return text + ' ' + std::string(value >= equator ? axis.positive : axis.negative);
}

std::string print_metres(std::uint64_t centimetres) {
  std::string text = std::to_string(centimetres / 100);
  if (centimetres % 100 != 0) {
    text += '.';
    append_padded(text, centimetres % 100, 2);
  }
  return text + 'm';
}

std::string print_altitude(std::uint32_t value) {
  return value >= altitude_base ? print_metres(value - altitude_base) : '-' + print_metres(altitude_base - value);
}

// nullopt: digits above nine, or a zero with a power, which nobody would read back so.
std::optional<std::string> print_precision(std::uint8_t value) {
  const unsigned power = value & 0xf;
  std::uint64_t centimetres = value >> 4;
  if (centimetres > 9 || power > 9 || (centimetres == 0 && power > 0)) return std::nullopt;
  for (unsigned i = 0; i < power; ++i) centimetres *= 10;
  return print_metres(centimetres);
}

constexpr std::uint8_t one_metre = 0x12, ten_kilometres = 0x16, ten_metres = 0x13;  // RFC 1876 §3: where left out

}  // namespace

bool parse_loc(FieldReader& words, Writer& out) {
  const auto north = take_angle(words, latitude);
  const auto east = north ? take_angle(words, longitude) : std::nullopt;
  const auto altitude = east ? take_altitude(words) : std::nullopt;
  if (!altitude) return false;
  const auto size = take_precision(words, one_metre);
  const auto horizontal = take_precision(words, ten_kilometres);
  const auto vertical = take_precision(words, ten_metres);
  if (!size || !horizontal || !vertical) return false;
  out.u8(0);
  for (const auto precision : {*size, *horizontal, *vertical}) out.u8(precision);
  for (const auto number : {*north, *east, *altitude}) out.u32(number);
  return true;
}

std::optional<std::string> print_loc(View rdata) {
  if (rdata.size() != 16 || rdata[0] != 0) return std::nullopt;
  Reader reader(rdata.subspan(1));
  const auto size = print_precision(*reader.u8());
  const auto horizontal = print_precision(*reader.u8());
  const auto vertical = print_precision(*reader.u8());
  const auto north = print_angle(*reader.u32(), latitude);
  const auto east = print_angle(*reader.u32(), longitude);
  if (!size || !horizontal || !vertical || !north || !east) return std::nullopt;
  return *north + ' ' + *east + ' ' + print_altitude(*reader.u32()) + ' ' + *size + ' ' + *horizontal + ' ' + *vertical;
}

}  // namespace dns
