#include "cli/environment.h"

#include <sys/ioctl.h>
#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string_view>

namespace cli {
namespace {

constexpr int narrowest = 40, widest = 400;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

int columns() {
  winsize size{};
  if (isatty(STDOUT_FILENO) == 1 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    return std::clamp<int>(size.ws_col, narrowest, widest);
  }
  int value = 0;
  const std::string text = variable("COLUMNS");
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value > 0 ? std::clamp(value, narrowest, widest) : 100;
}

Environment::Stream kind_of(int descriptor) {
  return isatty(descriptor) == 1 ? Environment::Stream::terminal : Environment::Stream::other;
}

// So few octets come whole or not at all once the generator is seeded; should they not come, zeros are still an answer.
void draw(std::span<unsigned char> octets) {
  if (getrandom(octets.data(), octets.size(), 0) < 0) std::ranges::fill(octets, 0);
}

}  // namespace

Environment look_around() {
  return {.anchors = variable("TRUSTWALK_ANCHORS"),
          .no_color = variable("NO_COLOR"),
          .term = variable("TERM"),
          .verify_zone = variable("VERIFY_ZONE"),
          .verify_zone_on_stdin = variable("VERIFY_ZONE_ON_STDIN"),
          .out = kind_of(STDOUT_FILENO),
          .err = kind_of(STDERR_FILENO),
          .width = columns(),
          .now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())};
}

std::string draw_label() {
  std::array<unsigned char, 12> octets{};
  draw(octets);
  // Letters in both cases: a server has to give the question back as it was put (RFC 1035 §2.3.3), and resolvers that
  // mix letter case against forgery rely on it.
  std::string label{static_cast<char>('A' + octets[0] % 26), static_cast<char>('a' + octets[1] % 26)};
  for (std::size_t i = 2; i < octets.size(); ++i)
    label += static_cast<char>((octets[i] & 0x80) != 0 ? 'A' + octets[i] % 26 : 'a' + octets[i] % 26);
  return label;
}

dns::Bytes draw_chance() {
  dns::Bytes octets(16);
  draw(octets);
  return octets;
}

}  // namespace cli
