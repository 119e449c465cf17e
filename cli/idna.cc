#include "cli/idna.h"

#include <idn2.h>

#include <algorithm>

namespace cli {
namespace {

// What libidn2 hands out, and has to take back.
struct Text {
  char* octets = nullptr;
  Text() = default;
  Text(const Text&) = delete;
  Text& operator=(const Text&) = delete;
  ~Text() { idn2_free(octets); }
};

}  // namespace

bool is_ascii(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; });
}

std::expected<std::string, std::string> to_ascii(std::string_view name) {
  const std::string input(name);
  Text text;
  // UTS #46 maps letter case and width first, as browsers do; "nontransitional" keeps ß and ς what they are (RFC 5894
  // §1.3).
  const int status = idn2_to_ascii_8z(input.c_str(), &text.octets, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
  if (status != IDN2_OK) return std::unexpected(std::string(idn2_strerror(status)));
  return std::string(text.octets);
}

std::string to_unicode(const dns::Name& name) {
  const std::string ascii = name.lowered().print();
  if (!ascii.starts_with("xn--") && !ascii.contains(".xn--")) return {};
  Text text;
  if (idn2_to_unicode_8z8z(ascii.c_str(), &text.octets, 0) != IDN2_OK) return {};
  return text.octets == ascii ? std::string() : std::string(text.octets);
}

}  // namespace cli
