#include "cli/idna.h"

#include <dlfcn.h>
#include <idn2.h>

#include <algorithm>
#include <type_traits>

namespace cli {
namespace {

// libidn2, opened for the first name that needs it: most runs never do (cmake/packages.cmake).
struct Library {
  decltype(&::idn2_to_ascii_8z) to_ascii = nullptr;
  decltype(&::idn2_to_unicode_8z8z) to_unicode = nullptr;
  decltype(&::idn2_strerror) error_text = nullptr;
  decltype(&::idn2_free) free = nullptr;
  bool complete = false;
};

const Library& library() {
  static const Library once = [] {
    Library found;
    void* file = dlopen(TRUSTWALK_IDN2, RTLD_NOW | RTLD_LOCAL);
    if (file == nullptr) return found;
    const auto find = [file](auto& function, const char* name) {
      function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(dlsym(file, name));
      return function != nullptr;
    };
    found.complete = find(found.to_ascii, "idn2_to_ascii_8z") && find(found.to_unicode, "idn2_to_unicode_8z8z") &&
                     find(found.error_text, "idn2_strerror") && find(found.free, "idn2_free");
    return found;
  }();
  return once;
}

// What libidn2 hands out, and has to take back.
struct Text {
  char* octets = nullptr;
  Text() = default;
  Text(const Text&) = delete;
  Text& operator=(const Text&) = delete;
  ~Text() {
    if (octets != nullptr) library().free(octets);
  }
};

}  // namespace

bool is_ascii(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; });
}

std::expected<std::string, std::string> to_ascii(std::string_view name) {
  if (!library().complete) return std::unexpected(std::string("the library for such names (libidn2) is not here"));
  const std::string input(name);
  Text text;
  // UTS #46 maps letter case and width first, as browsers do; "nontransitional" keeps ß and ς what they are (RFC 5894
  // §1.3).
  const int status = library().to_ascii(input.c_str(), &text.octets, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
  if (status != IDN2_OK) return std::unexpected(std::string(library().error_text(status)));
  return std::string(text.octets);
}

std::string to_unicode(const dns::Name& name) {
  const std::string ascii = name.lowered().print();
  if (!ascii.starts_with("xn--") && !ascii.contains(".xn--")) return {};
  Text text;
  if (!library().complete || library().to_unicode(ascii.c_str(), &text.octets, 0) != IDN2_OK) return {};
  return text.octets == ascii ? std::string() : std::string(text.octets);
}

}  // namespace cli
