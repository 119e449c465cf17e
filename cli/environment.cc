#include "cli/environment.h"

#include <sys/ioctl.h>
#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>

#include "cli/files.h"

namespace cli {
namespace {

constexpr int narrowest = 40, widest = 400;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

// Of a terminal that knows its size.
std::optional<int> columns_of(int descriptor) {
  winsize size{};
  if (isatty(descriptor) != 1 || ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return std::nullopt;
  return std::clamp<int>(size.ws_col, narrowest, widest);
}

int columns() {
  if (const auto known = columns_of(STDOUT_FILENO)) return *known;
  int value = 0;
  const std::string text = variable("COLUMNS");
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value > 0 ? std::clamp(value, narrowest, widest) : 100;
}

Environment::Stream kind_of(int descriptor) {
  return isatty(descriptor) == 1 ? Environment::Stream::terminal : Environment::Stream::other;
}

constexpr std::size_t largest_config = 1UL << 20;

std::expected<std::optional<std::string>, std::string> read_if_there(const std::string& path) {
  if (access(path.c_str(), F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  auto text = read_whole(path, largest_config);
  if (!text) return std::unexpected(text.error());
  return std::move(*text);
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
          .err_width = columns_of(STDERR_FILENO).value_or(80),
          .now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())};
}

Surroundings surroundings() {
  Surroundings around;
  around.anchors = variable("TRUSTWALK_ANCHORS");
  around.no_color = variable("NO_COLOR");
  const auto home = variable("HOME");
  auto own = variable("XDG_CONFIG_HOME");
  // The base directory specification: a relative path there is to be ignored.
  if (!own.starts_with('/')) own = home.empty() ? "" : home + "/.config";
  around.files = {"/etc/trustwalk.toml"};
  if (!own.empty()) around.files.push_back(own + "/trustwalk/config.toml");
  around.read = read_if_there;
  return around;
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
